package centre

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// costs are per patient with a procedure in the year. Who has no amount on record is
// missing: coverage is what is known of what should be.
var costs = []definition{
	costFigure("cost", standpunt.Text{NL: "Kosten per patiënt", EN: "Cost per patient"}, ""),
	costFigure("cost-material", standpunt.Text{NL: "Kostprijs van materiaal per patiënt", EN: "Cost price of material per patient"}, "material"),
}

// euro is the only currency that is added up.
const euro = "EUR"

// costFigure makes the figure of all costs, or of one kind.
func costFigure(id string, title standpunt.Text, kind string) definition {
	return definition{
		id: id, measure: "nm-cost", item: "c.xi", title: title, kind: Distribution, unit: OfPatients, valueUnit: euro, stratifiers: []string{byClinic, byIndication},
		observe: func(h *history, y *year, emit func(observation)) {
			list := h.appliedIn(y.number)
			if len(list) == 0 {
				return
			}
			o := observation{class: missing, reason: "no-cost-recorded", strata: []string{of(list, clinicOf), of(list, h.indicationOf)}}
			sum, foreign := new(big.Rat), false
			for i := range h.Registration.Costs {
				c := &h.Registration.Costs[i]
				date, ok := registration.DateOf(c.Date)
				if c.Retracted || kind != "" && c.Kind != kind || !ok || yearOf(date.First) != y.number || date.First > h.asOf {
					continue
				}
				amount, ok := new(big.Rat).SetString(c.Amount)
				switch {
				case !ok || c.Currency != euro:
					foreign = true
				default:
					sum.Add(sum, amount)
					o.class, o.reason = numerator, ""
				}
			}
			if foreign { // the sum would be too low
				o.class, o.reason = missing, "other-currency"
			}
			o.amount, _ = sum.Float64()
			emit(o)
		},
	}
}
