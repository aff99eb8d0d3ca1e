package decode

import "github.com/pijnpoort/pijnpoort/fhir"

var conditions = resourceTable[fhir.Condition]([]element[fhir.Condition]{
	{name: "identifier", read: func(r *reader, x *fhir.Condition) { many(r, identifiers, &x.Identifier) }},
	{name: "clinicalStatus", read: func(r *reader, c *fhir.Condition) { r.status(conditionClinical, &c.ClinicalStatus) }},
	{name: "verificationStatus", read: func(r *reader, c *fhir.Condition) { r.status(conditionVerification, &c.VerificationStatus) }},
	{name: "category", read: func(r *reader, c *fhir.Condition) { many(r, concepts, &c.Category) }},
	{name: "severity", read: func(r *reader, c *fhir.Condition) { one(r, concepts, &c.Severity) }},
	{name: "code", read: func(r *reader, c *fhir.Condition) { one(r, concepts, &c.Code) }},
	{name: "bodySite", read: func(r *reader, c *fhir.Condition) { many(r, concepts, &c.BodySite) }},
	{name: "subject", read: func(r *reader, c *fhir.Condition) { object(r, references, &c.Subject) }},
	{name: "encounter", choice: "encounter", read: func(r *reader, c *fhir.Condition) { one(r, references, &c.Encounter) }},
	{name: "context", choice: "encounter", read: func(r *reader, c *fhir.Condition) { stu3one(r, references, &c.Encounter) }},
	{name: "onsetDateTime", choice: "onset", read: func(r *reader, c *fhir.Condition) { r.dateTime(&c.OnsetDateTime) }},
	{name: "onsetAge", choice: "onset", read: func(r *reader, c *fhir.Condition) { one(r, quantities, &c.OnsetAge) }},
	{name: "onsetPeriod", choice: "onset", read: func(r *reader, c *fhir.Condition) { one(r, periods, &c.OnsetPeriod) }},
	{name: "onsetRange", choice: "onset", read: func(r *reader, c *fhir.Condition) { one(r, ranges, &c.OnsetRange) }},
	{name: "onsetString", choice: "onset", read: func(r *reader, c *fhir.Condition) { r.string(&c.OnsetString) }},
	{name: "abatementDateTime", choice: "abatement", read: func(r *reader, c *fhir.Condition) { r.dateTime(&c.AbatementDateTime) }},
	{name: "abatementPeriod", choice: "abatement", read: func(r *reader, c *fhir.Condition) { one(r, periods, &c.AbatementPeriod) }},
	{name: "abatementAge", choice: "abatement", read: func(r *reader, c *fhir.Condition) { one(r, quantities, &c.AbatementAge) }},
	{name: "abatementRange", choice: "abatement", read: func(r *reader, c *fhir.Condition) { one(r, ranges, &c.AbatementRange) }},
	{name: "abatementBoolean", choice: "abatement", read: func(r *reader, _ *fhir.Condition) { r.flag(&r.subject.abated) }},
	{name: "abatementString", choice: "abatement", read: func(r *reader, c *fhir.Condition) { r.string(&c.AbatementString) }},
	{name: "recordedDate", choice: "recordedDate", read: func(r *reader, c *fhir.Condition) { r.dateTime(&c.RecordedDate) }},
	{name: "assertedDate", choice: "recordedDate", read: func(r *reader, c *fhir.Condition) { r.stu3(); r.dateTime(&c.RecordedDate) }},
	{name: "asserter", read: func(r *reader, c *fhir.Condition) { one(r, references, &c.Asserter) }},
	{name: "evidence", read: func(r *reader, c *fhir.Condition) { many(r, evidences, &c.Evidence) }},
}, ignored[fhir.Condition]("", "stage", "recorder", "note"))

var evidences = tableOf([]element[fhir.Evidence]{
	{name: "code", read: func(r *reader, e *fhir.Evidence) { many(r, concepts, &e.Code) }},
	{name: "detail", read: func(r *reader, e *fhir.Evidence) { many(r, references, &e.Detail) }},
}, ignored[fhir.Evidence]("", "id", "extension"))

