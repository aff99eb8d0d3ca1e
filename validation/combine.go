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
	truth := neutral
	for _, part := range parts {
		f := part.eval(j)
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
	result.truth = truth
	return result
}

// Not turns its test about.
type Not struct{ Test Test }

func (t Not) eval(j *judge) finding {
	f := t.Test.eval(j)
	f.truth = kleene.Not(f.truth)
	return f
}

// Agreeing asks several sources the same question: those that know must agree;
// those that do not know do not matter once one knows, unless they contradict
// themselves.
type Agreeing []Test

func (t Agreeing) eval(j *judge) finding {
	var knows, open finding
	contradicted := false
	for _, part := range t {
		f := part.eval(j)
		switch {
		case f.truth == kleene.Unknown:
			open.join(f)
			contradicted = contradicted || contradictory(f)
		case knows.truth == kleene.Unknown || knows.truth == f.truth:
			knows.join(f)
			knows.truth = f.truth
		default:
			knows.join(f)
			return unknown(factOf(part), Contradictory, knows.evidence...)
		}
	}
	if knows.truth != kleene.Unknown && !contradicted {
		return knows
	}
	return open
}

func contradictory(f finding) bool {
	for _, m := range f.missing {
		if m.Why == Contradictory {
			return true
		}
	}
	return false
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
