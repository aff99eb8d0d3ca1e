package advice

import (
	"fmt"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// Document is a verdict in words, as the doctor reads it, before it becomes a page of
// text or of HTML.
type Document struct {
	Title string
	Tone  Tone
	// About is the phase, the day and the version of the standpunt.
	About []string
	// Indications says the conclusion for each, when there are several.
	Indications []string
	// Lists are why, what is needed, what to do, what would change the verdict and
	// what to mind; those without items are left out.
	Lists []List
	// Sections hold the criteria of each indication, and of what stands above them.
	Sections []Section
	// Received says what became of all that came in, and names what could not be read.
	Received List
}

// Tone is how something is for the patient's way through care; the zero value is neutral.
type Tone string

// The tones.
const (
	Neutral Tone = ""
	Good    Tone = "good"
	Bad     Tone = "bad"
	Open    Tone = "open"
)

// List is a title with items.
type List struct {
	Title string
	Items []Item
}

// Item is one line of a list, under a label or not.
type Item struct{ Label, Text string }

// Section is the criteria of one subject, under the headings of the document.
type Section struct {
	Title    string
	Headings []Heading
}

// Heading is the criteria of one place in the document.
type Heading struct {
	Place string
	Rows  []Row
}

// Row is one criterion.
type Row struct {
	ID    string
	Mark  string
	Tone  Tone
	Item  string // number in the document
	Title string
	// Settled: it is met or does not apply, so that a line is enough.
	Settled bool
	// First is the first evidence in short; Evidence holds up to three in full.
	First    string
	Evidence []string
	Others   int    // pieces of evidence beyond the first, when settled; else beyond those shown
	Needs    string // what it waits for
	Note     string
}

// toneOf is the tone of a conclusion; of others it is Open.
var toneOf = map[validation.Conclusion]Tone{
	validation.CoveredEligible: Good, validation.Compliant: Good, validation.SwitchOn: Good, validation.TrialContinue: Good,
	validation.NotEligible: Bad, validation.NotCovered: Bad, validation.NotCompliant: Bad, validation.Overdue: Bad, validation.StayOff: Bad,
}

// ToneOf is the tone of a conclusion.
func ToneOf(c validation.Conclusion) Tone {
	if tone, ok := toneOf[c]; ok {
		return tone
	}
	return Open
}

// NewDocument puts a verdict in words, in "nl" or "en".
func NewDocument(v *validation.Verdict, lang string) Document {
	d := Document{Title: headline(mainSubject(v), v, lang), Tone: ToneOf(v.Verdict)}
	d.About = []string{Name(string(v.Phase), lang), wordAsOf.In(lang) + " " + v.AsOf.String(), Name(v.Standpunt, lang)}
	if v.Source != "" {
		d.About = append(d.About, v.Source)
	}
	all := subjects(v)
	if len(v.Indications) > 1 {
		for _, s := range all[:len(v.Indications)] {
			d.Indications = append(d.Indications, s.name(lang)+": "+strings.ToLower(Name(string(s.conclusion), lang)))
		}
	}
	for _, l := range []List{why(v, lang), needed(v, lang), listOf(wordToDo.In(lang), actions(v, lang)),
		listOf(wordChange.In(lang), changes(v, lang)), listOf(wordMind.In(lang), flags(v, lang))} {
		if len(l.Items) > 0 {
			d.Lists = append(d.Lists, l)
		}
	}
	for _, s := range all {
		if len(s.criteria) > 0 {
			d.Sections = append(d.Sections, s.section(lang))
		}
	}
	d.Received = received(&v.Mapping, lang)
	return d
}

func listOf(title string, texts []string) List {
	l := List{Title: title}
	for _, text := range texts {
		l.Items = append(l.Items, Item{Text: text})
	}
	return l
}

// why names the criteria that are the reason, with what they rest on.
func why(v *validation.Verdict, lang string) List {
	l := List{Title: wordWhy.In(lang)}
	for _, c := range mainSubject(v).reasons() {
		text := stated(c, lang) + " (" + Place(c.Source, lang) + ")"
		if len(c.Evidence) > 0 {
			text += ": " + evidence(c.Evidence[0])
		}
		l.Items = append(l.Items, Item{Text: text})
	}
	return l
}

// neededTitle is what to say of the missing data: they are needed while there is no judgement,
// after one they are unknown too.
func neededTitle(v *validation.Verdict) standpunt.Text {
	if v.Verdict == validation.NeedsData {
		return wordNeeded
	}
	return wordUnknownToo
}

// needed lists the facts that are asked, by group, with what is wrong with those
// that are there but do not decide.
func needed(v *validation.Verdict, lang string) List {
	l := List{Title: fmt.Sprintf("%s (%d)", neededTitle(v).In(lang), len(v.Missing))}
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
		l.Items = append(l.Items, Item{g.title, strings.Join(items, "; ")})
	}
	return l
}

