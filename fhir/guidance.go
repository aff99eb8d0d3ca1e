package fhir

// GuidanceResponse is a judgement that a decision support service gave
// (https://hl7.org/fhir/R4/guidanceresponse.html).
type GuidanceResponse struct {
	Header
	Identifier         []Identifier `json:"identifier,omitempty"`
	ModuleCanonical    string       `json:"moduleCanonical,omitempty"`
	Status             string       `json:"status,omitempty"`
	Subject            Reference    `json:"subject,omitzero"`
	OccurrenceDateTime DateTime     `json:"occurrenceDateTime,omitzero"`
	ReasonReference    []Reference  `json:"reasonReference,omitempty"`
}

// Type implements Resource.
func (*GuidanceResponse) Type() string { return "GuidanceResponse" }
