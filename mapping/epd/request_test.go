package epd_test

import (
	"strings"
	"testing"
)

func TestModality(t *testing.T) {
	request := func(elements ...string) string {
		return resource("ServiceRequest", "s", append([]string{`"status":"active"`, `"intent":"order"`}, elements...)...)
	}
	for name, c := range map[string]struct{ resource, want string }{
		"SCS":               {request(`"code":` + concept(sct+"3270004")), "SCS"},
		"ONS":               {request(`"code":` + concept("urn:oid:2.16.840.1.113883.2.4.3.27.15.5|030427")), "ONS"},
		"DRGS, as attested": {request(`"code":` + concept(intake+"DRGS")), "DRGS"},
		"ITDD, in a detail": {request(`"code":`+concept("http://example.org|x"), `"orderDetail":[`+concept(intake+"ITDD")+`]`), "ITDD"},
		"revoked":           {strings.Replace(request(`"code":`+concept(sct+"3270004")), "active", "revoked", 1), ""},
		"entered in error":  {strings.Replace(request(`"code":`+concept(sct+"3270004")), "active", "entered-in-error", 1), ""},
		"not to perform":    {request(`"code":`+concept(sct+"3270004"), `"doNotPerform":true`), ""},
		"later":             {request(`"code":`+concept(sct+"3270004"), `"authoredOn":"2025-06-17"`), ""},
		"draft":             {strings.Replace(request(`"code":`+concept(sct+"3270004")), "active", "draft", 1), "SCS"},
		"another code":      {request(`"code":` + concept(intake+"leg")), ""},
		"device":            {resource("DeviceRequest", "d", `"status":"active"`, `"intent":"order"`, `"codeCodeableConcept":`+concept(intake+"SCS")), "SCS"},
		"any stimulator":    {resource("DeviceRequest", "d", `"status":"active"`, `"intent":"order"`, `"codeCodeableConcept":`+concept(sct+"25937001")), ""},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, patient, c.resource), map[string]string{"modality": c.want})
		})
	}
}

func TestReason(t *testing.T) {
	scs := `"code":` + concept(sct+"3270004")
	request := func(code string, elements ...string) string {
		return resource("ServiceRequest", "s", append([]string{`"status":"active"`, `"intent":"order"`, code}, elements...)...)
	}
	because := `"reasonReference":[{"reference":"Condition/c"}]`
	fibromyalgia := `{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://snomed.info/sct","code":"203082005","display":"Fibromyalgie"}]},` + confirmed + `,` + clinical("active") + `}`
	answered := response("neuromodulatie-intake", item("modality", coding("SCS")))
	local := `"code":` + concept("http://example.org|scs-lokaal")
	lab := resource("ServiceRequest", "l", `"status":"active"`, `"intent":"order"`, `"code":`+concept("http://example.org|lab"))
	for name, c := range map[string]struct {
		resources []string
		reason    string
		means     string
	}{
		"reference":                     {[]string{request(scs, because), condition("c", sct+"202725007")}, "fbss", "fbss"},
		"unconfirmed reference":         {[]string{request(scs, because), resource("Condition", "c", `"code":`+concept(sct+"202725007"), provision)}, "fbss", "fbss"},
		"refuted reference":             {[]string{request(scs, because), resource("Condition", "c", `"code":`+concept(sct+"202725007"), refuted)}, "", ""},
		"code":                          {[]string{request(scs, `"reasonCode":[`+concept(sct+"2177002")+`]`)}, "phn", "phn"},
		"several":                       {[]string{request(scs, `"reasonCode":[`+concept(sct+"2177002", sct+"399957001")+`]`)}, "pad | phn", "pad phn"},
		"neither list":                  {[]string{request(scs, because), fibromyalgia}, "other", "other:Fibromyalgie"},
		"angina as the reason":          {[]string{request(scs, because), condition("c", sct+"194828000")}, "angina", "angina"},
		"only in words":                 {[]string{request(scs, because), resource("Condition", "c", `"code":{"text":"FBSS"}`, confirmed)}, "", ""},
		"a symptom":                     {[]string{request(scs, because), condition("c", sct+"82423001")}, "", ""},
		"did not come along":            {[]string{request(scs, because)}, "", ""},
		"no neuromodulation":            {[]string{request(`"code":`+concept(sct+"91251008"), because), condition("c", sct+"202725007"), condition("d", sct+"399957001")}, "", "fbss pad"},
		"local code":                    {[]string{request(local, because), fibromyalgia}, "", ""},
		"local code, modality answered": {[]string{request(local, because), fibromyalgia, answered}, "other", "other:Fibromyalgie"},
		"local code beside a test":      {[]string{request(local, because), fibromyalgia, answered, strings.Replace(lab, "http://example.org", "http://loinc.org", 1)}, "other", "other:Fibromyalgie"},
		"two local codes":               {[]string{request(local, because), fibromyalgia, answered, lab}, "", ""},
		"device request":                {[]string{resource("DeviceRequest", "d", `"status":"active"`, `"intent":"order"`, `"codeCodeableConcept":`+concept(sct+"25937001"), because), condition("c", sct+"230473009")}, "cch", "cch"},
		"level known from surgery":      {[]string{request(scs, because), condition("c", icdNL+"M96.1"), resource("Procedure", "x", `"status":"completed"`, `"code":`+concept(sct+"50172003"))}, "fbss", "fbss"},
		"level not known":               {[]string{request(scs, because), condition("c", icdNL+"M96.1")}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := record(t, append(c.resources, patient)...)
			want(t, r, map[string]string{"reason": c.reason})
			if got := indications(r); got != c.means {
				t.Errorf("indications %q, want %q", got, c.means)
			}
		})
	}
	want(t, record(t, patient, request(scs, because), fibromyalgia), map[string]string{"other.name": "Fibromyalgie", "other.confirmed": "true"})
}

