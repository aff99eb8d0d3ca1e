package intake_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/intake"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// harness is a server with an empty store.
type harness struct {
	t       testing.TB
	store   *store.Store
	intake  *intake.Intake
	handler http.Handler
	log     *bytes.Buffer
}

func newHarness(t testing.TB, s *store.Store, callers intake.Callers) *harness {
	t.Helper()
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	var log bytes.Buffer
	i := &intake.Intake{
		Store: s, Audit: &audit.Log{Site: "Voorbeeld", Software: "pijnpoort|test", Host: "node1"},
		Register: intake.Registering(&advice.Adviser{Terminology: terminology.Embedded}),
		Limits:   decode.Limits{Bytes: 1 << 20, Depth: 64, Entries: 1000}, Clinic: "http://fhir.nl/fhir/NamingSystem/agb-z|06010101",
	}
	err := intake.Register(engine, intake.Options{Intake: i, Callers: callers, PublicBase: "https://pijnpoort.example",
		Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	return &harness{t, s, i, engine, &log}
}

// answer is what a sending was answered.
type answer struct {
	status   int
	location string
	counts   string // "received 1 = ..."
	issues   []string
}

var counted = regexp.MustCompile(`^received (\d+) = accepted (\d+) \+ ignored (\d+) \+ rejected (\d+)$`)

func (h *harness) send(method, path, body string, headers ...string) answer {
	h.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/fhir+json")
	for n := 0; n+1 < len(headers); n += 2 {
		r.Header.Set(headers[n], headers[n+1])
	}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	a := answer{status: w.Code, location: w.Header().Get("Location")}
	var outcome struct {
		ResourceType string
		Issue        []struct {
			Severity, Code, Diagnostics string
			Expression                  []string
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &outcome); err != nil || outcome.ResourceType != "OperationOutcome" || len(outcome.Issue) == 0 {
		h.t.Fatalf("%d: %q is no OperationOutcome: %v", w.Code, w.Body, err)
	}
	for _, i := range outcome.Issue {
		if counted.MatchString(i.Diagnostics) {
			a.counts = i.Diagnostics
			continue
		}
		a.issues = append(a.issues, strings.TrimSpace(i.Severity+" "+strings.Join(i.Expression, ",")+" "+i.Diagnostics))
	}
	return a
}

// post sends a document, and checks that the counts add up.
func (h *harness) post(body string, headers ...string) answer {
	h.t.Helper()
	a := h.send(http.MethodPost, "/fhir", body, headers...)
	if a.counts == "" {
		return a
	}
	var n [4]int
	for i, text := range counted.FindStringSubmatch(a.counts)[1:] {
		fmt.Sscan(text, &n[i])
	}
	if n[0] != n[1]+n[2]+n[3] {
		h.t.Errorf("does not add up: %s", a.counts)
	}
	return a
}

func (h *harness) totals() store.Totals {
	h.t.Helper()
	totals, err := h.store.Totals(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return totals
}

func both(t *testing.T, test func(t *testing.T, h *harness)) {
	storetest.Both(t, func(t *testing.T, s *store.Store) { test(t, newHarness(t, s, nil)) })
}

// The parts of the documents that are sent.
func patient(id, bsn string) string {
	return fmt.Sprintf(`{"resourceType":"Patient","id":%q,"identifier":[{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":%q}],"gender":"female","birthDate":"1970-03-10"}`, id, bsn)
}

func procedure(id, subject, start string) string {
	return fmt.Sprintf(`{"resourceType":"Procedure","id":%q,"status":"completed","code":{"coding":[{"system":"http://snomed.info/sct","code":"3270004"}]},"subject":{"reference":%q},"performedDateTime":%q}`, id, subject, start)
}

func bundle(head string, resources ...string) string {
	entries := make([]string, len(resources))
	for i, r := range resources {
		entries[i] = `{"resource":` + r + `}`
	}
	return `{"resourceType":"Bundle","type":"collection"` + head + `,"entry":[` + strings.Join(entries, ",") + `]}`
}

const bsn1, bsn2 = "999990019", "999990020"

func TestWhatIsSentIsAnsweredByEntry(t *testing.T) {
	good := bundle("", patient("1", bsn1), procedure("a", "Patient/1", "2025-01-02"))
	tests := []struct {
		name, body string
		status     int
		counts     string
		issues     []string
	}{
		{"sound", good, 201, "received 2 = accepted 2 + ignored 0 + rejected 0", nil},
		{"one resource", patient("1", bsn1), 201, "received 1 = accepted 1 + ignored 0 + rejected 0", nil},
		{"transaction", `{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:0d5e0e2a-0000-4000-8000-000000000001","resource":` + strings.Replace(patient("1", bsn1), `"id":"1",`, "", 1) +
			`,"request":{"method":"POST","url":"Patient"}},{"resource":` + procedure("a", "urn:uuid:0d5e0e2a-0000-4000-8000-000000000001", "2025-01-02") + `,"request":{"method":"POST","url":"Procedure"}}]}`,
			201, "received 2 = accepted 2 + ignored 0 + rejected 0", nil},
		{"a type that is not read", bundle("", patient("1", bsn1), `{"resourceType":"Basic","code":{"text":"x"}}`), 201, "received 2 = accepted 1 + ignored 1 + rejected 0",
			[]string{"information Bundle.entry[1].resource ignored: resources of type Basic are not read"}},
		{"an entry without resource", `{"resourceType":"Bundle","type":"batch","entry":[{"resource":` + patient("1", bsn1) + `},{"fullUrl":"urn:x"}]}`, 201, "received 2 = accepted 1 + ignored 1 + rejected 0",
			[]string{"information Bundle.entry[1] ignored: the entry holds no resource"}},
		{"an element that R4 has not", bundle("", patient("1", bsn1), strings.Replace(procedure("a", "Patient/1", "2025-01-02"), `"id"`, `"geheim":"x","id"`, 1)), 201, "received 2 = accepted 1 + ignored 0 + rejected 1",
			[]string{"error Bundle.entry[1].resource.* rejected: unknown field"}},
		{"a required element that is missing", bundle("", patient("1", bsn1), `{"resourceType":"Procedure","id":"a","subject":{"reference":"Patient/1"}}`), 201, "received 2 = accepted 1 + ignored 0 + rejected 1",
			[]string{`error Bundle.entry[1].resource rejected: missing required field "status"`}},
		{"a faulty entry", bundle("", patient("1", bsn1), `{"resourceType":"Procedure","id":"a","status":7}`), 201, "received 2 = accepted 1 + ignored 0 + rejected 1",
			[]string{"error Bundle.entry[1].resource.status rejected: should be a string, is a number"}},
		{"entries that are no objects", `{"resourceType":"Bundle","type":"collection","entry":["x",{"resource":` + patient("1", bsn1) + `}]}`, 201, "received 2 = accepted 1 + ignored 0 + rejected 1",
			[]string{"error Bundle.entry[0] rejected: should be an object, is a string"}},
		{"about another patient", bundle("", patient("1", bsn1), procedure("a", "Patient/9", "2025-01-02")), 201, "received 2 = accepted 1 + ignored 0 + rejected 1",
			[]string{"error Bundle.entry[1].resource.subject rejected: about another patient"}},
		{"a Patient who cannot be read", bundle("", strings.Replace(patient("1", bsn1), `"female"`, `"vrouw"`, 1), procedure("a", "Patient/1", "2025-01-02")), 422, "received 2 = accepted 0 + ignored 0 + rejected 2",
			[]string{"error Bundle.entry[0].resource.gender rejected: code type mismatch",
				"error Bundle.entry[1].resource rejected: no Patient came along who could be read, so it is not known whom it is about"}},
		{"no Patient", procedure("a", "Patient/1", "2025-01-02"), 422, "received 1 = accepted 0 + ignored 0 + rejected 1",
			[]string{"error Procedure rejected: no Patient came along who could be read, so it is not known whom it is about"}},
		{"no identifier", bundle("", `{"resourceType":"Patient","id":"1"}`), 422, "received 1 = accepted 0 + ignored 0 + rejected 1",
			[]string{"error Bundle.entry[0].resource rejected: the Patient has no identifier with system and value"}},
		{"nothing", bundle(""), 422, "received 0 = accepted 0 + ignored 0 + rejected 0", nil},
		{"nested", bundle("", bundle("", patient("1", bsn1), procedure("a", "Patient/1", "2025-01-02"), `{"resourceType":"Procedure","id":"b","subject":{"reference":"Patient/1"}}`)), 201,
			"received 3 = accepted 2 + ignored 0 + rejected 1", []string{`error Bundle.entry[0].resource.entry[2].resource rejected: missing required field "status"`}},
		{"Parameters", `{"resourceType":"Parameters","parameter":[{"name":"x","part":[{"name":"y","resource":` + patient("1", bsn1) + `}]}]}`, 201, "received 1 = accepted 1 + ignored 0 + rejected 0", nil},
		{"no JSON", `{"resourceType":`, 400, "", nil},
		{"no resource", `{"x":1}`, 400, "", nil},
		{"XML", `<Patient xmlns="http://hl7.org/fhir"/>`, 415, "", []string{"error  the body is XML; what is sent here must be JSON"}},
		{"after a byte order mark", "\ufeff" + good, 201, "received 2 = accepted 2 + ignored 0 + rejected 0", nil},
		{"too large", `{"resourceType":"Basic","x":"` + strings.Repeat("x", 1<<20) + `"}`, 413, "", nil},
		{"too deep", `{"resourceType":"Basic","x":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`, 413, "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := newHarness(t, storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t)), nil)
			a := h.post(test.body)
			if a.status != test.status || a.counts != test.counts {
				t.Errorf("%d %q, want %d %q", a.status, a.counts, test.status, test.counts)
			}
			if test.issues != nil && strings.Join(a.issues, "\n") != strings.Join(test.issues, "\n") || test.issues == nil && a.counts != "" && len(a.issues) > 0 {
				t.Errorf("issues\n%s\nwant\n%s", strings.Join(a.issues, "\n"), strings.Join(test.issues, "\n"))
			}
			if kept := h.totals().Sendings; kept != map[bool]int{true: 1}[test.status == 201] {
				t.Errorf("%d sendings kept", kept)
			}
			if log := h.log.String(); strings.Contains(log, "geheim") || strings.Contains(log, bsn1) || strings.Contains(log, "1970-03") {
				t.Errorf("the log holds data: %s", log)
			}
		})
	}
}

func TestTheSameSendingAgain(t *testing.T) {
	both(t, func(t *testing.T, h *harness) {
		const head = `,"identifier":{"system":"urn:x","value":"1"}`
		first := h.post(bundle(head, patient("1", bsn1), procedure("a", "Patient/1", "2025-01-02")))
		spaced := strings.ReplaceAll(bundle(head, patient("1", bsn1), procedure("a", "Patient/1", "2025-01-02")), `,"`, ` , "`)
		again := h.post(spaced)
		if first.status != 201 || again.status != 200 || again.location != first.location || again.counts != first.counts {
			t.Errorf("first %+v, again %+v", first, again)
		}
		if receipt := h.send(http.MethodGet, strings.TrimPrefix(first.location, "https://pijnpoort.example"), ""); receipt.status != 200 || receipt.counts != first.counts {
			t.Errorf("receipt: %+v", receipt)
		}
		if missing := h.send(http.MethodGet, "/fhir/intake/none", ""); missing.status != 404 {
			t.Errorf("a receipt that is not there: %+v", missing)
		}
		other := h.post(bundle(head, patient("1", bsn1), procedure("a", "Patient/1", "2025-01-03")))
		if other.status != 201 || other.location == first.location {
			t.Errorf("other content: %+v", other)
		}
		totals := h.totals()
		if totals.Patients != 1 || totals.Sendings != 2 || totals.Audit != 2 {
			t.Errorf("%+v", totals)
		}
		if a := h.send(http.MethodPost, "/fhir/Bundle", bundle("", patient("1", bsn1))); a.status != 201 {
			t.Errorf("the other path: %+v", a)
		}
	})
}

// A code that is put right takes back what the wrong one said.
func TestWhatALaterVersionNoLongerSaysIsWithdrawn(t *testing.T) {
	both(t, func(t *testing.T, h *harness) {
		versioned := func(code, updated string) string {
			return bundle("", patient("1", bsn1), strings.NewReplacer(`"id":"a"`, `"id":"a","meta":{"lastUpdated":"`+updated+`"}`, "3270004", code).Replace(procedure("a", "Patient/1", "2025-01-02")))
		}
		if a := h.post(versioned("3270004", "2025-01-02T10:00:00Z")); a.status != 201 {
			t.Fatalf("%+v", a)
		}
		h.post(versioned("80146002", "2025-01-03T10:00:00Z")) // an appendectomy
		for p, err := range h.store.Registrations(t.Context()) {
			if err != nil || len(p.Registration.Procedures) != 1 || !p.Registration.Procedures[0].Retracted {
				t.Errorf("%+v, %v", p.Registration.Procedures, err)
			}
		}
	})
}

func TestSeveralPatientsAreTakenApart(t *testing.T) {
	both(t, func(t *testing.T, h *harness) {
		a := h.post(bundle("",
			procedure("a", "Patient/2", "2025-01-02"), patient("1", bsn1), patient("2", bsn2), procedure("b", "Patient/1", "2025-01-03"),
			`{"resourceType":"Organization","id":"o","name":"x"}`, procedure("c", "Patient/3", "2025-01-04"),
			`{"resourceType":"Procedure","id":"d","status":"completed","subject":{"identifier":{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"`+bsn2+`"}},"code":{"coding":[{"system":"http://snomed.info/sct","code":"3270004"}]},"performedDateTime":"2025-02-01"}`,
			`{"resourceType":"Procedure","id":"e","subject":{"reference":"Patient/1"}}`))
		want := []string{
			"information Bundle.entry[4].resource ignored: nothing in it is registered",
			"error Bundle.entry[5].resource rejected: no Patient came along who could be read, so it is not known whom it is about",
			`error Bundle.entry[7].resource rejected: missing required field "status"`,
		}
		if a.status != 201 || a.counts != "received 8 = accepted 5 + ignored 1 + rejected 2" || strings.Join(a.issues, "\n") != strings.Join(want, "\n") {
			t.Errorf("%+v", a)
		}
		procedures := map[string]int{}
		for p, err := range h.store.Registrations(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			procedures[p.Registration.Patient.Identifiers[0].Value] = len(p.Registration.Procedures)
		}
		if procedures[bsn1] != 1 || procedures[bsn2] != 2 || len(procedures) != 2 {
			t.Errorf("procedures: %v", procedures)
		}
	})
}

func TestIdentifiersThatContradictCostOnlyTheirPatient(t *testing.T) {
	both(t, func(t *testing.T, h *harness) {
		two := func(bsn string) string {
			return strings.Replace(patient("1", bsn), `"identifier":[`, `"identifier":[{"system":"urn:mrn","value":"7"},`, 1)
		}
		if a := h.post(two(bsn1)); a.status != 201 {
			t.Fatalf("%+v", a)
		}
		a := h.post(bundle("", patient("2", bsn1), strings.Replace(two(bsn2), `"id":"1"`, `"id":"3"`, 1)))
		if a.status != 201 || a.counts != "received 2 = accepted 1 + ignored 0 + rejected 1" {
			t.Errorf("%+v", a)
		}
		if a := h.post(two(bsn2)); a.status != 422 || !strings.Contains(a.issues[0], "belong to different patients") {
			t.Errorf("%+v", a)
		}
	})
}

func TestTheExamplePatients(t *testing.T) {
	files, err := filepath.Glob("../../test/patients/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	h := newHarness(t, storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t)), nil)
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a := h.post(string(body))
		if a.status == 201 {
			if again := h.post(string(body)); again.status != 200 || again.location != a.location {
				t.Errorf("%s again: %+v", file, again)
			}
		}
		t.Log(filepath.Base(file), a.status, a.counts)
	}
}
