package epd

import (
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
	e.ignore("", "neither date of birth nor gender can be read")
}

// indexed is the path of an element of a list.
func indexed(element string, i int) string {
	return element + "[" + strconv.Itoa(i) + "]"
}
