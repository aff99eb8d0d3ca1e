package centre

import (
	"math/big"
	"slices"
	"strconv"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// questionnaire is one of annex 1, whichever version of it was used.
type questionnaire struct {
	code        string
	instruments []string // ids of package prom
	indication  string   // for which it is asked; empty is every one
	noBaseline  bool     // asks about the effect of treatment
}

var questionnaires = []questionnaire{
	{code: "gpe", instruments: []string{"gpe"}, noBaseline: true},
	{code: "sf12", instruments: []string{"sf12v1", "sf12v2"}},
	{code: "nrs", instruments: []string{"nrs"}},
	{code: "bpi", instruments: []string{"bpi"}},
	{code: "odi", instruments: []string{"odi"}, indication: "fbss"},
	{code: "ndi", instruments: []string{"ndi"}, indication: "fnss"},
	{code: "hads", instruments: []string{"hads"}},
	{code: "pcs", instruments: []string{"pcs"}},
	{code: "psqi", instruments: []string{"psqi"}},
}

// baseline is the moment before treatment.
const baseline = "baseline"

// moment is a moment at which questionnaires are due.
type moment struct {
	phase string // baseline, 6-months, year-1, ...
	due   mapping.Day
	// settled: its window has passed as of the day of reporting.
	settled bool
	gone    string // removed, deceased: no longer due
}

// windowMonths is how long after its day a measurement still counts for a moment, as in
// package prom.
const windowMonths = 3

// first is the first system with a known day of placement; nil without.
func (h *history) first() *system {
	for _, s := range h.systems {
		if _, ok := s.began(); ok {
			return s
		}
	}
	return nil
}

// moments are those of the first system: before it and, up to the day of reporting, half
// a year after it and every year.
func (h *history) moments() []moment {
	if h.dues == nil {
		h.dues = h.momentsOf(h.first())
	}
	return h.dues
}

func (h *history) momentsOf(s *system) []moment {
	if s == nil {
		return nil
	}
	placed, _ := s.began()
	list := []moment{{phase: baseline, due: placed, settled: true}}
	for months := 6; ; {
		m := moment{phase: "6-months", due: placed.AddMonths(months)}
		if m.due > h.asOf {
			return list
		}
		if months > 6 {
			m.phase = "year-" + strconv.Itoa(months/12)
		}
		m.settled = placed.AddMonths(months+windowMonths) <= h.asOf
		switch {
		case s.removed != nil && s.removed.date.First <= m.due:
			m.gone = "removed"
		case h.dead && (!h.diedKnown || h.died.First <= m.due):
			m.gone = "deceased"
		}
		list = append(list, m)
		if months == 6 {
			months = 12
		} else {
			months += 12
		}
	}
}

// courses are the scores along the moments of the first system.
func (h *history) courses() []prom.Line {
	if h.followed {
		return h.scores
	}
	h.followed = true
	s := h.first()
	if s == nil {
		return nil
	}
	m := prom.Milestones{AsOf: h.asOf}
	m.Implant, _ = s.began()
	if t := h.trialBefore(s); t != nil && t.exact() {
		m.TrialStart = t.date.First
		if end, ok := registration.DateOf(t.End); ok && end.IsExact() && t.Start != "" {
			m.TrialEnd = end.First
		}
	}
	var scored []prom.Scored
	for i := range h.Registration.Scores {
		r := &h.Registration.Scores[i]
		instrument := prom.ByID(r.Instrument)
		if r.Retracted || instrument == nil || instrument.Scale(r.Scale) == nil {
			continue
		}
		one := prom.Scored{Instrument: instrument, Scale: instrument.Scale(r.Scale), NotScoreable: r.NotScoreable}
		day, ok := registration.DateOf(r.Date)
		if !ok {
			continue
		}
		one.Day = day
		if value, ok := new(big.Rat).SetString(r.Value); ok && r.Value != "" {
			one.Value = value
		}
		scored = append(scored, one)
	}
	h.scores = prom.Course(scored, m)
	return h.scores
}

// asked: the questionnaire is meant for the patient's indication.
func (q *questionnaire) asked(indication string) bool {
	return q.indication == "" || q.indication == indication
}

// linesOf are the courses of a questionnaire that was used; several scales each.
func (h *history) linesOf(q *questionnaire) []*prom.Line {
	var list []*prom.Line
	lines := h.courses()
	for i := range lines {
		for _, id := range q.instruments {
			if lines[i].Instrument.ID == id {
				list = append(list, &lines[i])
			}
		}
	}
	return list
}

// pointAt is what a course has at a moment; nil for nothing measured.
func pointAt(l *prom.Line, phase string) *prom.Point {
	for i := range l.Points {
		if p := &l.Points[i]; p.Phase == phase && p.Scored != nil {
			return p
		}
	}
	return nil
}

// answered: the questionnaire came in at the moment.
func (h *history) answered(q *questionnaire, phase string) bool {
	for _, l := range h.linesOf(q) {
		if pointAt(l, phase) != nil {
			return true
		}
	}
	return false
}

// afterwardsOnly: the instrument asks about the effect of treatment, and is not due before.
func afterwardsOnly(instrument string) bool {
	return slices.ContainsFunc(questionnaires, func(q questionnaire) bool { return q.noBaseline && slices.Contains(q.instruments, instrument) })
}
