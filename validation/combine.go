package validation

import "github.com/pijnpoort/pijnpoort/validation/kleene"

// All is true when every part is.
type All []Test

func (t All) eval(j *judge) finding { return combine(j, t, kleene.True) }

// Some is true when at least one part is.
type Some []Test

func (t Some) eval(j *judge) finding { return combine(j, t, kleene.False) }

// combine is All when neutral is true, Some when it is false: a part that is
// neither neutral nor unknown decides alone.
func combine(j *judge, parts []Test, neutral kleene.Truth) finding {
	var settled, decided, open finding
	truth, join := neutral, kleene.And
	if neutral == kleene.False {
		join = kleene.Or
	}
	var each []kleene.Truth // as finding.each, once a part has them
	for _, part := range parts {
		f := part.eval(j)
		if each != nil || f.each != nil {
			if each == nil {
				each = []kleene.Truth{truth}
			}
			each = pairwise(each, f.truths(), join)
		}
		switch f.truth {
		case neutral:
			settled.join(f)
		case kleene.Unknown:
			open.join(f)
			if truth == neutral {
				truth = kleene.Unknown
			}
		default:
			decided.join(f)
			truth = f.truth
		}
	}
	result := settled
	switch truth {
	case kleene.Unknown:
		result = open
	case kleene.Not(neutral):
		result = decided
	}
	result.truth, result.each = truth, nil
	if len(each) > 1 {
		result.each = each
	}
	return result
}

// Not turns its test about.
type Not struct{ Test Test }

func (t Not) eval(j *judge) finding {
	f := t.Test.eval(j)
	f.truth = kleene.Not(f.truth)
	if f.each != nil {
		f.each = pairwise([]kleene.Truth{kleene.Unknown}, f.each, func(_, t kleene.Truth) kleene.Truth { return kleene.Not(t) })
	}
	return f
}

// Agreeing asks several sources the same question: those that know must agree;
// those that do not know do not matter once one knows. A source that contradicts
// itself is asked with each of its values.
type Agreeing []Test

func (t Agreeing) eval(j *judge) finding {
	var knows, open finding
	agreed := []kleene.Truth{kleene.Unknown} // with each combination of values
	for _, part := range t {
		f := part.eval(j)
		switch {
		case f.truth == kleene.Unknown:
			open.join(f)
		case knows.truth == kleene.Unknown || knows.truth == f.truth:
			knows.join(f)
			knows.truth = f.truth
		default:
			knows.join(f)
			return unknown(factOf(part), Contradictory, knows.evidence...)
		}
		agreed = pairwise(agreed, f.truths(), concur)
	}
	if len(agreed) == 1 && agreed[0] != kleene.Unknown && agreed[0] != disputed {
		knows.truth = agreed[0]
		return knows
	}
	open.each = nil
	return open
}

// disputed is what two sources give that know otherwise; only Agreeing uses it.
const disputed kleene.Truth = 2

func concur(a, b kleene.Truth) kleene.Truth {
	switch {
	case a == b || b == kleene.Unknown:
		return a
	case a == kleene.Unknown:
		return b
	}
	return disputed
}

// Reading is a place where the standpunt can be read in several ways: the test
// under the key that the site has chosen, Default where it has not.
type Reading struct {
	ID      string
	Default Test
	Other   map[string]Test
}

func (t Reading) chosen(j *judge) Test {
	if key, ok := j.options.Readings[t.ID]; ok {
		if other, ok := t.Other[key]; ok {
			return other
		}
	}
	return t.Default
}

func (t Reading) eval(j *judge) finding { return t.chosen(j).eval(j) }

// Remark adds a note and flags to a test that turns out true, when When is true too.
type Remark struct {
	Test, When Test
	Note       note
	Flags      []string
}

func (t Remark) eval(j *judge) finding {
	f := t.Test.eval(j)
	if f.truth == kleene.True && t.When.eval(j).truth == kleene.True {
		f.note = t.Note
		f.flags = append(f.flags, t.Flags...)
	}
	return f
}

// Deemed makes a missing statement count as Truth, where the site has chosen the
// key of a reading that says so; by default nothing is assumed.
type Deemed struct {
	Test         Test
	Truth        kleene.Truth
	Reading, Key string
}

func (t Deemed) eval(j *judge) finding {
	f := t.Test.eval(j)
	if f.truth == kleene.Unknown && j.reads(t.Reading, t.Key) && onlyAbsent(f.missing) {
		return finding{truth: t.Truth, note: noteDeemed}
	}
	return f
}

// closedWorld takes silence for absence of an exclusion, where the site has chosen so (reading A14).
func closedWorld(t Test) Test {
	return Deemed{Test: t, Truth: kleene.True, Reading: "A14", Key: "closed-world"}
}

func onlyAbsent(missing []Missing) bool {
	for _, m := range missing {
		if m.Why != Absent {
			return false
		}
	}
	return true
}
