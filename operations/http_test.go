package operations_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStatusCodes(t *testing.T) {
	one := response("nrs", header, answers("nrs", 1, 6)...)
	many := make([]string, 11)
	for k := range many {
		many[k] = one
	}
	for name, test := range map[string]struct {
		method, url, body string
		headers           []string
		status            int
		reason            string
	}{
		"scored":                      {"POST", "/fhir/$score", one, nil, 200, ""},
		"as plain JSON":               {"POST", "/fhir/$score", one, []string{"Content-Type", "application/json; charset=UTF-8", "Accept", "text/html;q=0.9, */*;q=0.1"}, 200, ""},
		"as a parameter":              {"POST", "/fhir/$score", `{"resourceType":"Parameters","parameter":[{"name":"resource","resource":` + one + `}]}`, nil, 200, ""},
		"format in the URL":           {"POST", "/fhir/$score?_format=application/fhir%2Bjson", one, []string{"Accept", "text/html"}, 200, ""},
		"no JSON":                     {"POST", "/fhir/$score", `{"resourceType":"Bun`, nil, 400, ""},
		"empty":                       {"POST", "/fhir/$score", "", []string{"Content-Type", "application/json"}, 400, "empty"},
		"no FHIR":                     {"POST", "/fhir/$score", `{}`, nil, 400, "resourceType is missing"},
		"nothing can be read":         {"POST", "/fhir/$score", `{"resourceType":"QuestionnaireResponse","status":5}`, nil, 400, ""},
		"parameter that is not known": {"POST", "/fhir/$score?subject=Patient/1", one, nil, 400, "no simple parameter of this name: it has none"},
		"another search parameter":    {"GET", "/fhir/ValueSet?name=x", "", nil, 400, "the only search parameter is url"},
		"day that is none":            {"POST", "/fhir/$advise?asOf=2025-06", one, nil, 400, "must be a day as YYYY-MM-DD"},
		"phase that is none":          {"POST", "/fhir/$advise?phase=later", one, nil, 400, "must be a phase of care"},
		"version that is none":        {"POST", "/fhir/$advise?standpunt=nva-1", one, nil, 400, "must be a version of the standpunt"},
		"given twice":                 {"POST", "/fhir/$advise?language=nl", `{"resourceType":"Parameters","parameter":[{"name":"language","valueCode":"nl"}]}`, nil, 400, "must be given once"},
		"value of another type":       {"POST", "/fhir/$advise", `{"resourceType":"Parameters","parameter":[{"name":"asOf","valueDateTime":"2025-06-16"}]}`, nil, 400, "with a date, code or string"},
		"not there":                   {"GET", "/fhir/Questionnaire/nope", "", nil, 404, "no Questionnaire with this id"},
		"no such type":                {"GET", "/fhir/Patient/1", "", nil, 404, "nothing is served here"},
		"method":                      {"GET", "/fhir/$score", "", nil, 405, ""},
		"XML asked for":               {"GET", "/fhir/metadata", "", []string{"Accept", "application/fhir+xml"}, 406, "written as application/fhir+json"},
		"XML asked for in the URL":    {"GET", "/fhir/Questionnaire/odi?_format=xml", "", nil, 406, ""},
		"JSON is not wanted":          {"POST", "/fhir/$score", one, []string{"Accept", "application/json;q=0"}, 406, ""},
		"a verdict as XML":            {"POST", "/fhir/$advise", one, []string{"Accept", "application/fhir+xml"}, 406, "application/json"},
		"too large":                   {"POST", "/fhir/$score", one + strings.Repeat(" ", 16<<10), nil, 413, "larger than 16384 bytes"},
		"too many entries":            {"POST", "/fhir/$score", bundleOf(many...), nil, 413, "more than 10 entries"},
		"XML sent":                    {"POST", "/fhir/$score", "<Bundle/>", []string{"Content-Type", "application/fhir+xml"}, 415, "must be application/fhir+json"},
		"compressed":                  {"POST", "/fhir/$score", one, []string{"Content-Encoding", "gzip"}, 415, "not compressed"},
		"in another alphabet":         {"POST", "/fhir/$score", one, []string{"Content-Type", "application/json; charset=latin1"}, 415, "in UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			w := serve(t, nil).call(test.method, test.url, test.body, test.headers...)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.reason) {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			if w.Code >= 400 && w.Code != http.StatusMethodNotAllowed { // that one is up to the engine
				valid(t, w.Body.Bytes())
				if !strings.Contains(w.Body.String(), `"resourceType":"OperationOutcome"`) {
					t.Errorf("no OperationOutcome: %s", w.Body)
				}
			}
		})
	}
}

func TestOperationsAskWhoCalls(t *testing.T) {
	d := &doorman{}
	s := serve(t, d)
	body := response("nrs", header, answers("nrs", 1, 6)...)
	if w := s.call("POST", "/fhir/$score", body); w.Code != http.StatusUnauthorized || strings.Contains(w.Body.String(), "issuer") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := s.call("POST", "/fhir/$score", body, "Authorization", "Bearer known"); w.Code != http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if d.audience != "https://pijnpoort.hospital.example/fhir/$score" {
		t.Errorf("audience %s", d.audience)
	}
	if w := s.call("GET", "/fhir/metadata", ""); w.Code != http.StatusOK {
		t.Errorf("metadata is for everybody: %d", w.Code)
	}
}

