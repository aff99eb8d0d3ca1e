package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// The systems by which Dutch care providers are known, best first.
var providers = []string{
	"http://fhir.nl/fhir/NamingSystem/agb-z", "http://fhir.nl/fhir/NamingSystem/agb", "http://fhir.nl/fhir/NamingSystem/ura",
}

// clinic is the identifier of the organisation behind one of the references, tried in
// turn. Where a turn names several, it is not told.
func (r *reader) clinic(from fhir.Resource, turns ...[]*fhir.Reference) string {
	for _, turn := range turns {
		var found []string
		for _, to := range turn {
			if id := r.organization(from, to); id != "" && !slices.Contains(found, id) {
				found = append(found, id)
			}
		}
		switch {
		case len(found) == 1:
			return found[0]
		case len(found) > 1:
			r.drop(from, "performer", "several organisations: where it happened is not told")
			return ""
		}
	}
	return ""
}

// organization follows a reference to an organisation, by way of a role or a place.
func (r *reader) organization(from fhir.Resource, to *fhir.Reference) string {
	if to == nil {
		return ""
	}
	switch x := r.chart.Resolve(from, *to).(type) {
	case *fhir.Organization:
		r.serve(x)
		return best(x.Identifier)
	case *fhir.PractitionerRole:
		r.serve(x)
		return r.organization(x, x.Organization)
	case *fhir.Location:
		r.serve(x)
		return r.organization(x, x.ManagingOrganization)
	case *fhir.Encounter:
		return r.organization(x, x.ServiceProvider)
	case nil:
		_, name := fhir.SplitReference(to.Reference)
		if to.Identifier != nil && (to.Type == "Organization" || strings.HasPrefix(name, "Organization/") || to.Type == "" && to.Reference == "") {
			return best([]fhir.Identifier{*to.Identifier})
		}
	}
	return ""
}

// best is the identifier of a provider that is known most widely.
func best(identifiers []fhir.Identifier) string {
	found, rank := "", len(providers)+1
	for _, i := range identifiers {
		if i.System == "" || i.Value == "" {
			continue
		}
		at := slices.Index(providers, i.System)
		if at < 0 {
			at = len(providers)
		}
		if id := i.System + "|" + i.Value; at < rank || at == rank && id < found {
			found, rank = id, at
		}
	}
	return found
}
