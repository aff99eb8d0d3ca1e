package registration

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// contacts takes visits and contacts with a professional whose role is known, those in
// which an operation took place, and those that a form lists.
func (r *reader) contacts() {
	each(r, r.encounter)
	each(r, r.appointment)
	for _, list := range []struct {
		kind     string
		meetings []mapping.Meeting
	}{{"visit", r.record.Visits}, {"contact", r.record.Contacts}} {
		for _, m := range list.meetings {
			x, ok := r.named[m.Evidence.Resource].(*fhir.QuestionnaireResponse)
			if !ok {
				continue
			}
			if o, ok := r.origin(x, ""); ok {
				r.serve(x)
				r.out.Contacts = append(r.out.Contacts, Contact{
					Origin: o.part(list.kind + "/" + m.Date.Text + "/" + m.Role), Kind: list.kind, Role: m.Role, Date: m.Date.Text,
				})
			}
		}
	}
}

func (r *reader) encounter(n *fhir.Encounter) {
	o, ok := r.origin(n, r.clinic(n, []*fhir.Reference{n.ServiceProvider}))
	if !ok {
		return
	}
	operated := slices.ContainsFunc(r.procedures, func(p *operation) bool { return p.item.Encounter == o.Key })
	role := ""
	for i := range n.Participant {
		p := &n.Participant[i]
		for k := range p.Kind {
			role = leading(role, r.role(n, &p.Kind[k], p.Individual))
		}
		if len(p.Kind) == 0 {
			role = leading(role, r.role(n, nil, p.Individual))
		}
	}
	start, _ := period(n.Period, fhir.DateTime{})
	kind := "visit"
	if n.Class != nil && n.Class.Code == "VR" {
		kind = "contact"
	}
	listed := false
	for i := range n.Kind {
		if code := codeOf(&n.Kind[i], ContactKindSystem); code == "visit" || code == "contact" {
			kind, listed = code, true
		}
	}
	switch {
	case role == "" && !operated && !listed:
		r.drop(n, "participant", "no profession that is known took part")
		return
	case n.Status == "entered-in-error":
		o.Retracted = true
		r.serve(n)
		r.out.Contacts = append(r.out.Contacts, Contact{Origin: o, Kind: kind})
		return
	case n.Status != "finished" && !(operated && n.Status == "in-progress"):
		r.drop(n, "status", "not a contact that took place")
		return
	case r.later(start):
		r.drop(n, "period.start", afterAsOf)
		return
	}
	r.serve(n)
	r.out.Contacts = append(r.out.Contacts, Contact{Origin: o, Kind: kind, Role: role, Date: start.Text})
}

func (r *reader) appointment(a *fhir.Appointment) {
	role := ""
	for i := range a.Participant {
		p := &a.Participant[i]
		for k := range p.Kind {
			role = leading(role, r.role(a, &p.Kind[k], p.Actor))
		}
		if len(p.Kind) == 0 {
			role = leading(role, r.role(a, nil, p.Actor))
		}
	}
	switch {
	case role == "":
		r.drop(a, "participant", "no profession that is known took part")
	case a.Status != "fulfilled" && a.Status != "entered-in-error":
		r.drop(a, "status", "not a contact that took place")
	case r.later(a.Start):
		r.drop(a, "start", afterAsOf)
	default:
		if o, ok := r.origin(a, ""); ok {
			r.serve(a)
			one := Contact{Origin: o, Kind: "visit"}
			if one.Retracted = a.Status == "entered-in-error"; !one.Retracted {
				one.Role, one.Date = role, a.Start.Text
			}
			r.out.Contacts = append(r.out.Contacts, one)
		}
	}
}

// leading is the role that counts of two: that which stands first in mapping.Roles.
func leading(a, b string) string {
	if a == "" || b != "" && slices.Index(mapping.Roles, b) < slices.Index(mapping.Roles, a) {
		return b
	}
	return a
}

// team takes which roles the team has.
func (r *reader) team() {
	for _, v := range r.record.Fact("team").Values {
		r.out.Team = append(r.out.Team, Member{Origin: r.derived("team/"+v.Code, v.Evidence), Role: v.Code})
	}
	each(r, func(t *fhir.CareTeam) {
		for _, m := range r.record.Team {
			for i := range t.Participant {
				if x := r.chart.Resolve(t, t.Participant[i].Member); x != nil && fhir.Name(x) == m.Evidence.Resource {
					r.serve(t)
					if k := slices.IndexFunc(r.out.Team, func(one Member) bool { return one.Role == m.Role }); k >= 0 {
						r.rest(&r.out.Team[k].Origin, t)
					}
				}
			}
		}
	})
}
