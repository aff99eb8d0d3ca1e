package decode

import "github.com/pijnpoort/pijnpoort/fhir"

// What STU3 (https://hl7.org/fhir/STU3/, in the Netherlands zib2017) says
// otherwise than R4, in the elements that we read, is converted on reading. An
// element that only STU3 has marks the whole resource as STU3:
//
//	clinicalStatus, verificationStatus as a code      -> CodeableConcept
//	assertedDate                                      -> recordedDate
//	context                                           -> encounter
//	Condition.abatementBoolean                        -> clinicalStatus inactive
//	Procedure.notDone, notDoneReason                  -> status not-done, statusReason
//	Procedure.status suspended, aborted               -> on-hold, stopped
//	Procedure.performer.role                          -> function
//	MedicationStatement.taken, reasonNotTaken         -> status not-taken or unknown, statusReason
//	MedicationRequest.requester.agent                 -> (marks only)
//	Dosage.dose[x], rate[x]                           -> doseAndRate
//	Medication.ingredient.amount                      -> strength
//	Observation.comment, related                      -> note, hasMember and derivedFrom
//	QuestionnaireResponse.parent, questionnaire       -> partOf, canonical
//	Questionnaire.item.option                         -> answerOption
//	DeviceUseStatement.whenUsed, indication           -> timingPeriod, reasonCode
//	DeviceRequest.intent as a CodeableConcept         -> code
//	Device.udi, model                                 -> udiCarrier, modelNumber
//	Encounter.reason                                  -> reasonCode
//	ImagingStudy.patient, modalityList                -> subject, modality
//	DiagnosticReport.codedDiagnosis                   -> conclusionCode
//	ProcedureRequest, ReferralRequest                 -> ServiceRequest (see stu3request.go)
//	AdverseEvent.category, type, reaction             -> actuality, event, resultingCondition
//	ChargeItem.identifier, Money.code                 -> a list of one, currency
//	one category, interpretation or role              -> a list of one
func (r *reader) stu3() { r.subject.stu3 = true }

// stu3one reads an element that only STU3 has.
func stu3one[T any](r *reader, t *table[T], to **T) {
	r.stu3()
	one(r, t, to)
}

// stu3several reads a list that STU3 has as a single object.
func stu3several[T any](r *reader, t *table[T], to *[]T) {
	if r.peek() != '{' {
		many(r, t, to)
		return
	}
	r.stu3()
	*to = make([]T, 1)
	object(r, t, &(*to)[0])
}

// more adds an array of objects to a list.
func more[T any](r *reader, t *table[T], to *[]T) {
	var list []T
	many(r, t, &list)
	*to = append(*to, list...)
}

// stu3codes says what the codes of an STU3 status are in R4: a system, and codes
// that it still has (true) or that have become the absence of a status (false).
type stu3codes struct {
	system string
	codes  map[string]bool
}

var (
	conditionClinical = stu3codes{"http://terminology.hl7.org/CodeSystem/condition-clinical",
		map[string]bool{"active": true, "recurrence": true, "inactive": true, "remission": true, "resolved": true}}
	conditionVerification = stu3codes{"http://terminology.hl7.org/CodeSystem/condition-ver-status",
		map[string]bool{"provisional": true, "differential": true, "confirmed": true, "refuted": true, "entered-in-error": true, "unknown": false}}
	allergyClinical = stu3codes{"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
		map[string]bool{"active": true, "inactive": true, "resolved": true}}
	allergyVerification = stu3codes{"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
		map[string]bool{"unconfirmed": true, "confirmed": true, "refuted": true, "entered-in-error": true}}
)

// status reads a status that is a code in STU3 and a CodeableConcept in R4.
func (r *reader) status(stu3 stu3codes, to **fhir.CodeableConcept) {
	if r.peek() != '"' {
		one(r, concepts, to)
		return
	}
	r.stu3()
	code := r.str()
	stays, known := stu3.codes[code]
	switch {
	case !known:
		r.wrong(codeValue, "a code, as in STU3, but none that STU3 has here")
	case stays:
		*to = &fhir.CodeableConcept{Coding: []fhir.Coding{{System: stu3.system, Code: code}}}
	}
}

