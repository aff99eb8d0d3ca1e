package neuromodulation

import (
	"maps"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

// The prefetch templates, in the subset of FHIR search that CDS Hooks recommends
// (https://cds-hooks.hl7.org/2.0/#prefetch-query-restrictions).
var (
	patient      = cdshooks.Template{Key: "patient", Query: "Patient/{{context.patientId}}", Essential: true}
	conditions   = cdshooks.Template{Key: "conditions", Query: "Condition?patient={{context.patientId}}", Essential: true}
	observations = cdshooks.Template{Key: "observations", Query: "Observation?patient={{context.patientId}}&code=" + strings.Join(observationCodes, ",") + "&_sort=-date"}
	procedures   = cdshooks.Template{Key: "procedures", Query: "Procedure?patient={{context.patientId}}"}
	medication   = cdshooks.Template{Key: "medication", Query: "MedicationRequest?patient={{context.patientId}}"}
	statements   = cdshooks.Template{Key: "medicationStatements", Query: "MedicationStatement?patient={{context.patientId}}"}
	answers      = cdshooks.Template{Key: "questionnaires", Query: "QuestionnaireResponse?patient={{context.patientId}}"}
	requests     = cdshooks.Template{Key: "requests", Query: "ServiceRequest?patient={{context.patientId}}"}
	careTeams    = cdshooks.Template{Key: "careTeams", Query: "CareTeam?patient={{context.patientId}}"}
	encounters   = cdshooks.Template{Key: "encounters", Query: "Encounter?patient={{context.patientId}}"}
)

// observationCodes are pain scores, weight, height, body mass index and pregnancy:
// the observations that the rules use, of all that an EPD has.
var observationCodes = []string{
	"http://loinc.org|72514-3", "http://loinc.org|38208-5", "http://loinc.org|38214-3", "http://loinc.org|56840-2",
	"http://snomed.info/sct|225908003", "http://snomed.info/sct|273904000", "http://snomed.info/sct|406127006",
	"http://loinc.org|29463-7", "http://loinc.org|8302-2", "http://loinc.org|39156-5", "http://snomed.info/sct|60621009",
	"http://loinc.org|82810-3",
}

// withSite puts a site's own queries over templates: of a key that is there the query,
// and after them the keys that are not, which are data we read but do not ask for.
func withSite(templates []cdshooks.Template, own map[string]string) []cdshooks.Template {
	templates = slices.Clone(templates)
	for _, key := range slices.Sorted(maps.Keys(own)) {
		i := slices.IndexFunc(templates, func(t cdshooks.Template) bool { return t.Key == key })
		if i < 0 {
			templates = append(templates, cdshooks.Template{Key: key, Query: own[key]})
			continue
		}
		templates[i].Query = own[key]
	}
	return templates
}
