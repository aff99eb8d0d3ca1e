package opioid

import (
	"errors"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

var (
	errNoStrength = errors.New("the strength of the product is not known")
	errPatchMass  = errors.New("a mass does not say at what rate a patch delivers")
	errAmount     = errors.New("the dose is not an amount of medicine")
)

// product is what one unit of the medicine holds or delivers.
type product struct {
	route     Route
	strengths []measure // every strength on record: mass per piece, volume or hour
}

// productOf gathers the strengths from the Medication and from every name the product goes by.
func productOf(u *Use, names []string) product {
	p := product{}
	for _, i := range ingredientsOf(u.Medication, stem(u.Ingredient)) {
		if m, err := measuredRatio(i.Strength); err == nil && m.of == mass {
			p.strengths = append(p.strengths, m)
		}
	}
	for _, name := range names {
		if m, ok := strengthInName(name, u.Ingredient); ok {
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

// ingredientsOf are the active ingredients with a strength: the one that goes
// by the stem, or the only one there is.
func ingredientsOf(m *fhir.Medication, stem string) []fhir.Ingredient {
	if m == nil {
		return nil
	}
	var all []fhir.Ingredient
	for _, i := range m.Ingredient {
		if i.IsActive != nil && !*i.IsActive || i.Strength == nil {
			continue
		}
		for _, name := range concepts(i.ItemCodeableConcept) {
			if strings.Contains(plain(name), stem) {
				return []fhir.Ingredient{i}
			}
		}
		all = append(all, i)
	}
	if len(all) != 1 {
		return nil
	}
	return all
}

// per is the strength per piece, volume or hour; where sources differ (a patch
// of 12.5 ug/h is sold as 12), the interval around them.
func (p product) per(d dimension) (strength mapping.Number, ok bool) {
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
func (p product) milligrams(m measure) (mapping.Number, error) {
	switch m.of {
	case mass:
		return m.amount, nil
	case piece, volume:
		strength, ok := p.per(m.of)
		if !ok {
			return mapping.Number{}, errNoStrength
		}
		return times(m.amount, strength), nil
	}
	return mapping.Number{}, errAmount
}
