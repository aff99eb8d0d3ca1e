package advice

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// Markdown is the verdict for the detail of a card, in GitHub-flavoured Markdown:
// what is needed and to be done, then a table of the criteria that are not met or
// open, or where there are none, of those that are met and decide.
func Markdown(v *validation.Verdict, lang string) string {
	var b strings.Builder
	s := mainSubject(v)
	facts := s.missing(v)
	for _, section := range []struct {
		title standpunt.Text
		items []string
	}{{wordNeeded, labels(facts, lang)}, {wordToDo, actions(v, lang)}, {wordMind, flags(v, lang)}} {
		if len(section.items) == 0 {
			continue
		}
		b.WriteString("**" + section.title.In(lang) + "**\n\n")
		for _, item := range section.items {
			b.WriteString("- " + escape(item) + "\n")
		}
		b.WriteString("\n")
	}
	b.WriteString(tableHead[lang == "en"])
	for _, c := range s.rows() {
		b.WriteString("| " + escape(Name(c.Outcome.String(), lang)) + " | " + escape(stated(c, lang)) + " | " +
			escape(Place(c.Source, lang)) + " | " + cell(c, lang) + " |\n")
	}
	b.WriteString("\n" + escape(tally(s, lang)) + " · " + Name(v.Standpunt, lang) + " · " + v.AsOf.String() + "\n")
	return b.String()
}

// tableHead is the head of the table; true is English.
var tableHead = map[bool]string{
	false: "| Uitkomst | Criterium | Vindplaats | Gegevens |\n| --- | --- | --- | --- |\n",
	true:  "| Outcome | Criterion | Place | Data |\n| --- | --- | --- | --- |\n",
}

// rows are the criteria that a reader must see: not met first, then open ones that
// decide or warn; when there are none, those that are met and decide.
func (s subject) rows() []*validation.Criterion {
	var notMet, open, met []*validation.Criterion
	for i := range s.criteria {
		c := &s.criteria[i]
		shown := weighs(c.Effect) || c.Effect == standpunt.Caution || c.Effect == standpunt.Warning
		switch {
		case !shown:
		case c.Outcome == kleene.NotMet:
			notMet = append(notMet, c)
		case c.Outcome == kleene.Undecided:
			open = append(open, c)
		case c.Outcome == kleene.Met:
			met = append(met, c)
		}
	}
	if rows := append(notMet, open...); len(rows) > 0 {
		return rows
	}
	return met
}

// cell is what a criterion rests on, or what it needs.
func cell(c *validation.Criterion, lang string) string {
	var parts []string
	if len(c.Evidence) > 0 {
		parts = append(parts, more(short(c.Evidence[0]), len(c.Evidence)-1, width))
	}
	if len(c.Missing) > 0 {
		parts = append(parts, wordNeeds.In(lang)+strings.Join(labels(c.Missing, lang), ", "))
	}
	if c.Note != "" {
		parts = append(parts, c.Note)
	}
	return escape(strings.Join(parts, "; "))
}

// escaper takes the meaning from what Markdown or HTML would read into data.
var escaper = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "\n", " ", "\r", " ")

func escape(text string) string { return escaper.Replace(text) }
