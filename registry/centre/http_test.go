package centre_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre"
)

// serve serves 30 trials, of which 3 in January of 2025, to a reporter as of mid 2026.
func serve(t *testing.T, submit func(context.Context, []byte) ([]byte, int, error), changes ...func(*centre.Service)) *httptest.Server {
	t.Helper()
	gin.SetMode(gin.TestMode)
	engine := gin.New()
	service := centre.Service{
		Patients: func(context.Context) centre.Patients {
			return stream(patient("a", done(trial, "2025-01-05")), patient("b", done(trial, "2025-02-05")), patient("c", done(trial, "2025-03-05")))
		},
		Options: func(year int, asOf mapping.Day) (centre.Options, error) {
			return centre.Options{Year: year, AsOf: asOf, Name: "Test", Identifier: clinicA}, nil
		},
		Today: func() mapping.Day { return asOf }, Submit: submit, Bytes: 10_000, Log: slog.New(slog.DiscardHandler),
	}
	for _, change := range changes {
		change(&service)
	}
	if err := centre.Register(engine, service); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(engine)
	t.Cleanup(server.Close)
	return server
}

func call(t *testing.T, method, url, body string) (int, map[string]any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/fhir+json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var resource map[string]any
	if err := json.Unmarshal(content, &resource); err != nil {
		t.Fatalf("%s: %s", response.Status, content)
	}
	return response.StatusCode, resource
}

func TestEvaluateMeasure(t *testing.T) {
	server := serve(t, nil)
	for _, test := range []struct{ method, path, body string }{
		{"GET", "/fhir/Measure/nm-volume-n20/$evaluate-measure?periodStart=2025-01-01&periodEnd=2025-12-31", ""},
		{"GET", "/fhir/Measure/$evaluate-measure?measure=Measure/nm-volume-n20&periodStart=2025&periodEnd=2025&reportType=population", ""},
		{"POST", "/fhir/Measure/$evaluate-measure", `{"resourceType":"Parameters","parameter":[{"name":"measure","valueCanonical":"https://pijnpoort.example/fhir/Measure/nm-volume-n20|1.0.0"},
			{"name":"periodStart","valueDate":"2025-01-01"},{"name":"periodEnd","valueDate":"2025-12-31"}]}`},
	} {
		status, resource := call(t, test.method, server.URL+test.path, test.body)
		if status != http.StatusOK || resource["resourceType"] != "MeasureReport" || resource["measure"] != "https://pijnpoort.example/fhir/Measure/nm-volume-n20|1.0.0" {
			t.Fatalf("%s: %d %v", test.path, status, resource)
		}
		document, err := json.Marshal(resource)
		if err != nil {
			t.Fatal(err)
		}
		if text := string(document); strings.Contains(text, `"count":3`) || !strings.Contains(text, "masked") {
			t.Errorf("%s tells of three patients: %s", test.path, text)
		}
	}
}

func TestEvaluateMeasureRefuses(t *testing.T) {
	server := serve(t, nil)
	for path, want := range map[string]int{
		"/fhir/Measure/nm-volume-n20/$evaluate-measure":                                                                      http.StatusBadRequest,
		"/fhir/Measure/nm-volume-n20/$evaluate-measure?periodStart=x&periodEnd=2025":                                         http.StatusBadRequest,
		"/fhir/Measure/nm-volume-n20/$evaluate-measure?periodStart=2025-02-01&periodEnd=2025-12-31":                          http.StatusBadRequest,
		"/fhir/Measure/nm-volume-n20/$evaluate-measure?periodStart=2027&periodEnd=2027":                                      http.StatusBadRequest,
		"/fhir/Measure/nm-volume-n20/$evaluate-measure?periodStart=2025&periodEnd=2025&reportType=subject-list":              http.StatusForbidden,
		"/fhir/Measure/nm-volume-n20/$evaluate-measure?periodStart=2025&periodEnd=2025&reportType=subject&subject=a":         http.StatusForbidden,
		"/fhir/Measure/nm-volume-n20/$evaluate-measure?periodStart=2025&periodEnd=2025&reportType=guess":                     http.StatusBadRequest,
		"/fhir/Measure/nm-volume-n20/$evaluate-measure?periodStart=2025&periodEnd=2025&subject=Patient/1":                    http.StatusBadRequest,
		"/fhir/Measure/nm-volume-n20/$evaluate-measure?periodStart=2025&periodStart=2024&periodEnd=2025":                     http.StatusBadRequest,
		"/fhir/Measure/nm-guess/$evaluate-measure?periodStart=2025&periodEnd=2025":                                           http.StatusNotFound,
		"/fhir/Measure/$evaluate-measure?periodStart=2025&periodEnd=2025":                                                    http.StatusNotFound,
		"/fhir/Measure/nm-volume-n20/$evaluate-measure?periodStart=2025&periodEnd=2025&measure=nm-removed":                   http.StatusBadRequest,
		"/fhir/Measure/$evaluate-measure?periodStart=2025&periodEnd=2025&measure=https%3A//pijnpoort.example/fhir/Measure/x": http.StatusBadRequest,
	} {
		if status, resource := call(t, "GET", server.URL+path, ""); status != want || resource["resourceType"] != "OperationOutcome" {
			t.Errorf("%s: %d %v", path, status, resource["resourceType"])
		}
	}
}

