package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// roles are the professions of CodeSystem/intake by concept. That an
// anaesthesiologist is a pain specialist is not in the code, so that one is not here.
var roles = map[terminology.Concept]string{
	"role-anaesthesiologist-pain-specialist": "anaesthesiologist-pain-specialist",
	"role-neurosurgeon":                      "neurosurgeon",
	"role-clinical-psychologist":             "clinical-psychologist",
	"role-psychologist":                      "psychologist",
	"role-psychiatrist":                      "psychiatrist",
	"role-nurse-specialist":                  "nurse-specialist",
	"role-physician-assistant":               "physician-assistant",
	"role-nurse":                             "nurse",
	"role-other":                             "other",
	"role-neurologist":                       "other",
	"role-internist":                         "other",
	"role-general-practitioner":              "other",
}

// diagnosticians are the roles that diagnosed-by tells apart; any other is "other".
var diagnosticians = map[terminology.Concept]string{
	"role-neurologist":          "neurologist",
	"role-internist":            "internist",
	"role-general-practitioner": "general-practitioner",
}

// vague are roles that do not say which of the professions of a team it is.
var vague = map[terminology.Concept]bool{"role-anaesthesiologist": true, "role-pain-medicine": true}

// inTeam are the professions of one member of a team, by their code. A vague role
// says nothing beside a clear one; that of an anaesthesiologist with the
// specialism pain is clear from the two together.
func inTeam(found []role) map[string]*role {
	plain := make(map[string]*role, 1)
	var anaesthesiologist, pain *role
	for i := range found {
		r := &found[i]
		switch r.finding.concept {
		case "role-anaesthesiologist":
			anaesthesiologist = r
		case "role-pain-medicine":
			pain = r
		default:
			plain[roles[r.finding.concept]] = r
		}
	}
	if anaesthesiologist != nil && pain != nil {
		plain["anaesthesiologist-pain-specialist"] = pain
	}
	return plain
}

// role is a profession as some element told it.
type role struct {
	finding finding
	element string
	actor   fhir.Resource // that holds the element; nil: the resource itself
}

// professions are the roles stated in the elements of a resource, or by the
// professional referred to. Known is false when something was stated that means
// nothing to us.
func (m *mapper) professions(e *entry, element string, stated []fhir.CodeableConcept, who fhir.Reference) (found []role, known bool) {
	found, known = m.rolesIn(e, nil, element, stated)
	if len(found) > 0 || !known {
		return found, known
	}
	actor := m.chart.Resolve(e.resource, who)
	switch r := actor.(type) {
	case *fhir.PractitionerRole:
		found, known = m.rolesIn(e, r, "code", r.Code)
		special, knownToo := m.rolesIn(e, r, "specialty", r.Specialty)
		found, known = append(found, special...), known && knownToo || len(found)+len(special) > 0
		if len(found) == 0 && known && r.Practitioner != nil {
			if p, ok := m.chart.Resolve(r, *r.Practitioner).(*fhir.Practitioner); ok {
				return m.qualified(e, p)
			}
		}
	case *fhir.Practitioner:
		return m.qualified(e, r)
	}
	return found, known
}

func (m *mapper) qualified(e *entry, p *fhir.Practitioner) (found []role, known bool) {
	stated := make([]fhir.CodeableConcept, 0, len(p.Qualification))
	for _, q := range p.Qualification {
		if q.Code != nil {
			stated = append(stated, *q.Code)
		}
	}
	return m.rolesIn(e, p, "qualification", stated)
}

func (m *mapper) rolesIn(e *entry, actor fhir.Resource, element string, stated []fhir.CodeableConcept) (found []role, known bool) {
	known = true
	where := e
	if actor != nil && len(stated) > 0 {
		where = m.entryOf(actor)
	}
	for i := range stated {
		findings := m.find(&stated[i])
		meant := false
		for _, f := range findings {
			if roles[f.concept] != "" || vague[f.concept] {
				found = append(found, role{f, indexed(element, i), actor})
				meant = true
			}
		}
		if !meant {
			known = false
			m.unmapped(where, indexed(element, i), &stated[i])
		}
	}
	return found, known || len(found) > 0
}

// tellsRole is evidence of a role, in the resource that states it, which counts as used.
func (m *mapper) tellsRole(e *entry, r *role, date string) mapping.Evidence {
	if r.actor == nil {
		return e.tells(r.element, &r.finding, date)
	}
	m.use(r.actor)
	return m.entryOf(r.actor).tells(r.element, &r.finding, date)
}

// diagnosedBy takes who made the diagnosis, for the indications where it matters.
func (m *mapper) diagnosedBy(e *entry, c *fhir.Condition, indication string) {
	if indication != "pdn" && indication != "sfn" && indication != "cch" || c.Asserter == nil {
		return
	}
	found, _ := m.professions(e, "asserter", nil, *c.Asserter)
	for i := range found {
		r := &found[i]
		code := diagnosticians[r.finding.concept]
		if code == "" {
			code = "other"
		}
		m.add(e, indication+".diagnosed-by", mapping.CodeValue(code, m.tellsRole(e, r, c.RecordedDate.Text)))
	}
}
