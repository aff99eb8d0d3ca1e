package epd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// encounter takes a visit that took place, and with whom. A virtual one is a
// contact: the patient was not seen.
func (m *mapper) encounter(e *entry, n *fhir.Encounter) {
	switch {
	case n.Status != "finished":
		e.ignore("status", statusReason(n.Status))
		return
	case n.Period == nil || n.Period.Start.IsZero():
		e.ignore("period.start", "no date")
		return
	case m.later(n.Period.Start):
		e.ignore("period.start", afterAsOf)
		return
	}
	to := &m.record.Visits
	if n.Class != nil && n.Class.Code == "VR" {
		to = &m.record.Contacts
	}
	for i := range n.Participant {
		p := &n.Participant[i]
		m.met(e, to, indexed("participant", i)+".type", p.Kind, p.Individual, n.Period.Start)
	}
	m.metSomebody(e, to, "period.start", n.Period.Start)
}

// appointment takes a visit that was kept.
func (m *mapper) appointment(e *entry, a *fhir.Appointment) {
	switch {
	case a.Status != "fulfilled":
		e.ignore("status", statusReason(a.Status))
		return
	case a.Start.IsZero():
		e.ignore("start", "no date")
		return
	case m.later(a.Start):
		e.ignore("start", afterAsOf)
		return
	}
	for i := range a.Participant {
		p := &a.Participant[i]
		m.met(e, &m.record.Visits, indexed("participant", i)+".type", p.Kind, p.Actor, a.Start)
	}
	m.metSomebody(e, &m.record.Visits, "start", a.Start)
}

func (m *mapper) met(e *entry, to *[]mapping.Meeting, element string, stated []fhir.CodeableConcept, who fhir.Reference, at fhir.DateTime) {
	date, _ := mapping.DateOf(at)
	found, _ := m.professions(e, element, stated, who)
	for i := range found {
		if role := roles[found[i].finding.concept]; role != "" {
			e.used = true
			*to = append(*to, mapping.Meeting{Date: date, Role: role, Evidence: m.tellsRole(e, &found[i], at.Text)})
		}
	}
}

// stranger is a meeting of which the profession is not known.
type stranger struct {
	entry   *entry
	to      *[]mapping.Meeting
	meeting mapping.Meeting
}

// metSomebody keeps a meeting with nobody of a known profession until it is known whether it
// was in aftercare.
func (m *mapper) metSomebody(e *entry, to *[]mapping.Meeting, path string, at fhir.DateTime) {
	if e.used {
		return
	}
	date, _ := mapping.DateOf(at)
	m.strangers = append(m.strangers, stranger{e, to, mapping.Meeting{Date: date, Evidence: e.says(path, at.Text, at.Text)}})
}

// settleStrangers takes the meetings since the implantation: one of them may have counted, and
// then it cannot be said that there was none. Those before it are of no use.
func (m *mapper) settleStrangers() {
	from := someDay
	for _, v := range m.record.Fact("implant-date").Values {
		from = min(from, v.Date.First)
	}
	var open []stranger
	for _, s := range m.strangers {
		if s.meeting.Date.Last < from {
			s.entry.ignore("participant.type", "no profession that is known took part")
			continue
		}
		s.entry.used = true
		*s.to = append(*s.to, s.meeting)
		open = append(open, s)
	}
	if len(open) > 0 {
		m.issue(open[0].entry, fhir.SeverityWarning, "value", "participant.type",
			fmt.Sprintf("no profession that is known took part: whether meetings since the implantation count is open (%d)", len(open)))
	}
}

// settleMeetings puts visits and contacts in order of date.
func (m *mapper) settleMeetings() {
	m.settleStrangers()
	for _, list := range [][]mapping.Meeting{m.record.Visits, m.record.Contacts} {
		slices.SortStableFunc(list, func(a, b mapping.Meeting) int {
			if d := int(a.Date.First) - int(b.Date.First); d != 0 {
				return d
			}
			return strings.Compare(a.Role, b.Role)
		})
	}
}
