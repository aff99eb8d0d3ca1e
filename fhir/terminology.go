package fhir

// ValueSet is a set of codes (https://hl7.org/fhir/R4/valueset.html), read for the
// weights of the codes that it lists.
type ValueSet struct {
	Header
	URL     string  `json:"url,omitempty"`
	Version string  `json:"version,omitempty"`
	Compose Compose `json:"compose,omitzero"`
}

// Compose is ValueSet.compose.
type Compose struct {
	Include []Include `json:"include,omitempty"`
}

// Include is ValueSet.compose.include.
type Include struct {
	System  string            `json:"system,omitempty"`
	Concept []WeightedConcept `json:"concept,omitempty"`
}

// CodeSystem is a system of codes (https://hl7.org/fhir/R4/codesystem.html), read for
// the weights of its codes.
type CodeSystem struct {
	Header
	URL     string            `json:"url,omitempty"`
	Version string            `json:"version,omitempty"`
	Concept []WeightedConcept `json:"concept,omitempty"`
}

// WeightedConcept is a concept of a CodeSystem or of ValueSet.compose.include. Those
// of a CodeSystem nest.
type WeightedConcept struct {
	Extension []Extension       `json:"extension,omitempty"` // ordinalValue, itemWeight
	Code      string            `json:"code,omitempty"`
	Concept   []WeightedConcept `json:"concept,omitempty"`
}

// Type implements Resource.
func (*ValueSet) Type() string { return "ValueSet" }

// Type implements Resource.
func (*CodeSystem) Type() string { return "CodeSystem" }
