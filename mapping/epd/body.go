package epd

import (
	"math/big"
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// body is what was measured for the body mass index.
type body struct{ index, weight, height newest }

// newest keeps the measurements of the latest day.
type newest struct {
	day    mapping.Day
	values []measurement
}

type measurement struct {
	entry    *entry
	value    *big.Rat
	evidence mapping.Evidence
}

// possible bounds what a body can measure, per unit; outside them the unit or
// the number is wrong.
var possible = map[string][2]*big.Rat{
	"kg/m2": {big.NewRat(5, 1), big.NewRat(200, 1)},
	"kg":    {big.NewRat(1, 2), big.NewRat(700, 1)},
	"m":     {big.NewRat(1, 4), big.NewRat(28, 10)},
}

func (m *mapper) measure(e *entry, o *fhir.Observation, to *newest, unit string, at fhir.DateTime) {
	q := o.Value.Quantity
	if q == nil {
		e.ignore("value", "no quantity")
		return
	}
	if q.Comparator != "" {
		e.ignore("valueQuantity", "no exact value")
		return
	}
	value, reason := in(unit, q)
	if reason == "" && (compare(value, possible[unit][0]) < 0 || compare(value, possible[unit][1]) > 0) {
		reason = "not possible in this unit"
	}
	if reason != "" {
		e.ignore("valueQuantity", reason)
		return
	}
	day := anyDay // undated is older than anything
	if date, ok := mapping.DateOf(at); ok {
		day = date.Last
	}
	if len(to.values) > 0 && day < to.day {
		e.ignore("effective", "there is a newer measurement")
		return
	}
	if day > to.day {
		for _, older := range to.values {
			older.entry.ignore("effective", "there is a newer measurement")
		}
		to.values = nil
	}
	evidence := e.says("valueQuantity", string(q.Value)+" "+unitOf(q), at.Text)
	to.day, to.values = day, append(to.values, measurement{e, value, evidence})
}

// settleBody states the body mass index: as measured, as it follows from weight
// and height, or, where both were sent and differ, the interval between them.
func (m *mapper) settleBody() {
	indices, computed := m.body.index.values, m.body.computed()
	state := m.narrow
	if len(m.record.Fact("bmi").Values) == 0 {
		// Nothing was answered: measurements of one day that differ contradict each other.
		state = func(fact string, n mapping.Number, evidence ...mapping.Evidence) {
			m.record.Add(fact, mapping.NumberValue(n, evidence...))
		}
	}
	if len(computed) == 0 {
		for _, part := range slices.Concat(m.body.weight.values, m.body.height.values) {
			part.entry.ignore("", "weight and height count only together")
		}
	}
	for _, i := range indices {
		i.entry.used = true
		if len(computed) == 0 {
			state("bmi", mapping.Exactly(i.value), i.evidence)
		}
		for _, c := range computed {
			low, high := i.value, c.value
			if compare(low, high) > 0 {
				low, high = high, low
			}
			state("bmi", mapping.Number{Low: low, High: high}, append([]mapping.Evidence{i.evidence}, c.evidence...)...)
		}
	}
	if len(indices) > 0 {
		return
	}
	for _, c := range computed {
		state("bmi", mapping.Exactly(c.value), c.evidence...)
	}
}

// computedIndex is a body mass index in kg/m2 that follows from a weight and a height.
type computedIndex struct {
	value    *big.Rat
	evidence []mapping.Evidence
}

func (b *body) computed() (list []computedIndex) {
	for _, w := range b.weight.values {
		for _, h := range b.height.values {
			w.entry.used, h.entry.used = true, true
			square := new(big.Rat).Mul(h.value, h.value)
			list = append(list, computedIndex{square.Quo(w.value, square), []mapping.Evidence{w.evidence, h.evidence}})
		}
	}
	return list
}
