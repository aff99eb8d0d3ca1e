package validation

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// covered is which modalities are reimbursed for which indication (introduction,
// the list of effective care). CRPS depends on the site: see coverageCRPS.
var covered = map[string][]string{
	"fbss": {"SCS"}, "fnss": {"SCS"}, "crps": {"SCS", "DRGS"}, "pdn": {"SCS"}, "sfn": {"SCS"}, "cch": {"ONS"},
}

var modalities = []string{"SCS", "DRGS", "ONS", "ITDD"}

// requested is true when the request is for one of the modalities.
func requested(wanted ...string) Test {
	var others []string
	for _, m := range modalities {
		if !contains(wanted, m) {
			others = append(others, m)
		}
	}
	return Coded{Fact: "modality", Yes: wanted, No: others}
}

// listed is the rule that a condition of the list is established and the request
// is for a modality listed with it.
func listed(id, indication string, also ...Test) Rule {
	return Rule{ID: id, Test: append(All{Affirmed{indication + ".confirmed"}, requested(covered[indication]...)}, also...)}
}

// The coverage rules per indication, from the list of effective care.
var (
	coverageSCS  = Rule{ID: "coverage-modality-scs-drgs", Test: requestedModalityListed{}}
	coverageFBSS = Rules{coverageSCS, listed("coverage-fbss-scs", "fbss", legPredominates), notTheReason}
	coverageFNSS = Rules{coverageSCS, listed("coverage-fnss-scs", "fnss",
		Coded{Fact: "fnss.limb-pain-radicular", Yes: []string{"yes"}, No: []string{"no"}}), notTheReason}
	coverageCRPS = Rules{coverageSCS,
		{ID: "coverage-crps-leg-scs-drgs", When: lowerLimbCRPS,
			Test: All{Affirmed{"crps.confirmed"}, requested("SCS", "DRGS")}},
		{ID: "coverage-crps-other-scs", When: Not{lowerLimbCRPS},
			Test: All{Affirmed{"crps.confirmed"}, requested("SCS")}},
		notTheReason}
	coveragePDN = Rules{coverageSCS, listed("coverage-pdn-sfn-scs", "pdn"), notTheReason}
	coverageSFN = Rules{coverageSCS, listed("coverage-pdn-sfn-scs", "sfn"), notTheReason}
	coverageCCH = Rules{listed("coverage-cch-ons", "cch", chronicCluster, refractory), notTheReason}

	lowerLimbCRPS = Coded{Fact: "crps.site", Yes: []string{"lower-limb", "both"}, No: []string{"upper-limb", "other"}}
)

// requestedModalityListed holds the requested modality against the list.
type requestedModalityListed struct{}

func (requestedModalityListed) eval(j *judge) finding {
	if j.indication == "crps" {
		return Some{requested("SCS"), All{requested("SCS", "DRGS"), lowerLimbCRPS}}.eval(j)
	}
	return requested(covered[j.indication]...).eval(j)
}

// notTheReason: none of the four conditions without reimbursement is the reason.
var notTheReason = Rule{ID: "noncovered-list", Test: NotReimbursedReason{}}

// NotReimbursedReason is true when the request is not for one of the four
// conditions without reimbursement. Where one of them is recorded beside the
// indication, the request must say which is meant (reading A20); nerve injury that
// meets the criteria for CRPS is CRPS (reading A19).
type NotReimbursedReason struct{}

func (NotReimbursedReason) eval(j *judge) finding {
	reasons := j.fact("reason")
	var none, both finding
	both.note = noteSeveral
	for i := range reasons.Values {
		code := reasons.Values[i].Code
		isCRPS := code == "nerve-injury-neuropathy" && j.nerveInjuryIsCRPS()
		if isCRPS {
			none.note = noteIsCRPS
		}
		if contains(mapping.NotReimbursed, code) && !isCRPS {
			both.join(finding{evidence: reasons.Values[i].Evidence, missing: []Missing{{"reason", Contradictory}}})
		} else {
			none.join(finding{evidence: reasons.Values[i].Evidence})
		}
	}
	switch {
	case len(both.missing) > 0:
		return both
	case len(reasons.Values) > 0:
		none.truth = kleene.True
		return none
	}
	for _, other := range j.record.Indications {
		if !contains(mapping.NotReimbursed, other.Code) {
			continue
		}
		if other.Code == "nerve-injury-neuropathy" && j.nerveInjuryIsCRPS() {
			none.note = noteIsCRPS
			continue
		}
		if other.Code == "pad" && j.reads("A20", "any-pad-blocks") {
			return known(kleene.False, other.Evidence)
		}
		both.join(finding{evidence: other.Evidence, missing: []Missing{{"reason", Absent}}})
	}
	if len(both.missing) > 0 {
		return both
	}
	none.truth = kleene.True
	return none
}

func (j *judge) nerveInjuryIsCRPS() bool {
	return iaspCriteria.eval(j).truth == kleene.True && !j.reads("A19", "type-ii-not-covered")
}

// notReimbursed judges a condition without reimbursement.
func notReimbursed(id, indication string) Rules {
	return Rules{{ID: "noncovered-list", Test: isNotTheReason{indication, true}}, {ID: id, Test: isNotTheReason{indication, false}}}
}

// isNotTheReason is false when the condition is the only one recorded, or the
// request names it alone; open when the request does not choose.
type isNotTheReason struct {
	indication string
	likewise   bool // nor does a choice between conditions none of which is reimbursed matter
}

func (t isNotTheReason) eval(j *judge) finding {
	var evidence []mapping.Evidence
	for _, i := range j.record.Indications {
		if i.Code == t.indication {
			evidence = i.Evidence
		}
	}
	blocks := t.indication == "pad" && j.reads("A20", "any-pad-blocks")
	if j.reasonOpen(t.likewise) && !blocks {
		f := unknown("reason", Unsettled, evidence...)
		f.note = noteSeveral
		return f
	}
	return finding{truth: kleene.False, evidence: evidence, flags: []string{"explicit-negative"}}
}

// reasonOpen tells whether several conditions may be the reason; with likewise set,
// only where one of them is reimbursed.
func (j *judge) reasonOpen(likewise bool) bool {
	var codes []string
	for _, v := range j.fact("reason").Values {
		codes = append(codes, v.Code)
	}
	if codes == nil {
		for _, i := range j.record.Indications {
			codes = append(codes, i.Code)
		}
	}
	if !likewise {
		return len(codes) > 1
	}
	return slices.ContainsFunc(codes, func(code string) bool { return contains(mapping.Reimbursed, code) })
}

// notListed judges a condition on neither list (reading A24).
var notListed = Rules{{ID: "noncovered-list", Test: OnNeitherList{}}}

// OnNeitherList is false: the list of effective care is taken to be complete.
type OnNeitherList struct{}

func (OnNeitherList) eval(j *judge) finding {
	if j.reads("A24", "no-statement") {
		return finding{missing: []Missing{{"reason", Unsettled}}, flags: []string{"not-listed"}}
	}
	var evidence []mapping.Evidence
	for _, i := range j.record.Indications {
		if i.Code == "other" {
			evidence = append(evidence, i.Evidence...)
		}
	}
	return finding{truth: kleene.False, evidence: evidence, flags: []string{"not-listed"}}
}
