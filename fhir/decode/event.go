package decode

import "github.com/pijnpoort/pijnpoort/fhir"

var adverseEvents = resourceTable[fhir.AdverseEvent]([]element[fhir.AdverseEvent]{
	{name: "identifier", read: func(r *reader, a *fhir.AdverseEvent) { one(r, identifiers, &a.Identifier) }},
	{name: "actuality", choice: "actuality", read: func(r *reader, a *fhir.AdverseEvent) { r.code(&a.Actuality) }},
	{name: "category", choice: "actuality of STU3", read: func(r *reader, a *fhir.AdverseEvent) { r.actuality(a) }},
	{name: "event", choice: "event", read: func(r *reader, a *fhir.AdverseEvent) { one(r, concepts, &a.Event) }},
	{name: "type", choice: "event", read: func(r *reader, a *fhir.AdverseEvent) { stu3one(r, concepts, &a.Event) }},
	{name: "subject", read: func(r *reader, a *fhir.AdverseEvent) { object(r, references, &a.Subject) }},
	{name: "encounter", read: func(r *reader, a *fhir.AdverseEvent) { one(r, references, &a.Encounter) }},
	{name: "date", read: func(r *reader, a *fhir.AdverseEvent) { r.dateTime(&a.Date) }},
	{name: "detected", read: func(r *reader, a *fhir.AdverseEvent) { r.dateTime(&a.Detected) }},
	{name: "recordedDate", read: func(r *reader, a *fhir.AdverseEvent) { r.dateTime(&a.RecordedDate) }},
	{name: "resultingCondition", choice: "resultingCondition", read: func(r *reader, a *fhir.AdverseEvent) { many(r, references, &a.ResultingCondition) }},
	{name: "reaction", choice: "resultingCondition", read: func(r *reader, a *fhir.AdverseEvent) { r.stu3(); many(r, references, &a.ResultingCondition) }},
	{name: "location", read: func(r *reader, a *fhir.AdverseEvent) { one(r, references, &a.Location) }},
	{name: "seriousness", read: func(r *reader, a *fhir.AdverseEvent) { one(r, concepts, &a.Seriousness) }},
	{name: "outcome", read: func(r *reader, a *fhir.AdverseEvent) { one(r, concepts, &a.Outcome) }},
	{name: "suspectEntity", read: func(r *reader, a *fhir.AdverseEvent) { many(r, suspectEntities, &a.SuspectEntity) }},
}, ignored[fhir.AdverseEvent]("", "severity", "recorder", "eventParticipant", "contributor", "subjectMedicalHistory", "referenceDocument",
	"study", "description"))

// actuality reads the category: CodeableConcepts in R4, which are left out; in STU3
// a code that says whether it happened (https://hl7.org/fhir/STU3/adverseevent.html).
func (r *reader) actuality(a *fhir.AdverseEvent) {
	if r.peek() != '"' {
		r.skip()
		return
	}
	r.stu3()
	var code string
	r.code(&code)
	a.Actuality = map[string]string{"AE": "actual", "PAE": "potential"}[code]
}

var suspectEntities = tableOf([]element[fhir.SuspectEntity]{
	{name: "instance", read: func(r *reader, s *fhir.SuspectEntity) { object(r, references, &s.Instance) }},
}, ignored[fhir.SuspectEntity]("", "id", "extension", "causality", "causalityAssessment", "causalityProductRelatedness",
	"causalityAuthor", "causalityMethod", "causalityResult"))

var chargeItems = resourceTable[fhir.ChargeItem]([]element[fhir.ChargeItem]{
	{name: "identifier", read: func(r *reader, c *fhir.ChargeItem) { stu3several(r, identifiers, &c.Identifier) }},
	{name: "status", read: func(r *reader, c *fhir.ChargeItem) { r.code(&c.Status) }},
	{name: "code", read: func(r *reader, c *fhir.ChargeItem) { one(r, concepts, &c.Code) }},
	{name: "subject", read: func(r *reader, c *fhir.ChargeItem) { object(r, references, &c.Subject) }},
	{name: "context", read: func(r *reader, c *fhir.ChargeItem) { one(r, references, &c.Context) }},
	{name: "occurrenceDateTime", choice: "occurrence", read: func(r *reader, c *fhir.ChargeItem) { r.dateTime(&c.OccurrenceDateTime) }},
	{name: "occurrencePeriod", choice: "occurrence", read: func(r *reader, c *fhir.ChargeItem) { one(r, periods, &c.OccurrencePeriod) }},
	{name: "performingOrganization", read: func(r *reader, c *fhir.ChargeItem) { one(r, references, &c.PerformingOrganization) }},
	{name: "priceOverride", read: func(r *reader, c *fhir.ChargeItem) { one(r, monies, &c.PriceOverride) }},
	{name: "enteredDate", read: func(r *reader, c *fhir.ChargeItem) { r.dateTime(&c.EnteredDate) }},
	{name: "service", read: func(r *reader, c *fhir.ChargeItem) { many(r, references, &c.Service) }},
	{name: "productReference", choice: "product", read: func(r *reader, c *fhir.ChargeItem) { one(r, references, &c.ProductReference) }},
	{name: "productCodeableConcept", choice: "product", read: func(r *reader, c *fhir.ChargeItem) { one(r, concepts, &c.ProductCodeableConcept) }},
}, ignored[fhir.ChargeItem]("occurrence", "occurrenceTiming"), ignored[fhir.ChargeItem]("", "definitionUri", "definitionCanonical", "definition",
	"partOf", "performer", "participant", "requestingOrganization", "costCenter", "quantity", "bodysite", "factorOverride",
	"overrideReason", "enterer", "reason", "account", "note", "supportingInformation"))

// monies holds Money, which STU3 has as a Quantity with the currency as its code.
var monies = tableOf([]element[fhir.Money]{
	{name: "value", read: func(r *reader, m *fhir.Money) { r.decimal(&m.Value) }},
	{name: "currency", choice: "currency", read: func(r *reader, m *fhir.Money) { r.code(&m.Currency) }},
	{name: "code", choice: "currency", read: func(r *reader, m *fhir.Money) { r.stu3(); r.code(&m.Currency) }},
}, ignored[fhir.Money]("", "id", "extension", "unit", "system"))
