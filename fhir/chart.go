package fhir

// Chart is everything that was received about one patient (or one pain
// centre): the resources that could be read, in the order of the input, and
// what happened to the rest. received = len(Resources) + len(Rejected) + len(Skipped).
type Chart struct {
	// Source names the input: a file, "file:line" or "-".
	Source string
	// Patient is the person all this is about; nil when no Patient came along.
	Patient *Patient
	// Resources holds every resource that was read, Patient included, contained ones not.
	Resources []Resource
	// Rejected are entries that could not be read or are about somebody else.
	Rejected []Fate
	// Skipped are entries of types we do not read, and entries without a resource.
	Skipped []Fate
	// Issues are remarks about what was read all the same, such as a conversion
	// from STU3 or a date that could not be understood.
	Issues []Issue

	byURL map[string]Resource // fullUrl
	byID  map[identity]Resource

	repeats bool // resources share a type and id
}

// Received is the number of resources that came in.
func (c *Chart) Received() int { return len(c.Resources) + len(c.Rejected) + len(c.Skipped) }

// Skip takes out the resources for which why gives a reason, and says so in Skipped.
func (c *Chart) Skip(why func(Resource) (reason string)) {
	kept := c.Resources[:0]
	for _, r := range c.Resources {
		if reason := why(r); reason != "" {
			c.Skipped = append(c.Skipped, Fate{Resource: Name(r), Path: r.Head().Origin.Path, Reason: reason})
			continue
		}
		kept = append(kept, r)
	}
	if len(kept) < len(c.Resources) {
		clear(c.Resources[len(kept):])
		c.Resources = kept
		c.Index()
	}
}

// Fate is what became of one received resource.
type Fate struct {
	Resource string `json:"resource"` // "Type/id", or its place when it has no id
	Path     string `json:"path"`     // element that was at fault, or the entry
	Reason   string `json:"reason"`   // for people; never holds a value of the patient
}

// Severity of an Issue as in OperationOutcome.issue.severity.
type Severity string

// The severities we use.
const (
	SeverityError       Severity = "error"
	SeverityWarning     Severity = "warning"
	SeverityInformation Severity = "information"
)

// Issue is a remark about one element of one resource, in the terms of
// OperationOutcome.issue (https://hl7.org/fhir/R4/operationoutcome.html).
type Issue struct {
	Severity Severity `json:"severity"`
	Code     string   `json:"code"`     // of http://hl7.org/fhir/issue-type: structure, value, invalid, too-long, ...
	Resource string   `json:"resource"` // "Type/id" or place
	Path     string   `json:"path"`     // such as "Bundle.entry[3].resource.onsetDateTime"
	Reason   string   `json:"reason"`
}
