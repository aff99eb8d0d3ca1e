package advice

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// summaryLimit is the number of characters a card's summary may have: CDS Hooks
// wants fewer than 140 (https://cds-hooks.hl7.org/2.0/#card-attributes).
const summaryLimit = 139

// Summary is the verdict in one sentence of at most 139 characters: what it is and
// the main reason why.
func Summary(v *validation.Verdict, lang string) string {
	s := mainSubject(v)
	head := headline(s, v, lang)
	if missing := s.missing(v); v.Verdict == validation.NeedsData && len(missing) > 0 {
		return fit(head+": "+countMissing(len(missing), lang)+" (", labels(missing, lang), ")")
	}
	if reasons := s.reasons(); len(reasons) > 0 {
		return fit(head+": ", because(reasons, lang), "")
	}
	if v.Verdict == validation.CoveredEligible {
		return fit(head+": ", []string{allMet(s, lang)}, "")
	}
	return fit(head, nil, "")
}

// headline is the verdict with what it is about.
func headline(s subject, v *validation.Verdict, lang string) string {
	name := Name(string(v.Verdict), lang)
	switch v.Phase {
	case validation.Aftercare, validation.Centre:
		if v.Verdict == validation.Overdue {
			return name
		}
		phase := Name(string(v.Phase), lang)
		return strings.ToUpper(phase[:1]) + phase[1:] + ": " + strings.ToLower(name[:1]) + name[1:]
	}
	about := s.name(lang)
	if about == "" {
		return name
	}
	link := standpunt.Text{NL: " voor ", EN: " for "}
	if v.Phase == validation.Definitive {
		link = standpunt.Text{NL: " voor definitieve implantatie, ", EN: " for a definitive implant, "}
	}
	switch v.Verdict {
	case validation.NotCovered, validation.Transition, validation.VersionConflict, validation.TrialContinue, validation.ExtensionAllowed:
		return name + " (" + about + ")"
	}
	return name + link.In(lang) + about
}

func countMissing(n int, lang string) string {
	form := standpunt.Text{NL: "%d gegevens nodig", EN: "%d data needed"}
	if n == 1 {
		form = standpunt.Text{NL: "%d gegeven nodig", EN: "%d datum needed"}
	}
	return fmt.Sprintf(form.In(lang), n)
}

// allMet says that nothing is in the way, and what still asks for attention.
func allMet(s subject, lang string) string {
	met := 0
	var attention []string
	for i := range s.criteria {
		c := &s.criteria[i]
		switch {
		case c.Outcome == kleene.Met && weighs(c.Effect):
			met++
		case c.Outcome == kleene.NotMet && (c.Effect == standpunt.Caution || c.Effect == standpunt.Warning):
			attention = append(attention, c.Title)
		}
	}
	text := fmt.Sprintf(standpunt.Text{NL: "aan alle %d beslissende criteria voldaan", EN: "all %d deciding criteria met"}.In(lang), met)
	if len(attention) > 0 {
		text += standpunt.Text{NL: "; let op: ", EN: "; mind: "}.In(lang) + strings.Join(attention, ", ")
	}
	return text
}

// because are the titles of criteria that are not met: what excludes speaks for
// itself and comes first; what is asked is said not to be met.
func because(criteria []*validation.Criterion, lang string) []string {
	var excludes, asks []string
	for _, c := range criteria {
		switch {
		case c.Kind == standpunt.Exclusion || c.Effect == standpunt.NotCovered:
			excludes = append(excludes, c.Title)
		case len(asks) == 0:
			asks = append(asks, Name(kleene.NotMet.String(), lang)+": "+c.Title)
		default:
			asks = append(asks, c.Title)
		}
	}
	return append(excludes, asks...)
}

// fit joins items with commas between a start and an end, leaving out with an
// ellipsis what would make it too long.
func fit(start string, items []string, end string) string {
	whole := start + strings.Join(items, ", ") + end
	if utf8.RuneCountInString(whole) <= summaryLimit {
		return whole
	}
	for n := len(items) - 1; n > 0; n-- {
		shorter := start + strings.Join(items[:n], ", ") + ", …" + end
		if utf8.RuneCountInString(shorter) <= summaryLimit {
			return shorter
		}
	}
	return clip(whole, summaryLimit)
}

// clip cuts a text to a number of characters, with an ellipsis for the last.
func clip(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	runes := []rune(text)
	return strings.TrimRight(string(runes[:limit-1]), " ,;:(") + "…"
}
