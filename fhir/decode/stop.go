package decode

import "github.com/pijnpoort/pijnpoort/fhir"

// stopTypes are the modifierExtensions that we understand, on medication: in
// Dutch medication data an agreement to stop is itself a MedicationRequest.
var stopTypes = map[string]bool{
	fhir.StopType: true,
	"http://nictiz.nl/fhir/StructureDefinition/zib-Medication-StopType": true, // zib2017
}

// coded is a code in a system.
type coded struct{ system, code string }

// stops gives the status that a kind of stopping amounts to.
var stops = map[coded]string{
	{"http://snomed.info/sct", "410546004"}:                    "stopped",
	{"http://snomed.info/sct", "385655000"}:                    "on-hold",
	{"http://snomed.info/sct", "89925002"}:                     "cancelled",
	{"urn:oid:2.16.840.1.113883.2.4.3.11.60.20.77.5.2.1", "1"}: "on-hold", // temporarily
	{"urn:oid:2.16.840.1.113883.2.4.3.11.60.20.77.5.2.1", "2"}: "stopped", // for good
}

// stopType reads the modifierExtensions of medication and refuses all but the stop type.
func (r *reader) stopType(to *[]fhir.Extension) {
	if !r.enter('[') {
		return
	}
	for i := 0; r.next(i == 0, ']'); i++ {
		r.at(i)
		if !stopTypes[r.lookAhead("url")] {
			r.modifier()
			continue
		}
		var e fhir.Extension
		object(r, &extensionElements, &e)
		e.URL = fhir.StopType
		if r.subject.stopped = stopStatus(e.CodeableConcept); r.subject.stopped == "" {
			r.wrong(codeExtension, "a stop type that is not understood")
		}
		*to = append(*to, e)
	}
}

// stopStatus is the status that goes with a stop type, "" when it is not known.
func stopStatus(concept *fhir.CodeableConcept) string {
	if concept == nil {
		return ""
	}
	for _, c := range concept.Coding {
		if status := stops[coded{c.System, c.Code}]; status != "" {
			return status
		}
	}
	return ""
}

func finishMedicationRequest(r *reader, m *fhir.MedicationRequest) {
	if r.subject.stopped != "" && m.Status != "entered-in-error" {
		m.Status = r.subject.stopped
	}
}

func finishMedicationStatement(r *reader, m *fhir.MedicationStatement) {
	switch {
	case m.Status == "entered-in-error":
	case r.subject.not, r.subject.stopped == "cancelled": // a statement has no such status
		m.Status = "not-taken"
	case r.subject.stopped != "":
		m.Status = r.subject.stopped
	case r.subject.unsure:
		m.Status = "unknown"
	}
}
