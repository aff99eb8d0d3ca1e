package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// BSN is the system of the Dutch citizen service number.
const BSN = "http://fhir.nl/fhir/NamingSystem/bsn"

// patient takes the person. A chart without Patient gives none.
func (r *reader) patient() {
	p := r.chart.Patient
	if p == nil {
		return
	}
	r.serve(p)
	out := &r.out.Patient
	out.Origin = Origin{Key: "Patient", Version: p.Meta.VersionID, Updated: p.Meta.LastUpdated.Text}
	for _, i := range p.Identifier {
		one := Identifier{i.System, i.Value}
		switch {
		case i.Value == "" && i.System == "":
		case i.Value == "" || i.System == "":
			r.drop(p, "identifier", "an identifier without system or value identifies nobody")
		case !slices.Contains(out.Identifiers, one):
			out.Identifiers = append(out.Identifiers, one)
		}
	}
	slices.SortFunc(out.Identifiers, compareIdentifiers)
	out.BirthDate = p.BirthDate.Text
	if slices.Contains([]string{"male", "female", "other", "unknown"}, p.Gender) {
		out.Gender = p.Gender
	} else if p.Gender != "" {
		r.drop(p, "gender", "no code of administrative gender")
	}
	switch {
	case !p.DeceasedDateTime.IsZero():
		out.Deceased = p.DeceasedDateTime.Text
	case p.DeceasedBoolean != nil && *p.DeceasedBoolean:
		out.Deceased = "true"
	}
	each(r, func(other *fhir.Patient) { r.serve(other) })
}

// compareIdentifiers puts the BSN first, and others in the order of the alphabet.
func compareIdentifiers(a, b Identifier) int {
	if (a.System == BSN) != (b.System == BSN) {
		if a.System == BSN {
			return -1
		}
		return 1
	}
	return strings.Compare(a.System+"|"+a.Value, b.System+"|"+b.Value)
}