func TestConditionWithinTheRequest(t *testing.T) {
	within := func(kind, verification, status string) string {
		return resource(kind, "s", `"status":"`+status+`"`, `"intent":"order"`, map[string]string{
			"ServiceRequest": `"code":` + concept(intake+"SCS"), "DeviceRequest": `"codeCodeableConcept":` + concept(intake+"SCS")}[kind],
			`"contained":[{"resourceType":"Condition","id":"k","code":`+concept(sct+"202725007")+`,`+verification+`,"onsetDateTime":"2023-05"}]`,
			`"reasonReference":[{"reference":"#k"}]`)
	}
	for _, kind := range []string{"ServiceRequest", "DeviceRequest"} {
		r := record(t, patient, within(kind, confirmed, "active"))
		want(t, r, map[string]string{"reason": "fbss", "fbss.confirmed": "true", "pain-onset": "2023-05"})
		if e := evidence(t, r, "fbss.confirmed"); e[0].Resource != kind+"/s" || e[0].Path != "contained[0].code.coding[0]" {
			t.Errorf("evidence %+v", e)
		}
		want(t, record(t, patient, within(kind, provision, "active")), map[string]string{"reason": "fbss", "fbss.confirmed": "", "pain-onset": ""})
		want(t, record(t, patient, within(kind, refuted, "active")), map[string]string{"reason": "", "fbss.confirmed": ""})
		want(t, record(t, patient, within(kind, confirmed, "revoked")), map[string]string{"reason": "", "modality": "", "fbss.confirmed": "true"})
		want(t, record(t, patient, within(kind, confirmed, "entered-in-error")), map[string]string{"reason": "", "fbss.confirmed": ""})
	}
}

func TestReferralToAPsychiatrist(t *testing.T) {
	request := func(elements ...string) string {
		return resource("ServiceRequest", "s", append([]string{`"status":"active"`, `"intent":"order"`, `"code":` + concept("http://example.org|verwijzing")}, elements...)...)
	}
	performer := `"performer":[{"reference":"PractitionerRole/r"}]`
	specialist := func(code string) string {
		return `{"resourceType":"PractitionerRole","id":"r","specialty":[` + concept(code) + `]}`
	}
	psychiatrist := `"performerType":` + concept(sct+"394587001")
	for name, c := range map[string]struct {
		resources []string
		want      string
	}{
		"performer type":   {[]string{request(psychiatrist)}, "true"},
		"attested role":    {[]string{request(`"performerType":` + concept(intake+"psychiatrist"))}, "true"},
		"performer's role": {[]string{request(performer), specialist(sct + "394587001")}, "true"},
		"psychologist":     {[]string{request(performer), specialist(intake + "psychologist")}, ""},
		"revoked":          {[]string{strings.Replace(request(psychiatrist), "active", "revoked", 1)}, ""},
		"draft":            {[]string{strings.Replace(request(psychiatrist), `"active"`, `"draft"`, 1)}, "true"},
		"proposal":         {[]string{strings.Replace(request(psychiatrist), `"order"`, `"proposal"`, 1)}, ""},
		"planned, by role": {[]string{strings.Replace(request(performer), `"order"`, `"plan"`, 1), specialist(sct + "394587001")}, ""},
		"later":            {[]string{request(psychiatrist, `"authoredOn":"2025-06-17"`)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, append(c.resources, patient)...), map[string]string{"psychiatric-referral": c.want})
		})
	}
}

