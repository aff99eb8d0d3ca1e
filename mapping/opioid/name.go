package opioid

import (
	"strings"
)

// Product names carry the strength in a few shapes:
//
//	OXYCODON TABLET MGA 10MG            one number
//	FENTANYL PLEISTER 12UG/UUR          a rate
//	MORFINE DRANK 20MG/ML, 10MG/5ML     a concentration
//	PARACETAMOL/CODEINE TABLET 500/20MG the numbers in the order of the names
//	Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet   each beside its name

// strengthInName reads the strength of an ingredient from a product name; ok is
// false when there is none or it cannot be told whose it is. In the name of a
// combination a number counts only in a row of as many numbers as names, or where
// each ingredient has its own beside its name.
func strengthInName(name, ingredient string, combined bool) (m measure, ok bool) {
	text := strings.ReplaceAll(plain(name), " / ", "/")
	position, count, after := place(text, stem(ingredient))
	var found []strength
	for at := 0; at < len(text); {
		for at < len(text) && !isDigit(text[at]) {
			at++
		}
		s, next := scanStrength(text, at)
		if len(s.parts) > 0 && at >= after {
			found = append(found, s)
		}
		at = next
	}
	if len(found) == 0 || count == 0 && len(found) > 1 {
		return measure{}, false
	}
	s := found[0]
	switch {
	case combined && count <= 1 && !eachWithStrength(text):
		return measure{}, false
	case len(s.parts) == 1 && count <= 1:
		position = 0
	case len(s.parts) != count:
		return measure{}, false
	}
	return measure{exactly(s.parts[position]), mass, s.per}, true
}

// place finds the ingredient in a plain name: its position among names joined by
// slashes, how many are joined (0: not found), and where in the text it ends.
func place(text, stem string) (position, count, after int) {
	at := strings.Index(text, stem)
	if at < 0 {
		return 0, 0, -1
	}
	after = at + len(stem)
	start := strings.LastIndexByte(text[:at], ' ') + 1
	end := len(text)
	if n := strings.IndexByte(text[at:], ' '); n >= 0 {
		end = at + n
	}
	for i, offset := 0, start; offset < end; i++ {
		part := text[offset:end]
		if n := strings.IndexAny(part, "/+"); n >= 0 {
			part = part[:n]
		}
		if _, isUnit := unitOf(part); !isUnit {
			if offset+len(part) <= at {
				position++
			}
			count++
		}
		offset += len(part) + 1
	}
	return position, count, after
}

// eachWithStrength reports whether a plain name is two or more names joined by
// slashes, each followed by a number: "paracetamol 325 mg/oxycodon 5 mg".
func eachWithStrength(text string) bool {
	count := 0
	for part := range strings.SplitSeq(text, "/") {
		if part == "" || isDigit(part[0]) || !strings.ContainsAny(part, "0123456789") {
			return false
		}
		count++
	}
	return count > 1
}

// strength is the masses, in mg, of one expression such as "10/5mg" or "25ug/uur".
type strength struct {
	parts []fraction
	per   dimension
}

// scanStrength reads the expression that starts at a digit, up to where the next
// may start. The parts are empty when there is no mass in it.
func scanStrength(text string, at int) (strength, int) {
	var numbers []fraction
	s := strength{per: piece}
	for at < len(text) {
		number, isNumber, next := scanNumber(text, at)
		name, next := scanWord(text, next)
		u, known := unitOf(name)
		if name == "u" && len(s.parts) > 0 {
			u, known = unit{scale: whole(1), of: time}, true
		}
		switch {
		case !isNumber && !known:
			return s, max(next, at+1)
		case known && u.of == mass && isNumber:
			// "10/5mg": earlier numbers without a unit share this one.
			for _, n := range append(numbers, number) {
				s.parts = append(s.parts, n.times(u.scale))
			}
			numbers = nil
		case known && (u.of == time || u.of == volume) && len(s.parts) > 0:
			scale := u.scale
			if isNumber {
				scale = scale.times(number)
			}
			if scale.sign() == 0 {
				return strength{}, next
			}
			for i, p := range s.parts {
				s.parts[i] = p.over(scale)
			}
			s.per = u.of
			return s, next
		case !known && name == "":
			numbers = append(numbers, number)
		default:
			return s, next
		}
		if next >= len(text) || text[next] != '/' {
			return s, next
		}
		at = next + 1
	}
	return s, at
}

// scanNumber reads digits with a decimal comma or point.
func scanNumber(text string, at int) (n fraction, ok bool, next int) {
	end := at
	for end < len(text) && (isDigit(text[end]) || (text[end] == ',' || text[end] == '.') && end+1 < len(text) && isDigit(text[end+1])) {
		end++
	}
	n, ok = decimal(strings.ReplaceAll(text[at:end], ",", "."))
	return n, ok, end
}

// scanWord reads letters, after at most one blank.
func scanWord(text string, at int) (string, int) {
	start := at
	if start < len(text) && text[start] == ' ' {
		start++
	}
	end := start
	for end < len(text) && text[end] >= 'a' && text[end] <= 'z' {
		end++
	}
	if end == start {
		return "", at
	}
	return text[start:end], end
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

var spelling = strings.NewReplacer("ph", "f", "ï", "i", "é", "e", "µ", "u", "μ", "u")

// plain is text in lower case, in the spelling that Dutch and English share.
func plain(s string) string {
	s = strings.ToLower(s)
	if !strings.ContainsAny(s, "ïéµμ") && !strings.Contains(s, "ph") {
		return s
	}
	return spelling.Replace(s)
}

// stem is an ingredient as it occurs in Dutch and English plain text: the
// English "e" at the end is dropped.
func stem(ingredient string) string { return strings.TrimSuffix(plain(ingredient), "e") }
