//go:build load

package neuromodulation_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/conformance"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
	"github.com/pijnpoort/pijnpoort/fhir/client"
)

// A FHIR server that takes 100 ms a call costs that once, not once per key.
func TestFetchingTime(t *testing.T) {
	patient := `{"resourceType":"Patient","id":"p1"}`
	fhir := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(100 * time.Millisecond)
		w.Header().Set("Content-Type", "application/fhir+json")
		if strings.HasPrefix(r.URL.Path, "/Patient/") {
			_, _ = io.WriteString(w, patient)
			return
		}
		_, _ = io.WriteString(w, `{"resourceType":"Bundle","type":"searchset"}`)
	}))
	defer fhir.Close()
	s := withServer(t, fhir.URL)
	for range 10 {
		begin := time.Now()
		if status, answer := raw(t, s, fhir.URL); status != http.StatusOK {
			t.Fatalf("%d %s", status, answer)
		}
		if d := time.Since(begin); d > 250*time.Millisecond {
			t.Errorf("took %s", d)
		}
	}
}

// withServer serves the services, with leave to call a FHIR server.
func withServer(t *testing.T, fhir string) *httptest.Server {
	t.Helper()
	servers, err := client.New(client.Options{Servers: []string{fhir}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(servers.Close)
	engine := gin.New()
	if err := cdshooks.Register(engine, cdshooks.Options{Language: "nl", Servers: servers,
		Services: neuromodulation.Services(neuromodulation.Options{Adviser: &advice.Adviser{AsOf: asOf}})}); err != nil {
		t.Fatal(err)
	}
	return start(t, engine)
}

// raw calls without anything sent along.
func raw(t *testing.T, s *httptest.Server, fhir string) (int, []byte) {
	t.Helper()
	body := `{"hook":"patient-view","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","fhirServer":"` + fhir +
		`","context":{"userId":"Practitioner/1","patientId":"p1"}}`
	response, err := http.Post(s.URL+eligibility, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	defer http.DefaultClient.CloseIdleConnections()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, answer
}

// A FHIR server that misbehaves in turn in every way: each call is answered in time,
// with 412 or a card that conforms, and memory does not grow.
func TestChaos(t *testing.T) {
	ways := []http.HandlerFunc{
		func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) },
		func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html></html>") },
		func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.example/", http.StatusFound)
		},
		func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/fhir+json")
			for r.Context().Err() == nil {
				if _, err := w.Write(bytes.Repeat([]byte(" "), 1<<16)); err != nil {
					return
				}
			}
		},
		func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/fhir+json")
			if strings.HasPrefix(r.URL.Path, "/Patient/") {
				_, _ = io.WriteString(w, `{"resourceType":"Patient","id":"p1"}`)
				return
			}
			_, _ = fmt.Fprintf(w, `{"resourceType":"Bundle","link":[{"relation":"next","url":%q}]}`, r.URL.RequestURI())
		},
	}
	var mu sync.Mutex
	turn := 0
	fhir := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		way := ways[turn%len(ways)]
		turn++
		mu.Unlock()
		way(w, r)
	}))
	defer fhir.Close()
	s := withServer(t, fhir.URL)
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var before uint64
	begin, calls := time.Now(), 0
	for ; time.Since(begin) < seconds(t)/4; calls++ {
		if calls == 20 {
			before = heap()
		}
		start := time.Now()
		status, answer := raw(t, s, fhir.URL)
		if d := time.Since(start); d > time.Second {
			t.Errorf("took %s", d)
		}
		switch status {
		case http.StatusPreconditionFailed:
		case http.StatusOK:
			if faults := conformance.Response(answer); faults != nil {
				t.Errorf("%q", faults)
			}
		default:
			t.Fatalf("%d %s", status, answer)
		}
	}
	after := heap()
	t.Logf("%d calls; heap %d KB, then %d KB", calls, before>>10, after>>10)
	if calls > 20 && after > before+8<<20 {
		t.Error("memory grows")
	}
}
