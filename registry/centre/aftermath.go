package centre

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// aftermath are the figures of systems that are in place.
var aftermath = []definition{
	{
		id: "revision", measure: "nm-revision", item: "c.vi", kind: Rate, unit: OfSystems, stratifiers: careStrata,
		title: standpunt.Text{NL: "Revisies per 100 patiëntjaren met een systeem", EN: "Revisions per 100 patient-years with a system"},
		observe: func(h *history, y *year, emit func(observation)) {
			h.exposed(y, emit, func(s *system) []*procedure { return s.revisions })
		},
	},
	{
		id: "revisions", measure: "nm-revision", item: "c.vi", kind: Count, unit: OfProcedures, stratifiers: []string{byReason, byMonths, byClinic, bySpecialty},
		title: standpunt.Text{NL: "Revisies, naar reden en tijd sinds de plaatsing", EN: "Revisions, by reason and time since placement"},
		observe: func(h *history, y *year, emit func(observation)) {
			for _, p := range h.doneIn(y.number) {
				if p.is(registration.Revision) == kleene.True {
					emit(observation{class: numerator, strata: []string{reasonOf(p), h.monthsSince(p), p.clinic, p.Specialty}})
				}
			}
		},
	},
	{
		id: "replacements", measure: "nm-battery", item: "c.vii", kind: Count, unit: OfProcedures, stratifiers: []string{byReason, byClinic, byManufacturer},
		title: standpunt.Text{NL: "Vervangen batterijen", EN: "Replaced generators"},
		observe: func(h *history, y *year, emit func(observation)) {
			for _, p := range h.doneIn(y.number) {
				if p.is(registration.Replacement) == kleene.True {
					emit(observation{class: numerator, strata: []string{reasonOf(p), p.clinic, h.manufacturerOf(p)}})
				}
			}
		},
	},
	{
		id: "longevity", measure: "nm-battery", item: "c.vii", kind: Distribution, unit: OfProcedures, valueUnit: "d", stratifiers: []string{byClinic},
		title: standpunt.Text{NL: "Levensduur van een vervangen batterij", EN: "Longevity of a replaced generator"},
		observe: func(h *history, y *year, emit func(observation)) {
			for _, s := range h.systems {
				for i, p := range s.exchanges {
					if p.in(y.number) != kleene.True {
						continue
					}
					o := observation{class: missing, reason: "placement-unknown", strata: []string{p.clinic}}
					if since, ok := s.generatorBefore(i); ok && p.exact() {
						o.class, o.amount = numerator, float64(p.date.First-since)
					}
					emit(o)
				}
			}
		},
	},
	{
		id: "removed", measure: "nm-removed", item: "c.ix", kind: Proportion, unit: OfSystems, stratifiers: careStrata,
		title: standpunt.Text{NL: "Verwijderd, van de systemen die in het jaar in het lichaam waren", EN: "Removed, of the systems in place during the year"},
		observe: func(h *history, y *year, emit func(observation)) {
			for _, s := range h.systems {
				o := observation{class: denominator}
				switch present, why := s.presentIn(h, y.number); {
				case present == kleene.False:
					continue
				case present == kleene.Unknown:
					o.class, o.reason = missing, why
				case s.removed != nil && s.removed.in(y.number) == kleene.True:
					o.class = numerator
				}
				o.strata = h.care(s.known())
				emit(o)
			}
		},
	},
	{
		id: "removals", measure: "nm-removed", item: "c.ix", kind: Count, unit: OfProcedures, stratifiers: []string{byReason, byMonths, byClinic, bySpecialty},
		title: standpunt.Text{NL: "Verwijderde systemen, naar reden en tijd sinds de plaatsing", EN: "Removed systems, by reason and time since placement"},
		observe: func(h *history, y *year, emit func(observation)) {
			for _, s := range h.systems {
				if p := s.removed; p != nil && p.in(y.number) == kleene.True {
					emit(observation{class: numerator, strata: []string{reasonOf(p), h.monthsSince(p), p.clinic, p.Specialty}})
				}
			}
		},
	},
}

// exposed emits each system with its days in a year, and the events of the year.
func (h *history) exposed(y *year, emit func(observation), events func(*system) []*procedure) {
	for _, s := range h.systems {
		o := observation{class: denominator, strata: h.care(s.known())}
		present, why := s.presentIn(h, y.number)
		if present == kleene.False {
			continue
		}
		begin, begun := s.began()
		end, ended := s.ended(h)
		switch {
		case present == kleene.Unknown:
			o.class, o.reason = missing, why
		case !begun:
			o.class, o.reason = missing, "placement-unknown"
		case !ended:
			o.class, o.reason = missing, "end-unknown"
		default:
			from, until := mapping.NewDay(y.number, 1, 1), mapping.NewDay(y.number+1, 1, 1)
			o.days = int(max(0, min(end, until)-max(begin, from)))
			for _, p := range events(s) {
				if p.in(y.number) == kleene.True {
					o.events++
				}
			}
		}
		emit(o)
	}
}

// known is the first procedure that is known of a system.
func (s *system) known() *procedure {
	if s.placed != nil {
		return s.placed
	}
	var start *procedure
	for _, p := range []*procedure{first(s.revisions), first(s.exchanges), s.removed} {
		if p != nil && (start == nil || p.date.First < start.date.First) {
			start = p
		}
	}
	return start
}

// presentIn says whether a system was in place in a year and its patient followed, and
// why that is unknown.
func (s *system) presentIn(h *history, number int) (kleene.Truth, string) {
	from, until := mapping.NewDay(number, 1, 1), mapping.NewDay(number+1, 1, 1)
	start := s.known()
	switch {
	case start.date.First >= until, s.removed != nil && s.removed.date.Last < from, h.diedBefore(from), from > h.asOf:
		return kleene.False, ""
	case h.dead && !h.diedKnown:
		return kleene.Unknown, "end-unknown"
	}
	return kleene.True, ""
}

// generatorBefore is the day on which the generator was placed that exchange i took out.
func (s *system) generatorBefore(i int) (mapping.Day, bool) {
	if i > 0 {
		return s.exchanges[i-1].date.First, s.exchanges[i-1].exact()
	}
	return s.began()
}

// monthsBands are those of the time since placement, by the first month they no longer hold.
var monthsBands = []struct {
	until int
	code  string
}{{3, "0-2"}, {12, "3-11"}, {24, "12-23"}, {60, "24-59"}}

// monthsSince is the band of the time since the system was placed to which p was done.
func (h *history) monthsSince(p *procedure) string {
	for _, s := range h.systems {
		for _, q := range append(s.revisions[:len(s.revisions):len(s.revisions)], s.removed) {
			if q == nil || q.Key != p.Key {
				continue
			}
			began, ok := s.began()
			if !ok || !p.exact() {
				return Unknown
			}
			for _, band := range monthsBands {
				if p.date.First < began.AddMonths(band.until) {
					return band.code
				}
			}
			return "60+"
		}
	}
	return "before-placement"
}

// reasonOf is the code of the one reason of a procedure.
func reasonOf(p *procedure) string {
	var o oneOf
	for _, r := range p.Reasons {
		if r.System == reasonSystem {
			o.add(r.Code)
		}
	}
	if o.code == "" && len(p.Reasons) > 0 {
		return "other-code"
	}
	return o.code
}

// reasonSystem is our CodeSystem of reasons.
const reasonSystem = mapping.CanonicalBase + "/CodeSystem/revision-reason"

func (h *history) manufacturerOf(p *procedure) string {
	var o oneOf
	for _, d := range h.devicesOf(p) {
		o.add(d.Manufacturer)
	}
	return o.code
}
