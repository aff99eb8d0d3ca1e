package epd

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// member is someone in a team.
type member struct {
	place   string // in the resource
	element string // of the place, that states the roles
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
			members = append(members, member{indexed("participant", i), ".role", p.Role, p.Member})
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
		members = append(members, member{indexed("performer", i), ".function", stated, p.Performer[i].Actor})
	}
	_, at := performed(p)
	m.team(e, members, at.Text)
}

// team adds the professions in a team, and who has them. Where the profession of a
// member is given but not understood the team is not known whole, and a group that
// seems to lack may be there: then nothing is stated.
func (m *mapper) team(e *entry, members []member, date string) {
	type place struct {
		member *member
		code   string
		role   *role
	}
	all := make([]place, 0, len(members))
	for i := range members {
		one := &members[i]
		found, known := m.professions(e, one.place+one.element, one.stated, one.who)
		plain := inTeam(found)
		if !known || len(found) > 0 && len(plain) == 0 {
			e.ignore(one.place+one.element, "the profession of a member is not clear, so the team is not known whole")
			return
		}
		for _, code := range mapping.Roles {
			if r := plain[code]; r != nil {
				all = append(all, place{one, code, r})
			}
		}
	}
	for _, p := range all {
		evidence := m.tellsRole(e, p.role, date)
		m.add(e, "team", mapping.CodeValue(p.code, evidence))
		m.record.Team = append(m.record.Team, mapping.Member{Person: m.person(e, p.member), Role: p.code, Evidence: evidence})
	}
	e.ignore("participant.role", "no profession stated")
}

// person tells members apart: by the professional referred to, whatever the role in
// which, else by the place in the team.
func (m *mapper) person(e *entry, one *member) string {
	from, who := e.resource, one.who
	if role, ok := m.chart.Resolve(from, who).(*fhir.PractitionerRole); ok && role.Practitioner != nil && role.Practitioner.Reference != "" {
		from, who = role, *role.Practitioner
	}
	switch {
	case strings.HasPrefix(who.Reference, "#"):
		return fhir.Name(from) + who.Reference
	case who.Reference != "":
		if r := m.chart.Resolve(from, who); r != nil {
			return fhir.Name(r)
		}
		_, key := fhir.SplitReference(who.Reference)
		return key
	case who.Identifier != nil && who.Identifier.Value != "":
		return who.Identifier.System + "|" + who.Identifier.Value
	}
	return e.title() + "." + one.place
}

// settleTeam puts the members in an order that does not depend on that of the input.
func (m *mapper) settleTeam() {
	slices.SortStableFunc(m.record.Team, func(a, b mapping.Member) int {
		return cmp.Or(strings.Compare(a.Person, b.Person), strings.Compare(a.Role, b.Role),
			strings.Compare(a.Evidence.Resource, b.Evidence.Resource), strings.Compare(a.Evidence.Path, b.Evidence.Path))
	})
}
