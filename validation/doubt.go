package validation

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// doubt judges the part of chapter 1 on doubt about the effect after implantation.
var doubt = Rules{
	{ID: "doubt-transition-reference"},
	{ID: "doubt-switch-off", Test: OffFor{7, 28}},
	{ID: "doubt-diary-4-days", Test: All{Weighted{"before", "before", "before-days"}, Weighted{"off", "off", "off-days"}}},
	{ID: "doubt-worsening-switch-on", Test: WithinDays{28, Worsening{NRS: 2, VAS: 15}}},
	{ID: "doubt-no-worsening-stay-off", Test: All{Not{Worsening{NRS: 2, VAS: 15}}, Not{QualityOfLifeFell{}}, OffAtLeast{28}}},
	{ID: "doubt-team-decision", Test: All{Has{"decision-by", []string{"team"}}, Has{"decision-by", []string{"patient"}}},
		Do: note{"Neem het besluit met het team en de patiënt samen, en leg dat vast", "Decide with the team and the patient together, and record it"}},
}

// offDays is the number of days off, to the end or so far.
func (j *judge) offDays() (mapping.Number, finding) {
	start, end := j.fact("off-start"), j.fact("off-end")
	if len(start.Values) == 0 {
		return mapping.Number{}, unknown("off-start", Absent)
	}
	if len(start.Values) > 1 || len(end.Values) > 1 {
		return mapping.Number{}, unknown("off-end", Contradictory, append(evidenceOf(start), evidenceOf(end)...)...)
	}
	until := mapping.OnDay(j.asOf)
	if len(end.Values) == 1 {
		until = end.Values[0].Date
	}
	from := start.Values[0].Date
	days := mapping.Number{Low: big.NewRat(int64(until.First-from.Last), 1), High: big.NewRat(int64(until.Last-from.First), 1)}
	return days, known(kleene.True, append(append([]mapping.Evidence{}, evidenceOf(start)...), evidenceOf(end)...))
}

// OffFor is true when the system was off for Low to High days; shorter is in order
// when the pain worsened; still running it is open.
type OffFor struct{ Low, High int64 }

func (t OffFor) eval(j *judge) finding {
	days, f := j.offDays()
	if f.truth != kleene.True {
		return f
	}
	tooLong := kleene.MoreThan(days, whole(t.High))
	longEnough := kleene.AtLeast(days, whole(t.Low))
	running := len(j.fact("off-end").Values) == 0
	switch {
	case tooLong == kleene.True:
		f.truth = kleene.False
	case running:
		f = unknown("off-end", NotYetDue, f.evidence...)
	case tooLong == kleene.Unknown || longEnough == kleene.Unknown:
		f = unknown("off-end", Imprecise, f.evidence...)
	case longEnough == kleene.False:
		worse := Worsening{NRS: 2, VAS: 15}.eval(j)
		worse.evidence = append(f.evidence, worse.evidence...)
		return worse
	}
	return f
}

// OffAtLeast is true when the system was off for at least Days (reading A30).
type OffAtLeast struct{ Days int64 }

func (t OffAtLeast) eval(j *judge) finding {
	days, f := j.offDays()
	if f.truth != kleene.True {
		return f
	}
	bound := t.Days
	if j.reads("A30", "after-7-days") {
		bound = 7
	}
	if kleene.AtLeast(days, whole(bound)) == kleene.True {
		return f
	}
	open := unknown("off-end", NotYetDue, f.evidence...)
	open.note = noteTooEarlyOff
	return open
}

// WithinDays is its test, measured before the system was off for more than Days.
type WithinDays struct {
	Days int64
	Test Test
}

func (t WithinDays) eval(j *judge) finding {
	f := t.Test.eval(j)
	if f.truth != kleene.True {
		return f
	}
	days, off := j.offDays()
	if off.truth != kleene.True {
		return off
	}
	if kleene.AtMost(days, whole(t.Days)) != kleene.True {
		return unknown("off-end", Unsettled, append(f.evidence, off.evidence...)...)
	}
	return f
}

// QualityOfLifeFell is true when either SF-12 component fell, by however little.
type QualityOfLifeFell struct{}

func (QualityOfLifeFell) eval(j *judge) finding {
	return Some{fell{"sf12-before-pcs", "sf12-off-pcs"}, fell{"sf12-before-mcs", "sf12-off-mcs"}}.eval(j)
}

type fell struct{ before, off string }

func (t fell) eval(j *judge) finding {
	before, off := j.fact(t.before), j.fact(t.off)
	if len(before.Values) == 0 {
		f := unknown(t.before, Absent)
		if len(off.Values) == 0 {
			f.missing = append(f.missing, Missing{t.off, Absent})
		}
		return f
	}
	return decide(off, func(v *mapping.Value) kleene.Truth {
		agreed := kleene.Unknown
		for i := range before.Values {
			b := before.Values[i].Number
			difference := mapping.Number{Low: minus(b.Low, v.Number.High), High: minus(b.High, v.Number.Low)}
			truth := kleene.MoreThan(difference, whole(0))
			if i > 0 && truth != agreed {
				return kleene.Unknown
			}
			agreed = truth
		}
		return agreed
	})
}

// doubtConclusion chooses the branch. Cluster headache has none of its own
// (reading A31), nor has quality of life that fell without more pain (reading A29).
func (j *judge) doubtConclusion() Conclusion {
	for _, i := range j.record.Indications {
		if i.Code == "cch" {
			return TeamJudgement
		}
	}
	worse := j.run(j.set.byID["doubt-worsening-switch-on"]).outcome
	stay := j.run(j.set.byID["doubt-no-worsening-stay-off"]).outcome
	switch {
	case worse == kleene.Met:
		return SwitchOn
	case stay == kleene.Met:
		return StayOff
	}
	pain := Worsening{NRS: 2, VAS: 15}.eval(j).truth
	off := OffAtLeast{28}.eval(j).truth
	life := QualityOfLifeFell{}.eval(j).truth
	switch {
	case pain == kleene.False && life == kleene.True && off == kleene.True:
		if j.reads("A29", "switch-on") {
			return SwitchOn
		}
		return TeamJudgement
	case pain == kleene.True && off == kleene.True:
		return TeamJudgement // worse, but only found after the four weeks
	}
	return NeedsData
}
