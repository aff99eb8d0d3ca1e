package cdshooks_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"go.uber.org/goleak"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/conformance"
	"github.com/pijnpoort/pijnpoort/fhir/client"
)

func TestMain(m *testing.M) {
	gin.SetMode(gin.ReleaseMode)
	goleak.VerifyTestMain(m)
}

const (
	instance     = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
	discoverPath = "/cds-services"
	callPath     = "/cds-services/raad"
	feedbackPath = "/cds-services/raad/feedback"
)

// now is the clock of the tests.
var now = time.Date(2025, 6, 16, 12, 0, 0, 0, time.UTC)

// house is a running server with one service, raad, that gives one card and keeps the
// calls it got.
type house struct {
	*httptest.Server
	t     *testing.T
	log   *bytes.Buffer
	mu    sync.Mutex
	calls []*cdshooks.Call
	cards []cdshooks.Card
	// actions are system actions.
	actions []cdshooks.Action
	// drafts are the draft orders that actions may be about.
	drafts []string
	fail   error
	// lenient is for requests that are answered although they are not as they should be.
	lenient bool
}

// start serves the service; change may change the options.
func start(t *testing.T, change func(*cdshooks.Options)) *house {
	t.Helper()
	h := &house{t: t, log: &bytes.Buffer{}, cards: []cdshooks.Card{{
		Summary: "Een zin", Indicator: cdshooks.Info,
		Source: cdshooks.Source{Label: "Bron", Topic: &cdshooks.Coding{System: "https://x.example/topics", Code: "t"}},
	}}}
	options := cdshooks.Options{
		Language: "nl", Now: func() time.Time { return now }, Log: slog.New(slog.NewTextHandler(&locked{w: h.log}, nil)),
		Services: []cdshooks.Service{{
			ID: "raad", Title: "Raad", Description: "Geeft raad",
			Hooks: []cdshooks.Hook{cdshooks.PatientView, cdshooks.OrderSelect, cdshooks.OrderSign, cdshooks.OrderDispatch},
			Prefetch: []cdshooks.Template{
				{Key: "patient", Query: "Patient/{{context.patientId}}", Essential: true},
				{Key: "conditions", Query: "Condition?patient={{context.patientId}}"},
			},
			Advise: h.advise,
		}},
	}
	if change != nil {
		change(&options)
	}
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.NoMethod(cdshooks.MethodNotAllowed)
	if err := cdshooks.Register(engine, options); err != nil {
		t.Fatal(err)
	}
	h.Server = httptest.NewServer(engine)
	t.Cleanup(h.Close)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	return h
}

// locked lets several goroutines write.
type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

func (h *house) advise(_ context.Context, call *cdshooks.Call) (cdshooks.Response, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calls = append(h.calls, call)
	return cdshooks.Response{Cards: h.cards, SystemActions: h.actions}, h.fail
}

// last is the last call that the service got.
func (h *house) last() *cdshooks.Call {
	h.t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.calls) == 0 {
		h.t.Fatal("the service was not called")
	}
	return h.calls[len(h.calls)-1]
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// do sends a request. Whatever comes back must conform.
func (h *house) do(method, path, body string, header ...string) answer {
	h.t.Helper()
	request, err := http.NewRequest(method, h.URL+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	a := answer{response.StatusCode, response.Header, content}
	if faults := h.faults(method, path, body, a); faults != nil {
		h.t.Errorf("%s %s: %d: %q\n%s", method, path, a.status, faults, a.body)
	}
	return a
}

// faults says what is wrong with an answer by the specification, and with an exchange by
// the schemas that are served: what is answered must be valid too, unless the test is of
// what is taken all the same.
func (h *house) faults(method, path, body string, a answer) []string {
	switch {
	case a.status >= 400:
		return append(outcomeFaults(a), conformance.Schema("outcome.json", a.body)...)
	case a.status == http.StatusOK && method == http.MethodGet && path == discoverPath:
		return append(conformance.Discovery(a.body), conformance.Schema("discovery.json", a.body)...)
	case a.status == http.StatusOK && method == http.MethodPost && path == callPath:
		faults := append(conformance.Response(a.body, h.drafts...), conformance.Schema("response.json", a.body)...)
		if !h.lenient {
			faults = append(faults, conformance.Schema("request.json", []byte(body))...)
		}
		return faults
	case a.status == http.StatusOK && method == http.MethodPost && path == feedbackPath:
		return conformance.Schema("feedback.json", []byte(body))
	}
	return nil
}

// outcomeFaults says what is wrong with an answer that must be an OperationOutcome.
func outcomeFaults(a answer) []string {
	var outcome struct {
		ResourceType string
		Issue        []struct{ Severity, Code, Diagnostics string }
	}
	if err := json.Unmarshal(a.body, &outcome); err != nil || outcome.ResourceType != "OperationOutcome" || len(outcome.Issue) == 0 {
		return []string{"is not an OperationOutcome"}
	}
	if a.header.Get("Content-Type") != "application/fhir+json" {
		return []string{"Content-Type is " + a.header.Get("Content-Type")}
	}
	for _, i := range outcome.Issue {
		if i.Severity == "" || i.Code == "" || i.Diagnostics == "" {
			return []string{"has an issue without severity, code or diagnostics"}
		}
		if strings.Contains(i.Diagnostics, "goroutine") || strings.Contains(i.Diagnostics, ".go:") {
			return []string{"shows the inside of the program"}
		}
	}
	return nil
}

const (
	viewContext    = `{"userId":"Practitioner/1","patientId":"p1"}`
	patientValue   = `{"resourceType":"Patient","id":"p1"}`
	conditionValue = `{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"}}}]}`
	allSent        = `{"patient":` + patientValue + `,"conditions":` + conditionValue + `}`
)

// view is a patient-view request with this prefetch, and further members.
func view(prefetch string, members ...string) string {
	body := `{"hook":"patient-view","hookInstance":"` + instance + `","context":` + viewContext
	if prefetch != "" {
		body += `,"prefetch":` + prefetch
	}
	for _, m := range members {
		body += "," + m
	}
	return body + "}"
}

// call posts a request that must be answered with the status.
func (h *house) call(body string, status int, header ...string) answer {
	h.t.Helper()
	a := h.do(http.MethodPost, callPath, body, header...)
	if a.status != status {
		h.t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	return a
}

// epd is a FHIR server of a client, with an answer by path and query.
func epd(t *testing.T, answers map[string]http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if handle := answers[r.URL.RequestURI()]; handle != nil {
			handle(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

// resource answers with FHIR JSON.
func resource(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/fhir+json; charset=utf-8")
		_, _ = io.WriteString(w, body)
	}
}

// allowing lets the server be called.
func allowing(t *testing.T, servers ...string) func(*cdshooks.Options) {
	t.Helper()
	c, err := client.New(client.Options{Servers: servers})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return func(o *cdshooks.Options) { o.Servers = c }
}

// authorized are the members that let the FHIR server be called.
func authorized(server string) string {
	return `"fhirServer":"` + server + `","fhirAuthorization":{"access_token":"geheim","token_type":"Bearer","expires_in":300,"scope":"patient/*.read","subject":"pijnpoort"}`
}
