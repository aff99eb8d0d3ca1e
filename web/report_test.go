package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/test/population"

	"bytes"
	"log/slog"
)

// annual computes reports of a generated population.
func annual(_ context.Context, year int) (*centre.Report, error) {
	if year > 2025 {
		return nil, errors.New("no such year")
	}
	people := population.Default(600, 7)
	patients := func(yield func(centre.Patient, error) bool) {
		for id, r := range people.All() {
			if !yield(centre.Patient{ID: id, Clinic: population.ClinicA, Registration: r}, nil) {
				return
			}
		}
	}
	return centre.Compute(patients, centre.Options{Year: year, AsOf: mapping.NewDay(2026, 2, 1), Name: "Pijncentrum Voorbeeld", Identifier: population.ClinicA})
}

func getReport(t *testing.T, path, language string) *httptest.ResponseRecorder {
	t.Helper()
	gin.SetMode(gin.TestMode)
	engine, log := gin.New(), &bytes.Buffer{}
	if err := Register(engine, Options{
		Adviser: &advice.Adviser{}, Limits: decode.Limits{Bytes: 1}, Language: "nl", Title: "Pijnpoort", Report: annual,
		Log: slog.New(slog.NewTextHandler(log, nil)),
	}); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Language", language)
	w := httptest.NewRecorder()
	engine.ServeHTTP(w, r)
	return w
}

// The page has the figures of the report with numerator, denominator and what is missing, and
// the plots that people would rather look at. With PIJNPOORT_PAGE set to a file it is
// written there to be looked at.
func TestReportPage(t *testing.T) {
	report, err := annual(t.Context(), 2024)
	if err != nil {
		t.Fatal(err)
	}
	w := getReport(t, "/report/2024", "nl")
	page := w.Body.String()
	if file := os.Getenv("PIJNPOORT_PAGE"); file != "" {
		if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if w.Code != http.StatusOK {
		t.Fatalf("status %d", w.Code)
	}
	for _, f := range report.Figures {
		if !strings.Contains(page, "<td>"+strings.NewReplacer("&", "&amp;", "'", "&#39;", "+", "&#43;").Replace(f.Title.NL)+"</td>") {
			t.Errorf("the page has no line for %s", f.Title.NL)
		}
	}
	for _, words := range []string{"Productie per kalenderjaar", "Praktijkvariatie", "Kaplan-Meier", "Volledigheid", "voorstel van Pijnpoort zelf", "Het register heeft geen cijfers"} {
		if !strings.Contains(page, words) {
			t.Errorf("the page lacks %q", words)
		}
	}
	for _, j := range report.Norms.Clinics {
		if _, clinic, _ := strings.Cut(j.Clinic, "|"); !strings.Contains(page, "Kliniek "+clinic+" alleen") {
			t.Errorf("the page has no verdict on clinic %s", clinic)
		}
	}
	if len(report.Norms.Clinics) != 2 || !strings.Contains(page, report.Norms.TogetherWords("nl")) || !strings.Contains(page, "mogelijk meer") {
		t.Error("the page does not tell the clinics apart, or the certain from the possible")
	}
	if strings.Contains(page, "/report/2024/nm-") {
		t.Error("there is a link to a page that is not there")
	}
	if plots := strings.Count(page, `<svg role="img"`); plots < 6 {
		t.Errorf("%d plots", plots)
	}
}

// Who are counted is shown by the numbers of the hospital, once it has been noted; a Measure
// that does not exist has no page.
func TestSubjectsPage(t *testing.T) {
	gin.SetMode(gin.TestMode)
	engine, noted := gin.New(), true
	err := Register(engine, Options{
		Adviser: &advice.Adviser{}, Limits: decode.Limits{Bytes: 1}, Language: "nl", Title: "Pijnpoort", Report: annual, Log: slog.New(slog.DiscardHandler),
		Subjects: func(c *gin.Context, year int, measure string) (*Subjects, error) {
			if !noted {
				return nil, errors.New("the log is full")
			}
			out := &Subjects{Subjects: &centre.Subjects{Measure: measure}, Names: map[string]string{}}
			var err error
			out.Report, err = centre.Compute(func(yield func(centre.Patient, error) bool) {
				for id, r := range population.Default(60, 7).All() {
					if id[len(id)-1]%2 == 0 {
						out.Names[id] = "MRN<" + id + ">"
					}
					if !yield(centre.Patient{ID: id, Clinic: population.ClinicA, Registration: r}, nil) {
						return
					}
				}
			}, centre.Options{Year: year, AsOf: mapping.NewDay(2026, 2, 1), Subjects: out.Subjects})
			return out, err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		engine.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	w := get("/report/2024/nm-indication")
	page := w.Body.String()
	if file := os.Getenv("PIJNPOORT_SUBJECTS_PAGE"); file != "" {
		if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if w.Code != http.StatusOK || !strings.Contains(page, "MRN&lt;") || strings.Contains(page, "MRN<") || !strings.Contains(page, "In de telling") || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("status %d: %s", w.Code, page)
	}
	if page := get("/report/2024").Body.String(); !strings.Contains(page, `href="/report/2024/nm-indication"`) {
		t.Error("nothing leads there")
	}
	for path, want := range map[string]int{"/report/2024/nm-guess": http.StatusNotFound, "/report/x/nm-indication": http.StatusNotFound} {
		if w := get(path); w.Code != want {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	noted = false
	if w := get("/report/2024/nm-indication"); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "MRN") {
		t.Errorf("patients are shown while nobody takes note: %d", w.Code)
	}
}

func TestReportOtherForms(t *testing.T) {
	for _, c := range []struct {
		path   string
		status int
		begins string
	}{
		{"/report/2024.csv", http.StatusOK, "measure,figure"},
		{"/report/later", http.StatusNotFound, ""},
		{"/report/2026", http.StatusInternalServerError, "<!doctype html>"},
		{"/report", http.StatusFound, ""},
	} {
		if w := getReport(t, c.path, "en"); w.Code != c.status || !strings.HasPrefix(w.Body.String(), c.begins) {
			t.Errorf("%s: status %d, %.40q", c.path, w.Code, w.Body)
		}
	}
}
