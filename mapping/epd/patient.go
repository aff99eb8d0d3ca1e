package epd

import (
	"math/big"
	"strconv"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// patient takes sex and date of birth, which may be partial.
func (m *mapper) patient(e *entry, p *fhir.Patient) {
	if date, ok := mapping.DateOf(p.BirthDate); ok && date.First <= m.AsOf {
		m.add(e, "birth-date", mapping.DateValue(date, e.says("birthDate", p.BirthDate.Text, "")))
	}
	switch p.Gender {
	case "male", "female", "other", "unknown":
		m.add(e, "sex", mapping.CodeValue(p.Gender, e.says("gender", p.Gender, "")))
	}
	switch {
	case p.DeceasedBoolean != nil && *p.DeceasedBoolean:
		m.died = append(m.died, death{e, e.says("deceasedBoolean", "true", "")})
	case m.past(p.DeceasedDateTime):
		m.died = append(m.died, death{e, e.says("deceasedDateTime", p.DeceasedDateTime.Text, p.DeceasedDateTime.Text)})
	}
	e.ignore("", "neither date of birth nor gender can be read")
}

// death is where the record says that the patient has died.
type death struct {
	entry    *entry
	evidence mapping.Evidence
}

// settleDeath lets a patient who has died have nothing left to live. What was expected
// before does not contradict that.
func (m *mapper) settleDeath() {
	if len(m.died) == 0 {
		return
	}
	for _, fact := range []string{"life-expectancy-months", "life-expectancy-over-12"} {
		delete(m.record.Facts, fact)
	}
	for _, d := range m.died {
		m.issue(d.entry, fhir.SeverityWarning, "business-rule", d.evidence.Path, "the patient has died: what was expected before does not count")
		m.add(d.entry, "life-expectancy-months", mapping.NumberValue(mapping.Exactly(new(big.Rat)), d.evidence))
	}
}

// indexed is the path of an element of a list.
func indexed(element string, i int) string {
	return element + "[" + strconv.Itoa(i) + "]"
}
