package forms

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"
	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/intake"
)

const folder = "../profiles/questionnaires"

func TestCommittedFormsAreTheGeneratedOnes(t *testing.T) {
	forms, err := Forms()
	if err != nil {
		t.Fatal(err)
	}
	if len(forms) != 5 {
		t.Errorf("%d forms", len(forms))
	}
	for name, want := range forms {
		valid(t, want)
		got, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from what go generate writes", name)
		}
	}
}

func valid(t *testing.T, document []byte) {
	t.Helper()
	u, err := jsonformat.NewUnmarshaller("UTC", fhirversion.R4)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.UnmarshalR4(document); err != nil {
		t.Errorf("not valid R4: %v", err)
	}
}

func each(items []encode.Item, visit func(*encode.Item)) {
	for i := range items {
		visit(&items[i])
		each(items[i].Items, visit)
	}
}

// linkIDs are those of all facts, with the ends of intervals.
func linkIDs() []string {
	var ids []string
	for i := range mapping.Definitions {
		d := &mapping.Definitions[i]
		for _, id := range d.LinkIDs() {
			ids = append(ids, id)
			if d.Interval {
				ids = append(ids, id+".min", id+".max")
			}
		}
	}
	return ids
}

// Every fact is asked in the form of its section, except what the rules of an
// indication do not need.
func TestEveryFactIsAsked(t *testing.T) {
	asked := make(map[string]string)
	for i := range forms {
		each(forms[i].items(), func(it *encode.Item) {
			if earlier, twice := asked[it.LinkID]; twice && it.LinkID != "agreement-party" {
				t.Errorf("%s is asked in %s and %s", it.LinkID, earlier, forms[i].name)
			}
			asked[it.LinkID] = forms[i].name
			if d, _, _ := mapping.DefinitionOf(it.LinkID); d != nil && d.Section.Questionnaire() != forms[i].canonical() && it.LinkID != "agreement-party" {
				t.Errorf("%s is asked in %s", it.LinkID, forms[i].name)
			}
		})
	}
	var left []string
	for _, id := range linkIDs() {
		d, _, _ := mapping.DefinitionOf(id)
		if asked[id] == "" && d.ID != "consideration" {
			left = append(left, id)
		}
	}
	want := []string{"cch.coanalgesic", "phn.coanalgesic", "nerve-injury-neuropathy.coanalgesic", "angina.coanalgesic", "pad.coanalgesic", "other.coanalgesic"}
	slices.Sort(want)
	slices.Sort(left)
	if diff := cmp.Diff(want, left); diff != "" {
		t.Errorf("left out: %s", diff)
	}
	for _, indication := range append([]string{""}, mapping.AllConditions...) {
		for _, fact := range validation.Facts(indication) {
			if asked[fact] == "" {
				t.Errorf("the rules on %q read %s, which no form asks", indication, fact)
			}
		}
	}
}

func TestConsiderationsAreThoseOfTheIndication(t *testing.T) {
	got := make(map[string][]string)
	for _, group := range indicationGroups() {
		each(group.Items, func(it *encode.Item) {
			if d, _, _ := mapping.DefinitionOf(it.LinkID); d.ID == "consideration" {
				got[group.LinkID] = append(got[group.LinkID], it.LinkID[len(group.LinkID+".consideration."):])
			}
		})
	}
	want := map[string][]string{
		"fbss": {"cons-exercise", "cons-nociceptive", "cons-biopsychosocial", "minv-scar-injection", "minv-prf"},
		"fnss": {"cons-exercise", "cons-nociceptive", "cons-biopsychosocial", "minv-scar-injection", "minv-prf"},
		"crps": {"cons-exercise", "cons-biopsychosocial", "cons-antiinflammatory", "cons-dmso-lt1y", "cons-dmso-gt1y", "cons-nac", "cons-vasodilator", "cons-spasmolytic", "inv-thoracic-block", "inv-ketamine"},
		"pdn":  {"cons-exercise", "cons-nociceptive", "cons-biopsychosocial", "minv-tens", "minv-sympathetic-block"},
		"sfn":  {"cons-exercise", "cons-biopsychosocial", "cons-capsaicin"},
		"cch":  {"cons-biopsychosocial"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A form is sound when ids are unique, questions have words in both languages,
// choices have answers, and conditions look at an earlier question of the form and
// at an answer that it can have.
func TestFormsAreSound(t *testing.T) {
	for i := range forms {
		seen := make(map[string]*encode.Item)
		each(forms[i].items(), func(it *encode.Item) {
			if seen[it.LinkID] != nil {
				t.Errorf("%s twice", it.LinkID)
			}
			seen[it.LinkID] = it
			if it.Text["nl"] == "" || it.Text["en"] == "" {
				t.Errorf("%s has no text", it.LinkID)
			}
			if (it.Type == "choice") != (len(it.Options) > 0) || (it.Type == "group") != (len(it.Items) > 0) {
				t.Errorf("%s: %s with %d options and %d items", it.LinkID, it.Type, len(it.Options), len(it.Items))
			}
			for _, c := range it.EnableWhen {
				question := seen[c.Question]
				if question == nil {
					t.Errorf("%s depends on %s, which does not come before it", it.LinkID, c.Question)
					continue
				}
				if answer, ok := c.Answer.(encode.Coding); ok && !slices.ContainsFunc(question.Options, func(o encode.Option) bool { return o.Code == answer.Code }) {
					t.Errorf("%s depends on %s being %s, which it cannot be", it.LinkID, c.Question, answer.Code)
				}
				if _, ok := c.Answer.(encode.Boolean); ok && c.Operator != encode.Exists && question.Type != "boolean" {
					t.Errorf("%s depends on %s being true or false, which it cannot be", it.LinkID, c.Question)
				}
			}
		})
	}
	named := make(map[string]bool)
	for i := range forms {
		each(forms[i].items(), func(it *encode.Item) {
			_, name := intake.Split(it.LinkID)
			named[name] = true
		})
	}
	for id := range triggers {
		if !named[id] {
			t.Errorf("trigger of %s, which no form asks", id)
		}
	}
}
