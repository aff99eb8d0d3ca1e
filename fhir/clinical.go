package fhir

// Condition is a diagnosis or problem (https://hl7.org/fhir/R4/condition.html).
type Condition struct {
	Header
	Identifier         []Identifier      `json:"identifier,omitempty"`
	ClinicalStatus     *CodeableConcept  `json:"clinicalStatus,omitempty"`
	VerificationStatus *CodeableConcept  `json:"verificationStatus,omitempty"`
	Category           []CodeableConcept `json:"category,omitempty"`
	Severity           *CodeableConcept  `json:"severity,omitempty"`
	Code               *CodeableConcept  `json:"code,omitempty"`
	BodySite           []CodeableConcept `json:"bodySite,omitempty"`
	Subject            Reference         `json:"subject,omitzero"`
	Encounter          *Reference        `json:"encounter,omitempty"`
	OnsetDateTime      DateTime          `json:"onsetDateTime,omitzero"`
	OnsetAge           *Quantity         `json:"onsetAge,omitempty"`
	OnsetPeriod        *Period           `json:"onsetPeriod,omitempty"`
	OnsetRange         *Range            `json:"onsetRange,omitempty"`
	OnsetString        string            `json:"onsetString,omitempty"`
	AbatementDateTime  DateTime          `json:"abatementDateTime,omitzero"`
	AbatementPeriod    *Period           `json:"abatementPeriod,omitempty"`
	AbatementAge       *Quantity         `json:"abatementAge,omitempty"`
	AbatementRange     *Range            `json:"abatementRange,omitempty"`
	AbatementString    string            `json:"abatementString,omitempty"`
	RecordedDate       DateTime          `json:"recordedDate,omitzero"`
	Asserter           *Reference        `json:"asserter,omitempty"`
	Evidence           []Evidence        `json:"evidence,omitempty"`
}

// Evidence is Condition.evidence.
type Evidence struct {
	Code   []CodeableConcept `json:"code,omitempty"`
	Detail []Reference       `json:"detail,omitempty"`
}

// Type implements Resource.
func (*Condition) Type() string { return "Condition" }

// Observation is a measurement or statement (https://hl7.org/fhir/R4/observation.html).
type Observation struct {
	Header
	Identifier []Identifier `json:"identifier,omitempty"`
	Value
	Status            string            `json:"status,omitempty"`
	Category          []CodeableConcept `json:"category,omitempty"`
	Code              *CodeableConcept  `json:"code,omitempty"`
	Subject           Reference         `json:"subject,omitzero"`
	Encounter         *Reference        `json:"encounter,omitempty"`
	EffectiveDateTime DateTime          `json:"effectiveDateTime,omitzero"`
	EffectivePeriod   *Period           `json:"effectivePeriod,omitempty"`
	EffectiveInstant  DateTime          `json:"effectiveInstant,omitzero"`
	EffectiveTiming   *Timing           `json:"effectiveTiming,omitempty"`
	DataAbsentReason  *CodeableConcept  `json:"dataAbsentReason,omitempty"`
	Interpretation    []CodeableConcept `json:"interpretation,omitempty"`
	BodySite          *CodeableConcept  `json:"bodySite,omitempty"`
	Method            *CodeableConcept  `json:"method,omitempty"`
	HasMember         []Reference       `json:"hasMember,omitempty"`
	DerivedFrom       []Reference       `json:"derivedFrom,omitempty"`
	Component         []Component       `json:"component,omitempty"`
	Note              []Annotation      `json:"note,omitempty"`
}

// Component is Observation.component.
type Component struct {
	Code             *CodeableConcept `json:"code,omitempty"`
	DataAbsentReason *CodeableConcept `json:"dataAbsentReason,omitempty"`
	Value
}

// Type implements Resource.
func (*Observation) Type() string { return "Observation" }

