package centre

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// completeness counts, per datum that annex 3 asks the report to tell of, how often it is on
// record. Comorbidity is asked without saying what it is, and no registration has it: it
// counts as never recorded, so that nobody takes its absence for good health.
var completeness = []definition{{
	id: "completeness", measure: "nm-data-completeness", kind: Proportion, unit: OfEvents, stratifiers: []string{byElement, byClinic},
	title: standpunt.Text{NL: "Vastgelegde gegevens, van die het verslag nodig heeft", EN: "Data on record, of those the report needs"},
	observe: func(h *history, y *year, emit func(observation)) {
		tell := func(element, clinic string, recorded bool) {
			o := observation{class: denominator, strata: []string{element, clinic}}
			if recorded {
				o.class = numerator
			}
			emit(o)
		}
		if applied := h.appliedIn(y.number); len(applied) > 0 {
			clinic, day := of(applied, clinicOf), applied[0].date.First
			tell("birth-date", clinic, h.ageBand(day) != Unknown)
			tell("sex", clinic, h.Registration.Patient.Gender != "" && h.Registration.Patient.Gender != Unknown)
			tell("indication", clinic, h.indicationOf(applied[0]) != Unknown)
			tell("bmi", clinic, h.band(bmiBands, "bmi", "", day) != Unknown)
			tell("pain-at-intake", clinic, h.painBand() != Unknown)
			tell("opioid-dose", clinic, h.band(opioidBands, "opioid-dose", "", day) != Unknown)
			tell("comorbidity", clinic, false)
			tell("cost", clinic, h.hasCost(y.number))
		}
		for _, p := range h.done {
			if p.in(y.number) == kleene.True {
				h.completeProcedure(p, tell)
			}
			if !p.dated || p.in(y.number) == kleene.True {
				tell("procedure-date", p.clinic, p.dated)
			}
		}
		for _, c := range h.complications() {
			if date, ok := registration.DateOf(c.Date); !ok || yearOf(date.First) == y.number && date.First <= h.asOf {
				tell("adverse-event-date", c.clinic, ok)
				tell("adverse-event-seriousness", c.clinic, c.Serious != nil)
			}
		}
	},
}}

// forComplication are the reasons of a revision or removal that are an adverse event too.
var forComplication = []string{"lead-migration", "lead-fracture", "infection", "pocket-pain", "hardware"}

func (h *history) completeProcedure(p *procedure, tell func(element, clinic string, recorded bool)) {
	tell("procedure-kind", p.clinic, p.Kind != registration.Unspecified)
	tell("modality", p.clinic, p.Modality != "")
	tell("specialty", p.clinic, p.Specialty != "")
	tell("clinic", p.clinic, p.clinic != Unknown)
	if p.is(anything...) == kleene.True {
		devices := h.devicesOf(p)
		tell("device", p.clinic, len(devices) > 0)
		for _, d := range devices {
			tell("udi-di", p.clinic, d.UDI != "")
			tell("manufacturer-and-model", p.clinic, d.Manufacturer != "" && d.Model != "")
		}
	}
	if p.is(registration.Revision, registration.Explant) != kleene.True {
		return
	}
	reason := reasonOf(p)
	tell("reason", p.clinic, reason != "" && reason != Unknown)
	if slices.Contains(forComplication, reason) {
		tell("adverse-event-behind-revision", p.clinic, h.hasComplicationOf(p, reason))
	}
}

// nearby is how far before a revision the complication behind it may be dated, in days.
const nearby = 183

func (h *history) hasComplicationOf(p *procedure, kind string) bool {
	for _, c := range h.complications() {
		if c.Kind != kind {
			continue
		}
		date, ok := registration.DateOf(c.Date)
		if c.Procedure == p.Key || ok && between(date, p.date.First-nearby, p.date.Last) {
			return true
		}
	}
	return false
}

func (h *history) hasCost(number int) bool {
	return slices.ContainsFunc(h.Registration.Costs, func(c registration.Cost) bool {
		date, ok := registration.DateOf(c.Date)
		return !c.Retracted && ok && yearOf(date.First) == number
	})
}
