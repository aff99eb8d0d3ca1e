package caller

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2025, 6, 16, 12, 0, 0, 0, time.UTC)

// service asks for everything that the tests look at.
func service(hook string) Service {
	return Service{Hook: hook, ID: "raad", Prefetch: map[string]string{
		"patient": "Patient/{{context.patientId}}", "observations": "Observation?patient={{context.patientId}}&date=ge{{today() - 30 days}}",
		"answers": "QuestionnaireResponse?patient={{context.patientId}}", "requests": "ServiceRequest?patient={{context.patientId}}",
		"me": "Practitioner/{{userPractitionerId}}",
	}}
}

const orders = `{"resourceType": "Bundle", "entry": [
 {"resource": {"resourceType": "Patient", "id": "p"}},
 {"resource": {"resourceType": "Encounter", "id": "e1", "period": {"start": "2025-06-01"}}},
 {"resource": {"resourceType": "Encounter", "id": "e2", "period": {"start": "2025-06-10"}}},
 {"resource": {"resourceType": "ServiceRequest", "id": "s1", "status": "active", "intent": "order", "subject": {"reference": "Patient/p"}, "performer": [{"reference": "Practitioner/pain"}]}},
 {"resource": {"resourceType": "ServiceRequest", "id": "s2", "status": "completed", "intent": "order", "subject": {"reference": "Patient/p"}}}DRAFT
]}`

func withDraft(yes bool) string {
	draft := ""
	if yes {
		draft = `, {"resource": {"resourceType": "MedicationRequest", "id": "m1", "status": "draft", "subject": {"reference": "Patient/p"}}}`
	}
	return strings.Replace(orders, "DRAFT", draft, 1)
}

// build makes a request, and gives it as JSON.
func build(t *testing.T, document string, m Moment, omit ...string) (*Built, string) {
	t.Helper()
	m.User, m.Now = "Practitioner/1", noon
	b, err := Build(record(t, document), m, service(m.Hook), omit)
	if err != nil {
		t.Fatal(err)
	}
	body, err := b.Request.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return b, string(body)
}

func TestContexts(t *testing.T) {
	for name, test := range map[string]struct {
		document string
		moment   Moment
		want     string // of the context
		orders   string
	}{
		"patient-view":       {withDraft(false), Moment{Hook: "patient-view"}, `{"patientId":"p","userId":"Practitioner/1"}`, ""},
		"at an encounter":    {withDraft(false), Moment{Hook: "patient-view", Encounter: "e9"}, `{"encounterId":"e9","patientId":"p","userId":"Practitioner/1"}`, ""},
		"the last encounter": {withDraft(false), Moment{Hook: "encounter-start"}, `{"encounterId":"e2","patientId":"p","userId":"Practitioner/1"}`, ""},
		"an active order as draft": {withDraft(false), Moment{Hook: "order-sign"},
			`{"draftOrders":{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"id":"s1","intent":"order","performer":[{"reference":"Practitioner/pain"}],"resourceType":"ServiceRequest","status":"draft","subject":{"reference":"Patient/p"}}}]},"patientId":"p","userId":"Practitioner/1"}`, "ServiceRequest/s1"},
		"a draft before active orders": {withDraft(true), Moment{Hook: "order-select"},
			`{"draftOrders":{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"id":"m1","resourceType":"MedicationRequest","status":"draft","subject":{"reference":"Patient/p"}}}]},"patientId":"p","selections":["MedicationRequest/m1"],"userId":"Practitioner/1"}`, "MedicationRequest/m1"},
		"order-dispatch": {withDraft(false), Moment{Hook: "order-dispatch"}, `{"dispatchedOrders":["ServiceRequest/s1"],"patientId":"p","performer":"Practitioner/pain"}`, "ServiceRequest/s1"},
	} {
		t.Run(name, func(t *testing.T) {
			b, body := build(t, test.document, test.moment)
			if !strings.Contains(body, `"context":`+test.want+`,`) || strings.Join(b.Orders, " ") != test.orders {
				t.Errorf("orders %v, request %s", b.Orders, body)
			}
		})
	}
}

