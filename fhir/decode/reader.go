package decode

import (
	"slices"
	"strconv"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// reader reads one document from front to back. Its methods return no errors:
// a syntax error is kept in err and moves the cursor to the end, so that every
// loop stops; a semantic fault is kept in fault and reading goes on.
type reader struct {
	data []byte
	text string // the same bytes; strings of the chart are slices of it
	pos  int

	escaped bool // the last string read had escape sequences

	source string
	line   int // of an NDJSON stream, else 0
	limits Limits
	chart  *fhir.Chart

	depth   int // of open objects and arrays
	entries int // seen so far
	entry   int // being read, -1 outside
	path    []step
	err     *Error
	fault   fault
	remarks remarks

	deletions map[string]int // Type/id of what entries delete, and the first entry that does

	names []string // of open objects: names that their tables do not know
	nulls []string // of open objects: arrays in which a null stood

	received content // the resource that is the document

	// references collects what the resources refer to, when not nil.
	references *[]string
	// probe collects what a row reads, when not nil (see shape).
	probe *probe

	subject current // of the resource being read

	codings    slab[fhir.Coding]
	concepts   slab[fhir.CodeableConcept]
	pointers   slab[fhir.Reference]
	quantities slab[fhir.Quantity]
	marks      slab[fhir.Identifier]
}

// current is what is known of the resource being read.
type current struct {
	header *fhir.Header
	base   int // length of path at the resource
	stu3   bool
	// not tells that STU3 said in a flag beside the status that it was not
	// done or not taken; unsure that it did not know.
	not, unsure bool
	abated      bool   // STU3 said in a flag that the condition is over
	stopped     string // status that a stop type amounts to
	doseAndRate bool   // of R4 was there
	contained   bool
}

// step is one element on the way from the root of the document.
type step struct {
	name  string
	index int // in an array, else -1
}

// fault is the first semantic fault of an entry.
type fault struct {
	path, reason, code string
}

// newReader refuses data over the limit by itself.
func newReader(source string, line int, data []byte, limits Limits) *reader {
	r := &reader{
		data: data, source: source, line: line, limits: limits,
		chart: &fhir.Chart{Source: source}, entry: -1, path: make([]step, 0, 16),
	}
	if int64(len(data)) > limits.Bytes {
		r.refuse(codeTooLong, "longer than "+strconv.FormatInt(limits.Bytes, 10)+" bytes")
		return r
	}
	r.text = string(data)
	return r
}

// where is the path of the element being read, from step on.
func (r *reader) where(from int) string { return string(r.appendPath(make([]byte, 0, 64), from)) }

func (r *reader) appendPath(b []byte, from int) []byte {
	for i, s := range r.path[from:] {
		if i > 0 {
			b = append(b, '.')
		}
		b = append(b, s.name...)
		if s.index >= 0 {
			b = append(b, '[')
			b = strconv.AppendInt(b, int64(s.index), 10)
			b = append(b, ']')
		}
	}
	return b
}

func (r *reader) push(name string) { r.path = append(r.path, step{name, -1}) }

func (r *reader) pop() { r.path = r.path[:len(r.path)-1] }

// at says which item of the array being read is next.
func (r *reader) at(index int) { r.path[len(r.path)-1].index = index }

// refuse gives up the document.
func (r *reader) refuse(code, reason string) {
	if r.err == nil {
		r.err = &Error{Source: r.source, Entry: r.entry, Path: r.where(0), Code: code, Reason: reason}
	}
	r.pos = len(r.data)
}

// malformed gives up the document for a syntax error at the cursor.
func (r *reader) malformed(reason string) {
	at := strconv.Itoa(r.pos)
	if r.pos >= len(r.data) {
		reason = "the document ends too soon"
	}
	r.refuse(codeStructure, "malformed JSON at byte "+at+": "+reason)
}

// wrong notes a semantic fault at the element being read; the first one stays.
func (r *reader) wrong(code, reason string) {
	if r.fault.reason == "" && r.err == nil {
		r.fault = fault{r.where(0), reason, code}
	}
}

// peek skips white space and returns the byte at the cursor, 0 at the end.
func (r *reader) peek() byte {
	for r.pos < len(r.data) {
		c := r.data[r.pos]
		if c > ' ' {
			return c
		}
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			r.malformed("a control character outside a string")
			return 0
		}
		r.pos++
	}
	return 0
}

