package cdshooks_test

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

// state is a Datum without its documents, and how many there were.
type state struct {
	Key       string
	State     cdshooks.State
	Documents int
	Reason    string
}

func states(call *cdshooks.Call) []state {
	var list []state
	for _, d := range call.Data {
		list = append(list, state{d.Key, d.State, len(d.Documents), d.Reason})
	}
	return list
}

const (
	patientURL    = "/fhir/Patient/p1"
	conditionsURL = "/fhir/Condition?patient=p1"
	outcome       = `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing"}]}`
	page          = `{"resourceType":"Bundle","type":"searchset","link":[{"relation":"next","url":"%s/fhir/page2"}]}`
	lastPage      = `{"resourceType":"Bundle","type":"searchset"}`
	noServer      = "the call names no fhirServer"
)

func TestStatesOfPrefetchedData(t *testing.T) {
	patient := state{"patient", cdshooks.Complete, 1, ""}
	tests := []struct {
		name, prefetch string
		want           []state
	}{
		{"sent", allSent, []state{patient, {"conditions", cdshooks.Complete, 1, ""}}},
		{"a resource where a Bundle was asked", `{"patient":` + patientValue + `,"conditions":{"resourceType":"Condition","id":"c1"}}`,
			[]state{patient, {"conditions", cdshooks.Complete, 1, ""}}},
		{"null: nothing there", `{"patient":` + patientValue + `,"conditions":null}`,
			[]state{patient, {"conditions", cdshooks.Empty, 0, ""}}},
		{"OperationOutcome", `{"patient":` + patientValue + `,"conditions":` + outcome + `}`,
			[]state{patient, {"conditions", cdshooks.Unreadable, 0, "the client sent an OperationOutcome instead"}}},
		{"a resource of another type", `{"patient":` + patientValue + `,"conditions":{"resourceType":"Flag"}}`,
			[]state{patient, {"conditions", cdshooks.Unreadable, 0, "what was sent is neither Condition nor a Bundle"}}},
		{"no resource", `{"patient":` + patientValue + `,"conditions":[1]}`,
			[]state{patient, {"conditions", cdshooks.Unreadable, 0, "what was sent is not a resource"}}},
		{"a page without server to fetch the next from", `{"patient":` + patientValue + `,"conditions":` + page + `}`,
			[]state{patient, {"conditions", cdshooks.Incomplete, 1, "some pages were not sent; " + noServer}}},
		{"a key of the client's own", `{"patient":` + patientValue + `,"conditions":null,"extra":` + conditionValue + `}`,
			[]state{patient, {"conditions", cdshooks.Empty, 0, ""}, {"extra", cdshooks.Complete, 1, ""}}},
		{"the whole record under a key of the client's own", `{"record":{"resourceType":"Bundle","entry":[{"resource":` + patientValue + `}]}}`,
			[]state{{"patient", cdshooks.Empty, 0, ""}, {"conditions", cdshooks.Empty, 0, ""}, {"record", cdshooks.Whole, 1, ""}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := start(t, nil)
			h.lenient = test.name == "no resource"
			h.call(view(test.prefetch), http.StatusOK)
			if diff := cmp.Diff(test.want, states(h.last())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNeededDataThatCannotBeHadAreRefused(t *testing.T) {
	tests := []struct{ name, prefetch, member, want string }{
		{"absent, no server", `{"patient":` + patientValue + `}`, "", "prefetch.conditions was not sent and cannot be fetched: " + noServer},
		{"nothing sent at all", "", "", "prefetch.patient was not sent"},
		{"absent, server not allowed", `{"patient":` + patientValue + `}`, authorized("https://elsewhere.example/fhir"), "the FHIR server is not one that may be called"},
		{"absent, server without TLS", `{"patient":` + patientValue + `}`, authorized("http://ehr.example/fhir"), "the FHIR server is not one that may be called"},
		{"absent, token expired", `{"patient":` + patientValue + `}`, strings.Replace(authorized("https://ehr.example/fhir"), "300", "0", 1), "the access token has expired"},
		{"essential data that are an OperationOutcome", `{"patient":` + outcome + `,"conditions":null}`, "", "prefetch.patient is needed: the client sent an OperationOutcome"},
		{"the record of somebody else under a key of the client's own", `{"record":{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p2"}}]}}`, "", "prefetch.patient was not sent"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := start(t, nil)
			var members []string
			if test.member != "" {
				members = append(members, test.member)
			}
			a := h.call(view(test.prefetch, members...), http.StatusPreconditionFailed)
			if !strings.Contains(string(a.body), test.want) {
				t.Errorf("want %q in %s", test.want, a.body)
			}
			if len(h.calls) > 0 {
				t.Error("the service was called all the same")
			}
		})
	}
}

func TestAbsentDataAreFetched(t *testing.T) {
	var token, accept string
	fhir := epd(t, map[string]http.HandlerFunc{
		patientURL: resource(patientValue),
		conditionsURL: func(w http.ResponseWriter, r *http.Request) {
			token, accept = r.Header.Get("Authorization"), r.Header.Get("Accept")
			resource(conditionValue)(w, r)
		},
	})
	h := start(t, allowing(t, fhir.URL+"/fhir"))
	h.call(view("", authorized(fhir.URL+"/fhir")), http.StatusOK)
	want := []state{{"patient", cdshooks.Complete, 1, ""}, {"conditions", cdshooks.Complete, 1, ""}}
	if diff := cmp.Diff(want, states(h.last())); diff != "" {
		t.Error(diff)
	}
	if token != "Bearer geheim" || accept != "application/fhir+json" {
		t.Errorf("Authorization %q, Accept %q", token, accept)
	}
	if strings.Contains(h.log.String(), "geheim") {
		t.Error("the token was logged")
	}
}

func TestPagesAreFollowed(t *testing.T) {
	var fhirURL string
	paged := func(w http.ResponseWriter, r *http.Request) { resource(strings.ReplaceAll(page, "%s", fhirURL))(w, r) }
	fhir := epd(t, map[string]http.HandlerFunc{conditionsURL: paged, "/fhir/page2": resource(lastPage)})
	fhirURL = fhir.URL
	tests := map[string]struct {
		prefetch string
		want     int
	}{
		"of what was fetched": {`{"patient":` + patientValue + `}`, 2},
		"of what was sent":    {`{"patient":` + patientValue + `,"conditions":` + strings.ReplaceAll(page, "%s", fhirURL) + `}`, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := start(t, allowing(t, fhir.URL))
			h.call(view(test.prefetch, authorized(fhir.URL+"/fhir")), http.StatusOK)
			if got := h.last().Data[1]; got.State != cdshooks.Complete || len(got.Documents) != test.want {
				t.Errorf("state %d, %d documents, %s", got.State, len(got.Documents), got.Reason)
			}
		})
	}
}

// A FHIR server that misbehaves costs the data it should give, never the answer in time.
func TestFHIRServersThatMisbehave(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(code)
			_, _ = io.WriteString(w, conditionValue)
		}
	}
	far := epd(t, map[string]http.HandlerFunc{"/stolen": func(http.ResponseWriter, *http.Request) { t.Error("another server was called") }})
	tests := map[string]struct {
		handle http.HandlerFunc
		want   string
	}{
		"not authenticated": {status(401), "the FHIR server answered with status 401"},
		"not allowed":       {status(403), "the FHIR server answered with status 403"},
		"not found":         {status(404), "the FHIR server answered with status 404"},
		"failed":            {status(500), "the FHIR server answered with status 500"},
		"a page for people": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>"+conditionValue) }, "the answer of the FHIR server is not FHIR JSON"},
		"HTML called JSON":  {resource("<html></html>"), "the answer of the FHIR server is not FHIR JSON"},
		"cut off":           {resource(conditionValue[:40]), "the answer of the FHIR server is not FHIR JSON"},
		"another resource":  {resource(patientValue), "the answer of the FHIR server is not FHIR JSON"},
		"an outcome":        {resource(outcome), "the answer of the FHIR server is not FHIR JSON"},
		"too late":          {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "the FHIR server did not answer in time"},
		"hung up":           {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "the FHIR server could not be reached"},
		"sent elsewhere":    {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, far.URL+"/stolen", http.StatusFound) }, "the FHIR server refers to another server"},
		"next page elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			resource(strings.ReplaceAll(page, "%s/fhir/page2", far.URL+"/stolen"))(w, r)
		}, "the FHIR server refers to another server"},
		"without end": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/fhir+json")
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		}, "the answer of the FHIR server is larger than allowed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			fhir := epd(t, map[string]http.HandlerFunc{conditionsURL: test.handle, patientURL: test.handle})
			h := start(t, allowing(t, fhir.URL))
			begin := time.Now()
			h.call(view(`{"patient":`+patientValue+`}`, authorized(fhir.URL+"/fhir")), http.StatusOK)
			if d := time.Since(begin); d > 2*time.Second {
				t.Errorf("took %s", d)
			}
			if got := h.last().Data[1]; got.State != cdshooks.Unreadable || got.Reason != test.want || got.Documents != nil {
				t.Errorf("state %d, %q", got.State, got.Reason)
			}
			if name != "another resource" && name != "sent elsewhere" { // essential data
				a := h.call(view(`{"conditions":null}`, authorized(fhir.URL+"/fhir")), map[bool]int{true: 200, false: 412}[name == "next page elsewhere"])
				if a.status == 412 && !strings.Contains(string(a.body), "prefetch.patient is needed: ") {
					t.Errorf("%s", a.body)
				}
			}
		})
	}
}

