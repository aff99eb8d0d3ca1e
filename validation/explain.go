package validation

import (
	"sync"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// allSets are all rule sets, in the order of the document.
func allSets() []*ruleSet {
	var sets []*ruleSet
	sets = append(sets, aboveSet)
	for _, code := range []string{"fbss", "fnss", "crps", "pdn", "sfn", "cch", "phn", "nerve-injury-neuropathy", "angina", "pad", "other"} {
		sets = append(sets, preparationOf[code])
	}
	return append(sets, transitionSet, definitiveForPain, definitiveForAttacks, aftercareSet, doubtSet, centreSet, conceptSet)
}

// Treatment says what Pijnpoort does with an entry of the catalogue.
type Treatment string

// The treatments.
const (
	Judged   Treatment = "judged"   // decides, or flags
	Shown    Treatment = "shown"    // for information
	Reported Treatment = "reported" // compiled in the annual report
)

// FactsOf are the facts that the rule for a criterion reads, and what is done with it.
// ok is false when no rule has the id. The facts are not for changing: the rules do not
// change, so all who ask get the same list.
func FactsOf(criterion string) (facts []string, treatment Treatment, ok bool) {
	t, ok := treatedCriteria()[criterion]
	return t.facts, t.as, ok
}

// treated is what becomes of a criterion, in all the sets that hold a rule for it.
type treated struct {
	facts []string
	as    Treatment
}

// treatedCriteria are all criteria that have a rule, by id.
var treatedCriteria = sync.OnceValue(func() map[string]treated {
	all := map[string]treated{}
	for _, set := range allSets() {
		for i := range set.rules {
			rule := &set.rules[i]
			t, known := all[rule.ID]
			switch {
			case rule.Test != nil:
				t.as, t.facts = Judged, unique(append(t.facts, factsOf(rule.Test, rule.When)...))
			case known:
			case rule.entry.Effect == standpunt.Report:
				t.as = Reported
			default:
				t.as = Shown
			}
			all[rule.ID] = t
		}
	}
	return all
})

func unique(list []string) []string {
	var result []string
	for _, s := range list {
		if !contains(result, s) {
			result = append(result, s)
		}
	}
	return result
}
