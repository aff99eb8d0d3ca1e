package profiles_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/opioid"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/profiles"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// resource is what the tests look at of a conformance resource.
type resource struct {
	Type    string `json:"resourceType"`
	ID      string `json:"id"`
	URL     string `json:"url"`
	Version string `json:"version"`
	Status  string `json:"status"`
	Concept []struct {
		Code        string `json:"code"`
		Display     string `json:"display"`
		Designation []struct {
			Language, Value string
		} `json:"designation"`
	} `json:"concept"`
	Content string `json:"content"`
}

func read(t *testing.T, name string) resource {
	t.Helper()
	document, err := fs.ReadFile(profiles.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	var r resource
	if err := json.Unmarshal(document, &r); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return r
}

// Every resource is named by its type and id, has its canonical under ours, and the one version.
func TestResourcesAreNamedByTheirCanonical(t *testing.T) {
	seen := map[string]string{}
	err := fs.WalkDir(profiles.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		r := read(t, name)
		if !strings.HasSuffix(name, "/"+r.Type+"-"+r.ID+".json") {
			t.Errorf("%s is %s/%s", name, r.Type, r.ID)
		}
		if r.URL != mapping.CanonicalBase+"/"+r.Type+"/"+r.ID || r.Version != profiles.Version {
			t.Errorf("%s: %s|%s", name, r.URL, r.Version)
		}
		if other := seen[r.URL]; other != "" {
			t.Errorf("%s and %s are the same", name, other)
		}
		seen[r.URL] = name
		return nil
	})
	if err != nil || len(seen) < 300 {
		t.Fatalf("%d resources: %v", len(seen), err)
	}
}

// The version has one place more, where SUSHI reads it.
func TestVersionOfTheGuide(t *testing.T) {
	document, err := os.ReadFile("fsh/sushi-config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct{ Canonical, Version string }
	if err := yaml.Unmarshal(document, &config); err != nil {
		t.Fatal(err)
	}
	if config.Version != profiles.Version || config.Canonical != mapping.CanonicalBase {
		t.Errorf("sushi-config.yaml: %+v", config)
	}
}

// texts gives constants as strings.
func texts[T ~string](values ...T) []string {
	var list []string
	for _, v := range values {
		list = append(list, string(v))
	}
	return list
}

// The codes of a CodeSystem are those the program uses.
func TestCodesAreThoseOfTheProgram(t *testing.T) {
	var tables []string
	for _, table := range opioid.Tables() {
		tables = append(tables, table.ID)
	}
	for id, want := range map[string][]string{
		"indication": mapping.AllConditions,
		"procedure-kind": texts(registration.Trial, registration.Implant, registration.Generator, registration.Revision,
			registration.Replacement, registration.Explant, registration.Unspecified),
		"phase":     texts(validation.Phases...),
		"outcome":   []string{kleene.Met.String(), kleene.NotMet.String(), kleene.Undecided.String(), kleene.NotApplicable.String()},
		"med-table": tables,
		"verdict": texts(validation.CoveredEligible, validation.NotEligible, validation.NotCovered, validation.NeedsData,
			validation.ReferralNeeded, validation.Transition, validation.NoRuleInForce, validation.VersionConflict, validation.NoIndication,
			validation.TrialContinue, validation.ExtensionAllowed, validation.Compliant, validation.Overdue, validation.SwitchOn,
			validation.StayOff, validation.TeamJudgement, validation.CooperationRequired, validation.NotCompliant),
	} {
		var got []string
		for _, c := range read(t, "guide/CodeSystem-"+id+".json").Concept {
			got = append(got, c.Code)
		}
		slices.Sort(got)
		want = slices.Sorted(slices.Values(want))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("CodeSystem/%s (-program +guide):\n%s", id, diff)
		}
	}
}

// What users of a hospital may read has words in both languages.
func TestCodesHaveDutchWords(t *testing.T) {
	names, err := fs.Glob(profiles.FS, "guide/CodeSystem-*.json")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		r := read(t, name)
		if r.Content != "complete" || len(r.Concept) == 0 {
			t.Errorf("%s: content %s with %d codes", name, r.Content, len(r.Concept))
		}
		for _, c := range r.Concept {
			if c.Display == "" || len(c.Designation) != 1 || c.Designation[0].Language != "nl" || c.Designation[0].Value == "" {
				t.Errorf("%s: %s has %q and %v", name, c.Code, c.Display, c.Designation)
			}
		}
	}
}
