package validation

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// collector gathers over all indications what is missing, flagged and to be done.
type collector struct {
	verdict  *Verdict
	language string
}

// flagOf is the prefix of the flag raised by a criterion that is not met, by effect.
var flagOf = map[standpunt.Effect]string{
	standpunt.Caution:   "caution:",
	standpunt.Warning:   "warning:",
	standpunt.Agreement: "agreement:",
}

// collect takes over the results of the set that the judge has at hand.
func (c *collector) collect(j *judge) {
	for i := range j.set.rules {
		rule, r := &j.set.rules[i], j.run(i)
		for _, f := range r.flags {
			c.flag(f)
		}
		effect := j.effect(rule)
		_, decides := failing[effect]
		switch r.outcome {
		case kleene.NotMet:
			c.notMet(rule, effect)
		case kleene.Undecided:
			if effect == standpunt.Caution || effect == standpunt.Warning {
				c.flag("unknown:" + rule.ID)
			}
			if decides || effect == standpunt.DutyOfCare || effect == standpunt.Decision || effect == standpunt.Centre {
				for _, m := range r.missing {
					if m.Why != NotYetDue {
						c.missing(m.Fact, rule.ID)
					}
				}
			}
		}
	}
}

func (c *collector) notMet(rule *Rule, effect standpunt.Effect) {
	prefix := flagOf[effect]
	if effect == standpunt.NoEffect && rule.entry.Kind == standpunt.Consideration {
		prefix = "advisory:"
	}
	if rule.ID == "agreement-6a-scs-not-indicated" && effect == standpunt.Agreement {
		prefix = "warning:"
	}
	if prefix != "" {
		c.flag(prefix + rule.ID)
	}
	if rule.Do != (note{}) && !slices.ContainsFunc(c.verdict.Actions, func(a Action) bool { return a.ID == rule.ID }) {
		c.verdict.Actions = append(c.verdict.Actions, Action{rule.ID, rule.Do.in(c.language)})
	}
}

func (c *collector) flag(name string) {
	if !slices.Contains(c.verdict.Flags, name) {
		c.verdict.Flags = append(c.verdict.Flags, name)
	}
}

func (c *collector) missing(fact, criterion string) {
	list := c.verdict.Missing
	for i := range list {
		if list[i].Fact == fact {
			if !slices.Contains(list[i].Criteria, criterion) {
				list[i].Criteria = append(list[i].Criteria, criterion)
			}
			return
		}
	}
	c.verdict.Missing = append(list, MissingFact{fact, []string{criterion}})
}
