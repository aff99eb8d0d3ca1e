package centre

import (
	"maps"
	"slices"

	"github.com/pijnpoort/pijnpoort/registry/centre/statistics"
)

// tally keeps the counts of one figure in one year.
type tally struct {
	*definition
	whole  cell
	strata []map[string]*cell // by stratifier
}

// cell is the counts of a figure or of one of its strata.
type cell struct {
	numerator, denominator int
	missing, excluded      map[string]int
	days                   int
	values                 []float64
}

// newTally makes an empty one; whole leaves the strata out.
func newTally(d *definition, whole bool) *tally {
	t := &tally{definition: d}
	if !whole {
		t.strata = make([]map[string]*cell, len(d.stratifiers))
		for i := range t.strata {
			t.strata[i] = map[string]*cell{}
		}
	}
	return t
}

func (t *tally) add(o observation) {
	t.whole.add(t.kind, o)
	for i, strata := range t.strata {
		code := o.strata[i]
		if code == "" {
			code = Unknown
		}
		c := strata[code]
		if c == nil {
			c = &cell{}
			strata[code] = c
		}
		c.add(t.kind, o)
	}
}

func (c *cell) add(kind Kind, o observation) {
	switch o.class {
	case missing:
		c.missing = bump(c.missing, o.reason)
		return
	case excluded:
		c.excluded = bump(c.excluded, o.reason)
		return
	case numerator:
		c.numerator++
	}
	c.denominator++
	switch kind {
	case Rate:
		c.numerator += o.events
		c.days += o.days
	case Distribution:
		c.values = append(c.values, o.amount)
	}
}

func bump(counts map[string]int, reason string) map[string]int {
	if counts == nil {
		counts = map[string]int{}
	}
	counts[reason]++
	return counts
}

// figure gives what was counted.
func (t *tally) figure() Figure {
	f := Figure{ID: t.id, Measure: t.measure, Item: t.item, Title: t.title, Kind: t.kind, Unit: t.unit, ValueUnit: t.valueUnit, Value: t.whole.value(t.kind)}
	for i, strata := range t.strata {
		s := Stratifier{Code: t.stratifiers[i], Strata: []Stratum{}}
		for _, code := range slices.Sorted(maps.Keys(strata)) {
			s.Strata = append(s.Strata, Stratum{code, strata[code].value(t.kind)})
		}
		f.Stratifiers = append(f.Stratifiers, s)
	}
	return f
}

func (c *cell) value(kind Kind) Value {
	v := Value{Numerator: c.numerator, Denominator: c.denominator, Missing: total(c.missing), Why: c.missing, Excluded: c.excluded, Days: c.days}
	v.Initial = v.Denominator + v.Missing + total(c.excluded)
	v.score(kind)
	if kind == Distribution && len(c.values) > 0 {
		quartiles, _ := statistics.QuartilesOf(c.values)
		sum := 0.0
		for _, x := range c.values { // sorted now, so that the sum is the same in any order
			sum += x
		}
		v.Score = &quartiles.Median
		v.Spread = &Spread{quartiles, sum / float64(len(c.values)), sum, c.values[0], c.values[len(c.values)-1]}
	}
	return v
}

// score adds what follows from the counts: a proportion or a rate with its interval.
func (v *Value) score(kind Kind) {
	var score float64
	var interval statistics.Interval
	switch {
	case kind == Proportion && v.Denominator > 0:
		score, interval = float64(v.Numerator)/float64(v.Denominator), statistics.Proportion(v.Numerator, v.Denominator)
	case kind == Rate && v.Days > 0:
		centuries := float64(v.Days) / daysOfYear / 100
		score, interval = float64(v.Numerator)/centuries, statistics.Rate(v.Numerator, centuries)
	default:
		return
	}
	v.Score, v.Interval = &score, &interval
}

func total(counts map[string]int) int {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum
}
