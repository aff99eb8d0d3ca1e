package cql

import "slices"

var indicationFacts = map[string][]fact{
	"fbss": in("fbss",
		[]fact{confirmation,
			{"limb-pain-radicular", []way{codes("yes")}, []way{codes("no"), codes("yes", "no")}},
			mechanism,
			{"predominant", []way{codes("leg")}, []way{codes("back"), codes("equal"), codes("leg", "back"), codes("leg", "equal"), codes("back", "equal")}},
			{"spine-surgeries", []way{integers(1), integers(3), procedure("50172003", "completed")},
				[]way{integers(0), integers(0, 1), procedure("50172003", "not-done"), both(procedure("50172003", "completed"), integers(0)), both(procedure("50172003", "completed"), integers(2))}},
			{"surgically-untreatable", []way{truths(true)}, []way{truths(false), truths(true, false)}},
			exercise, considered("cons-nociceptive"), biopsychosocial, considered("minv-scar-injection"), considered("minv-prf")},
		coanalgesics(withGabapentinoid)),

	"fnss": in("fnss",
		[]fact{confirmation,
			{"limb-pain-radicular", []way{codes("yes")}, []way{codes("no"), codes("yes", "no")}},
			mechanism,
			{"predominant", []way{codes("arm")}, []way{codes("neck"), codes("equal"), codes("arm", "neck"), codes("neck", "equal")}},
			{"spine-surgeries", []way{integers(1), integers(2), procedure("178517008", "completed")}, []way{integers(0), integers(0, 2), both(procedure("178517008", "completed"), integers(0))}},
			exercise, considered("cons-nociceptive"), biopsychosocial, considered("minv-scar-injection"), considered("minv-prf")},
		coanalgesics(withGabapentinoid)),

	"crps": in("crps",
		[]fact{
			{"confirmed", append(slices.Clone(confirmation.good), diagnosedAs("734947007")), confirmation.other},
			mechanism,
			{"predominant", []way{codes("lower-limb"), codes("lower-limb"), codes("upper-limb")}, []way{codes("upper-limb"), codes("equal"), codes("lower-limb", "upper-limb")}},
			{"crps-type", []way{codes("I"), codes("II")}, []way{codes("I", "II"), codes("I")}},
			{"iasp-criteria", []way{codes("met")}, []way{codes("not-met"), codes("met", "not-met")}},
			{"site", []way{codes("lower-limb"), codes("upper-limb"), codes("both"), bodySites("61685007")},
				[]way{codes("other"), codes("lower-limb", "upper-limb"), codes("lower-limb", "both"), bodySites("53120007"), bodySites("61685007", "53120007")}},
			{"crps-onset", []way{dates(ago{months: 10}), dates(ago{years: 3}), dates(ago{years: 1})},
				[]way{dates(ago{years: 1, days: -1}), dates(ago{years: 1, days: 1}), dates(ago{years: 1, precision: "month"}), dates(ago{years: 1, precision: "year"}),
					dates(ago{months: 7}, ago{years: 2}), dates(ago{months: 7}, ago{months: 8})}},
			{"inflammation", []way{truths(true), truths(false)}, []way{truths(true, false), truths(true)}},
			{"residual-state", []way{truths(true), truths(false)}, []way{truths(true, false), truths(true)}},
			exercise, considered("cons-antiinflammatory"),
			{"consideration.cons-dmso-lt1y", considerationGood, append(slices.Clone(considerationOther), medication("M02AX03", "completed"))},
			considered("cons-dmso-gt1y"),
			{"consideration.cons-nac", considerationGood, append(slices.Clone(considerationOther), medication("R05CB01", "not-taken"))},
			considered("cons-vasodilator"), considered("cons-spasmolytic"), biopsychosocial, considered("inv-thoracic-block"), considered("inv-ketamine")},
		coanalgesics(withGabapentinoid)),

	"pdn": in("pdn",
		[]fact{confirmation, mechanism,
			{"lower-limb-pain", []way{truths(true), bodySites("61685007")}, []way{truths(false), truths(true, false), both(truths(false), bodySites("61685007"))}},
			{"diagnosed-by", []way{codes("neurologist"), codes("internist"), codes("neurologist", "internist")}, []way{codes("general-practitioner"), codes("other"), codes("internist", "other")}},
			exercise, considered("cons-nociceptive"), biopsychosocial,
			{"consideration.minv-tens", considerationGood, append(slices.Clone(considerationOther), procedure("229559001", "completed"))},
			considered("minv-sympathetic-block")},
		coanalgesics(withSNRI)),

	"sfn": in("sfn",
		[]fact{confirmation, mechanism,
			{"diagnosed-by", []way{codes("neurologist")}, []way{codes("internist"), codes("other"), codes("neurologist", "internist")}},
			{"limb-predominant", []way{truths(true)}, []way{truths(false), truths(true, false)}},
			{"limb-nrs", []way{decimals("5"), decimals("8.5")}, []way{decimals("4.9"), decimals("4", "6"), decimals("4"), decimals("5", "6")}},
			{"limb-vas", []way{absent, decimals("50"), quantity("70", "mm")}, []way{decimals("49.9"), decimals("20"), decimals("40", "60")}},
			{"elsewhere-nrs", []way{decimals("4"), decimals("0"), decimals("2")}, []way{decimals("4.1"), decimals("5"), decimals("3", "5")}},
			{"elsewhere-vas", []way{absent, decimals("40"), decimals("10")}, []way{decimals("40.1"), decimals("45"), decimals("60"), decimals("30", "50")}},
			exercise, biopsychosocial, considered("cons-capsaicin")},
		coanalgesics(withSNRI)),

	"cch": in("cch",
		[]fact{confirmation,
			{"diagnosed-by", []way{codes("neurologist")}, []way{codes("internist"), codes("general-practitioner"), codes("neurologist", "other")}},
			{"ichd3", []way{codes("chronic-cluster")}, []way{codes("episodic-cluster"), codes("other"), codes("chronic-cluster", "episodic-cluster"), codes("episodic-cluster", "other")}},
			{"attacks-per-week", []way{decimals("4"), decimals("12.5"), between(decimals, "4", "20")},
				[]way{decimals("3.9"), decimals("0"), decimals("3", "5"), between(decimals, "3", "6"), between(decimals, "", "3.5"), between(decimals, "3", "")}},
			{"mri-date", []way{dates(ago{years: 1}), dates(ago{years: 4}), dates(ago{years: 2, precision: "year"})},
				[]way{dates(ago{years: 4, days: 1}), dates(ago{years: 4, days: -1}), dates(ago{years: 4, precision: "month"}), dates(ago{years: 4, precision: "year"}), dates(ago{years: 5, precision: "year"}),
					dates(ago{years: 3}, ago{years: 6})}},
			denied("mri-pathology"), denied("medication-overuse"), denied("vascular-lesion"), denied("c2c3-surgery"),
			drug("verapamil"), drug("lithium"),
			{"drug-outcome.methysergide", []way{codes("never-given"), absent, codes("failed")}, outcomeOther},
			{"drug-outcome.topiramate", []way{codes("failed"), codes("intolerance")}, outcomeOther},
			{"drug-outcome.gabapentin", []way{absent, codes("effective"), codes("failed"), codes("never-given")}, outcomeOther},
			biopsychosocial}),
}

