package decode

import (
	"bytes"
	"encoding/xml"

	"github.com/go-json-experiment/json/jsontext"
)

// FHIR XML (https://hl7.org/fhir/R4/xml.html) is first rewritten as FHIR JSON
// and then read as such, so that every check is made once. What an element looks
// like in JSON is what the tables of rows read (see shape). Elements that are
// not read become empty lists: their names still count, what they hold does not.
//
// Beside what is not well-formed, these refuse the document: another encoding
// than UTF-8, a document type declaration, another namespace, text outside a
// narrative, and attributes that FHIR does not have. Elements of one name that
// do not stand together count as one element that stands twice. XML cannot tell
// one element from a list of one, so that a resource is not known as STU3 by
// having the former where R4 has the latter.

// fromXML rewrites one document. Path, entries, limits and the refusal are those
// of the reader that is to read the result.
type fromXML struct {
	xmlTokens
	json []byte
}

// rewrite replaces the XML that the reader holds by JSON, or refuses it.
func (r *reader) rewrite() {
	x := fromXML{xmlTokens: newTokens(r)}
	x.document()
	if r.err == nil {
		r.data, r.text, r.pos = x.json, string(x.json), 0
		r.path, r.entry, r.entries = r.path[:0], -1, 0
	}
}

func (x *fromXML) document() {
	root, ok := x.child()
	if !ok {
		x.foreign("holds no element")
		return
	}
	kind := "*"
	if fhirTypes[root.Name.Local] {
		kind = root.Name.Local
	}
	x.r.push(kind)
	if containers[kind] == nil {
		x.r.entry = 0 // the root is the one resource received
	}
	x.resource(root)
	x.r.pop()
	if _, more := x.child(); more {
		x.malformed("a second root element")
	}
}

// resource rewrites a resource; its start tag has been read.
func (x *fromXML) resource(start xml.StartElement) {
	if a := x.attributes(start); a != (attributes{}) {
		x.foreign("a resource with an attribute")
	}
	x.json = append(x.json, `{"resourceType":`...)
	x.quote(start.Name.Local)
	x.members(rowsOf(start.Name.Local), true)
	x.json = append(x.json, '}')
}

// members rewrites the child elements up to the end tag, as members of an
// object of these rows; more tells that the object has members already.
func (x *fromXML) members(of rows, more bool) {
	start, ok := x.child()
	for ok {
		x.comma(more)
		more = true
		start, ok = x.member(start, of.shape(start.Name.Local))
	}
}

// member rewrites an element and, where they make up one list, its neighbours of
// the same name. It returns the start tag that follows them.
func (x *fromXML) member(start xml.StartElement, s shape) (next xml.StartElement, ok bool) {
	switch {
	case s.of == "":
		return x.unreadMember(start)
	case s.list:
		return x.list(start, s)
	}
	x.r.push(start.Name.Local)
	x.single(start, s)
	x.r.pop()
	return x.child()
}

// unreadMember steps over neighbours of one name.
func (x *fromXML) unreadMember(start xml.StartElement) (next xml.StartElement, ok bool) {
	name := start.Name.Local
	x.name("", name)
	x.json = append(x.json, "[]"...)
	for ok = true; ok && start.Name.Local == name; start, ok = x.child() {
		x.r.push("*")
		x.attributes(start)
		x.skip()
		x.r.pop()
	}
	return start, ok
}

// single rewrites an element that is no list. A primitive without a value
// leaves only its "_" sibling.
func (x *fromXML) single(start xml.StartElement, s shape) {
	name, before := start.Name.Local, len(x.json)
	x.name("", name)
	sibling, has := x.value(start, s)
	switch {
	case !has:
		x.json = x.json[:before]
	case sibling != nil:
		x.json = append(x.json, ',')
	default:
		return
	}
	x.name("_", name)
	x.json = append(x.json, orElse(sibling, "{}")...)
}

