package coverage

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

const (
	// maxCodes is how many different codes and texts are kept apart, so that an
	// endless input does not take endless memory.
	maxCodes = 250_000
	// maxText is how many characters a text may have to be a name. What is longer is
	// a story, which may tell of the patient: it is counted and not kept.
	maxText = 80
)

// Tally counts codes. It keeps each different code once, whatever the size of the
// input. It is not safe for concurrent use.
type Tally struct {
	terminology *terminology.Terminology
	codes       map[identity]*Code
	totals      Totals
	limit       int
}

// identity is what makes two codes the same. Texts are the same whatever their case and spaces.
type identity struct{ system, code, text string }

// NewTally counts by what a terminology understands; nil is the one we ship.
func NewTally(t *terminology.Terminology) *Tally {
	if t == nil {
		t = terminology.Embedded()
	}
	return &Tally{terminology: t, codes: map[identity]*Code{}, limit: maxCodes}
}

// Add counts the codes of everything in a chart.
func (t *Tally) Add(chart *fhir.Chart) {
	t.totals.Documents++
	t.totals.Resources += chart.Received()
	t.totals.Skipped += len(chart.Skipped)
	t.totals.Rejected += len(chart.Rejected)
	for _, r := range chart.Resources {
		for _, p := range placesOf(r) {
			t.place(p)
		}
	}
}

// AddUnreadable notes a document that could not be read.
func (t *Tally) AddUnreadable() { t.totals.Unreadable++ }

// AddListed counts one line of a code list: a code in a system, or a text when both are empty.
func (t *Tally) AddListed(system, code, display string, count int) {
	if system == "" && code == "" {
		t.text("", display, false, count)
		return
	}
	t.count(&Code{System: system, Code: code, Display: display}, "", count)
}

// place counts the codes of one element; its text where it has no code.
func (t *Tally) place(p place) {
	coded := false
	name := ""
	for i := range p.concept.Coding {
		coding := &p.concept.Coding[i]
		switch {
		case coding.IsNullFlavor():
			t.totals.Absent++
		case coding.Code == "":
			name = coding.Display
		default:
			coded = true
			display := coding.Display
			if display == "" && p.medicine && utf8.RuneCountInString(p.concept.Text) <= maxText {
				display = p.concept.Text
			}
			t.count(&Code{System: coding.System, Code: coding.Code, Display: display, medicine: p.medicine}, p.element, 1)
		}
	}
	if p.concept.Text != "" {
		name = p.concept.Text
	}
	if !coded && name != "" {
		t.text(p.element, name, p.medicine, 1)
	}
}

func (t *Tally) text(element, text string, medicine bool, count int) {
	if utf8.RuneCountInString(text) > maxText {
		t.totals.LongTexts += count
		return
	}
	t.count(&Code{Text: strings.Join(strings.Fields(text), " "), medicine: medicine}, element, count)
}

// count adds to what was counted of the same code. What is kept is copied: what was
// read may lie in the memory of a whole document.
func (t *Tally) count(c *Code, element string, count int) {
	id := identity{c.System, c.Code, strings.ToLower(c.Text)}
	known := t.codes[id]
	if known == nil {
		if len(t.codes) >= t.limit {
			t.totals.Beyond += count
			return
		}
		known = &Code{System: strings.Clone(c.System), Code: strings.Clone(c.Code), Text: strings.Clone(c.Text)}
		t.codes[identity{known.System, known.Code, strings.Clone(id.text)}] = known
	}
	known.Count += count
	known.medicine = known.medicine || c.medicine
	if known.Display == "" {
		known.Display = strings.Clone(c.Display)
	}
	if element != "" && !slices.Contains(known.Elements, element) {
		known.Elements = append(known.Elements, element)
	}
}
