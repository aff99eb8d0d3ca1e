package fhir

// Resource is any resource of this package.
type Resource interface {
	// Type is the resource type of the specification, such as "Condition".
	Type() string
	// Head is what every resource shares.
	Head() *Header
}

// Header is what every resource shares
// (https://hl7.org/fhir/R4/domainresource.html).
type Header struct {
	ID        string      `json:"id,omitempty"`
	Meta      Meta        `json:"meta,omitzero"`
	Extension []Extension `json:"extension,omitempty"`

	// Contained resources live and die with their parent; they are reached
	// through references that start with "#".
	Contained []Resource `json:"-"`
	// Absent lists the primitives that carry a data-absent-reason.
	Absent []Absent `json:"-"`
	// Origin says where in the input the resource stood.
	Origin Origin `json:"-"`
}

// Head returns the header itself; embedding it makes a struct a Resource
// together with its Type method.
func (h *Header) Head() *Header { return h }

// Meta is the part of Resource.meta that we use.
type Meta struct {
	Profile     []string `json:"profile,omitempty"`
	LastUpdated DateTime `json:"lastUpdated,omitzero"`
	VersionID   string   `json:"versionId,omitempty"`
}

// Absent is a primitive whose value is absent for a stated reason
// (http://hl7.org/fhir/StructureDefinition/data-absent-reason).
type Absent struct {
	Path   string // relative to the resource, such as "birthDate"
	Reason string // code of the data-absent-reason value set
}

// Origin is the place of a resource in the input.
type Origin struct {
	Entry   int    // zero-based position in Bundle.entry, or in a stream; nested bundles count on
	Line    int    // one-based line of an NDJSON stream; 0 elsewhere
	FullURL string // Bundle.entry.fullUrl, when given
	Path    string // such as "Bundle.entry[3].resource"
	STU3    bool   // the resource came as STU3 and was converted
	Type    string // resource type as sent, when R4 has another name for it: ProcedureRequest
}

// Name is how evidence and reports call the resource: "Type/id" when it has
// an id, else its fullUrl, else its place in the input. The type is that of the
// sender, who knows it so.
func Name(r Resource) string {
	h := r.Head()
	switch {
	case h.ID != "":
		return sentType(r) + "/" + h.ID
	case h.Origin.FullURL != "":
		return h.Origin.FullURL
	case h.Origin.Path != "":
		return h.Origin.Path
	}
	return r.Type()
}

// sentType is the resource type that references to the resource name.
func sentType(r Resource) string {
	if sent := r.Head().Origin.Type; sent != "" {
		return sent
	}
	return r.Type()
}
