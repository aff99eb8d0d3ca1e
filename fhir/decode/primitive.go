package decode

import (
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// wantString reads a JSON string; ok is false when something else stands there.
func (r *reader) wantString() (s string, ok bool) {
	if r.peek() != '"' {
		r.mismatch("a string")
		return "", false
	}
	s = r.str()
	return s, r.err == nil
}

// string reads a FHIR string or markdown.
func (r *reader) string(to *string) { *to, _ = r.wantString() }

// code reads a FHIR code: no white space but single spaces between words.
func (r *reader) code(to *string) {
	s, ok := r.wantString()
	if !ok {
		return
	}
	if !isCode(s) {
		r.wrong(codeValue, "not a FHIR code: empty, or with white space at its ends or doubled")
		return
	}
	*to = s
}

func isCode(s string) bool {
	gap := true // white space before the next character, or nothing
	for i := 0; i < len(s); i++ {
		space := isSpace(s[i])
		if space && gap {
			return false
		}
		gap = space
	}
	return !gap
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// uri reads a FHIR uri, canonical or url: no white space.
func (r *reader) uri(to *string) {
	s, ok := r.wantString()
	if !ok {
		return
	}
	// Other white space than a blank can only have come in by an escape sequence.
	if strings.IndexByte(s, ' ') >= 0 || r.escaped && strings.ContainsAny(s, "\t\r\n") {
		r.wrong(codeValue, "not a FHIR uri: white space in it")
		return
	}
	*to = s
}

// id reads a FHIR id. Record systems send others too, such as "urn:uuid:..." or with
// an underscore: what is one short word is kept, with a remark.
func (r *reader) id(to *string) {
	s, ok := r.wantString()
	if !ok {
		return
	}
	if !isID(s) {
		if !isWord(s) {
			r.wrong(codeValue, "not a FHIR id: 1 to 64 letters, digits, hyphens and dots")
			return
		}
		r.remark(codeValue, "not a FHIR id, kept as it is: 1 to 64 letters, digits, hyphens and dots")
	}
	*to = s
}

// isWord reports whether a string is up to 128 printable ASCII characters without a space.
func isWord(s string) bool {
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return s != "" && len(s) <= 128
}

func isID(s string) bool {
	for _, c := range []byte(s) {
		letter, digit := 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9'
		if !letter && !digit && c != '-' && c != '.' {
			return false
		}
	}
	return 0 < len(s) && len(s) <= 64
}

// time reads a FHIR time: hh:mm:ss with an optional fraction.
func (r *reader) time(to *string) {
	s, ok := r.wantString()
	if !ok {
		return
	}
	if !fhir.IsTime(s) {
		r.wrong(codeValue, "not a FHIR time: hh:mm:ss")
		return
	}
	*to = s
}

// date reads a FHIR date: without a time of day.
func (r *reader) date(to *fhir.DateTime) { r.moment(to, fhir.Year, fhir.Day, "date") }

// dateTime reads a FHIR dateTime.
func (r *reader) dateTime(to *fhir.DateTime) { r.moment(to, fhir.Year, fhir.Second, "dateTime") }

// instant reads a FHIR instant: to the second at least.
func (r *reader) instant(to *fhir.DateTime) { r.moment(to, fhir.Second, fhir.Second, "instant") }

// moment leaves the element out, with an issue, when the string is no such date.
func (r *reader) moment(to *fhir.DateTime, coarsest, finest fhir.Precision, kind string) {
	s, ok := r.wantString()
	if !ok {
		return
	}
	d, err := fhir.ParseDateTime(s)
	if err != nil || d.Precision < coarsest || d.Precision > finest {
		r.remark(codeValue, "left out: not a FHIR "+kind)
		return
	}
	*to = d
}

// boolean reads true or false.
func (r *reader) boolean(to **bool) {
	switch r.peek() {
	case 't':
		r.literal("true")
		*to = new(true)
	case 'f':
		r.literal("false")
		*to = new(false)
	default:
		r.mismatch("true or false")
	}
}

// decimal reads a number as written.
func (r *reader) decimal(to *fhir.Decimal) {
	c := r.peek()
	if c != '-' && (c < '0' || c > '9') {
		r.mismatch("a number")
		return
	}
	*to = fhir.Decimal(r.number())
}

// integer reads a whole number of at most 32 bits.
func (r *reader) integer(to *fhir.Decimal) {
	var d fhir.Decimal
	r.decimal(&d)
	if d == "" {
		return
	}
	if _, err := strconv.ParseInt(string(d), 10, 32); err != nil {
		r.wrong(codeValue, "not a FHIR integer")
		return
	}
	*to = d
}
