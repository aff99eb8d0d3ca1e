package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// Whatever is given as a backup is restored whole or refused, and what was restored is
// written again as it was.
func FuzzRestore(f *testing.F) {
	keys := newKeys(f)
	source := openAt(f, urlOf(f, "sqlite"), keys)
	fill(f, source)
	var whole bytes.Buffer
	if _, err := source.Backup(f.Context(), &whole); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.String())
	lines := strings.SplitAfter(whole.String(), "\n")
	f.Add(lines[0] + lines[1])
	f.Add(lines[0] + `{"t":"item","v":[null,null,null,null,null,null,null,null,null,null]}` + "\n")
	f.Add(lines[0] + `{"end":{"rows":{},"hash":""}}` + "\n")
	target := openAt(f, urlOf(f, "sqlite"), keys)
	empty, err := target.Contents(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, backup string) {
		restored, err := target.Restore(t.Context(), strings.NewReader(backup))
		now, failed := target.Contents(t.Context())
		switch {
		case failed != nil:
			t.Fatal(failed)
		case err != nil && now.Hash != empty.Hash:
			t.Fatalf("refused (%v), and kept something", err)
		case err == nil && now.Hash != restored.Hash:
			t.Fatal("what was restored is not what was in the backup")
		case err == nil:
			wipe(t, target)
		}
	})
}

// wipe empties the tables after a restore.
func wipe(t *testing.T, s *store.Store) {
	for _, table := range []string{"feedback", "card", "audit", "ledger", "delivery", "report", "sending", "item", "patient_token", "patient"} {
		storetest.Exec(t, s, "DELETE FROM "+table)
	}
	storetest.Exec(t, s, "UPDATE audit_chain SET first_seq = 1, first_previous = '', last_seq = 0, last_hash = ''")
}

// Whatever is in a key file, it is read or refused, and what was read can be written.
func FuzzKeys(f *testing.F) {
	path := filepath.Join(f.TempDir(), "keys")
	if err := newKeys(f).Save(path); err != nil {
		f.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add([]byte("derive: x\nsealing: []\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "keys")
		must(t, os.WriteFile(path, content, 0o400))
		keys, err := store.LoadKeys(path)
		if err != nil {
			return
		}
		must(t, keys.Save(path))
		if _, err := store.LoadKeys(path); err != nil {
			t.Error(err)
		}
	})
}
