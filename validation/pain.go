package validation

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// measure is what one instrument says in one window: a weighted score from
// readings, or one supplied without them.
type measure struct {
	numbers  []mapping.Number // several when the supplied ones differ: each may be true
	dayMean  *big.Rat         // nil when supplied
	evidence []mapping.Evidence
	note     note
	fact     string // what to ask when ok is false
	lack     Lack
	ok       bool
	seen     bool // something was recorded, if not enough
}

// source names where the score of a window and scale comes from when the
// readings themselves are not sent.
type source struct {
	window string
	scale  mapping.Scale
	fact   string // the supplied score
	days   string // the fact with the number of days behind it; empty when not asked
	here   bool   // readings all of which are of another place than the indication's do not count
}

// measure takes the score from readings, at the site of the indication where
// sites are recorded; else the supplied one.
func (j *judge) measure(s source) measure {
	missing := measure{fact: s.fact}
	if score := j.score(s.window, s.scale); score != nil {
		missing.seen = true
		if s.here && j.elsewhere(score) {
			missing.note, missing.lack, missing.evidence = noteElsewhere, Unsettled, score.Evidence
		} else if j.weighted(score) {
			mean := score.Mean
			if j.options.Readings["A02"] == "daily-means" {
				mean = score.DayMean
			}
			return measure{numbers: []mapping.Number{mapping.Exactly(mean)}, dayMean: score.DayMean, evidence: score.Evidence, ok: true}
		}
		if missing.note == (note{}) {
			missing.note, missing.lack, missing.evidence = noteNotWeighted, Unsettled, score.Evidence
		}
	}
	supplied := j.fact(s.fact)
	if len(supplied.Values) == 0 {
		return missing
	}
	if s.days != "" {
		if days := j.fact(s.days); len(days.Values) > 0 && (Limit{s.days, AtLeast, 4}).eval(j).truth != kleene.True {
			return measure{fact: s.days, lack: Unsettled, note: noteNotWeighted, evidence: evidenceOf(days), seen: true}
		}
	}
	return measure{numbers: numbersOf(supplied), evidence: evidenceOf(supplied), note: noteAttested, ok: true}
}

func numbersOf(f *mapping.Fact) []mapping.Number {
	numbers := make([]mapping.Number, len(f.Values))
	for i := range f.Values {
		numbers[i] = f.Values[i].Number
	}
	return numbers
}

// agree is the truth on which all numbers agree; else the fact is asked, because
// it is contradictory or too imprecise.
func agree(numbers []mapping.Number, fact string, evidence []mapping.Evidence, truth func(mapping.Number) kleene.Truth) finding {
	agreed := truth(numbers[0])
	for _, n := range numbers[1:] {
		if truth(n) != agreed {
			return unknown(fact, Contradictory, evidence...)
		}
	}
	if agreed == kleene.Unknown {
		return unknown(fact, Imprecise, evidence...)
	}
	return known(agreed, evidence)
}

// pairs are the differences or other combinations of every number of a with every one of b.
func pairs(a, b measure, combine func(x, y mapping.Number) mapping.Number) []mapping.Number {
	var list []mapping.Number
	for _, x := range a.numbers {
		for _, y := range b.numbers {
			list = append(list, combine(x, y))
		}
	}
	return list
}

// score prefers the readings at the site of the pain that the indication is about.
func (j *judge) score(window string, scale mapping.Scale) *mapping.PainScore {
	if site := painSites[j.indication]; site != "" {
		if s := j.record.Score(window, scale, site); s != nil {
			return s
		}
	}
	return j.record.Score(window, scale, "")
}

// elsewhere reports whether the readings of a score are all of other places than that of
// the indication: then it cannot be held against one that is of that place, or of none.
func (j *judge) elsewhere(score *mapping.PainScore) bool {
	if painSites[j.indication] == "" || score.Site != "" {
		return false
	}
	placed := 0
	for i := range j.record.Pain {
		if p := &j.record.Pain[i]; p.Window == score.Window && p.Scale == score.Scale && p.Site != "" {
			placed += p.Readings
		}
	}
	return placed > 0 && placed == score.Readings
}

var painSites = map[string]string{"fbss": "leg", "fnss": "arm"}

