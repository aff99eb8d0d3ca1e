package fhir

import "testing"

func chartOf(resources ...Resource) *Chart {
	c := &Chart{Resources: resources}
	c.Index()
	return c
}

func TestResolve(t *testing.T) {
	const uuid = "urn:uuid:0a4f1c1e-93d5-4d35-9d63-1c1f6a5b1d01"
	relative := &Condition{Header: Header{ID: "a"}}
	known := &Condition{Header: Header{ID: "b", Origin: Origin{FullURL: "https://epd.example/fhir/Condition/b"}}}
	unnamed := &Condition{Header: Header{Origin: Origin{FullURL: uuid}}}
	inside := &Medication{Header: Header{ID: "m"}}
	from := &MedicationRequest{Header: Header{ID: "r", Contained: []Resource{inside}}}
	chart := chartOf(relative, known, unnamed, from)
	for reference, want := range map[string]Resource{
		"":                                     nil,
		"#":                                    from,
		"#m":                                   inside,
		"#x":                                   nil,
		"Condition/a":                          relative,
		"Condition/a/_history/3":               relative,
		"https://any.example/fhir/Condition/a": relative, // its server is not known
		"Condition/b":                          known,
		"https://epd.example/fhir/Condition/b": known,
		"https://epd.example/fhir/Condition/b/_history/1": known,
		"https://other.example/fhir/Condition/b":          nil,
		uuid:                                              unnamed,
		uuid[:40] + "...":                                 nil,
		"Observation/a":                                   nil,
		"Condition":                                       nil,
		"Condition/":                                      nil,
		"/":                                               nil,
	} {
		got := chart.Resolve(from, Reference{Reference: reference})
		if got != want {
			t.Errorf("%q: got %v, want %v", reference, got, want)
		}
	}
}

func TestResolveFindsTheFirstOfTwo(t *testing.T) {
	first, second := &Condition{Header: Header{ID: "a"}}, &Condition{Header: Header{ID: "a"}}
	if got := chartOf(first, second).Resolve(first, Reference{Reference: "Condition/a"}); got != first {
		t.Error("the second was found")
	}
}

func TestResolveByTheTypeThatWasSent(t *testing.T) {
	order := &ServiceRequest{Header: Header{ID: "a", Origin: Origin{Type: "ProcedureRequest"}}}
	referral := &ServiceRequest{Header: Header{ID: "a", Origin: Origin{Type: "ReferralRequest"}}}
	chart := chartOf(order, referral)
	for reference, want := range map[string]Resource{
		"ProcedureRequest/a": order,
		"ReferralRequest/a":  referral,
		"ServiceRequest/a":   nil,
	} {
		if got := chart.Resolve(order, Reference{Reference: reference}); got != want {
			t.Errorf("%q: got %v, want %v", reference, got, want)
		}
	}
}

func TestResolveBeforeIndex(t *testing.T) {
	c := &Chart{Resources: []Resource{&Condition{Header: Header{ID: "a"}}}}
	if c.Resolve(c.Resources[0], Reference{Reference: "Condition/a"}) != nil {
		t.Error("found without Index")
	}
}

func TestSplitReference(t *testing.T) {
	for reference, want := range map[string][2]string{
		"Patient/1":                              {"", "Patient/1"},
		"https://a.example/fhir/Patient/1":       {"https://a.example/fhir/", "Patient/1"},
		"https://a.example/Patient/1/_history/2": {"https://a.example/", "Patient/1"},
		"urn:uuid:1":                             {"", "urn:uuid:1"},
		"":                                       {"", ""},
		"/Patient/1":                             {"/", "Patient/1"},
	} {
		if base, key := SplitReference(reference); base != want[0] || key != want[1] {
			t.Errorf("%q: got %q, %q", reference, base, key)
		}
	}
}

func TestName(t *testing.T) {
	for want, resource := range map[string]Resource{
		"Condition/a":              &Condition{Header: Header{ID: "a", Origin: Origin{FullURL: "urn:x"}}},
		"urn:x":                    &Condition{Header: Header{Origin: Origin{FullURL: "urn:x", Path: "p"}}},
		"Bundle.entry[3].resource": &Condition{Header: Header{Origin: Origin{Path: "Bundle.entry[3].resource"}}},
		"Condition":                &Condition{},
		"ReferralRequest/a":        &ServiceRequest{Header: Header{ID: "a", Origin: Origin{Type: "ReferralRequest"}}},
	} {
		if got := Name(resource); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestAppointmentPatient(t *testing.T) {
	doctor := AppointmentParticipant{Actor: Reference{Reference: "Practitioner/1"}}
	for name, actor := range map[string]Reference{
		"by reference": {Reference: "https://a.example/fhir/Patient/1/_history/1"},
		"by type":      {Type: "Patient", Identifier: &Identifier{Value: "1"}},
	} {
		a := &Appointment{Participant: []AppointmentParticipant{doctor, {Actor: actor}}}
		if got := a.Patient(); got == nil || *got != actor {
			t.Errorf("%s: got %v", name, got)
		}
	}
	if got := (&Appointment{Participant: []AppointmentParticipant{doctor}}).Patient(); got != nil {
		t.Errorf("got %v without a patient", got)
	}
}

func TestReceivedAddsUp(t *testing.T) {
	c := &Chart{Resources: []Resource{&Patient{}}, Rejected: make([]Fate, 2), Skipped: make([]Fate, 3)}
	if got := c.Received(); got != 6 {
		t.Errorf("got %d", got)
	}
}

// An id of the form urn:uuid stands in for the fullUrl that is not there.
func TestURNAsID(t *testing.T) {
	patient := &Patient{Header: Header{ID: "urn:uuid:p"}}
	chart := Chart{Resources: []Resource{patient}}
	chart.Index()
	if got := chart.Resolve(patient, Reference{Reference: "urn:uuid:p"}); got != Resource(patient) {
		t.Errorf("resolved to %v", got)
	}
}
