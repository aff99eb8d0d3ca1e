package cdshooks_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/conformance"
)

// request is a call of any hook.
func request(hook, context string) string {
	return `{"hook":"` + hook + `","hookInstance":"` + instance + `","context":` + context + `,"prefetch":` + allSent + `}`
}

const drafts = `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"ServiceRequest","id":"1","code":{"coding":[{}]},"reasonCode":[]}}]}`

func TestFaultyRequestsAreRefused(t *testing.T) {
	tests := map[string]struct {
		body   string
		status int
		want   string
	}{
		"nothing":                         {"", 415, "application/json"},
		"not JSON":                        {"{", 400, "not well-formed"},
		"an array":                        {"[]", 400, "the request must be a JSON object"},
		"two documents":                   {view(allSent) + view(allSent), 400, "not well-formed"},
		"a name twice":                    {view(allSent, `"hook":"patient-view"`), 400, "same name twice"},
		"invalid UTF-8":                   {strings.Replace(view(allSent), "Practitioner/1", "Practitioner/\xff", 1), 400, "not well-formed"},
		"no hook":                         {`{"hookInstance":"` + instance + `","context":{}}`, 400, "hook is missing"},
		"hook of another service":         {request("encounter-start", viewContext), 400, "not one of this service"},
		"hook of the wrong type":          {`{"hook":1}`, 400, "hook has the wrong JSON type"},
		"no hookInstance":                 {`{"hook":"patient-view","context":` + viewContext + `}`, 400, "hookInstance is missing"},
		"hookInstance that is no UUID":    {strings.Replace(view(allSent), instance, "123", 1), 400, "hookInstance must be a UUID"},
		"no context":                      {`{"hook":"patient-view","hookInstance":"` + instance + `"}`, 400, "context is missing"},
		"context that is an array":        {request("patient-view", "[]"), 400, "context must be an object"},
		"context that is null":            {request("patient-view", "null"), 400, "context must be an object"},
		"no patient":                      {request("patient-view", `{"userId":"Practitioner/1"}`), 400, "context.patientId is missing"},
		"patient with its type":           {request("patient-view", `{"userId":"Practitioner/1","patientId":"Patient/p1"}`), 400, "context.patientId must be the id"},
		"patient that is a number":        {request("patient-view", `{"userId":"Practitioner/1","patientId":1}`), 400, "context.patientId must be the id"},
		"patient with a query":            {request("patient-view", `{"userId":"Practitioner/1","patientId":"p1?x=y"}`), 400, "context.patientId must be the id"},
		"no user":                         {request("patient-view", `{"patientId":"p1"}`), 400, "context.userId is missing"},
		"user without type":               {request("patient-view", `{"userId":"1","patientId":"p1"}`), 400, "context.userId must be the type and id"},
		"encounter with its type":         {request("patient-view", `{"userId":"Practitioner/1","patientId":"p1","encounterId":"Encounter/1"}`), 400, "context.encounterId must be the id"},
		"no drafts":                       {request("order-sign", viewContext), 400, "context.draftOrders is missing"},
		"drafts that are no resource":     {request("order-sign", `{"userId":"Practitioner/1","patientId":"p1","draftOrders":[]}`), 400, "context.draftOrders must be a Bundle"},
		"no selections":                   {request("order-select", `{"userId":"Practitioner/1","patientId":"p1","draftOrders":`+drafts+`}`), 400, "context.selections is missing"},
		"selections that are no list":     {request("order-select", `{"userId":"Practitioner/1","patientId":"p1","selections":"x","draftOrders":`+drafts+`}`), 400, "context.selections must be an array"},
		"no dispatched orders":            {request("order-dispatch", `{"patientId":"p1","performer":"Organization/1"}`), 400, "context.dispatchedOrders is missing"},
		"dispatched orders without type":  {request("order-dispatch", `{"patientId":"p1","performer":"Organization/1","dispatchedOrders":["1"]}`), 400, "context.dispatchedOrders must hold"},
		"extension that is an array":      {strings.Replace(view(allSent), `{`, `{"extension":[],`, 1), 400, "extension must be an object"},
		"prefetch that is an array":       {view(`[]`), 400, "prefetch has the wrong JSON type"},
		"authorization without server":    {view(allSent, strings.Replace(authorized("x"), `"fhirServer":"x",`, "", 1)), 400, "fhirServer is missing"},
		"authorization without token":     {view(allSent, strings.Replace(authorized("x"), `"geheim"`, `""`, 1)), 400, "fhirAuthorization.access_token is missing"},
		"authorization of another type":   {view(allSent, strings.Replace(authorized("x"), "Bearer", "bearer", 1)), 400, "fhirAuthorization.token_type must be Bearer"},
		"authorization without expiry":    {view(allSent, strings.Replace(authorized("x"), `"expires_in":300,`, "", 1)), 400, "fhirAuthorization.expires_in"},
		"expiry that is a string":         {view(allSent, strings.Replace(authorized("x"), `300`, `"300"`, 1)), 400, "fhirAuthorization.expires_in has the wrong JSON type"},
		"authorization without scope":     {view(allSent, strings.Replace(authorized("x"), `"patient/*.read"`, `""`, 1)), 400, "fhirAuthorization.scope is missing"},
		"authorization without a subject": {view(allSent, strings.Replace(authorized("x"), `"pijnpoort"`, `""`, 1)), 400, "fhirAuthorization.subject is missing"},
		"larger than allowed":             {view(`{"patient":` + patientValue + `,"x":"` + strings.Repeat("a", 5<<20) + `"}`), 413, "larger than 4194304 bytes"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := start(t, nil)
			a := h.call(test.body, test.status)
			if !strings.Contains(string(a.body), test.want) {
				t.Errorf("want %q in %s", test.want, a.body)
			}
			if len(h.calls) > 0 {
				t.Error("the service was called all the same")
			}
			if !unseen[name] && conformance.Schema("request.json", []byte(test.body)) == nil {
				t.Error("the schema does not see it")
			}
		})
	}
}