func TestTeam(t *testing.T) {
	member := func(code string) string { return `{"role":[` + concept(code) + `]}` }
	team := func(status string, members ...string) string {
		return resource("CareTeam", "t", `"status":"`+status+`"`, `"participant":[`+strings.Join(members, ",")+`]`)
	}
	surgeon, nurse, psychiatrist := member(intake+"neurosurgeon"), member(intake+"nurse"), member(sct+"394587001")
	for name, c := range map[string]struct {
		resources []string
		want      string
	}{
		"roles":                     {[]string{team("active", surgeon, nurse, psychiatrist)}, "neurosurgeon | nurse | psychiatrist"},
		"another specialism":        {[]string{team("active", surgeon, member(sct+"394591006"))}, "neurosurgeon | other"},
		"proposed":                  {[]string{team("proposed", surgeon)}, ""},
		"inactive":                  {[]string{team("inactive", surgeon)}, ""},
		"role not understood":       {[]string{team("active", surgeon, member("http://example.org|x"))}, ""},
		"anaesthesiologist only":    {[]string{team("active", surgeon, member(sct+"394577000"))}, ""},
		"anaesthesiologist of pain": {[]string{team("active", `{"member":{"reference":"PractitionerRole/r"}}`), `{"resourceType":"PractitionerRole","id":"r","code":[` + concept(sct+"394577000") + `],"specialty":[` + concept(sct+"394882004") + `]}`}, "anaesthesiologist-pain-specialist"},
		"pain nurse":                {[]string{team("active", `{"member":{"reference":"PractitionerRole/r"}}`), `{"resourceType":"PractitionerRole","id":"r","code":[` + concept(intake+"nurse") + `],"specialty":[` + concept(sct+"394882004") + `]}`}, "nurse"},
		"the patient and no role":   {[]string{team("active", surgeon, `{"member":{"reference":"Patient/p"}}`)}, "neurosurgeon"},
		"left the team":             {[]string{team("active", surgeon, `{"role":[`+concept(intake+"nurse")+`],"period":{"end":"2025-01-01"}}`)}, "neurosurgeon"},
		"by role of the member":     {[]string{team("active", `{"member":{"reference":"PractitionerRole/r"}}`), `{"resourceType":"PractitionerRole","id":"r","code":[` + concept(intake+"nurse-specialist") + `]}`}, "nurse-specialist"},
		"meeting": {[]string{resource("Procedure", "m", `"status":"completed"`, `"code":`+concept(sct+"225971008"),
			`"performer":[{"function":`+concept(intake+"clinical-psychologist")+`,"actor":{"reference":"Practitioner/x"}}]`)}, "clinical-psychologist"},
		"planned meeting": {[]string{resource("Procedure", "m", `"status":"preparation"`, `"code":`+concept(sct+"225971008"),
			`"performer":[{"function":`+concept(intake+"clinical-psychologist")+`,"actor":{"reference":"Practitioner/x"}}]`)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, append(c.resources, patient)...), map[string]string{"team": c.want})
		})
	}
}

// Who has two roles is one person: the standpunt asks for three.
func TestTeamTellsPersonsApart(t *testing.T) {
	member := func(who string, codes ...string) string {
		var roles []string
		for _, code := range codes {
			roles = append(roles, concept(intake+code))
		}
		return `{"role":[` + strings.Join(roles, ",") + `]` + who + `}`
	}
	at := func(reference string) string { return `,"member":{"reference":"` + reference + `"}` }
	role := func(id string) string {
		return `{"resourceType":"PractitionerRole","id":"` + id + `","practitioner":{"reference":"Practitioner/a"}}`
	}
	agb := `,"member":{"identifier":{"system":"http://fhir.nl/fhir/NamingSystem/agb-z","value":"1"}}`
	for name, c := range map[string]struct {
		members, others []string
		want            string
	}{
		"nobody referred to":            {[]string{member("", "nurse"), member("", "psychologist")}, nil, "CareTeam/t.participant[0] nurse, CareTeam/t.participant[1] psychologist"},
		"two roles of one":              {[]string{member(at("Practitioner/a"), "psychologist", "nurse")}, nil, "Practitioner/a nurse, Practitioner/a psychologist"},
		"one member twice":              {[]string{member(at("Practitioner/a"), "nurse"), member(at("Practitioner/a"), "psychologist")}, nil, "Practitioner/a nurse, Practitioner/a psychologist"},
		"by another server's address":   {[]string{member(at("http://epd.example/fhir/Practitioner/a"), "nurse")}, nil, "Practitioner/a nurse"},
		"two roles as PractitionerRole": {[]string{member(at("PractitionerRole/r"), "nurse"), member(at("PractitionerRole/s"), "psychologist")}, []string{role("r"), role("s")}, "Practitioner/a nurse, Practitioner/a psychologist"},
		"by identifier":                 {[]string{member(agb, "nurse"), member(agb, "psychologist")}, nil, "http://fhir.nl/fhir/NamingSystem/agb-z|1 nurse, http://fhir.nl/fhir/NamingSystem/agb-z|1 psychologist"},
		"contained":                     {[]string{member(at("#x"), "nurse")}, nil, "CareTeam/t#x nurse"},
		"role that is not one of them":  {[]string{`{"member":{"reference":"Practitioner/a"}}`}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			team := resource("CareTeam", "t", `"status":"active"`, `"contained":[{"resourceType":"Practitioner","id":"x"}]`, `"participant":[`+strings.Join(c.members, ",")+`]`)
			var got []string
			for _, m := range record(t, append(c.others, patient, team)...).Team {
				got = append(got, m.Person+" "+m.Role)
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
