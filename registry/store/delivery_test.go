package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// update does one thing in a transaction of its own.
func update[T any](t testing.TB, s *store.Store, do func(ctx context.Context, tx *store.Tx) (T, error)) (T, error) {
	t.Helper()
	var result T
	err := s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		var err error
		result, err = do(ctx, tx)
		return err
	})
	return result, err
}

func queue(t testing.TB, s *store.Store, patient string) store.Delivery {
	t.Helper()
	d, err := update(t, s, func(ctx context.Context, tx *store.Tx) (store.Delivery, error) {
		d, _, err := tx.Queue(ctx, "registry", patient, tx.Now(), "00-trace")
		return d, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func claim(t testing.TB, s *store.Store, id string) (store.Delivery, error) {
	t.Helper()
	return update(t, s, func(ctx context.Context, tx *store.Tx) (store.Delivery, error) { return tx.Claim(ctx, id) })
}

func settle(t testing.TB, s *store.Store, d store.Delivery, state store.State) error {
	t.Helper()
	return s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Settle(ctx, d.ID, d.Fence, store.Settlement{State: state, Reason: string(state), Bundle: "b"})
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheWayOfADelivery(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		patient := save(t, s, someBody, procedure("Procedure/1", "", "2025", false)).Changes[0].Patient
		first := queue(t, s, patient)
		if again := queue(t, s, patient); again.ID != first.ID {
			t.Error("a second delivery was queued beside one that will tell all")
		}
		claimed, err := claim(t, s, first.ID)
		must(t, err)
		if claimed.State != store.StateSending || claimed.Attempts != 1 || claimed.Fence != 1 || claimed.Trace != "00-trace" {
			t.Errorf("claimed: %+v", claimed)
		}
		second := queue(t, s, patient)
		if second.ID == first.ID {
			t.Error("what came while the first was being sent is not told")
		}
		if _, err := claim(t, s, second.ID); !errors.Is(err, store.ErrBusy) {
			t.Errorf("the second before the first: %v", err)
		}
		must(t, settle(t, s, claimed, store.StateDelivered))
		if err := settle(t, s, claimed, store.StateDelivered); !errors.Is(err, store.ErrFenced) {
			t.Errorf("settled twice: %v", err)
		}
		if _, err := claim(t, s, first.ID); !errors.Is(err, store.ErrFinished) {
			t.Errorf("claimed after its end: %v", err)
		}
		claimed, err = claim(t, s, second.ID)
		must(t, err)
		if claimed.Fence != 2 {
			t.Errorf("the fence goes on from the earlier delivery: %+v", claimed)
		}
		must(t, settle(t, s, claimed, store.StateRetryWait))
		oldest, err := s.Oldest(t.Context(), "registry")
		if err != nil || !oldest.Equal(second.Created) {
			t.Errorf("oldest: %v, %v", oldest, err)
		}
		counts, err := s.DeliveryCounts(t.Context())
		if err != nil || counts["registry"][store.StateDelivered] != 1 || counts["registry"][store.StateRetryWait] != 1 {
			t.Errorf("counts: %v, %v", counts, err)
		}
		var states []store.State
		for d, err := range s.Deliveries(t.Context(), store.Filter{Target: "registry", Patient: patient}) {
			must(t, err)
			states = append(states, d.State)
		}
		if !slices.Equal(states, []store.State{store.StateDelivered, store.StateRetryWait}) {
			t.Errorf("in order: %v", states)
		}
		for range s.Deliveries(t.Context(), store.Filter{States: []store.State{store.StateDead}}) {
			t.Error("none is dead")
		}
	})
}

func TestWhoLostADeliveryCannotOverwrite(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		patient := save(t, s, someBody, procedure("Procedure/1", "", "2025", false)).Changes[0].Patient
		d := queue(t, s, patient)
		lost, err := claim(t, s, d.ID)
		must(t, err)
		taken, err := claim(t, s, d.ID)
		must(t, err)
		record := func(fence int64, hash string) error {
			return s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				return tx.Record(ctx, []store.Entry{{Target: "registry", Patient: patient, Key: "Procedure|s|1", Hash: hash, Fence: fence}})
			})
		}
		must(t, record(taken.Fence, "new"))
		if err := record(lost.Fence, "old"); !errors.Is(err, store.ErrFenced) {
			t.Errorf("recorded: %v", err)
		}
		if err := settle(t, s, lost, store.StateDead); !errors.Is(err, store.ErrFenced) {
			t.Errorf("settled: %v", err)
		}
		err = s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return tx.Forget(ctx, "registry", []string{"Procedure|s|1"}, lost.Fence)
		})
		if !errors.Is(err, store.ErrFenced) {
			t.Errorf("forgotten: %v", err)
		}
		must(t, settle(t, s, taken, store.StateDelivered))
		ledger, err := s.Ledger(t.Context(), "registry", patient)
		if err != nil || len(ledger) != 1 || ledger[0].Hash != "new" {
			t.Errorf("ledger: %+v, %v", ledger, err)
		}
		must(t, s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return tx.Forget(ctx, "registry", []string{"Procedure|s|1"}, taken.Fence)
		}))
	})
}

