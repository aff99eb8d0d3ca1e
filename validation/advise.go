package validation

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// The rule sets, by indication. Preparation comes in the order of the document.
var (
	preparationOf = map[string]*ruleSet{
		"fbss": newRuleSet(coverageFBSS, introduction, general, agreement, fbss),
		"fnss": newRuleSet(coverageFNSS, introduction, general, agreement, fnss),
		"crps": newRuleSet(coverageCRPS, introduction, general, agreement, crps),
		"pdn":  newRuleSet(coveragePDN, introduction, general, agreement, pdn),
		"sfn":  newRuleSet(coverageSFN, introduction, general, agreement, sfn),
		"cch":  newRuleSet(coverageCCH, introduction, general, cch),

		"phn":                     newRuleSet(notReimbursed("noncovered-phn", "phn")),
		"nerve-injury-neuropathy": newRuleSet(notReimbursed("noncovered-nerve-injury", "nerve-injury-neuropathy")),
		"angina":                  newRuleSet(notReimbursed("noncovered-angina", "angina")),
		"pad":                     newRuleSet(notReimbursed("noncovered-pad", "pad")),
		"other":                   newRuleSet(notListed),
	}
	transitionSet = newRuleSet(transition)

	trialForPain, trialForAttacks           = newRuleSet(trial, trialPain, agreementTrial), newRuleSet(trial, trialAttacks)
	definitiveForPain, definitiveForAttacks = newRuleSet(trial, trialPain, agreementTrial, definitivePain), newRuleSet(trial, trialAttacks, definitiveAttacks)

	aboveSet, conceptSet = newRuleSet(above), newRuleSet(above, concept)
	aftercareSet         = newRuleSet(aftercare, proms)
	doubtSet, centreSet  = newRuleSet(doubt), newRuleSet(centre, agreementOfCentre, annualReport)
)

// Judge says what the standpunt says of a record. It is safe for concurrent use
// and does not change the record.
func Judge(record *mapping.Record, options Options) *Verdict {
	options.Readings = departures(options.Readings)
	room := scratch.Get().(*[]result)
	j := &judge{record: record, options: options, asOf: record.AsOf, version: versionAt(record.AsOf, options.Standpunt), results: *room}
	defer func() {
		clear(j.results[:cap(j.results)])
		*room = j.results
		scratch.Put(room)
	}()
	j.phase = options.Phase
	if j.phase == "" {
		j.phase = phaseOf(record)
	}
	v := &Verdict{
		Source: record.Source, Standpunt: j.version, AsOf: j.asOf, Phase: j.phase, Mapping: record.Report,
		Indications: []Indication{}, WouldChange: []Change{}, Flags: noStrings, Actions: []Action{}, Missing: []MissingFact{},
	}
	c := collector{verdict: v, language: options.Language}
	if j.version == standpunt.Concept2019 || j.version == standpunt.ZIN2019 && j.reads("A23", "all-from-2020") {
		j.use(conceptSet)
		v.Criteria, v.Verdict = j.criteria(), NoRuleInForce
		c.flag("version:" + j.version)
		return v
	}
	switch j.phase {
	case Aftercare:
		j.single(&c, aftercareSet, (*judge).aftercareConclusion)
	case Doubt:
		j.single(&c, doubtSet, (*judge).doubtConclusion)
	case Centre:
		j.single(&c, centreSet, (*judge).centreConclusion)
	default:
		j.perIndication(&c)
	}
	return v
}

// single judges a phase that stands above the indications.
func (j *judge) single(c *collector, set *ruleSet, conclude func(*judge) Conclusion) {
	if j.phase != Centre && j.notCoveredWithSystem() {
		j.use(transitionSet)
		c.collect(j)
		c.verdict.Criteria, c.verdict.Verdict = j.criteria(), Transition
		return
	}
	j.use(set)
	c.verdict.Verdict = conclude(j)
	c.verdict.Criteria = j.criteria()
	c.collect(j)
}

// notCoveredWithSystem: a system from before 2020, and only conditions that are
// not reimbursed.
func (j *judge) notCoveredWithSystem() bool {
	if len(j.record.Indications) == 0 {
		return false
	}
	for _, i := range j.record.Indications {
		if contains(mapping.Reimbursed, i.Code) {
			return false
		}
	}
	return (Some{ExistingBefore{negativeListFrom}, Before{"implant-date", negativeListFrom}}).eval(j).truth == kleene.True
}

// perIndication judges each condition that is meant; the best conclusion wins.
func (j *judge) perIndication(c *collector) {
	j.use(aboveSet)
	c.verdict.Criteria = j.criteria()
	v := c.verdict
	for _, i := range j.meant() {
		j.indication = i.Code
		j.modality = j.requestedModality()
		conclusion, criteria := j.judgeIndication(c)
		v.Indications = append(v.Indications, Indication{
			Indication: i.Code, Name: i.Name, Modality: j.modality, Verdict: conclusion, Criteria: criteria,
		})
		if v.Verdict == "" || rank[conclusion] > rank[v.Verdict] {
			v.Verdict = conclusion
		}
	}
	if v.Verdict == "" {
		v.Verdict = NoIndication
	}
	if j.version == standpunt.ZIN2019 {
		c.flag("version:" + j.version)
	}
}

