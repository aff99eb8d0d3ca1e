package validation

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// Test is a condition on a record; a rule is a tree of tests. What a test is made
// of and which facts it reads, walk.go tells.
type Test interface {
	// eval gives the truth with its reasons.
	eval(j *judge) finding
}

// Coded tests the code of a fact: true for the codes in Yes, false for those in
// No; any other leaves it open.
type Coded struct {
	Fact    string
	Yes, No []string
}

func (t Coded) truth(code string) kleene.Truth {
	for _, c := range t.Yes {
		if c == code {
			return kleene.True
		}
	}
	for _, c := range t.No {
		if c == code {
			return kleene.False
		}
	}
	return kleene.Unknown
}

func (t Coded) eval(j *judge) finding {
	return decide(j.fact(t.Fact), func(v *mapping.Value) kleene.Truth { return t.truth(v.Code) })
}

// Has tests a fact whose values stand side by side: true when one of them is in
// Codes, false when there are values and none is.
type Has struct {
	Fact  string
	Codes []string
}

func (t Has) eval(j *judge) finding {
	f := j.fact(t.Fact)
	if len(f.Values) == 0 {
		return unknown(t.Fact, Absent)
	}
	for i := range f.Values {
		if contains(t.Codes, f.Values[i].Code) {
			return known(kleene.True, f.Values[i].Evidence)
		}
	}
	return known(kleene.False, evidenceOf(f))
}

// Stated tests a fact that is true or false.
type Stated struct{ Fact string }

func (t Stated) eval(j *judge) finding {
	return decide(j.fact(t.Fact), func(v *mapping.Value) kleene.Truth { return kleene.Of(v.True) })
}

// Affirmed is true when a fact is stated to be true, and open otherwise: a "no"
// means not yet.
type Affirmed struct{ Fact string }

func (t Affirmed) eval(j *judge) finding {
	return decide(j.fact(t.Fact), func(v *mapping.Value) kleene.Truth {
		if v.True {
			return kleene.True
		}
		return kleene.Unknown
	})
}

// OnRecord is true when a fact is stated to be true, false when it is not: what it
// asks for must be on record.
type OnRecord struct{ Fact string }

func (t OnRecord) eval(j *judge) finding {
	if len(j.fact(t.Fact).Values) == 0 {
		return finding{truth: kleene.False}
	}
	return Stated(t).eval(j)
}

// Recorded is true when there is any value, and open otherwise.
type Recorded struct{ Fact string }

func (t Recorded) eval(j *judge) finding {
	f := j.fact(t.Fact)
	if len(f.Values) == 0 {
		return unknown(t.Fact, Absent)
	}
	return known(kleene.True, evidenceOf(f))
}

// Comparison is how a number is held against a limit.
type Comparison uint8

// The comparisons.
const (
	AtLeast Comparison = iota
	MoreThan
	LessThan
	AtMost
)

var compare = [...]func(mapping.Number, *big.Rat) kleene.Truth{
	AtLeast: kleene.AtLeast, MoreThan: kleene.MoreThan, LessThan: kleene.LessThan, AtMost: kleene.AtMost,
}

// Signs are the comparisons as people write them.
var Signs = [...]string{AtLeast: ">=", MoreThan: ">", LessThan: "<", AtMost: "<="}

// Limit holds the number of a fact against a limit.
type Limit struct {
	Fact  string
	Is    Comparison
	Bound int64 // in the unit of the fact
}

func (t Limit) eval(j *judge) finding {
	bound := whole(t.Bound)
	return decide(j.fact(t.Fact), func(v *mapping.Value) kleene.Truth { return compare[t.Is](v.Number, bound) })
}

// Elapsed is true when a span has passed since the date of a fact, up to and
// including the as-of day: Years and Months by the calendar, Days by count.
type Elapsed struct {
	Fact                string
	Years, Months, Days int
}

func (t Elapsed) full(d mapping.Day) mapping.Day {
	return (d.AddYears(t.Years)).AddMonths(t.Months) + mapping.Day(t.Days)
}

func (t Elapsed) eval(j *judge) finding {
	return decide(j.fact(t.Fact), func(v *mapping.Value) kleene.Truth {
		return kleene.Passed(v.Date, t.full, j.asOf)
	})
}

// Since is true when the date of a fact lies at most Years before the as-of day;
// exactly that many years still counts.
type Since struct {
	Fact  string
	Years int
}

func (t Since) eval(j *judge) finding {
	limit := func(d mapping.Day) mapping.Day { return d.AddYears(t.Years) + 1 }
	return decide(j.fact(t.Fact), func(v *mapping.Value) kleene.Truth {
		return kleene.Not(kleene.Passed(v.Date, limit, j.asOf))
	})
}

// Before is true when the date of a fact lies before a day.
type Before struct {
	Fact string
	Day  mapping.Day
}

func (t Before) eval(j *judge) finding {
	return decide(j.fact(t.Fact), func(v *mapping.Value) kleene.Truth { return kleene.OnOrBefore(v.Date, t.Day-1) })
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// whole numbers up to the largest limit, made once.
var wholes = func() (w [101]*big.Rat) {
	for i := range w {
		w[i] = big.NewRat(int64(i), 1)
	}
	return
}()

func whole(n int64) *big.Rat { return wholes[n] }
