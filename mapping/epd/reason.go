package epd

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// broader are diagnoses that, given as the reason, can only mean one of the
// conditions that are not reimbursed, though the code alone does not say so.
var broader = map[terminology.Concept]string{
	"dx-mononeuropathy-cause-not-stated": "nerve-injury-neuropathy",
	"excl-angina-not-refractory":         "angina",
}

// reasons takes for which condition neuromodulation is asked.
func (m *mapper) reasons(r *request) {
	for i := range r.reasons {
		found := m.find(&r.reasons[i])
		named := m.named(found)
		for _, f := range named {
			m.reason(r, f.indication, "", r.entry.tells(indexed("reasonCode", i), f.finding, r.date))
		}
		if len(named) == 0 {
			m.unmapped(r.entry, indexed("reasonCode", i), &r.reasons[i])
		}
	}
	for i, reference := range r.because {
		element := indexed("reasonReference", i)
		c, ok := m.chart.Resolve(r.entry.resource, reference).(*fhir.Condition)
		if !ok {
			m.issue(r.entry, fhir.SeverityWarning, "not-found", element, "the condition that is the reason did not come along")
			continue
		}
		m.conditionReason(r, element, c)
	}
	r.entry.ignore("", "no reason that is known")
}

// enclosed reads the conditions that a request gives as its reason and holds itself: no
// other resource tells of them. Withdrawing the request does not withdraw the diagnosis.
func (m *mapper) enclosed(e *entry, status string, at fhir.DateTime, because []fhir.Reference) {
	if status == "entered-in-error" || m.later(at) {
		return
	}
	for _, reference := range because {
		if !strings.HasPrefix(reference.Reference, "#") {
			continue
		}
		if c, ok := m.chart.Resolve(e.resource, reference).(*fhir.Condition); ok {
			inner := m.entryOf(c)
			inner.name = e.title()
			inner.within = indexed("contained", slices.Index(e.resource.Head().Contained, fhir.Resource(c))) + "."
			m.index[c] = inner
			m.condition(inner, c)
			e.used = e.used || inner.used
		}
	}
}

// naming is an indication that a finding names.
type naming struct {
	indication string
	finding    *finding
}

func (m *mapper) named(found []finding) (list []naming) {
	for i := range found {
		f := &found[i]
		if rule, ok := indicationRules[f.concept]; ok {
			list = append(list, naming{rule.code, f})
		} else if code := broader[f.concept]; code != "" {
			list = append(list, naming{code, f})
		}
	}
	return list
}

// reason notes a reason; giving it means the indication.
func (m *mapper) reason(r *request, indication, name string, evidence ...mapping.Evidence) {
	m.add(r.entry, "reason", mapping.CodeValue(indication, evidence...))
	if indication == "other" || !m.means(indication) {
		m.record.AddIndication(indication, name, evidence...)
	}
}

// conditionReason takes the reason from a referenced Condition: the indication it
// means, or a condition on neither list, provided its code is one that can tell.
func (m *mapper) conditionReason(r *request, element string, c *fhir.Condition) {
	s := m.stateOf(c)
	if s.certainty == erroneous || s.certainty == refuted || m.later(begins(c)) {
		m.issue(r.entry, fhir.SeverityWarning, "value", element, "the condition that is the reason is refuted, entered in error or dated after the as-of day")
		return
	}
	evidence := r.entry.says(element, fhir.Name(c), r.date)
	for i := range m.levelless {
		if u := &m.levelless[i]; u.condition == c {
			if u.level != "" {
				m.reason(r, u.level, "", evidence, u.evidence)
			}
			return
		}
	}
	other := m.entryOf(c)
	found := m.find(c.Code)
	named := m.named(found)
	for _, f := range named {
		other.used = true
		m.reason(r, f.indication, "", evidence, other.tells("code", f.finding, s.date))
	}
	if len(named) > 0 {
		return
	}
	if len(found) > 0 || !classified(c.Code) {
		m.issue(r.entry, fhir.SeverityWarning, "value", element, "the condition that is the reason is not coded so that it can be told which one it is")
		return
	}
	other.used = true
	name := nameOf(c.Code)
	means := other.says("code", codeOf(c.Code), s.date)
	m.reason(r, "other", name, evidence, means)
	if name != "" {
		m.add(r.entry, "other.name", mapping.TextValue(name, means))
	}
	if s.certainty == confirmed && s.activity != inactive {
		m.onset(other, c, "other")
		m.add(r.entry, "other.confirmed", mapping.BoolValue(true, means))
	}
}

// classifications are the systems in which each listed condition has its code, so
// that another code of theirs means another condition.
var classifications = map[string]bool{
	snomed:                              true,
	"http://hl7.org/fhir/sid/icd-10":    true,
	"http://hl7.org/fhir/sid/icd-10-nl": true,
	"urn:oid:2.16.840.1.113883.6.96":    true,
	"urn:oid:2.16.840.1.113883.6.3":     true,
	"urn:oid:2.16.840.1.113883.6.3.2":   true,
}

func classified(c *fhir.CodeableConcept) bool { return codeOf(c) != "" }

// codeOf is the first code in a classification.
func codeOf(c *fhir.CodeableConcept) string {
	if c != nil {
		for i := range c.Coding {
			if classifications[c.Coding[i].System] {
				return c.Coding[i].Code
			}
		}
	}
	return ""
}
