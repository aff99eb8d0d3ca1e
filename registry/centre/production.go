package centre

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// The codes of the stratifiers.
const (
	byClinic       = "clinic"
	bySpecialty    = "specialty"
	byIndication   = "indication"
	byModality     = "modality"
	byKind         = "procedure-kind"
	byReason       = "revision-reason"
	byManufacturer = "manufacturer"
	byModel        = "model"
	byUDI          = "udi-di"
	bySeriousness  = "seriousness"
	byInstrument   = "instrument"
	byMoment       = "prom-moment"
	byComplication = "complication"
	byComponent    = "component"
	byElement      = "element"
	byMonths       = "months-since-placement"
	byAge          = "age"
	bySex          = "sex"
	byBMI          = "bmi"
	byOpioids      = "opioid-dose"
	byPain         = "pain"
)

// careStrata divide what is about care that was given.
var careStrata = []string{byClinic, bySpecialty, byIndication, byModality}

// care gives the strata of procedures for careStrata.
func (h *history) care(procedures ...*procedure) []string {
	return []string{of(procedures, clinicOf), of(procedures, specialtyOf), of(procedures, h.indicationOf), of(procedures, modalityOf)}
}

var production = []definition{
	{
		id: "patients", measure: "nm-indication", item: "c.i", kind: Count, unit: OfPatients, stratifiers: careStrata,
		title: standpunt.Text{NL: "Patiënten met een ingreep", EN: "Patients with a procedure"},
		observe: func(h *history, y *year, emit func(observation)) {
			if list := h.appliedIn(y.number); len(list) > 0 {
				emit(observation{class: numerator, strata: h.care(list...)})
			}
		},
	},
	{
		id: "procedures", measure: "nm-indication", item: "c.ii", kind: Count, unit: OfProcedures, stratifiers: append([]string{byKind}, careStrata...),
		title: standpunt.Text{NL: "Ingrepen", EN: "Procedures"},
		observe: func(h *history, y *year, emit func(observation)) {
			for i := range h.procedures {
				p := &h.procedures[i]
				o := observation{class: numerator, strata: append([]string{string(p.Kind)}, h.care(p)...)}
				switch {
				case p.done == kleene.False && p.in(y.number) != kleene.False:
					o.class, o.reason = excluded, p.excluded
				case !p.dated:
					o.class, o.reason = missing, DateUnknown
				case p.in(y.number) != kleene.True:
					continue
				case p.done == kleene.Unknown:
					o.class, o.reason = missing, StatusUnknown
				}
				emit(o)
			}
		},
	},
	{
		id: "placed-material", measure: "nm-indication", item: "c.iv", kind: Count, unit: OfEvents, stratifiers: []string{byManufacturer, byModel, byUDI, byClinic},
		title: standpunt.Text{NL: "Geplaatst materiaal", EN: "Material placed"},
		observe: func(h *history, y *year, emit func(observation)) {
			for _, p := range h.appliedIn(y.number) {
				devices := h.devicesOf(p)
				for _, d := range devices {
					emit(observation{class: numerator, strata: []string{d.Manufacturer, d.Model, d.UDI, p.clinic}})
				}
				if len(devices) == 0 {
					emit(observation{class: missing, reason: "no-device-recorded", strata: []string{"", "", "", p.clinic}})
				}
			}
		},
	},
	{
		id: "single-stage", measure: "nm-allinone", item: "c.v", kind: Proportion, unit: OfSystems, stratifiers: careStrata,
		title: standpunt.Text{NL: "Definitieve plaatsing in dezelfde zitting als de elektrode", EN: "Definitive placement in one session with the electrode"},
		observe: func(h *history, y *year, emit func(observation)) {
			for _, s := range h.systems {
				if s.placed == nil || s.placed.in(y.number) != kleene.True {
					continue
				}
				o := observation{class: denominator, strata: h.care(s.placed)}
				switch t := h.trialBefore(s); {
				case t != nil && t.sameSession(s.placed), t == nil && s.twoAtOnce():
					o.class = numerator
				case t == nil:
					o.class, o.reason = missing, "no-trial-recorded"
				}
				emit(o)
			}
		},
	},
}

// appliedIn are the procedures of a year that count as neuromodulation being applied.
func (h *history) appliedIn(number int) []*procedure {
	var list []*procedure
	for _, p := range h.doneIn(number) {
		if p.is(anything...) == kleene.True {
			list = append(list, p)
		}
	}
	return list
}

// trialBefore is the trial that a system followed; nil when none is known.
func (h *history) trialBefore(s *system) *trial {
	for _, t := range h.trials {
		if t.placed != nil && t.placed.Key == s.placed.Key {
			return t
		}
	}
	return nil
}

// twoAtOnce: electrode and generator were placed in one session.
func (s *system) twoAtOnce() bool {
	return slices.ContainsFunc(s.companions, func(p *procedure) bool { return p.Kind != s.placed.Kind && p.sameSession(s.placed) })
}
