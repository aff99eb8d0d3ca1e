//go:build oracle

package cql

import (
	"maps"
	"math/rand"
	"slices"
	"testing"
)

// TestBoundaries checks both sides on cases worked out by hand from the document.
func TestBoundaries(t *testing.T) {
	cases := []struct {
		name       string
		asOf       string
		indication string
		facts      map[string]way // what is recorded; nothing else
		criterion  string         // or "verdict"
		outcome    string
	}{
		{"the eighteenth birthday", "2024-05-01", "fbss", facts{"birth-date": born("2006-05-01")}, "incl-age-18", "met"},
		{"the day before it", "2024-05-01", "fbss", facts{"birth-date": born("2006-05-02")}, "incl-age-18", "not-met"},
		{"only the year of birth known, the birthday may be to come", "2024-05-01", "fbss", facts{"birth-date": born("2006")}, "incl-age-18", "unknown"},
		{"born on 29 February, 28 February of a common year", "2022-02-28", "fbss", facts{"birth-date": born("2004-02-29")}, "incl-age-18", "not-met"},
		{"born on 29 February, 1 March of a common year", "2022-03-01", "fbss", facts{"birth-date": born("2004-02-29")}, "incl-age-18", "met"},
		{"six months, clamped to the end of February", "2025-02-28", "fbss", facts{"pain-onset": date("2024-08-31")}, "incl-pain-6-months", "met"},
		{"six months less a day", "2025-02-27", "fbss", facts{"pain-onset": date("2024-08-31")}, "incl-pain-6-months", "not-met"},
		{"every day of the month of onset is long enough ago", "2025-02-28", "fbss", facts{"pain-onset": date("2024-08")}, "incl-pain-6-months", "met"},
		{"the month and a day in it", "2025-02-27", "fbss", facts{"pain-onset": both(date("2024-08"), date("2024-08-27"))}, "incl-pain-6-months", "met"},
		{"onset in a month that straddles the limit", "2025-02-27", "fbss", facts{"pain-onset": date("2024-08")}, "incl-pain-6-months", "unknown"},
		{"mean of eight readings exactly 5", "2025-02-27", "fbss", facts{"pain": readings(nrs, 0, perDay(4, "4", "6")...)}, "incl-pain-intensity", "met"},
		{"three days are no weighted score", "2025-02-27", "fbss", facts{"pain": readings(nrs, 0, perDay(3, "9", "9")...)}, "incl-pain-intensity", "unknown"},
		{"one moment a day is no weighted score", "2025-02-27", "fbss", facts{"pain": readings(nrs, 0, perDay(4, "9")...)}, "incl-pain-intensity", "unknown"},
		{"NRS too low, VAS high enough", "2025-02-27", "fbss", facts{"pain": both(readings(nrs, 0, perDay(4, "3", "3")...), readings(vas, 0, perDay(4, "50", "50")...))}, "incl-pain-intensity", "met"},
		{"exactly twelve months to live", "2025-02-27", "fbss", facts{"life-expectancy-months": integers(12)}, "excl-life-expectancy", "not-met"},
		{"six to eighteen months to live", "2025-02-27", "fbss", facts{"life-expectancy-months": between(wholes, "6", "18")}, "excl-life-expectancy", "unknown"},
		{"the same, but over twelve", "2025-02-27", "fbss", facts{"life-expectancy-months": both(between(wholes, "6", "18"), lifeOver12(true))}, "excl-life-expectancy", "met"},
		{"90 mg of morphine a day", "2025-02-27", "fbss", facts{"opioid-med": decimals("90")}, "opioid-med-below-90", "not-met"},
		{"an unmeasured psychiatric state", "2025-02-27", "fbss", facts{}, "psychiatric-referral", "unknown"},
		{"as much back pain as leg pain", "2025-02-27", "fbss", facts{"fbss.predominant": codes("equal")}, "fbss-pain-predominant", "unknown"},
		{"two gabapentinoids are one class", "2025-02-27", "fbss", facts{"fbss.mechanism": codes("neuropathic"), "fbss.coanalgesic": codes("pregabalin", "gabapentin"), "fbss.coanalgesics-complete": truths(true)}, "fbss-cons-coanalgesic", "not-met"},
		{"the same on a list that may be incomplete", "2025-02-27", "fbss", facts{"fbss.mechanism": codes("neuropathic"), "fbss.coanalgesic": codes("pregabalin", "gabapentin")}, "fbss-cons-coanalgesic", "unknown"},
		{"CRPS of exactly one year is not shorter than a year", "2025-02-27", "crps", facts{"crps.crps-onset": date("2024-02-27"), "crps.crps-type": codes("I"), "crps.inflammation": truths(true)}, "crps-cons-dmso-lt1y", "not-applicable"},
		{"DRGS for CRPS of the arm", "2025-02-27", "crps", facts{"crps.site": codes("upper-limb"), "modality": codes("DRGS"), "crps.confirmed": truths(true)}, "coverage-crps-other-scs", "not-met"},
		{"DRGS where the leg hurts no more than the arm", "2025-02-27", "crps", facts{"crps.site": codes("lower-limb"), "crps.predominant": codes("equal"), "modality": codes("DRGS")}, "crps-drg-lower-limb", "unknown"},
		{"equal pain, but CRPS of the arm only", "2025-02-27", "crps", facts{"crps.site": codes("upper-limb"), "crps.predominant": codes("equal"), "modality": codes("DRGS")}, "crps-drg-lower-limb", "not-met"},
		{"the pain of the leg predominates, whether or not the arm hurts too", "2025-02-27", "crps", facts{"crps.site": codes("lower-limb", "both"), "crps.predominant": codes("lower-limb"), "modality": codes("DRGS")}, "crps-drg-lower-limb", "met"},
		{"DRGS for CRPS of the leg only", "2025-02-27", "crps", facts{"crps.site": codes("lower-limb"), "modality": codes("DRGS")}, "crps-drg-lower-limb", "met"},
		{"an internist may diagnose diabetic polyneuropathy", "2025-02-27", "pdn", facts{"pdn.diagnosed-by": codes("internist")}, "pdn-incl-diagnosed-by", "met"},
		{"but not small fibre neuropathy", "2025-02-27", "sfn", facts{"sfn.diagnosed-by": codes("internist")}, "sfn-incl-neurologist", "not-met"},
		{"pain elsewhere of 40 mm", "2025-02-27", "sfn", facts{"sfn.elsewhere-vas": decimals("40")}, "sfn-excl-pain-elsewhere", "met"},
		{"pain elsewhere of 41 mm", "2025-02-27", "sfn", facts{"sfn.elsewhere-vas": decimals("41")}, "sfn-excl-pain-elsewhere", "not-met"},
		{"an MRI of four years ago to the day", "2025-02-27", "cch", facts{"cch.mri-date": date("2021-02-27"), "cch.mri-pathology": truths(false)}, "cch-incl-mri-4-years", "met"},
		{"topiramate failed, gabapentin was never given", "2025-02-27", "cch", facts{"cch.drug-outcome.verapamil": codes("failed"), "cch.drug-outcome.lithium": codes("intolerance"),
			"cch.drug-outcome.topiramate": codes("failed"), "cch.drug-outcome.gabapentin": codes("never-given")}, "cch-refractory-definition", "met"},
		{"two answers, and neither says that it was considered", "2025-02-27", "fbss", facts{"fbss.mechanism": codes("nociceptive"),
			"fbss.consideration.cons-nociceptive": codes("not-considered", "still-effective")}, "fbss-cons-nociceptive", "not-met"},
		{"two answers to what was not asked", "2025-02-27", "crps", facts{"crps.crps-type": codes("II"),
			"crps.consideration.cons-nac": codes("tried", "rejected-with-reason")}, "crps-cons-nac", "not-applicable"},
		{"two answers to what was not asked, one of which says so", "2025-02-27", "fbss", facts{"fbss.mechanism": codes("neuropathic"),
			"fbss.consideration.cons-nociceptive": codes("not-considered", "not-applicable")}, "fbss-cons-nociceptive", "not-applicable"},
		{"the answer denies an inflammation that may be there", "2025-02-27", "crps", facts{"crps.inflammation": truths(true, false),
			"crps.consideration.cons-antiinflammatory": codes("not-applicable")}, "crps-cons-antiinflammatory", "unknown"},
		{"not considered, whether or not the inflammation is in the foreground", "2025-02-27", "crps", facts{"crps.inflammation": truths(true, false),
			"crps.consideration.cons-antiinflammatory": codes("not-considered")}, "crps-cons-antiinflammatory", "not-met"},
		{"either modality is reimbursed for CRPS of the leg", "2025-02-27", "crps", facts{"crps.site": codes("lower-limb"), "modality": codes("SCS", "DRGS")}, "coverage-modality-scs-drgs", "met"},
		{"but for CRPS of the arm one of them only", "2025-02-27", "crps", facts{"crps.site": codes("upper-limb"), "modality": codes("SCS", "DRGS")}, "coverage-modality-scs-drgs", "unknown"},
		{"pregnant, and recorded with both sexes", "2025-02-27", "fbss", facts{"sex": codes("male", "female"), "pregnancy": codes("yes")}, "excl-pregnancy", "unknown"},
		{"much pain elsewhere by VAS, by NRS perhaps", "2025-02-27", "sfn", facts{"sfn.elsewhere-nrs": decimals("3", "5"), "sfn.elsewhere-vas": decimals("60")}, "sfn-excl-pain-elsewhere", "unknown"},
		{"limb pain too low by VAS, by NRS perhaps not", "2025-02-27", "sfn", facts{"sfn.limb-predominant": truths(true), "sfn.limb-nrs": decimals("4", "6"), "sfn.limb-vas": decimals("20")}, "sfn-incl-limb-pain", "unknown"},

		{"the day before the standpunt", "2019-11-11", "phn", facts{}, "verdict", "no-rule-in-force"},
		{"a condition without effective care, before the list", "2019-12-31", "phn", facts{}, "verdict", "version-conflict"},
		{"the same on the first day of the list", "2020-01-01", "phn", facts{}, "verdict", "not-covered"},
		{"a condition on neither list", "2019-12-31", "other", facts{}, "verdict", "not-covered"},
		{"occipital stimulation before it was reimbursed", "2019-12-31", "cch", facts{"modality": codes("ONS")}, "verdict", "version-conflict"},
		{"a modality for cluster headache that neither source reimburses", "2019-12-31", "cch", facts{"modality": codes("SCS")}, "verdict", "not-covered"},
		{"a system from the day before the list", "2025-02-27", "pad", facts{"existing-implant": date("2019-12-31")}, "verdict", "transition-arrangement"},
		{"a system from the first day of the list", "2025-02-27", "pad", facts{"existing-implant": date("2020-01-01")}, "verdict", "not-covered"},
		{"a system from before or after", "2025-02-27", "pad", facts{"existing-implant": both(date("2018"), date("2021"))}, "agreement-7-transition", "unknown"},
		{"two conditions, neither of which is reimbursed", "2025-02-27", "phn", facts{"pad": recorded("pad")}, "noncovered-list", "not-met"},
		{"and which of them is the reason is open", "2025-02-27", "phn", facts{"pad": recorded("pad")}, "noncovered-phn", "unknown"},
		{"one that is reimbursed beside it", "2025-02-27", "phn", facts{"pdn": recorded("pdn")}, "noncovered-list", "unknown"},
		{"nerve damage that is CRPS, given as a reason beside it", "2025-02-27", "crps", facts{"crps.iasp-criteria": codes("met"),
			"nerve": recorded("nerve-injury-neuropathy"), "reason": codes("crps", "nerve-injury-neuropathy")}, "noncovered-list", "met"},
	}
	patients := make([]Patient, len(cases))
	for i, c := range cases {
		d := &draft{random: rand.New(rand.NewSource(1)), id: "p", asOf: day(c.asOf), authored: day(c.asOf), indications: []string{c.indication},
			groups: map[string][]object{c.indication: nil}, conditions: map[string]object{}, person: object{"resourceType": "Patient", "id": "p"}}
		recorded(c.indication)(d, "")
		for _, id := range slices.Sorted(maps.Keys(c.facts)) {
			c.facts[id](d, id)
		}
		patients[i] = Patient{ID: "p", AsOf: c.asOf, Bundle: d.bundle()}
	}
	met := make([]bool, len(explained))
	for i, judged := range judgedByCQL(t, patients) {
		c := cases[i]
		t.Run(c.name, func(t *testing.T) {
			find := func(j judgement) string {
				if c.criterion == "verdict" {
					return j.Verdict
				}
				return of(j, c.indication).Criteria[c.criterion]
			}
			if got := find(judged); got != c.outcome {
				t.Errorf("CQL: %s is %q, want %q", c.criterion, got, c.outcome)
			}
			got := find(judgedByUs(t, patients[i]))
			if got == c.outcome {
				return
			}
			known := explains(difference(c.indication+" "+c.criterion, got, c.outcome))
			if known < 0 {
				t.Errorf("ours: %s is %q, want %q", c.criterion, got, c.outcome)
				return
			}
			met[known] = true
		})
	}
	for i := range explained {
		if !met[i] {
			t.Errorf("no case differs as explained by %q any more: remove the explanation", explained[i].reason)
		}
	}
}

type facts = map[string]way

// recorded adds a condition to the problem list, or in a form where it has no code.
func recorded(name string) way {
	if name == "other" {
		return func(d *draft, _ string) { truths(true)(d, "other.confirmed") }
	}
	return condition(conditionCode[name], "confirmed", "active")
}
