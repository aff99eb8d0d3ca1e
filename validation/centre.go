package validation

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// centre judges chapter 3: what a pain centre must be and do.
var centre = Rules{
	{ID: "centre-registration", Test: Stated{"registered"}},
	{ID: "centre-or-class-1", Test: Limit{"or-class", AtMost, 1}},
	{ID: "centre-local-agreements", Test: Stated{"local-agreements"}},
	{ID: "centre-team-scs-drgs", Test: Reading{ID: "A32", Default: All{Stated{"team-scs"}, Stated{"team-drgs"}},
		Other: map[string]Test{"offered": Some{Stated{"team-scs"}, Stated{"team-drgs"}}}}},
	{ID: "centre-volume-20", Test: YearVolume{"patients-operative", 20}},
	{ID: "centre-volume-50-cooperation", Test: Some{YearVolume{"patients-applied", 50}, Stated{"cooperation-agreement"}},
		Do: note{"Leg samenwerking met een ander regionaal pijnbehandelcentrum vast in een overeenkomst", "Lay cooperation with another regional pain centre down in an agreement"}},
	{ID: "centre-single-accountable", When: All{Stated{"cooperation-agreement"}, Not{YearVolume{"patients-applied", 50}}},
		Test: Recorded{"accountable-centre"}},
	{ID: "centre-ons-10", When: Stated{"offers-ons"}, Test: All{Stated{"ons-specialised"}, YearVolume{"ons-patients", 10}}},
	{ID: "annex2-centre-registration"},
}

// YearVolume holds the count of a calendar year against a norm; a year that still
// runs can be enough already, but not too little yet.
type YearVolume struct {
	Fact string
	Norm int64
}

func (t YearVolume) eval(j *judge) finding {
	f := Limit{t.Fact, AtLeast, t.Norm}.eval(j)
	if f.truth != kleene.False {
		return f
	}
	over := decide(j.fact("year"), func(v *mapping.Value) kleene.Truth {
		year, _, _ := j.asOf.Date()
		return kleene.Of(v.Number.High != nil && v.Number.High.Cmp(mapping.Int(int64(year)).Low) < 0)
	})
	if over.truth == kleene.False {
		open := unknown(t.Fact, NotYetDue, append(f.evidence[:len(f.evidence):len(f.evidence)], over.evidence...)...)
		open.note = noteYearRunning
		return open
	}
	return f
}

// centreConclusion: a centre that fails anything but the volume of fifty is not
// compliant; that one asks for cooperation.
func (j *judge) centreConclusion() Conclusion {
	conclusion := Compliant
	for i := range j.set.rules {
		rule, r := &j.set.rules[i], j.run(i)
		cooperation := rule.ID == "centre-volume-50-cooperation" || rule.ID == "centre-single-accountable"
		switch {
		case r.outcome == kleene.NotMet && !cooperation:
			return NotCompliant
		case r.outcome == kleene.NotMet:
			if conclusion == Compliant {
				conclusion = CooperationRequired
			}
		case r.outcome == kleene.Undecided:
			conclusion = NeedsData
		}
	}
	return conclusion
}