// received says what became of all that came in, and names what could not be read.
func received(r *mapping.Report, lang string) List {
	form := standpunt.Text{
		NL: "Ontvangen %d: gebruikt %d, niet gebruikt %d, geweigerd %d; niet herkende codes %d",
		EN: "Received %d: used %d, not used %d, rejected %d; codes not recognised %d",
	}.In(lang)
	l := List{Title: fmt.Sprintf(form, r.Received, r.Used, len(r.Ignored), len(r.Rejected), len(r.Unmapped))}
	for _, f := range r.Rejected {
		l.Items = append(l.Items, Item{Text: f.Resource + " " + f.Path + ": " + f.Reason})
	}
	for _, i := range r.Issues {
		l.Items = append(l.Items, Item{Text: strings.TrimSpace(i.Resource+" "+i.Path) + ": " + i.Reason})
	}
	return l
}

// section puts the criteria of a subject under the headings of the document.
func (s subject) section(lang string) Section {
	title := s.name(lang)
	if title == "" {
		title = wordAbove.In(lang)
	}
	out := Section{Title: title + ": " + tally(s, lang)}
	for i := range s.criteria {
		c := &s.criteria[i]
		if informs(c) {
			continue
		}
		place := heading(c.Source, lang)
		if n := len(out.Headings); n == 0 || out.Headings[n-1].Place != place {
			out.Headings = append(out.Headings, Heading{Place: place})
		}
		under := &out.Headings[len(out.Headings)-1]
		under.Rows = append(under.Rows, newRow(c, lang))
	}
	return out
}

// marks are the outcomes at the start of a line.
var marks = map[kleene.Outcome]struct {
	mark string
	tone Tone
}{
	kleene.Met: {"✓", Good}, kleene.NotMet: {"✗", Bad}, kleene.Undecided: {"?", Open}, kleene.NotApplicable: {"–", Neutral},
}

// shownEvidence is how many pieces of evidence stand under a criterion that is
// not met or open; the JSON has them all.
const shownEvidence = 3

func newRow(c *validation.Criterion, lang string) Row {
	m := marks[c.Outcome]
	row := Row{
		ID: c.ID, Mark: m.mark, Tone: m.tone, Item: c.Source.Item, Title: stated(c, lang), Note: c.Note,
		Settled: c.Outcome == kleene.Met || c.Outcome == kleene.NotApplicable,
	}
	if len(c.Missing) > 0 {
		row.Needs = wordNeeds.In(lang) + strings.Join(labels(c.Missing, lang), "; ")
	}
	if len(c.Evidence) == 0 {
		return row
	}
	row.First, row.Others = short(c.Evidence[0]), len(c.Evidence)-1
	if !row.Settled {
		shown := c.Evidence[:min(shownEvidence, len(c.Evidence))]
		for _, e := range shown {
			row.Evidence = append(row.Evidence, evidence(e))
		}
		row.Others = len(c.Evidence) - len(shown)
	}
	return row
}
