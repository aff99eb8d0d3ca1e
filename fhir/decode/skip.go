package decode

// skip steps over any value, checking that it is well-formed and holds no
// null and no duplicate names.
func (r *reader) skip() { r.skipNamed("") }

// skipNamed is skip for the value of a member; the name tells whether its array may be padded with null.
func (r *reader) skipNamed(name string) {
	switch c := r.peek(); {
	case c == '"':
		r.scan()
	case c == '{':
		r.skipObject()
	case c == '[':
		r.skipArray(name)
	case c == 't':
		r.literal("true")
	case c == 'f':
		r.literal("false")
	case c == 'n':
		r.wrong(codeStructure, nullReason)
		r.literal("null")
	case kinds[c] != "":
		r.number()
	default:
		r.malformed("a value should stand here")
	}
}

func (r *reader) skipObject() {
	r.open()
	base, nulls := len(r.names), len(r.nulls)
	for first := true; r.next(first, '}'); first = false {
		name := r.name()
		r.declare(base, name)
		r.skipNamed(name)
	}
	r.closeNames(base, nulls, nil)
}

// skipArray allows null in an array of primitives, and of objects when the
// name starts with "_".
func (r *reader) skipArray(name string) {
	r.open()
	var null, other, object bool
	for first := true; r.next(first, ']'); first = false {
		switch r.peek() {
		case 'n':
			r.literal("null")
			null = true
			continue
		case '{', '[':
			object = true
		default:
			other = true
		}
		r.skip()
	}
	if !null {
		return
	}
	if siblings := len(name) > 1 && name[0] == '_'; siblings && other || !siblings && object {
		name = ""
	}
	r.padded(name)
}

// lookAhead finds a member of the object at the cursor and returns its string
// value, without moving. It looks no closer than needed: the object is still to be read.
func (r *reader) lookAhead(name string) string {
	if r.peek() != '{' {
		return ""
	}
	depth, named := 0, false // named: the name of the member has been passed
	for i := r.pos; i < len(r.data); i++ {
		switch r.data[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return ""
			}
		case ',':
			if depth == 1 {
				named = false
			}
		case '"':
			end := r.closing(i)
			if end < 0 {
				return ""
			}
			if depth == 1 && !named {
				named = true
				if r.text[i+1:end] == name {
					return r.stringAfter(end + 1)
				}
			}
			i = end
		}
	}
	return ""
}

// closing is where the string that opens at i closes, or -1.
func (r *reader) closing(i int) int {
	for i++; i < len(r.data); i++ {
		switch r.data[i] {
		case '"':
			return i
		case '\\':
			i++
		}
	}
	return -1
}

// stringAfter is the string value that follows a name ending at i, "" when there is none.
func (r *reader) stringAfter(i int) string {
	colon := false
	for ; i < len(r.data); i++ {
		switch c := r.data[i]; {
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
		case c == ':' && !colon:
			colon = true
		case c == '"' && colon:
			if end := r.closing(i); end > 0 {
				return r.text[i+1 : end]
			}
			return ""
		default:
			return ""
		}
	}
	return ""
}