// weighted tells whether readings make a weighted score (footnote 2): four
// days, at different moments of the day (reading A02).
func (j *judge) weighted(s *mapping.PainScore) bool {
	switch j.options.Readings["A02"] {
	case "one-reading-a-day":
		return s.Days >= 4
	}
	return s.Days >= 4 && s.PerDay >= 2
}

// instruments are the sources of one window, NRS and VAS.
func instruments(window, prefix, days string) [2]source {
	return [2]source{
		{window: window, scale: mapping.NRS, fact: prefix + "-nrs", days: days},
		{window: window, scale: mapping.VAS, fact: prefix + "-vas", days: days},
	}
}

// compared are instruments of which one window is held against another.
func compared(both [2]source) [2]source {
	for i := range both {
		both[i].here = true
	}
	return both
}

// PainThreshold holds the weighted scores of a window against a limit per
// instrument. Either instrument suffices (reading A01); one that was not used
// does not count. Facts are asked under Prefix + "-nrs" and "-vas".
type PainThreshold struct {
	Window, Prefix string
	Is             Comparison
	NRS, VAS       int64 // points; mm
	// Both demands that every instrument used agrees, as an exclusion does.
	Both bool
}

func (t PainThreshold) eval(j *judge) finding {
	bounds := [2]int64{t.NRS, t.VAS}
	var parts [2]finding
	var ok [2]bool
	var open finding
	for i, s := range instruments(t.Window, t.Prefix, "") {
		m := j.measure(s)
		if !m.ok {
			f := unknown(m.fact, m.lack, m.evidence...)
			f.note = m.note
			if m.seen {
				open.join(f)
			} else if len(open.missing) == 0 || !open.seen() {
				open.join(f)
			}
			continue
		}
		holds := func(n mapping.Number) kleene.Truth { return compare[t.Is](n, whole(bounds[i])) }
		parts[i] = agree(m.numbers, s.fact, m.evidence, holds)
		if parts[i].truth != kleene.Unknown {
			parts[i].note = m.note
			if m.dayMean != nil && holds(mapping.Exactly(m.dayMean)) != parts[i].truth {
				parts[i].flags = []string{"note:weighted-score-daily-means"}
			}
		}
		ok[i] = true
	}
	switch {
	case !ok[0] && !ok[1]:
		return open
	case !ok[1]:
		return parts[0]
	case !ok[0]:
		return parts[1]
	}
	return j.eitherInstrument(parts[0], parts[1], t.Both, t.Prefix+"-vas")
}

func (f finding) seen() bool { return len(f.evidence) > 0 }

// eitherInstrument weighs two instruments that were both used.
func (j *judge) eitherInstrument(nrs, vas finding, both bool, fact string) finding {
	disagree := nrs.truth != vas.truth && nrs.truth != kleene.Unknown && vas.truth != kleene.Unknown
	var result finding
	switch reading := j.options.Readings["A01"]; {
	case both && disagree:
		result = unknown(fact, Contradictory)
	case both && nrs.truth != vas.truth:
		result.truth = kleene.Unknown
	case reading == "both" || both:
		result.truth = kleene.And(nrs.truth, vas.truth)
	default:
		result.truth = kleene.Or(nrs.truth, vas.truth)
	}
	for _, f := range []finding{nrs, vas} {
		if f.truth == result.truth || disagree {
			evidenceOnly := finding{evidence: f.evidence, flags: f.flags, missing: f.missing, note: f.note}
			result.join(evidenceOnly)
		}
	}
	if disagree {
		result.note = noteDisagree
		result.flags = append(result.flags, "instrument-disagreement")
	}
	return result
}

// Weighted is true when a weighted score of a window can be computed or was supplied.
type Weighted struct{ Window, Prefix, DaysFact string }

func (t Weighted) eval(j *judge) finding {
	var open finding
	for _, s := range instruments(t.Window, t.Prefix, t.DaysFact) {
		m := j.measure(s)
		if m.ok {
			return finding{truth: kleene.True, evidence: m.evidence, note: m.note}
		}
		f := unknown(m.fact, m.lack, m.evidence...)
		f.note = m.note
		open.join(f)
	}
	return open
}

// PainReduction is true when the score fell by at least Percent from intake to
// trial on the same instrument; either instrument suffices.
type PainReduction struct{ Percent int64 }

