package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// state is how a condition stands on the as-of day.
type state struct {
	certainty certainty
	activity  activity
	date      string // of the evidence: onset, else when it was recorded
}

func (m *mapper) stateOf(c *fhir.Condition) state {
	s := state{certaintyOf(c.VerificationStatus), activityOf(c.ClinicalStatus), c.OnsetDateTime.Text}
	if s.date == "" && c.OnsetPeriod != nil {
		s.date = c.OnsetPeriod.Start.Text
	}
	if s.date == "" {
		s.date = c.RecordedDate.Text
	}
	if s.certainty != erroneous && specified(c) {
		s.certainty = uncertain
	}
	if m.abated(c, s.activity) {
		s.activity = inactive
	}
	return s
}

// abated reports whether a condition was over by the as-of day. That it was, without a
// day that can be reckoned with, does not outweigh a status that says it is active.
func (m *mapper) abated(c *fhir.Condition, stated activity) bool {
	low, high := c.AbatementAge, c.AbatementAge
	if c.AbatementRange != nil {
		low, high = c.AbatementRange.Low, c.AbatementRange.High
	}
	if low != nil && high != nil {
		if date, ok := m.atAge(low, high); ok {
			return date.Last <= m.AsOf
		}
	}
	switch {
	case !c.AbatementDateTime.IsZero():
		return m.past(c.AbatementDateTime)
	case c.AbatementPeriod != nil:
		return m.past(c.AbatementPeriod.End)
	case c.AbatementString != "", low != nil, high != nil:
		return stated != active
	}
	return false
}

// specified reports whether the name of a condition is specified further in words,
// as the zib allows ("status after", "in the family"). They may change what the
// code means, so that neither the condition nor its absence is certain.
func specified(c *fhir.Condition) bool {
	return c.Code != nil && fhir.Find(c.Code.Extension, fhir.FurtherName) != nil
}

// begins is when the condition was there first, as far as the chart tells.
func begins(c *fhir.Condition) fhir.DateTime {
	switch {
	case !c.OnsetDateTime.IsZero():
		return c.OnsetDateTime
	case c.OnsetPeriod != nil && !c.OnsetPeriod.Start.IsZero():
		return c.OnsetPeriod.Start
	}
	return c.RecordedDate
}

// condition reads a diagnosis or problem: an indication, a finding that the
// standpunt asks about, or support for one of them.
func (m *mapper) condition(e *entry, c *fhir.Condition) {
	s := m.stateOf(c)
	if s.certainty == erroneous {
		e.ignore("verificationStatus", enteredInError)
		return
	}
	if m.later(begins(c)) {
		e.ignore("onset", afterAsOf)
		return
	}
	found := m.lookUp(e, "code", c.Code)
	if len(found) > 0 && specified(c) {
		m.issue(e, fhir.SeverityWarning, "value", "code.extension", "the name is specified further in words, which may change what it means: not taken as confirmed")
	}
	for _, f := range found {
		if rule, ok := indicationRules[f.concept]; ok {
			m.indication(e, c, s, &f, rule)
			continue
		}
		if rule, ok := findingRules[f.concept]; ok {
			m.conditionFinding(e, s, &f, rule)
			continue
		}
		switch f.concept {
		case "dx-postlaminectomy-level-unknown":
			m.levelUnknown(e, c, s, &f)
		case "excl-anticoagulant-use":
			m.anticoagulantFinding(e, s, &f)
		case "prior-spine-surgery-lumbar-history":
			m.surgeryHistory(e, s, &f)
		case "dx-chronic-pain", "dx-neuropathic-pain":
			if counts(e, s) {
				m.onset(e, c, "")
			}
		case "dx-sfn-unspecific":
			e.ignore("code", "the code is too broad to mean small fibre neuropathy")
		default:
			if level, ok := componentLevels[f.concept]; ok && counts(e, s) {
				m.components.add(level, e, e.tells("code", &f, s.date))
			}
		}
	}
}

// counts reports whether a condition is confirmed and not over, and says why when not.
func counts(e *entry, s state) bool {
	switch {
	case s.certainty == refuted:
		e.ignore("verificationStatus", "refuted")
	case s.certainty != confirmed:
		e.ignore("verificationStatus", "not confirmed")
	case s.activity == inactive:
		e.ignore("clinicalStatus", "no longer active")
	default:
		return true
	}
	return false
}

// findingRule says what a condition states about a fact. A nil value states nothing.
type findingRule struct {
	fact   string
	of     string // the indication to whose group the fact belongs; empty: to none
	active mapping.Value
	over   mapping.Value // in remission, resolved or inactive
	absent mapping.Value // refuted with the general code
	// general is the SNOMED CT code that stands for the whole class: only its
	// refutation states that nothing of the class is there.
	general string
}

var findingRules = map[terminology.Concept]findingRule{
	"excl-substance-misuse": {fact: "substance-misuse", active: mapping.CodeValue("active"), over: mapping.CodeValue("remission"),
		absent: mapping.CodeValue("none"), general: "66214007"},
	"substance-misuse-history": {fact: "substance-misuse", active: mapping.CodeValue("remission"), over: mapping.CodeValue("remission")},
	"excl-coagulation-disorder": {fact: "coagulation-disorder", active: mapping.BoolValue(true),
		absent: mapping.BoolValue(false), general: "64779008"},
	"coagulation-platelets-low": {fact: "coagulation-disorder", active: mapping.BoolValue(true)},
	"excl-active-infection": {fact: "active-infection", active: mapping.BoolValue(true),
		absent: mapping.BoolValue(false), general: "40733004"},
	"psychiatric-active": {fact: "psychiatric-disorder", active: mapping.CodeValue("active"),
		absent: mapping.CodeValue("none"), general: "74732009"},
	"excl-pregnancy": {fact: "pregnancy", active: mapping.CodeValue("yes"),
		absent: mapping.CodeValue("no"), general: "77386006"},
	"pregnancy-absent": {fact: "pregnancy", active: mapping.CodeValue("no")},
	"dx-myelum-compression": {fact: "spinal-cord-compression", of: "fnss", active: mapping.BoolValue(true),
		absent: mapping.BoolValue(false), general: "202664003"},
}

func (m *mapper) conditionFinding(e *entry, s state, f *finding, rule findingRule) {
	value := mapping.Value{}
	switch {
	case s.certainty == refuted:
		if system, code := f.code(); system == snomed && code == rule.general {
			value = rule.absent
		} else {
			e.ignore("verificationStatus", "refuted, but its code does not stand for the whole class")
		}
	case s.certainty != confirmed:
		e.ignore("verificationStatus", "not confirmed")
	case s.activity == unstated:
		e.ignore("clinicalStatus", "whether it is active is not stated")
	case s.activity == active:
		value = rule.active
	case rule.over.Kind == 0:
		e.ignore("clinicalStatus", "no longer active, which does not state absence")
	default:
		value = rule.over
	}
	if value.Kind == 0 {
		return
	}
	value.Evidence = []mapping.Evidence{e.tells("code", f, s.date)}
	if rule.of == "" {
		m.add(e, rule.fact, value)
		return
	}
	m.pend(e, rule.fact, value, rule.of)
}
