package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// performed is when a procedure was done or began; absent when only doing counts.
func performed(p *fhir.Procedure) (path string, at fhir.DateTime) {
	if p.PerformedPeriod != nil {
		return "performedPeriod.start", p.PerformedPeriod.Start
	}
	return "performedDateTime", p.PerformedDateTime
}

// procedure takes from a procedure that was done what it says; from one that was
// rejected with a reason only that.
func (m *mapper) procedure(e *entry, p *fhir.Procedure) {
	path, at := performed(p)
	if m.later(at) {
		e.ignore(path, afterAsOf)
		return
	}
	found := m.lookUp(e, "code", p.Code)
	switch p.Status {
	case "completed":
		m.treatment(e, "code", found, at.Text, "tried")
		m.done(e, p, found)
	case "stopped":
		m.treatment(e, "code", found, at.Text, "tried")
	case "not-done":
		if p.StatusReason != nil {
			m.treatment(e, "code", found, at.Text, rejected)
		} else {
			e.ignore("status", "not done, without a reason")
		}
	case "in-progress":
		m.trialLead(e, found, path, at)
	}
	if p.Status != "completed" {
		e.ignore("status", statusReason(p.Status))
	}
}

// done reads a completed procedure.
func (m *mapper) done(e *entry, p *fhir.Procedure, found []finding) {
	path, at := performed(p)
	m.trialLead(e, found, path, at)
	for i := range found {
		f := &found[i]
		switch f.concept {
		case "prior-spine-surgery-lumbar":
			m.surgery(e, p, "fbss", f)
		case "prior-spine-surgery-cervical":
			m.surgery(e, p, "fnss", f)
		case "prior-spine-surgery-lumbar-history":
			m.pastSurgery(e, "fbss", f, "")
		case "spine-surgery-level-unknown":
			e.ignore("code", "level of the spine not stated: not counted as surgery")
		case "ix-mri":
			if m.elsewhere(p.BodySite) {
				e.ignore("bodySite", notTheHead)
				continue
			}
			m.image(e, path, at)
		case "mdt-indication":
			m.meeting(e, p)
		case "proc-scs-implant", "proc-ipg-placement":
			if has(found, "proc-scs-trial") == nil { // which says more exactly what was done
				m.placed(e, f, path, at)
			}
		}
	}
}

// trialLead takes the start of the trial from the procedure with which it begins.
func (m *mapper) trialLead(e *entry, found []finding, path string, at fhir.DateTime) {
	f := has(found, "proc-scs-trial")
	if f == nil {
		return
	}
	if date, ok := mapping.DateOf(at); ok {
		m.add(e, "trial-start", mapping.DateValue(date, withVia(e.says(path, at.Text, at.Text), f.how())))
	}
}

func withVia(evidence mapping.Evidence, via string) mapping.Evidence {
	evidence.Via = via
	return evidence
}