func (t PainReduction) eval(j *judge) finding {
	before, after := compared(instruments("intake", "intake", "")), compared(instruments("trial", "trial", "trial-window-days"))
	var parts []finding
	var open finding
	for i := range before {
		from, to := j.measure(before[i]), j.measure(after[i])
		if !from.ok || !to.ok {
			for _, m := range []measure{from, to} {
				if !m.ok {
					f := unknown(m.fact, m.lack, m.evidence...)
					f.note = m.note
					// An instrument of which nothing is known asks for nothing once the other is in use.
					if from.ok || to.ok || from.seen || to.seen || len(open.missing) == 0 {
						open.join(f)
					}
				}
			}
			continue
		}
		parts = append(parts, reduction(from, to, t.Percent, after[i].fact))
	}
	switch len(parts) {
	case 0:
		return open
	case 1:
		return parts[0]
	}
	return j.eitherInstrument(parts[0], parts[1], false, "trial-vas")
}

// reduction tests (from - to) / from >= percent / 100 without dividing or rounding.
func reduction(from, to measure, percent int64, fact string) finding {
	evidence := append(append([]mapping.Evidence{}, from.evidence...), to.evidence...)
	for _, n := range from.numbers {
		if n.High == nil || n.High.Sign() <= 0 {
			f := unknown(fact, Unsettled, evidence...)
			f.note = noteNoBaseline
			return f
		}
	}
	remain := big.NewRat(100-percent, 100)
	// What is left over of the part that may remain: zero or more is enough.
	spare := pairs(from, to, func(before, after mapping.Number) mapping.Number {
		return mapping.Number{Low: minus(times(before.Low, remain), after.High), High: minus(times(before.High, remain), after.Low)}
	})
	f := agree(spare, fact, evidence, func(n mapping.Number) kleene.Truth { return kleene.AtLeast(n, whole(0)) })
	if f.truth != kleene.Unknown {
		f.note = to.note
	}
	return f
}

func times(a, b *big.Rat) *big.Rat {
	if a == nil {
		return nil
	}
	return new(big.Rat).Mul(a, b)
}

// FrequencyReduction is PainReduction for the attacks a week of cluster headache.
type FrequencyReduction struct {
	Before, After string
	Percent       int64
}

func (t FrequencyReduction) eval(j *judge) finding {
	var m [2]measure
	var open finding
	for i, id := range []string{t.Before, t.After} {
		fact := j.fact(id)
		if len(fact.Values) == 0 {
			open.join(unknown(id, Absent))
		}
		m[i] = measure{numbers: numbersOf(fact), evidence: evidenceOf(fact)}
	}
	if len(open.missing) > 0 {
		return open
	}
	return reduction(m[0], m[1], t.Percent, t.After)
}

// Worsening is true when the score rose by more than NRS points or VAS mm from
// before switching off to the off period; either instrument suffices.
type Worsening struct{ NRS, VAS int64 }

func (t Worsening) eval(j *judge) finding {
	before, after := compared(instruments("before", "before", "before-days")), compared(instruments("off", "off", "off-days"))
	bounds := [2]int64{t.NRS, t.VAS}
	var parts []finding
	var open finding
	for i := range before {
		from, to := j.measure(before[i]), j.measure(after[i])
		if !from.ok || !to.ok {
			for _, m := range []measure{from, to} {
				if !m.ok && (from.ok || to.ok || from.seen || to.seen || len(open.missing) < 2) {
					f := unknown(m.fact, m.lack, m.evidence...)
					f.note = m.note
					open.join(f)
				}
			}
			continue
		}
		parts = append(parts, j.rise(from, to, bounds[i], after[i].fact))
	}
	switch len(parts) {
	case 0:
		return open
	case 1:
		return parts[0]
	}
	return j.eitherInstrument(parts[0], parts[1], false, "off-vas")
}

func (j *judge) rise(from, to measure, bound int64, fact string) finding {
	evidence := append(append([]mapping.Evidence{}, from.evidence...), to.evidence...)
	differences := pairs(from, to, func(before, after mapping.Number) mapping.Number {
		return mapping.Number{Low: minus(after.Low, before.High), High: minus(after.High, before.Low)}
	})
	test := kleene.MoreThan
	if j.reads("A28", "at-least") {
		test = kleene.AtLeast
	}
	f := agree(differences, fact, evidence, func(n mapping.Number) kleene.Truth { return test(n, whole(bound)) })
	if f.truth != kleene.Unknown {
		f.note = to.note
	}
	return f
}

func minus(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Rat).Sub(a, b)
}
