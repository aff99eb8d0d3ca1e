package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/config"
)

// A key of pseudonyms that is lost is not replaced by another one once something was
// delivered: the registry would see every patient as a new one. Doctor says so.
func TestALostPseudonymKeyIsNotReplaced(t *testing.T) {
	file, _ := deliverySite(t)
	if _, stderr, status := run(t, "--config", file, "deliver", "run", "--until-empty"); status != answered {
		t.Fatal(stderr)
	}
	settings, err := config.Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(settings.Data, "pseudonym-keys.yaml")
	if err := os.Rename(key, key+".kept"); err != nil {
		t.Fatal(err)
	}
	for _, arguments := range [][]string{{"deliver", "list"}, {"doctor"}} {
		stdout, stderr, status := run(t, append([]string{"--config", file}, arguments...)...)
		if status != unanswered || !strings.Contains(stdout+stderr, "pseudonym-keys.yaml is missing") {
			t.Errorf("%s: status %d: %s%s", arguments, status, stdout, stderr)
		}
	}
	if _, err := os.Stat(key); err == nil {
		t.Fatal("another key was made")
	}
	if err := os.Rename(key+".kept", key); err != nil {
		t.Fatal(err)
	}
	if _, stderr, status := run(t, "--config", file, "deliver", "list"); status != answered {
		t.Errorf("with the key put back: %s", stderr)
	}
}

// A key that was never needed is no fault.
func TestDoctorOnANewInstallation(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pijnpoort.yaml")
	if err := os.WriteFile(file, []byte("data: "+t.TempDir()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if stdout, stderr, status := run(t, "--config", file, "doctor"); status != answered || !strings.Contains(stdout, "it is made on first use") {
		t.Errorf("status %d: %s%s", status, stdout, stderr)
	}
}
