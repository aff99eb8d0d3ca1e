package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/operations/profilecheck"
	"github.com/pijnpoort/pijnpoort/profiles"
)

// testKeys is a key file with a key that is no secret, so that bundles are always the same.
func testKeys(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "keys.yaml")
	if err := os.WriteFile(file, []byte("- {id: test, secret: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=}\n"), 0o400); err != nil {
		t.Fatal(err)
	}
	return file
}

// runBundle runs bundle with the test key, for a clinic that does not exist.
func runBundle(t *testing.T, arguments ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, err bytes.Buffer
	m := Main{
		Args: append([]string{"bundle", "--as-of=" + patientsAsOf}, arguments...), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err,
		Environ: []string{"PIJNPOORT_REGISTRY_PSEUDONYM_KEYS=" + testKeys(t), "PIJNPOORT_REGISTRY_CLINIC=http://fhir.nl/fhir/NamingSystem/agb-z|06010101",
			"PIJNPOORT_REGISTRY_TENANT=test", "PIJNPOORT_DATA=" + t.TempDir()},
	}
	status = m.Run(t.Context())
	return out.String(), err.String(), status
}

// TestBundles holds the bundle of every example patient against its golden file, and
// against the profiles.
func TestBundles(t *testing.T) {
	checker, err := profilecheck.New(profiles.FS)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../test/patients/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no example patients: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			stdout, stderr, status := runBundle(t, file)
			if name == "centrum-2024" {
				if status != unanswered || !strings.Contains(stderr, "about a pain centre, not about a patient") || stdout != "" {
					t.Errorf("status %d: %s", status, stderr)
				}
				return
			}
			if status != answered {
				t.Fatalf("status %d: %s", status, stderr)
			}
			for _, issue := range checker.Check([]byte(stdout), "") {
				if issue.Severity != fhir.SeverityInformation {
					t.Errorf("%s %s: %s", issue.Severity, issue.Path, issue.Reason)
				}
			}
			var indented bytes.Buffer
			if err := json.Indent(&indented, []byte(stdout), "", "  "); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("../../test/patients", name+".bundle.golden")
			if *update {
				if err := os.WriteFile(path, indented.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), indented.String()); diff != "" {
				t.Errorf("differs from %s (-want +got); if it should, run the test with -update:\n%s", path, diff)
			}
		})
	}
}

// TestBundlesAreTheSameHoweverOften: the same input, the same bytes, on the screen and in
// a folder.
func TestBundlesAreTheSameHoweverOften(t *testing.T) {
	folder := t.TempDir()
	first, _, _ := runBundle(t, "../../test/patients")
	second, _, _ := runBundle(t, "../../test/patients")
	_, _, _ = runBundle(t, "../../test/patients", "--out", folder)
	if first != second || first == "" {
		t.Error("the same input gave other bytes")
	}
	files, err := filepath.Glob(folder + "/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(first, string(content)) {
			t.Errorf("%s is another bundle", filepath.Base(file))
		}
	}
	distinct := make(map[string]bool) // the patients of poli.ndjson have files of their own too
	for line := range strings.Lines(first) {
		distinct[line] = true
	}
	if len(distinct) != len(files) || len(files) == 0 {
		t.Errorf("%d bundles, %d files", len(distinct), len(files))
	}
}
