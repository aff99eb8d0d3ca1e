package decode

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

const (
	namespaceFHIR   = "http://hl7.org/fhir"
	namespaceXHTML  = "http://www.w3.org/1999/xhtml"
	namespaceSchema = "http://www.w3.org/2001/XMLSchema-instance"
)

// xmlTokens walks through the elements of an XML document and refuses what
// FHIR XML does not have. After a refusal there are no more elements.
type xmlTokens struct {
	r       *reader // whose path, limits and refusal these are
	decoder *xml.Decoder
	begin   int64 // bytes before those that decoder reads
	depth   int   // of open elements
	unread  int   // of open elements that are not read
	started bool  // a token has been read
	ahead   *xml.StartElement
	ended   bool // with ahead nil: the end tag was read ahead
}

func newTokens(r *reader) xmlTokens {
	data := bytes.TrimPrefix(r.data, byteOrderMark)
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errNotUTF8 }
	return xmlTokens{r: r, decoder: decoder, begin: int64(len(r.data) - len(data))}
}

var errNotUTF8 = errors.New("the encoding is not UTF-8")

// child returns the start tag of the next element inside the open one, or, at
// the end tag, false. What stands inside a child must be walked through before
// the next is asked for.
func (x *xmlTokens) child() (start xml.StartElement, ok bool) {
	if start, ok = x.peek(); ok {
		x.ahead = nil
	}
	x.ended = false
	return start, ok
}

// peek is child without moving on.
func (x *xmlTokens) peek() (start xml.StartElement, ok bool) {
	if x.ahead == nil && !x.ended {
		x.look()
	}
	if x.ahead == nil || x.r.err != nil {
		return xml.StartElement{}, false
	}
	return *x.ahead, true
}

// look reads up to the next start or end tag.
func (x *xmlTokens) look() {
	for x.ahead == nil && !x.ended {
		switch token := x.token().(type) {
		case nil:
			x.ended = true
		case xml.EndElement:
			x.depth--
			x.ended = true
		case xml.CharData:
			if len(bytes.Trim(token, blanks)) > 0 {
				x.foreign("text outside a narrative")
			}
		case xml.StartElement:
			x.open()
			switch {
			case token.Name.Space == namespaceFHIR:
				x.ahead = &token
			case token.Name == xml.Name{Space: namespaceXHTML, Local: "div"} && x.unread > 0:
				x.narrative()
			default:
				x.foreign("an element outside the namespace " + namespaceFHIR)
			}
		}
	}
}

// token returns the next start tag, end tag or text; nil at the end of the
// document and after a refusal.
func (x *xmlTokens) token() xml.Token {
	for x.r.err == nil {
		token, err := x.decoder.Token()
		if err != nil {
			if err != io.EOF {
				x.malformed(xmlFault(err))
			}
			return nil
		}
		first := !x.started
		x.started = true
		switch token := token.(type) {
		case xml.Directive:
			x.foreign("a document type declaration")
		case xml.ProcInst:
			if token.Target == "xml" && !first {
				x.malformed("an XML declaration that is not at the start")
			}
		case xml.StartElement:
			if twice(token.Attr) {
				x.malformed("an attribute stands twice")
				return nil
			}
			return token
		case xml.EndElement, xml.CharData:
			return token
		}
	}
	return nil
}

// open counts an element that opens.
func (x *xmlTokens) open() {
	x.depth++
	if x.depth > x.r.limits.Depth {
		x.r.refuse(codeTooCostly, "nested deeper than "+strconv.Itoa(x.r.limits.Depth)+" levels")
	}
}

// skip walks through an element that is not read.
func (x *xmlTokens) skip() {
	x.unread++
	for start, ok := x.child(); ok; start, ok = x.child() {
		x.attributes(start)
		x.skip()
	}
	x.unread--
}

// narrative walks through XHTML.
func (x *xmlTokens) narrative() {
	for outer := x.depth - 1; x.depth > outer; {
		switch token := x.token().(type) {
		case nil:
			return
		case xml.EndElement:
			x.depth--
		case xml.StartElement:
			x.open()
			if token.Name.Space != namespaceXHTML {
				x.foreign("an element in a narrative that is not XHTML")
			}
		}
	}
}

// attributes are those that elements of FHIR have.
type attributes struct {
	id    bool    // is there; not read
	value *string // of a primitive
	url   *string // of an extension
}

// attributes sorts out the attributes of an element.
func (x *xmlTokens) attributes(start xml.StartElement) (a attributes) {
	for i, attribute := range start.Attr {
		value := &start.Attr[i].Value
		switch name := attribute.Name; {
		case name.Space == "xmlns", name.Space == namespaceSchema, name == xml.Name{Local: "xmlns"}:
		case name == xml.Name{Local: "id"}:
			a.id = true
		case name == xml.Name{Local: "value"}:
			a.value = value
		case name == xml.Name{Local: "url"}:
			a.url = value
		default:
			x.foreign("an attribute that FHIR does not have")
		}
	}
	return a
}

func twice(attributes []xml.Attr) bool {
	if len(attributes) < 2 {
		return false
	}
	names := make(map[xml.Name]bool, len(attributes))
	for _, attribute := range attributes {
		names[attribute.Name] = true
	}
	return len(names) < len(attributes)
}

func (x *xmlTokens) malformed(reason string) { x.refuse("malformed XML", reason) }

func (x *xmlTokens) foreign(reason string) { x.refuse("not FHIR XML", reason) }

func (x *xmlTokens) refuse(what, reason string) {
	at := strconv.FormatInt(x.begin+x.decoder.InputOffset(), 10)
	x.r.refuse(codeStructure, what+" at byte "+at+": "+reason)
}

// xmlFaults are the messages of encoding/xml, which may hold text of the
// document, and what is said instead.
var xmlFaults = []struct{ message, reason string }{
	{"unexpected EOF", "the document ends too soon"},
	{"invalid UTF-8", "text that is not UTF-8"},
	{"illegal character code", "a character that XML does not have"},
	{"invalid character entity", "an entity that XML itself does not have"},
	{"element <", "an end tag that is not of the open element"},
	{"unexpected end element", "an end tag without a start tag"},
	{"unescaped <", "< in an attribute"},
	{"unquoted or missing attribute value", "an attribute without quotes"},
}

func xmlFault(err error) string {
	if errors.Is(err, errNotUTF8) {
		return errNotUTF8.Error()
	}
	if syntax := (*xml.SyntaxError)(nil); errors.As(err, &syntax) {
		for _, fault := range xmlFaults {
			if strings.HasPrefix(syntax.Msg, fault.message) {
				return fault.reason
			}
		}
	}
	return "a markup that cannot be read"
}
