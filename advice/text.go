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
	wordWhy     = standpunt.Text{NL: "Waarom", EN: "Why"}
	wordNeeded  = standpunt.Text{NL: "Nodig om te oordelen", EN: "Needed to judge"}
	wordToDo    = standpunt.Text{NL: "Te doen", EN: "To do"}
	wordChange  = standpunt.Text{NL: "Dit zou het oordeel veranderen", EN: "This would change the verdict"}
	wordMind    = standpunt.Text{NL: "Let op", EN: "Mind"}
	wordAbove   = standpunt.Text{NL: "Algemeen", EN: "General"}
	wordAsOf    = standpunt.Text{NL: "op", EN: "as of"}
	wordNeeds   = standpunt.Text{NL: "nodig: ", EN: "needed: "}
	wordAllOf   = standpunt.Text{NL: "met:", EN: "with:"}
	wordOneOf   = standpunt.Text{NL: "met één van:", EN: "with any one of:"}
	wordInforms = standpunt.Text{NL: "ter informatie", EN: "for information"}
)

// Text writes a verdict as a page of 100 columns for the doctor: what the verdict is
// and why, what is needed, what to do and what would change it, then every criterion
// with its place in the document and what it rests on. Colour is for terminals only.
func Text(w io.Writer, v *validation.Verdict, lang string) error {
	p := &page{coloured: coloured(w)}
	p.title(v, lang)
	p.why(v, lang)
	p.needed(v, lang)
	p.list(wordToDo.In(lang), actions(v, lang))
	p.list(wordChange.In(lang), changes(v, lang))
	p.list(wordMind.In(lang), flags(v, lang))
	for _, s := range subjects(v) {
		p.criteria(s, lang)
	}
	p.received(&v.Mapping, lang)
	_, err := io.WriteString(w, p.String())
	return err
}

// styleOf colours a conclusion.
var styleOf = map[validation.Conclusion]style{
	validation.CoveredEligible: green, validation.Compliant: green, validation.SwitchOn: green, validation.TrialContinue: green,
	validation.NotEligible: red, validation.NotCovered: red, validation.NotCompliant: red, validation.Overdue: red, validation.StayOff: red,
}

func (p *page) title(v *validation.Verdict, lang string) {
	colour, ok := styleOf[v.Verdict]
	if !ok {
		colour = yellow
	}
	p.line(colour, headline(mainSubject(v), v, lang))
	about := []string{Name(string(v.Phase), lang), wordAsOf.In(lang) + " " + v.AsOf.String(), Name(v.Standpunt, lang)}
	if v.Source != "" {
		about = append(about, v.Source)
	}
	p.line(faint, strings.Join(about, " · "))
	if len(v.Indications) > 1 {
		for _, s := range subjects(v)[:len(v.Indications)] {
			p.wrap("  - ", "    ", s.name(lang)+": "+strings.ToLower(Name(string(s.conclusion), lang)))
		}
	}
}

// why names the criteria that are the reason, with what they rest on.
func (p *page) why(v *validation.Verdict, lang string) {
	reasons := mainSubject(v).reasons()
	if len(reasons) == 0 {
		return
	}
	p.section(wordWhy.In(lang))
	for _, c := range reasons {
		text := stated(c, lang) + " (" + Place(c.Source, lang) + ")"
		if len(c.Evidence) > 0 {
			text += ": " + evidence(c.Evidence[0])
		}
		p.wrap("  - ", "    ", text)
	}
}

// needed lists the facts that are asked, by group, with what is wrong with those
// that are there but do not decide.
func (p *page) needed(v *validation.Verdict, lang string) {
	if len(v.Missing) == 0 {
		return
	}
	p.section(fmt.Sprintf("%s (%d)", wordNeeded.In(lang), len(v.Missing)))
	facts := make([]string, len(v.Missing))
	for i, m := range v.Missing {
		facts[i] = m.Fact
	}
	for _, g := range grouped(facts, lang) {
		items := labels(g.facts, lang)
		for i, f := range g.facts {
			if remark := lack(v, f); remark != "" {
				items[i] += " (" + remark + ")"
			}
		}
		p.wrap("  "+g.title+": ", "    ", strings.Join(items, "; "))
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

func (p *page) list(title string, items []string) {
	if len(items) == 0 {
		return
	}
	p.section(title)
	for _, item := range items {
		p.wrap("  - ", "    ", item)
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

// marks are the outcomes at the start of a line.
var marks = map[kleene.Outcome]struct {
	mark  string
	style style
}{
	kleene.Met: {"✓", green}, kleene.NotMet: {"✗", red}, kleene.Undecided: {"?", yellow}, kleene.NotApplicable: {"–", faint},
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
func (p *page) criteria(s subject, lang string) {
	if len(s.criteria) == 0 {
		return
	}
	title := s.name(lang)
	if title == "" {
		title = wordAbove.In(lang)
	}
	p.section(title + ": " + tally(s, lang))
	under := ""
	for i := range s.criteria {
		c := &s.criteria[i]
		if informs(c) {
			continue
		}
		if h := heading(c.Source, lang); h != under {
			p.line(faint, "  "+h)
			under = h
		}
		p.criterion(c, lang)
	}
}

// titleColumns is the room for mark, item and title before the evidence.
const titleColumns = 56

// shownEvidence is how many pieces of evidence stand under a criterion that is
// not met or open; the JSON has them all.
const shownEvidence = 3

// criterion writes one criterion: on one line when it is met or does not apply, else
// with what it rests on, what it needs and the remark.
func (p *page) criterion(c *validation.Criterion, lang string) {
	m := marks[c.Outcome]
	compact := c.Outcome == kleene.Met || c.Outcome == kleene.NotApplicable
	left := pad(clip(pad(c.Source.Item, 4)+" "+stated(c, lang), titleColumns-8), titleColumns-6)
	right := ""
	if len(c.Evidence) > 0 && compact {
		right = more(short(c.Evidence[0]), len(c.Evidence)-1, width-titleColumns)
	}
	p.WriteString("    " + p.styled(m.style, m.mark) + " " + strings.TrimRight(left+right, " ") + "\n")
	if compact {
		return
	}
	const indent = "           "
	shown := c.Evidence[:min(shownEvidence, len(c.Evidence))]
	for i, e := range shown {
		rest := 0
		if i == len(shown)-1 {
			rest = len(c.Evidence) - len(shown)
		}
		p.wrap(indent, indent+"  ", more(evidence(e), rest, 10*width))
	}
	if len(c.Missing) > 0 {
		p.wrap(indent, indent+"  ", wordNeeds.In(lang)+strings.Join(labels(c.Missing, lang), "; "))
	}
	if c.Note != "" {
		p.wrap(indent, indent+"  ", c.Note)
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
