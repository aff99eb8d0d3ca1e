package fhir

// AdverseEvent is harm, or what might have been (https://hl7.org/fhir/R4/adverseevent.html).
type AdverseEvent struct {
	Header
	Identifier         *Identifier      `json:"identifier,omitempty"`
	Actuality          string           `json:"actuality,omitempty"` // actual, potential
	Event              *CodeableConcept `json:"event,omitempty"`
	Subject            Reference        `json:"subject,omitzero"`
	Encounter          *Reference       `json:"encounter,omitempty"`
	Date               DateTime         `json:"date,omitzero"`
	Detected           DateTime         `json:"detected,omitzero"`
	RecordedDate       DateTime         `json:"recordedDate,omitzero"`
	ResultingCondition []Reference      `json:"resultingCondition,omitempty"`
	Location           *Reference       `json:"location,omitempty"`
	Seriousness        *CodeableConcept `json:"seriousness,omitempty"`
	Outcome            *CodeableConcept `json:"outcome,omitempty"`
	SuspectEntity      []SuspectEntity  `json:"suspectEntity,omitempty"`
}

// SuspectEntity is AdverseEvent.suspectEntity.
type SuspectEntity struct {
	Instance Reference `json:"instance,omitzero"`
}

// Type implements Resource.
func (*AdverseEvent) Type() string { return "AdverseEvent" }

// ChargeItem is something that is charged (https://hl7.org/fhir/R4/chargeitem.html).
type ChargeItem struct {
	Header
	Identifier             []Identifier     `json:"identifier,omitempty"`
	Status                 string           `json:"status,omitempty"`
	Code                   *CodeableConcept `json:"code,omitempty"`
	Subject                Reference        `json:"subject,omitzero"`
	Context                *Reference       `json:"context,omitempty"`
	OccurrenceDateTime     DateTime         `json:"occurrenceDateTime,omitzero"`
	OccurrencePeriod       *Period          `json:"occurrencePeriod,omitempty"`
	PerformingOrganization *Reference       `json:"performingOrganization,omitempty"`
	PriceOverride          *Money           `json:"priceOverride,omitempty"`
	EnteredDate            DateTime         `json:"enteredDate,omitzero"`
	Service                []Reference      `json:"service,omitempty"`
	ProductReference       *Reference       `json:"productReference,omitempty"`
	ProductCodeableConcept *CodeableConcept `json:"productCodeableConcept,omitempty"`
}

// Type implements Resource.
func (*ChargeItem) Type() string { return "ChargeItem" }

// Money is an amount in a currency of ISO 4217.
type Money struct {
	Value    Decimal `json:"value,omitempty"`
	Currency string  `json:"currency,omitempty"`
}
