package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// member is someone in a team.
type member struct {
	element string
	stated  []fhir.CodeableConcept
	who     fhir.Reference
}

// careTeam takes who is in the team that sets the indication.
func (m *mapper) careTeam(e *entry, t *fhir.CareTeam) {
	switch {
	case t.Status != "active" && t.Status != "":
		e.ignore("status", statusReason(t.Status))
		return
	case t.Period != nil && m.later(t.Period.Start):
		e.ignore("period.start", afterAsOf)
		return
	case t.Period != nil && m.over(t.Period.End):
		e.ignore("period.end", "over before the as-of day")
		return
	}
	members := make([]member, 0, len(t.Participant))
	for i := range t.Participant {
		p := &t.Participant[i]
		if p.Period == nil || !m.over(p.Period.End) && !m.later(p.Period.Start) {
			members = append(members, member{indexed("participant", i) + ".role", p.Role, p.Member})
		}
	}
	m.team(e, members, "")
}

// meeting takes who took part in a multidisciplinary meeting.
func (m *mapper) meeting(e *entry, p *fhir.Procedure) {
	members := make([]member, 0, len(p.Performer))
	for i := range p.Performer {
		var stated []fhir.CodeableConcept
		if f := p.Performer[i].Function; f != nil {
			stated = append(stated, *f)
		}
		members = append(members, member{indexed("performer", i) + ".function", stated, p.Performer[i].Actor})
	}
	_, at := performed(p)
	m.team(e, members, at.Text)
}

// team adds the professions in a team. Where the profession of a member is given
// but not understood the team is not known whole, and a group that seems to lack
// may be there: then nothing is stated.
func (m *mapper) team(e *entry, members []member, date string) {
	type place struct {
		code string
		role *role
	}
	var all []place
	for _, one := range members {
		found, known := m.professions(e, one.element, one.stated, one.who)
		plain := inTeam(found)
		if !known || len(found) > 0 && len(plain) == 0 {
			e.ignore(one.element, "the profession of a member is not clear, so the team is not known whole")
			return
		}
		for _, code := range mapping.Roles {
			if r := plain[code]; r != nil {
				all = append(all, place{code, r})
			}
		}
	}
	for _, p := range all {
		m.add(e, "team", mapping.CodeValue(p.code, m.tellsRole(e, p.role, date)))
	}
	e.ignore("participant.role", "no profession stated")
}