var observations = resourceTable[fhir.Observation]([]element[fhir.Observation]{
	{name: "identifier", read: func(r *reader, x *fhir.Observation) { many(r, identifiers, &x.Identifier) }},
	{name: "status", read: func(r *reader, o *fhir.Observation) { r.code(&o.Status) }},
	{name: "category", read: func(r *reader, o *fhir.Observation) { many(r, concepts, &o.Category) }},
	{name: "code", read: func(r *reader, o *fhir.Observation) { one(r, concepts, &o.Code) }},
	{name: "subject", read: func(r *reader, o *fhir.Observation) { object(r, references, &o.Subject) }},
	{name: "encounter", choice: "encounter", read: func(r *reader, o *fhir.Observation) { one(r, references, &o.Encounter) }},
	{name: "context", choice: "encounter", read: func(r *reader, o *fhir.Observation) { stu3one(r, references, &o.Encounter) }},
	{name: "effectiveDateTime", choice: "effective", read: func(r *reader, o *fhir.Observation) { r.dateTime(&o.EffectiveDateTime) }},
	{name: "effectivePeriod", choice: "effective", read: func(r *reader, o *fhir.Observation) { one(r, periods, &o.EffectivePeriod) }},
	{name: "effectiveInstant", choice: "effective", read: func(r *reader, o *fhir.Observation) { r.instant(&o.EffectiveInstant) }},
	{name: "effectiveTiming", choice: "effective", read: func(r *reader, o *fhir.Observation) { one(r, timings, &o.EffectiveTiming) }},
	{name: "dataAbsentReason", read: func(r *reader, o *fhir.Observation) { one(r, concepts, &o.DataAbsentReason) }},
	{name: "interpretation", read: func(r *reader, o *fhir.Observation) { stu3several(r, concepts, &o.Interpretation) }},
	{name: "bodySite", read: func(r *reader, o *fhir.Observation) { one(r, concepts, &o.BodySite) }},
	{name: "method", read: func(r *reader, o *fhir.Observation) { one(r, concepts, &o.Method) }},
	{name: "hasMember", read: func(r *reader, o *fhir.Observation) { more(r, references, &o.HasMember) }},
	{name: "derivedFrom", read: func(r *reader, o *fhir.Observation) { more(r, references, &o.DerivedFrom) }},
	{name: "related", read: func(r *reader, o *fhir.Observation) { r.related(o) }},
	{name: "component", read: func(r *reader, o *fhir.Observation) { many(r, components, &o.Component) }},
	{name: "note", choice: "note", read: func(r *reader, o *fhir.Observation) { many(r, annotations, &o.Note) }},
	{name: "comment", choice: "note", read: func(r *reader, o *fhir.Observation) { r.comment(&o.Note) }},
}, values(func(o *fhir.Observation) *fhir.Value { return &o.Value }),
	ignored[fhir.Observation]("", "basedOn", "partOf", "issued", "performer", "focus", "specimen", "device", "referenceRange"))

var components = tableOf([]element[fhir.Component]{
	{name: "code", read: func(r *reader, c *fhir.Component) { one(r, concepts, &c.Code) }},
	{name: "dataAbsentReason", read: func(r *reader, c *fhir.Component) { one(r, concepts, &c.DataAbsentReason) }},
}, values(func(c *fhir.Component) *fhir.Value { return &c.Value }),
	ignored[fhir.Component]("", "id", "extension", "interpretation", "referenceRange"))