func TestKeysAreFetchedAtOnce(t *testing.T) {
	var asked atomic.Int32
	both := make(chan struct{})
	together := func(body string) http.HandlerFunc { // answers no sooner than both are asked
		return func(w http.ResponseWriter, r *http.Request) {
			if asked.Add(1) == 2 {
				close(both)
			}
			select {
			case <-both:
				resource(body)(w, r)
			case <-r.Context().Done():
			}
		}
	}
	fhir := epd(t, map[string]http.HandlerFunc{patientURL: together(patientValue), conditionsURL: together(conditionValue)})
	h := start(t, allowing(t, fhir.URL))
	h.call(view("", authorized(fhir.URL+"/fhir")), http.StatusOK)
}

func TestTokensOfTemplates(t *testing.T) {
	tests := []struct{ query, user, want string }{
		{"Patient/{{context.patientId}}", "", "/fhir/Patient/p1"},
		{"Patient/{{ context.patientId }}", "", "/fhir/Patient/p1"},
		{"Practitioner/{{userPractitionerId}}", "Practitioner/7", "/fhir/Practitioner/7"},
		{"PractitionerRole/{{userPractitionerRoleId}}", "PractitionerRole/7", "/fhir/PractitionerRole/7"},
		{"Patient/{{userPatientId}}", "Patient/7", "/fhir/Patient/7"},
		{"RelatedPerson/{{userRelatedPersonId}}", "RelatedPerson/7", "/fhir/RelatedPerson/7"},
		{"Practitioner/{{userPractitionerId}}", "Patient/7", ""},
		{"Encounter/{{context.encounterId}}", "", ""},
		{"Observation?date=ge{{today() - 90 days}}", "", "/fhir/Observation?date=ge2025-03-18"},
		{"Observation?date=le{{today()}}&code=http://loinc.org|1", "", "/fhir/Observation?date=le2025-06-16&code=http://loinc.org%7C1"},
		{"Observation?date=le{{tomorrow()}}", "", ""},
	}
	for _, test := range tests {
		t.Run(test.query, func(t *testing.T) {
			asked := ""
			fhir := epd(t, nil)
			fhir.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked = r.URL.RequestURI()
				resource(lastPage)(w, r)
			})
			h := start(t, func(o *cdshooks.Options) {
				allowing(t, fhir.URL)(o)
				o.Services[0].Prefetch = []cdshooks.Template{{Key: "key", Query: test.query}}
			})
			body := view("", authorized(fhir.URL+"/fhir"))
			if test.user != "" {
				body = strings.Replace(body, "Practitioner/1", test.user, 1)
			}
			h.call(body, http.StatusOK)
			if asked != test.want {
				t.Errorf("asked %q, want %q", asked, test.want)
			}
			if got := h.last().Data[0].State; (got == cdshooks.Unreadable) != (test.want == "") {
				t.Errorf("state %d", got)
			}
		})
	}
}

// Optional data are taken when they come, and missed by nobody.
func TestOptionalData(t *testing.T) {
	fhir := epd(t, map[string]http.HandlerFunc{conditionsURL: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }})
	optional := func(o *cdshooks.Options) {
		allowing(t, fhir.URL)(o)
		o.Services[0].Prefetch[1].Optional = true
	}
	for name, test := range map[string]struct {
		body string
		want cdshooks.State
	}{
		"sent":                  {view(allSent), cdshooks.Complete},
		"null":                  {view(`{"patient":` + patientValue + `,"conditions":null}`), cdshooks.Empty},
		"absent, no server":     {view(`{"patient":` + patientValue + `}`), cdshooks.Absent},
		"absent, not to be had": {view(`{"patient":`+patientValue+`}`, authorized(fhir.URL+"/fhir")), cdshooks.Absent},
	} {
		h := start(t, optional)
		h.call(test.body, http.StatusOK)
		if got := h.last().Data[1]; got.State != test.want {
			t.Errorf("%s: state %d, %s", name, got.State, got.Reason)
		}
	}
}
