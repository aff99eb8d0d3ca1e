package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/test/population"
)

// clinics writes the patients of a population as two clinics would, each in a folder: who
// was in both stands in both files.
func clinics(t *testing.T, patients int) string {
	t.Helper()
	folder := t.TempDir()
	var a, b bytes.Buffer
	p := population.Default(patients, 5)
	for id, r := range p.All() {
		bundle := append(bytes.ReplaceAll(population.Bundle(id, r), []byte("\n"), []byte(" ")), '\n')
		a.Write(bundle)
		if strings.HasSuffix(id, "7") {
			b.Write(bundle)
		}
	}
	for name, content := range map[string][]byte{"a.ndjson": a.Bytes(), "b.ndjson": b.Bytes()} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// yearly runs the command.
func yearly(t *testing.T, arguments ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	m := Main{Args: append([]string{"report"}, arguments...), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Environ: []string{"PIJNPOORT_DATA=" + t.TempDir()}}
	status = m.Run(t.Context())
	return status, out.String(), errs.String()
}

func TestReportOfFiles(t *testing.T) {
	const patients = 60
	folder := clinics(t, patients)
	status, stdout, stderr := yearly(t, "2023", "--from", folder, "--as-of", "2024-12-31", "--format", "json", "--name", "Test")
	if status != answered {
		t.Fatalf("status %d: %s", status, stderr)
	}
	var plain struct {
		Year     int
		Received struct{ Patients, Procedures int }
		Figures  []struct {
			ID        string
			Numerator int
		}
	}
	if err := json.Unmarshal([]byte(stdout), &plain); err != nil {
		t.Fatal(err)
	}
	if plain.Year != 2023 || plain.Received.Patients != patients || plain.Received.Procedures == 0 || len(plain.Figures) < 40 {
		t.Errorf("%+v", plain)
	}
	for format, want := range map[string]string{"text": "Jaarverslag neuromodulatie 2023", "csv": "measure,figure", "fhir": `"resourceType": "MeasureReport"`} {
		status, stdout, stderr := yearly(t, "year", "2023", "--from", folder, "--as-of", "2024-12-31", "--format", format, "--identifier", "https://example.org|1")
		if status != answered || !strings.Contains(stdout, want) {
			t.Errorf("%s: status %d, %s\n%.300s", format, status, stderr, stdout)
		}
	}
}

func TestReportOfAnEmptyStore(t *testing.T) {
	status, stdout, stderr := yearly(t, "2024", "--lang", "en", "--as-of", "2025-06-01")
	if status != answered || !strings.Contains(stdout, "0 patients") {
		t.Errorf("status %d: %s\n%.300s", status, stderr, stdout)
	}
}

func TestReportRefuses(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.json")
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		arguments []string
		status    int
		want      string
	}{
		{[]string{"year"}, wrongUsage, "year"},
		{[]string{"2023", "--as-of", "yesterday"}, wrongUsage, "--as-of"},
		{[]string{"2023", "--from", broken}, unanswered, "broken.json"},
		{[]string{"3023"}, unanswered, "year"},
		{[]string{"2023", "--outcomes", broken}, wrongUsage, "registry.report.outcomes"},
		{[]string{"2023", "--attestation", broken}, wrongUsage, "registry.report.attestation"},
		{[]string{"2023", "--format", "fhir", "--as-of", "2024-01-01"}, unanswered, "identifier"},
	} {
		if status, _, stderr := yearly(t, test.arguments...); status != test.status || !strings.Contains(stderr, test.want) {
			t.Errorf("%v: status %d, %s", test.arguments, status, stderr)
		}
	}
}
