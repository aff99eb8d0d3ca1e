package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store"
)

// told notes one resource in the ledger.
func told(patient string, n int) func(context.Context, *store.Tx) error {
	return func(ctx context.Context, tx *store.Tx) error {
		return tx.Record(ctx, []store.Entry{{Target: "registry", Patient: patient, Key: fmt.Sprint("Procedure|s|", n), Hash: "h"}})
	}
}

// ledger is how much a registry holds.
func ledger(t *testing.T, s *store.Store, patient string) int {
	t.Helper()
	list, err := s.Ledger(t.Context(), "registry", patient)
	must(t, err)
	return len(list)
}

// Many at once, of whom some fail, some panic and some are broken off: each is there whole
// or not at all, and is told which.
func TestWhoFailsTakesNobodyWithHim(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		patient := save(t, s, someBody, procedure("Procedure/1", "", "2025", false)).Changes[0].Patient
		fault := errors.New("fault")
		var running sync.WaitGroup
		const many = 60
		for n := range many {
			running.Go(func() {
				defer func() {
					if got := recover(); got != nil && n%5 != 2 {
						t.Errorf("%d: %v", n, got)
					}
				}()
				ctx, end := context.WithCancel(t.Context())
				defer end()
				err := s.Join(ctx, time.Duration(n%3)*time.Millisecond, func(work context.Context, tx *store.Tx) error {
					if err := told(patient, n)(work, tx); err != nil {
						return err
					}
					switch n % 5 {
					case 1:
						return fault
					case 2:
						panic("in the middle")
					case 3:
						end()
					}
					return nil
				})
				if want := []error{nil, fault, nil, context.Canceled, nil}[n%5]; !errors.Is(err, want) || n%5 == 2 {
					t.Errorf("%d: %v", n, err)
				}
			})
		}
		running.Wait()
		if n := ledger(t, s, patient); n != many*2/5 {
			t.Errorf("%d are there", n)
		}
		must(t, s.Update(t.Context(), told(patient, many))) // nobody has the connection
	})
}

// Whose context ends while he waits is told at once, and holds nobody up.
func TestWhoGoesIsNotWaitedFor(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		patient := save(t, s, someBody, procedure("Procedure/1", "", "2025", false)).Changes[0].Patient
		gone, end := context.WithCancel(t.Context())
		began, goOn := make(chan struct{}), make(chan struct{})
		var running sync.WaitGroup
		running.Go(func() {
			must(t, s.Join(t.Context(), 0, func(ctx context.Context, tx *store.Tx) error {
				close(began)
				<-goOn
				return told(patient, 1)(ctx, tx)
			}))
		})
		<-began
		running.Go(func() {
			if err := s.Join(gone, 0, told(patient, 2)); s.Dialect() == "sqlite" && !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			close(goOn)
		})
		time.Sleep(20 * time.Millisecond) // he waits, where there is one connection
		end()
		running.Wait()
		must(t, s.Join(t.Context(), 0, told(patient, 3)))
		if n := ledger(t, s, patient); n < 2 {
			t.Errorf("%d are there", n)
		}
	})
}

// Two entries of one resource are one row, and more than one statement takes are all there.
func TestTheLedgerKeepsTheLastOfEach(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		patient := save(t, s, someBody, procedure("Procedure/1", "", "2025", false)).Changes[0].Patient
		var entries []store.Entry
		for n := range 130 {
			for version := range 1 + n%2 {
				entries = append(entries, store.Entry{Target: "registry", Patient: patient, Key: fmt.Sprintf("k%03d", n), Version: fmt.Sprint(version)})
			}
		}
		entries = append(entries, store.Entry{Target: "other", Patient: patient, Key: "k000"})
		must(t, s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.Record(ctx, entries) }))
		list, err := s.Ledger(t.Context(), "registry", patient)
		if err != nil || len(list) != 130 {
			t.Fatalf("%d, %v", len(list), err)
		}
		for n, e := range list {
			if e.Key != fmt.Sprintf("k%03d", n) || e.Version != fmt.Sprint(n%2) {
				t.Errorf("%d: %+v", n, e)
			}
		}
	})
}
