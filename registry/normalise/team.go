package normalise

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// team makes the CareTeam: the roles that are filled, by whom is not told.
func (b *builder) team() error {
	at := place{"team", -1}
	roles := make(map[encode.Coding]bool)
	all := registration.Origin{Retracted: true}
	for i := range b.registration.Team {
		item := &b.registration.Team[i]
		b.seen(item.Updated)
		if item.Retracted {
			continue
		}
		all.Retracted = false
		if role := b.coded(place{"team", i}, "role", "intake", item.Role); len(role.Codings) > 0 {
			roles[role.Codings[0]] = true
		}
	}
	if len(b.registration.Team) == 0 {
		return nil
	}
	e, err := b.add(careTeamProfile, at, all, "team")
	if err != nil || e == nil {
		return err
	}
	out := encode.CareTeam{Status: status(e, "active", "active")}
	if !e.Retracted {
		for role := range roles {
			out.Roles = append(out.Roles, role)
		}
		slices.SortFunc(out.Roles, func(a, b encode.Coding) int { return strings.Compare(a.Code, b.Code) })
	}
	managing := b.clinic(at, "")
	e.build = func(link linker, head encode.Head) encode.Resource {
		out := out
		out.Head, out.Subject = head, link(b.patient)
		if !e.Retracted {
			out.Managing = optional(link, managing)
		}
		return &out
	}
	return nil
}

const actCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode"

// classes are the classes of an Encounter by the kind of contact: at the clinic, or from
// a distance.
var classes = map[string]string{"visit": "AMB", "contact": "VR"}

// contacts makes the Encounters of aftercare.
func (b *builder) contacts() error {
	for i := range b.registration.Contacts {
		item := &b.registration.Contacts[i]
		at := place{"contacts", i}
		class, known := classes[item.Kind]
		if !known {
			if !item.Retracted {
				b.leave(at, "kind", "a kind of contact that is not sent")
				continue
			}
			class = classes["contact"]
		}
		e, err := b.add(contactProfile, at, item.Origin, item.Key)
		if err != nil || e == nil {
			if err != nil {
				return err
			}
			continue
		}
		out := encode.Encounter{
			Status: status(e, "finished", "finished"), Class: encode.Coding{System: actCode, Code: class}, Type: own("contact-kind", item.Kind),
		}
		var clinic *Entry
		if !e.Retracted {
			clinic = b.clinic(at, item.Clinic)
			out.Period = b.period(at, item.Date, "")
			b.happened(item.Date)
		}
		e.build = func(link linker, head encode.Head) encode.Resource {
			out := out
			out.Head, out.Subject, out.Provider = head, link(b.patient), optional(link, clinic)
			return &out
		}
	}
	return nil
}
