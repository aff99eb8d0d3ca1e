package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// measured says which statuses an Observation or DiagnosticReport must have to count.
var measured = map[string]bool{"final": true, "amended": true, "corrected": true, "appended": true}

// moment is when something was measured. A period counts from its start; oneDay
// tells whether it also ends on that day.
func moment(o *fhir.Observation) (path string, at fhir.DateTime, oneDay bool) {
	switch {
	case !o.EffectiveDateTime.IsZero():
		return "effectiveDateTime", o.EffectiveDateTime, true
	case !o.EffectiveInstant.IsZero():
		return "effectiveInstant", o.EffectiveInstant, true
	case o.EffectiveTiming != nil && len(o.EffectiveTiming.Event) == 1:
		return "effectiveTiming.event[0]", o.EffectiveTiming.Event[0], true
	case o.EffectivePeriod != nil:
		start, started := mapping.DateOf(o.EffectivePeriod.Start)
		end, ended := mapping.DateOf(o.EffectivePeriod.End)
		return "effectivePeriod", o.EffectivePeriod.Start, started && ended && start.IsExact() && end.First == start.First && end.IsExact()
	}
	return "effective", fhir.DateTime{}, false
}

// observation reads a measurement or statement.
func (m *mapper) observation(e *entry, o *fhir.Observation) {
	if !measured[o.Status] {
		e.ignore("status", statusReason(o.Status))
		return
	}
	path, at, oneDay := moment(o)
	date, dated := mapping.DateOf(at)
	if dated && date.First > m.AsOf {
		e.ignore(path, afterAsOf)
		return
	}
	found := m.find(o.Code)
	known := len(found) > 0
	for i := range found {
		f := &found[i]
		switch f.concept {
		case "pain-intensity":
			if oneDay {
				m.painScore(e, o, found, "", &o.Value, o.DataAbsentReason, at, date)
			} else {
				e.ignore(path, "no day of measurement")
			}
		case "rel-bmi":
			m.measure(e, o, &m.body.index, "kg/m2", at)
		case "body-weight":
			m.measure(e, o, &m.body.weight, "kg", at)
		case "body-height":
			m.measure(e, o, &m.body.height, "m", at)
		case "cl-attack-frequency":
			m.attackFrequency(e, o, at)
		case "pregnancy-question":
			m.pregnancy(e, o, f, at)
		case "excl-anticoagulant-use":
			m.thins(e, o, f, at)
		case "pain-intensity-past-week", "pain-intensity-other-scale", "pain-scale-vas-unspecific":
			e.ignore("code", "no reading of the pain at a moment as NRS or VAS")
		default:
			if rule, ok := findingRules[f.concept]; ok {
				m.asked(e, o, f, rule, at)
			}
		}
	}
	for i := range o.Component {
		c := &o.Component[i]
		part := m.find(c.Code)
		known = known || len(part) > 0
		if oneDay && has(part, "pain-intensity") != nil {
			m.painScore(e, o, part, indexed("component", i)+".", &c.Value, c.DataAbsentReason, at, date)
		}
	}
	if !known {
		m.unknownCode(e, "code", o.Code)
	}
}

// pregnancy takes the answer to the question whether someone is pregnant; the
// question itself says nothing. A mere yes or no answers only the one of LOINC:
// that of the zib asks for any finding about a pregnancy.
func (m *mapper) pregnancy(e *entry, o *fhir.Observation, question *finding, at fhir.DateTime) {
	if system, _ := question.code(); system == loinc {
		if yes, known := m.yesOrNo(&o.Value); known {
			m.state(e, "pregnancy", "", at, mapping.CodeValue(map[bool]string{true: "yes", false: "no"}[yes], e.tells("code", question, at.Text)))
			return
		}
	}
	found := m.find(o.Value.CodeableConcept)
	if f := has(found, "excl-pregnancy"); f != nil {
		m.state(e, "pregnancy", "", at, mapping.CodeValue("yes", e.tells("valueCodeableConcept", f, at.Text)))
	}
	if f := has(found, "pregnancy-absent"); f != nil {
		m.state(e, "pregnancy", "", at, mapping.CodeValue("no", e.tells("valueCodeableConcept", f, at.Text)))
	}
	if len(found) == 0 {
		m.unmapped(e, "valueCodeableConcept", o.Value.CodeableConcept)
	}
	e.ignore("value", "neither pregnant nor not pregnant is stated")
}
