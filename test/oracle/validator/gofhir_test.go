//go:build oracle

package validator

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gofhir/validator/pkg/issue"
	"github.com/gofhir/validator/pkg/logger"
	"github.com/gofhir/validator/pkg/validator"

	"github.com/pijnpoort/pijnpoort/profiles"
)

// The packages that gofhir reads: R4 itself and ours.
const (
	core = "hl7.fhir.r4.core#4.0.1"
	ours = "pijnpoort.fhir"
)

// newGofhir gives gofhir's validator with R4's definitions and ours, the latter with
// snapshots made by SUSHI.
func newGofhir(t *testing.T) *validator.Validator {
	t.Helper()
	logger.Disable()
	log.SetOutput(io.Discard) // it traces
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
	packages := t.TempDir()
	folder := filepath.Join(packages, ours+"#"+profiles.Version, "package")
	run(t, root+"/profiles/fsh", "node", "build.mjs", "--snapshots", folder)
	if err := os.RemoveAll(filepath.Join(folder, "examples")); err != nil {
		t.Fatal(err)
	}
	cached, err := filepath.Abs(root + "/profiles/fsh/.home/.fhir/packages/" + core)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(cached, filepath.Join(packages, core)); err != nil {
		t.Fatal(err)
	}
	for _, source := range definitions[1:] {
		files, err := filepath.Glob(filepath.Join(source, "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatal(source, err)
		}
		for _, file := range files {
			document, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, filepath.Base(file)), document, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	write(t, folder, map[string][]byte{"package": []byte(`{"name":"` + ours + `","version":"` + profiles.Version + `","fhirVersions":["4.0.1"]}`)})
	v, err := validator.New(validator.WithPackagePath(packages), validator.WithPackage(ours, profiles.Version))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// errorsOf are the errors gofhir finds in a document and, when that is a bundle, in its
// resources, which it looks at less closely inside the bundle. It does not find profiles
// by a canonical with a version, so that is taken off first.
func errorsOf(t *testing.T, v *validator.Validator, document []byte) []string {
	t.Helper()
	document = bytes.ReplaceAll(document, []byte("|"+profiles.Version+`"`), []byte(`"`))
	documents := [][]byte{document}
	var bundle struct {
		Entry []struct {
			Resource json.RawMessage `json:"resource"`
		} `json:"entry"`
	}
	if err := json.Unmarshal(document, &bundle); err != nil {
		t.Fatal(err)
	}
	for _, e := range bundle.Entry {
		if e.Resource != nil {
			documents = append(documents, e.Resource)
		}
	}
	var found []string
	for i, d := range documents {
		result, err := v.Validate(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range result.Issues {
			if m.Severity == issue.SeverityError || m.Severity == issue.SeverityFatal {
				if i == 0 && strings.Contains(strings.Join(m.Expression, " "), ".resource") {
					continue // it comes again, of the resource by itself
				}
				found = append(found, strings.Join(m.Expression, ", ")+": "+m.Diagnostics)
			}
		}
	}
	return found
}

// mistaken are the errors in which gofhir is wrong, each with how. All must occur.
var mistaken = []struct{ text, how string }{
	{"does not match any defined slice (slicing rules are 'closed')", "it does not match extensions to their slices"},
	{"Extension 'http://hl7.org/fhir/StructureDefinition/translation' is not allowed", "it does not know that a translation may stand on any string"},
	{"Invalid reference format: '", "it does not know conditional references, which a batch has"},
}

// TestGofhir validates the definitions, the examples and what is delivered with the second
// validator. It knows fewer rules than HAPI's; that it sees a fault is asked where it does.
func TestGofhir(t *testing.T) {
	v := newGofhir(t)
	valid, wrong := 0, make([]int, len(mistaken))
	told := map[string]bool{}
	for _, folder := range append([]string{delivered(t)}, definitions...) {
		err := filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(file) != ".json" || filepath.Base(filepath.Dir(file)) == "report" {
				return err // HAPI's alone holds a report against its Measure
			}
			document, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			for _, text := range errorsOf(t, v, document) {
				i := slices.IndexFunc(mistaken, func(m struct{ text, how string }) bool { return strings.Contains(text, m.text) })
				if i >= 0 {
					wrong[i]++
				} else if !told[text] {
					told[text] = true
					t.Errorf("%s: %s", file, text)
				}
			}
			valid++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, m := range mistaken {
		if wrong[i] == 0 {
			t.Errorf("gofhir is not mistaken any more: %s", m.how)
		}
	}
	seen := 0
	bundles := faulty(t)
	for _, f := range faults {
		found := slices.DeleteFunc(errorsOf(t, v, bundles[f.name]), func(text string) bool {
			return slices.ContainsFunc(mistaken, func(m struct{ text, how string }) bool { return strings.Contains(text, m.text) })
		})
		if f.gofhir != (len(found) > 0) {
			t.Errorf("the fault %q: expected to be seen %v, found %q", f.name, f.gofhir, found)
		}
		if len(found) > 0 {
			seen++
		}
	}
	t.Logf("%d documents valid, %d of %d faults seen", valid, seen, len(faults))
}
