package centre

import (
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

var trialling = []definition{
	{
		id: "conversion", measure: "nm-trial-conversion", item: "c.iii", kind: Proportion, unit: OfTrials, stratifiers: careStrata,
		title: standpunt.Text{NL: "Proeven gevolgd door een definitieve plaatsing", EN: "Trials followed by a definitive placement"},
		observe: func(h *history, y *year, emit func(observation)) {
			for _, t := range h.trials {
				if t.in(y.number) != kleene.True {
					continue
				}
				o := observation{strata: h.care(t.procedure)}
				o.class, o.reason = t.outcome(h)
				emit(o)
			}
		},
	},
	{
		id: "trial-length", measure: "nm-trial-conversion", item: "c.iii", kind: Distribution, unit: OfTrials, valueUnit: "d", stratifiers: []string{byClinic},
		title: standpunt.Text{NL: "Duur van de proef", EN: "Length of the trial"},
		observe: func(h *history, y *year, emit func(observation)) {
			for _, t := range h.trials {
				if t.in(y.number) != kleene.True {
					continue
				}
				o := observation{class: missing, reason: "no-end-recorded", strata: []string{t.clinic}}
				if end, ok := registration.DateOf(t.End); ok && end.IsExact() && t.exact() && t.Start != "" && end.First >= t.date.First {
					o.class, o.amount = numerator, float64(end.First-t.date.First)
				}
				emit(o)
			}
		},
	},
}

// outcome says what became of a trial: a definitive placement (numerator), removal of the
// electrode instead (denominator), or that this is not known.
func (t *trial) outcome(h *history) (class, string) {
	switch {
	case t.repeated:
		return excluded, "repeated"
	case t.placed != nil && t.sameSession(t.placed):
		return excluded, "all-in-one"
	case t.placed != nil:
		return numerator, ""
	case t.removed != nil:
		return denominator, ""
	case t.date.Last+stages > h.asOf:
		return missing, "pending"
	}
	return missing, "no-outcome-recorded"
}
