package advice

import (
	"io"
	"strings"

	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/intake"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// Explanation is all there is to know of one criterion.
type Explanation struct {
	standpunt.Criterion
	// Treatment says whether it is judged, shown or reported.
	Treatment validation.Treatment `json:"treatment"`
	// Facts are the data that judging it takes.
	Facts []string `json:"facts"`
	// Ways are the readings it rests on, with the way chosen.
	Ways []Way `json:"ways"`
	// Passage is the document's own text, where the site has installed it.
	Passage string `json:"quote,omitempty"`
}

// Way is a reading and the key of the way chosen.
type Way struct {
	standpunt.Reading
	Chosen string `json:"chosen"`
}

// Explain gathers what there is to know of a criterion under a site's readings.
func Explain(c standpunt.Criterion, readings map[string]string) Explanation {
	e := Explanation{Criterion: c, Facts: []string{}, Ways: []Way{}}
	facts, treatment, _ := validation.FactsOf(c.ID)
	e.Treatment, e.Facts = treatment, append(e.Facts, facts...)
	for _, id := range c.Readings {
		if r, ok := standpunt.FindReading(id); ok {
			way := Way{*r, r.Default.Key}
			if chosen, ok := readings[id]; ok {
				way.Chosen = chosen
			}
			e.Ways = append(e.Ways, way)
		}
	}
	return e
}

// treatments are the treatments in words.
var treatments = map[validation.Treatment]standpunt.Text{
	validation.Judged:   {NL: "wordt beoordeeld", EN: "is judged"},
	validation.Shown:    {NL: "wordt ter informatie getoond", EN: "is shown for information"},
	validation.Reported: {NL: "komt in het jaarverslag", EN: "goes into the annual report"},
}

var (
	wordLogic    = standpunt.Text{NL: "Beoordeling", EN: "How it is judged"}
	wordData     = standpunt.Text{NL: "Gegevens die het vraagt", EN: "Data it needs"}
	wordReadings = standpunt.Text{NL: "Lezingen", EN: "Readings"}
	wordChosen   = standpunt.Text{NL: " (gekozen)", EN: " (chosen)"}
	wordPassage  = standpunt.Text{NL: "De passage zelf", EN: "The passage itself"}
	wordNote     = standpunt.Text{NL: "Opmerking", EN: "Note"}
)

// WriteText writes the explanation as a page.
func (e Explanation) WriteText(w io.Writer, lang string) error {
	p := &page{coloured: coloured(w)}
	p.line(bold, e.Title.In(lang))
	p.line(faint, e.ID+" · "+Place(e.Source, lang))
	p.WriteByte('\n')
	p.wrap("", "", e.Criterion.Text.In(lang))
	if words := treatments[e.Treatment].In(lang); words != "" {
		p.wrap("", "", strings.ToUpper(words[:1])+words[1:]+".")
	}
	p.logic(e.Logic, lang)
	if note := e.Note.In(lang); note != "" {
		p.section(wordNote.In(lang))
		p.wrap("  ", "  ", note)
	}
	var facts []string
	for _, f := range e.Facts {
		facts = append(facts, intake.Label(f, lang)+" ["+f+"]")
	}
	p.list(wordData.In(lang), facts)
	if len(e.Ways) > 0 {
		p.section(wordReadings.In(lang))
		for _, way := range e.Ways {
			p.reading(way.Reading, way.Chosen, lang)
		}
	}
	if e.Passage != "" {
		p.section(wordPassage.In(lang))
		for _, part := range strings.Split(e.Passage, "\n") {
			p.wrap("  ", "  ", part)
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// logic writes when the criterion has which outcome.
func (p *page) logic(l standpunt.Logic, lang string) {
	outcomes := []struct {
		name string
		text standpunt.Text
	}{{"met", l.Met}, {"not-met", l.NotMet}, {"unknown", l.Unknown}, {"not-applicable", l.NotApplicable}}
	var items []string
	for _, o := range outcomes {
		if o.text != (standpunt.Text{}) {
			items = append(items, Name(o.name, lang)+": "+o.text.In(lang))
		}
	}
	p.list(wordLogic.In(lang), items)
}

// reading writes a reading with its ways, the chosen one marked.
func (p *page) reading(r standpunt.Reading, chosen, lang string) {
	p.wrap("  "+r.ID+" ", "      ", r.Issue.In(lang))
	for _, c := range append([]standpunt.Choice{r.Default}, r.Alternatives...) {
		mark := ""
		if c.Key == chosen {
			mark = wordChosen.In(lang)
		}
		p.wrap("      - ", "        ", c.Key+mark+": "+c.In(lang))
	}
}

// ReadingText writes a reading as a page, with the criteria it bears on.
func ReadingText(w io.Writer, r standpunt.Reading, lang string) error {
	p := &page{coloured: coloured(w)}
	p.reading(r, r.Default.Key, lang)
	p.list(standpunt.Text{NL: "Criteria", EN: "Criteria"}.In(lang), r.Criteria)
	_, err := io.WriteString(w, p.String())
	return err
}

// CatalogueText lists all criteria under the headings of the document.
func CatalogueText(w io.Writer, lang string) error {
	p := &page{coloured: coloured(w)}
	under := ""
	for _, c := range standpunt.All() {
		if h := heading(c.Source, lang); h != under {
			p.section(h)
			under = h
		}
		p.line(plain, "  "+pad(c.ID, 40)+" "+c.Title.In(lang))
	}
	_, err := io.WriteString(w, strings.TrimPrefix(p.String(), "\n"))
	return err
}
