package centre

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// adverse are the figures of adverse events. That few are recorded does not mean that few
// happened: the figure of completeness "adverse-event-behind-revision" tells how many
// revisions and removals for a complication have none recorded.
var adverse = []definition{
	{
		id: "adverse-events", measure: "nm-adverse-event", item: "c.viii", kind: Count, unit: OfEvents, stratifiers: []string{byComplication, bySeriousness, byClinic},
		title: standpunt.Text{NL: "Ongewenste voorvallen", EN: "Adverse events"},
		observe: func(h *history, y *year, emit func(observation)) {
			for _, c := range h.complications() {
				o := observation{class: numerator, strata: []string{c.Kind, seriousness(c.Serious), c.clinic}}
				switch date, ok := registration.DateOf(c.Date); {
				case !ok:
					o.class, o.reason = missing, DateUnknown
				case yearOf(date.First) != y.number || date.First > h.asOf:
					continue
				}
				emit(o)
			}
		},
	},
	{
		id: "patients-with-event", measure: "nm-adverse-event", item: "c.viii", kind: Proportion, unit: OfPatients, stratifiers: []string{byClinic, byIndication},
		title: standpunt.Text{NL: "Patiënten met een voorval, van wie een systeem hadden of een ingreep", EN: "Patients with an event, of those with a system or a procedure"},
		observe: func(h *history, y *year, emit func(observation)) {
			at := h.appliedIn(y.number)
			for _, s := range h.systems {
				if present, _ := s.presentIn(h, y.number); present == kleene.True {
					at = append(at, s.known())
				}
			}
			if len(at) == 0 {
				return
			}
			o := observation{class: denominator, strata: []string{of(at, clinicOf), of(at, h.indicationOf)}}
			for _, c := range h.complications() {
				date, ok := registration.DateOf(c.Date)
				if ok && yearOf(date.First) == y.number && date.First <= h.asOf {
					o.class = numerator
				}
			}
			emit(o)
		},
	},
}

// complication is an adverse event with where it was.
type complication struct {
	*registration.Complication
	clinic string
}

// complications are those that were not entered in error.
func (h *history) complications() []complication {
	var list []complication
	for i := range h.Registration.Complications {
		c := &h.Registration.Complications[i]
		if !c.Retracted {
			list = append(list, complication{c, h.clinicOr(c.Clinic)})
		}
	}
	return list
}

// clinicOr is a clinic, or where the patient's data came from.
func (h *history) clinicOr(clinic string) string {
	for _, c := range []string{clinic, h.Clinic} {
		if c != "" {
			return c
		}
	}
	return Unknown
}

// seriousness is the code of http://terminology.hl7.org/CodeSystem/adverse-event-seriousness.
func seriousness(serious *bool) string {
	switch {
	case serious == nil:
		return ""
	case *serious:
		return "Serious" // the codes of R4 begin with a capital
	}
	return "Non-serious"
}

// between reports whether a date surely lies from a day up to another, both included.
func between(date mapping.Date, from, to mapping.Day) bool {
	return from <= date.First && date.Last <= to
}