// Inside the centre it is told who were counted, and of each patient; who was named is told
// to the log, and without the log nobody is named.
func TestEvaluateMeasureInside(t *testing.T) {
	var named []string
	refuse := false
	server := serve(t, nil, func(s *centre.Service) {
		s.Inside, s.Refer = func(c *gin.Context) bool { return c.GetHeader("X-Outside") == "" }, refer
		s.Named = func(_ *gin.Context, patients []string) error {
			if refuse {
				return errors.New("the log is full")
			}
			named = patients
			return nil
		}
	})
	const of = "/fhir/Measure/nm-volume-n20/$evaluate-measure?periodStart=2025&periodEnd=2025"
	status, resource := call(t, "GET", server.URL+of+"&reportType=subject-list", "")
	if status != http.StatusOK || resource["type"] != "subject-list" || strings.Join(named, "") != "abc" {
		t.Errorf("%d %v, named %v", status, resource["type"], named)
	}
	status, resource = call(t, "POST", server.URL+"/fhir/Measure/nm-volume-n20/$evaluate-measure", `{"resourceType":"Parameters","parameter":[
		{"name":"periodStart","valueDate":"2025"},{"name":"periodEnd","valueDate":"2025"},{"name":"reportType","valueCode":"subject"},{"name":"subject","valueReference":{"reference":"Patient/b"}}]}`)
	if status != http.StatusOK || resource["type"] != "individual" || strings.Join(named, "") != "b" {
		t.Errorf("%d %v, named %v", status, resource, named)
	}
	for path, want := range map[string]int{
		of + "&reportType=subject&subject=nobody": http.StatusNotFound, of + "&reportType=subject": http.StatusBadRequest,
		of + "&reportType=subject-list&subject=a": http.StatusBadRequest, of: http.StatusOK,
	} {
		if status, _ := call(t, "GET", server.URL+path, ""); status != want {
			t.Errorf("%s: %d", path, status)
		}
	}
	refuse = true
	if status, _ := call(t, "GET", server.URL+of+"&reportType=subject-list", ""); status != http.StatusInternalServerError {
		t.Errorf("patients are named while nobody takes note: %d", status)
	}
}

func TestSubmitData(t *testing.T) {
	var taken []byte
	server := serve(t, func(_ context.Context, bundle []byte) ([]byte, int, error) {
		taken = bundle
		return []byte(`{"resourceType":"OperationOutcome","issue":[]}`), http.StatusCreated, nil
	})
	report := `{"name":"measureReport","resource":{"resourceType":"MeasureReport","type":"data-collection","measure":"https://pijnpoort.example/fhir/Measure/nm-removed|1.0.0"}}`
	body := `{"resourceType":"Parameters","parameter":[` + report + `,{"name":"resource","resource":{"resourceType":"Patient","id":"1"}}]}`
	if status, _ := call(t, "POST", server.URL+"/fhir/Measure/$submit-data", body); status != http.StatusCreated {
		t.Fatalf("status %d", status)
	}
	if want := `{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"1"}}]}`; string(taken) != want {
		t.Errorf("taken %s", taken)
	}
	for _, body := range []string{
		`{}`, `{"resourceType":"Parameters"}`, `[]`,
		`{"resourceType":"Parameters","parameter":[{"name":"resource","resource":{"resourceType":"Patient"}}]}`,
		`{"resourceType":"Parameters","parameter":[` + report + `,` + report + `]}`,
		`{"resourceType":"Parameters","parameter":[` + report + `,{"name":"resource"}]}`,
		`{"resourceType":"Parameters","parameter":[` + report + `,{"name":"other","resource":{"resourceType":"Patient"}}]}`,
		strings.ReplaceAll(`{"resourceType":"Parameters","parameter":[`+report+`]}`, "data-collection", "summary"),
	} {
		taken = nil
		if status, _ := call(t, "POST", server.URL+"/fhir/Measure/$submit-data", body); status != http.StatusBadRequest || taken != nil {
			t.Errorf("%s: %d, taken %s", body, status, taken)
		}
	}
}
