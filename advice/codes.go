package advice

import (
	"fmt"
	"io"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping/coverage"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// statusWords are the statuses of a code as headings.
var statusWords = map[coverage.Status]standpunt.Text{
	coverage.Unmapped:   {NL: "Betekenen niets", EN: "Mean nothing"},
	coverage.Unverified: {NL: "Staan op onze lijst, maar in geen bron gezien: tellen niet", EN: "On our list, but seen in no source: do not count"},
	coverage.Silenced:   {NL: "Door de instelling uitgezet", EN: "Taken away by the site"},
	coverage.ByName:     {NL: "Geneesmiddelen, herkend aan hun naam", EN: "Medicines, recognised by their name"},
	coverage.Mapped:     {NL: "Herkend", EN: "Recognised"},
}

var (
	wordSystems = standpunt.Text{NL: "Codestelsels", EN: "Code systems"}
	wordTexts   = standpunt.Text{NL: "(tekst zonder code)", EN: "(text without code)"}
	wordPerhaps = standpunt.Text{NL: "misschien: ", EN: "perhaps: "}
	wordListed  = standpunt.Text{NL: "op de lijst voor: ", EN: "listed for: "}
	wordNoCode  = standpunt.Text{NL: "de terminologieserver kent deze code niet", EN: "the terminology server does not know this code"}
	wordCalled  = standpunt.Text{NL: "volgens de terminologieserver: ", EN: "by the terminology server: "}
	wordBelow   = standpunt.Text{NL: "volgens de terminologieserver een soort: ", EN: "by the terminology server a kind of: "}
)

// shown is how many codes of a status the page lists; JSON and CSV hold all.
const shown = 50

// CodesText writes what became of codes as a page: per system, then per status.
func CodesText(w io.Writer, r *coverage.Report, lang string) error {
	p := &page{coloured: coloured(w)}
	p.line(bold, codesRead(r, lang))
	p.systems(r, lang)
	for _, status := range coverage.Statuses {
		p.codes(r, status, lang)
	}
	p.apart(r, lang)
	_, err := io.WriteString(w, p.String())
	return err
}

func codesRead(r *coverage.Report, lang string) string {
	form := standpunt.Text{
		NL: "%d documenten gelezen, %d niet leesbaar; %d resources, waarvan %d van een ander type en %d geweigerd",
		EN: "%d documents read, %d not readable; %d resources, of which %d of another type and %d rejected",
	}
	return fmt.Sprintf(form.In(lang), r.Documents, r.Unreadable, r.Resources, r.Skipped, r.Rejected)
}

// systemColumns is the room for the name of a code system.
const systemColumns = 52

func (p *page) systems(r *coverage.Report, lang string) {
	if len(r.Systems) == 0 {
		return
	}
	form := standpunt.Text{NL: "%d codes, %d keer; herkend %d%%", EN: "%d codes, %d times; recognised %d%%"}
	p.section(wordSystems.In(lang))
	for _, s := range r.Systems {
		name := s.System
		if name == "" {
			name = wordTexts.In(lang)
		}
		known := s.Statuses[coverage.Mapped] + s.Statuses[coverage.ByName]
		p.wrap(pad("  "+name, systemColumns)+"  ", strings.Repeat(" ", systemColumns+2), fmt.Sprintf(form.In(lang), s.Codes, s.Occurrences, 100*known/s.Occurrences))
	}
}

func (p *page) codes(r *coverage.Report, status coverage.Status, lang string) {
	more := standpunt.Text{NL: "en nog %d (--format json of csv geeft alle)", EN: "and %d more (--format json or csv gives all)"}
	var list []*coverage.Code
	times := 0
	for _, c := range r.Codes {
		if c.Status == status {
			list = append(list, c)
			times += c.Count
		}
	}
	if len(list) == 0 {
		return
	}
	p.section(fmt.Sprintf("%s (%d, %d×)", statusWords[status].In(lang), len(list), times))
	for i, c := range list {
		if i == shown {
			p.wrap("  ", "  ", fmt.Sprintf(more.In(lang), len(list)-shown))
			return
		}
		p.code(c, lang)
	}
}

func (p *page) code(c *coverage.Code, lang string) {
	const indent = "          "
	what := c.Code + " " + c.Display
	if c.Text != "" {
		what = `"` + c.Text + `"`
	}
	if c.System != "" {
		what += " · " + c.System
	}
	switch {
	case c.Rule != "" && len(c.Concepts) == 0:
		what += " (" + c.Rule + ")"
	case c.Rule != "":
		what += " → " + concepts(c.Concepts) + " (" + c.Rule + ")"
	}
	p.wrap(fmt.Sprintf("%7d× ", c.Count), indent, what)
	if len(c.Listed) > 0 {
		p.wrap(indent+wordListed.In(lang), indent, concepts(c.Listed))
	}
	switch {
	case c.Server == nil:
	case !c.Server.Valid:
		p.wrap(indent, indent, wordNoCode.In(lang))
	case c.Server.Display != "":
		p.wrap(indent, indent, wordCalled.In(lang)+c.Server.Display)
	}
	for _, b := range c.Below {
		p.wrap(indent+wordBelow.In(lang), indent, strings.TrimSpace(b.Code+" "+b.Display)+" → "+string(b.Concept))
	}
	if len(c.Nearest) > 0 {
		near := make([]string, len(c.Nearest))
		for i, s := range c.Nearest {
			near[i] = string(s.Concept) + " (" + s.Name + ")"
		}
		p.wrap(indent+wordPerhaps.In(lang), indent, strings.Join(near, "; "))
	}
}

func concepts(list []terminology.Concept) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = string(c)
	}
	return strings.Join(names, ", ")
}

// apart tells of what was counted but is not listed.
func (p *page) apart(r *coverage.Report, lang string) {
	for _, note := range []struct {
		count int
		words standpunt.Text
	}{
		{r.Absent, standpunt.Text{NL: "%d keer een NullFlavor in plaats van een code", EN: "%d times a NullFlavor instead of a code"}},
		{r.LongTexts, standpunt.Text{NL: "%d teksten zijn te lang voor een naam en worden niet getoond", EN: "%d texts are too long for a name and are not shown"}},
		{r.Beyond, standpunt.Text{NL: "%d keer een code die niet meer apart is geteld: er zijn te veel verschillende", EN: "%d times a code that was no longer kept apart: there are too many different ones"}},
	} {
		if note.count > 0 {
			p.WriteByte('\n')
			p.wrap("", "  ", fmt.Sprintf(note.words.In(lang), note.count))
		}
	}
}
