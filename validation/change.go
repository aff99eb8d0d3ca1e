package validation

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// candidate is an answer that a test distinguishes, and how to say it; several
// values where they stand side by side. An answer that is a range holds its limit, and
// far the other end: what is said of a range must hold at both.
type candidate struct {
	values []mapping.Value
	to     string
	far    []mapping.Value
}

func answer(to string, values ...mapping.Value) candidate { return candidate{values: values, to: to} }

// numberRange is a range of numbers from a limit to the end of every scale.
func numberRange(is Comparison, bound *big.Rat) candidate {
	value, far := bound, big.NewRat(0, 1)
	if is == AtLeast || is == MoreThan {
		far = big.NewRat(1000, 1)
	}
	switch is {
	case MoreThan:
		value = new(big.Rat).Add(bound, big.NewRat(1, 100))
	case LessThan:
		value = new(big.Rat).Sub(bound, big.NewRat(1, 100))
	}
	return candidate{
		values: []mapping.Value{mapping.NumberValue(mapping.Exactly(value))},
		to:     Signs[is] + " " + mapping.FormatRat(bound),
		far:    []mapping.Value{mapping.NumberValue(mapping.Exactly(far))},
	}
}

// bothSides are a range and what lies outside it.
func bothSides(is Comparison, bound *big.Rat) []candidate {
	opposite := map[Comparison]Comparison{AtLeast: LessThan, LessThan: AtLeast, MoreThan: AtMost, AtMost: MoreThan}[is]
	return []candidate{numberRange(is, bound), numberRange(opposite, bound)}
}

// dayRange is a range of days from a limit on.
func dayRange(to string, limit, far mapping.Day) candidate {
	return candidate{
		values: []mapping.Value{mapping.DateValue(mapping.OnDay(limit))}, to: to,
		far: []mapping.Value{mapping.DateValue(mapping.OnDay(far))},
	}
}

// longAgo is the far end of a range of past days.
var longAgo = mapping.NewDay(1900, 1, 1)

// candidates are answers on both sides of what a test asks of a fact.
func candidates(t Test, r *mapping.Record, fact string) []candidate {
	asOf := r.AsOf
	number := func(is Comparison, bound int64) []candidate { return bothSides(is, whole(bound)) }
	days := func(full mapping.Day) []candidate {
		return []candidate{
			dayRange("<= "+full.String(), full, longAgo),
			dayRange("> "+full.String(), full+1, asOf),
		}
	}
	codes := func(codes ...string) (list []candidate) {
		for _, c := range codes {
			list = append(list, answer(c, mapping.CodeValue(c)))
		}
		return list
	}
	truths := []candidate{answer("true", mapping.BoolValue(true)), answer("false", mapping.BoolValue(false))}
	switch t := t.(type) {
	case Coded:
		return codes(append(slices.Clone(t.Yes), t.No...)...)
	case Has:
		return codes(t.Codes...)
	case Team:
		full := candidate{}
		for _, roles := range t {
			full.values = append(full.values, mapping.CodeValue(roles[0]))
			full.to = strings.Join(append(full.words(), roles[0]), besides)
		}
		return []candidate{full}
	case requestedModalityListed:
		return codes(modalities...)
	case NotReimbursedReason, isNotTheReason:
		return codes(mapping.AllConditions...)
	case Stated, Affirmed, OnRecord:
		return truths
	case Limit:
		return number(t.Is, t.Bound)
	case YearVolume:
		return number(AtLeast, t.Norm)
	case OpioidBelow:
		return number(LessThan, t.Bound)
	case Elapsed:
		return days(asOf.AddMonths(-12*t.Years-t.Months) - mapping.Day(t.Days))
	case Since:
		first := asOf.AddYears(-t.Years)
		return []candidate{
			dayRange(">= "+first.String(), first, asOf),
			dayRange("< "+first.String(), first-1, longAgo),
		}
	case NotPregnant:
		if fact == "pregnancy" {
			return codes("no", "yes")
		}
	case Class:
		if fact == t.Indication+".coanalgesic" {
			return codes(t.Ingredients[0])
		}
		return truths
	case FirstLineFirst:
		if fact == t.Indication+".coanalgesic" {
			return codes(t.First[0])
		}
		return truths
	case PainThreshold:
		if fact == t.Prefix+"-nrs" {
			return number(t.Is, t.NRS)
		}
		return number(t.Is, t.VAS)
	case PainReduction:
		return reduced(r, fact, "intake"+fact[len(fact)-4:], "trial"+fact[len(fact)-4:], t.Percent)
	case FrequencyReduction:
		return reduced(r, fact, t.Before, t.After, t.Percent)
	case Worsening:
		bound := t.NRS
		if strings.HasSuffix(fact, "-vas") {
			bound = t.VAS
		}
		return risen(r, fact, "before"+fact[len(fact)-4:], "off"+fact[len(fact)-4:], bound)
	case fell:
		return risen(r, fact, t.off, t.before, 0)
	case Recorded:
		return numbers(0)
	}
	return nil
}

