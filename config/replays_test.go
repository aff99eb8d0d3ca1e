package config

import (
	"log/slog"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks/trust"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

func replays(t *testing.T, s *store.Store) *Replays {
	t.Helper()
	r, err := NewReplays(t.Context(), s, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func first(t *testing.T, r *Replays, id string) bool {
	t.Helper()
	ok, err := r.First(t.Context(), id, time.Now().Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

// A JWT is good for one call: also on another node, and after a restart.
func TestAJWTIsUsedOnce(t *testing.T) {
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			url, keys := storetest.URL(t, kind), storetest.Keys(t)
			s := storetest.Open(t, url, keys)
			one := replays(t, s)
			if !first(t, one, "a") || first(t, one, "a") || !first(t, one, "b") {
				t.Error("on one node")
			}
			if kind == "postgres" {
				other := replays(t, storetest.Open(t, url, keys))
				if first(t, other, "a") || !first(t, other, "c") || first(t, one, "c") {
					t.Error("on another node")
				}
				if err := other.Close(); err != nil {
					t.Error(err)
				}
			}
			if err := one.Close(); err != nil {
				t.Error(err)
			}
			again := replays(t, s)
			if first(t, again, "a") || first(t, again, "b") || !first(t, again, "d") {
				t.Error("after a restart")
			}
			if err := again.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// With the embedded database a call does not wait for it, and what could not be written is
// written later.
func TestTheEmbeddedDatabaseMayBeAwayForAWhile(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
	storetest.Exec(t, s, `ALTER TABLE used_token RENAME TO away`)
	r := &Replays{store: s, log: slog.New(slog.DiscardHandler), background: newRepeater()}
	r.memory = trust.NewMemory(0, nil)
	if !first(t, r, "a") || first(t, r, "a") || r.flush() == nil {
		t.Error("what is noted without a table")
	}
	storetest.Exec(t, s, `ALTER TABLE away RENAME TO used_token`)
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	again := replays(t, s)
	if first(t, again, "a") {
		t.Error("forgotten")
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// When the database cannot tell, the call is refused.
func TestWithoutTheDatabaseNobodyIsLetIn(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "postgres"), storetest.Keys(t))
	storetest.Exec(t, s, `ALTER TABLE used_token RENAME TO away`)
	r := replays(t, s)
	if ok, err := r.First(t.Context(), "a", time.Now().Add(time.Minute)); ok || err == nil {
		t.Error("let in without knowing")
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}
