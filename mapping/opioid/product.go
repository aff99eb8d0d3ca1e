package opioid

import (
	"errors"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

var (
	errNoStrength = errors.New("the strength of the product is not known")
	errPatchMass  = errors.New("a mass does not say at what rate a patch delivers")
	errAmount     = errors.New("the dose is not an amount of medicine")
	errShare      = errors.New("how much of the combination is the opioid is not known")
)

// product is what one unit of the medicine holds or delivers.
type product struct {
	route     Route
	combined  bool      // with another active ingredient
	strengths []measure // every strength of the opioid on record: mass per piece, volume or hour
}

// productOf gathers the strengths from the Medication and from every name the product goes by.
func productOf(u *Use, names []string) product {
	p := product{}
	own, others := ingredientsOf(u.Medication, stem(u.Ingredient))
	p.combined = u.Combination || len(own)+len(others) > 1 && len(others) > 0
	if len(own) == 0 && !p.combined {
		own = others // goes by another name
	}
	for _, i := range own {
		if m, err := measuredRatio(i.Strength); err == nil && m.of == mass {
			p.strengths = append(p.strengths, m)
		}
	}
	for _, name := range names {
		if m, ok := strengthInName(name, u.Ingredient, p.combined); ok {
			p.strengths = append(p.strengths, m)
		}
	}
	return p
}

// namesOf are the words for the product: given, of the Medication and of the resource.
func namesOf(u *Use, concept *fhir.CodeableConcept) []string {
	var names []string
	add := func(list ...string) {
		for _, name := range list {
			if name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	add(u.Name)
	add(concepts(concept)...)
	if u.Medication != nil {
		add(concepts(u.Medication.Code)...)
	}
	return names
}

// ingredientsOf are the active ingredients with a strength: those that go by the
// stem of the opioid's name, and the others.
func ingredientsOf(m *fhir.Medication, stem string) (own, others []*fhir.Ingredient) {
	if m == nil {
		return nil, nil
	}
	for i := range m.Ingredient {
		one := &m.Ingredient[i]
		if one.Strength == nil || one.IsActive != nil && !*one.IsActive {
			continue
		}
		named := slices.ContainsFunc(concepts(one.ItemCodeableConcept), func(name string) bool {
			return strings.Contains(plain(name), stem)
		})
		if named {
			own = append(own, one)
		} else {
			others = append(others, one)
		}
	}
	return own, others
}

// per is the strength per piece, volume or hour; where sources differ (a patch
// of 12.5 ug/h is sold as 12), the interval around them.
func (p product) per(d dimension) (strength interval, ok bool) {
	for _, m := range p.strengths {
		if m.per != d {
			continue
		}
		if !ok {
			strength, ok = m.amount, true
		}
		strength = hull(strength, m.amount)
	}
	return strength, ok
}

// milligrams turns a mass, a volume or a number of pieces into mg.
func (p product) milligrams(m measure) (interval, error) {
	switch m.of {
	case mass:
		if p.combined {
			return interval{}, errShare
		}
		return m.amount, nil
	case piece, volume:
		strength, ok := p.per(m.of)
		if !ok && p.combined {
			return interval{}, errShare
		}
		if !ok {
			return interval{}, errNoStrength
		}
		return times(m.amount, strength), nil
	}
	return interval{}, errAmount
}
