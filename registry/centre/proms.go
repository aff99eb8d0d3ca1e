package centre

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

var promFigures = []definition{
	{
		id: "prom-response", measure: "nm-prom-response", kind: Proportion, unit: OfQuestionnaires, stratifiers: []string{byClinic, byIndication, byMoment, byInstrument},
		title: standpunt.Text{NL: "Ingevulde vragenlijsten, van die in het jaar werden verwacht", EN: "Questionnaires completed, of those due in the year"},
		observe: func(h *history, y *year, emit func(observation)) {
			h.due(y, func(m moment, q *questionnaire, clinic, indication string) {
				o := observation{class: denominator, strata: []string{clinic, indication, m.phase, q.code}}
				switch {
				case h.answered(q, m.phase):
					o.class = numerator
				case m.gone != "":
					o.class, o.reason = excluded, m.gone
				case !m.settled:
					o.class, o.reason = excluded, "pending"
				}
				emit(o)
			})
		},
	},
	changeFigure("improved", standpunt.Text{NL: "Scores die verbeterd zijn met ten minste het kleinste belangrijke verschil", EN: "Scores improved by at least the smallest important difference"}),
	changeFigure("worsened", standpunt.Text{NL: "Scores die verslechterd zijn met ten minste het kleinste belangrijke verschil", EN: "Scores worsened by at least the smallest important difference"}),
	responderFigure("responder-50", 50, standpunt.Text{NL: "Ten minste 50 % pijnvermindering (NRS)", EN: "At least 50 % less pain (NRS)"}),
	responderFigure("responder-30", 30, standpunt.Text{NL: "Ten minste 30 % pijnvermindering (NRS)", EN: "At least 30 % less pain (NRS)"}),
}

// due gives the questionnaires that were due in a year, with the clinic and indication of
// the first system.
func (h *history) due(y *year, each func(m moment, q *questionnaire, clinic, indication string)) {
	s := h.first()
	if s == nil {
		return
	}
	indication := h.indicationOf(s.placed)
	for _, m := range h.moments() {
		if yearOf(m.due) != y.number {
			continue
		}
		for i := range questionnaires {
			if q := &questionnaires[i]; q.asked(indication) && (m.phase != baseline || !q.noBaseline) {
				each(m, q, s.placed.clinic, indication)
			}
		}
	}
}

// primary is the difference that figures hold a change against: the first that package
// prom lists. The courses of the report show all of them.
func primary(s *prom.Scale) *prom.Difference {
	if len(s.MCID) == 0 {
		return nil
	}
	return &s.MCID[0]
}

// scalesOf are the scales of a questionnaire that have a published difference.
func (q *questionnaire) scales() []string {
	var names []string
	for _, s := range prom.ByID(q.instruments[0]).Scales {
		if primary(&s) != nil {
			names = append(names, s.Name)
		}
	}
	return names
}

// changeFigure holds the change since the baseline of every score that was due against
// the primary difference.
func changeFigure(outcome string, title standpunt.Text) definition {
	return definition{
		id: outcome, measure: "nm-prom-change", title: title, kind: Proportion, unit: OfQuestionnaires, stratifiers: []string{byClinic, byIndication, byMoment, byInstrument},
		observe: func(h *history, y *year, emit func(observation)) {
			h.due(y, func(m moment, q *questionnaire, clinic, indication string) {
				if m.phase == baseline {
					return
				}
				for _, scale := range q.scales() {
					o := h.change(m, q, scale, func(p *prom.Point) bool { return p.Differences[0].Outcome == outcome })
					o.strata = []string{clinic, indication, m.phase, q.code + "." + scale}
					emit(o)
				}
			})
		},
	}
}

// responderFigure counts those whose pain fell by a percentage.
func responderFigure(id string, percent int64, title standpunt.Text) definition {
	share := big.NewRat(percent, 1)
	return definition{
		id: id, measure: "nm-prom-change", title: title, kind: Proportion, unit: OfPatients, stratifiers: []string{byClinic, byIndication, byMoment},
		observe: func(h *history, y *year, emit func(observation)) {
			h.due(y, func(m moment, q *questionnaire, clinic, indication string) {
				if m.phase == baseline || q.code != "nrs" {
					return
				}
				o := h.change(m, q, "value", func(p *prom.Point) bool {
					for _, d := range p.Differences {
						if d.Difference.Percent != nil && d.Difference.Percent.Cmp(share) == 0 {
							return d.Outcome == "improved"
						}
					}
					return false
				})
				o.strata = []string{clinic, indication, m.phase}
				emit(o)
			})
		},
	}
}

// change says whether the change of a score at a moment is as asked, or why that is not
// known.
func (h *history) change(m moment, q *questionnaire, scale string, asked func(*prom.Point) bool) observation {
	var before, at *prom.Point
	for _, l := range h.linesOf(q) {
		if l.Scale.Name == scale {
			if p := pointAt(l, m.phase); p != nil && (at == nil || p.Change != nil) {
				before, at = pointAt(l, baseline), p
			} else if at == nil && before == nil {
				before = pointAt(l, baseline)
			}
		}
	}
	switch {
	case at == nil && m.gone != "":
		return observation{class: excluded, reason: m.gone}
	case at == nil && !m.settled:
		return observation{class: excluded, reason: "pending"}
	case at == nil:
		return observation{class: missing, reason: "no-response"}
	case at.Scored.Value == nil:
		return observation{class: missing, reason: "not-scoreable"}
	case before == nil:
		return observation{class: missing, reason: "no-baseline"}
	case before.Scored.Value == nil:
		return observation{class: missing, reason: "baseline-not-scoreable"}
	case len(at.Differences) == 0:
		return observation{class: missing, reason: "baseline-zero"} // no percentage of nothing
	case asked(at):
		return observation{class: numerator}
	}
	return observation{class: denominator}
}
