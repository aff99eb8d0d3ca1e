package advice

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// Markdown is the verdict for the detail of a card, in GitHub-flavoured Markdown: what is
// needed while there is no judgement, what is to be done and to be minded, then a table of
// the criteria that are not met or open, or where there are none, of those that are met and
// decide.
func Markdown(v *validation.Verdict, lang string) string {
	var b strings.Builder
	s := mainSubject(v)
	facts := s.missing(v)
	type section struct {
		title standpunt.Text
		items []string
	}
	sections := []section{{neededTitle(v), labels(facts, lang)}, {wordToDo, actions(v, lang)}, {wordMind, flags(v, lang)}}
	if v.Verdict != validation.NeedsData { // what to do comes first
		sections[0], sections[1] = sections[1], sections[0]
	}
	for _, section := range sections {
		if len(section.items) == 0 {
			continue
		}
		b.WriteString("**" + section.title.In(lang) + "**\n\n")
		for _, item := range section.items {
			b.WriteString("- " + Escape(item) + "\n")
		}
		b.WriteString("\n")
	}
	b.WriteString(tableHead[lang == "en"])
	for _, c := range s.rows() {
		b.WriteString("| " + Escape(Name(c.Outcome.String(), lang)) + " | " + Escape(stated(c, lang)) + " | " +
			Escape(Place(c.Source, lang)) + " | " + cell(c, lang) + " |\n")
	}
	b.WriteString("\n" + Escape(tally(s, lang)) + " · " + Name(v.Standpunt, lang) + " · " + v.AsOf.String() + "\n")
	return b.String()
}

// tableHead is the head of the table; true is English.
var tableHead = map[bool]string{
	false: "| Uitkomst | Criterium | Vindplaats | Gegevens |\n| --- | --- | --- | --- |\n",
	true:  "| Outcome | Criterion | Place | Data |\n| --- | --- | --- | --- |\n",
}

// rows are the criteria that a reader must see: not met first, then open ones that
// decide or warn; when there are none, those that are met and decide. Of a decision for
// going on, the other way it could have gone is not in the way.
func (s subject) rows() []*validation.Criterion {
	var notMet, open, met []*validation.Criterion
	for i := range s.criteria {
		c := &s.criteria[i]
		shown := weighs(c.Effect) || c.Effect == standpunt.Caution || c.Effect == standpunt.Warning
		switch {
		case !shown:
		case c.Outcome == kleene.NotMet && c.Effect == standpunt.Decision && ToneOf(s.conclusion) == Good:
		case c.Outcome == kleene.NotMet:
			notMet = append(notMet, c)
		case c.Outcome == kleene.Undecided:
			open = append(open, c)
		case c.Outcome == kleene.Met && weighs(c.Effect):
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
	return Escape(strings.Join(parts, "; "))
}

// escaper takes the meaning from what Markdown or HTML would read into data.
var escaper = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`,
	"<", "&lt;", "&", "&amp;", "\n", " ", "\r", " ")

// Escape makes text of data, for Markdown. A ">" is a sign at the start of a line only, and stays
// elsewhere: in many record systems the detail is read as it is.
func Escape(text string) string {
	text = strings.TrimLeft(escaper.Replace(text), " ")
	if quoted, found := strings.CutPrefix(text, ">"); found {
		return "&gt;" + quoted
	}
	return text
}
