package delivery_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/registry/delivery/target"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

func TestAnAnswerThatIsLostIsAskedForAgain(t *testing.T) {
	s := open(t, settings{})
	s.registry.set(func(r *registry) { r.after = func(n int) bool { return n < 3 } })
	s.save(1, procedure("p1", "trial", "completed", 1))
	d := s.wait(store.StateDelivered)[0]
	if d.Attempts != 4 || len(s.registry.sent()) != 4 {
		t.Errorf("%d attempts, %d requests", d.Attempts, len(s.registry.sent()))
	}
	first := s.registry.sent()[0]
	for _, again := range s.registry.sent()[1:] {
		if diff := cmp.Diff(first, again); diff != "" {
			t.Errorf("not the same, idempotency key included: %s", diff)
		}
	}
	for _, kind := range []string{"Organization", "Patient", "Procedure"} {
		if v := s.registry.versions(kind); !slices.Equal(v, []int{1}) {
			t.Errorf("%s has versions %v", kind, v)
		}
	}
}

func TestABatchSendsAgainOnlyWhatFailed(t *testing.T) {
	s := open(t, settings{shape: normalise.Batch})
	s.registry.set(func(r *registry) {
		r.entry = func(n int, kind string) int {
			return map[bool]int{true: http.StatusTooManyRequests}[n < 2 && kind == "Procedure"]
		}
	})
	s.save(1, procedure("p1", "trial", "completed", 1), procedure("p2", "implant", "completed", 1))
	s.wait(store.StateDelivered)
	var types [][]string
	for _, r := range s.registry.sent() {
		types = append(types, r.Types)
	}
	if diff := cmp.Diff([][]string{{"Organization", "Patient", "Procedure", "Procedure"}, {"Procedure", "Procedure"}, {"Procedure", "Procedure"}}, types); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsRefusedInABatchIsDead(t *testing.T) {
	s := open(t, settings{shape: normalise.Batch})
	s.registry.set(func(r *registry) {
		r.entry = func(_ int, kind string) int { return map[string]int{"Procedure": http.StatusUnprocessableEntity}[kind] }
	})
	s.save(1, procedure("p1", "trial", "completed", 1))
	d := s.wait(store.StateDead)[0]
	if d.Reason != "Procedure: status 422 Unprocessable Entity" {
		t.Error(d.Reason)
	}
	s.registry.set(func(r *registry) { r.entry = nil })
	if _, err := s.service.Redrive(t.Context(), d.ID, "tester"); err != nil {
		t.Fatal(err)
	}
	s.wait(store.StateDelivered)
	if diff := cmp.Diff([]string{"Procedure"}, s.registry.sent()[1].Types); diff != "" {
		t.Errorf("what was taken is not sent again: %s", diff)
	}
	if diff := cmp.Diff([]string{"failed serious-failure", "redriven success", "delivered success"}, s.audited()); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsTooLargeIsSplit(t *testing.T) {
	s := open(t, settings{})
	const most = 9000
	s.registry.set(func(r *registry) {
		r.before = func(_ int, body []byte) int {
			return map[bool]int{true: http.StatusRequestEntityTooLarge}[len(body) > most]
		}
	})
	procedures := 30
	for i := range procedures {
		s.save(1, procedure(fmt.Sprint("p", i), "revision", "completed", 1))
	}
	for len(s.registry.versions("Procedure")) < procedures {
		time.Sleep(10 * time.Millisecond)
		if t.Context().Err() != nil {
			t.Fatal(s.log.String())
		}
	}
	for _, d := range s.deliveries() {
		if d.State == store.StateDead {
			t.Errorf("%+v", d)
		}
	}
	split := open(t, settings{still: true})
	split.registry.set(func(r *registry) { r.before = s.registry.before })
	for i := range procedures {
		split.save(2, procedure(fmt.Sprint("p", i), "revision", "completed", 1))
	}
	split.start(split.service)
	split.wait(store.StateDelivered)
	var refused, taken int
	for _, r := range split.registry.sent() {
		if r.Status == 200 {
			taken++
		} else {
			refused++
		}
	}
	if refused == 0 || taken < 2 || len(split.registry.versions("Procedure")) != procedures {
		t.Errorf("%d requests were refused, %d taken, %d procedures there", refused, taken, len(split.registry.versions("Procedure")))
	}
}

// Half of what is just too large may be less than the smallest part; that goes all the same.
func TestWhatIsJustTooLargeIsSplit(t *testing.T) {
	s := open(t, settings{still: true})
	tooLarge := 0
	s.registry.set(func(r *registry) {
		r.before = func(_ int, body []byte) int {
			if tooLarge == 0 {
				tooLarge = len(body)
			}
			return map[bool]int{true: http.StatusRequestEntityTooLarge}[len(body) >= tooLarge]
		}
	})
	s.save(1, procedure("p1", "trial", "completed", 1), procedure("p2", "implant", "completed", 1))
	s.start(s.service)
	s.wait(store.StateDelivered)
	if n := len(s.registry.versions("Procedure")); n != 2 {
		t.Errorf("%d procedures", n)
	}
}

func TestWhatIsTooLargeWhateverItsSizeIsDead(t *testing.T) {
	s := open(t, settings{})
	s.registry.set(func(r *registry) {
		r.before = func(int, []byte) int { return http.StatusRequestEntityTooLarge }
	})
	s.save(1, procedure("p1", "trial", "completed", 1))
	if d := s.wait(store.StateDead)[0]; !strings.Contains(d.Reason, "413") && !strings.Contains(d.Reason, "small enough") {
		t.Error(d.Reason)
	}
	s.registry.set(func(r *registry) { r.before = nil })
	s.save(2, procedure("p1", "trial", "completed", 1))
	s.wait(store.StateDead, store.StateDelivered) // one patient teaches nothing about others
}

func TestARefusalOfEverythingKillsNothing(t *testing.T) {
	s := open(t, settings{circuit: target.Circuit{Refused: 200 * time.Millisecond}})
	s.registry.set(func(r *registry) { r.before = func(int, []byte) int { return http.StatusUnauthorized } })
	for patient := range 5 {
		s.save(patient, procedure("p1", "trial", "completed", 1))
	}
	time.Sleep(500 * time.Millisecond)
	if n := len(s.registry.sent()); n == 0 || n > 10 {
		t.Errorf("%d requests while it refuses everything", n)
	}
	counts, err := s.service.Counts(t.Context())
	if err != nil || len(counts) != 1 || counts[0].Pending != 5 || counts[0].Oldest.IsZero() {
		t.Errorf("%+v, %v", counts, err)
	}
	s.registry.set(func(r *registry) { r.before = nil })
	d := store.StateDelivered
	s.wait(d, d, d, d, d)
}

func TestAfterTooManyAttemptsItIsGivenUp(t *testing.T) {
	s := open(t, settings{attempts: 3})
	s.registry.set(func(r *registry) { r.before = func(int, []byte) int { return http.StatusServiceUnavailable } })
	s.save(1, procedure("p1", "trial", "completed", 1))
	if d := s.wait(store.StateDead)[0]; d.Attempts != 3 || !strings.Contains(d.Reason, "too many attempts; the last: status 503") {
		t.Errorf("%+v", d)
	}
}

func TestRetryAfterIsKept(t *testing.T) {
	s := open(t, settings{})
	s.registry.set(func(r *registry) {
		r.before = func(n int, _ []byte) int { return map[bool]int{true: 503}[n == 0] }
		r.header = http.Header{"Retry-After": {"2"}}
	})
	began := time.Now()
	s.save(1, procedure("p1", "trial", "completed", 1))
	s.wait(store.StateDelivered)
	if took := time.Since(began); took < 2*time.Second || took > 8*time.Second {
		t.Errorf("delivered after %s", took)
	}
}
