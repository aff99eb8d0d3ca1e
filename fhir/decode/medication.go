package decode

import "github.com/pijnpoort/pijnpoort/fhir"

var medicationStatements = resourceTable[fhir.MedicationStatement]([]element[fhir.MedicationStatement]{
	{name: "identifier", read: func(r *reader, x *fhir.MedicationStatement) { many(r, identifiers, &x.Identifier) }},
	{name: "modifierExtension", read: func(r *reader, m *fhir.MedicationStatement) { r.stopType(&m.Extension) }},
	{name: "status", read: func(r *reader, m *fhir.MedicationStatement) { r.code(&m.Status) }},
	{name: "taken", read: func(r *reader, _ *fhir.MedicationStatement) { r.taken() }},
	{name: "statusReason", choice: "statusReason", read: func(r *reader, m *fhir.MedicationStatement) { many(r, concepts, &m.StatusReason) }},
	{name: "reasonNotTaken", choice: "statusReason", read: func(r *reader, m *fhir.MedicationStatement) { r.stu3(); many(r, concepts, &m.StatusReason) }},
	{name: "basedOn", read: func(r *reader, m *fhir.MedicationStatement) { many(r, references, &m.BasedOn) }},
	{name: "partOf", read: func(r *reader, m *fhir.MedicationStatement) { many(r, references, &m.PartOf) }},
	{name: "category", read: func(r *reader, m *fhir.MedicationStatement) { one(r, concepts, &m.Category) }},
	{name: "medicationCodeableConcept", choice: "medication", read: func(r *reader, m *fhir.MedicationStatement) { one(r, concepts, &m.MedicationCodeableConcept) }},
	{name: "medicationReference", choice: "medication", read: func(r *reader, m *fhir.MedicationStatement) { one(r, references, &m.MedicationReference) }},
	{name: "subject", read: func(r *reader, m *fhir.MedicationStatement) { object(r, references, &m.Subject) }},
	{name: "effectiveDateTime", choice: "effective", read: func(r *reader, m *fhir.MedicationStatement) { r.dateTime(&m.EffectiveDateTime) }},
	{name: "effectivePeriod", choice: "effective", read: func(r *reader, m *fhir.MedicationStatement) { one(r, periods, &m.EffectivePeriod) }},
	{name: "dateAsserted", read: func(r *reader, m *fhir.MedicationStatement) { r.dateTime(&m.DateAsserted) }},
	{name: "derivedFrom", read: func(r *reader, m *fhir.MedicationStatement) { many(r, references, &m.DerivedFrom) }},
	{name: "reasonCode", read: func(r *reader, m *fhir.MedicationStatement) { many(r, concepts, &m.ReasonCode) }},
	{name: "reasonReference", read: func(r *reader, m *fhir.MedicationStatement) { many(r, references, &m.ReasonReference) }},
	{name: "dosage", read: func(r *reader, m *fhir.MedicationStatement) { many(r, dosages, &m.Dosage) }},
	{name: "note", read: func(r *reader, m *fhir.MedicationStatement) { many(r, annotations, &m.Note) }},
}, ignored[fhir.MedicationStatement]("", "context", "informationSource"))

var medicationRequests = resourceTable[fhir.MedicationRequest]([]element[fhir.MedicationRequest]{
	{name: "identifier", read: func(r *reader, x *fhir.MedicationRequest) { many(r, identifiers, &x.Identifier) }},
	{name: "modifierExtension", read: func(r *reader, m *fhir.MedicationRequest) { r.stopType(&m.Extension) }},
	{name: "status", read: func(r *reader, m *fhir.MedicationRequest) { r.code(&m.Status) }},
	{name: "statusReason", read: func(r *reader, m *fhir.MedicationRequest) { one(r, concepts, &m.StatusReason) }},
	{name: "intent", read: func(r *reader, m *fhir.MedicationRequest) { r.code(&m.Intent) }},
	{name: "category", read: func(r *reader, m *fhir.MedicationRequest) { stu3several(r, concepts, &m.Category) }},
	{name: "doNotPerform", read: func(r *reader, m *fhir.MedicationRequest) { r.boolean(&m.DoNotPerform) }},
	{name: "reportedBoolean", choice: "reported", read: func(r *reader, m *fhir.MedicationRequest) { r.boolean(&m.ReportedBoolean) }},
	{name: "medicationCodeableConcept", choice: "medication", read: func(r *reader, m *fhir.MedicationRequest) { one(r, concepts, &m.MedicationCodeableConcept) }},
	{name: "medicationReference", choice: "medication", read: func(r *reader, m *fhir.MedicationRequest) { one(r, references, &m.MedicationReference) }},
	{name: "subject", read: func(r *reader, m *fhir.MedicationRequest) { object(r, references, &m.Subject) }},
	{name: "context", read: func(r *reader, _ *fhir.MedicationRequest) { r.stu3(); r.skip() }},
	{name: "requester", read: func(r *reader, _ *fhir.MedicationRequest) { r.requester() }},
	{name: "authoredOn", read: func(r *reader, m *fhir.MedicationRequest) { r.dateTime(&m.AuthoredOn) }},
	{name: "basedOn", read: func(r *reader, m *fhir.MedicationRequest) { many(r, references, &m.BasedOn) }},
	{name: "priorPrescription", read: func(r *reader, m *fhir.MedicationRequest) { one(r, references, &m.PriorPrescription) }},
	{name: "reasonCode", read: func(r *reader, m *fhir.MedicationRequest) { many(r, concepts, &m.ReasonCode) }},
	{name: "reasonReference", read: func(r *reader, m *fhir.MedicationRequest) { many(r, references, &m.ReasonReference) }},
	{name: "dosageInstruction", read: func(r *reader, m *fhir.MedicationRequest) { many(r, dosages, &m.DosageInstruction) }},
	{name: "dispenseRequest", read: func(r *reader, m *fhir.MedicationRequest) { one(r, dispenseRequests, &m.DispenseRequest) }},
	{name: "note", read: func(r *reader, m *fhir.MedicationRequest) { many(r, annotations, &m.Note) }},
}, ignored[fhir.MedicationRequest]("reported", "reportedReference"),
	ignored[fhir.MedicationRequest]("", "priority", "encounter", "performer", "recorder", "groupIdentifier", "substitution"))

