package fhir

// Coding is a code in a system (https://hl7.org/fhir/R4/datatypes.html#Coding).
type Coding struct {
	System    string      `json:"system,omitempty"`
	Version   string      `json:"version,omitempty"`
	Code      string      `json:"code,omitempty"`
	Display   string      `json:"display,omitempty"`
	Extension []Extension `json:"extension,omitempty"` // ordinalValue, itemWeight
}

// IsNullFlavor reports whether the code says why there is no code: the system
// NullFlavor by its name in R4, in STU3 or as OID.
func (c *Coding) IsNullFlavor() bool {
	switch c.System {
	case "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "http://hl7.org/fhir/v3/NullFlavor", "urn:oid:2.16.840.1.113883.5.1008":
		return true
	}
	return false
}

// CodeableConcept is a concept as codes, text, or both.
type CodeableConcept struct {
	Coding    []Coding    `json:"coding,omitempty"`
	Text      string      `json:"text,omitempty"`
	Extension []Extension `json:"extension,omitempty"` // laterality, further specification
}

// Identifier is a business identifier.
type Identifier struct {
	System string `json:"system,omitempty"`
	Value  string `json:"value,omitempty"`
}

// Reference points to another resource; Chart.Resolve follows it.
type Reference struct {
	Reference  string      `json:"reference,omitempty"`
	Type       string      `json:"type,omitempty"`
	Identifier *Identifier `json:"identifier,omitempty"`
	Display    string      `json:"display,omitempty"`
}

// Quantity is a measured amount; Age, Duration and SimpleQuantity are the same shape.
type Quantity struct {
	Value      Decimal `json:"value,omitempty"`
	Comparator string  `json:"comparator,omitempty"`
	Unit       string  `json:"unit,omitempty"`
	System     string  `json:"system,omitempty"`
	Code       string  `json:"code,omitempty"`
}

// Range is a pair of quantities.
type Range struct {
	Low  *Quantity `json:"low,omitempty"`
	High *Quantity `json:"high,omitempty"`
}

// Ratio is a numerator over a denominator.
type Ratio struct {
	Numerator   *Quantity `json:"numerator,omitempty"`
	Denominator *Quantity `json:"denominator,omitempty"`
}

// Period is a stretch of time; either side may be open.
type Period struct {
	Start DateTime `json:"start,omitzero"`
	End   DateTime `json:"end,omitzero"`
}

// Annotation is a note.
type Annotation struct {
	Text string `json:"text,omitempty"`
}

// Value holds a value[x]: at most one of its members is set. Kind names it as
// in the JSON name: "Quantity" for valueQuantity.
type Value struct {
	Quantity        *Quantity        `json:"valueQuantity,omitempty"`
	CodeableConcept *CodeableConcept `json:"valueCodeableConcept,omitempty"`
	Coding          *Coding          `json:"valueCoding,omitempty"`
	Boolean         *bool            `json:"valueBoolean,omitempty"`
	Integer         Decimal          `json:"valueInteger,omitempty"`
	Decimal         Decimal          `json:"valueDecimal,omitempty"`
	String          string           `json:"valueString,omitempty"`
	Code            string           `json:"valueCode,omitempty"`
	URI             string           `json:"valueUri,omitempty"`
	Date            DateTime         `json:"valueDate,omitzero"`
	DateTime        DateTime         `json:"valueDateTime,omitzero"`
	Time            string           `json:"valueTime,omitempty"`
	Period          *Period          `json:"valuePeriod,omitempty"`
	Range           *Range           `json:"valueRange,omitempty"`
	Ratio           *Ratio           `json:"valueRatio,omitempty"`
	Reference       *Reference       `json:"valueReference,omitempty"`

	Kind string `json:"-"`
	// Weights are the ordinalValue and itemWeight extensions of the value itself, as
	// sent; several that differ contradict each other.
	Weights []Decimal `json:"-"`
}

// Extension is an extension as sent; decode keeps only those listed below.
type Extension struct {
	URL       string      `json:"url"`
	Extension []Extension `json:"extension,omitempty"`
	Value
}

// The extensions we use.
const (
	DataAbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
	OrdinalValue     = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
	ItemWeight       = "http://hl7.org/fhir/StructureDefinition/itemWeight"
	Laterality       = "http://nictiz.nl/fhir/StructureDefinition/ext-AnatomicalLocation.Laterality"
	FurtherName      = "http://nictiz.nl/fhir/StructureDefinition/ext-Problem.FurtherSpecificationProblemName"
	// PeriodOfUse is a valuePeriod on medication requests and statements: from
	// when until when it is to be or was taken.
	PeriodOfUse = "http://nictiz.nl/fhir/StructureDefinition/ext-TimeInterval.Period"
	// StopType is a modifierExtension of medication: the resource says that it
	// stops. decode sets the status accordingly and keeps it in Header.Extension.
	StopType = "http://nictiz.nl/fhir/StructureDefinition/ext-StopType"
	// AnswerSource is a valueReference on an item of a response: its answers are
	// copies of what the resource says, shown for information.
	AnswerSource = "https://pijnpoort.example/fhir/StructureDefinition/answer-source"
	// Modality is a valueCode or valueCoding on procedures: SCS, DRG or ONS.
	Modality = "https://pijnpoort.example/fhir/StructureDefinition/modality"
	// PossibleKind is a valueCode on procedures of which the kind is not told: one that
	// it may be.
	PossibleKind = "https://pijnpoort.example/fhir/StructureDefinition/possible-kind"
	// PainWindow is a valueCode on measurements that a registry was told: the days of the
	// course that they are of.
	PainWindow = "https://pijnpoort.example/fhir/StructureDefinition/pain-window"
	// PROMMoment is a valueCode on scores that a registry was told: baseline, trial, 6-months, ...
	PROMMoment = "https://pijnpoort.example/fhir/StructureDefinition/prom-moment"
	// Verdict, Phase and MissingFact are a valueCode on judgements that a registry was told.
	Verdict     = "https://pijnpoort.example/fhir/StructureDefinition/verdict"
	Phase       = "https://pijnpoort.example/fhir/StructureDefinition/phase"
	MissingFact = "https://pijnpoort.example/fhir/StructureDefinition/missing-fact"
	// CriterionOutcome holds, of such a judgement, two extensions with a valueCode:
	// "criterion" and "outcome".
	CriterionOutcome = "https://pijnpoort.example/fhir/StructureDefinition/criterion-outcome"
)

// Find returns the first extension with the url, or nil.
func Find(extensions []Extension, url string) *Extension {
	for i := range extensions {
		if extensions[i].URL == url {
			return &extensions[i]
		}
	}
	return nil
}