// meant are the conditions to judge, reimbursed ones first as in the document: those
// that the request names where it names any, recorded or not; else all that are recorded.
func (j *judge) meant() []mapping.Indication {
	if j.reads("A21", "primary-only") && len(j.record.Indications) > 0 {
		return j.record.Indications[:1]
	}
	reasons := j.fact("reason").Values
	var list []mapping.Indication
	for _, code := range mapping.AllConditions {
		asked := slices.IndexFunc(reasons, func(v mapping.Value) bool { return v.Code == code })
		if len(reasons) > 0 && asked < 0 || len(reasons) == 0 && code == "nerve-injury-neuropathy" && j.nerveInjuryIsCRPS() {
			continue
		}
		before := len(list)
		for _, i := range j.record.Indications {
			if i.Code == code {
				list = append(list, i)
			}
		}
		if len(list) == before && asked >= 0 {
			list = append(list, mapping.Indication{Code: code, Evidence: reasons[asked].Evidence})
		}
	}
	return list
}

func (j *judge) requestedModality() string {
	if f := j.fact("modality"); len(f.Values) == 1 {
		return f.Values[0].Code
	}
	return ""
}

// judgeIndication judges one condition in the phase at hand.
func (j *judge) judgeIndication(c *collector) (Conclusion, []Criterion) {
	if !contains(mapping.Reimbursed, j.indication) {
		return j.judgeNotReimbursed(c)
	}
	var criteria []Criterion
	conclusion := CoveredEligible
	if j.phase == Trial || j.phase == Definitive {
		prepared := Coded{Fact: "preparation", Yes: []string{"eligible"}, No: []string{"not-eligible"}}.eval(j)
		switch {
		case prepared.truth == kleene.False:
			conclusion = NotEligible
		case prepared.truth == kleene.Unknown && j.phase == Definitive:
			conclusion, criteria = j.prepare(c)
		}
		set := j.trialSet()
		j.use(set)
		if j.phase == Trial {
			conclusion = worst(conclusion, j.trialConclusion(CoveredEligible))
		} else {
			conclusion = j.conclude(conclusion)
		}
		c.collect(j)
		return conclusion, append(criteria, j.criteria()...)
	}
	conclusion, criteria = j.prepare(c)
	if conclusion == NotCovered && j.noLongerCovered() {
		j.use(transitionSet)
		c.collect(j)
		return Transition, append(j.criteria(), criteria...)
	}
	if j.version == standpunt.ZIN2019 && j.indication == "cch" {
		conclusion = worst(conclusion, VersionConflict)
	}
	return conclusion, criteria
}

// noLongerCovered: a system from before 2020 for what is no longer reimbursed, be it
// back or neck pain after surgery without the limb pain that is, or an intrathecal pump
// (annex 3, article 7). A request for another technique is a new one.
func (j *judge) noLongerCovered() bool {
	same := []string{"ITDD"}
	if j.indication == "fbss" || j.indication == "fnss" {
		same = append(same, covered[j.indication]...)
	}
	return requested(same...).eval(j).truth == kleene.True && ExistingBefore{negativeListFrom}.eval(j).truth == kleene.True
}

// prepare judges the preparation of an indication.
func (j *judge) prepare(c *collector) (Conclusion, []Criterion) {
	j.use(preparationOf[j.indication])
	conclusion := j.conclude(CoveredEligible)
	c.collect(j)
	return conclusion, j.criteria()
}

func (j *judge) trialSet() *ruleSet {
	switch {
	case j.phase == Trial && j.indication == "cch":
		return trialForAttacks
	case j.phase == Trial:
		return trialForPain
	case j.indication == "cch":
		return definitiveForAttacks
	}
	return definitiveForPain
}

// judgeNotReimbursed: not covered, unless an older system routes the patient to
// the transition arrangement or the sources contradict each other on the day.
func (j *judge) judgeNotReimbursed(c *collector) (Conclusion, []Criterion) {
	if len(j.fact("existing-implant").Values) > 0 {
		j.use(transitionSet)
		if outcome := j.run(0).outcome; outcome == kleene.Met {
			c.collect(j)
			return Transition, j.criteria()
		} else if outcome == kleene.Undecided {
			c.collect(j)
			return NeedsData, j.criteria()
		}
	}
	j.use(preparationOf[j.indication])
	conclusion := j.conclude(CoveredEligible)
	c.collect(j)
	if conclusion == NotCovered && j.version == standpunt.ZIN2019 && j.indication != "other" {
		conclusion = VersionConflict
	}
	return conclusion, j.criteria()
}
