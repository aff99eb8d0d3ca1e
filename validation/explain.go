package validation

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
// ok is false when no rule has the id.
func FactsOf(criterion string) (facts []string, treatment Treatment, ok bool) {
	for _, set := range allSets() {
		i, found := set.byID[criterion]
		if !found {
			continue
		}
		rule := &set.rules[i]
		switch {
		case rule.Test != nil:
			ok, treatment = true, Judged
			facts = append(facts, factsOf(rule.Test, rule.When)...)
		case ok:
		case rule.entry.Effect == "report":
			ok, treatment = true, Reported
		default:
			ok, treatment = true, Shown
		}
	}
	return unique(facts), treatment, ok
}

func unique(list []string) []string {
	var result []string
	for _, s := range list {
		if !contains(result, s) {
			result = append(result, s)
		}
	}
	return result
}
