package delivery_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

func TestWhoIsWithdrawnCanBeErased(t *testing.T) {
	s := open(t, settings{})
	s.save(1, procedure("p1", "trial", "completed", 1))
	s.wait(store.StateDelivered)
	id, err := s.store.OptOut(t.Context(), "hospital", identifiers(1), time.Now().Add(-time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.store.Erase(t.Context(), id, false); !errors.Is(err, store.ErrDelivered) {
		t.Errorf("while the registry has his data: %v", err)
	}
	err = s.store.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error { return s.service.Enqueue(ctx, tx, id) })
	if err != nil {
		t.Fatal(err)
	}
	s.wait(store.StateDelivered, store.StateDelivered)
	if _, err := s.store.Erase(t.Context(), id, false); err != nil {
		t.Error(err)
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
	deadline := time.Now().Add(patience)
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