var procedures = resourceTable[fhir.Procedure]([]element[fhir.Procedure]{
	{name: "identifier", read: func(r *reader, x *fhir.Procedure) { many(r, identifiers, &x.Identifier) }},
	{name: "basedOn", read: func(r *reader, p *fhir.Procedure) { many(r, references, &p.BasedOn) }},
	{name: "partOf", read: func(r *reader, p *fhir.Procedure) { many(r, references, &p.PartOf) }},
	{name: "status", read: func(r *reader, p *fhir.Procedure) { r.code(&p.Status) }},
	{name: "notDone", read: func(r *reader, _ *fhir.Procedure) { r.flag(&r.subject.not) }},
	{name: "statusReason", choice: "statusReason", read: func(r *reader, p *fhir.Procedure) { one(r, concepts, &p.StatusReason) }},
	{name: "notDoneReason", choice: "statusReason", read: func(r *reader, p *fhir.Procedure) { stu3one(r, concepts, &p.StatusReason) }},
	{name: "category", read: func(r *reader, p *fhir.Procedure) { one(r, concepts, &p.Category) }},
	{name: "code", read: func(r *reader, p *fhir.Procedure) { one(r, concepts, &p.Code) }},
	{name: "subject", read: func(r *reader, p *fhir.Procedure) { object(r, references, &p.Subject) }},
	{name: "encounter", choice: "encounter", read: func(r *reader, p *fhir.Procedure) { one(r, references, &p.Encounter) }},
	{name: "context", choice: "encounter", read: func(r *reader, p *fhir.Procedure) { stu3one(r, references, &p.Encounter) }},
	{name: "performedDateTime", choice: "performed", read: func(r *reader, p *fhir.Procedure) { r.dateTime(&p.PerformedDateTime) }},
	{name: "performedPeriod", choice: "performed", read: func(r *reader, p *fhir.Procedure) { one(r, periods, &p.PerformedPeriod) }},
	{name: "performedString", choice: "performed", read: func(r *reader, p *fhir.Procedure) { r.string(&p.PerformedString) }},
	{name: "performedAge", choice: "performed", read: func(r *reader, p *fhir.Procedure) { one(r, quantities, &p.PerformedAge) }},
	{name: "performedRange", choice: "performed", read: func(r *reader, p *fhir.Procedure) { one(r, ranges, &p.PerformedRange) }},
	{name: "location", read: func(r *reader, p *fhir.Procedure) { one(r, references, &p.Location) }},
	{name: "performer", read: func(r *reader, p *fhir.Procedure) { many(r, performers, &p.Performer) }},
	{name: "reasonCode", read: func(r *reader, p *fhir.Procedure) { many(r, concepts, &p.ReasonCode) }},
	{name: "reasonReference", read: func(r *reader, p *fhir.Procedure) { many(r, references, &p.ReasonReference) }},
	{name: "bodySite", read: func(r *reader, p *fhir.Procedure) { many(r, concepts, &p.BodySite) }},
	{name: "outcome", read: func(r *reader, p *fhir.Procedure) { one(r, concepts, &p.Outcome) }},
	{name: "complication", read: func(r *reader, p *fhir.Procedure) { many(r, concepts, &p.Complication) }},
	{name: "focalDevice", read: func(r *reader, p *fhir.Procedure) { many(r, focalDevices, &p.FocalDevice) }},
	{name: "usedCode", read: func(r *reader, p *fhir.Procedure) { many(r, concepts, &p.UsedCode) }},
	{name: "note", read: func(r *reader, p *fhir.Procedure) { many(r, annotations, &p.Note) }},
}, ignored[fhir.Procedure]("", "recorder", "asserter", "report", "followUp", "usedReference"))

var performers = tableOf([]element[fhir.Performer]{
	{name: "function", choice: "function", read: func(r *reader, p *fhir.Performer) { one(r, concepts, &p.Function) }},
	{name: "role", choice: "function", read: func(r *reader, p *fhir.Performer) { stu3one(r, concepts, &p.Function) }},
	{name: "actor", read: func(r *reader, p *fhir.Performer) { object(r, references, &p.Actor) }},
	{name: "onBehalfOf", read: func(r *reader, p *fhir.Performer) { one(r, references, &p.OnBehalfOf) }},
}, ignored[fhir.Performer]("", "id", "extension"))

var focalDevices = tableOf([]element[fhir.FocalDevice]{
	{name: "action", read: func(r *reader, d *fhir.FocalDevice) { one(r, concepts, &d.Action) }},
	{name: "manipulated", read: func(r *reader, d *fhir.FocalDevice) { object(r, references, &d.Manipulated) }},
}, ignored[fhir.FocalDevice]("", "id", "extension"))

var allergies = resourceTable[fhir.AllergyIntolerance]([]element[fhir.AllergyIntolerance]{
	{name: "clinicalStatus", read: func(r *reader, a *fhir.AllergyIntolerance) { r.status(allergyClinical, &a.ClinicalStatus) }},
	{name: "verificationStatus", read: func(r *reader, a *fhir.AllergyIntolerance) { r.status(allergyVerification, &a.VerificationStatus) }},
	{name: "category", read: func(r *reader, a *fhir.AllergyIntolerance) { each(r, (*reader).code, &a.Category) }},
	{name: "code", read: func(r *reader, a *fhir.AllergyIntolerance) { one(r, concepts, &a.Code) }},
	{name: "patient", read: func(r *reader, a *fhir.AllergyIntolerance) { object(r, references, &a.Patient) }},
	{name: "recordedDate", choice: "recordedDate", read: func(r *reader, a *fhir.AllergyIntolerance) { r.dateTime(&a.RecordedDate) }},
	{name: "assertedDate", choice: "recordedDate", read: func(r *reader, a *fhir.AllergyIntolerance) { r.stu3(); r.dateTime(&a.RecordedDate) }},
}, ignored[fhir.AllergyIntolerance]("", "identifier", "type", "criticality", "encounter", "recorder", "asserter", "lastOccurrence", "note", "reaction"))

