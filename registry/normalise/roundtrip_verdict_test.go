package normalise_test

import (
	"slices"
	"strings"
	"testing"

	godiff "github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
	"github.com/pijnpoort/pijnpoort/validation"
)

// The verdict of an example patient comes back: standpunt, phase, verdict, what came of
// every criterion, and what was missing.
func TestVerdictsAreReadBack(t *testing.T) {
	seen := 0
	for name, made := range examples(t) {
		first := made.Registration.Patient.Identifiers[0]
		if _, err := pseudonym.Person(first.System, first.Value); err != nil || made.Verdict.Standpunt == "" {
			continue
		}
		seen++
		got, _ := readBack(t, body(t, normaliser(normalise.Collection), made.Registration))
		want := judged(made.Verdict, made.Registration)
		var have []string
		for i := range got.Judgements {
			have = append(have, lines(&got.Judgements[i]))
		}
		slices.Sort(have)
		if diff := godiff.Diff(want, have); diff != "" {
			t.Errorf("%s (-verdict +read):\n%s", name, diff)
		}
	}
	if seen == 0 {
		t.Error("no verdict was compared")
	}
}

// judged are the lines of a verdict that a reader of the bundle can know.
func judged(v *validation.Verdict, r *registration.Registration) []string {
	line := func(indication, modality string, verdict validation.Conclusion, criteria []validation.Criterion, missing []validation.MissingFact) string {
		if !slices.ContainsFunc(r.Indications, func(x registration.Indication) bool { return x.Code == indication && !x.Retracted }) {
			indication = ""
		}
		facts := []string{v.Standpunt, v.AsOf.String(), string(v.Phase), indication, strings.Replace(modality, "DRGS", "DRG", 1), string(verdict)}
		for i := range criteria {
			facts = append(facts, criteria[i].ID+" "+criteria[i].Outcome.String())
		}
		for _, m := range missing {
			facts = append(facts, "missing "+m.Fact)
		}
		return strings.Join(facts, "\n")
	}
	list := []string{line("", "", v.Verdict, v.Criteria, v.Missing)}
	for i := range v.Indications {
		on := &v.Indications[i]
		list = append(list, line(on.Indication, on.Modality, on.Verdict, on.Criteria, nil))
	}
	slices.Sort(list)
	return list
}

// lines are a judgement as judged has it.
func lines(j *registration.Judgement) string {
	facts := []string{j.Standpunt, j.AsOf, j.Phase, j.Indication, j.Modality, j.Verdict}
	for _, o := range j.Outcomes {
		facts = append(facts, o.Criterion+" "+o.Outcome)
	}
	for _, fact := range j.Missing {
		facts = append(facts, "missing "+fact)
	}
	return strings.Join(facts, "\n")
}
