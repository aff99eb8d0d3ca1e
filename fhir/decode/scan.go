package decode

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// special has the high bit set in the first byte of w that ends a run of plain
// ASCII: a control character, quote, backslash or byte of a longer character.
// Bits above the first are not to be trusted.
func special(w uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	quote := w ^ ones*'"'
	slash := w ^ ones*'\\'
	return ((w-ones*' ')&^w | (quote-ones)&^quote | (slash-ones)&^slash | w) & highs
}

// scan checks the string whose quote is at the cursor and steps over it.
func (r *reader) scan() (start, end int, escaped bool) {
	data := r.data
	start = r.pos + 1
	i := start
	wide := false
	for {
		found := uint64(0)
		for ; i+8 <= len(data); i += 8 {
			if found = special(binary.LittleEndian.Uint64(data[i:])); found != 0 {
				i += bits.TrailingZeros64(found) >> 3
				break
			}
		}
		if found == 0 { // in the last bytes of the document
			for i < len(data) && data[i] >= ' ' && data[i] < 0x80 && data[i] != '"' && data[i] != '\\' {
				i++
			}
		}
		if i >= len(data) {
			r.pos = i
			r.malformed("")
			return 0, 0, false
		}
		switch c := data[i]; {
		case c == '"':
			if wide && !utf8.ValidString(r.text[start:i]) {
				r.pos = start
				r.malformed("a string is not UTF-8")
				return 0, 0, false
			}
			r.pos = i + 1
			return start, i, escaped
		case c == '\\':
			escaped = true
			r.pos = i
			if i = r.escape(i); i < 0 {
				return 0, 0, false
			}
		case c >= 0x80:
			wide = true
			for i < len(data) && data[i] >= 0x80 {
				i++
			}
		default:
			r.pos = i
			r.malformed("a control character in a string")
			return 0, 0, false
		}
	}
}

// escape checks the escape sequence at i and returns where it ends, -1 when it is malformed.
func (r *reader) escape(i int) int {
	if i+1 < len(r.data) {
		switch r.data[i+1] {
		case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			return i + 2
		case 'u':
			unit, ok := hex4(r.text, i+2)
			switch {
			case !ok:
			case unit == 0:
				r.wrong(codeValue, "the character U+0000 stands in a string")
				return i + 6
			case !utf16.IsSurrogate(unit):
				return i + 6
			default:
				if i+7 < len(r.text) && r.text[i+6] == '\\' && r.text[i+7] == 'u' {
					low, ok := hex4(r.text, i+8)
					if ok && utf16.DecodeRune(unit, low) != utf8.RuneError {
						return i + 12
					}
				}
				r.malformed("half of a surrogate pair")
				return -1
			}
		}
	}
	r.malformed("an escape sequence that JSON does not have")
	return -1
}

// hex4 reads the four hexadecimal digits at i.
func hex4(s string, i int) (rune, bool) {
	if i+4 > len(s) {
		return 0, false
	}
	var n rune
	for _, c := range []byte(s[i : i+4]) {
		switch {
		case '0' <= c && c <= '9':
			n = n<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			n = n<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return n, true
}

// str reads the string whose quote is at the cursor.
func (r *reader) str() string {
	start, end, escaped := r.scan()
	r.escaped = escaped
	if escaped {
		return unescape(r.text[start:end])
	}
	return r.text[start:end]
}

// unescape resolves the escape sequences of a string that scan has checked.
func unescape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		c := s[i+1]
		s = s[i+2:]
		if c != 'u' {
			b.WriteByte(escapes[c])
			continue
		}
		unit, _ := hex4(s, 0)
		s = s[4:]
		if utf16.IsSurrogate(unit) {
			low, _ := hex4(s, 2)
			unit = utf16.DecodeRune(unit, low)
			s = s[6:]
		}
		b.WriteRune(unit)
	}
}

var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// number reads the JSON number at the cursor as written.
func (r *reader) number() string {
	start := r.pos
	if r.byteAt() == '-' {
		r.pos++
	}
	switch c := r.byteAt(); {
	case c == '0':
		r.pos++
	case '1' <= c && c <= '9':
		r.digits()
	default:
		r.malformed("a digit should stand here")
		return ""
	}
	if r.byteAt() == '.' {
		r.pos++
		r.digits()
	}
	if r.byteAt()|0x20 == 'e' {
		r.pos++
		if c := r.byteAt(); c == '+' || c == '-' {
			r.pos++
		}
		r.digits()
	}
	if r.err != nil {
		return ""
	}
	return r.text[start:r.pos]
}

func (r *reader) byteAt() byte {
	if r.pos < len(r.data) {
		return r.data[r.pos]
	}
	return 0
}

// digits steps over one or more digits.
func (r *reader) digits() {
	start := r.pos
	for r.pos < len(r.data) && '0' <= r.data[r.pos] && r.data[r.pos] <= '9' {
		r.pos++
	}
	if r.pos == start {
		r.malformed("a digit should stand here")
	}
}

// literal steps over true, false or null.
func (r *reader) literal(word string) {
	if !strings.HasPrefix(r.text[r.pos:], word) {
		r.malformed("a value should stand here")
		return
	}
	r.pos += len(word)
}
