package validation

import (
	"slices"
	"strings"
	"sync"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// Options are what the site and the caller choose. The zero value is the
// recommended reading of the standpunt, in Dutch, with version and phase by the data.
type Options struct {
	// Phase to judge; empty derives it from the record.
	Phase Phase
	// Standpunt is the version to judge by; empty takes the one of the as-of day.
	Standpunt string
	// Language of titles, texts and notes: "nl" or "en".
	Language string
	// Readings holds the site's choices, by reading id, where not the default.
	Readings map[string]string
	// Agreement says that the site works under an agreement as in annex 3.
	Agreement bool
}

// judge is the state while one record is judged.
type judge struct {
	record  *mapping.Record
	options Options
	asOf    mapping.Day
	phase   Phase
	version string

	indication string // the one being judged; empty above them
	modality   string // as requested; empty when not stated
	set        *ruleSet
	results    []result // by place in set
}

// result is how one rule turned out.
type result struct {
	done    bool
	outcome kleene.Outcome
	finding
}

func (j *judge) fact(id string) *mapping.Fact { return j.record.Fact(id) }

// use takes up a set of rules, with no results yet.
func (j *judge) use(set *ruleSet) {
	j.set = set
	j.results = slices.Grow(j.results[:0], len(set.rules))[:len(set.rules)]
	clear(j.results)
}

// scratch keeps room for results from one record to the next: what of them goes
// into a verdict is copied there.
var scratch = sync.Pool{New: func() any { return new([]result) }}

// run evaluates the rule at a place of the set, once.
func (j *judge) run(i int) *result {
	r := &j.results[i]
	if !r.done {
		rule := &j.set.rules[i]
		r.done = true
		r.outcome, r.finding = j.apply(rule)
	}
	return r
}

// apply evaluates a rule: its condition and, unless that fails, its test.
func (j *judge) apply(rule *Rule) (kleene.Outcome, finding) {
	if rule.Test == nil {
		if rule.entry.Effect == standpunt.Report {
			return kleene.NotApplicable, finding{note: noteDelivered}
		}
		return kleene.NotApplicable, finding{note: noteInformational}
	}
	when := finding{truth: kleene.True}
	if rule.When != nil {
		when = rule.When.eval(j)
	}
	if when.truth == kleene.False {
		return kleene.NotApplicable, when
	}
	then := rule.Test.eval(j)
	outcome := kleene.Require(when.truth, then.truth)
	if outcome == kleene.Met {
		return outcome, then
	}
	if outcome == kleene.Undecided && then.truth != kleene.Unknown {
		then.evidence, then.flags, then.note = nil, nil, note{} // the test itself is not what is open
	}
	when.join(then)
	return outcome, when
}

// criterion writes a result down for the verdict.
func (j *judge) criterion(i int) Criterion {
	r := j.run(i)
	rule := &j.set.rules[i]
	c := Criterion{
		ID: rule.ID, Outcome: r.outcome, Kind: rule.entry.Kind, Effect: j.effect(rule), Source: rule.entry.Source,
		Title: rule.entry.Title.In(j.options.Language), Text: rule.entry.Text.In(j.options.Language),
		Evidence: r.evidence, Missing: noStrings, Reading: rule.reading, Note: r.note.in(j.options.Language),
	}
	if len(j.options.Readings) > 0 {
		c.Reading = readingsOf(rule.entry, j.options.Readings)
	}
	if c.Evidence == nil {
		c.Evidence = noEvidence
	}
	if r.outcome == kleene.Undecided && len(r.missing) > 0 {
		c.Missing = make([]string, len(r.missing))
		for k, m := range r.missing {
			c.Missing[k] = m.Fact
		}
	}
	return c
}

var (
	noStrings  = []string{}
	noEvidence = []mapping.Evidence{}
)

// criteria writes down all results of the set at hand.
func (j *judge) criteria() []Criterion {
	list := make([]Criterion, len(j.set.rules))
	for i := range j.set.rules {
		list[i] = j.criterion(i)
	}
	return list
}

// conclude weighs the results of the set at hand by their effects, worst wins.
func (j *judge) conclude(best Conclusion) Conclusion {
	conclusion := best
	for i := range j.set.rules {
		if c, ok := j.weigh(&j.set.rules[i], j.run(i).outcome); ok {
			conclusion = worst(conclusion, c)
		}
	}
	return conclusion
}

// weigh is what one outcome does to the verdict on an indication.
func (j *judge) weigh(rule *Rule, outcome kleene.Outcome) (Conclusion, bool) {
	fails, decides := failing[j.effect(rule)]
	switch {
	case !decides:
		return "", false
	case outcome == kleene.NotMet:
		return fails, true
	case outcome == kleene.Undecided:
		return NeedsData, true
	}
	return "", false
}

// failing is what a criterion that is not met gives, by its effect; effects that
// are not here never decide.
var failing = map[standpunt.Effect]Conclusion{
	standpunt.Coverage:   NotCovered,
	standpunt.NotCovered: NotCovered,
	standpunt.Decisive:   NotEligible,
	standpunt.Remediable: NotEligible,
	standpunt.Referral:   ReferralNeeded,
}

// effect is the effect of a rule under the readings chosen and the agreement.
func (j *judge) effect(rule *Rule) standpunt.Effect {
	for i := range effectsByReading {
		e := &effectsByReading[i]
		if j.reads(e.reading, e.key) && slices.ContainsFunc(e.criteria, func(pattern string) bool { return matches(pattern, rule.ID) }) {
			return e.effect
		}
	}
	if rule.entry.Effect == standpunt.Agreement && rule.entry.Phase == "coverage" && j.underAgreement() {
		return standpunt.Coverage
	}
	return rule.entry.Effect
}

// matches reports whether an id is the pattern, or ends as a pattern that begins with "*" does.
func matches(pattern, id string) bool {
	if rest, ok := strings.CutPrefix(pattern, "*"); ok {
		return strings.Contains(id, rest)
	}
	return pattern == id
}

// reads reports whether a reading is taken in the way of a key.
func (j *judge) reads(reading, key string) bool {
	chosen, ok := j.options.Readings[reading]
	if !ok {
		return key == ""
	}
	return chosen == key
}

// Outcomes is true when every criterion named that applies is met.
type Outcomes []string

func (t Outcomes) eval(j *judge) finding {
	f := finding{truth: kleene.True}
	var open, failed finding
	for _, id := range t {
		r := j.run(j.set.byID[id])
		switch r.outcome {
		case kleene.NotMet:
			failed.join(r.finding)
			f.truth = kleene.False
		case kleene.Undecided:
			open.join(finding{missing: r.missing, evidence: r.evidence})
			f.truth = kleene.And(f.truth, kleene.Unknown)
		case kleene.Met:
			f.join(finding{evidence: r.evidence})
		}
	}
	switch f.truth {
	case kleene.False:
		return known(kleene.False, failed.evidence)
	case kleene.Unknown:
		return open
	}
	return f
}
