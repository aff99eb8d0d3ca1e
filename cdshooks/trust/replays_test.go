package trust_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks/trust"
)

// What is remembered is forgotten once it can no longer be used, and not before.
func TestMemoryForgetsWhatHasExpired(t *testing.T) {
	c := newClock()
	m := trust.NewMemory(0, c.now)
	first := func(id string, lives time.Duration) bool {
		t.Helper()
		ok, err := m.First(t.Context(), id, c.now().Add(lives))
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	for i := range 1000 {
		first(fmt.Sprint(i), 5*time.Minute)
	}
	first("long", time.Hour)
	c.Add(4 * 60)
	if first("0", time.Minute) {
		t.Error("forgotten too soon")
	}
	c.Add(3 * 60)
	first("new", time.Minute)
	if m.Len() != 2 || first("long", time.Minute) || !first("0", time.Minute) {
		t.Errorf("%d remembered", m.Len())
	}
}

// A memory that is full refuses: it never forgets a JWT that can still be used.
func TestMemoryIsBounded(t *testing.T) {
	c := newClock()
	m := trust.NewMemory(10, c.now)
	for i := range 20 {
		ok, err := m.First(t.Context(), fmt.Sprint(i), c.now().Add(time.Minute))
		if ok != (i < 10) || (err == nil) != (i < 10) {
			t.Errorf("%d: %v, %v", i, ok, err)
		}
	}
	if m.Len() != 10 {
		t.Errorf("%d remembered", m.Len())
	}
	c.Add(3 * 60)
	if ok, err := m.First(t.Context(), "later", c.now().Add(time.Minute)); !ok || err != nil || m.Len() != 1 {
		t.Errorf("when all have expired: %v, %v, %d", ok, err, m.Len())
	}
}

// shared is a memory of several nodes, which can fail.
type shared struct {
	*trust.Memory
	down bool
}

func (s *shared) First(ctx context.Context, id string, until time.Time) (bool, error) {
	if s.down {
		return false, errors.New("no connection")
	}
	return s.Memory.First(ctx, id, until)
}

func TestNodesCanShareTheirMemory(t *testing.T) {
	c := newClock()
	url, _ := server(t, set(t))
	both := &shared{Memory: trust.NewMemory(0, c.now)}
	nodes := [2]*trust.Verifier{verifier(t, c, trust.Client{Issuer: issuer, JWKS: url}), verifier(t, c, trust.Client{Issuer: issuer, JWKS: url})}
	for _, n := range nodes {
		n.Remember(both)
	}
	header := "Bearer " + good(c, "1").sign(t)
	if err := nodes[0].Authenticate(t.Context(), header, called); err != nil {
		t.Error(err)
	}
	if err := nodes[1].Authenticate(t.Context(), header, called); err == nil || !strings.Contains(err.Error(), "used before") {
		t.Errorf("on the other node: %v", err)
	}
	both.down = true
	if err := nodes[0].Authenticate(t.Context(), "Bearer "+good(c, "2").sign(t), called); err == nil {
		t.Error("accepted without knowing whether it was used")
	}
}

func TestWhoCalls(t *testing.T) {
	c := newClock()
	url, _ := server(t, set(t))
	v := verifier(t, c, trust.Client{Issuer: issuer, JWKS: url})
	for tenant, want := range map[string]string{"": issuer, "ziekenhuis": issuer + " ziekenhuis"} {
		k := good(c, "who "+tenant)
		if tenant != "" {
			k.claims["tenant"] = tenant
		}
		if got, err := v.Identify(t.Context(), "Bearer "+k.sign(t), called); got != want || err != nil {
			t.Errorf("%q: %q, %v", tenant, got, err)
		}
	}
	k := good(c, "other key")
	k.key = other
	if got, err := v.Identify(t.Context(), "Bearer "+k.sign(t), called); got != "" || err == nil {
		t.Errorf("a JWT of somebody else is that of %q", got)
	}
}
