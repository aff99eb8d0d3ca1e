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

func TestAChangeIsDeliveredOnce(t *testing.T) {
	s := open(t, settings{})
	s.save(1, procedure("p1", "trial", "completed", 1), procedure("p2", "implant", "completed", 1))
	s.wait(store.StateDelivered)
	if diff := cmp.Diff([]string{"Organization", "Patient", "Procedure", "Procedure"}, s.registry.sent()[0].Types); diff != "" {
		t.Error(diff)
	}
	s.save(1, procedure("p1", "trial", "completed", 1), procedure("p2", "implant", "completed", 1))
	time.Sleep(50 * time.Millisecond)
	if s.wait(store.StateDelivered); len(s.registry.sent()) != 1 {
		t.Error("what did not change was sent again")
	}
	s.save(1, procedure("p2", "revision", "completed", 2))
	s.wait(store.StateDelivered, store.StateDelivered)
	if diff := cmp.Diff([]string{"Procedure"}, s.registry.sent()[1].Types); diff != "" {
		t.Errorf("only what changed is sent: %s", diff)
	}
	if diff := cmp.Diff([]int{1, 2}, s.registry.versions("Procedure")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"delivered success", "delivered success"}, s.audited()); diff != "" {
		t.Error(diff)
	}
}

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

func TestAnObjectionWithdrawsWhatWasSent(t *testing.T) {
	s := open(t, settings{})
	s.save(1, procedure("p1", "trial", "completed", 1))
	s.wait(store.StateDelivered)
	if _, err := s.store.OptOut(t.Context(), "hospital", identifiers(1), time.Now().Add(-time.Minute), s.service.Objected); err != nil {
		t.Fatal(err)
	}
	s.wait(store.StateDelivered, store.StateDelivered)
	if diff := cmp.Diff([][]string{{"<nil> false"}, {"entered-in-error <nil>"}}, [][]string{s.registry.statuses("Patient"), s.registry.statuses("Procedure")}); diff != "" {
		t.Error(diff)
	}
	s.save(1, procedure("p2", "implant", "completed", 1))
	if diff := cmp.Diff([]string{"delivered success", "withdrawn success"}, s.audited()); diff != "" {
		t.Error(diff)
	}
	if d := s.wait(store.StateDelivered, store.StateDelivered, store.StateSuppressed)[2]; d.Reason != "the patient objects" {
		t.Error(d.Reason)
	}
	if _, err := s.store.OptIn(t.Context(), "hospital", identifiers(1), s.service.Objected); err != nil {
		t.Fatal(err)
	}
	s.wait(store.StateDelivered, store.StateDelivered, store.StateSuppressed, store.StateDelivered)
	if diff := cmp.Diff([][]string{{"<nil> true"}, {"completed <nil>", "completed <nil>"}}, [][]string{s.registry.statuses("Patient"), s.registry.statuses("Procedure")}); diff != "" {
		t.Error(diff)
	}
}

func TestWhatWasNeverSentIsNotWithdrawn(t *testing.T) {
	s := open(t, settings{delay: 300 * time.Millisecond})
	s.save(1, procedure("p1", "trial", "completed", 1), procedure("p2", "implant", "completed", 1))
	s.save(1, procedure("p1", "trial", "entered-in-error", 2)) // before the window is over
	s.save(2, procedure("p1", "trial", "completed", 1))
	if _, err := s.store.OptOut(t.Context(), "hospital", identifiers(2), time.Now().Add(-time.Minute), s.service.Objected); err != nil {
		t.Fatal(err)
	}
	s.wait(store.StateDelivered, store.StateSuppressed)
	if n := len(s.registry.sent()); n != 1 {
		t.Errorf("%d requests", n)
	}
	if diff := cmp.Diff([]string{"completed <nil>"}, s.registry.statuses("Procedure")); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyTheFirstDeliveryOfAPatientIsDelayed(t *testing.T) {
	s := open(t, settings{delay: 700 * time.Millisecond})
	began := time.Now()
	s.save(1, procedure("p1", "trial", "completed", 1))
	s.wait(store.StateDelivered)
	if took := time.Since(began); took < 700*time.Millisecond {
		t.Errorf("the first was delivered after %s", took)
	}
	s.save(1, procedure("p1", "trial", "completed", 2), procedure("p2", "implant", "completed", 1))
	d := s.wait(store.StateDelivered, store.StateDelivered)[1]
	if !d.Due.Equal(d.Created) {
		t.Errorf("the second was due %s after it was made", d.Due.Sub(d.Created))
	}
}

func TestChangesOfOnePatientKeepTheirOrder(t *testing.T) {
	s := open(t, settings{})
	s.registry.set(func(r *registry) {
		r.before = func(n int, _ []byte) int { return map[bool]int{true: 503}[n%3 == 1] }
	})
	for version := range 12 {
		s.save(1, procedure("p1", []string{"trial", "implant"}[version%2], "completed", version+1))
		time.Sleep(20 * time.Millisecond)
	}
	deadline := time.Now().Add(20 * time.Second)
	for {
		open := 0
		for _, d := range s.deliveries() {
			if d.State.Open() {
				open++
			}
		}
		if open == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d deliveries are still open\n%s", open, s.log.String())
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.registry.mu.Lock()
	defer s.registry.mu.Unlock()
	for key, h := range s.registry.resources {
		if strings.HasPrefix(key, "Procedure?") && !strings.Contains(fmt.Sprint(h.Resource["category"]), "implant") {
			t.Errorf("the last change is not what is there: %v", h.Resource["category"])
		}
	}
}

func TestCancelledIsNotSent(t *testing.T) {
	s := open(t, settings{delay: time.Hour})
	s.save(1, procedure("p1", "trial", "completed", 1))
	d := s.wait(store.StateQueued)[0]
	if _, err := s.service.Cancel(t.Context(), d.ID, "tester"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.service.Cancel(t.Context(), d.ID, "tester"); err == nil {
		t.Error("it was cancelled twice")
	}
	if _, err := s.service.Redrive(t.Context(), d.ID, "tester"); err != nil {
		t.Fatal(err)
	}
	s.wait(store.StateDelivered) // at once: who redrives does not want to wait
	if len(s.registry.sent()) != 1 {
		t.Errorf("%d requests", len(s.registry.sent()))
	}
}

func TestNothingOfThePatientIsLogged(t *testing.T) {
	s := open(t, settings{attempts: 2})
	s.registry.set(func(r *registry) { r.before = func(n int, _ []byte) int { return []int{503, 422, 0}[min(n, 2)] } })
	s.save(1, procedure("p1-secret", "trial", "completed", 1))
	s.wait(store.StateDead)
	s.save(1, procedure("p2-secret", "implant", "completed", 1))
	s.wait(store.StateDead, store.StateDelivered)
	for _, secret := range []string{"SECRET", "secret", "1970", "2026-01-10", "trial", s.registry.URL} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %s: %s", secret, s.log.String())
		}
	}
}
