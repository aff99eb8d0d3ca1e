package validation

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// finding is what evaluating a test gives.
type finding struct {
	truth    kleene.Truth
	each     []kleene.Truth     // the different truths that contradictory values give; nil when there are none
	evidence []mapping.Evidence // what decided; or, when undecided, what contradicts
	missing  []Missing          // what could still decide; empty unless truth is Unknown
	flags    []string           // remarks for the verdict
	note     note               // remark for the criterion
}

// Missing is a datum that could change an outcome.
type Missing struct {
	Fact string
	Why  Lack
}

// Lack says in what way a datum is missing.
type Lack uint8

// The ways in which a datum can be missing.
const (
	Absent        Lack = iota // nothing recorded
	Contradictory             // several values that do not agree
	Imprecise                 // an interval or partial date on both sides of the limit
	Unsettled                 // recorded, but the value itself leaves it open
	NotYetDue                 // its time has not come
)

// unknown is the finding that a fact is missing.
func unknown(fact string, why Lack, evidence ...mapping.Evidence) finding {
	return finding{missing: []Missing{{fact, why}}, evidence: evidence, note: lackNotes[why]}
}

// known is a finding that is certain.
func known(truth kleene.Truth, evidence []mapping.Evidence) finding {
	return finding{truth: truth, evidence: evidence}
}

// decide weighs all values of a fact, each a possible completion: they must
// agree for the finding to be certain.
func decide(fact *mapping.Fact, truth func(v *mapping.Value) kleene.Truth) finding {
	if len(fact.Values) == 0 {
		return unknown(fact.ID, Absent)
	}
	if len(fact.Values) == 1 {
		v := &fact.Values[0]
		if t := truth(v); t != kleene.Unknown {
			return known(t, v.Evidence)
		}
		why := Unsettled
		if v.Kind == mapping.Numeric || v.Kind == mapping.Dated {
			why = Imprecise
		}
		return unknown(fact.ID, why, v.Evidence...)
	}
	var each []kleene.Truth
	for i := range fact.Values {
		each = addTruth(each, truth(&fact.Values[i]))
	}
	switch {
	case len(each) > 1:
		f := unknown(fact.ID, Contradictory, evidenceOf(fact)...)
		f.each = each
		return f
	case each[0] == kleene.Unknown:
		return unknown(fact.ID, Unsettled, evidenceOf(fact)...)
	}
	return known(each[0], evidenceOf(fact))
}

// truths are the truths that the recorded values give, one by one.
func (f *finding) truths() []kleene.Truth {
	if f.each != nil {
		return f.each
	}
	return []kleene.Truth{f.truth}
}

func addTruth(list []kleene.Truth, t kleene.Truth) []kleene.Truth {
	if slices.Contains(list, t) {
		return list
	}
	return append(list, t)
}

// pairwise joins every truth of a with every one of b.
func pairwise(a, b []kleene.Truth, join func(x, y kleene.Truth) kleene.Truth) []kleene.Truth {
	var list []kleene.Truth
	for _, x := range a {
		for _, y := range b {
			list = addTruth(list, join(x, y))
		}
	}
	return list
}

func evidenceOf(fact *mapping.Fact) []mapping.Evidence {
	if len(fact.Values) == 1 {
		return fact.Values[0].Evidence
	}
	var all []mapping.Evidence
	for i := range fact.Values {
		all = append(all, fact.Values[i].Evidence...)
	}
	return all
}

// join merges the certain or uncertain parts of two findings into a.
func (a *finding) join(b finding) {
	if len(a.evidence) == 0 {
		a.evidence = b.evidence
	} else if len(b.evidence) > 0 {
		a.evidence = append(a.evidence[:len(a.evidence):len(a.evidence)], b.evidence...)
	}
	if len(a.missing) == 0 {
		a.missing = b.missing
	} else {
		for _, m := range b.missing {
			a.missing = addMissing(a.missing, m)
		}
	}
	if len(b.flags) > 0 {
		a.flags = append(a.flags[:len(a.flags):len(a.flags)], b.flags...)
	}
	if a.note == (note{}) {
		a.note = b.note
	}
}

func addMissing(list []Missing, m Missing) []Missing {
	for _, have := range list {
		if have.Fact == m.Fact {
			return list
		}
	}
	return append(list[:len(list):len(list)], m)
}
