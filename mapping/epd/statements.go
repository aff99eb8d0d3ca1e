package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// An Observation may ask in its code for a finding, and answer yes or no in its value.
// It states then what a Condition of that finding would.

// statement is what an Observation says of a finding.
type statement struct {
	entry *entry
	fact  string
	of    string // as in findingRule
	day   mapping.Day
	value mapping.Value
}

// The concepts of an answer.
const (
	affirmation = terminology.Concept("answer-yes")
	denial      = terminology.Concept("answer-no")
)

// yesOrNo is the answer in a value; known is false when it is neither.
func (m *mapper) yesOrNo(v *fhir.Value) (yes, known bool) {
	if v.Boolean != nil {
		return *v.Boolean, true
	}
	concept := v.CodeableConcept
	if concept == nil && v.Coding != nil {
		concept = &fhir.CodeableConcept{Coding: []fhir.Coding{*v.Coding}}
	}
	found := m.find(concept)
	said, denied := has(found, affirmation) != nil, has(found, denial) != nil
	return said, said != denied
}

// asked takes what an Observation says of the finding it asks for. That it is absent
// counts only for the code that stands for the whole class, as with a Condition.
func (m *mapper) asked(e *entry, o *fhir.Observation, f *finding, rule findingRule, at fhir.DateTime) {
	yes, known := m.yesOrNo(&o.Value)
	if !known {
		e.ignore("value", "neither yes nor no to the finding in the code")
		return
	}
	value := rule.active
	if system, code := f.code(); !yes {
		if rule.absent.Kind == 0 || system != snomed || code != rule.general {
			e.ignore("value", "denied, but its code does not stand for the whole class")
			return
		}
		value = rule.absent
	}
	value.Evidence = []mapping.Evidence{e.tells("code", f, at.Text)}
	m.state(e, rule.fact, rule.of, at, value)
}

// state notes a statement until it is known which is the newest.
func (m *mapper) state(e *entry, fact, of string, at fhir.DateTime, value mapping.Value) {
	day := someDay // undated: it may be as new as any
	if date, ok := mapping.DateOf(at); ok {
		day = date.Last
	}
	m.statements = append(m.statements, statement{e, fact, of, day, value})
}

// settleStatements takes, of the dated statements about a fact, those of the newest day:
// an Observation tells of its day only. Undated ones all count.
func (m *mapper) settleStatements() {
	if len(m.statements) == 0 {
		return
	}
	newest := make(map[string]mapping.Day, len(m.statements))
	for _, s := range m.statements {
		if day, held := newest[s.fact]; s.day != someDay && (!held || s.day > day) {
			newest[s.fact] = s.day
		}
	}
	for _, s := range m.statements {
		switch {
		case s.day != someDay && s.day < newest[s.fact]:
			s.entry.ignore("effective", "there is a newer statement")
		case s.of == "":
			m.add(s.entry, s.fact, s.value)
		default:
			m.pend(s.entry, s.fact, s.value, s.of)
		}
	}
}
