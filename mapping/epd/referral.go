package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// referral takes that the patient was referred to a psychiatrist.
func (m *mapper) referral(e *entry, s *fhir.ServiceRequest) {
	if f := has(m.find(s.PerformerType), "role-psychiatrist"); f != nil {
		m.add(e, "psychiatric-referral", mapping.BoolValue(true, e.tells("performerType", f, s.AuthoredOn.Text)))
		return
	}
	for i := range s.Performer {
		found, _ := m.professions(e, indexed("performer", i), nil, s.Performer[i])
		for j := range found {
			if found[j].finding.concept == "role-psychiatrist" {
				m.add(e, "psychiatric-referral", mapping.BoolValue(true, m.tellsRole(e, &found[j], s.AuthoredOn.Text)))
			}
		}
	}
}
