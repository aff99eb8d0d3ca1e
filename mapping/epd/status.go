package epd

import "github.com/pijnpoort/pijnpoort/fhir"

const (
	conditionVerification = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
	conditionClinical     = "http://terminology.hl7.org/CodeSystem/condition-clinical"
	allergyVerification   = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
	allergyClinical       = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
)

// certainty is how sure a condition or allergy is.
type certainty uint8

const (
	uncertain certainty = iota // provisional, differential, unconfirmed, contradictory or not stated
	confirmed
	refuted
	erroneous
)

// certainties says what the codes of a verification status mean: HL7's own and
// those of the zib. Codes that are not here leave the matter uncertain.
var certainties = map[string]map[string]certainty{
	conditionVerification: {"confirmed": confirmed, "refuted": refuted, "entered-in-error": erroneous},
	allergyVerification:   {"confirmed": confirmed, "refuted": refuted, "entered-in-error": erroneous},
	"":                    {"confirmed": confirmed, "refuted": refuted, "entered-in-error": erroneous},
	snomed:                {"410605003": confirmed, "410516002": refuted},
}

// certaintyOf reads a verification status; codings that disagree leave it
// uncertain, and an error stays an error.
func certaintyOf(c *fhir.CodeableConcept) certainty {
	if c == nil {
		return uncertain
	}
	result, stated := uncertain, false
	for i := range c.Coding {
		codes, known := certainties[c.Coding[i].System]
		if !known {
			continue
		}
		says := codes[c.Coding[i].Code]
		switch {
		case says == erroneous:
			return erroneous
		case !stated:
			result, stated = says, true
		case says != result:
			result = uncertain
		}
	}
	return result
}

// activity is whether a condition or allergy is there now.
type activity uint8

const (
	unstated activity = iota
	active
	inactive
)

var activities = map[string]map[string]activity{
	conditionClinical: clinicalCodes,
	allergyClinical:   clinicalCodes,
	"":                clinicalCodes,
	snomed:            {"55561003": active, "73425007": inactive},
}

var clinicalCodes = map[string]activity{
	"active": active, "recurrence": active, "relapse": active,
	"inactive": inactive, "remission": inactive, "resolved": inactive,
}

// activityOf reads a clinical status; codings that disagree leave it unstated.
func activityOf(c *fhir.CodeableConcept) activity {
	if c == nil {
		return unstated
	}
	result := unstated
	for i := range c.Coding {
		says := activities[c.Coding[i].System][c.Coding[i].Code]
		switch {
		case says == unstated:
		case result == unstated:
			result = says
		case says != result:
			return unstated
		}
	}
	return result
}
