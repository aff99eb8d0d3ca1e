package validation

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// trial judges the trial phase of chapter 1.
var trial = Rules{
	{ID: "trial-min-1-week", When: Reading{ID: "A39", Default: Always{}, Other: map[string]Test{"exempt": Not{AllInOne{}}}}, Test: Reading{ID: "A26", Default: TrialLasts{Days: 7},
		Other: map[string]Test{"two-weeks": TrialLasts{Days: 14}}}},
	{ID: "trial-extension", When: MoreDays{"extension-days", 0}, Test: All{
		Limit{"extension-days", AtLeast, 7}, Limit{"extension-days", AtMost, 14}, Affirmed{"doubt-recorded"}}},
	{ID: "trial-diary-whole-phase", Test: WholeTrial{All{
		Coded{Fact: "diary", Yes: []string{"complete"}, No: []string{"gaps"}}, Stated{"medication-recorded"}}}},
}

// trialPain and trialAttacks judge the outcome measure of the trial.
var (
	trialPain    = Rules{{ID: "trial-last-4-days", Test: Weighted{"trial", "trial", "trial-window-days"}}}
	trialAttacks = Rules{{ID: "trial-cch-attack-frequency", Test: Recorded{"trial-attacks-per-week"},
		Do: note{"Leg de aanvalsfrequentie tijdens de proef vast", "Record the attack frequency during the trial"}}}
)

// definitive judges the step to a definitive implant.
var (
	definitivePain    = Rules{{ID: "definitive-50pct", Test: PainReduction{Percent: 50}}, {ID: "definitive-immpact-note"}}
	definitiveAttacks = Rules{{ID: "definitive-cch-30pct", Test: FrequencyReduction{"cch.attacks-per-week", "trial-attacks-per-week", 30}}, {ID: "definitive-immpact-note"}}
)

// AllInOne is true when a system is stated to be implanted without a trial.
type AllInOne struct{}

func (AllInOne) eval(j *judge) finding {
	f := Not{Stated{"trial-done"}}.eval(j)
	if f.truth == kleene.Unknown {
		return finding{truth: kleene.False}
	}
	return f
}

// MoreDays is true when a number of days is recorded and above Bound; nothing
// recorded is taken as none.
type MoreDays struct {
	Fact  string
	Bound int64
}

func (t MoreDays) eval(j *judge) finding {
	if len(j.fact(t.Fact).Values) == 0 {
		return finding{truth: kleene.False}
	}
	return Limit{t.Fact, MoreThan, t.Bound}.eval(j)
}

// TrialLasts is true when the trial lasted at least Days; a running trial that
// has is fine, one that has not is open; no trial at all fails.
type TrialLasts struct{ Days int64 }

func (t TrialLasts) eval(j *judge) finding {
	start, end := j.fact("trial-start"), j.fact("trial-end")
	done := Stated{"trial-done"}.eval(j)
	if done.each != nil { // stated both ways
		return done
	}
	if done.truth == kleene.False {
		if len(start.Values) > 0 {
			return unknown("trial-done", Contradictory, append(done.evidence, evidenceOf(start)...)...)
		}
		done.note = noteAllInOne
		return done
	}
	if len(start.Values) == 0 {
		f := unknown("trial-start", Absent)
		if len(end.Values) == 0 {
			f.missing = append(f.missing, Missing{"trial-end", Absent})
		}
		return f
	}
	if len(end.Values) == 0 {
		f := Elapsed{Fact: "trial-start", Days: int(t.Days)}.eval(j)
		if f.truth == kleene.True {
			return f
		}
		open := unknown("trial-end", NotYetDue, f.evidence...)
		open.note = noteRunning
		return open
	}
	return daysBetween(start, end, func(n mapping.Number) kleene.Truth { return kleene.AtLeast(n, whole(t.Days)) })
}

// daysBetween tests the number of days from one date to another over all their
// completions.
func daysBetween(from, to *mapping.Fact, truth func(mapping.Number) kleene.Truth) finding {
	evidence := append(append([]mapping.Evidence{}, evidenceOf(from)...), evidenceOf(to)...)
	first := true
	agreed := kleene.Unknown
	for i := range from.Values {
		for k := range to.Values {
			a, b := from.Values[i].Date, to.Values[k].Date
			t := truth(mapping.Number{Low: big.NewRat(int64(b.First-a.Last), 1), High: big.NewRat(int64(b.Last-a.First), 1)})
			if !first && t != agreed {
				return unknown(to.ID, Contradictory, evidence...)
			}
			agreed, first = t, false
		}
	}
	if agreed == kleene.Unknown {
		return unknown(to.ID, Imprecise, evidence...)
	}
	return known(agreed, evidence)
}

// WholeTrial is its test once the trial has ended; while it runs, a whole diary is
// still to come.
type WholeTrial struct{ Test Test }

func (t WholeTrial) eval(j *judge) finding {
	f := t.Test.eval(j)
	if j.trialRunning() && f.truth != kleene.False {
		open := unknown("trial-end", NotYetDue, f.evidence...)
		open.note = noteRunning
		return open
	}
	return f
}

func (j *judge) trialRunning() bool {
	return len(j.fact("trial-start").Values) > 0 && len(j.fact("trial-end").Values) == 0
}

// trialConclusion is the verdict on a trial: go on while it runs, extend when in
// doubt after a week, else by what its criteria say.
func (j *judge) trialConclusion(best Conclusion) Conclusion {
	if j.trialRunning() {
		week := Elapsed{Fact: "trial-start", Days: 7}.eval(j)
		doubt := Stated{"doubt-recorded"}.eval(j)
		if week.truth == kleene.True && doubt.truth == kleene.True {
			return ExtensionAllowed
		}
		return TrialContinue
	}
	return j.conclude(best)
}
