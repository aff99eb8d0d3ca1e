//go:build oracle

package validator

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/test/population"
)

var bundles = flag.String("bundles", "", "a folder with more bundles to validate")

// root is the folder of the module, as seen from here.
const root = "../../.."

// definitions are the folders of the conformance resources.
var definitions = []string{root + "/profiles/guide", root + "/profiles/terminology", root + "/profiles/questionnaires", root + "/profiles/standpunt"}

// shapes are the shapes of a delivery that are one JSON document.
var shapes = []string{"collection", "transaction", "batch"}

// people is how many made-up patients are delivered beside the examples.
const people = 12

// delivered makes bundles of every shape, and the annual report of the made-up patients as
// MeasureReports, and gives the folder.
func delivered(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	program := filepath.Join(folder, "pijnpoort")
	run(t, ".", "go", "build", "-o", program, root+"/cmd/pijnpoort")
	patients, err := filepath.Abs(root + "/test/patients")
	if err != nil {
		t.Fatal(err)
	}
	made := filepath.Join(folder, "population")
	if err := os.Mkdir(made, 0o755); err != nil {
		t.Fatal(err)
	}
	for id, r := range population.Default(people, 7).All() {
		if err := os.WriteFile(filepath.Join(made, id+".json"), population.Bundle(id, r), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(folder, "delivered")
	for _, shape := range shapes {
		for name, source := range map[string]string{"patients": patients, "population": made} {
			// A centre among the patients is refused, by exit status 1: what counts is what came out.
			command := exec.Command(program, "bundle", source, "--as-of", "2025-06-16", "--shape", shape, "--out", filepath.Join(out, shape, name))
			command.Dir = folder
			told, err := command.CombinedOutput()
			files, _ := filepath.Glob(filepath.Join(out, shape, name, "*.json"))
			want := map[string]int{"patients": 10, "population": people}[name]
			if len(files) < want {
				t.Fatalf("%d bundles of %s as %s: %v\n%s", len(files), name, shape, err, told)
			}
		}
	}
	if err := os.MkdirAll(filepath.Join(out, "report"), 0o755); err != nil {
		t.Fatal(err)
	}
	report := exec.Command(program, "report", "year", "2023", "--from", made, "--format", "fhir", "--as-of", "2025-06-16",
		"--name", "Pijncentrum Voorbeeld", "--identifier", population.ClinicA)
	report.Dir = folder
	reports, err := report.Output()
	if err != nil {
		t.Fatalf("the annual report: %v", err)
	}
	write(t, filepath.Join(out, "report"), map[string][]byte{"2023": reports})
	if *bundles != "" {
		if err := os.CopyFS(filepath.Join(out, "given"), os.DirFS(*bundles)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// run runs a command in a folder, which must succeed.
func run(t *testing.T, folder, name string, args ...string) {
	t.Helper()
	command := exec.Command(name, args...)
	command.Dir = folder
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// write writes documents to a folder that it makes, as name.json.
func write(t *testing.T, folder string, documents map[string][]byte) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, document := range documents {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s.json", name)), document, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