// Procedure is something done to or for the patient (https://hl7.org/fhir/R4/procedure.html).
type Procedure struct {
	Header
	Identifier        []Identifier      `json:"identifier,omitempty"`
	BasedOn           []Reference       `json:"basedOn,omitempty"`
	PartOf            []Reference       `json:"partOf,omitempty"`
	Status            string            `json:"status,omitempty"`
	StatusReason      *CodeableConcept  `json:"statusReason,omitempty"`
	Category          *CodeableConcept  `json:"category,omitempty"`
	Code              *CodeableConcept  `json:"code,omitempty"`
	Subject           Reference         `json:"subject,omitzero"`
	Encounter         *Reference        `json:"encounter,omitempty"`
	PerformedDateTime DateTime          `json:"performedDateTime,omitzero"`
	PerformedPeriod   *Period           `json:"performedPeriod,omitempty"`
	PerformedString   string            `json:"performedString,omitempty"`
	PerformedAge      *Quantity         `json:"performedAge,omitempty"`
	PerformedRange    *Range            `json:"performedRange,omitempty"`
	Location          *Reference        `json:"location,omitempty"`
	Performer         []Performer       `json:"performer,omitempty"`
	ReasonCode        []CodeableConcept `json:"reasonCode,omitempty"`
	ReasonReference   []Reference       `json:"reasonReference,omitempty"`
	BodySite          []CodeableConcept `json:"bodySite,omitempty"`
	Outcome           *CodeableConcept  `json:"outcome,omitempty"`
	Complication      []CodeableConcept `json:"complication,omitempty"`
	FocalDevice       []FocalDevice     `json:"focalDevice,omitempty"`
	UsedCode          []CodeableConcept `json:"usedCode,omitempty"`
	Note              []Annotation      `json:"note,omitempty"`
}

// Performer is Procedure.performer.
type Performer struct {
	Function   *CodeableConcept `json:"function,omitempty"`
	Actor      Reference        `json:"actor,omitzero"`
	OnBehalfOf *Reference       `json:"onBehalfOf,omitempty"`
}

// FocalDevice is Procedure.focalDevice.
type FocalDevice struct {
	Action      *CodeableConcept `json:"action,omitempty"`
	Manipulated Reference        `json:"manipulated,omitzero"`
}

// Type implements Resource.
func (*Procedure) Type() string { return "Procedure" }

// AllergyIntolerance is a risk of reaction (https://hl7.org/fhir/R4/allergyintolerance.html).
type AllergyIntolerance struct {
	Header
	ClinicalStatus     *CodeableConcept `json:"clinicalStatus,omitempty"`
	VerificationStatus *CodeableConcept `json:"verificationStatus,omitempty"`
	Category           []string         `json:"category,omitempty"`
	Code               *CodeableConcept `json:"code,omitempty"`
	Patient            Reference        `json:"patient,omitzero"`
	RecordedDate       DateTime         `json:"recordedDate,omitzero"`
}

// Type implements Resource.
func (*AllergyIntolerance) Type() string { return "AllergyIntolerance" }

// ImagingStudy is an imaging examination (https://hl7.org/fhir/R4/imagingstudy.html).
type ImagingStudy struct {
	Header
	Status        string            `json:"status,omitempty"`
	Modality      []Coding          `json:"modality,omitempty"`
	Subject       Reference         `json:"subject,omitzero"`
	Started       DateTime          `json:"started,omitzero"`
	ProcedureCode []CodeableConcept `json:"procedureCode,omitempty"`
	Description   string            `json:"description,omitempty"`
	Series        []ImagingSeries   `json:"series,omitempty"`
}

// ImagingSeries is ImagingStudy.series.
type ImagingSeries struct {
	UID      string  `json:"uid,omitempty"`
	Modality *Coding `json:"modality,omitempty"`
	BodySite *Coding `json:"bodySite,omitempty"`
}

// Type implements Resource.
func (*ImagingStudy) Type() string { return "ImagingStudy" }

// DiagnosticReport is a report of an examination (https://hl7.org/fhir/R4/diagnosticreport.html).
type DiagnosticReport struct {
	Header
	Status            string            `json:"status,omitempty"`
	Category          []CodeableConcept `json:"category,omitempty"`
	Code              *CodeableConcept  `json:"code,omitempty"`
	Subject           Reference         `json:"subject,omitzero"`
	EffectiveDateTime DateTime          `json:"effectiveDateTime,omitzero"`
	EffectivePeriod   *Period           `json:"effectivePeriod,omitempty"`
	Issued            DateTime          `json:"issued,omitzero"`
	Result            []Reference       `json:"result,omitempty"`
	ConclusionCode    []CodeableConcept `json:"conclusionCode,omitempty"`
}

// Type implements Resource.
func (*DiagnosticReport) Type() string { return "DiagnosticReport" }
