package prom

import (
	"math/big"
	"slices"
	"strconv"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// Instrument is one questionnaire of annex 1.
type Instrument struct {
	ID    string // as in score output: "odi"
	Title string
	// Holder owns the wording of the items; empty when the wording is free.
	Holder string
	Items  []Item
	Scales []Scale
	// NeedsDirection: forms disagree on which end is best, so that a number
	// means nothing until the form's direction is declared.
	NeedsDirection bool
	// VersionByOptions: only the number of answer options tells the versions of
	// the instrument apart, so that a Questionnaire at hand must agree with them.
	VersionByOptions bool
}

// Canonical is the URL of our own Questionnaire for the instrument.
func (i *Instrument) Canonical() string {
	return mapping.CanonicalBase + "/Questionnaire/" + i.ID
}

// Kind is how an item is answered.
type Kind uint8

// The kinds of items.
const (
	Option  Kind = iota // one of the printed options Min..Max
	Rating              // a number from Min to Max that speaks for itself, such as 0-10
	Clock               // a time of day, as hours since midnight
	Minutes             // a duration, as minutes
	Hours               // a duration, as hours
	Words               // free words, read only for whether they are there
)

// Item is one question.
type Item struct {
	ID       string // linkId in our own Questionnaire: "odi.1"
	Kind     Kind
	Min, Max int64
	// Fractions: values between the whole numbers are allowed.
	Fractions bool
	// WorstFirst: the options are printed from high to low value.
	WorstFirst bool
	// Optional: the instrument itself says what an absent answer counts as.
	Optional bool
	// Comment is the item whose words must be there for the answer to count,
	// where the form asks for them.
	Comment string
	LOINC   string
	// Answers are LOINC answer codes with their values, as far as verified.
	Answers map[string]int64
}

// Direction is which end of a score is the better one.
type Direction uint8

// The directions.
const (
	HigherIsWorse Direction = iota
	HigherIsBetter
)

// Scale is one score of an instrument.
type Scale struct {
	Name  string   // as in score output: "total"
	Items []string // linkIds
	Unit  string   // UCUM
	// Rules are the missing rules (or variants) that may be chosen; the first is the default.
	Rules []string
	// Factor times the mean of the answered items is the score: 1 for a mean,
	// the number of items for a sum. Nil where Formula computes it.
	Factor  *big.Rat
	Formula formula
	// Low and High are the ends of the range.
	Low, High *big.Rat
	Direction Direction
	Bands     []Band // in rising order
	MCID      []Difference
	LOINC     string
	// Stored lists further linkIds under which forms keep the score itself.
	Stored []string
}

// formula computes a score from its items' values (nil where absent) once the
// missing rule is satisfied.
type formula func(rule string, values []*big.Rat) outcome

// outcome is a computed value, or the reason why there is none.
type outcome struct {
	value  *big.Rat
	reason string
	flags  []string
}

// Band is a named stretch of the range. A score belongs to the first band whose
// end it does not exceed, unrounded, so that no score falls between two bands.
type Band struct {
	Name string
	UpTo *big.Rat
}

// Difference is a published smallest important change, in points of the score
// or in percent of the baseline.
type Difference struct {
	Points, Percent *big.Rat // exactly one is set
	// Exceed: the change must be greater, not equal.
	Exceed   bool
	Source   string
	Verified bool // seen in the source named
}

// Band names the band of a value; empty when the scale has none.
func (s *Scale) Band(value *big.Rat) string {
	for _, b := range s.Bands {
		if value.Cmp(b.UpTo) <= 0 {
			return b.Name
		}
	}
	return ""
}

// Instruments are all instruments of annex 1, in the order of their scores in
// output.
var Instruments = []*Instrument{&gpe, &sf12v1, &sf12v2, &nrs, &bpi, &odi, &ndi, &hads, &pcs, &psqi}

// ByID finds an instrument, or nil.
func ByID(id string) *Instrument {
	for _, i := range Instruments {
		if i.ID == id {
			return i
		}
	}
	return nil
}

// Scale finds a score of the instrument by name, or nil.
func (i *Instrument) Scale(name string) *Scale {
	for k := range i.Scales {
		if i.Scales[k].Name == name {
			return &i.Scales[k]
		}
	}
	return nil
}

func (i *Instrument) item(id string) int {
	return slices.IndexFunc(i.Items, func(it Item) bool { return it.ID == id })
}

// place is where a linkId, code or text leads: an item, or a score kept in the form.
type place struct {
	instrument *Instrument
	item       int    // index in Items; -1 for a stored score
	scale      *Scale // of a stored score
}

// places holds every item by linkId and every score as "<instrument>.<score>".
var places = func() map[string]place {
	m := make(map[string]place)
	for _, i := range Instruments {
		for k := range i.Items {
			m[i.Items[k].ID] = place{i, k, nil}
		}
		for k := range i.Scales {
			m[i.ID+"."+i.Scales[k].Name] = place{i, -1, &i.Scales[k]}
		}
	}
	return m
}()

// byLOINC holds items and scores by LOINC code.
var byLOINC = func() map[string]place {
	m := make(map[string]place)
	for _, p := range places {
		switch {
		case p.item >= 0 && p.instrument.Items[p.item].LOINC != "":
			m[p.instrument.Items[p.item].LOINC] = p
		case p.item < 0 && p.scale.LOINC != "":
			m[p.scale.LOINC] = p
		}
	}
	return m
}()

// options makes items <id>.1 to <id>.<n> with options low..high.
func options(id string, n int, low, high int64) []Item {
	items := make([]Item, n)
	for k := range items {
		items[k] = Item{ID: id + "." + strconv.Itoa(k+1), Min: low, Max: high}
	}
	return items
}

// numbered are the linkIds <id>.<number>.
func numbered(id string, numbers ...int) []string {
	ids := make([]string, len(numbers))
	for k, n := range numbers {
		ids[k] = id + "." + strconv.Itoa(n)
	}
	return ids
}

func upTo(n int) []int {
	numbers := make([]int, n)
	for k := range numbers {
		numbers[k] = k + 1
	}
	return numbers
}

// dec is a decimal constant of a table.
func dec(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic("prom: table holds " + s)
	}
	return r
}

func whole(n int64) *big.Rat { return big.NewRat(n, 1) }

const score = "{score}" // UCUM annotation for points
