package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

var someTime = time.Date(2025, 3, 4, 5, 6, 7, 0, time.UTC)

func TestKeysAreMadeOnceAndForTheirOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "registry.keys")
	_, made, err := store.LoadOrMakeKeys(path)
	if err != nil || !made {
		t.Fatalf("%v, %v", made, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o400 {
		t.Errorf("%v, %v", info, err)
	}
	keys, made, err := store.LoadOrMakeKeys(path)
	if err != nil || made {
		t.Errorf("the second time: %v, %v", made, err)
	}
	if text := fmt.Sprintf("%v %+v %#v %s", keys, keys, keys, keys); strings.Trim(text, "* ") != "" {
		t.Errorf("they show themselves: %s", text)
	}
	must(t, os.Chmod(path, 0o440))
	if _, err := store.LoadKeys(path); err == nil {
		t.Error("others may read them")
	}
}

func TestWhoMakeKeysAtOnceGetTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "registry.keys")
	url := urlOf(t, "sqlite")
	openAt(t, url, newKeysAt(t, path))
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			keys, _, err := store.LoadOrMakeKeys(path)
			if err != nil {
				t.Error(err)
				return
			}
			s, err := store.Open(t.Context(), url, keys)
			if err != nil {
				t.Error(err)
				return
			}
			if err := errors.Join(s.Migrate(t.Context()), s.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// newKeysAt has ten make keys at once, and gives those of one.
func newKeysAt(t *testing.T, path string) *store.Keys {
	t.Helper()
	list := make([]*store.Keys, 10)
	var all sync.WaitGroup
	for i := range list {
		all.Go(func() {
			var err error
			if list[i], _, err = store.LoadOrMakeKeys(path); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	return list[0]
}

func TestFaultyKeyFiles(t *testing.T) {
	const secret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
	for name, content := range map[string]string{
		"empty":            "",
		"no YAML":          "derive: [",
		"unknown member":   "derive: " + secret + "\nsealing: [{id: a, secret: " + secret + "}]\nmore: 1\n",
		"no derive":        "sealing: [{id: a, secret: " + secret + "}]\n",
		"short":            "derive: QUJD\nsealing: [{id: a, secret: " + secret + "}]\n",
		"nothing to seal":  "derive: " + secret + "\n",
		"no id":            "derive: " + secret + "\nsealing: [{secret: " + secret + "}]\n",
		"the same id":      "derive: " + secret + "\nsealing: [{id: a, secret: " + secret + "}, {id: a, secret: " + secret + "}]\n",
		"secret no base64": "derive: " + secret + "\nsealing: [{id: a, secret: \"***\"}]\n",
	} {
		path := filepath.Join(t.TempDir(), "keys")
		must(t, os.WriteFile(path, []byte(content), 0o400))
		if _, err := store.LoadKeys(path); err == nil || strings.Contains(err.Error(), "QUJD") || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOtherKeysDoNotOpenADatabase(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			url := urlOf(t, kind)
			openAt(t, url, newKeys(t))
			stranger, err := store.Open(t.Context(), url, newKeys(t))
			must(t, err)
			defer stranger.Close()
			if err := stranger.Migrate(t.Context()); !errors.Is(err, store.ErrKeys) {
				t.Error(err)
			}
		})
	}
}

func TestRotation(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			url, old := urlOf(t, kind), newKeys(t)
			who := []registration.Identifier{id(bsn, "999990019")}
			patient := save(t, openAt(t, url, old), who, someone(who...)).Changes[0].Patient
			next, err := old.Rotate()
			must(t, err)
			path := filepath.Join(t.TempDir(), "keys")
			must(t, next.Save(path))
			next, err = store.LoadKeys(path)
			must(t, err)
			s := openAt(t, url, next)
			if n, err := s.Reseal(t.Context()); n != 1 || err != nil {
				t.Errorf("%d, %v", n, err)
			}
			if p, err := s.Patient(t.Context(), patient); err != nil || p.Registration.Patient.Identifiers[0].Value != "999990019" {
				t.Errorf("%+v, %v", p, err)
			}
			if _, err := openAt(t, url, old).Patient(t.Context(), patient); err == nil {
				t.Error("the old key opens what the new one sealed")
			}
			if found, err := s.Find(t.Context(), "t", who); found != patient || err != nil {
				t.Errorf("%q, %v", found, err)
			}
		})
	}
}

func TestIdentifiersStandNowhereInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "registry.db")
	s := openAt(t, "sqlite:"+path, newKeys(t))
	who := []registration.Identifier{id(bsn, "999990019"), id(mrn, "secret-number")}
	save(t, s, who, someone(who...), procedure("Procedure/1", "", "2025", false))
	_, err := s.Save(t.Context(), sending("urn:x|999990019", "b"), []store.Submission{{Identifiers: who, Items: []store.Item{someone(who...)}}})
	must(t, err)
	for _, file := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(file)
		must(t, err)
		if text := string(content); strings.Contains(text, "999990019") || strings.Contains(text, "secret-number") {
			t.Errorf("%s holds an identifier", filepath.Base(file))
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may read %s: %v, %v", filepath.Base(file), info.Mode(), err)
		}
	}
}

func TestErrorsOfOpeningHoldNoPassword(t *testing.T) {
	for _, url := range []string{"postgres://user:geheim@127.0.0.1:1/x", "postgres://user:geheim@[::1", "mysql://user:geheim@h", "sqlite:", ""} {
		if s, err := store.Open(t.Context(), url, newKeys(t)); err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v, %v", url, s, err)
		}
	}
}
