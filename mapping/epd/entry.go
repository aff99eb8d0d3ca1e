package epd

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// entry is a received resource and what became of it.
type entry struct {
	resource fhir.Resource
	name     string
	within   string // of a contained resource: its path in the one that holds it, with a dot
	used     bool
	path     string
	reason   string // why nothing was taken from it; the first reason stands
}

// title is the name by which evidence and report call the resource.
func (e *entry) title() string {
	if e.name == "" {
		e.name = fhir.Name(e.resource)
	}
	return e.name
}

// ignore says why an element, and with it perhaps the whole resource, gives
// nothing. It has no effect on a resource that gave something elsewhere.
func (e *entry) ignore(path, reason string) {
	if e.reason == "" {
		e.path, e.reason = path, reason
	}
}

// says is evidence from an element that needed no code to be understood.
func (e *entry) says(path, value, date string) mapping.Evidence {
	return mapping.Evidence{Resource: e.title(), Path: e.within + path, Value: value, Date: date}
}

// add takes a value of a fact from the resource.
func (m *mapper) add(e *entry, fact string, v mapping.Value) {
	e.used = true
	m.record.Add(fact, v)
}

// mean notes an indication for which the resource speaks.
func (m *mapper) mean(e *entry, indication, name string, evidence mapping.Evidence) {
	e.used = true
	m.record.AddIndication(indication, name, evidence)
}

// meanOnce is mean for evidence part of which the record may hold already.
func (m *mapper) meanOnce(e *entry, indication string, evidence []mapping.Evidence) {
	e.used = true
	var held []mapping.Evidence
	for i := range m.record.Indications {
		if m.record.Indications[i].Code == indication {
			held = m.record.Indications[i].Evidence
		}
	}
	for _, one := range evidence {
		if !slices.Contains(held, one) {
			m.record.AddIndication(indication, "", one)
		}
	}
}

// means reports whether the record holds the indication.
func (m *mapper) means(indication string) bool {
	for i := range m.record.Indications {
		if m.record.Indications[i].Code == indication {
			return true
		}
	}
	return false
}

// issue remarks on an element that was read all the same.
func (m *mapper) issue(e *entry, severity fhir.Severity, code, path, reason string) {
	m.issues = append(m.issues, fhir.Issue{Severity: severity, Code: code, Resource: e.title(), Path: e.within + path, Reason: reason})
}

// use marks a resource that was reached by reference.
func (m *mapper) use(r fhir.Resource) { m.entryOf(r).used = true }

// entryOf is the entry of a resource that was reached by reference. A contained
// one was not received by itself: its entry counts nowhere.
func (m *mapper) entryOf(r fhir.Resource) *entry {
	if m.index == nil {
		m.index = make(map[fhir.Resource]*entry)
		for i := range m.entries {
			switch e := &m.entries[i]; e.resource.(type) {
			case *fhir.Observation, *fhir.MedicationStatement, *fhir.MedicationRequest, *fhir.Procedure, *fhir.QuestionnaireResponse:
				// Many, and never reached by reference.
			default:
				m.index[e.resource] = e
			}
		}
	}
	if e := m.index[r]; e != nil {
		return e
	}
	return &entry{resource: r}
}

// later reports whether a date lies wholly after the as-of day.
func (m *mapper) later(t fhir.DateTime) bool {
	date, ok := mapping.DateOf(t)
	return ok && date.First > m.AsOf
}

// past reports whether a date lies wholly on or before the as-of day.
func (m *mapper) past(t fhir.DateTime) bool {
	date, ok := mapping.DateOf(t)
	return ok && date.Last <= m.AsOf
}

const (
	afterAsOf      = "dated after the as-of day"
	enteredInError = "entered in error"
	noConcept      = "no concept matches its code"
	noFact         = "nothing that is asked depends on this code"
	noCode         = "it has no code"
)

// statusReason says that a status keeps a resource from counting.
func statusReason(status string) string {
	switch status {
	case "":
		return "status is missing"
	case "entered-in-error":
		return enteredInError
	}
	return "status " + status + " does not count"
}
