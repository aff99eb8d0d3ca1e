package advice

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// reasonsFor are the effects whose criteria, when not met, are the reason for a
// conclusion.
var reasonsFor = map[validation.Conclusion][]standpunt.Effect{
	validation.NotCovered:          {standpunt.Coverage, standpunt.NotCovered},
	validation.NotEligible:         {standpunt.Decisive, standpunt.Remediable},
	validation.ReferralNeeded:      {standpunt.Referral},
	validation.Overdue:             {standpunt.DutyOfCare},
	validation.StayOff:             {standpunt.Decision},
	validation.TeamJudgement:       {standpunt.Decision},
	validation.CooperationRequired: {standpunt.Centre},
	validation.NotCompliant:        {standpunt.Centre},
}

// weighs reports whether an effect decides anything: on reimbursement, on
// eligibility, on aftercare or on the centre.
func weighs(e standpunt.Effect) bool { return weighty[e] }

// weighty are the effects for which a conclusion can be as it is.
var weighty = func() map[standpunt.Effect]bool {
	all := map[standpunt.Effect]bool{}
	for _, effects := range reasonsFor {
		for _, e := range effects {
			all[e] = true
		}
	}
	return all
}()

// subject is what a verdict is mainly about: the indication that decides it, or
// what stands above the indications.
type subject struct {
	indication *validation.Indication // nil above the indications
	conclusion validation.Conclusion
	criteria   []validation.Criterion
}

// mainSubject is the subject that decides the verdict: the first indication that has it.
func mainSubject(v *validation.Verdict) subject {
	for i := range v.Indications {
		if n := &v.Indications[i]; n.Verdict == v.Verdict {
			return subject{n, v.Verdict, n.Criteria}
		}
	}
	return subject{nil, v.Verdict, v.Criteria}
}

// subjects are all subjects of a verdict, what stands above the indications last.
func subjects(v *validation.Verdict) []subject {
	var list []subject
	for i := range v.Indications {
		n := &v.Indications[i]
		list = append(list, subject{n, n.Verdict, n.Criteria})
	}
	return append(list, subject{nil, v.Verdict, v.Criteria})
}

// reasons are the criteria that are not met and for which the conclusion is as it is.
func (s subject) reasons() []*validation.Criterion {
	var list []*validation.Criterion
	for i := range s.criteria {
		c := &s.criteria[i]
		if c.Outcome == kleene.NotMet && slices.Contains(reasonsFor[s.conclusion], c.Effect) {
			list = append(list, c)
		}
	}
	return list
}

// missing are the facts that the subject waits for, in the order of the verdict.
func (s subject) missing(v *validation.Verdict) []string {
	var facts []string
	for _, m := range v.Missing {
		if slices.ContainsFunc(s.criteria, func(c validation.Criterion) bool { return slices.Contains(c.Missing, m.Fact) }) {
			facts = append(facts, m.Fact)
		}
	}
	return facts
}

// count counts the outcomes; informational criteria apart.
func (s subject) count() (byOutcome map[kleene.Outcome]int, informational int) {
	byOutcome = map[kleene.Outcome]int{}
	for i := range s.criteria {
		if informs(&s.criteria[i]) {
			informational++
		} else {
			byOutcome[s.criteria[i].Outcome]++
		}
	}
	return byOutcome, informational
}

// informs reports whether a criterion is there for information only.
func informs(c *validation.Criterion) bool {
	_, treatment, _ := validation.FactsOf(c.ID)
	return treatment != validation.Judged
}

// name is the subject in words: "SCS bij FBSS", or empty above the indications.
func (s subject) name(lang string) string {
	if s.indication == nil {
		return ""
	}
	condition := Name(s.indication.Indication, lang)
	if s.indication.Name != "" {
		condition = s.indication.Name
	}
	if s.indication.Modality == "" {
		return condition
	}
	in := standpunt.Text{NL: " bij ", EN: " in "}
	return Name(s.indication.Modality, lang) + in.In(lang) + condition
}