// in gives the ids of an indication's facts their prefix.
func in(indication string, facts ...[]fact) []fact {
	all := slices.Concat(facts...)
	for i := range all {
		all[i].id = indication + "." + all[i].id
	}
	return all
}

var (
	confirmation = fact{"confirmed", []way{truths(true), diagnosed("confirmed"), both(truths(true), diagnosed("confirmed"))},
		[]way{truths(false), truths(true, false), diagnosed("provisional"), diagnosed("differential"), both(diagnosed("confirmed"), truths(false)), both(diagnosed("provisional"), truths(true))}}
	mechanism = fact{"mechanism", []way{codes("neuropathic"), codes("nociplastic"), codes("neuropathic", "nociceptive"), codes("neuropathic", "nociplastic")},
		[]way{codes("nociceptive"), codes("nociceptive", "nociplastic")}}

	considerationGood  = []way{codes("tried"), codes("rejected-with-reason"), codes("not-applicable")}
	considerationOther = []way{codes("not-considered"), codes("still-effective"), codes("tried", "rejected-with-reason"), codes("tried", "not-considered"),
		codes("not-considered", "still-effective"), codes("tried", "not-applicable"), codes("not-considered", "not-applicable")}

	exercise = fact{"consideration.cons-exercise", []way{codes("tried"), codes("rejected-with-reason"), procedure("91251008", "completed"), procedure("91251008", "not-done")},
		append(slices.Clone(considerationOther), codes("not-applicable"), both(procedure("91251008", "completed"), codes("not-considered")))}
	biopsychosocial = fact{"consideration.cons-biopsychosocial", append(slices.Clone(considerationGood), procedure("75516001", "completed")), considerationOther}

	outcomeOther = []way{codes("effective"), codes("never-given"), codes("contraindicated"), codes("failed", "effective"), codes("failed", "intolerance"), codes("effective", "never-given")}
)

func considered(treatment string) fact {
	return fact{"consideration." + treatment, considerationGood, considerationOther}
}

func denied(id string) fact {
	return fact{id, []way{truths(false)}, []way{truths(true), truths(true, false)}}
}

func drug(name string) fact {
	return fact{"drug-outcome." + name, []way{codes("failed"), codes("intolerance"), codes("contraindicated")}, outcomeOther}
}

var (
	withGabapentinoid = []way{codes("pregabalin", "amitriptyline"), codes("gabapentin", "duloxetine"), codes("gabapentin:rejected-with-reason", "venlafaxine:rejected-with-reason"),
		both(medication("N02BF02", "stopped"), codes("nortriptyline")), both(medication("N02BF01", "completed"), medication("N06AX21", "not-taken"))}
	withSNRI = []way{codes("duloxetine", "amitriptyline"), codes("venlafaxine", "pregabalin"), codes("duloxetine:rejected-with-reason", "gabapentin", "carbamazepine"),
		both(medication("N06AX21", "stopped"), codes("nortriptyline"))}
)

// coanalgesics is the list of drugs with the answer whether it is complete.
func coanalgesics(good []way) []fact {
	return []fact{
		{"coanalgesic", good, []way{absent, codes("pregabalin"), codes("pregabalin", "gabapentin"), codes("amitriptyline", "duloxetine"), codes("duloxetine"), codes("capsaicin", "carbamazepine"),
			codes("imipramine", "gabapentin:rejected-with-reason"), codes("venlafaxine", "clomipramine"), medication("N06AA09", "active"), medication("N06AX16", "not-taken")}},
		{"coanalgesics-complete", []way{absent, truths(true), truths(false)}, []way{truths(true), truths(true, false)}},
	}
}
