package opioid

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// prescription is what MedicationStatement and MedicationRequest have in common.
type prescription struct {
	request  bool
	status   string
	barred   string // why it is no use at all, whatever the status
	period   window
	begun    edge // from when durations count
	date     string
	dosages  []fhir.Dosage
	path     string // of the dosages
	concept  *fhir.CodeableConcept
	links    []fhir.Reference // to resources about the same treatment
	replaces string           // reference of the prescription this one comes in place of
}

// prescriptionOf reads either resource; ok is false for any other.
func prescriptionOf(r fhir.Resource) (p prescription, ok bool) {
	switch r := r.(type) {
	case *fhir.MedicationStatement:
		p = ofStatement(r)
	case *fhir.MedicationRequest:
		p = ofRequest(r)
	default:
		return p, false
	}
	return p, true
}

func ofStatement(s *fhir.MedicationStatement) prescription {
	p := prescription{
		status: s.Status, period: windowOf(s.EffectivePeriod), date: s.DateAsserted.Text,
		dosages: s.Dosage, path: "dosage", concept: s.MedicationCodeableConcept,
	}
	switch {
	case !s.EffectiveDateTime.IsZero():
		p.period = windowOf(&fhir.Period{Start: s.EffectiveDateTime})
		p.date = s.EffectiveDateTime.Text
	case s.EffectivePeriod != nil && !s.EffectivePeriod.Start.IsZero():
		p.date = s.EffectivePeriod.Start.Text
	case s.EffectivePeriod == nil:
		// Told on a day after the one asked about, with nothing on when it began.
		p.period = windowOf(&fhir.Period{Start: s.DateAsserted})
	}
	p.begun = p.period.start
	if s.EffectivePeriod == nil || p.begun == openStart {
		p.begun = edge{p.period.start.first, never}
	}
	p.links = append(append(append(p.links, s.BasedOn...), s.DerivedFrom...), s.PartOf...)
	return p
}

// barredIntents are intents that are no order or plan.
var barredIntents = map[string]string{"proposal": "is only a proposal", "option": "is only an option"}

func ofRequest(r *fhir.MedicationRequest) prescription {
	p := prescription{
		request: true, status: r.Status, barred: barredIntents[r.Intent], date: r.AuthoredOn.Text,
		dosages: r.DosageInstruction, path: "dosageInstruction", concept: r.MedicationCodeableConcept, links: r.BasedOn,
	}
	if r.DoNotPerform != nil && *r.DoNotPerform {
		p.barred = "says not to take it"
	}
	authored := windowOf(&fhir.Period{Start: r.AuthoredOn})
	p.period = authored
	p.begun = edge{authored.start.first, never} // taken from then on at the earliest
	if e := fhir.Find(r.Extension, fhir.PeriodOfUse); e != nil && e.Period != nil {
		use := windowOf(e.Period)
		if use.start != openStart {
			p.begun = use.start
			p.period.start = edge{max(use.start.first, authored.start.first), max(use.start.last, authored.start.last)}
		}
		p.period.end = use.end
	}
	if r.PriorPrescription != nil {
		p.replaces = r.PriorPrescription.Reference
	}
	return p
}

// statuses of both resources: whether it is in use, and if not what to say.
var statuses = map[string]struct {
	use    standing
	reason string
}{
	"active":           {yes, ""},
	"unknown":          {maybe, ""},
	"":                 {maybe, ""},
	"completed":        {no, "is completed"},
	"entered-in-error": {no, "was entered in error"},
	"intended":         {no, "is only intended"},
	"stopped":          {no, "is stopped"},
	"on-hold":          {no, "is on hold"},
	"not-taken":        {no, "is not taken"},
	"cancelled":        {no, "is cancelled"},
	"draft":            {no, "is a draft"},
}

// current says whether the medicine is in use on a day, and if not why. An
// active one is, unless its dates rule the day out.
func (p *prescription) current(day mapping.Day, attested bool) (standing, string) {
	if p.barred != "" {
		return no, p.barred
	}
	status, known := statuses[p.status]
	if !known {
		status.use = maybe
	}
	switch {
	case status.use == no:
		return no, status.reason
	case day < p.period.start.first:
		return no, "starts after the day"
	case day > p.period.end.last:
		return no, "ended before the day"
	case attested:
		return yes, ""
	}
	return status.use, ""
}
