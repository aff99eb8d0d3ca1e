package terminology

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Match is what a CodeableConcept means. The zero value means nothing.
type Match struct {
	few  [3]hit
	more []hit
	n    int
}

// hit is one source of meaning: a coding, or words when coding is nil.
type hit struct {
	concepts []Concept
	coding   *fhir.Coding
	words    string
}

// Match finds what the codings of c mean, each by itself: codings that contradict
// each other all stand (Concepts). Codes for the absence of a code are
// skipped. The text counts only where a site lists it.
func (t *Terminology) Match(c *fhir.CodeableConcept) Match {
	var m Match
	if c == nil {
		return m
	}
	for i := range c.Coding {
		coding := &c.Coding[i]
		if coding.Code == "" || coding.IsNullFlavor() {
			continue
		}
		if concepts := t.Concepts(coding.System, coding.Code); len(concepts) > 0 {
			m.add(hit{concepts: concepts, coding: coding})
		}
	}
	if len(t.texts) > 0 && c.Text != "" {
		if concepts := t.texts[foldText(c.Text)]; len(concepts) > 0 {
			m.add(hit{concepts: concepts, words: "text"})
		}
	}
	return m
}

// Has reports whether any of the concepts is meant, in the order asked, and how that
// came about: "http://snomed.info/sct|202725007 -> dx-fbss".
func (m Match) Has(concepts ...Concept) (via string, ok bool) {
	for _, c := range concepts {
		for i := range m.n {
			if h := m.at(i); slices.Contains(h.concepts, c) {
				return h.via(c), true
			}
		}
	}
	return "", false
}

// Empty reports whether nothing is meant.
func (m Match) Empty() bool { return m.n == 0 }

// Concepts are all concepts meant, without repeats, in the order of the codings.
func (m Match) Concepts() []Concept {
	var all []Concept
	for i := range m.n {
		all = join(all, m.at(i).concepts...)
	}
	return all
}

func (m *Match) add(h hit) {
	if m.n < len(m.few) {
		m.few[m.n] = h
	} else {
		m.more = append(m.more, h)
	}
	m.n++
}

func (m *Match) at(i int) *hit {
	if i < len(m.few) {
		return &m.few[i]
	}
	return &m.more[i-len(m.few)]
}

func (h *hit) via(c Concept) string {
	if h.coding == nil {
		return h.words + " -> " + string(c)
	}
	return h.coding.System + "|" + h.coding.Code + " -> " + string(c)
}

// foldText makes texts that differ in case and spaces the same.
func foldText(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }
