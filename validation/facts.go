package validation

import "slices"

// Facts are the facts that the rules read when they judge a condition, from
// referral to definitive implant, each once, in the order of the rules. For the
// empty indication they are those of the phases that stand above the conditions:
// aftercare, doubt and centre.
func Facts(indication string) []string {
	var facts []string
	for _, set := range setsOf(indication) {
		for i := range set.rules {
			for _, f := range factsOf(set.rules[i].When, set.rules[i].Test) {
				if !slices.Contains(facts, f) {
					facts = append(facts, f)
				}
			}
		}
	}
	return facts
}

func setsOf(indication string) []*ruleSet {
	switch {
	case indication == "":
		return []*ruleSet{aboveSet, aftercareSet, doubtSet, centreSet}
	case preparationOf[indication] == nil:
		return nil
	case indication == "cch":
		return []*ruleSet{preparationOf[indication], definitiveForAttacks}
	}
	return []*ruleSet{preparationOf[indication], definitiveForPain, transitionSet}
}