var dispenseRequests = tableOf([]element[fhir.DispenseRequest]{
	{name: "validityPeriod", read: func(r *reader, d *fhir.DispenseRequest) { one(r, periods, &d.ValidityPeriod) }},
	{name: "quantity", read: func(r *reader, d *fhir.DispenseRequest) { one(r, quantities, &d.Quantity) }},
	{name: "expectedSupplyDuration", read: func(r *reader, d *fhir.DispenseRequest) { one(r, quantities, &d.ExpectedSupplyDuration) }},
}, ignored[fhir.DispenseRequest]("", "id", "extension", "initialFill", "dispenseInterval", "numberOfRepeatsAllowed", "performer"))

var medications = resourceTable[fhir.Medication]([]element[fhir.Medication]{
	{name: "code", read: func(r *reader, m *fhir.Medication) { one(r, concepts, &m.Code) }},
	{name: "status", read: func(r *reader, m *fhir.Medication) { r.code(&m.Status) }},
	{name: "form", read: func(r *reader, m *fhir.Medication) { one(r, concepts, &m.Form) }},
	{name: "amount", read: func(r *reader, m *fhir.Medication) { one(r, ratios, &m.Amount) }},
	{name: "ingredient", read: func(r *reader, m *fhir.Medication) { many(r, ingredients, &m.Ingredient) }},
}, ignored[fhir.Medication]("", "identifier", "manufacturer", "batch"))

var ingredients = tableOf([]element[fhir.Ingredient]{
	{name: "itemCodeableConcept", choice: "item", read: func(r *reader, i *fhir.Ingredient) { one(r, concepts, &i.ItemCodeableConcept) }},
	{name: "itemReference", choice: "item", read: func(r *reader, i *fhir.Ingredient) { one(r, references, &i.ItemReference) }},
	{name: "isActive", read: func(r *reader, i *fhir.Ingredient) { r.boolean(&i.IsActive) }},
	{name: "strength", choice: "strength", read: func(r *reader, i *fhir.Ingredient) { one(r, ratios, &i.Strength) }},
	{name: "amount", choice: "strength", read: func(r *reader, i *fhir.Ingredient) { stu3one(r, ratios, &i.Strength) }},
}, ignored[fhir.Ingredient]("", "id", "extension"))

var dosages = tableOf([]element[fhir.Dosage]{
	{name: "sequence", read: func(r *reader, d *fhir.Dosage) { r.integer(&d.Sequence) }},
	{name: "text", read: func(r *reader, d *fhir.Dosage) { r.string(&d.Text) }},
	{name: "patientInstruction", read: func(r *reader, d *fhir.Dosage) { r.string(&d.PatientInstruction) }},
	{name: "timing", read: func(r *reader, d *fhir.Dosage) { one(r, timings, &d.Timing) }},
	{name: "asNeededBoolean", choice: "asNeeded", read: func(r *reader, d *fhir.Dosage) { r.boolean(&d.AsNeededBoolean) }},
	{name: "asNeededCodeableConcept", choice: "asNeeded", read: func(r *reader, d *fhir.Dosage) { one(r, concepts, &d.AsNeededCodeableConcept) }},
	{name: "route", read: func(r *reader, d *fhir.Dosage) { one(r, concepts, &d.Route) }},
	{name: "method", read: func(r *reader, d *fhir.Dosage) { one(r, concepts, &d.Method) }},
	{name: "doseAndRate", read: func(r *reader, d *fhir.Dosage) { r.dosesAndRates(d) }},
	{name: "doseRange", choice: "dose", read: func(r *reader, d *fhir.Dosage) { one(r, ranges, &r.stu3dose(d).DoseRange) }},
	{name: "doseQuantity", choice: "dose", read: func(r *reader, d *fhir.Dosage) { one(r, quantities, &r.stu3dose(d).DoseQuantity) }},
	{name: "rateRatio", choice: "rate", read: func(r *reader, d *fhir.Dosage) { one(r, ratios, &r.stu3dose(d).RateRatio) }},
	{name: "rateRange", choice: "rate", read: func(r *reader, d *fhir.Dosage) { one(r, ranges, &r.stu3dose(d).RateRange) }},
	{name: "rateQuantity", choice: "rate", read: func(r *reader, d *fhir.Dosage) { one(r, quantities, &r.stu3dose(d).RateQuantity) }},
	{name: "maxDosePerPeriod", read: func(r *reader, d *fhir.Dosage) { one(r, ratios, &d.MaxDosePerPeriod) }},
	{name: "maxDosePerAdministration", read: func(r *reader, d *fhir.Dosage) { one(r, quantities, &d.MaxDosePerAdministration) }},
}, ignored[fhir.Dosage]("", "id", "extension", "additionalInstruction", "site", "maxDosePerLifetime"))

