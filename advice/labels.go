package advice

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/intake"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// labels are the short names of facts where the indication is clear from what
// stands around them.
func labels(facts []string, lang string) []string {
	list := make([]string, len(facts))
	for i, f := range facts {
		suffix := " (" + intake.Label(indicationOf(f), lang) + ")"
		list[i] = strings.TrimSuffix(intake.Label(f, lang), suffix)
	}
	return list
}

// indicationOf is the indication in whose group a fact is asked; empty for others.
func indicationOf(fact string) string {
	prefix, _, found := strings.Cut(fact, ".")
	if found && slices.Contains(mapping.AllConditions, prefix) {
		return prefix
	}
	return ""
}

// group is facts that belong together.
type group struct {
	title string
	facts []string
}

// grouped puts facts by indication, general ones first.
func grouped(facts []string, lang string) []group {
	var groups []group
	for _, code := range append([]string{""}, mapping.AllConditions...) {
		title := standpunt.Text{NL: "Algemeen", EN: "General"}.In(lang)
		if code != "" {
			title = Name(code, lang)
		}
		var own []string
		for _, f := range facts {
			if indicationOf(f) == code {
				own = append(own, f)
			}
		}
		if own != nil {
			groups = append(groups, group{title, own})
		}
	}
	return groups
}
