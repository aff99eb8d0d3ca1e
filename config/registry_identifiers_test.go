package config

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// The order of identifiers is the same for what is kept and for what is made by hand.
func TestTheOrderOfIdentifiersIsASetting(t *testing.T) {
	c, err := Load(file(t, "registry: {identifiers: ['urn:mrn', 'urn:other']}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	c.Data = t.TempDir()
	s, err := c.OpenStore(context.WithoutCancel(t.Context()), "sqlite:"+filepath.Join(c.Data, databaseFile), mustKeys(t, c))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	i, err := c.Intake(s)
	if err != nil {
		t.Fatal(err)
	}
	n, err := c.Normaliser(normalise.Target{Name: "a", Recipient: "a"}, mapping.NewDay(2026, 5, 1))
	if err != nil {
		t.Fatal(err)
	}
	want := pseudonym.Preference{"urn:mrn", "urn:other"}
	if diff := cmp.Diff([]pseudonym.Preference{want, want}, []pseudonym.Preference{i.Preference, n.Preference}); diff != "" {
		t.Error(diff)
	}
}

func mustKeys(t *testing.T, c Config) *store.Keys {
	t.Helper()
	keys, err := c.StoreKeys()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}
