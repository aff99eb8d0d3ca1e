package neuromodulation

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/fhir"
)

// referred are the types of resources that others refer to and without which those say
// little. Prefetch templates cannot ask for them along with the others, since _include
// is not in the recommended subset; where the FHIR server may be called they are fetched.
var referred = []struct {
	kind string
	told bool // on the card, when it could not be had
}{{"Medication", true}, {"PractitionerRole", false}}

// idsPerQuery bounds the length of a query.
const idsPerQuery = 50

var relative = regexp.MustCompile(`^([A-Za-z]+)/([A-Za-z0-9\-.]{1,64})$`)

// fetchReferred fetches what resources refer to and did not come along. further says
// that there is more to read now, in call.Data; lacks is what could not be had.
func fetchReferred(call *cdshooks.Call, c *fhir.Chart) (further bool, lacks []cdshooks.Datum) {
	ids := map[string][]string{}
	for _, r := range c.Resources {
		reference := reference(r)
		if reference == nil || c.Resolve(r, *reference) != nil {
			continue
		}
		if parts := relative.FindStringSubmatch(reference.Reference); parts != nil && !slices.Contains(ids[parts[1]], parts[2]) {
			ids[parts[1]] = append(ids[parts[1]], parts[2])
		}
	}
	for _, of := range referred {
		var queries []string
		for some := range slices.Chunk(ids[of.kind], idsPerQuery) {
			queries = append(queries, of.kind+"?_id="+strings.Join(some, ","))
		}
		if queries == nil {
			continue
		}
		for _, datum := range call.Fetch(queries...) {
			datum.Key = of.kind
			switch {
			case datum.State == cdshooks.Complete:
				call.Data, further = append(call.Data, datum), true
			case of.told:
				lacks = append(lacks, datum)
			}
		}
	}
	return further, lacks
}

// reference is the reference of a resource that is worth following.
func reference(r fhir.Resource) *fhir.Reference {
	switch r := r.(type) {
	case *fhir.MedicationRequest:
		return r.MedicationReference
	case *fhir.MedicationStatement:
		return r.MedicationReference
	case *fhir.Condition:
		return r.Asserter
	}
	return nil
}
