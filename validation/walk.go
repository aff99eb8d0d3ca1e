package validation

import "slices"

// parts are the tests that a test is made of.
func parts(t Test) []Test {
	switch t := t.(type) {
	case All:
		return t
	case Some:
		return t
	case Agreeing:
		return t
	case Not:
		return []Test{t.Test}
	case Remark:
		return []Test{t.Test}
	case Deemed:
		return []Test{t.Test}
	case HardlyAny:
		return []Test{t.Test}
	case unlessEqual:
		return []Test{t.Test}
	case WholeTrial:
		return []Test{t.Test}
	case WithinDays:
		return []Test{t.Test}
	case Reading:
		return []Test{t.Default}
	case QualityOfLifeFell:
		return []Test{fell{"sf12-before-pcs", "sf12-off-pcs"}, fell{"sf12-before-mcs", "sf12-off-mcs"}}
	}
	return nil
}

// ownFacts are the facts that a test reads by itself, not through its parts.
func ownFacts(t Test) []string {
	switch t := t.(type) {
	case Coded:
		return []string{t.Fact}
	case Has:
		return []string{t.Fact}
	case Team:
		return []string{"team"}
	case Stated:
		return []string{t.Fact}
	case Affirmed:
		return []string{t.Fact}
	case Recorded:
		return []string{t.Fact}
	case OnRecord:
		return []string{t.Fact}
	case Limit:
		return []string{t.Fact}
	case MoreDays:
		return []string{t.Fact}
	case YearVolume:
		return []string{t.Fact, "year"}
	case Elapsed:
		return []string{t.Fact}
	case Since:
		return []string{t.Fact}
	case Before:
		return []string{t.Fact}
	case NotPregnant:
		return []string{"pregnancy", "sex", "birth-date"}
	case OpioidBelow, OpioidBelowBy:
		return []string{"opioid-med"}
	case Class:
		return []string{t.Indication + ".coanalgesic", t.Indication + ".coanalgesics-complete"}
	case AtLeastTwo:
		return []string{t.Indication + ".coanalgesic", t.Indication + ".coanalgesics-complete"}
	case FirstLineFirst:
		return []string{t.Indication + ".coanalgesic", t.Indication + ".coanalgesics-complete"}
	case PainThreshold:
		return []string{t.Prefix + "-nrs", t.Prefix + "-vas"}
	case Weighted:
		return []string{t.Prefix + "-nrs", t.Prefix + "-vas"}
	case PainReduction:
		return []string{"intake-nrs", "intake-vas", "trial-nrs", "trial-vas", "trial-window-days"}
	case FrequencyReduction:
		return []string{t.Before, t.After}
	case Worsening:
		return []string{"before-nrs", "before-vas", "before-days", "off-nrs", "off-vas", "off-days"}
	case fell:
		return []string{t.before, t.off}
	case TrialLasts:
		return []string{"trial-done", "trial-start", "trial-end"}
	case AllInOne:
		return []string{"trial-done"}
	case WholeTrial:
		return []string{"trial-start", "trial-end"}
	case OffFor, OffAtLeast, WithinDays:
		return []string{"off-start", "off-end"}
	case VisitsAt:
		return []string{"implant-date", "visit", "aftercare-record-complete"}
	case PromsEveryYear:
		return []string{"implant-date", "proms-completed", "aftercare-record-complete"}
	case ContactEveryYear:
		return []string{"implant-date", "contact", "visit", "aftercare-record-complete"}
	case NotReimbursedReason, isNotTheReason, OnNeitherList:
		return []string{"reason"}
	case requestedModalityListed:
		return []string{"modality"}
	case UnderAgreement:
		return []string{"agreement-party"}
	case agreementIndications:
		return []string{"fbss.limb-pain-radicular", "fnss.limb-pain-radicular", "fnss.mechanism", "pdn.lower-limb-pain"}
	case scsIndicated:
		return []string{"fbss.predominant", "fnss.spinal-cord-compression"}
	case InstrumentDone:
		return []string{"proms"}
	case ExistingBefore:
		return []string{"existing-implant"}
	}
	return nil
}

// walk visits a test and all it is made of.
func walk(t Test, visit func(Test)) {
	if t == nil {
		return
	}
	visit(t)
	for _, part := range parts(t) {
		walk(part, visit)
	}
}

// factsOf are the facts a test reads, each once, in order.
func factsOf(tests ...Test) []string {
	var facts []string
	for _, t := range tests {
		walk(t, func(t Test) {
			for _, f := range ownFacts(t) {
				if !slices.Contains(facts, f) {
					facts = append(facts, f)
				}
			}
		})
	}
	return facts
}

// factOf is the first fact a test reads.
func factOf(t Test) string {
	if facts := factsOf(t); len(facts) > 0 {
		return facts[0]
	}
	return ""
}