// stated is the one exact number that a record holds of a fact, nil when there is none.
func stated(r *mapping.Record, fact string) *big.Rat {
	f := r.Fact(fact)
	if len(f.Values) != 1 || !f.Values[0].Number.IsExact() {
		return nil
	}
	return f.Values[0].Number.Low
}

// reduced are the answers on both sides of a reduction from before to after, given
// the other of the two; without it there is no limit to name.
func reduced(r *mapping.Record, fact, before, after string, percent int64) []candidate {
	remains := big.NewRat(100-percent, 100)
	switch from, to := stated(r, before), stated(r, after); {
	case fact == after && from != nil:
		return bothSides(AtMost, new(big.Rat).Mul(from, remains))
	case fact == before && to != nil:
		return bothSides(AtLeast, new(big.Rat).Quo(to, remains))
	}
	return nil
}

// risen are the answers on both sides of a rise by more than bound, given one of the two.
func risen(r *mapping.Record, fact, before, after string, bound int64) []candidate {
	switch from, to := stated(r, before), stated(r, after); {
	case fact == after && from != nil:
		return bothSides(MoreThan, new(big.Rat).Add(from, whole(bound)))
	case fact == before && to != nil:
		return bothSides(LessThan, new(big.Rat).Sub(to, whole(bound)))
	}
	return nil
}

func numbers(ns ...int64) (list []candidate) {
	for _, n := range ns {
		list = append(list, answer(strconv.FormatInt(n, 10), mapping.NumberValue(mapping.Int(n))))
	}
	return list
}

// WouldChange finds the smallest sets of data that would change a verdict: each
// single datum that does, and, where the verdict waits for data, one smallest set
// that leads to the best verdict within reach. Every set is verified by judging.
func WouldChange(record *mapping.Record, options Options, verdict *Verdict) []Change {
	options.Phase, options.Standpunt = verdict.Phase, verdict.Standpunt
	s := search{record, options}
	list := s.singles(verdict)
	if set, reached := s.best(verdict); len(set) > 1 {
		change := Change{Fact: set[0].Fact, To: set[0].To, With: set[1:], Verdict: reached}
		list = append(list, change)
	}
	return list
}

// search looks for sets of data.
type search struct {
	record  *mapping.Record
	options Options
}

// answers are the answers that the criteria asking for a fact distinguish.
func (s *search) answers(m MissingFact) []candidate {
	var list []candidate
	for _, set := range setsFor(s.record, s.options.Phase) {
		for _, id := range m.Criteria {
			i, ok := set.byID[id]
			if !ok {
				continue
			}
			own := answersOf(&set.rules[i], s.record, m.Fact)
			for _, c := range own {
				if !slices.ContainsFunc(list, func(have candidate) bool { return have.to == c.to }) {
					list = append(list, c)
				}
			}
		}
	}
	return list
}

// answersOf are the answers that one rule distinguishes; of a fact whose values
// stand side by side, also one of each kind together.
func answersOf(rule *Rule, r *mapping.Record, fact string) []candidate {
	var list []candidate
	var together candidate
	for _, top := range []Test{rule.Test, rule.When} {
		walk(top, func(t Test) {
			if !slices.Contains(ownFacts(t), fact) {
				return
			}
			found := candidates(t, r, fact)
			list = append(list, found...)
			if len(found) > 0 && !slices.Contains(together.words(), found[0].to) {
				together.values = append(together.values, found[0].values...)
				together.to = strings.Join(append(together.words(), found[0].to), besides)
			}
		})
	}
	if repeats(fact) && len(together.values) > 1 {
		list = append(list, together)
	}
	return list
}

const besides = " + "

func (c candidate) words() []string {
	if c.to == "" {
		return nil
	}
	return strings.Split(c.to, besides)
}

