package centre

import (
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// requirement is a kind of criterion: how it is checked when it is read, and how it turns
// out for a patient.
type requirement struct {
	check func(Requirement) error
	holds func(o *outcomeCase, r Requirement) kleene.Truth
}

// requirements are all tests, by name.
var requirements = map[string]requirement{
	"trial-relief": {
		check: func(r Requirement) error { return oneTo(100, r.Percent, r.AttackPercent) },
		holds: trialRelief,
	},
	"no-procedure": {
		check: func(r Requirement) error {
			if len(r.Kinds) == 0 {
				return errors.New("kinds must be given")
			}
			return nil
		},
		holds: func(o *outcomeCase, r Requirement) kleene.Truth {
			happened := kleene.False
			for _, p := range o.history.done {
				happened = kleene.Or(happened, kleene.And(p.is(r.Kinds...), o.within(p.date, p.dated)))
			}
			return o.absent(happened)
		},
	},
	"no-serious-event": {
		check: func(Requirement) error { return nil },
		holds: func(o *outcomeCase, _ Requirement) kleene.Truth {
			happened := kleene.False
			for _, c := range o.history.complications() {
				date, dated := registration.DateOf(c.Date)
				serious := kleene.Unknown
				if c.Serious != nil {
					serious = kleene.Of(*c.Serious)
				}
				happened = kleene.Or(happened, kleene.And(serious, o.within(date, dated)))
			}
			return o.absent(happened)
		},
	},
	"questionnaires": {check: checkQuestionnaires, holds: func(o *outcomeCase, r Requirement) kleene.Truth {
		truth := kleene.True
		for i := range questionnaires {
			if q := &questionnaires[i]; slices.Contains(r.Questionnaires, q.code) {
				truth = kleene.And(truth, kleene.Of(o.history.answered(q, r.Moment)))
			}
		}
		return truth
	}},
	"change": {
		check: func(r Requirement) error {
			if r.Scale == "" || len(r.Questionnaires) != 1 {
				return errors.New("one questionnaire and a scale must be given")
			}
			if err := checkQuestionnaires(r); err != nil {
				return err
			}
			for _, q := range questionnaires {
				if q.code == r.Questionnaires[0] && !slices.Contains(q.scales(), r.Scale) {
					return fmt.Errorf("%s has no scale %s with a published difference", q.code, r.Scale)
				}
			}
			return nil
		},
		holds: func(o *outcomeCase, r Requirement) kleene.Truth {
			for i := range questionnaires {
				q := &questionnaires[i]
				if q.code != r.Questionnaires[0] {
					continue
				}
				switch o.history.change(moment{phase: r.Moment, settled: true}, q, r.Scale, improved).class {
				case numerator:
					return kleene.True
				case denominator:
					return kleene.False
				}
			}
			return kleene.Unknown
		},
	},
}

func improved(p *prom.Point) bool { return p.Differences[0].Outcome == "improved" }

func oneTo(most int, values ...int) error {
	for _, v := range values {
		if v < 1 || v > most {
			return fmt.Errorf("percentages must be from 1 to %d", most)
		}
	}
	return nil
}

func checkQuestionnaires(r Requirement) error {
	if r.Moment == "" || len(r.Questionnaires) == 0 {
		return errors.New("moment and questionnaires must be given")
	}
	for _, code := range r.Questionnaires {
		if !slices.ContainsFunc(questionnaires, func(q questionnaire) bool { return q.code == code }) {
			return fmt.Errorf("there is no questionnaire %q", code)
		}
	}
	return nil
}

// outcomeCase is a system whose outcome is asked.
type outcomeCase struct {
	history  *history
	system   *system
	from, to mapping.Day // of the follow-up, both included
	seen     bool        // near the end of it, or later
}

// within says whether something was in the follow-up.
func (o *outcomeCase) within(date mapping.Date, dated bool) kleene.Truth {
	switch {
	case !dated:
		return kleene.Unknown
	case between(date, o.from, o.to):
		return kleene.True
	case date.Last < o.from || date.First > o.to:
		return kleene.False
	}
	return kleene.Unknown
}

// absent: that something did not happen is known only of who was seen afterwards.
func (o *outcomeCase) absent(happened kleene.Truth) kleene.Truth {
	if happened == kleene.False && !o.seen {
		return kleene.Unknown
	}
	return kleene.Not(happened)
}

// trialRelief compares the trial with the intake: the weighted pain by NRS, else by VAS;
// in cluster headache the attacks a week.
func trialRelief(o *outcomeCase, r Requirement) kleene.Truth {
	if o.history.indicationOf(o.system.placed) == "cch" {
		return o.relief("attacks", r.AttackPercent)
	}
	if truth := o.relief("pain-nrs", r.Percent); truth != kleene.Unknown {
		return truth
	}
	return o.relief("pain-vas", r.Percent)
}

// relief says whether a measurement fell by a percentage from intake to trial.
func (o *outcomeCase) relief(kind string, percent int) kleene.Truth {
	before, after := o.measured(kind, "intake"), o.measured(kind, "trial")
	if before == nil || after == nil || before.Sign() <= 0 {
		return kleene.Unknown
	}
	limit := new(big.Rat).Mul(before, big.NewRat(int64(100-percent), 100))
	return kleene.Of(after.Cmp(limit) <= 0)
}

// measured is the one exact value of a window, of all sites together; nil without.
func (o *outcomeCase) measured(kind, window string) *big.Rat {
	var found *big.Rat
	for _, m := range o.history.Registration.Measurements {
		if m.Kind != kind || m.Window != window || m.Site != "" || m.Retracted || m.High != "" && m.High != m.Value {
			continue
		}
		value, ok := new(big.Rat).SetString(m.Value)
		if !ok || found != nil && found.Cmp(value) != 0 {
			return nil
		}
		found = value
	}
	return found
}
