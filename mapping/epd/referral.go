package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// referral takes that the patient was referred to a psychiatrist. A plan or a proposal is no
// referral yet; a draft, which a decision hook sends of what is being ordered, is.
func (m *mapper) referral(e *entry, s *fhir.ServiceRequest) {
	planned := proposals[s.Intent]
	refer := func(evidence func() mapping.Evidence) {
		if planned {
			e.ignore("intent", "planned, not ordered")
			return
		}
		m.add(e, "psychiatric-referral", mapping.BoolValue(true, evidence()))
	}
	if f := has(m.find(s.PerformerType), "role-psychiatrist"); f != nil {
		refer(func() mapping.Evidence { return e.tells("performerType", f, s.AuthoredOn.Text) })
		return
	}
	for i := range s.Performer {
		found, _ := m.professions(e, indexed("performer", i), nil, s.Performer[i])
		for j := range found {
			if found[j].finding.concept == "role-psychiatrist" {
				refer(func() mapping.Evidence { return m.tellsRole(e, &found[j], s.AuthoredOn.Text) })
			}
		}
	}
}