func repeats(fact string) bool {
	d, _, _ := mapping.DefinitionOf(fact)
	return d != nil && d.Repeats
}

// setsFor are the rule sets that judge a record in a phase.
func setsFor(r *mapping.Record, phase Phase) []*ruleSet {
	switch phase {
	case Aftercare:
		return []*ruleSet{aftercareSet}
	case Doubt:
		return []*ruleSet{doubtSet}
	case Centre:
		return []*ruleSet{centreSet}
	}
	var sets []*ruleSet
	for _, i := range (&judge{record: r}).meant() {
		if set := preparationOf[i.Code]; set != nil {
			sets = append(sets, set)
		}
	}
	if phase == Trial || phase == Definitive {
		sets = append(sets, definitiveForPain, definitiveForAttacks)
	}
	return sets
}

// with is the record with the answer instead of what it holds of a fact; an
// answer to a fact whose values stand side by side joins them.
func with(r *mapping.Record, fact string, values []mapping.Value) *mapping.Record {
	changed := *r
	changed.Facts = maps.Clone(r.Facts)
	if changed.Facts == nil {
		changed.Facts = map[string]*mapping.Fact{}
	}
	if repeats(fact) {
		values = append(slices.Clone(r.Fact(fact).Values), values...)
	}
	changed.Facts[fact] = &mapping.Fact{ID: fact, Values: values}
	return &changed
}

// singles are the single data that change the verdict.
func (s *search) singles(verdict *Verdict) []Change {
	list := []Change{}
	for _, m := range verdict.Missing {
		for _, c := range s.answers(m) {
			got := Judge(with(s.record, m.Fact, c.values), s.options).Verdict
			if c.far != nil && Judge(with(s.record, m.Fact, c.far), s.options).Verdict != got {
				continue // true of the limit, not of the whole range
			}
			known := slices.ContainsFunc(list, func(w Change) bool { return w.Fact == m.Fact && w.Verdict == got })
			// One of several values beside each other says nothing of the rest.
			partial := repeats(m.Fact) && rank[got] < rank[verdict.Verdict]
			if got != verdict.Verdict && !known && !partial {
				list = append(list, Change{Fact: m.Fact, To: c.to, Verdict: got})
			}
		}
	}
	return list
}

// best answers what is missing, one fact after another, each time so that least
// goes wrong and least stays open; then leaves out what turns out not to matter.
func (s *search) best(verdict *Verdict) ([]Datum, Conclusion) {
	record, now := s.record, verdict
	type given struct {
		datum  Datum
		values []mapping.Value
	}
	var set []given
	for progress := true; progress && len(now.Missing) > 0; {
		progress = false
		for _, m := range now.Missing {
			if !stillMissing(now, m.Fact) {
				continue
			}
			var chosen *candidate
			var then *Verdict
			answers := s.answers(m)
			for i := range answers {
				v := Judge(with(record, m.Fact, answers[i].values), s.options)
				if cost(v) < cost(now) && (then == nil || cost(v) < cost(then)) {
					chosen, then = &answers[i], v
				}
			}
			if chosen != nil {
				record, now, progress = with(record, m.Fact, chosen.values), then, true
				set = append(set, given{Datum{m.Fact, chosen.to}, chosen.values})
			}
		}
	}
	if now.Verdict == verdict.Verdict {
		return nil, ""
	}
	for i := 0; i < len(set); {
		shorter := slices.Delete(slices.Clone(set), i, i+1)
		r := s.record
		for _, a := range shorter {
			r = with(r, a.datum.Fact, a.values)
		}
		if Judge(r, s.options).Verdict == now.Verdict {
			set = shorter
		} else {
			i++
		}
	}
	data := make([]Datum, len(set))
	for i, a := range set {
		data[i] = a.datum
	}
	return data, now.Verdict
}

func stillMissing(v *Verdict, fact string) bool {
	return slices.ContainsFunc(v.Missing, func(m MissingFact) bool { return m.Fact == fact })
}

// cost counts how far a verdict is from the best: what fails weighs most, then
// what stays open.
func cost(v *Verdict) int {
	total := 100 * len(v.Actions)
	for i := range v.Indications {
		total += 1000 * (rank[CoveredEligible] - rank[v.Indications[i].Verdict])
	}
	for _, m := range v.Missing {
		total += 10 + len(m.Criteria)
	}
	for _, f := range v.Flags {
		if f == "instrument-disagreement" {
			total++
		}
	}
	return total
}
