//go:build load

package neuromodulation_test

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
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
func withServer(t *testing.T, fhir string, change ...func(*cdshooks.Options)) *httptest.Server {
	t.Helper()
	servers, err := client.New(client.Options{Servers: []string{fhir}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(servers.Close)
	options := cdshooks.Options{Language: "nl", Servers: servers,
		Services: neuromodulation.Services(neuromodulation.Options{Adviser: &advice.Adviser{AsOf: asOf}})}
	for _, c := range change {
		c(&options)
	}
	engine := gin.New()
	if err := cdshooks.Register(engine, options); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(engine)
	t.Cleanup(s.Close)
	return s
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

// ways are those in which a FHIR server misbehaves.
var ways = []http.HandlerFunc{
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

// misbehaving is a FHIR server that misbehaves in turn in every way.
func misbehaving(t *testing.T) *httptest.Server {
	t.Helper()
	var turn atomic.Int64
	fhir := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ways[int(turn.Add(1))%len(ways)](w, r)
	}))
	fhir.Config.ErrorLog = log.New(io.Discard, "", 0)
	t.Cleanup(fhir.Close)
	return fhir
}

// A FHIR server that misbehaves in turn in every way: each call is answered in time,
// with 412 or a card that conforms.
func TestChaos(t *testing.T) {
	fhir := misbehaving(t)
	s := withServer(t, fhir.URL)
	begin, calls := time.Now(), 0
	for ; time.Since(begin) < seconds(t)/4; calls++ {
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
	t.Logf("%d calls", calls)
}

// failing are calls that are refused here, each for another reason.
var failing = []struct{ path, kind, body string }{
	{eligibility, "application/json", "{"},
	{eligibility, "application/json", `{"hook":"patient-view"}`},
	{eligibility, "application/json", `{"hook":"patient-view","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","context":{"userId":"Practitioner/1","patientId":"p1"},"prefetch":{"x":"` + strings.Repeat("a", 1<<20) + `"}}`},
	{eligibility, "application/json", strings.Repeat("[", 100_000)},
	{eligibility, "application/json", `{"x":"` + strings.Repeat("a", 5<<20) + `"}`},
	{eligibility, "text/plain", "x"},
	{"/cds-services/elders", "application/json", "{}"},
}

// Thousands of calls that fail in every way leave nothing behind: the heap is as it was
// after the first thousand, and no goroutine is left.
func TestFailuresLeaveNothingBehind(t *testing.T) {
	fhir := misbehaving(t)
	s := withServer(t, fhir.URL, func(o *cdshooks.Options) {
		o.FetchTime = 20 * time.Millisecond
		o.Rate = cdshooks.Rate{PerSecond: 150, Burst: 10} // so that some are too many
	})
	counts := map[int]int{}
	var mu sync.Mutex
	round := func(calls int) {
		var users sync.WaitGroup
		for user := range clients {
			users.Go(func() {
				for i := range calls / clients {
					status := 0
					if n := (i*clients + user) % 10; n < len(failing) {
						status = submit(t, s.URL+failing[n].path, failing[n].kind, failing[n].body)
					} else {
						status, _ = raw(t, s, fhir.URL)
					}
					mu.Lock()
					counts[status]++
					mu.Unlock()
				}
			})
		}
		users.Wait()
		http.DefaultClient.CloseIdleConnections()
	}
	round(1000)
	warm, running := heap(), runtime.NumGoroutine()
	for range 4 {
		round(1000)
	}
	after := heap()
	t.Logf("%v; heap %d KB after 1000 calls, %d KB after 5000; goroutines %d, then %d", counts, warm>>10, after>>10, running, runtime.NumGoroutine())
	if after > warm+2<<20 {
		t.Error("memory grows")
	}
	if now := runtime.NumGoroutine(); now > running+clients {
		t.Errorf("%d goroutines, then %d", running, now)
	}
}

// heap is what is in use, once all that can be has been let go.
func heap() uint64 {
	time.Sleep(200 * time.Millisecond) // connections that close
	for range 3 {                      // pools give up what they hold over two collections
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// submit posts once and gives the status; 0 when the server hung up on a body that was too large.
func submit(t *testing.T, url, kind, body string) int {
	t.Helper()
	response, err := http.Post(url, kind, strings.NewReader(body))
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return 0
	}
	return response.StatusCode
}