var imagingStudies = resourceTable[fhir.ImagingStudy]([]element[fhir.ImagingStudy]{
	{name: "status", read: func(r *reader, s *fhir.ImagingStudy) { r.code(&s.Status) }},
	{name: "modality", choice: "modality", read: func(r *reader, s *fhir.ImagingStudy) { many(r, codings, &s.Modality) }},
	{name: "modalityList", choice: "modality", read: func(r *reader, s *fhir.ImagingStudy) { r.stu3(); many(r, codings, &s.Modality) }},
	{name: "subject", choice: "subject", read: func(r *reader, s *fhir.ImagingStudy) { object(r, references, &s.Subject) }},
	{name: "patient", choice: "subject", read: func(r *reader, s *fhir.ImagingStudy) { r.stu3(); object(r, references, &s.Subject) }},
	{name: "started", read: func(r *reader, s *fhir.ImagingStudy) { r.dateTime(&s.Started) }},
	{name: "procedureCode", read: func(r *reader, s *fhir.ImagingStudy) { many(r, concepts, &s.ProcedureCode) }},
	{name: "description", read: func(r *reader, s *fhir.ImagingStudy) { r.string(&s.Description) }},
	{name: "series", read: func(r *reader, s *fhir.ImagingStudy) { many(r, imagingSeries, &s.Series) }},
}, ignored[fhir.ImagingStudy]("", "identifier", "encounter", "note", "numberOfSeries", "numberOfInstances"))

var imagingSeries = tableOf([]element[fhir.ImagingSeries]{
	{name: "uid", read: func(r *reader, s *fhir.ImagingSeries) { r.string(&s.UID) }},
	{name: "modality", read: func(r *reader, s *fhir.ImagingSeries) { one(r, codings, &s.Modality) }},
	{name: "bodySite", read: func(r *reader, s *fhir.ImagingSeries) { one(r, codings, &s.BodySite) }},
}, ignored[fhir.ImagingSeries]("", "id", "extension", "number", "description", "numberOfInstances",
	"endpoint", "availability", "laterality", "specimen", "started", "performer", "instance"))

var diagnosticReports = resourceTable[fhir.DiagnosticReport]([]element[fhir.DiagnosticReport]{
	{name: "status", read: func(r *reader, d *fhir.DiagnosticReport) { r.code(&d.Status) }},
	{name: "category", read: func(r *reader, d *fhir.DiagnosticReport) { stu3several(r, concepts, &d.Category) }},
	{name: "code", read: func(r *reader, d *fhir.DiagnosticReport) { one(r, concepts, &d.Code) }},
	{name: "subject", read: func(r *reader, d *fhir.DiagnosticReport) { object(r, references, &d.Subject) }},
	{name: "context", read: func(r *reader, _ *fhir.DiagnosticReport) { r.stu3(); r.skip() }},
	{name: "effectiveDateTime", choice: "effective", read: func(r *reader, d *fhir.DiagnosticReport) { r.dateTime(&d.EffectiveDateTime) }},
	{name: "effectivePeriod", choice: "effective", read: func(r *reader, d *fhir.DiagnosticReport) { one(r, periods, &d.EffectivePeriod) }},
	{name: "issued", read: func(r *reader, d *fhir.DiagnosticReport) { r.instant(&d.Issued) }},
	{name: "result", read: func(r *reader, d *fhir.DiagnosticReport) { many(r, references, &d.Result) }},
	{name: "conclusionCode", choice: "conclusionCode", read: func(r *reader, d *fhir.DiagnosticReport) { many(r, concepts, &d.ConclusionCode) }},
	{name: "codedDiagnosis", choice: "conclusionCode", read: func(r *reader, d *fhir.DiagnosticReport) { r.stu3(); many(r, concepts, &d.ConclusionCode) }},
}, ignored[fhir.DiagnosticReport]("", "identifier", "basedOn", "encounter", "performer", "conclusion", "presentedForm"))