// A client of FHIR, which takes nothing else, gets the verdict in a Binary, as the
// OperationDefinition says.
func TestAdviseAnswersAClientOfFHIR(t *testing.T) {
	chart := bundleOf(`{"resourceType":"Patient","id":"p1","birthDate":"1970-03-10"}`)
	s := serve(t, nil)
	plain := s.answered(t, "POST", "/fhir/$advise?asOf=2025-06-16", chart)
	w := s.call("POST", "/fhir/$advise?asOf=2025-06-16", chart, "Accept", "application/fhir+json;q=0.9, application/fhir+xml")
	var binary struct {
		ResourceType, ContentType string
		Data                      []byte
	}
	if err := json.Unmarshal(w.Body.Bytes(), &binary); err != nil || w.Header().Get("Content-Type") != "application/fhir+json" {
		t.Fatalf("%v: %d %s %s", err, w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	if binary.ResourceType != "Binary" || binary.ContentType != "application/json" || !bytes.Equal(binary.Data, plain) {
		t.Errorf("%+v", binary)
	}
}

// The verdict is in the language of the parameter, else in the one that the caller prefers.
func TestAdviseInALanguage(t *testing.T) {
	chart := bundleOf(`{"resourceType":"Patient","id":"p1","birthDate":"1970-03-10"}`)
	s := serve(t, nil)
	title := map[string]string{"nl": "Ingangsdatum van de vergoedingslijsten", "en": "Effective date of the coverage lists"}
	for query, c := range map[string]struct{ accept, want string }{
		"": {"", "nl"}, "?phase=preparation": {"en-GB", "en"}, "?language=nl": {"en", "nl"}, "?language=en": {"nl", "en"},
	} {
		w := s.call("POST", "/fhir/$advise"+query, chart, "Accept-Language", c.accept)
		if !strings.Contains(w.Body.String(), title[c.want]) || w.Header().Get("Content-Language") != c.want {
			t.Errorf("%s, %s: %d %s %s", query, c.accept, w.Code, w.Header().Get("Content-Language"), w.Body)
		}
	}
}

func TestAdviseGivesTheVerdict(t *testing.T) {
	chart := bundleOf(`{"resourceType":"Patient","id":"p1","birthDate":"1970-03-10"}`, response("nrs", header, answers("nrs", 1, 6)...))
	parameters := `{"resourceType":"Parameters","parameter":[{"name":"asOf","valueDate":"2025-06-16"},{"name":"language","valueCode":"en"},{"name":"resource","resource":` + chart + `}]}`
	s := serve(t, nil)
	inURL := s.answered(t, "POST", "/fhir/$advise?asOf=2025-06-16&language=en", chart)
	var verdict struct {
		AsOf    string `json:"asOf"`
		Verdict string `json:"verdict"`
		Mapping struct {
			Received int `json:"received"`
		} `json:"mapping"`
	}
	if err := json.Unmarshal(inURL, &verdict); err != nil {
		t.Fatal(err)
	}
	if verdict.AsOf != "2025-06-16" || verdict.Verdict != "no-indication" || verdict.Mapping.Received != 2 {
		t.Errorf("%+v", verdict)
	}
	inBody := s.answered(t, "POST", "/fhir/$advise", parameters)
	var a, b map[string]any
	if json.Unmarshal(inURL, &a) != nil || json.Unmarshal(inBody, &b) != nil {
		t.Fatal("no JSON")
	}
	if a["asOf"] != b["asOf"] || a["verdict"] != b["verdict"] || !cmp.Equal(a["missing"], b["missing"]) {
		t.Errorf("parameters in the body and in the URL are not the same")
	}
}

// No request, however faulty, leaves data of a patient in the log.
func TestTheLogHoldsNoData(t *testing.T) {
	s := serve(t, nil)
	secret := "Verzonnen999912345"
	for _, body := range []string{
		`{"resourceType":"Patient","id":"p","name":[{"family":"` + secret + `"}],"birthDate":"` + secret + `"}`,
		`{"resourceType":"Patient","` + secret + `":`, `{"resourceType":"` + secret + `"}`,
		response("nrs", header, `{"linkId":"nrs.1","answer":[{"valueString":"`+secret+`"}]}`),
		response("nrs", `"status":"`+secret+`",`), `{"resourceType":"Parameters","parameter":[{"name":"` + secret + `","valueString":"` + secret + `"}]}`,
	} {
		for _, operation := range []string{"/fhir/$score", "/fhir/$advise", "/fhir/$advise?phase=" + secret} {
			w := s.call("POST", operation, body)
			if strings.Contains(s.log.String(), secret) {
				t.Fatalf("%s logged it: %s", operation, s.log.String())
			}
			if w.Code >= 400 && strings.Contains(w.Body.String(), secret) {
				t.Errorf("%s repeats it: %s", operation, w.Body)
			}
		}
	}
}
