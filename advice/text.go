package advice

import (
	"fmt"
	"io"
	"strings"

	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/intake"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// The words of the page.
var (
	wordWhy        = standpunt.Text{NL: "Waarom", EN: "Why"}
	wordNeeded     = standpunt.Text{NL: "Nodig om te oordelen", EN: "Needed to judge"}
	wordUnknownToo = standpunt.Text{NL: "Ook nog onbekend", EN: "Unknown as well"}
	wordToDo       = standpunt.Text{NL: "Te doen", EN: "To do"}
	wordChange     = standpunt.Text{NL: "Dit zou het oordeel veranderen", EN: "This would change the verdict"}
	wordMind       = standpunt.Text{NL: "Let op", EN: "Mind"}
	wordAbove      = standpunt.Text{NL: "Algemeen", EN: "General"}
	wordAsOf       = standpunt.Text{NL: "op", EN: "as of"}
	wordNeeds      = standpunt.Text{NL: "nodig: ", EN: "needed: "}
	wordAllOf      = standpunt.Text{NL: "met:", EN: "with:"}
	wordOneOf      = standpunt.Text{NL: "met één van:", EN: "with any one of:"}
	wordInforms    = standpunt.Text{NL: "ter informatie", EN: "for information"}
)

// Text writes a verdict as a page of 100 columns for the doctor: what the verdict is
// and why, what is needed, what to do and what would change it, then every criterion
// with its place in the document and what it rests on. Colour is for terminals only.
func Text(w io.Writer, v *validation.Verdict, lang string) error {
	p := &page{coloured: coloured(w)}
	d := NewDocument(v, lang)
	p.line(styleOf[d.Tone], d.Title)
	p.line(faint, strings.Join(d.About, " · "))
	for _, text := range d.Indications {
		p.wrap("  - ", "    ", text)
	}
	for _, l := range d.Lists {
		p.items(l)
	}
	for _, s := range d.Sections {
		p.criteria(s)
	}
	p.items(d.Received)
	_, err := io.WriteString(w, p.String())
	return err
}

// styleOf colours a tone.
var styleOf = map[Tone]style{Good: green, Bad: red, Open: yellow, Neutral: faint}

// items writes a list under its title.
func (p *page) items(l List) {
	p.section(l.Title)
	for _, item := range l.Items {
		first := "  - "
		if item.Label != "" {
			first = "  " + item.Label + ": "
		}
		p.wrap(first, "    ", item.Text)
	}
}

// lack is what is wrong with a fact that is recorded but does not decide.
func lack(v *validation.Verdict, fact string) string {
	for _, s := range subjects(v) {
		for i := range s.criteria {
			c := &s.criteria[i]
			if len(c.Missing) == 1 && c.Missing[0] == fact && len(c.Evidence) > 0 && c.Note != "" {
				return c.Note
			}
		}
	}
	return ""
}

// list writes texts under a title, and nothing when there are none.
func (p *page) list(title string, texts []string) {
	if len(texts) > 0 {
		p.items(listOf(title, texts))
	}
}

func actions(v *validation.Verdict, lang string) []string {
	list := make([]string, len(v.Actions))
	for i, a := range v.Actions {
		list[i] = a.Text
		if c, ok := standpunt.Find(a.ID); ok {
			list[i] = c.Title.In(lang) + ": " + a.Text
		}
	}
	return list
}

// changes says what would change the verdict: first what leads on, all of it
// together, then what would lead away, each by itself.
func changes(v *validation.Verdict, lang string) []string {
	var sets []string
	var order []validation.Conclusion
	single := map[validation.Conclusion][]string{}
	for _, c := range v.WouldChange {
		data := []string{intake.Label(c.Fact, lang) + ": " + answer(c.To, lang)}
		for _, d := range c.With {
			data = append(data, intake.Label(d.Fact, lang)+": "+answer(d.To, lang))
		}
		switch {
		case len(c.With) > 0:
			sets = append(sets, change(c.Verdict, wordAllOf, data, lang))
		case single[c.Verdict] == nil:
			order = append(order, c.Verdict)
			fallthrough
		default:
			single[c.Verdict] = append(single[c.Verdict], data...)
		}
	}
	for _, verdict := range order {
		word := wordOneOf
		if len(single[verdict]) == 1 {
			word = wordAllOf
		}
		sets = append(sets, change(verdict, word, single[verdict], lang))
	}
	return sets
}

func change(verdict validation.Conclusion, word standpunt.Text, data []string, lang string) string {
	return Name(string(verdict), lang) + " " + word.In(lang) + " " + strings.Join(data, "; ")
}

func flags(v *validation.Verdict, lang string) []string {
	list := make([]string, len(v.Flags))
	for i, f := range v.Flags {
		list[i] = Flag(f, lang)
	}
	return list
}

var outcomeOrder = []kleene.Outcome{kleene.NotMet, kleene.Undecided, kleene.Met, kleene.NotApplicable}

// tally is "2 niet voldaan, 30 voldaan, 5 ter informatie".
func tally(s subject, lang string) string {
	byOutcome, informational := s.count()
	var parts []string
	for _, o := range outcomeOrder {
		if n := byOutcome[o]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, Name(o.String(), lang)))
		}
	}
	if informational > 0 {
		parts = append(parts, fmt.Sprintf("%d %s", informational, wordInforms.In(lang)))
	}
	return strings.Join(parts, ", ")
}

// criteria writes the criteria of a subject under the headings of the document.
func (p *page) criteria(s Section) {
	p.section(s.Title)
	for _, h := range s.Headings {
		p.line(faint, "  "+h.Place)
		for _, row := range h.Rows {
			p.criterion(row)
		}
	}
}

// titleColumns is the room for mark, item and title before the evidence.
const titleColumns = 56

// criterion writes one criterion: on one line when it is met or does not apply, else
// with what it rests on, what it needs and the remark.
func (p *page) criterion(r Row) {
	left := pad(clip(pad(r.Item, 4)+" "+r.Title, titleColumns-8), titleColumns-6)
	right := ""
	if r.First != "" && r.Settled {
		right = more(r.First, r.Others, width-titleColumns)
	}
	p.WriteString("    " + p.styled(styleOf[r.Tone], r.Mark) + " " + strings.TrimRight(left+right, " ") + "\n")
	if r.Settled {
		return
	}
	const indent = "           "
	for i, e := range r.Evidence {
		rest := 0
		if i == len(r.Evidence)-1 {
			rest = r.Others
		}
		p.wrap(indent, indent+"  ", more(e, rest, 10*width))
	}
	for _, remark := range []string{r.Needs, r.Note} {
		if remark != "" {
			p.wrap(indent, indent+"  ", remark)
		}
	}
}

// more is a text with the number of others like it, in a number of columns.
func more(text string, others, columns int) string {
	if others <= 0 {
		return clip(text, columns)
	}
	count := fmt.Sprintf(" (+%d)", others)
	return clip(text, columns-len(count)) + count
}

// stated is the title with, for an exclusion, whether it is the case: an exclusion
// is met when its absence is established.
func stated(c *validation.Criterion, lang string) string {
	if c.Kind != standpunt.Exclusion && c.Kind != standpunt.RelativeContraindication {
		return c.Title
	}
	switch c.Outcome {
	case kleene.Met:
		return c.Title + standpunt.Text{NL: ": niet aan de orde", EN: ": not the case"}.In(lang)
	case kleene.NotMet:
		return c.Title + standpunt.Text{NL: ": aan de orde", EN: ": the case"}.In(lang)
	}
	return c.Title
}
