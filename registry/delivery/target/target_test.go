package target_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/delivery/answer"
	"github.com/pijnpoort/pijnpoort/registry/delivery/target"
)

// registry is a registry that answers with the status that is set.
type registry struct {
	*httptest.Server
	status   atomic.Int64
	requests atomic.Int64
	last     atomic.Pointer[http.Request]
	slow     atomic.Bool // keep the answer back
}

func newRegistry(t *testing.T) *registry {
	t.Helper()
	r := &registry{}
	r.status.Store(200)
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		_, _ = io.Copy(io.Discard, request.Body)
		r.requests.Add(1)
		r.last.Store(request)
		for r.slow.Load() {
			time.Sleep(time.Millisecond)
		}
		w.WriteHeader(int(r.status.Load()))
	}))
	t.Cleanup(r.Close)
	return r
}

func newTarget(t *testing.T, options target.Options) *target.Target {
	t.Helper()
	got, err := target.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(got.Close)
	return got
}

// try sends one message, when it is admitted.
func try(t *testing.T, to *target.Target) (class answer.Class, admitted bool) {
	t.Helper()
	wait, why, err := to.Admit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if wait > 0 {
		if why == "" {
			t.Error("no reason to wait")
		}
		return answer.Unknown, false
	}
	return to.Send(t.Context(), target.Message{Body: []byte(`{}`), Key: "delivery-1", Question: answer.Question{Bundle: "collection"}}).Class, true
}

func TestTheCircuitOpensAfterFailuresInARow(t *testing.T) {
	r := newRegistry(t)
	to := newTarget(t, target.Options{URL: r.URL, Circuit: target.Circuit{Failures: 3, Pause: 50 * time.Millisecond}})
	for i, step := range []struct {
		status int64
		want   answer.Class
	}{{503, answer.Retry}, {503, answer.Retry}, {200, answer.Delivered}, {503, answer.Retry}, {422, answer.Permanent}, {503, answer.Retry}, {503, answer.Retry}, {503, answer.Retry}} {
		r.status.Store(step.status)
		if got, admitted := try(t, to); !admitted || got != step.want {
			t.Fatalf("step %d: %s, admitted %v", i, got, admitted)
		}
	}
	before := r.requests.Load()
	if _, admitted := try(t, to); admitted || !to.Open() || r.requests.Load() != before {
		t.Error("after three failures in a row it still sends")
	}
	time.Sleep(60 * time.Millisecond)
	if _, admitted := try(t, to); !admitted {
		t.Error("after the pause nothing is tried")
	}
	if _, admitted := try(t, to); admitted {
		t.Error("the try failed, and yet it sends")
	}
	time.Sleep(60 * time.Millisecond)
	r.status.Store(200)
	for range 5 {
		if got, admitted := try(t, to); !admitted || got != answer.Delivered {
			t.Errorf("after a try that succeeded: %s, admitted %v", got, admitted)
		}
	}
}

func TestARefusalOpensTheCircuitAtOnce(t *testing.T) {
	for _, status := range []int64{401, 403, 404, 307} {
		r := newRegistry(t)
		to := newTarget(t, target.Options{URL: r.URL, Circuit: target.Circuit{Refused: time.Hour}})
		r.status.Store(status)
		if got, _ := try(t, to); got != answer.Refused || !to.Open() {
			t.Errorf("%d: %s, open %v", status, got, to.Open())
		}
		if wait, _, _ := to.Admit(t.Context()); wait < 59*time.Minute {
			t.Errorf("%d: only %s to wait", status, wait)
		}
	}
}

func TestOneTryAtATimeDecidesWhetherTheCircuitCloses(t *testing.T) {
	r := newRegistry(t)
	to := newTarget(t, target.Options{URL: r.URL, Circuit: target.Circuit{Failures: 1, Pause: 20 * time.Millisecond}})
	r.status.Store(503)
	try(t, to)
	time.Sleep(30 * time.Millisecond)
	r.status.Store(200)
	r.slow.Store(true)
	done := make(chan answer.Class)
	go func() { class, _ := try(t, to); done <- class }()
	for r.requests.Load() < 2 {
		time.Sleep(time.Millisecond)
	}
	got := to.Send(t.Context(), target.Message{})
	if got.Class != answer.Retry || got.Wait <= 0 || r.requests.Load() != 2 {
		t.Errorf("beside the try: %+v after %d requests", got, r.requests.Load())
	}
	r.slow.Store(false)
	if got := <-done; got != answer.Delivered {
		t.Errorf("the try: %s", got)
	}
	if got, admitted := try(t, to); !admitted || got != answer.Delivered {
		t.Errorf("after it: %s", got)
	}
}

func TestTheRateIsBounded(t *testing.T) {
	r := newRegistry(t)
	to := newTarget(t, target.Options{URL: r.URL, PerSecond: 0.1})
	if _, admitted := try(t, to); !admitted {
		t.Error("the first must wait")
	}
	wait, _, err := to.Admit(t.Context())
	if err != nil || wait < 8*time.Second || wait > 10*time.Second {
		t.Errorf("the second waits %s: %v", wait, err)
	}
	if again, _, _ := to.Admit(t.Context()); again > wait+time.Second {
		t.Errorf("whoever came to ask took a turn: %s", again)
	}
}

func TestWhatIsSentAlong(t *testing.T) {
	r := newRegistry(t)
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("secret-1\n"), 0o400); err != nil {
		t.Fatal(err)
	}
	to := newTarget(t, target.Options{URL: r.URL + "/fhir", Auth: target.Auth{TokenFile: file}})
	if got, _ := try(t, to); got != answer.Delivered {
		t.Fatal(got)
	}
	h := r.last.Load().Header
	if h.Get("Authorization") != "Bearer secret-1" || h.Get("Idempotency-Key") != `"delivery-1"` || h.Get("Content-Type") != "application/fhir+json" {
		t.Errorf("%v", h)
	}
}

func TestNobodyThereIsTriedAgain(t *testing.T) {
	r := newRegistry(t)
	to := newTarget(t, target.Options{URL: r.URL})
	r.Close()
	if got, _ := try(t, to); got != answer.Retry {
		t.Errorf("%s", got)
	}
}

func TestFaultySettingsAreNamed(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte("not a key"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, options := range map[string]target.Options{
		"url: ":                          {URL: "http://registry.example"},
		"tls: certificate and key":       {URL: "https://registry.example", TLS: target.TLS{Certificate: key}},
		"tls: certificate: ":             {URL: "https://registry.example", TLS: target.TLS{Certificate: key, Key: key}},
		"tls: authorities: ":             {URL: "https://registry.example", TLS: target.TLS{Authorities: key}},
		"auth: tokenURL":                 {URL: "https://registry.example", Auth: target.Auth{ClientID: "x"}},
		"auth: tokenURL and tokenFile":   {URL: "https://registry.example", Auth: target.Auth{TokenURL: "https://a.example", TokenFile: key}},
		"auth: keyFile: is neither":      {URL: "https://registry.example", Auth: target.Auth{TokenURL: "https://a.example", ClientID: "x", KeyFile: key}},
		"auth: keyFile: open /not/there": {URL: "https://registry.example", Auth: target.Auth{TokenURL: "https://a.example", ClientID: "x", KeyFile: "/not/there"}},
	} {
		if _, err := target.New(options); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
