package validation

import (
	"fmt"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// Rule judges one entry of the catalogue.
type Rule struct {
	// ID is the id of the entry.
	ID string
	// When is the condition under which it applies; nil is always.
	When Test
	// Test is what it asks; nil for an entry that only informs.
	Test Test
	// Do is what helps when the test fails; the zero value asks nothing.
	Do note

	entry   *standpunt.Criterion
	reading string // the readings it rests on, all at their default
}

// Rules are the tables of the chapters, in the order of the document.
type Rules []Rule

// bind ties every rule to its entry of the catalogue. A rule without entry is a
// fault of the program, which must then not start.
func bind(tables ...Rules) Rules {
	var all Rules
	for _, table := range tables {
		for _, r := range table {
			entry, ok := standpunt.Find(r.ID)
			if !ok {
				panic(fmt.Sprintf("validation: rule %q is not in the catalogue", r.ID))
			}
			r.entry = entry
			r.reading = readingsOf(entry, nil)
			all = append(all, r)
		}
	}
	return all
}

// ruleSet is the set of tables that judge one subject in one phase.
type ruleSet struct {
	rules Rules
	byID  map[string]int
}

func newRuleSet(tables ...Rules) *ruleSet {
	s := &ruleSet{rules: bind(tables...)}
	s.byID = make(map[string]int, len(s.rules))
	for i, r := range s.rules {
		if _, twice := s.byID[r.ID]; twice {
			panic(fmt.Sprintf("validation: two rules for %q", r.ID))
		}
		s.byID[r.ID] = i
	}
	return s
}
