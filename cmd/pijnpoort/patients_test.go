package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// patientsAsOf is the day by which the example patients are judged.
const patientsAsOf = "2025-06-16"

// run starts the program and gives what it wrote and its exit status.
func run(t *testing.T, arguments ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, err bytes.Buffer
	m := Main{Args: arguments, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err}
	status = m.Run(context.Background())
	return out.String(), err.String(), status
}

// TestPatients holds the advice on every example patient against its golden files.
func TestPatients(t *testing.T) {
	files, err := filepath.Glob("../../test/patients/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no example patients: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		for golden, flags := range map[string][]string{
			name + ".nl.golden":   {"--format=text", "--lang=nl"},
			name + ".en.golden":   {"--format=text", "--lang=en"},
			name + ".json.golden": {"--format=json"},
		} {
			t.Run(golden, func(t *testing.T) {
				stdout, stderr, status := run(t, append([]string{"advise", file, "--as-of=" + patientsAsOf}, flags...)...)
				if status != answered || stderr != "" {
					t.Fatalf("status %d: %s", status, stderr)
				}
				path := filepath.Join("../../test/patients", golden)
				if *update {
					if err := os.WriteFile(path, []byte(stdout), 0o644); err != nil {
						t.Fatal(err)
					}
					return
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), stdout); diff != "" {
					t.Errorf("differs from %s (-want +got); if it should, run the test with -update:\n%s", golden, diff)
				}
			})
		}
	}
}