func TestGivenUpAndTakenUpAgain(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		patient := save(t, s, someBody, procedure("Procedure/1", "", "2025", false)).Changes[0].Patient
		redrive := func(id string) error {
			_, err := update(t, s, func(ctx context.Context, tx *store.Tx) (store.Delivery, error) { return tx.Redrive(ctx, id) })
			return err
		}
		cancel := func(id string) error {
			_, err := update(t, s, func(ctx context.Context, tx *store.Tx) (store.Delivery, error) { return tx.Cancel(ctx, id, "why") })
			return err
		}
		first := queue(t, s, patient)
		if err := redrive(first.ID); !errors.Is(err, store.ErrState) {
			t.Errorf("redriven while queued: %v", err)
		}
		claimed, err := claim(t, s, first.ID)
		must(t, err)
		must(t, cancel(first.ID))
		if err := settle(t, s, claimed, store.StateDelivered); !errors.Is(err, store.ErrFenced) {
			t.Errorf("settled after it was cancelled: %v", err)
		}
		if err := cancel(first.ID); !errors.Is(err, store.ErrState) {
			t.Errorf("cancelled twice: %v", err)
		}
		second := queue(t, s, patient)
		if err := redrive(first.ID); !errors.Is(err, store.ErrState) {
			t.Errorf("redriven beside one that is queued: %v", err)
		}
		claimed, err = claim(t, s, second.ID)
		must(t, err)
		must(t, redrive(first.ID))
		if _, err := claim(t, s, first.ID); !errors.Is(err, store.ErrBusy) {
			t.Errorf("redriven goes behind: %v", err)
		}
		must(t, settle(t, s, claimed, store.StateSuppressed))
		if _, err := claim(t, s, first.ID); err != nil {
			t.Error(err)
		}
		if err := redrive("no such"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("unknown: %v", err)
		}
	})
}

func TestAnObjectionIsRetroactive(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		patient := save(t, s, someBody, procedure("Procedure/1", "", "2025", false)).Changes[0].Patient
		var told []store.Change
		hook := func(_ context.Context, _ *store.Tx, changes []store.Change) error {
			told = append(told, changes...)
			return nil
		}
		when := time.Date(2025, 3, 4, 5, 6, 7, 0, time.UTC)
		for range 2 { // the second time it is so already
			got, err := s.OptOut(t.Context(), "t", someBody, when, hook)
			if err != nil || got != patient {
				t.Errorf("%q, %v", got, err)
			}
		}
		p, err := s.Patient(t.Context(), patient)
		if err != nil || !p.OptedOut.Equal(when) || len(told) != 1 || !told[0].OptedOut || p.Clinic != clinic {
			t.Errorf("%+v, %v; told %+v", p, err, told)
		}
		if c := save(t, s, someBody, procedure("Procedure/2", "", "2025", false)).Changes[0]; !c.OptedOut || c.New != 1 {
			t.Errorf("what comes later: %+v", c)
		}
		_, err = s.OptIn(t.Context(), "t", someBody, hook)
		if p, _ := s.Patient(t.Context(), patient); err != nil || !p.OptedOut.IsZero() || len(told) != 2 || told[1].OptedOut {
			t.Errorf("taken back: %+v, %v; told %+v", p, err, told)
		}
		stranger, err := s.OptOut(t.Context(), "t", []registration.Identifier{id(bsn, "999990020")}, when)
		must(t, err)
		if p, err := s.Patient(t.Context(), stranger); err != nil || p.OptedOut.IsZero() {
			t.Errorf("one of whom nothing came: %+v, %v", p, err)
		}
	})
}

func TestErasedIsGone(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		patient := save(t, s, someBody, procedure("Procedure/1", "", "2025", false)).Changes[0].Patient
		d := queue(t, s, patient)
		must(t, s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return tx.Record(ctx, []store.Entry{{Target: "registry", Patient: patient, Key: "k", Fence: d.Fence}})
		}))
		if _, err := s.Erase(t.Context(), patient, false); !errors.Is(err, store.ErrDelivered) {
			t.Errorf("while a registry holds it: %v", err)
		}
		gone, err := s.Erase(t.Context(), patient, true)
		if err != nil || gone != (store.Erased{Items: 1, Deliveries: 1, Ledger: 1, Tokens: 1}) {
			t.Errorf("%+v, %v", gone, err)
		}
		if _, err := s.Patient(t.Context(), patient); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
		if _, err := s.Find(t.Context(), "t", someBody); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
		if _, err := s.Erase(t.Context(), patient, true); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("twice: %v", err)
		}
		if again := save(t, s, someBody, procedure("Procedure/1", "", "2025", false)).Changes[0]; again.New != 1 {
			t.Errorf("comes again: %+v", again)
		}
	})
}

func TestWhatHasServedGoes(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		patient := save(t, s, someBody, procedure("Procedure/1", "", "2025", false)).Changes[0].Patient
		for range 3 {
			claimed, err := claim(t, s, queue(t, s, patient).ID)
			must(t, err)
			must(t, settle(t, s, claimed, store.StateDelivered))
		}
		must(t, s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.AddCards(ctx, []store.Card{{ID: "c", At: tx.Now(), Body: []byte("{}")}}),
				tx.AddFeedback(ctx, []store.Feedback{{Card: "c", Outcome: "accepted", At: tx.Now(), Body: []byte("{}")}}))
		}))
		time.Sleep(2 * time.Millisecond)
		gone, err := s.Retain(t.Context(), store.Retention{})
		if err != nil || gone != (store.Removed{}) {
			t.Errorf("nothing was to go: %+v, %v", gone, err)
		}
		gone, err = s.Retain(t.Context(), store.Retention{Sendings: time.Millisecond, Deliveries: time.Millisecond, Cards: time.Millisecond})
		if err != nil || gone != (store.Removed{Sendings: 1, Deliveries: 2, Cards: 1, Feedback: 1}) {
			t.Errorf("%+v, %v", gone, err)
		}
		claimed, err := claim(t, s, queue(t, s, patient).ID)
		if err != nil || claimed.Fence != 4 {
			t.Errorf("the fence goes on: %+v, %v", claimed, err)
		}
	})
}
