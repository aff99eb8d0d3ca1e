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
	if plots := strings.Count(page, `<svg role="img"`); plots < 6 {
		t.Errorf("%d plots", plots)
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