var doseAndRates = tableOf([]element[fhir.DoseAndRate]{
	{name: "type", read: func(r *reader, d *fhir.DoseAndRate) { one(r, concepts, &d.Type) }},
	{name: "doseRange", choice: "dose", read: func(r *reader, d *fhir.DoseAndRate) { one(r, ranges, &d.DoseRange) }},
	{name: "doseQuantity", choice: "dose", read: func(r *reader, d *fhir.DoseAndRate) { one(r, quantities, &d.DoseQuantity) }},
	{name: "rateRatio", choice: "rate", read: func(r *reader, d *fhir.DoseAndRate) { one(r, ratios, &d.RateRatio) }},
	{name: "rateRange", choice: "rate", read: func(r *reader, d *fhir.DoseAndRate) { one(r, ranges, &d.RateRange) }},
	{name: "rateQuantity", choice: "rate", read: func(r *reader, d *fhir.DoseAndRate) { one(r, quantities, &d.RateQuantity) }},
}, ignored[fhir.DoseAndRate]("", "id", "extension"))

var timings = tableOf([]element[fhir.Timing]{
	{name: "event", read: func(r *reader, t *fhir.Timing) { each(r, (*reader).dateTime, &t.Event) }},
	{name: "repeat", read: func(r *reader, t *fhir.Timing) { one(r, repeats, &t.Repeat) }},
	{name: "code", read: func(r *reader, t *fhir.Timing) { one(r, concepts, &t.Code) }},
}, ignored[fhir.Timing]("", "id", "extension"))

var repeats = tableOf([]element[fhir.Repeat]{
	{name: "boundsDuration", choice: "bounds", read: func(r *reader, t *fhir.Repeat) { one(r, quantities, &t.BoundsDuration) }},
	{name: "boundsRange", choice: "bounds", read: func(r *reader, t *fhir.Repeat) { one(r, ranges, &t.BoundsRange) }},
	{name: "boundsPeriod", choice: "bounds", read: func(r *reader, t *fhir.Repeat) { one(r, periods, &t.BoundsPeriod) }},
	{name: "count", read: func(r *reader, t *fhir.Repeat) { r.integer(&t.Count) }},
	{name: "countMax", read: func(r *reader, t *fhir.Repeat) { r.integer(&t.CountMax) }},
	{name: "duration", read: func(r *reader, t *fhir.Repeat) { r.decimal(&t.Duration) }},
	{name: "durationMax", read: func(r *reader, t *fhir.Repeat) { r.decimal(&t.DurationMax) }},
	{name: "durationUnit", read: func(r *reader, t *fhir.Repeat) { r.code(&t.DurationUnit) }},
	{name: "frequency", read: func(r *reader, t *fhir.Repeat) { r.integer(&t.Frequency) }},
	{name: "frequencyMax", read: func(r *reader, t *fhir.Repeat) { r.integer(&t.FrequencyMax) }},
	{name: "period", read: func(r *reader, t *fhir.Repeat) { r.decimal(&t.Period) }},
	{name: "periodMax", read: func(r *reader, t *fhir.Repeat) { r.decimal(&t.PeriodMax) }},
	{name: "periodUnit", read: func(r *reader, t *fhir.Repeat) { r.code(&t.PeriodUnit) }},
	{name: "dayOfWeek", read: func(r *reader, t *fhir.Repeat) { each(r, (*reader).code, &t.DayOfWeek) }},
	{name: "timeOfDay", read: func(r *reader, t *fhir.Repeat) { each(r, (*reader).time, &t.TimeOfDay) }},
	{name: "when", read: func(r *reader, t *fhir.Repeat) { each(r, (*reader).code, &t.When) }},
}, ignored[fhir.Repeat]("", "id", "extension", "offset"))
