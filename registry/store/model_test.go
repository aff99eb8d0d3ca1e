package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// drawn is a registration of some sending, about one of few things, so that they meet.
func drawn(r *rapid.T, who registration.Identifier) *registration.Registration {
	origin := func(key string) registration.Origin {
		return registration.Origin{
			Key:       key,
			Version:   rapid.SampledFrom([]string{"", "1", "2", "10", "x"}).Draw(r, "version"),
			Updated:   rapid.SampledFrom([]string{"", "2025-01-01T00:00:00Z", "2025-01-01T00:30:00+01:00", "2025-02-01T00:00:00Z", "no date"}).Draw(r, "updated"),
			Retracted: rapid.Bool().Draw(r, "retracted"),
		}
	}
	g := &registration.Registration{Patient: registration.Patient{Identifiers: []registration.Identifier{who}}}
	if rapid.Bool().Draw(r, "patient") {
		g.Patient.Origin = origin("Patient/1")
		g.Patient.Retracted = false
		g.Patient.BirthDate = rapid.SampledFrom([]string{"", "1970", "1971"}).Draw(r, "birth date")
		g.Patient.Gender = rapid.SampledFrom([]string{"", "female", "male"}).Draw(r, "gender")
	}
	for _, key := range []string{"Procedure/1", "Procedure/2"} {
		if rapid.Bool().Draw(r, key) {
			g.Procedures = append(g.Procedures, registration.Procedure{Origin: origin(key), Kind: registration.Trial,
				Status: "completed", Start: rapid.SampledFrom([]string{"2025-01-01", "2025-01-02"}).Draw(r, "start")})
		}
	}
	if rapid.Bool().Draw(r, "score") {
		g.Scores = []registration.Score{{Origin: origin("derived/score"), Instrument: "odi", Value: rapid.SampledFrom([]string{"38", "40"}).Draw(r, "value")}}
	}
	return g
}

// What is kept after some sendings is what registration.Merge makes of them in their order,
// and every item of every sending was counted once.
func TestSavingIsMerging(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			s := storetest.Open(t, storetest.URL(t, kind), storetest.Keys(t))
			patients := 0
			rapid.Check(t, func(r *rapid.T) {
				patients++
				who := id(mrn, fmt.Sprint(patients))
				want := &registration.Registration{}
				patient := ""
				for n := range rapid.IntRange(1, 5).Draw(r, "sendings") {
					g := drawn(r, who)
					receipt, err := s.Save(t.Context(), sending("", fmt.Sprint(patients, n)), []store.Submission{store.Submit(g)})
					if err != nil {
						r.Fatal(err)
					}
					c := receipt.Changes[0]
					patient = c.Patient
					items := 0
					for i := range registration.Items(g) {
						if i.Key != "" {
							items++
						}
					}
					if sum := c.New + c.Updated + c.Retracted + c.Unchanged + c.Older; sum != items {
						r.Fatalf("%d of %d items were counted: %+v", sum, items, c)
					}
					want = registration.Merge(want, g)
				}
				got, err := s.Patient(t.Context(), patient)
				if err != nil {
					r.Fatal(err)
				}
				// Versions are kept of the newest that says the same, and told of nothing else.
				if diff := cmp.Diff(plain(want), plain(got.Registration)); diff != "" {
					r.Fatal(diff)
				}
			})
		})
	}
}

// plain is a registration without what the database adds or leaves out.
func plain(r *registration.Registration) string {
	c := *r
	c.Sort()
	document, _ := json.MarshalIndent(c, "", " ")
	return string(document)
}

// Many who write at once, to the same patients: nothing is lost, and no transaction fails.
func TestManyWriteAtOnce(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		const writers, rounds, patients = 8, 10, 3
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for n := range rounds {
					var list []store.Submission
					for p := range patients { // in another order by each writer
						who := []registration.Identifier{id(mrn, fmt.Sprint((p+w)%patients)), id(bsn, fmt.Sprint(999990000+(p+w)%patients))}
						if w%2 == 0 {
							who = who[:1]
						}
						list = append(list, store.Submission{Identifiers: who, Items: []store.Item{procedure(fmt.Sprintf("Procedure/%d-%d", w, n), "", "2025", false)}})
					}
					_, err := s.Save(t.Context(), sending(fmt.Sprint(w, "|", n), fmt.Sprint(w, n)), list)
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		totals, err := s.Totals(t.Context())
		if err != nil || totals.Sendings != writers*rounds || totals.Patients-totals.Merged != patients {
			t.Errorf("%+v, %v", totals, err)
		}
		for p, err := range s.Registrations(t.Context()) {
			if err != nil || len(p.Registration.Procedures) != writers*rounds {
				t.Errorf("%d procedures, %v", len(p.Registration.Procedures), err)
			}
		}
	})
}

// Two who claim at once: one has it.
func TestManyClaimAtOnce(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		patient := save(t, s, someBody, procedure("Procedure/1", "", "2025", false)).Changes[0].Patient
		d := queue(t, s, patient)
		var mu sync.Mutex
		fences := map[int64]int{}
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				got, err := claim(t, s, d.ID)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				fences[got.Fence]++
			})
		}
		all.Wait()
		if len(fences) != 10 {
			t.Errorf("fences: %v", fences)
		}
		settled := 0
		for fence := range fences {
			d.Fence = fence
			switch err := settle(t, s, d, store.StateDelivered); {
			case err == nil:
				settled++
			case !errors.Is(err, store.ErrFenced):
				t.Error(err)
			}
		}
		if settled != 1 {
			t.Errorf("%d of them settled it", settled)
		}
	})
}
