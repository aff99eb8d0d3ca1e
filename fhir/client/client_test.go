package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/pijnpoort/pijnpoort/fhir/client"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestOnlyServersOnTheListAreCalled(t *testing.T) {
	c, err := client.New(client.Options{Servers: []string{"https://ehr.example/fhir", "https://other.example:8443", "http://localhost:9000/r4/"}})
	if err != nil {
		t.Fatal(err)
	}
	for base, allowed := range map[string]bool{
		"https://ehr.example/fhir":             true,
		"https://ehr.example/fhir/":            true,
		"https://EHR.example:443/fhir":         true,
		"https://ehr.example/fhir/tenant":      true,
		"https://other.example:8443/any/thing": true,
		"http://localhost:9000/r4":             true,
		"https://ehr.example":                  false,
		"https://ehr.example/fhir2":            false,
		"https://ehr.example/fhir/../admin":    false,
		"https://ehr.example/fhir%2f..":        false,
		"http://ehr.example/fhir":              false,
		"https://ehr.example:8443/fhir":        false,
		"https://ehr.example.evil.example/":    false,
		"https://ehr.example@evil.example/":    false,
		"https://user@ehr.example/fhir":        false,
		"https://ehr.example/fhir?x=y":         false,
		"https://ehr.example/fhir#x":           false,
		"http://localhost:9001/r4":             false,
		"http://127.0.0.1:9000/r4":             false,
		"file:///etc/passwd":                   false,
		"//ehr.example/fhir":                   false,
		"":                                     false,
	} {
		_, err := c.Server(base, "")
		if allowed && err != nil || !allowed && !errors.Is(err, client.ErrNotAllowed) {
			t.Errorf("%q: %v", base, err)
		}
	}
}

func TestFaultyListsAreRefused(t *testing.T) {
	for _, server := range []string{"ehr.example", "http://ehr.example/fhir", "https://ehr.example/fhir?x", "ftp://ehr.example", "http://127.0.0.1.evil.example"} {
		if _, err := client.New(client.Options{Servers: []string{"https://ok.example", server}}); err == nil || !strings.Contains(err.Error(), "server 2") {
			t.Errorf("%s: %v", server, err)
		}
	}
}

// serve starts a FHIR server and gives it as one to call.
func serve(t *testing.T, options client.Options, handle http.HandlerFunc) *client.Server {
	t.Helper()
	s := httptest.NewServer(handle)
	t.Cleanup(s.Close)
	options.Servers = []string{s.URL + "/fhir"}
	c, err := client.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	server, err := c.Server(s.URL+"/fhir", "token")
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// pages serves so many pages, with links relative to the server.
func pages(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		number, _ := strconv.Atoi(r.URL.Query().Get("page"))
		link := ""
		if number+1 < n {
			link = `,"link":[{"relation":"self","url":"x"},{"relation":"next","url":"/fhir/Observation?page=` + strconv.Itoa(number+1) + `"}]`
		}
		w.Header().Set("Content-Type", "application/fhir+json")
		_, _ = io.WriteString(w, `{"resourceType":"Bundle"`+link+`}`)
	}
}

func TestSearchReadsAllPages(t *testing.T) {
	tests := map[string]struct {
		there, limit, want int
		complete           bool
	}{
		"one":                     {1, 5, 1, true},
		"as many as are read":     {5, 5, 5, true},
		"one more than is read":   {6, 5, 5, false},
		"more than the default":   {30, 0, 20, false},
		"a page that is its next": {1 << 30, 3, 3, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, complete, err := serve(t, client.Options{Pages: test.limit}, pages(test.there)).Search(t.Context(), "Observation?page=0")
			if err != nil || len(got) != test.want || complete != test.complete {
				t.Errorf("%d pages, complete %v, %v", len(got), complete, err)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	_, _, err := serve(t, client.Options{Bytes: 300, Pages: 10}, pages(10)).Search(t.Context(), "Observation?page=0")
	if !errors.Is(err, client.ErrTooLarge) {
		t.Errorf("all pages together are too large: %v", err)
	}
	wait := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	if _, err := serve(t, client.Options{Timeout: 20 * time.Millisecond}, wait).Read(t.Context(), "Patient/1"); !errors.Is(err, client.ErrTimeout) {
		t.Errorf("its own time is up: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := serve(t, client.Options{}, wait).Read(ctx, "Patient/1"); !errors.Is(err, client.ErrTimeout) {
		t.Errorf("the time of the call is up: %v", err)
	}
}

func TestErrorsTellNothingOfThePatient(t *testing.T) {
	for name, handle := range map[string]http.HandlerFunc{
		"status":   func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "Jansen", http.StatusForbidden) },
		"hung up":  func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"no FHIR":  func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "Jansen") },
		"redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
	} {
		_, err := serve(t, client.Options{}, handle).Read(t.Context(), "Patient/jansen-1")
		if err == nil || strings.Contains(strings.ToLower(err.Error()), "jansen") || strings.Contains(err.Error(), "http") || strings.Contains(err.Error(), "token") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPathsStayOnTheServer(t *testing.T) {
	server := serve(t, client.Options{}, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("called %s", r.URL) })
	for _, path := range []string{"", "/Patient/1", "../admin", "Patient/../../admin", "//elsewhere.example/"} {
		if _, err := server.Read(t.Context(), path); err == nil {
			t.Errorf("%q was read", path)
		}
	}
	for _, next := range []string{"https://elsewhere.example/fhir/x", "//elsewhere.example/x", "http://[::1"} {
		if _, _, err := server.Rest(t.Context(), next); err == nil {
			t.Errorf("%q was followed", next)
		}
	}
}
