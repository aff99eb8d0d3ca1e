package operations_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/operations"
)

// normalising answers with what it was asked: the real one stands in another room and is
// tested there and in the command serve.
func normalising() *operations.Normalising {
	return &operations.Normalising{
		Targets: []string{"nva", "nkr"}, Shapes: []string{"collection", "transaction", "batch", "ndjson"}, Precisions: []string{"year", "none"},
		Make: func(_ context.Context, a *advice.Adviser, chart *fhir.Chart, choice operations.NormaliseChoice) (operations.Normalised, error) {
			switch {
			case chart.Patient == nil:
				return operations.Normalised{}, operations.Unanswerable{Reason: "no patient"}
			case chart.Patient.Gender == "other":
				return operations.Normalised{}, errors.New("Geheim")
			}
			day := ""
			if a.AsOf != nil {
				day = a.AsOf().String()
			}
			document, err := json.Marshal(map[string]string{"target": choice.Target, "shape": choice.Shape, "birthDate": choice.BirthDate, "asOf": day, "standpunt": a.Judging.Standpunt})
			issue := fhir.Issue{Severity: fhir.SeverityWarning, Code: "not-supported", Resource: "devices[0]", Path: "model", Reason: "left out"}
			return operations.Normalised{Bundle: document, Issues: []fhir.Issue{issue}}, err
		},
	}
}

const somebody = `{"resourceType":"Patient","id":"p1"}`

func TestNormalise(t *testing.T) {
	for name, test := range map[string]struct {
		query, body string
		headers     []string
		status      int
		want        string
	}{
		"as the site has set":   {"", somebody, nil, 200, `{"asOf":"","birthDate":"","shape":"","standpunt":"","target":""}`},
		"as the caller chose":   {"?asOf=2025-06-16&standpunt=nva-2021&target=nkr&shape=batch&birthDate=none", somebody, nil, 200, `{"asOf":"2025-06-16","birthDate":"none","shape":"batch","standpunt":"nva-2021","target":"nkr"}`},
		"in a Parameters":       {"", `{"resourceType":"Parameters","parameter":[{"name":"shape","valueCode":"batch"},{"name":"resource","resource":` + somebody + `}]}`, nil, 200, `"shape":"batch"`},
		"what is left out":      {"", somebody, []string{"Prefer", "return=OperationOutcome"}, 200, `"diagnostics":"devices[0]: left out","expression":["model"]`},
		"no such target":        {"?target=x", somebody, nil, 400, "must be one of: nva, nkr"},
		"lines are no resource": {"?shape=ndjson", somebody, nil, 400, "must be one of: collection, transaction, batch\""},
		"no such parameter":     {"?phase=trial", somebody, nil, 400, "no simple parameter of this name: it has asOf"},
		"nobody":                {"", `{"resourceType":"Organization","id":"o"}`, nil, 422, "no patient"},
		"a failure of ours":     {"", `{"resourceType":"Patient","id":"p1","gender":"other"}`, nil, 500, "the service failed"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, nil)
			w := s.call(http.MethodPost, "/fhir/$normalise"+test.query, test.body, test.headers...)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			if strings.Contains(w.Body.String(), "Geheim") {
				t.Error("the answer tells what failed")
			}
		})
	}
}

func TestNormaliseIsForKnownCallers(t *testing.T) {
	s := serve(t, &doorman{})
	for _, path := range []string{"/fhir/$normalise", "/fhir/$validate", "/fhir/Bundle/$validate"} {
		if w := s.call(http.MethodPost, path, somebody); w.Code != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

func TestValidate(t *testing.T) {
	const claims = `"meta":{"profile":["https://pijnpoort.example/fhir/StructureDefinition/registry-organization|1.0.0"]}`
	const good = `{"resourceType":"Organization",` + claims + `,"identifier":[{"system":"http://fhir.nl/fhir/NamingSystem/agb-z","value":"06010101"}],"active":true}`
	for name, test := range map[string]struct {
		url, body string
		status    int
		want      []string
	}{
		"good":                        {"/fhir/$validate", good, 200, []string{`"severity":"information"`, "keeps to R4 and to the profiles"}},
		"in a Parameters":             {"/fhir/$validate", `{"resourceType":"Parameters","parameter":[{"name":"resource","resource":` + good + `}]}`, 200, []string{"keeps to R4"}},
		"claims nothing":              {"/fhir/$validate", somebody, 200, []string{`"severity":"warning"`, "held against R4 only"}},
		"no R4":                       {"/fhir/$validate", `{"resourceType":"Patient","gender":"F"}`, 200, []string{`"severity":"error"`, `"expression":["Patient.gender"]`}},
		"profile asked for":           {"/fhir/$validate?profile=https://pijnpoort.example/fhir/StructureDefinition/registry-patient", `{"resourceType":"Patient","name":[{"family":"Geheim"}]}`, 200, []string{"Patient.name", "is not sent in this profile", "Patient.identifier"}},
		"profile that is not there":   {"/fhir/$validate?profile=https://elders.example/p", somebody, 200, []string{"there is no profile"}},
		"a Bundle":                    {"/fhir/Bundle/$validate", `{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:00000000-0000-5000-8000-000000000001","resource":` + good + `}]}`, 200, []string{"Bundle.meta.profile"}},
		"no JSON":                     {"/fhir/$validate", `{`, 200, []string{"not one JSON value"}},
		"parameter that is not known": {"/fhir/$validate?mode=create", somebody, 400, []string{"the only parameters are resource and profile"}},
		"no resource":                 {"/fhir/$validate", `{"resourceType":"Parameters"}`, 400, []string{"a parameter resource is needed"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := serve(t, nil).call(http.MethodPost, test.url, test.body)
			valid(t, w.Body.Bytes())
			if w.Code != test.status {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			for _, want := range test.want {
				if !strings.Contains(w.Body.String(), want) {
					t.Errorf("no %q in %s", want, w.Body)
				}
			}
			if strings.Contains(w.Body.String(), "Geheim") {
				t.Error("the answer holds a value")
			}
		})
	}
}
