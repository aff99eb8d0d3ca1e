package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// anticoagulant is the finding that a medicine thins the blood; the narrower
// one, a platelet inhibitor, first, since the evidence should tell them apart.
func anticoagulant(found []finding) *finding {
	for _, concept := range []string{"med-antiplatelet", "med-anticoagulant", "excl-anticoagulant-use"} {
		for i := range found {
			if string(found[i].concept) == concept {
				return &found[i]
			}
		}
	}
	return nil
}

// anticoagulantFinding takes use of anticoagulants recorded as a problem.
func (m *mapper) anticoagulantFinding(e *entry, s state, f *finding) {
	switch {
	case !counts(e, s):
	case s.activity == unstated:
		e.ignore("clinicalStatus", "whether it is active is not stated")
	default:
		m.bleeding = append(m.bleeding, e.tells("code", f, s.date))
		m.thinners = append(m.thinners, e)
	}
}

// thins takes use of anticoagulants that an Observation asks for. That none of the kind is
// used says nothing of the others.
func (m *mapper) thins(e *entry, o *fhir.Observation, f *finding, at fhir.DateTime) {
	switch yes, known := m.yesOrNo(&o.Value); {
	case !known:
		e.ignore("value", "neither yes nor no to the finding in the code")
	case !yes:
		e.ignore("value", "denied, but its code does not stand for the whole class")
	default:
		m.bleeding = append(m.bleeding, e.tells("code", f, at.Text))
		m.thinners = append(m.thinners, e)
	}
}

// settleAnticoagulants notes that an anticoagulant is used. Whether it may be
// stopped for a while is for a person to say: an answer settles it and takes the
// use as further evidence; that none is used contradicts it.
func (m *mapper) settleAnticoagulants() {
	if len(m.bleeding) == 0 {
		return
	}
	for _, e := range m.thinners {
		e.used = true
	}
	f, settled := m.record.Fact("anticoagulant"), false
	for i := range f.Values {
		if v := &f.Values[i]; v.Code != "none" {
			v.Evidence = append(v.Evidence, m.bleeding...)
			settled = true
		}
	}
	if !settled {
		m.record.Add("anticoagulant", mapping.CodeValue("unknown-if-stop", m.bleeding...))
	}
}
