package decode

// Limits bound what one document may cost. The zero value of a field means its default.
type Limits struct {
	Bytes   int64 // of one document or one line, decompressed; default 32 MiB
	Depth   int   // of nested objects and arrays; default 64
	Entries int   // resources in one chart, over nested bundles; default 10,000
}

func (l Limits) withDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 32 << 20
	}
	if l.Depth <= 0 {
		l.Depth = 64
	}
	if l.Entries <= 0 {
		l.Entries = 10_000
	}
	return l
}

// Error says why a document was refused.
type Error struct {
	Source string // as given by the caller; "file:line" for a line
	Entry  int    // zero-based entry that was being read; -1 outside the entries
	Path   string // element that was being read, such as "Bundle.entry[3].resource.code"; "" before the first
	Reason string // for people; holds no text of the document
	Code   string // of http://hl7.org/fhir/issue-type

	cause error // of the reader of a stream
}

// Unwrap gives the error of the reader when reading a stream failed.
func (e *Error) Unwrap() error { return e.cause }

// Error gives source, path and reason.
func (e *Error) Error() string {
	message := e.Reason
	if e.Path != "" {
		message = e.Path + ": " + message
	}
	if e.Source != "" {
		message = e.Source + ": " + message
	}
	return message
}

// The issue types in use (http://hl7.org/fhir/issue-type).
const (
	codeStructure    = "structure"
	codeRequired     = "required"
	codeValue        = "value"
	codeDuplicate    = "duplicate"
	codeExtension    = "extension"
	codeTooLong      = "too-long"
	codeTooCostly    = "too-costly"
	codeNotSupported = "not-supported"
	codeConflict     = "conflict"
	codeIncomplete   = "incomplete"
	codeInformation  = "informational"
)