func TestADraftIsNotInTheRecordYet(t *testing.T) {
	_, signing := build(t, withDraft(false), Moment{Hook: "order-sign"})
	_, dispatching := build(t, withDraft(false), Moment{Hook: "order-dispatch"})
	if strings.Count(signing, `"s1"`) != 1 || strings.Count(dispatching, `"id":"s1"`) != 1 {
		t.Errorf("signing %s\ndispatching %s", signing, dispatching)
	}
}

func TestPrefetchIsWhatTheQueriesGive(t *testing.T) {
	b, _ := build(t, chart, Moment{Hook: "patient-view"})
	keys := slices.Sorted(maps.Keys(b.Request.Prefetch))
	if !slices.Equal(keys, []string{"answers", "me", "observations", "patient", "requests"}) {
		t.Errorf("keys %v", keys)
	}
	for key, want := range map[string]string{"me": "null", "requests": "null", "patient": `{"resourceType":"Patient","id":"p"}`} {
		if got := string(b.Request.Prefetch[key]); got != want {
			t.Errorf("%s: %s", key, got)
		}
	}
	if !slices.Equal(b.Notes, []string{"no query of the service asks for Observation, of which the input holds 2", "no query of the service asks for Procedure, of which the input holds 1"}) {
		t.Errorf("notes %q", b.Notes)
	}
}

func TestKeysAreLeftOutAndThatIsTold(t *testing.T) {
	b, _ := build(t, chart, Moment{Hook: "patient-view"}, "answers", "observations")
	if _, sent := b.Request.Prefetch["answers"]; sent || b.Request.Prefetch["patient"] == nil {
		t.Errorf("prefetch %v", b.Request.Prefetch)
	}
	if b, body := build(t, chart, Moment{Hook: "patient-view"}, "*"); len(b.Request.Prefetch) != 0 || strings.Contains(body, "prefetch") {
		t.Errorf("all omitted: %s", body)
	}
	own := service("patient-view")
	own.Prefetch = map[string]string{"visit": "Encounter/{{context.encounterId}}", "all": "Observation?patient={{context.patientId}}&_revinclude=x"}
	b, err := Build(record(t, chart), Moment{Hook: "patient-view", User: "Practitioner/1", Now: noon}, own, nil)
	if err != nil || len(b.Request.Prefetch) != 0 || !slices.Contains(b.Notes, "prefetch.visit is left out: its token {{context.encounterId}} has no value") ||
		!slices.Contains(b.Notes, "prefetch.all is left out: its query has the parameter _revinclude, which is not evaluated here") {
		t.Errorf("%v, notes %q", err, b.Notes)
	}
	if _, err := Build(record(t, chart), Moment{Hook: "patient-view"}, own, []string{"patient"}); err == nil || !strings.Contains(err.Error(), `no prefetch key "patient"`) {
		t.Errorf("a key that is not there: %v", err)
	}
}

func TestTheSameInputGivesTheSameRequest(t *testing.T) {
	_, first := build(t, chart, Moment{Hook: "patient-view"})
	_, again := build(t, chart, Moment{Hook: "patient-view"})
	_, other := build(t, chart, Moment{Hook: "patient-view"}, "answers")
	if first != again || first[:80] == other[:80] {
		t.Errorf("first %.120s\nagain %.120s\nother %.120s", first, again, other)
	}
}

