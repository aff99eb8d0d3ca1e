package advice

import (
	"io"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// CourseText writes the course of scores: per score its moments, with the change from
// the baseline and what that change is by the published differences.
func CourseText(w io.Writer, f prom.Followed, lang string) error {
	p := &page{coloured: coloured(w)}
	for i := range f.Course {
		p.course(&f.Course[i], lang)
	}
	if len(f.Course) == 0 {
		p.line(plain, standpunt.Text{NL: "Geen scores op of voor deze dag.", EN: "No scores on or before this day."}.In(lang))
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// course writes one score.
func (p *page) course(l *prom.Line, lang string) {
	p.line(bold, strings.TrimSpace(l.Instrument.ID+" "+l.Scale.Name))
	if len(l.Points) == 0 {
		p.line(plain, "  "+standpunt.Text{NL: "geen moment van behandeling bekend waaraan de scores te leggen zijn",
			EN: "no moment of treatment is known to lay the scores along"}.In(lang))
	}
	for k := range l.Points {
		p.point(&l.Points[k], lang)
	}
}

// moments are the words for phases that are no year.
var moments = map[string]standpunt.Text{
	"baseline": {NL: "uitgangswaarde", EN: "baseline"},
	"trial":    {NL: "proef", EN: "trial"},
	"6-months": {NL: "6 maanden", EN: "6 months"},
}

func (p *page) point(m *prom.Point, lang string) {
	moment, known := moments[m.Phase]
	if !known {
		year := strings.TrimPrefix(m.Phase, "year-")
		moment = standpunt.Text{NL: "jaar " + year, EN: "year " + year}
	}
	line := "  " + pad(moment.In(lang), 16)
	switch {
	case m.Scored == nil:
		line += pad(m.Due.String(), 12) + standpunt.Text{NL: "niet gemeten", EN: "not measured"}.In(lang)
	case m.Scored.Value == nil:
		line += pad(m.Scored.On(), 12) + standpunt.Text{NL: "niet te scoren", EN: "not scoreable"}.In(lang)
	default:
		line += pad(m.Scored.On(), 12) + pad(strings.TrimSpace(mapping.FormatRat(m.Scored.Value)+" "+m.Scored.Scale.Unit), 18)
	}
	if m.Change != nil {
		sign := ""
		if m.Change.Sign() > 0 {
			sign = "+"
		}
		line += pad(sign+mapping.FormatRat(m.Change), 16)
	}
	outcomes := m.Outcomes()
	if len(outcomes) == 1 {
		line += judgements[outcomes[0]].In(lang)
	}
	p.line(plain, strings.TrimRight(line, " "))
	if len(outcomes) > 1 {
		const indent = "                  "
		var words []string
		for _, d := range m.Differences {
			words = append(words, judgements[d.Outcome].In(lang)+" ("+d.Difference.Source+")")
		}
		p.wrap(indent, indent, strings.Join(words, "; "))
	}
}

// judgements are the words for what a change is.
var judgements = map[string]standpunt.Text{
	"improved": {NL: "beter", EN: "improved"},
	"worsened": {NL: "slechter", EN: "worsened"},
	"within":   {NL: "geen belangrijk verschil", EN: "no important difference"},
}
