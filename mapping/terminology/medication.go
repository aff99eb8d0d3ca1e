package terminology

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Medication is Match for a medicine, with a fallback on its name.
//
// Dutch records often carry only G-Standaard numbers, of which no public table
// exists. When no coding tells the ingredient, the text and the displays are searched
// for the names in a small table, whole words only, whatever their case
// ("OXYCODON TABLET MGA 10MG"). Nothing is taken from a name when the words deny it.
// Where the product is a combination, or the words name different medicines, no
// ingredient is taken either; only that there is an opioid among them is told
// (med-opioid-combination), since a total without it would be too low. For an opioid
// the word for its form tells the route, where the codings do not.
func (t *Terminology) Medication(c *fhir.CodeableConcept) Match {
	m := t.Match(c)
	if c == nil || t.silenced(c) {
		return m
	}
	name := readNames(c)
	if name.denied {
		return m
	}
	opioid := m.hasAny(opioids)
	if !m.hasPrefix("ingredient-") && name.found != nil {
		switch {
		case !name.combination:
			m.add(hit{concepts: name.found.concepts, words: name.found.words})
			opioid = opioid || name.found.opioid
		case name.found.opioid:
			m.add(hit{concepts: opioidCombination, words: name.found.combined})
		}
	}
	if r := name.route; r != nil && opioid && !m.hasPrefix("route-") && !(r.swallowed && m.hasAny(notSwallowed)) {
		m.add(hit{concepts: r.concepts, words: r.words})
	}
	return m
}

// silenced reports whether a site took all meaning from one of the codings; its
// name then means nothing either.
func (t *Terminology) silenced(c *fhir.CodeableConcept) bool {
	for i := range c.Coding {
		if concepts, known := t.lookup(c.Coding[i].System, c.Coding[i].Code); known && len(concepts) == 0 {
			return true
		}
	}
	return false
}

func (m *Match) hasPrefix(prefix string) bool {
	for i := range m.n {
		for _, c := range m.at(i).concepts {
			if strings.HasPrefix(string(c), prefix) {
				return true
			}
		}
	}
	return false
}

var opioids = []Concept{"med-opioid"}

func (m *Match) hasAny(concepts []Concept) bool {
	for i := range m.n {
		for _, c := range concepts {
			if slices.Contains(m.at(i).concepts, c) {
				return true
			}
		}
	}
	return false
}

// productName is what the names of one medicine say together.
type productName struct {
	found       *medicine // nil when no name of the table is in it
	combination bool
	denied      bool
	route       *route
	unclear     bool // words for two routes
}

func readNames(c *fhir.CodeableConcept) productName {
	var name productName
	name.read(c.Text)
	for i := range c.Coding {
		if !c.Coding[i].IsNullFlavor() {
			name.read(c.Coding[i].Display)
		}
	}
	if name.unclear {
		name.route = nil
	}
	return name
}

// read takes in one text, word by word.
func (p *productName) read(text string) {
	var (
		buffer   [32]byte
		previous wordKind // of the word before
		number   bool     // the word before begins with a digit
		joined   bool     // a slash or plus stands between
		met      bool     // the word before is one that joins
	)
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			joined = joined || r == '+' || r == '/'
			text = text[size:]
			continue
		}
		isNumber := r >= '0' && r <= '9'
		end := strings.IndexFunc(text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !(isNumber && (r == ',' || r == '.'))
		})
		if end < 0 {
			end = len(text)
		}
		word := upper(buffer[:0], text[:end])
		text = text[end:]
		kind := wordKinds[string(word)]
		switch {
		case isNumber:
			p.combination = p.combination || joined && number
		case kind == denies:
			p.denied = true
		case kind == partner, met && kind != release, joined && !number && previous != unitWord && kind != unitWord:
			p.combination = true
		}
		p.take(word)
		previous, number, joined, met = kind, isNumber, false, kind == joins
	}
}

// take looks one word up as a name and as a form.
func (p *productName) take(word []byte) {
	if m := medicines[string(word)]; m != nil {
		if p.found != nil && !slices.Equal(p.found.concepts, m.concepts) {
			p.combination = true
		}
		if p.found == nil || m.opioid {
			p.found = m
		}
	}
	r := routes[string(word)]
	switch {
	case r == nil:
	case p.route == nil || p.route.swallowed:
		p.route = r
	case !r.swallowed && r.concepts[0] != p.route.concepts[0]:
		p.unclear = true
	}
}

// upper appends a word in capitals, with the accents of Dutch removed; a word that does not fit is no word of our tables.
func upper(to []byte, word string) []byte {
	for _, r := range word {
		switch r {
		case 'ï', 'Ï':
			r = 'I'
		case 'é', 'É', 'ë', 'Ë':
			r = 'E'
		}
		if r = unicode.ToUpper(r); r >= utf8.RuneSelf || len(to) == cap(to) {
			return to[:0]
		}
		to = append(to, byte(r))
	}
	return to
}
