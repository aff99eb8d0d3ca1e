package fhir

// MedicationStatement is what a patient takes or took
// (https://hl7.org/fhir/R4/medicationstatement.html).
type MedicationStatement struct {
	Header
	Identifier                []Identifier      `json:"identifier,omitempty"`
	Status                    string            `json:"status,omitempty"`
	StatusReason              []CodeableConcept `json:"statusReason,omitempty"`
	BasedOn                   []Reference       `json:"basedOn,omitempty"`
	PartOf                    []Reference       `json:"partOf,omitempty"`
	Category                  *CodeableConcept  `json:"category,omitempty"`
	MedicationCodeableConcept *CodeableConcept  `json:"medicationCodeableConcept,omitempty"`
	MedicationReference       *Reference        `json:"medicationReference,omitempty"`
	Subject                   Reference         `json:"subject,omitzero"`
	EffectiveDateTime         DateTime          `json:"effectiveDateTime,omitzero"`
	EffectivePeriod           *Period           `json:"effectivePeriod,omitempty"`
	DateAsserted              DateTime          `json:"dateAsserted,omitzero"`
	DerivedFrom               []Reference       `json:"derivedFrom,omitempty"`
	ReasonCode                []CodeableConcept `json:"reasonCode,omitempty"`
	ReasonReference           []Reference       `json:"reasonReference,omitempty"`
	Dosage                    []Dosage          `json:"dosage,omitempty"`
	Note                      []Annotation      `json:"note,omitempty"`
}

// Type implements Resource.
func (*MedicationStatement) Type() string { return "MedicationStatement" }

// MedicationRequest is an order or agreement for medication
// (https://hl7.org/fhir/R4/medicationrequest.html).
type MedicationRequest struct {
	Header
	Identifier                []Identifier      `json:"identifier,omitempty"`
	Status                    string            `json:"status,omitempty"`
	StatusReason              *CodeableConcept  `json:"statusReason,omitempty"`
	Intent                    string            `json:"intent,omitempty"`
	Category                  []CodeableConcept `json:"category,omitempty"`
	DoNotPerform              *bool             `json:"doNotPerform,omitempty"`
	ReportedBoolean           *bool             `json:"reportedBoolean,omitempty"`
	MedicationCodeableConcept *CodeableConcept  `json:"medicationCodeableConcept,omitempty"`
	MedicationReference       *Reference        `json:"medicationReference,omitempty"`
	Subject                   Reference         `json:"subject,omitzero"`
	AuthoredOn                DateTime          `json:"authoredOn,omitzero"`
	BasedOn                   []Reference       `json:"basedOn,omitempty"`
	PriorPrescription         *Reference        `json:"priorPrescription,omitempty"`
	ReasonCode                []CodeableConcept `json:"reasonCode,omitempty"`
	ReasonReference           []Reference       `json:"reasonReference,omitempty"`
	DosageInstruction         []Dosage          `json:"dosageInstruction,omitempty"`
	DispenseRequest           *DispenseRequest  `json:"dispenseRequest,omitempty"`
	Note                      []Annotation      `json:"note,omitempty"`
}

// DispenseRequest is MedicationRequest.dispenseRequest.
type DispenseRequest struct {
	ValidityPeriod         *Period   `json:"validityPeriod,omitempty"`
	Quantity               *Quantity `json:"quantity,omitempty"`
	ExpectedSupplyDuration *Quantity `json:"expectedSupplyDuration,omitempty"`
}

// Type implements Resource.
func (*MedicationRequest) Type() string { return "MedicationRequest" }

// Medication is a product (https://hl7.org/fhir/R4/medication.html).
type Medication struct {
	Header
	Code       *CodeableConcept `json:"code,omitempty"`
	Status     string           `json:"status,omitempty"`
	Form       *CodeableConcept `json:"form,omitempty"`
	Amount     *Ratio           `json:"amount,omitempty"`
	Ingredient []Ingredient     `json:"ingredient,omitempty"`
}

// Ingredient is Medication.ingredient.
type Ingredient struct {
	ItemCodeableConcept *CodeableConcept `json:"itemCodeableConcept,omitempty"`
	ItemReference       *Reference       `json:"itemReference,omitempty"`
	IsActive            *bool            `json:"isActive,omitempty"`
	Strength            *Ratio           `json:"strength,omitempty"`
}

// Type implements Resource.
func (*Medication) Type() string { return "Medication" }

// Dosage is how medication is taken (https://hl7.org/fhir/R4/dosage.html).
type Dosage struct {
	Sequence                 Decimal          `json:"sequence,omitempty"`
	Text                     string           `json:"text,omitempty"`
	PatientInstruction       string           `json:"patientInstruction,omitempty"`
	Timing                   *Timing          `json:"timing,omitempty"`
	AsNeededBoolean          *bool            `json:"asNeededBoolean,omitempty"`
	AsNeededCodeableConcept  *CodeableConcept `json:"asNeededCodeableConcept,omitempty"`
	Route                    *CodeableConcept `json:"route,omitempty"`
	Method                   *CodeableConcept `json:"method,omitempty"`
	DoseAndRate              []DoseAndRate    `json:"doseAndRate,omitempty"`
	MaxDosePerPeriod         *Ratio           `json:"maxDosePerPeriod,omitempty"`
	MaxDosePerAdministration *Quantity        `json:"maxDosePerAdministration,omitempty"`
}

// DoseAndRate is Dosage.doseAndRate.
type DoseAndRate struct {
	Type         *CodeableConcept `json:"type,omitempty"`
	DoseRange    *Range           `json:"doseRange,omitempty"`
	DoseQuantity *Quantity        `json:"doseQuantity,omitempty"`
	RateRatio    *Ratio           `json:"rateRatio,omitempty"`
	RateRange    *Range           `json:"rateRange,omitempty"`
	RateQuantity *Quantity        `json:"rateQuantity,omitempty"`
}

// Timing is when something happens (https://hl7.org/fhir/R4/datatypes.html#Timing).
type Timing struct {
	Event  []DateTime       `json:"event,omitempty"`
	Repeat *Repeat          `json:"repeat,omitempty"`
	Code   *CodeableConcept `json:"code,omitempty"`
}

// Repeat is Timing.repeat.
type Repeat struct {
	BoundsDuration *Quantity `json:"boundsDuration,omitempty"`
	BoundsRange    *Range    `json:"boundsRange,omitempty"`
	BoundsPeriod   *Period   `json:"boundsPeriod,omitempty"`
	Count          Decimal   `json:"count,omitempty"`
	CountMax       Decimal   `json:"countMax,omitempty"`
	Duration       Decimal   `json:"duration,omitempty"`
	DurationMax    Decimal   `json:"durationMax,omitempty"`
	DurationUnit   string    `json:"durationUnit,omitempty"`
	Frequency      Decimal   `json:"frequency,omitempty"`
	FrequencyMax   Decimal   `json:"frequencyMax,omitempty"`
	Period         Decimal   `json:"period,omitempty"`
	PeriodMax      Decimal   `json:"periodMax,omitempty"`
	PeriodUnit     string    `json:"periodUnit,omitempty"`
	DayOfWeek      []string  `json:"dayOfWeek,omitempty"`
	TimeOfDay      []string  `json:"timeOfDay,omitempty"`
	When           []string  `json:"when,omitempty"`
}
