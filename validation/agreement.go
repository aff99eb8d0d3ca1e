package validation

import "github.com/pijnpoort/pijnpoort/validation/kleene"

// agreement judges what annex 3 adds for a patient of a centre under a regional
// agreement. For others the entries do not apply, but for FNSS with compression
// of the spinal cord, which is then a warning (reading A18).
var agreement = Rules{
	{ID: "agreement-3-psychology-all",
		When: Reading{ID: "A46", Default: UnderAgreement{}, Other: map[string]Test{"everyone": Always{}}},
		Test: Has{"team", []string{"clinical-psychologist", "psychologist"}},
		Do:   note{"Laat de patiënt door de klinische psychologie beoordelen", "Have the patient assessed by clinical psychology"}},
	{ID: "agreement-5-indications", When: UnderAgreement{}, Test: agreementIndications{}},
	{ID: "agreement-6a-scs-not-indicated", When: All{Not{requested("DRGS", "ONS", "ITDD")}, agreement6aApplies{}}, Test: scsIndicated{}},
	{ID: "agreement-6b-intrathecal", When: All{UnderAgreement{}, Not{requested("SCS", "DRGS", "ONS")}}, Test: Not{requested("ITDD")}},
	{ID: "agreement-6c-drg", When: All{UnderAgreement{}, Not{requested("SCS", "ONS", "ITDD")}},
		Test: Some{Not{requested("DRGS")}, All{IsIndication{"crps"}, lowerLimbCRPS}}},
}

// agreementTrial: parties keep the trial for two weeks (reading A26).
var agreementTrial = Rules{
	{ID: "agreement-4-two-stage", When: UnderAgreement{}, Test: TrialLasts{Days: 14}},
}

// UnderAgreement is true when the centre works under an agreement as in annex 3:
// by its configuration or by the form. Nothing said is taken as no.
type UnderAgreement struct{}

func (UnderAgreement) eval(j *judge) finding {
	f := Stated{"agreement-party"}.eval(j)
	if f.truth == kleene.Unknown {
		return finding{truth: kleene.Of(j.options.Agreement)}
	}
	return f
}

func (j *judge) underAgreement() bool { return UnderAgreement{}.eval(j).truth == kleene.True }

// agreementIndications: annex 3, article 5; DRGS is for the lower limb only (reading A38).
type agreementIndications struct{}

func (agreementIndications) eval(j *judge) finding {
	switch j.indication {
	case "fbss":
		return fbssRadicular.eval(j)
	case "fnss":
		return radicularArmPain.eval(j)
	case "pdn":
		return Stated{"pdn.lower-limb-pain"}.eval(j)
	case "crps":
		return Reading{ID: "A38", Default: Always{}, Other: map[string]Test{"scs-and-drg": lowerLimbCRPS}}.eval(j)
	}
	return finding{truth: kleene.True}
}

var fbssRadicular = All{Coded{Fact: "fbss.limb-pain-radicular", Yes: []string{"yes"}, No: []string{"no"}}}

// agreement6aApplies: to parties, and as a warning to any FNSS.
type agreement6aApplies struct{}

func (agreement6aApplies) eval(j *judge) finding {
	if j.indication == "fnss" {
		return finding{truth: kleene.True}
	}
	return UnderAgreement{}.eval(j)
}

// scsIndicated: annex 3, article 6a, for the indications that article 5 lists.
type scsIndicated struct{}

func (scsIndicated) eval(j *judge) finding {
	switch j.indication {
	case "fbss":
		return legPredominates.eval(j)
	case "fnss":
		return Not{Stated{"fnss.spinal-cord-compression"}}.eval(j)
	case "pdn", "sfn":
		return Reading{ID: "A37", Default: Always{}, Other: map[string]Test{"literal": Not{Always{}}}}.eval(j)
	}
	return finding{truth: kleene.True}
}

// agreementOfCentre shows what annex 3 asks of the centres that sign it. These are
// attested by the parties or computed over a year; no record of one centre decides them.
var agreementOfCentre = Rules{
	{ID: "agreement-status"},
	{ID: "agreement-two-objectives"},
	{ID: "agreement-1-own-locations"},
	{ID: "agreement-2-joint-meeting"},
	{ID: "agreement-2-three-specialisms"},
	{ID: "agreement-v1-volume"},
	{ID: "agreement-v2-visitation"},
	{ID: "agreement-v3-professional-norms"},
	{ID: "agreement-v4-registry"},
	{ID: "agreement-v4-benchmark-minimum-dataset"},
	{ID: "agreement-v5-reregistration"},
	{ID: "agreement-v6-annual-report"},
	{ID: "agreement-v7-budget"},
	{ID: "agreement-v8-suppliers"},
	{ID: "agreement-v9-supplier-changes"},
	{ID: "agreement-v10-cost-price"},
	{ID: "agreement-v11-representative"},
	{ID: "agreement-term-notice"},
}

// annualReport shows what the annual report holds; it is compiled, not judged.
var annualReport = Rules{
	{ID: "report-own-practice-variation"},
	{ID: "report-benchmark"},
	{ID: "report-vbhc-textbook-outcome"},
	{ID: "report-indications"},
	{ID: "report-numbers"},
	{ID: "report-trial"},
	{ID: "report-material"},
	{ID: "report-all-in-one"},
	{ID: "report-revisions"},
	{ID: "report-battery-replacements"},
	{ID: "report-adverse-events"},
	{ID: "report-removed-systems"},
	{ID: "report-patient-characteristics"},
	{ID: "report-costs"},
	{ID: "textbook-outcome-a-production"},
	{ID: "textbook-outcome-b-characteristics"},
	{ID: "textbook-outcome-c-per-patient"},
	{ID: "textbook-outcome-d-per-group"},
}
