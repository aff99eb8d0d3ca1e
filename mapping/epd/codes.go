package epd

import (
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

const (
	snomed = "http://snomed.info/sct"
	loinc  = "http://loinc.org"
)

// finding is one concept that a CodeableConcept means, and the part that told.
type finding struct {
	concept terminology.Concept
	source  *fhir.CodeableConcept
	coding  int    // -1: the name, not a code
	via     string // of a name
}

// code is the code that told, empty for a name.
func (f *finding) code() (system, code string) {
	if f.coding < 0 {
		return "", ""
	}
	c := &f.source.Coding[f.coding]
	return c.System, c.Code
}

// find looks every coding up once; where none means anything the text may, if a
// site lists it. A concept that several codings mean is found once, by the first.
func (m *mapper) find(c *fhir.CodeableConcept) []finding {
	if c == nil {
		return nil
	}
	start := len(m.pool)
	for i := range c.Coding {
		coding := &c.Coding[i]
		if coding.IsNullFlavor() || coding.Code == "" {
			continue
		}
		for _, concept := range m.Terminology.Concepts(coding.System, coding.Code) {
			if has(m.pool[start:], concept) == nil {
				m.pool = append(m.pool, finding{concept: concept, source: c, coding: i})
			}
		}
	}
	if len(m.pool) == start && c.Text != "" {
		return m.worded(c, m.Terminology.Match(c), nil)
	}
	return m.pool[start:len(m.pool):len(m.pool)]
}

// findMedication is find for a medicine: where no code tells the ingredient, or
// the route of an opioid, its name may.
func (m *mapper) findMedication(c *fhir.CodeableConcept) []finding {
	found := m.find(c)
	if c == nil || ingredientOf(found) != "" && has(found, "med-opioid") == nil {
		return found
	}
	return m.together(found, m.worded(c, m.Terminology.Medication(c), found))
}

// worded are the findings of a match by words, without those that codes told.
func (m *mapper) worded(c *fhir.CodeableConcept, match terminology.Match, coded []finding) []finding {
	start := len(m.pool)
	for _, concept := range match.Concepts() {
		if has(coded, concept) == nil {
			via, _ := match.Has(concept)
			m.pool = append(m.pool, finding{concept: concept, source: c, coding: -1, via: via})
		}
	}
	return m.pool[start:len(m.pool):len(m.pool)]
}

// has returns the finding of a concept, or nil.
func has(found []finding, concept terminology.Concept) *finding {
	for i := range found {
		if found[i].concept == concept {
			return &found[i]
		}
	}
	return nil
}

// how is by which rule the finding was made.
func (f *finding) how() string {
	if f.coding < 0 {
		return f.via
	}
	c := &f.source.Coding[f.coding]
	return c.System + "|" + c.Code + " -> " + string(f.concept)
}

// tells is evidence from a code in an element of the resource.
func (e *entry) tells(element string, f *finding, date string) mapping.Evidence {
	evidence := mapping.Evidence{Resource: e.title(), Date: date, Via: f.how()}
	if f.coding < 0 {
		evidence.Path, evidence.Value = e.within+element+".text", nameOf(f.source)
	} else {
		evidence.Path, evidence.Value = e.within+element+".coding["+strconv.Itoa(f.coding)+"]", f.source.Coding[f.coding].Code
	}
	return evidence
}

// unmapped lists the codes, or the text, of an element that no concept matches.
func (m *mapper) unmapped(e *entry, element string, c *fhir.CodeableConcept) {
	if c == nil {
		return
	}
	listed := false
	for i := range c.Coding {
		coding := &c.Coding[i]
		if coding.IsNullFlavor() {
			continue
		}
		listed = true
		m.unknown = append(m.unknown, mapping.Unmapped{
			Resource: e.title(), Path: e.within + element + ".coding[" + strconv.Itoa(i) + "]",
			System: coding.System, Code: coding.Code, Display: coding.Display,
		})
	}
	if !listed && c.Text != "" {
		m.unknown = append(m.unknown, mapping.Unmapped{Resource: e.title(), Path: e.within + element + ".text", Display: c.Text})
	}
}

// lookUp is find for the code that decides what a resource is about; when it
// means nothing to us the resource is left out and its codes are listed.
func (m *mapper) lookUp(e *entry, element string, c *fhir.CodeableConcept) []finding {
	found := m.find(c)
	if len(found) == 0 {
		m.unknownCode(e, element, c)
	}
	return found
}

func (m *mapper) unknownCode(e *entry, element string, c *fhir.CodeableConcept) {
	if c == nil || len(c.Coding) == 0 && c.Text == "" {
		e.ignore(element, noCode)
		return
	}
	m.unmapped(e, element, c)
	e.ignore(element, noConcept)
}

// nameOf is what people call a concept: its text, else the first display.
func nameOf(c *fhir.CodeableConcept) string {
	if c == nil {
		return ""
	}
	if c.Text != "" {
		return c.Text
	}
	for i := range c.Coding {
		if c.Coding[i].Display != "" {
			return c.Coding[i].Display
		}
	}
	return ""
}

// canonical is a canonical URL without its version.
func canonical(url string) string {
	url, _, _ = strings.Cut(url, "|")
	return url
}
