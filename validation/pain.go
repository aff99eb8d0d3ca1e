package validation

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// measure is what one instrument says in one window: a weighted score from
// readings, or one supplied without them.
type measure struct {
	number   mapping.Number
	dayMean  *big.Rat // nil when supplied
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
}

// measure takes the score from readings, at the site of the indication where
// sites are recorded; else the supplied one.
func (j *judge) measure(s source) measure {
	missing := measure{fact: s.fact}
	if score := j.score(s.window, s.scale); score != nil {
		missing.seen = true
		if j.weighted(score) {
			mean := score.Mean
			if j.options.Readings["A02"] == "daily-means" {
				mean = score.DayMean
			}
			return measure{number: mapping.Exactly(mean), dayMean: score.DayMean, evidence: score.Evidence, ok: true}
		}
		missing.note, missing.lack, missing.evidence = noteNotWeighted, Unsettled, score.Evidence
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
	if len(supplied.Values) > 1 {
		return measure{fact: s.fact, lack: Contradictory, note: lackNotes[Contradictory], evidence: evidenceOf(supplied), seen: true}
	}
	return measure{number: supplied.Values[0].Number, evidence: supplied.Values[0].Evidence, note: noteAttested, ok: true}
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
		{window, mapping.NRS, prefix + "-nrs", days},
		{window, mapping.VAS, prefix + "-vas", days},
	}
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
		truth := compare[t.Is](m.number, whole(bounds[i]))
		parts[i] = finding{truth: truth, evidence: m.evidence, note: m.note}
		if truth == kleene.Unknown {
			parts[i] = unknown(s.fact, Imprecise, m.evidence...)
		} else if m.dayMean != nil && kleene.Of(m.dayMean.Cmp(whole(bounds[i])) >= 0) != kleene.Of(m.number.Low.Cmp(whole(bounds[i])) >= 0) {
			parts[i].flags = []string{"note:weighted-score-daily-means"}
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
	return j.eitherInstrument(parts[0], parts[1], t.Both)
}

func (f finding) seen() bool { return len(f.evidence) > 0 }

// eitherInstrument weighs two instruments that were both used.
func (j *judge) eitherInstrument(nrs, vas finding, both bool) finding {
	disagree := nrs.truth != vas.truth && nrs.truth != kleene.Unknown && vas.truth != kleene.Unknown
	var result finding
	switch reading := j.options.Readings["A01"]; {
	case both && disagree:
		result = unknown(factOfFinding(vas), Contradictory)
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

func factOfFinding(f finding) string {
	if len(f.missing) > 0 {
		return f.missing[0].Fact
	}
	return "pain-intensity"
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
	before, after := instruments("intake", "intake", ""), instruments("trial", "trial", "trial-window-days")
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
	return j.eitherInstrument(parts[0], parts[1], false)
}

// reduction tests (from - to) / from >= percent / 100 without dividing or rounding.
func reduction(from, to measure, percent int64, fact string) finding {
	evidence := append(append([]mapping.Evidence{}, from.evidence...), to.evidence...)
	if from.number.High == nil || from.number.High.Sign() <= 0 {
		f := unknown(fact, Unsettled, evidence...)
		f.note = noteNoBaseline
		return f
	}
	remain := big.NewRat(100-percent, 100)
	scaled := mapping.Number{Low: times(from.number.Low, remain), High: times(from.number.High, remain)}
	truth := kleene.Unknown
	switch {
	case to.number.High != nil && scaled.Low != nil && to.number.High.Cmp(scaled.Low) <= 0:
		truth = kleene.True
	case to.number.Low != nil && to.number.Low.Cmp(scaled.High) > 0:
		truth = kleene.False
	default:
		return unknown(fact, Imprecise, evidence...)
	}
	return finding{truth: truth, evidence: evidence, note: to.note}
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
		switch len(fact.Values) {
		case 0:
			open.join(unknown(id, Absent))
		case 1:
			m[i] = measure{number: fact.Values[0].Number, evidence: fact.Values[0].Evidence}
		default:
			open.join(unknown(id, Contradictory, evidenceOf(fact)...))
		}
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
	before, after := instruments("before", "before", "before-days"), instruments("off", "off", "off-days")
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
	f := j.eitherInstrument(parts[0], parts[1], false)
	return f
}

func (j *judge) rise(from, to measure, bound int64, fact string) finding {
	evidence := append(append([]mapping.Evidence{}, from.evidence...), to.evidence...)
	difference := mapping.Number{Low: minus(to.number.Low, from.number.High), High: minus(to.number.High, from.number.Low)}
	test := kleene.MoreThan
	if j.options.Readings["A28"] == "at-least" {
		test = kleene.AtLeast
	}
	truth := test(difference, whole(bound))
	if truth == kleene.Unknown {
		return unknown(fact, Imprecise, evidence...)
	}
	return finding{truth: truth, evidence: evidence, note: to.note}
}

func minus(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Rat).Sub(a, b)
}
