package registration

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// The CodeSystems of what is registered; their codes are the constants and comments
// of the types.
const (
	ProcedureKindSystem   = mapping.CanonicalBase + "/CodeSystem/procedure-kind"
	ModalitySystem        = mapping.CanonicalBase + "/CodeSystem/modality"
	ContactKindSystem     = mapping.CanonicalBase + "/CodeSystem/contact-kind"
	MedicationGroupSystem = mapping.CanonicalBase + "/CodeSystem/medication-group"
	MeasurementSystem     = mapping.CanonicalBase + "/CodeSystem/measurement"
	CostKindSystem        = mapping.CanonicalBase + "/CodeSystem/cost-kind"
	RevisionReasonSystem  = mapping.CanonicalBase + "/CodeSystem/revision-reason"
)

// concepts are what an element means.
func (r *reader) concepts(c *fhir.CodeableConcept) []terminology.Concept {
	return r.Terminology.Match(c).Concepts()
}

// meaning is the first entry of a table that one of the concepts has.
func meaning[T any](table map[terminology.Concept]T, concepts []terminology.Concept) (value T, ok bool) {
	for _, c := range concepts {
		if value, ok = table[c]; ok {
			return value, true
		}
	}
	return value, false
}

// public are the systems of which a site may map codes that we do not list.
var public = []string{
	"http://snomed.info/sct", "http://loinc.org", "http://www.whocc.no/atc", "http://hl7.org/fhir/sid/icd-10",
}

// codings are the codes of an element that may be passed on: of systems that anyone
// can look up, and with a meaning to us, so that no code holds anything else.
func (r *reader) codings(x fhir.Resource, path string, c *fhir.CodeableConcept) []Coding {
	if c == nil {
		return nil
	}
	var list []Coding
	for i := range c.Coding {
		coding := &c.Coding[i]
		if coding.IsNullFlavor() || coding.Code == "" {
			continue
		}
		if strings.HasPrefix(coding.System, mapping.CanonicalBase+"/") {
			continue // what it says is in the item already
		}
		ours := len(terminology.Embedded().Concepts(coding.System, coding.Code)) > 0
		if !ours && !(slices.Contains(public, coding.System) && len(r.Terminology.Concepts(coding.System, coding.Code)) > 0) {
			r.drop(x, path+".coding["+strconv.Itoa(i)+"]", "a code that is on no public list of ours is not passed on")
			continue
		}
		if one := (Coding{coding.System, coding.Code}); !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	slices.SortFunc(list, func(a, b Coding) int { return strings.Compare(a.System+"|"+a.Code, b.System+"|"+b.Code) })
	return list
}

// at names one of several elements.
func at(element string, i int) string { return element + "[" + strconv.Itoa(i) + "]" }

// period is a start and an end as sent.
func period(p *fhir.Period, single fhir.DateTime) (start, end fhir.DateTime) {
	if p != nil {
		return p.Start, p.End
	}
	return single, fhir.DateTime{}
}

// The statuses of R4 that may be passed on.
var (
	procedureStatuses  = []string{"in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown"}
	deviceStatuses     = []string{"active", "inactive", "completed", "stopped", "on-hold", "unknown"}
	medicationStatuses = []string{"active", "completed", "stopped", "on-hold", "entered-in-error"}
)

// status is a status of the list; anything else is none, and dropped.
func (r *reader) status(x fhir.Resource, status string, among []string) string {
	switch {
	case slices.Contains(among, status):
		return status
	case status == "":
		r.drop(x, "status", noStatus)
	default:
		r.drop(x, "status", "no status that FHIR has here")
	}
	return ""
}

// named reports whether an element has a code of the system.
func named(c *fhir.CodeableConcept, system string) bool {
	return c != nil && slices.ContainsFunc(c.Coding, func(coding fhir.Coding) bool { return coding.System == system })
}