func TestWhatCannotBeBuilt(t *testing.T) {
	nobody := `{"resourceType": "Observation", "id": "o"}`
	for name, test := range map[string]struct {
		document string
		moment   Moment
		want     string
	}{
		"no patient":                {nobody, Moment{Hook: "patient-view"}, "holds 0 Patients"},
		"unknown hook":              {chart, Moment{Hook: "tea-time"}, "hook tea-time is not known here, only of: encounter-discharge"},
		"no encounter":              {chart, Moment{Hook: "encounter-start"}, "needs an encounter"},
		"no order":                  {chart, Moment{Hook: "order-sign"}, "needs an order"},
		"nobody to dispatch it to":  {withDraft(true), Moment{Hook: "order-dispatch"}, "needs a performer"},
		"orders where there are no": {chart, Moment{Hook: "patient-view", Orders: []*Resource{{Type: "Task", ID: "1"}}}, "takes no orders"},
	} {
		if _, err := Build(record(t, test.document), test.moment, service(test.moment.Hook), nil); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFaultyInputIsToldByItsPlace(t *testing.T) {
	for document, want := range map[string]string{
		"":                         "$ is not a FHIR resource in JSON: byte 0",
		`{"resourceType": "Pat`:    "$ is not a FHIR resource in JSON: byte",
		`{"name": "Jansen"}`:       "$.resourceType is missing",
		`["Jansen"]`:               "$ is not a FHIR resource in JSON",
		`{"id": "1", "id": "2"}`:   "an object holds the same name twice",
		`{"resourceType": 1}`:      "resourceType has the wrong type",
		`<Bundle xmlns="Jansen"/>`: "is XML; decision services are asked in JSON",
		"{\"resourceType\": \"Patient\"}\n\n{\"id\": \"Jansen\"}":                   "line 3: $.resourceType is missing",
		"{\"resourceType\": \"Patient\"}\n{\"id\": \"Jansen":                        "line 2: $ is not a FHIR resource in JSON: byte",
		`{"resourceType": "Bundle", "entry": [{}, {"resource": {"id": "Jansen"}}]}`: "$.entry[1].resource.resourceType is missing",
	} {
		_, err := ReadRecord([]byte(document))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "Jansen") {
			t.Errorf("%s: %v, want %s", document, err, want)
		}
	}
}

// A bulk export is a record as a Bundle is.
func TestLinesAreARecord(t *testing.T) {
	document := `{"resourceType":"Patient","id":"a"}` + "\n\n" + `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Condition","id":"c"}}]}` + "\r\n"
	r, err := ReadRecord([]byte(document))
	if err != nil || len(r.Resources) != 2 || r.Find("Patient/a") == nil || r.Find("Condition/c") == nil {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err := ReadRecord([]byte("{\"resourceType\":\n\"Patient\"}")); err != nil || len(r.Resources) != 1 {
		t.Errorf("one document on two lines: %v", err)
	}
}

func TestAnOrderWithoutIDGetsOne(t *testing.T) {
	order := record(t, `{"resourceType": "ServiceRequest", "status": "active", "note": [{"text": "1.50"}]}`).Resources[0]
	b, body := build(t, chart, Moment{Hook: "order-select", Orders: []*Resource{order}})
	if !strings.Contains(body, `"selections":["ServiceRequest/order-1"]`) || !strings.Contains(body, `"id":"order-1"`) || !strings.Contains(body, `"1.50"`) {
		t.Errorf("orders %v: %s", b.Orders, body)
	}
}

func FuzzBuild(f *testing.F) {
	for _, hook := range slices.Sorted(maps.Keys(hooks)) {
		f.Add(withDraft(true), hook)
		f.Add(chart, hook)
	}
	f.Fuzz(func(t *testing.T, document, hook string) {
		r, err := ReadRecord([]byte(document))
		if err != nil {
			return
		}
		b, err := Build(r, Moment{Hook: hook, User: "Practitioner/1", Now: noon}, service(hook), nil)
		if err != nil {
			return
		}
		first, err := b.Request.JSON()
		if err != nil {
			t.Fatal(err)
		}
		second, err := b.Request.JSON()
		if err != nil || !bytes.Equal(first, second) {
			t.Error("not the same twice")
		}
	})
}