// list rewrites neighbours of one name as an array, with null for a primitive
// without a value, and as an array of their siblings when there are any.
func (x *fromXML) list(start xml.StartElement, s shape) (next xml.StartElement, ok bool) {
	name := start.Name.Local
	var siblings []byte
	extended := false
	x.name("", name)
	x.json = append(x.json, '[')
	for i := 0; i == 0 || ok && start.Name.Local == name; i++ {
		x.comma(i > 0)
		x.r.push(name)
		x.r.at(i)
		sibling, has := x.value(start, s)
		x.r.pop()
		if !has {
			sibling = orElse(sibling, "{}")
		}
		extended = extended || sibling != nil
		if i > 0 {
			siblings = append(siblings, ',')
		}
		siblings = append(siblings, orElse(sibling, "null")...)
		start, ok = x.child()
	}
	x.json = append(x.json, ']')
	if extended {
		x.json = append(x.json, ',')
		x.name("_", name)
		x.json = append(x.json, '[')
		x.json = append(x.json, siblings...)
		x.json = append(x.json, ']')
	}
	return start, ok
}

// value rewrites what an element is and holds. sibling is what stands beside a
// primitive, nil when nothing does; has tells that there is a value, for which
// null is written otherwise.
func (x *fromXML) value(start xml.StartElement, s shape) (sibling []byte, has bool) {
	a := x.attributes(start)
	if a.url != nil && s.rows != rows(&extensionElements) {
		x.foreign("an attribute that may not stand here")
	}
	switch {
	case a.value != nil:
		x.primitive(*a.value, s.of)
		return x.sibling(), true
	case s.resource:
		x.held()
	case s.of == kinds['{'], s.rows != nil && x.holdsElements():
		x.object(a.url, s.rows)
	default:
		x.json = append(x.json, "null"...)
		return x.sibling(), false
	}
	return nil, true
}

// object rewrites what is no primitive.
func (x *fromXML) object(url *string, of rows) {
	if of == rows(&entries) || of == rows(&parameter) {
		defer func(outer int) { x.r.entry = outer }(x.r.entry)
		x.r.entry = x.r.entries
		x.r.entries++
	}
	x.json = append(x.json, '{')
	if url != nil {
		x.name("", "url")
		x.quote(*url)
	}
	x.members(of, url != nil)
	x.json = append(x.json, '}')
}

// held rewrites the resource inside an element that wraps one.
func (x *fromXML) held() {
	start, ok := x.child()
	if !ok {
		x.json = append(x.json, "{}"...)
		return
	}
	x.resource(start)
	if _, more := x.child(); more {
		x.foreign("more than one resource stands here")
	}
}

// holdsElements reports whether an element that may be a primitive or an object
// is an object: it holds more than the extensions of a primitive.
func (x *fromXML) holdsElements() bool {
	start, ok := x.peek()
	return ok && start.Name.Local != "extension"
}

// sibling rewrites what a primitive holds, which is extensions.
func (x *fromXML) sibling() []byte {
	outer := x.json
	x.json = nil
	x.members(&siblingElements, false)
	inner := x.json
	x.json = outer
	if len(inner) == 0 {
		return nil
	}
	return append(append([]byte{'{'}, inner...), '}')
}

// primitive writes a value as the JSON type wanted, or as a string when it is
// none of that type: the reader says so then.
func (x *fromXML) primitive(value, of string) {
	number := jsontext.Value(value)
	switch {
	case of == kinds['t'] && (value == "true" || value == "false"),
		of == kinds['0'] && number.Kind() == '0' && number.IsValid():
		x.json = append(x.json, value...)
	default:
		x.quote(value)
	}
}

func (x *fromXML) comma(more bool) {
	if more {
		x.json = append(x.json, ',')
	}
}

func (x *fromXML) name(prefix, name string) {
	x.quote(prefix + name)
	x.json = append(x.json, ':')
}

// quote writes a string, which encoding/xml has found to be UTF-8.
func (x *fromXML) quote(s string) { x.json, _ = jsontext.AppendQuote(x.json, s) }

func orElse(b []byte, other string) []byte {
	if b == nil {
		return []byte(other)
	}
	return b
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// isXML reports whether a document is XML, by its first character.
func isXML(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, byteOrderMark), blanks)
	return len(data) > 0 && data[0] == '<'
}

const blanks = " \t\r\n"