// flag reads a boolean that only STU3 has.
func (r *reader) flag(to *bool) {
	r.stu3()
	var b *bool
	r.boolean(&b)
	*to = b != nil && *b
}

// finishCondition lets a condition that is said to be over not be active.
func finishCondition(r *reader, c *fhir.Condition) {
	if r.subject.abated {
		c.ClinicalStatus = &fhir.CodeableConcept{Coding: []fhir.Coding{{System: conditionClinical.system, Code: "inactive"}}}
	}
}

// finishProcedure gives the status its R4 code. What was entered in error stays so.
func finishProcedure(r *reader, p *fhir.Procedure) {
	switch {
	case p.Status == "entered-in-error":
	case r.subject.not:
		p.Status = "not-done"
	case p.Status == "suspended":
		r.stu3()
		p.Status = "on-hold"
	case p.Status == "aborted":
		r.stu3()
		p.Status = "stopped"
	}
}

// taken reads MedicationStatement.taken.
func (r *reader) taken() {
	r.stu3()
	var code string
	r.code(&code)
	switch code {
	case "n":
		r.subject.not = true
	case "unk":
		r.subject.unsure = true
	case "y", "na", "":
	default:
		r.wrong(codeValue, "not a code that STU3 has here")
	}
}

// requester marks STU3 by requester.agent; the requester itself is not used.
func (r *reader) requester() {
	object(r, requesters, &struct{}{})
}

var requesters = tableOf([]element[struct{}]{
	{name: "agent", read: func(r *reader, _ *struct{}) { r.stu3(); r.skip() }},
}, ignored[struct{}]("", "id", "extension", "reference", "type", "identifier", "display", "onBehalfOf"))

// dosesAndRates reads Dosage.doseAndRate of R4.
func (r *reader) dosesAndRates(d *fhir.Dosage) {
	if len(d.DoseAndRate) > 0 {
		r.wrong(codeStructure, "doseAndRate as in R4 beside a dose or rate as in STU3")
	}
	r.subject.doseAndRate = true
	many(r, doseAndRates, &d.DoseAndRate)
}

// stu3dose is where a dose or rate that stands in the Dosage itself goes.
func (r *reader) stu3dose(d *fhir.Dosage) *fhir.DoseAndRate {
	r.stu3()
	if r.subject.doseAndRate {
		r.wrong(codeStructure, "a dose or rate as in STU3 beside doseAndRate as in R4")
	}
	if len(d.DoseAndRate) == 0 {
		d.DoseAndRate = make([]fhir.DoseAndRate, 1)
	}
	return &d.DoseAndRate[0]
}

// comment reads Observation.comment as a note.
func (r *reader) comment(to *[]fhir.Annotation) {
	r.stu3()
	var note fhir.Annotation
	r.string(&note.Text)
	*to = append(*to, note)
}

// relation is Observation.related.
type relation struct {
	kind   string
	target fhir.Reference
}

var relations = tableOf([]element[relation]{
	{name: "type", read: func(r *reader, to *relation) { r.code(&to.kind) }},
	{name: "target", read: func(r *reader, to *relation) { object(r, references, &to.target) }},
}, ignored[relation]("", "id", "extension"))

// related reads Observation.related; relations of other kinds are not used.
func (r *reader) related(o *fhir.Observation) {
	r.stu3()
	var list []relation
	many(r, relations, &list)
	for _, to := range list {
		switch to.kind {
		case "has-member":
			o.HasMember = append(o.HasMember, to.target)
		case "derived-from":
			o.DerivedFrom = append(o.DerivedFrom, to.target)
		}
	}
}

// questionnaire reads a canonical, or the reference that STU3 has.
func (r *reader) questionnaire(to *string) {
	if r.peek() != '{' {
		r.uri(to)
		r.refers(*to)
		return
	}
	r.stu3()
	var reference fhir.Reference
	object(r, references, &reference)
	*to = reference.Reference
}

// deviceIntent reads a code, or the CodeableConcept that STU3 has.
func (r *reader) deviceIntent(to *string) {
	if r.peek() != '{' {
		r.code(to)
		return
	}
	r.stu3()
	var intent fhir.CodeableConcept
	object(r, concepts, &intent)
	if len(intent.Coding) > 0 {
		*to = intent.Coding[0].Code
	}
}
