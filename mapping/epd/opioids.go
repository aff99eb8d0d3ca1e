package epd

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/opioid"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// routes are the routes of opioids by concept. Only a code may state one here:
// words are read where the dose is reckoned, next to the dosage.
var routes = map[terminology.Concept]opioid.Route{
	"route-oral":        opioid.Oral,
	"route-transdermal": opioid.Transdermal,
	"route-sublingual":  opioid.Sublingual,
	"route-buccal":      opioid.Sublingual,
	"route-nasal":       opioid.Nasal,
	"route-rectal":      opioid.Rectal,
	"route-parenteral":  opioid.Parenteral,
	"route-intrathecal": opioid.Parenteral,
}

// opioidUse is the resource of an opioid, and that it is one.
type opioidUse struct {
	entry    *entry
	evidence mapping.Evidence
}

// opioid notes an opioid for the dose that all of them come to.
func (m *mapper) opioid(e *entry, f *finding, found []finding, name string, use intake) {
	u := opioid.Use{
		Ingredient:  ingredientOf(found),
		Combination: has(found, "med-opioid-combination") != nil,
		Resource:    e.resource,
		Medication:  use.medication,
		Name:        name,
	}
	for i := range found {
		if route := routes[found[i].concept]; route != "" && found[i].coding >= 0 {
			u.Route = route
		}
	}
	m.opioids = append(m.opioids, u)
	m.opioidUses = append(m.opioidUses, opioidUse{e, e.tells(use.element, f, use.date)})
}

// settleOpioids reckons the morphine equivalent dose. Without an opioid in the
// chart it is known only when it was answered.
func (m *mapper) settleOpioids() {
	r := m.record
	r.Opioid.Table = m.MEDTable
	if len(m.opioids) > 0 {
		var evidence []mapping.Evidence
		r.Opioid, evidence = opioid.Compute(m.opioids, m.AsOf, m.MEDTable)
		m.reckonedDose(evidence)
	}
	m.answeredDose()
}

// reckonedDose takes the dose into its fact, next to what was answered.
func (m *mapper) reckonedDose(evidence []mapping.Evidence) {
	if dose := m.record.Opioid.MED; dose != nil {
		m.narrow("opioid-med", *dose, evidence...)
		for _, use := range m.opioidUses {
			for _, one := range evidence {
				use.entry.used = use.entry.used || one.Resource == use.entry.title()
			}
		}
	}
	denied := hasZero(m.record.Fact("opioid-med"))
	for i, use := range m.opioidUses {
		if use.entry.used && !denied {
			continue // nothing remains to be said of it
		}
		reason := opioid.NotInUse(m.opioids[i], m.AsOf)
		switch {
		case reason != "":
			use.entry.ignore("", "this opioid "+reason)
		case m.record.Opioid.MED != nil:
			use.entry.ignore("", "this opioid adds nothing to the dose")
		case denied:
			// That none is used was answered, yet one is: the answer must not stand alone.
			m.add(use.entry, "opioid-med", mapping.NumberValue(mapping.Number{Low: new(big.Rat)}, use.evidence))
		default:
			use.entry.ignore("", "the dose of the opioids cannot be reckoned")
		}
	}
}

func hasZero(f *mapping.Fact) bool {
	for i := range f.Values {
		if n := f.Values[i].Number; n.IsExact() && n.Low.Sign() == 0 {
			return true
		}
	}
	return false
}

// answeredDose lets the dose be what the fact says: what was answered where none
// can be reckoned, nothing where the two contradict each other.
func (m *mapper) answeredDose() {
	o, f := &m.record.Opioid, m.record.Fact("opioid-med")
	switch {
	case len(f.Values) == 1:
		if o.MED == nil {
			o.Why = ""
		}
		dose := f.Values[0].Number
		o.MED = &dose
	case len(f.Values) > 1:
		o.MED, o.Why = nil, "the answer and the medication list contradict each other"
	case o.Why == "":
		o.Why = "no opioid in the record, and that none is used is not attested"
	}
}
