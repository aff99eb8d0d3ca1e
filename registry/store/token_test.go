package store_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

func TestATokenIsUsedOnce(t *testing.T) {
	storetest.Both(t, func(t *testing.T, s *store.Store) {
		soon := time.Now().Add(time.Minute)
		use := func(id string, until time.Time) bool {
			t.Helper()
			first, err := s.UseToken(t.Context(), store.Token{Hash: s.TokenHash(id), Until: until})
			must(t, err)
			return first
		}
		if !use("a", soon) || use("a", soon) || !use("b", soon) {
			t.Error("not once")
		}
		if !use("old", time.Now().Add(-time.Second)) || !use("old", soon) || use("old", soon) {
			t.Error("what has expired is as if it had not been used")
		}
		if hash := s.TokenHash("a"); len(hash) != 43 || hash == s.TokenHash("b") {
			t.Error(hash)
		}
		kept := slices.Collect(func(yield func(string) bool) {
			for token, err := range s.Tokens(t.Context(), time.Now()) {
				must(t, err)
				if !yield(token.Hash) {
					return
				}
			}
		})
		if len(kept) != 3 {
			t.Errorf("%d are kept", len(kept))
		}
		n, err := s.ForgetTokens(t.Context(), soon.Add(time.Second))
		must(t, err)
		if n != 3 || !use("a", soon) {
			t.Errorf("%d were forgotten", n)
		}
	})
}

// Of many who use a token at the same moment, on two nodes, one is told that it is the first.
func TestOneOfManyUsesATokenFirst(t *testing.T) {
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			url, keys := storetest.URL(t, kind), storetest.Keys(t)
			nodes := []*store.Store{storetest.Open(t, url, keys), storetest.Open(t, url, keys)}
			var firsts atomic.Int32
			var all sync.WaitGroup
			for i := range 32 {
				all.Go(func() {
					s := nodes[i%2]
					first, err := s.UseToken(t.Context(), store.Token{Hash: s.TokenHash("a"), Until: time.Now().Add(time.Minute)})
					if err != nil {
						t.Error(err)
					}
					if first {
						firsts.Add(1)
					}
				})
			}
			all.Wait()
			if firsts.Load() != 1 {
				t.Errorf("%d were first", firsts.Load())
			}
		})
	}
}

func TestTokensAreNotedTogether(t *testing.T) {
	storetest.Both(t, func(t *testing.T, s *store.Store) {
		soon := time.Now().Add(time.Minute)
		list := []store.Token{{Hash: "a", Until: soon}, {Hash: "b", Until: soon}, {Hash: "a", Until: soon}}
		for range 2 {
			must(t, s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.AddTokens(ctx, list) }))
		}
		if first, err := s.UseToken(t.Context(), list[1]); err != nil || first {
			t.Errorf("%v, %v", first, err)
		}
	})
}

// Subjects are found by any identifier, one at a time or thousands.
func TestSubjects(t *testing.T) {
	storetest.Both(t, func(t *testing.T, s *store.Store) {
		local := id("https://hospital.example/pid", "7")
		kept := save(t, s, []registration.Identifier{id(bsn, "999900006"), local}, someone(id(bsn, "999900006"), local)).Changes[0].Patient
		subjects := [][]registration.Identifier{{local}, {id(bsn, "999900006")}, nil, {id(bsn, "999900018"), local}, {id(bsn, "999900018")}, {{System: "", Value: "x"}}}
		for range 3000 {
			subjects = append(subjects, []registration.Identifier{id("x", "1"), id(bsn, "999900018")})
		}
		ids, err := s.Subjects(t.Context(), "t", subjects)
		must(t, err)
		other := ids[4]
		want := append([]string{kept, kept, "", kept, other, ""}, slices.Repeat([]string{other}, 3000)...)
		if !slices.Equal(ids, want) || other == kept || other == "" {
			t.Errorf("%q", ids[:8])
		}
		aliases, err := s.Aliases(t.Context(), "t", local)
		must(t, err)
		if len(aliases) != 2 || aliases[0] != kept {
			t.Errorf("%q, kept under %s", aliases, kept)
		}
		if aliases, err = s.Aliases(t.Context(), "t", id(bsn, "999900018")); err != nil || !slices.Equal(aliases, []string{other}) {
			t.Errorf("%q, %v", aliases, err)
		}
	})
}