// enter opens an object or array; with another value at the cursor it notes
// the fault, skips the value and returns false.
func (r *reader) enter(opener byte) bool {
	if r.peek() != opener {
		r.mismatch(kinds[opener])
		return false
	}
	r.open()
	return r.err == nil
}

// open steps over an opener.
func (r *reader) open() {
	r.pos++
	r.depth++
	if r.depth > r.limits.Depth {
		r.refuse(codeTooCostly, "nested deeper than "+strconv.Itoa(r.limits.Depth)+" levels")
	}
}

// next reports whether another member or item follows, stepping over its
// comma; at the closer it steps over that.
func (r *reader) next(first bool, closer byte) bool {
	c := r.peek()
	if c == closer {
		r.pos++
		r.depth--
		return false
	}
	if first {
		return c != 0 || r.ended()
	}
	if c != ',' {
		r.malformed("a comma or the end of the object or array should stand here")
		return false
	}
	r.pos++
	if c = r.peek(); c == closer || c == 0 {
		r.malformed("nothing follows the comma")
		return false
	}
	return true
}

func (r *reader) ended() bool {
	r.malformed("nothing follows")
	return false
}

// name reads the name of a member and its colon.
func (r *reader) name() string {
	if r.peek() != '"' {
		r.malformed("the name of a member should stand here")
		return ""
	}
	name := r.str()
	if r.peek() != ':' {
		r.malformed("a colon should stand here")
		return ""
	}
	r.pos++
	return name
}

// kinds names the JSON value that starts with a byte.
var kinds = [256]string{
	'{': "an object", '[': "an array", '"': "a string", 't': "true or false", 'f': "true or false", 'n': "null", '-': "a number",
	'0': "a number", '1': "a number", '2': "a number", '3': "a number", '4': "a number",
	'5': "a number", '6': "a number", '7': "a number", '8': "a number", '9': "a number",
}

// mismatch notes that the value at the cursor is of another JSON type than
// the wanted one, and skips it.
func (r *reader) mismatch(want string) {
	if r.probe != nil && r.probe.wants == "" {
		r.probe.wants = want
	}
	switch c := r.peek(); {
	case c == 'n':
		r.skip() // says itself that null is wrong
	case kinds[c] == "":
		r.malformed("a value should stand here")
	default:
		r.wrong(codeStructure, "should be "+want+", is "+kinds[c])
		r.skip()
	}
}

// declare notes a name that the table of the object does not know. base is where
// the names of the object start.
func (r *reader) declare(base int, name string) {
	if len(r.names)-base < sortedFrom && slices.Contains(r.names[base:], name) {
		r.wrong(codeDuplicate, "an element stands twice")
	}
	r.names = append(r.names, name)
}

// sortedFrom is the number of names from which duplicates are looked for by
// sorting them once, at the end of the object.
const sortedFrom = 32

// closeNames checks the names of an object at its end and forgets them. known
// reports whether an element that the table knows was there.
func (r *reader) closeNames(base, nulls int, known func(name string) bool) {
	names := r.names[base:]
	if len(names) <= sortedFrom && len(r.nulls) == nulls {
		r.names = r.names[:base]
		return
	}
	has := func(name string) bool { return slices.Contains(names, name) }
	if len(names) > sortedFrom {
		slices.Sort(names)
		for i := range names[1:] {
			if names[i] == names[i+1] {
				r.wrong(codeDuplicate, "an element stands twice")
			}
		}
		has = func(name string) bool {
			_, found := slices.BinarySearch(names, name)
			return found
		}
	}
	for _, name := range r.nulls[nulls:] {
		sibling := "_" + name
		if name[0] == '_' {
			sibling = name[1:]
		}
		if !has(sibling) && (known == nil || !known(sibling)) {
			r.wrong(codeStructure, nullReason)
		}
	}
	r.names, r.nulls = r.names[:base], r.nulls[:nulls]
}

const nullReason = "null stands for a value; an absent element is left out"

// padded notes a null in the array of that name; it is in order when its
// sibling, with or without "_", is there too.
func (r *reader) padded(name string) {
	if name == "" {
		r.wrong(codeStructure, nullReason)
		return
	}
	r.nulls = append(r.nulls, name)
}
