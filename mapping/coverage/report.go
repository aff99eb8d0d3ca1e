package coverage

import (
	"cmp"
	"maps"
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// Report is what became of all codes.
type Report struct {
	Totals
	Systems []System `json:"systems"` // most codes first
	Codes   []*Code  `json:"codes"`   // what needs work first, by how often it occurs
}

// Totals are the counts of what was read.
type Totals struct {
	Documents  int `json:"documents"`  // bundles, resources, lines
	Unreadable int `json:"unreadable"` // documents that could not be read
	Resources  int `json:"resources"`  // in the documents, those skipped and rejected included
	Skipped    int `json:"skipped"`    // resources of types that are not read
	Rejected   int `json:"rejected"`   // resources that could not be read
	Absent     int `json:"absent"`     // NullFlavors: codes that say why there is none
	LongTexts  int `json:"longTexts"`  // texts too long to be a name, which are not shown
	Beyond     int `json:"beyond"`     // occurrences of codes past the number that is kept apart
}

// Code is one code, or one text where there was no code.
type Code struct {
	System   string                `json:"system,omitempty"`
	Code     string                `json:"code,omitempty"`
	Display  string                `json:"display,omitempty"` // the first that came along
	Text     string                `json:"text,omitempty"`
	Count    int                   `json:"count"`
	Status   Status                `json:"status"`
	Concepts []terminology.Concept `json:"concepts,omitempty"` // what it means
	Rule     string                `json:"rule,omitempty"`     // exact, below N02A, site, name OXYCODON
	Listed   []terminology.Concept `json:"listed,omitempty"`   // concepts for which it is listed unverified
	Nearest  []Suggestion          `json:"nearest,omitempty"`
	Below    []Subsumption         `json:"below,omitempty"`
	Server   *Known                `json:"server,omitempty"`   // what a terminology server says of it
	Elements []string              `json:"elements,omitempty"` // "Condition.code"

	medicine bool
}

// Suggestion is a concept with a name like that of a code. It is for reading only:
// nothing counts by a likeness of words.
type Suggestion struct {
	Concept terminology.Concept `json:"concept"`
	Name    string              `json:"name"`  // the most alike among the names of its codes
	Score   float64             `json:"score"` // words in common, 0 to 1
}

// Subsumption says that a code is a kind of another, by a terminology server. It is a
// suggestion too.
type Subsumption struct {
	Concept terminology.Concept `json:"concept"`
	Code    string              `json:"code"` // that it is a kind of
	Display string              `json:"display"`
}

// System counts the codes of a system; that of texts is empty.
type System struct {
	System      string         `json:"system"`
	Codes       int            `json:"codes"`
	Occurrences int            `json:"occurrences"`
	Statuses    map[Status]int `json:"statuses"` // occurrences; their sum is Occurrences
}

// ToMap reports whether somebody should say what the code means.
func (c *Code) ToMap() bool { return c.Status == Unmapped || c.Status == Unverified }

// Name is what a code is called: its display or its text.
func (c *Code) Name() string { return cmp.Or(c.Display, c.Text) }

// Report is what was counted so far.
func (t *Tally) Report() *Report {
	r := &Report{Totals: t.totals, Systems: []System{}, Codes: make([]*Code, 0, len(t.codes))}
	systems := map[string]*System{}
	for _, counted := range t.codes {
		c := *counted
		c.Status = Unmapped
		c.Elements = slices.Sorted(slices.Values(c.Elements))
		explain(t.terminology, &c)
		if c.ToMap() {
			c.Nearest = t.nearest(c.Name())
		}
		r.Codes = append(r.Codes, &c)
		s := systems[c.System]
		if s == nil {
			s = &System{System: c.System, Statuses: map[Status]int{}}
			systems[c.System] = s
		}
		s.Codes++
		s.Occurrences += c.Count
		s.Statuses[c.Status] += c.Count
	}
	slices.SortFunc(r.Codes, func(a, b *Code) int {
		return cmp.Or(
			cmp.Compare(slices.Index(Statuses, a.Status), slices.Index(Statuses, b.Status)), cmp.Compare(b.Count, a.Count),
			cmp.Compare(a.System, b.System), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Text, b.Text))
	})
	for _, name := range slices.Sorted(maps.Keys(systems)) {
		r.Systems = append(r.Systems, *systems[name])
	}
	slices.SortStableFunc(r.Systems, func(a, b System) int { return cmp.Compare(b.Occurrences, a.Occurrences) })
	return r
}

// Known is whether a terminology server knows a code, and what it calls it.
type Known struct {
	Valid   bool   `json:"valid"`
	Display string `json:"display,omitempty"`
}
