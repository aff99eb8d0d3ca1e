package mapping

import "github.com/pijnpoort/pijnpoort/fhir"

// Report says what became of everything that came in:
// Received = Used + len(Ignored) + len(Rejected).
type Report struct {
	Received int          `json:"received"`
	Used     int          `json:"used"`     // resources from which at least one value was taken
	Ignored  []fhir.Fate  `json:"ignored"`  // read, or of a type we do not read, and left out for the reason given
	Unmapped []Unmapped   `json:"unmapped"` // codes and texts in them that no concept matches
	Rejected []fhir.Fate  `json:"rejected"` // could not be read, or about somebody else
	Issues   []fhir.Issue `json:"issues,omitempty"`
}

// Unmapped is a code, or a text without code, that means nothing to us.
type Unmapped struct {
	Resource string `json:"resource"`
	Path     string `json:"path"`
	System   string `json:"system,omitempty"`
	Code     string `json:"code,omitempty"`
	Display  string `json:"display,omitempty"`
}
