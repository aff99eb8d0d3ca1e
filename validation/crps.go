package validation

import "github.com/pijnpoort/pijnpoort/validation/kleene"

// crps judges the part of chapter 2 on complex regional pain syndrome (SCS or DRGS).
var crps = Rules{
	{ID: "crps-definition"},
	{ID: "crps-incl-iasp", Test: iaspCriteria},
	{ID: "crps-drg-lower-limb", When: requested("DRGS"), Test: lowerLimbPredominates},
	conservative("crps", "cons-exercise", "cons-antiinflammatory", "cons-dmso-lt1y", "cons-coanalgesic",
		"cons-vasodilator", "cons-spasmolytic", "cons-biopsychosocial"),
	always("crps", "cons-exercise"),
	suspectedBy("crps", "cons-antiinflammatory", Affirmed{"crps.inflammation"}),
	triggered("crps", "cons-dmso-lt1y", All{crpsTypeI, Not{crpsOneYear}, Stated{"crps.inflammation"}}),
	triggered("crps", "cons-dmso-gt1y", All{crpsTypeI, crpsOneYear}),
	triggered("crps", "cons-nac", All{crpsTypeI, Not{Stated{"crps.inflammation"}}}),
	coanalgesics("crps", gabapentinoidAndAntidepressant("crps")),
	considered("crps", "cons-vasodilator"),
	considered("crps", "cons-spasmolytic"),
	considered("crps", "cons-biopsychosocial"),
	invasive("crps", "inv-thoracic-block", "inv-ketamine"),
	considered("crps", "inv-thoracic-block", Stated{"crps.residual-state"},
		Coded{Fact: "crps.site", Yes: []string{"upper-limb", "both"}, No: []string{"lower-limb", "other"}}),
	considered("crps", "inv-ketamine", Stated{"crps.residual-state"}, suspected("crps", "neuropathic", "nociplastic")),
	{ID: "crps-no-additional"},
}

var (
	iaspCriteria = Coded{Fact: "crps.iasp-criteria", Yes: []string{"met"}, No: []string{"not-met"}}
	crpsTypeI    = Coded{Fact: "crps.crps-type", Yes: []string{"I"}, No: []string{"II"}}

	// crpsOneYear: exactly one year falls in the longer branch (reading A06).
	crpsOneYear = Reading{ID: "A06",
		Default: Elapsed{Fact: "crps.crps-onset", Months: 12},
		Other:   map[string]Test{"shorter-branch": Elapsed{Fact: "crps.crps-onset", Months: 12, Days: 1}},
	}
	lowerLimbPredominates = unlessEqual{Agreeing{
		Coded{Fact: "crps.predominant", Yes: []string{"leg", "lower-limb"}, No: []string{"arm", "upper-limb", "back", "neck"}},
		Coded{Fact: "crps.site", Yes: []string{"lower-limb"}, No: []string{"upper-limb", "other"}},
	}}
)

// unlessEqual is its test, but not true where the pain of CRPS is stated to be as
// bad in the other limb.
type unlessEqual struct{ Test Test }

func (t unlessEqual) eval(j *judge) finding {
	f := t.Test.eval(j)
	if f.truth != kleene.True {
		return f
	}
	if equal := (Has{"crps.predominant", []string{"equal"}}).eval(j); equal.truth == kleene.True {
		return unknown("crps.predominant", Unsettled, equal.evidence...)
	}
	return f
}
