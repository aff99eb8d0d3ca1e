package validation

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// candidate is an answer that a test distinguishes, and how to say it; several
// values where they stand side by side.
type candidate struct {
	values []mapping.Value
	to     string
}

func answer(to string, values ...mapping.Value) candidate { return candidate{values, to} }

// candidates are answers on both sides of what a test asks of a fact.
func candidates(t Test, asOf mapping.Day, fact string) []candidate {
	number := func(is Comparison, bound int64) []candidate {
		opposite := map[Comparison]Comparison{AtLeast: LessThan, LessThan: AtLeast, MoreThan: AtMost, AtMost: MoreThan}[is]
		var list []candidate
		for _, c := range []Comparison{is, opposite} {
			n := bound
			switch c {
			case MoreThan:
				n++
			case LessThan:
				n--
			}
			list = append(list, answer(Signs[c]+" "+mapping.Int(bound).String(), mapping.NumberValue(mapping.Int(n))))
		}
		return list
	}
	days := func(full mapping.Day) []candidate {
		return []candidate{
			answer("<= "+full.String(), mapping.DateValue(mapping.OnDay(full))),
			answer("> "+full.String(), mapping.DateValue(mapping.OnDay(full+1))),
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
			answer(">= "+first.String(), mapping.DateValue(mapping.OnDay(first))),
			answer("< "+first.String(), mapping.DateValue(mapping.OnDay(first-1))),
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
	case PainReduction, Worsening:
		return numbers(0, 10)
	case FrequencyReduction, Recorded:
		return numbers(0)
	case fell:
		return numbers(0, 100)
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
			own := answersOf(&set.rules[i], s.record.AsOf, m.Fact)
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
func answersOf(rule *Rule, asOf mapping.Day, fact string) []candidate {
	var list []candidate
	var together candidate
	for _, top := range []Test{rule.Test, rule.When} {
		walk(top, func(t Test) {
			if !slices.Contains(ownFacts(t), fact) {
				return
			}
			found := candidates(t, asOf, fact)
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
	for _, i := range r.Indications {
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
