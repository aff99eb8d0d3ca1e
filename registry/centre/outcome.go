package centre

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// outcome is the Textbook Outcome of one patient.
type outcome struct {
	// Reached is unknown where a criterion is and none fails.
	Reached  kleene.Truth
	Criteria []kleene.Truth // in the order of the definition
	// Score is the complication score; unknown (false) where an event lacks its date or was
	// not surely counted.
	Score      float64
	ScoreKnown bool

	at *procedure
}

// outcomes are those of the year: of first systems whose follow-up ends in it.
func (h *history) outcome(y *year) *outcome {
	d := y.Definition
	s := h.first()
	if s == nil {
		return nil
	}
	placed, _ := s.began()
	end := placed + mapping.Day(d.Days)
	if yearOf(end) != y.number || end > h.asOf {
		return nil
	}
	c := &outcomeCase{h, s, placed, end, h.seenSince(end - mapping.Day(d.SeenWithin))}
	o := &outcome{Reached: kleene.True, at: s.placed}
	for _, r := range d.Criteria {
		truth := requirements[r.Test].holds(c, r)
		o.Criteria = append(o.Criteria, truth)
		o.Reached = kleene.And(o.Reached, truth)
	}
	o.Score, o.ScoreKnown = c.complicationScore(d.ComplicationScore)
	return o
}

// complicationScore adds up the weights of the adverse events; false where an event may or
// may not belong, has no weight, or nobody saw the patient near the end.
func (o *outcomeCase) complicationScore(d ComplicationScore) (float64, bool) {
	sum := 0.0
	for _, c := range o.history.complications() {
		date, dated := registration.DateOf(c.Date)
		weight, weighed := d.Weights[c.Kind]
		switch within := o.within(date, dated); {
		case within == kleene.False:
		case within == kleene.Unknown, !weighed, c.Serious == nil && d.Serious != 1:
			return 0, false
		case c.Serious != nil && *c.Serious:
			sum += d.Serious * weight
		default:
			sum += weight
		}
	}
	return sum, o.seen
}

// seenSince: something of the patient is on record from a day on, up to as-of; who died
// since then was followed up to death.
func (h *history) seenSince(day mapping.Day) bool {
	since := func(text string) bool {
		date, ok := registration.DateOf(text)
		return ok && date.First >= day && date.First <= h.asOf
	}
	for _, p := range h.done {
		if p.dated && p.date.First >= day {
			return true
		}
	}
	r := h.Registration
	for i := range r.Contacts {
		if !r.Contacts[i].Retracted && since(r.Contacts[i].Date) {
			return true
		}
	}
	for i := range r.Scores {
		if !r.Scores[i].Retracted && since(r.Scores[i].Date) {
			return true
		}
	}
	for i := range r.Measurements {
		if !r.Measurements[i].Retracted && since(r.Measurements[i].Date) {
			return true
		}
	}
	return h.dead && h.diedKnown && h.died.First >= day
}

// truthClass puts a truth in a proportion.
var truthClass = map[kleene.Truth]class{kleene.True: numerator, kleene.False: denominator, kleene.Unknown: missing}

var textbook = []definition{
	{
		id: "textbook-outcome", measure: "nm-textbook-outcome", item: "c", kind: Proportion, unit: OfPatients, stratifiers: careStrata,
		title: standpunt.Text{NL: "Textbook Outcome", EN: "Textbook Outcome"},
		observe: func(h *history, y *year, emit func(observation)) {
			if o := h.outcome(y); o != nil {
				emit(observation{class: truthClass[o.Reached], reason: "criterion-unknown", strata: h.care(o.at)})
			}
		},
	},
	{
		id: "outcome-component", measure: "nm-textbook-outcome", item: "c", kind: Proportion, unit: OfPatients, stratifiers: []string{byComponent},
		title: standpunt.Text{NL: "Onderdelen van de Textbook Outcome", EN: "Parts of the Textbook Outcome"},
		observe: func(h *history, y *year, emit func(observation)) {
			if o := h.outcome(y); o != nil {
				for i, truth := range o.Criteria {
					emit(observation{class: truthClass[truth], reason: "criterion-unknown", strata: []string{y.Definition.Criteria[i].ID}})
				}
			}
		},
	},
	{
		id: "complication-score", measure: "nm-textbook-outcome", item: "c", kind: Distribution, unit: OfPatients, valueUnit: "{score}", stratifiers: []string{byClinic, bySpecialty},
		title: standpunt.Text{NL: "Complicatiescore per patiënt", EN: "Complication score per patient"},
		observe: func(h *history, y *year, emit func(observation)) {
			if o := h.outcome(y); o != nil {
				class := missing
				if o.ScoreKnown {
					class = numerator
				}
				emit(observation{class: class, reason: "event-or-follow-up-unknown", amount: o.Score, strata: []string{o.at.clinic, o.at.Specialty}})
			}
		},
	},
}
