package advice

import (
	"fmt"
	"io"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// shownItems is how many linkIds of an unrecognised response are listed.
const shownItems = 5

// ScoresText writes PROM scores as a table, and what was not recognised below it.
func ScoresText(w io.Writer, result prom.Result, lang string) error {
	p := &page{coloured: coloured(w)}
	for i := range result.Scores {
		p.score(&result.Scores[i], lang)
	}
	if len(result.Scores) == 0 {
		p.line(plain, standpunt.Text{NL: "Geen herkende vragenlijsten.", EN: "No questionnaires recognised."}.In(lang))
	}
	var unrecognised, superseded []string
	for _, u := range result.Unrecognised {
		shown := u.Items[:min(shownItems, len(u.Items))]
		unrecognised = append(unrecognised, fmt.Sprintf("%s: %s (%s)", u.Response, u.Reason,
			more(strings.Join(shown, ", "), len(u.Items)-len(shown), 10*width)))
	}
	for _, s := range result.Superseded {
		superseded = append(superseded, s.Resource+": "+s.Reason)
	}
	p.list(wordUnmapped.In(lang), unrecognised)
	p.list(standpunt.Text{NL: "Vervangen", EN: "Superseded"}.In(lang), superseded)
	_, err := io.WriteString(w, p.String())
	return err
}

// score writes one line, and under it what is remarkable.
func (p *page) score(s *prom.Scored, lang string) {
	value := standpunt.Text{NL: "niet te scoren", EN: "not scoreable"}.In(lang)
	if s.Value != nil {
		value = strings.TrimSpace(mapping.FormatRat(s.Value) + " " + s.Scale.Unit)
	}
	p.line(plain, strings.TrimRight(pad(s.On(), 12)+pad(s.Instrument.ID+" "+s.Scale.Name, 26)+pad(value, 18)+s.Response(), " "))
	const indent = "            "
	if s.Value == nil {
		p.wrap(indent, indent, s.NotScoreable)
	}
	if s.Prorated {
		p.wrap(indent, indent, standpunt.Text{NL: "naar rato; ontbrekend: ", EN: "prorated; missing: "}.In(lang)+strings.Join(s.Missing, ", "))
	}
	if s.Discrepancy {
		p.wrap(indent, indent, standpunt.Text{NL: "wijkt af van de opgeslagen score ", EN: "differs from the stored score "}.In(lang)+mapping.FormatRat(s.Stored))
	}
	for _, f := range s.Flags {
		p.wrap(indent, indent, f)
	}
}