// unseen are the faults in requests that a JSON Schema cannot tell.
var unseen = map[string]bool{"a name twice": true, "invalid UTF-8": true, "larger than allowed": true}

func TestContexts(t *testing.T) {
	type want struct {
		User, Patient, Encounter string
		Selections, Dispatched   []string
		Performer                string
		Drafts                   bool
	}
	tests := map[string]struct {
		hook, context string
		want          want
	}{
		"patient-view":                       {"patient-view", viewContext, want{User: "Practitioner/1", Patient: "p1"}},
		"patient-view in a visit":            {"patient-view", `{"userId":"PractitionerRole/r","patientId":"p1","encounterId":"e1"}`, want{User: "PractitionerRole/r", Patient: "p1", Encounter: "e1"}},
		"an encounter that is null":          {"patient-view", `{"userId":"Practitioner/1","patientId":"p1","encounterId":null}`, want{User: "Practitioner/1", Patient: "p1"}},
		"members unknown to us":              {"patient-view", `{"userId":"Practitioner/1","patientId":"p1","department":{"x":1}}`, want{User: "Practitioner/1", Patient: "p1"}},
		"order-select":                       {"order-select", `{"userId":"Practitioner/1","patientId":"p1","selections":["ServiceRequest/1"],"draftOrders":` + drafts + `}`, want{User: "Practitioner/1", Patient: "p1", Selections: []string{"ServiceRequest/1"}, Drafts: true}},
		"order-sign, drafts without type":    {"order-sign", `{"userId":"Practitioner/1","patientId":"p1","draftOrders":` + drafts + `}`, want{User: "Practitioner/1", Patient: "p1", Drafts: true}},
		"order-dispatch":                     {"order-dispatch", `{"patientId":"p1","dispatchedOrders":["ServiceRequest/1"],"performer":"Organization/o","fulfillmentTasks":[]}`, want{Patient: "p1", Dispatched: []string{"ServiceRequest/1"}, Performer: "Organization/o"}},
		"order-dispatch by its former names": {"order-dispatch", `{"patientId":"p1","order":"ServiceRequest/1","performer":"Organization/o","task":{}}`, want{Patient: "p1", Dispatched: []string{"ServiceRequest/1"}, Performer: "Organization/o"}},
		"a server of a test, without TLS":    {"patient-view", `{"userId":"http://localhost/fhir/Practitioner/1","patientId":"p1"}`, want{User: "http://localhost/fhir/Practitioner/1", Patient: "p1"}},
		"versions of resources":              {"order-dispatch", `{"patientId":"p1","dispatchedOrders":["ServiceRequest/1/_history/3"],"performer":"Organization/o/_history/1"}`, want{Patient: "p1", Dispatched: []string{"ServiceRequest/1"}, Performer: "Organization/o"}},
		"a performer on its server":          {"order-dispatch", `{"patientId":"p1","dispatchedOrders":["https://ehr.example/fhir/ServiceRequest/1"],"performer":"https://ehr.example/fhir/Organization/o"}`, want{Patient: "p1", Dispatched: []string{"https://ehr.example/fhir/ServiceRequest/1"}, Performer: "https://ehr.example/fhir/Organization/o"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := start(t, nil)
			h.call(request(test.hook, test.context), http.StatusOK)
			c := h.last().Context
			got := want{c.UserID, c.PatientID, c.EncounterID, c.Selections, c.DispatchedOrders, c.Performer, c.DraftOrders != nil}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMediaTypes(t *testing.T) {
	for kind, status := range map[string]int{
		"application/json": 200, "application/json; charset=utf-8": 200, "application/json;charset=UTF-8": 200, "application/fhir+json": 200,
		"text/plain": 415, "application/xml": 415, "application/json; charset=latin1": 415, "multipart/form-data": 415,
	} {
		start(t, nil).call(view(allSent), status, "Content-Type", kind)
	}
}

func TestCompressedBodies(t *testing.T) {
	start(t, nil).call(view(allSent), http.StatusUnsupportedMediaType, "Content-Encoding", "gzip")
	start(t, nil).call(view(allSent), http.StatusOK, "Content-Encoding", "identity")
}

func TestMethods(t *testing.T) {
	h := start(t, func(o *cdshooks.Options) { o.Feedback = &memory{} })
	for _, test := range []struct{ method, path, allow string }{
		{http.MethodPost, discoverPath, "GET"}, {http.MethodGet, callPath, "POST"}, {http.MethodPut, callPath, "POST"},
		{http.MethodDelete, callPath, "POST"}, {http.MethodGet, feedbackPath, "POST"},
	} {
		a := h.do(test.method, test.path, "")
		if a.status != http.StatusMethodNotAllowed || !strings.Contains(a.header.Get("Allow"), test.allow) {
			t.Errorf("%s %s: %d, Allow %q", test.method, test.path, a.status, a.header.Get("Allow"))
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, test := range []struct{ fallback, accept, want string }{
		{"nl", "", "nl"}, {"en", "", "en"},
		{"nl", "en", "en"}, {"nl", "EN-us", "en"}, {"nl", "en-US,en;q=0.9", "en"}, {"nl", "nl-NL,nl;q=0.9,en;q=0.8", "nl"},
		{"nl", "nl;q=0.1, en;q=0.2", "en"}, {"en", "en;q=0.1,nl-BE;q=0.9", "nl"}, {"nl", "nl;q=0, en;q=0.1", "en"},
		{"nl", "fr", "nl"}, {"en", "fr", "en"}, {"nl", "fr,en;q=0.5", "en"}, {"en", "fy-NL,nl;q=0.9", "nl"},
		{"nl", "*", "nl"}, {"en", "*", "en"}, {"nl", "en;q=0", "nl"},
		{"nl", "x;;", "nl"}, {"nl", "zz-nonsense-!!,en;q=0.3", "en"}, {"nl", strings.Repeat("de,", 5000) + "en", "nl"},
	} {
		h := start(t, func(o *cdshooks.Options) { o.Language = test.fallback })
		a := h.call(view(allSent), http.StatusOK, "Accept-Language", test.accept)
		if got := h.last().Language; got != test.want || a.header.Get("Content-Language") != test.want {
			t.Errorf("%.40q, else %s: %q", test.accept, test.fallback, got)
		}
		if vary := a.header.Get("Vary"); !strings.Contains(vary, "Accept-Language") {
			t.Errorf("Vary %q", vary)
		}
	}
}

func TestLanguagesInTwoHeaders(t *testing.T) {
	h := start(t, nil)
	call, err := http.NewRequest(http.MethodPost, h.URL+callPath, strings.NewReader(view(allSent)))
	if err != nil {
		t.Fatal(err)
	}
	call.Header = http.Header{"Content-Type": {"application/json"}, "Accept-Language": {"fr", "en;q=0.5"}}
	response, err := http.DefaultClient.Do(call)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got := response.Header.Get("Content-Language"); got != "en" {
		t.Errorf("%q", got)
	}
}

// Discovery is in the language of the caller too, each with an ETag of its own; what
// clients go by is the same.
func TestDiscoveryInTwoLanguages(t *testing.T) {
	h := start(t, func(o *cdshooks.Options) {
		o.Services[0].In = map[string]cdshooks.Words{"en": {Title: "Advice", Description: "Gives advice"}}
	})
	dutch, english := h.do(http.MethodGet, discoverPath, ""), h.do(http.MethodGet, discoverPath, "", "Accept-Language", "en")
	if dutch.header.Get("Content-Language") != "nl" || english.header.Get("Content-Language") != "en" || dutch.header.Get("ETag") == english.header.Get("ETag") {
		t.Errorf("%v, %v", dutch.header, english.header)
	}
	a, b := services(t, dutch)[0], services(t, english)[0]
	if a["title"] != "Raad" || b["title"] != "Advice" || b["description"] != "Gives advice" {
		t.Errorf("%v, %v", a["title"], b["title"])
	}
	for _, name := range []string{"title", "description"} {
		delete(a, name)
		delete(b, name)
	}
	if diff := cmp.Diff(a, b); diff != "" {
		t.Error(diff)
	}
}

func TestDiscoveryIsNotSentTwice(t *testing.T) {
	h := start(t, nil)
	first := h.do(http.MethodGet, discoverPath, "")
	etag := first.header.Get("ETag")
	again := h.do(http.MethodGet, discoverPath, "", "If-None-Match", etag)
	if etag == "" || again.status != http.StatusNotModified || len(again.body) > 0 {
		t.Errorf("ETag %q, then %d with %d bytes", etag, again.status, len(again.body))
	}
	if other := h.do(http.MethodGet, discoverPath, "", "If-None-Match", `"x"`); other.status != http.StatusOK {
		t.Errorf("another ETag: %d", other.status)
	}
	if same := start(t, nil).do(http.MethodGet, discoverPath, ""); string(same.body) != string(first.body) {
		t.Error("the same services give other bytes")
	}
}

// What goes wrong inside is not told, and nothing of a patient is logged.
func TestFailuresAreKeptInside(t *testing.T) {
	fail := map[string]func(*cdshooks.Options){
		"an error": nil,
		"a panic": func(o *cdshooks.Options) {
			o.Services[0].Prefetch = nil
			o.Services[0].Advise = nil // calling it panics
		},
	}
	for name, change := range fail {
		t.Run(name, func(t *testing.T) {
			h := start(t, change)
			h.fail = errors.New("geheim van binnen")
			a := h.call(view(allSent), http.StatusInternalServerError)
			if strings.Contains(string(a.body), "geheim") {
				t.Errorf("%s", a.body)
			}
			if log := h.log.String(); !strings.Contains(log, "level=ERROR") || strings.Contains(log, "Condition") || strings.Contains(log, "p1") {
				t.Errorf("log: %s", log)
			}
		})
	}
}

func TestRefusalsOfTheServiceAreSent(t *testing.T) {
	h := start(t, nil)
	h.fail = &cdshooks.Refusal{Status: http.StatusPreconditionFailed}
	h.fail.(*cdshooks.Refusal).Issues = append(h.fail.(*cdshooks.Refusal).Issues, issue("required", "prefetch.x is needed"))
	a := h.call(view(allSent), http.StatusPreconditionFailed)
	if !strings.Contains(string(a.body), "prefetch.x is needed") {
		t.Errorf("%s", a.body)
	}
}

func TestFaultyOptions(t *testing.T) {
	service := cdshooks.Service{ID: "a", Hooks: []cdshooks.Hook{cdshooks.PatientView}}
	unknown := cdshooks.Service{ID: "a", Hooks: []cdshooks.Hook{"medication-prescribe"}}
	for name, o := range map[string]cdshooks.Options{
		"an id twice":                      {Services: []cdshooks.Service{service, service}},
		"a hook without context":           {Services: []cdshooks.Service{unknown}},
		"authentication without audiences": {Clients: authenticator(nil)},
	} {
		if err := cdshooks.Register(nil, o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
