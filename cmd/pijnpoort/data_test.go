package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// kept is a data folder with one of the example patients in it.
type kept struct {
	t    *testing.T
	data string
}

const keptBSN = "999900109"

func newKept(t *testing.T) kept {
	t.Helper()
	k := kept{t, t.TempDir()}
	body, err := os.ReadFile("../../test/patients/fbss-geschikt.json")
	if err != nil {
		t.Fatal(err)
	}
	k.with(func(ctx context.Context, settings config.Config, s *store.Store) error {
		i, err := settings.Intake(s)
		if err != nil {
			return err
		}
		_, err = i.Take(ctx, body, audit.Party{System: "s", Value: "epd"}, "")
		return err
	})
	return k
}

func (k kept) with(work func(context.Context, config.Config, *store.Store) error) {
	k.t.Helper()
	settings, err := config.Load("", []string{"PIJNPOORT_DATA=" + k.data})
	if err != nil {
		k.t.Fatal(err)
	}
	err = withStore(k.t.Context(), settings, func(s *store.Store) error { return work(k.t.Context(), settings, s) })
	if err != nil {
		k.t.Fatal(err)
	}
}

// run runs the program, which must end with a status.
func (k kept) run(status int, stdin string, args ...string) (stdout, stderr string) {
	k.t.Helper()
	var out, errs bytes.Buffer
	m := Main{Args: args, Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errs, Environ: []string{"PIJNPOORT_DATA=" + k.data}}
	if got := m.Run(k.t.Context()); got != status {
		k.t.Errorf("%v: status %d, want %d: %s%s", args, got, status, &out, &errs)
	}
	if strings.Contains(out.String()+errs.String(), keptBSN) {
		k.t.Errorf("%v: shows an identifier: %s%s", args, &out, &errs)
	}
	return out.String(), errs.String()
}

func (k kept) totals() (totals store.Totals) {
	k.t.Helper()
	k.with(func(ctx context.Context, _ config.Config, s *store.Store) (err error) {
		totals, err = s.Totals(ctx)
		return err
	})
	return totals
}

func TestBackupAndRestore(t *testing.T) {
	k := newKept(t)
	for _, name := range []string{"backup", "backup.gz"} {
		file := filepath.Join(t.TempDir(), name)
		out, _ := k.run(0, "", "data", "backup", file)
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 || !strings.Contains(out, "SHA-256") {
			t.Errorf("%v, %v: %s", info, err, out)
		}
		elsewhere := kept{t, t.TempDir()}
		keys, err := os.ReadFile(filepath.Join(k.data, "registry.keys"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(elsewhere.data, "registry.keys"), keys, 0o400); err != nil {
			t.Fatal(err)
		}
		elsewhere.run(0, "", "data", "restore", file)
		want := k.totals()
		if got := elsewhere.totals(); got.Patients != 1 || got.Items != want.Items || got.Audit < want.Audit {
			t.Errorf("restored %+v, of %+v", got, want)
		}
		if _, said := elsewhere.run(1, "", "data", "restore", file); !strings.Contains(said, "already holds data") {
			t.Errorf("twice: %s", said)
		}
		elsewhere.run(0, "", "audit", "verify")
		if _, said := (kept{t, t.TempDir()}).run(1, "", "data", "restore", file); !strings.Contains(said, "keys") {
			t.Errorf("with other keys: %s", said)
		}
	}
}

func TestMoveToAnotherDatabase(t *testing.T) {
	k := newKept(t)
	url := "sqlite:" + filepath.Join(t.TempDir(), "other.db")
	if base := os.Getenv("PIJNPOORT_TEST_POSTGRES"); base != "" {
		t.Log("to an SQLite file; the store's own tests move to PostgreSQL")
	}
	if out, _ := k.run(0, "", "data", "move", url); !strings.Contains(out, "SHA-256") {
		t.Error(out)
	}
	k.run(1, "", "data", "move", url)
	if _, said := k.run(1, "", "data", "move", "mysql://user:geheim@x"); strings.Contains(said, "geheim") {
		t.Errorf("shows the password: %s", said)
	}
}

func TestEraseAPatient(t *testing.T) {
	k := newKept(t)
	k.run(2, "no patient\n", "data", "erase")
	k.run(1, "999999999\n", "data", "erase")
	k.run(0, keptBSN+"\n", "data", "erase")
	if got := k.totals(); got.Patients != 0 || got.Items != 0 || got.Audit != 2 {
		t.Errorf("%+v", got)
	}
	k.run(1, keptBSN+"\n", "data", "erase")
	k.run(0, "", "audit", "verify")
}

func TestObjections(t *testing.T) {
	k := newKept(t)
	k.run(0, "http://fhir.nl/fhir/NamingSystem/bsn|"+keptBSN, "data", "opt-out")
	if got := k.totals(); got.OptedOut != 1 {
		t.Errorf("%+v", got)
	}
	file := filepath.Join(t.TempDir(), "who")
	if err := os.WriteFile(file, []byte(keptBSN), 0o600); err != nil {
		t.Fatal(err)
	}
	k.run(0, "", "data", "opt-in", "--from", file)
	if got := k.totals(); got.OptedOut != 0 || got.Audit != 3 {
		t.Errorf("%+v", got)
	}
}

func TestRotation(t *testing.T) {
	k := newKept(t)
	k.run(0, "", "data", "rotate")
	k.run(0, "", "data", "rotate")
	k.run(0, keptBSN, "data", "erase")
	k.run(0, "", "data", "expire")
}

func TestAudit(t *testing.T) {
	k := newKept(t)
	out, _ := k.run(0, "", "audit", "verify")
	mark := regexp.MustCompile(`\d+:[0-9a-f]{64}`).FindString(out)
	if mark == "" {
		t.Fatal(out)
	}
	k.run(0, "", "audit", "verify", "--mark", mark)
	k.run(1, "", "audit", "verify", "--mark", "1:"+strings.Repeat("0", 64))
	k.run(2, "", "audit", "verify", "--mark", "x")
	text, _ := k.run(0, keptBSN, "audit", "export")
	if !strings.Contains(text, "Gegevens ontvangen en bewaard; door epd") || !strings.Contains(text, "Logboek ingezien") {
		t.Error(text)
	}
	if text, _ := k.run(0, keptBSN, "audit", "export", "--lang", "en"); !strings.Contains(text, "Data received and kept; by epd") {
		t.Error(text)
	}
	var events []struct{ ResourceType string }
	document, _ := k.run(0, keptBSN, "audit", "export", "--format", "json")
	if err := json.Unmarshal([]byte(document), &events); err != nil || len(events) != 4 || events[0].ResourceType != "AuditEvent" {
		t.Errorf("%s: %v", document, err)
	}
	k.with(func(ctx context.Context, _ config.Config, s *store.Store) error {
		_, err := s.SQLite().ExecContext(ctx, `UPDATE audit SET body = replace(body, 'epd', 'else') WHERE seq = 1`)
		return err
	})
	found, _ := k.run(1, "", "audit", "verify", "--format", "json")
	var verdict audit.Verdict
	if err := json.Unmarshal([]byte(found), &verdict); err != nil || len(verdict.Faults) != 1 || verdict.Faults[0].Seq != 1 {
		t.Errorf("%s: %v", found, err)
	}
}

func TestWithoutItsKeysADatabaseIsNotOpened(t *testing.T) {
	k := newKept(t)
	if err := os.Remove(filepath.Join(k.data, "registry.keys")); err != nil {
		t.Fatal(err)
	}
	if _, said := k.run(1, "", "audit", "verify"); !strings.Contains(said, "registry.store.keys") {
		t.Error(said)
	}
}
