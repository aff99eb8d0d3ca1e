package rest_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/fhir/rest"
)

// serve answers one request, and gives what was logged.
func serve(t *testing.T, handle gin.HandlerFunc, change func(*http.Request)) (*httptest.ResponseRecorder, string) {
	t.Helper()
	gin.SetMode(gin.ReleaseMode)
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	engine := gin.New()
	engine.POST("/fhir", rest.Recover(logger), func(c *gin.Context) { c.Set("log", logger); handle(c) })
	r := httptest.NewRequest(http.MethodPost, "/fhir", strings.NewReader(`{"resourceType":"Basic"}`))
	r.Header.Set("Content-Type", rest.FHIRJSON)
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	engine.ServeHTTP(w, r)
	return w, log.String()
}

func TestFailuresAreOperationOutcomes(t *testing.T) {
	tests := []struct {
		name   string
		handle func(c *gin.Context, log *slog.Logger)
		status int
		said   string
		logged string
	}{
		{"refused", func(c *gin.Context, log *slog.Logger) {
			rest.Fail(c, log, rest.Refuse(http.StatusBadRequest, "value", "Patient.birthDate", "is no date"))
		}, 400, "is no date", "WARN"},
		{"caller not known", func(c *gin.Context, log *slog.Logger) {
			rest.Fail(c, log, rest.Refuse(http.StatusUnauthorized, "login", "", "who"))
		}, 401, "who", ""},
		{"too long", func(c *gin.Context, log *slog.Logger) {
			rest.Fail(c, log, rest.Unreadable(&decode.Error{Code: "too-long", Reason: "long"}))
		}, 413, "long", "WARN"},
		{"malformed", func(c *gin.Context, log *slog.Logger) {
			rest.Fail(c, log, rest.Unreadable(&decode.Error{Code: "structure", Reason: "odd"}))
		}, 400, "odd", "WARN"},
		{"a fault of ours", func(c *gin.Context, log *slog.Logger) { rest.Fail(c, log, rest.Unreadable(errors.New("disk"))) }, 500, "the service failed", "ERROR"},
		{"a panic", func(*gin.Context, *slog.Logger) { panic("geheim") }, 500, "the service failed", "ERROR"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, log := serve(t, func(c *gin.Context) { test.handle(c, c.MustGet("log").(*slog.Logger)) }, nil)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.said) || !strings.Contains(w.Body.String(), "OperationOutcome") {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			if !strings.Contains(log, test.logged) || test.logged == "" && log != "" || strings.Contains(log+w.Body.String(), "geheim") {
				t.Errorf("logged %q", log)
			}
		})
	}
}

func TestAcceptAndBody(t *testing.T) {
	tests := []struct {
		name   string
		change func(*http.Request)
		status int
	}{
		{"as it is", nil, 200},
		{"any answer", func(r *http.Request) { r.Header.Set("Accept", "*/*") }, 200},
		{"XML or JSON", func(r *http.Request) { r.Header.Set("Accept", "application/fhir+xml, application/fhir+json;q=0.5") }, 200},
		{"XML only", func(r *http.Request) { r.Header.Set("Accept", "application/fhir+xml") }, 406},
		{"anything but JSON", func(r *http.Request) { r.Header.Set("Accept", "application/fhir+json;q=0") }, 406},
		{"_format goes before", func(r *http.Request) { r.URL.RawQuery = "_format=xml"; r.Header.Set("Accept", "*/*") }, 406},
		{"another body", func(r *http.Request) { r.Header.Set("Content-Type", "text/xml") }, 415},
		{"another charset", func(r *http.Request) { r.Header.Set("Content-Type", "application/json; charset=latin1") }, 415},
		{"compressed", func(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") }, 415},
		{"too long", func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(strings.Repeat("x", 100))) }, 413},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, _ := serve(t, func(c *gin.Context) {
				err := rest.Accept(c, rest.FHIRJSON, rest.JSON)
				if err == nil {
					_, err = rest.Body(c, 64)
				}
				if err != nil {
					rest.Fail(c, c.MustGet("log").(*slog.Logger), err)
				}
			}, test.change)
			if w.Code != test.status {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		})
	}
}
