package cdshooks_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

// set is a clock that tests set.
type set struct{ atomic.Int64 }

func (s *set) now() time.Time              { return now.Add(time.Duration(s.Load())) }
func (s *set) advance(later time.Duration) { s.Add(int64(later)) }

// Who calls more often than allowed is told when to come back, and then is answered.
func TestTooManyCalls(t *testing.T) {
	clock := &set{}
	h := start(t, func(o *cdshooks.Options) {
		o.Rate, o.Now = cdshooks.Rate{PerSecond: 0.5, Burst: 3}, clock.now
	})
	for range 3 {
		h.call(view(allSent), http.StatusOK)
	}
	a := h.call(view(allSent), http.StatusTooManyRequests)
	if a.header.Get("Retry-After") != "2" || !strings.Contains(string(a.body), `"throttled"`) {
		t.Errorf("Retry-After %q: %s", a.header.Get("Retry-After"), a.body)
	}
	if len(h.calls) != 3 {
		t.Errorf("the service was called %d times", len(h.calls))
	}
	clock.advance(time.Second)
	if a := h.call(view(allSent), http.StatusTooManyRequests); a.header.Get("Retry-After") != "1" {
		t.Errorf("a second later: Retry-After %q", a.header.Get("Retry-After"))
	}
	clock.advance(time.Second)
	h.call(view(allSent), http.StatusOK)
	if a := h.do(http.MethodGet, discoverPath, ""); a.status != http.StatusTooManyRequests {
		t.Errorf("discovery does not count: %d", a.status)
	}
	if a := h.do(http.MethodOptions, callPath, "", "Origin", "https://ehr.example"); a.status != http.StatusNoContent {
		t.Errorf("what a browser asks first counts: %d", a.status)
	}
}

func TestNoBoundUnlessSet(t *testing.T) {
	h := start(t, nil)
	for range 300 {
		h.call(view(allSent), http.StatusOK)
	}
}

// Clients that are known count for themselves, from whatever address; those that are not
// known, by address, so that guessing slows down and does not slow the known down.
func TestClientsCountForThemselves(t *testing.T) {
	h := start(t, func(o *cdshooks.Options) {
		o.Rate, o.PublicBase = cdshooks.Rate{PerSecond: 0.01, Burst: 2}, "https://pijnpoort.example"
		o.Clients = authenticator(func(authorization, _ string) error {
			if !strings.HasPrefix(authorization, "Bearer goed") {
				return errors.New("slecht")
			}
			return nil
		})
	})
	for _, step := range []struct {
		who    string
		status int
	}{
		{"Bearer goed 1", 200}, {"Bearer goed 1", 200}, {"Bearer goed 1", 429},
		{"Bearer goed 2", 200},
		{"Bearer fout", 401}, {"Bearer ook fout", 401}, {"Bearer weer fout", 429},
		{"Bearer goed 2", 200}, {"Bearer goed 2", 429},
	} {
		h.call(view(allSent), step.status, "Authorization", step.who)
	}
}

func TestManyCallsAtOnce(t *testing.T) {
	h := start(t, func(o *cdshooks.Options) { o.Rate = cdshooks.Rate{PerSecond: 1, Burst: 10} })
	var answered atomic.Int32
	var calls sync.WaitGroup
	for range 40 {
		calls.Go(func() {
			if h.do(http.MethodPost, callPath, view(allSent)).status == http.StatusOK {
				answered.Add(1)
			}
		})
	}
	calls.Wait()
	if answered.Load() != 10 {
		t.Errorf("%d answered", answered.Load())
	}
}
