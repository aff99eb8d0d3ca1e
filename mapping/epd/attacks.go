package epd

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// attacks is a frequency of attacks of cluster headache.
type attacks struct {
	entry *entry
	day   mapping.Day
	value mapping.Value // per week
}

func (m *mapper) attackFrequency(e *entry, o *fhir.Observation, at fhir.DateTime) {
	date, ok := mapping.DateOf(at)
	if !ok || o.Value.Quantity == nil {
		e.ignore("value", "no dated quantity")
		return
	}
	value, reason := in("/wk", o.Value.Quantity)
	if reason == "" && unitOf(o.Value.Quantity) == "" {
		reason = "unit is missing"
	}
	if reason != "" {
		e.ignore("valueQuantity", reason)
		return
	}
	evidence := e.says("valueQuantity", string(o.Value.Quantity.Value)+" "+unitOf(o.Value.Quantity), at.Text)
	m.attacks = append(m.attacks, attacks{e, date.Last, mapping.NumberValue(mapping.Exactly(value), evidence)})
}

// settleAttacks takes the newest frequency before the trial, and the newest in it. In a new
// course only what was measured since the former implantation counts.
func (m *mapper) settleAttacks() {
	slices.SortStableFunc(m.attacks, func(a, b attacks) int { return int(b.day) - int(a.day) })
	start, _ := m.earliest("trial-start")
	former := m.formerImplant()
	if start <= former {
		start = someDay
	}
	m.newestAttacks("cch.attacks-per-week", func(d mapping.Day) bool { return d > former && d < start })
	if end, _, ok := m.last("trial-start", "trial-end", "implant-date"); ok {
		m.newestAttacks("trial-attacks-per-week", func(d mapping.Day) bool { return d >= start && d <= end })
	}
	for _, a := range m.attacks {
		a.entry.ignore("effective", "there is a newer measurement")
	}
}

func (m *mapper) newestAttacks(fact string, counts func(mapping.Day) bool) {
	found := false
	var day mapping.Day
	for _, a := range m.attacks {
		if counts(a.day) && (!found || a.day == day) {
			found, day = true, a.day
			m.add(a.entry, fact, a.value)
		}
	}
}
