package prom

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strconv"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// reading is what a response, or several together, says on one instrument.
type reading struct {
	instrument *Instrument
	responses  []*fhir.QuestionnaireResponse
	day        mapping.Date
	cells      []cell // one per item of the instrument
	stored     map[string]*stored
	refused    string // why nothing in it may be scored
}

// cell is the answer to one item: a value, a reason why there is none, or
// neither when it is absent.
type cell struct {
	value    *big.Rat
	reason   string
	asked    bool // the item stands in the response, or the form is declared to ask it
	filled   bool // an answer was given, whatever it says
	flags    []string
	evidence []mapping.Evidence
}

// statuses says of each status of a response why it may not be scored; empty
// where it may.
var statuses = map[string]string{
	"completed": "", "amended": "",
	"in-progress":      "the response is still in progress",
	"stopped":          "the response was stopped before it was complete",
	"entered-in-error": "the response was entered in error",
}

// read takes a response apart into readings, in the order of Instruments, and
// what could not be recognised.
func (s *scorer) read(response *fhir.QuestionnaireResponse) ([]*reading, []Unrecognised) {
	f := s.formOf(response)
	b := readingBuilder{scorer: s, form: &f, response: response, readings: make(map[*Instrument]*reading)}
	if f.own != nil {
		b.reading(f.own)
	}
	if f.declared != nil {
		for linkID := range f.declared.Items {
			if p, ok := places[f.declared.Items[linkID]]; ok {
				r := b.reading(p.instrument)
				if p.item >= 0 {
					r.cells[p.item].asked = true
				}
			}
		}
	}
	b.walk(response.Item)

	var readings []*reading
	for _, i := range Instruments {
		if r := b.readings[i]; r != nil {
			r.dropUncommented()
			readings = append(readings, r)
		}
	}
	switch {
	case len(readings) == 0:
		return nil, []Unrecognised{b.unrecognised("no map, code or registered text declares what this Questionnaire asks")}
	case len(b.unknown) > 0:
		return readings, []Unrecognised{b.unrecognised("items that belong to no instrument")}
	}
	return readings, nil
}

type readingBuilder struct {
	*scorer
	form     *form
	response *fhir.QuestionnaireResponse
	readings map[*Instrument]*reading
	unknown  []string
}

func (b *readingBuilder) unrecognised(reason string) Unrecognised {
	return Unrecognised{fhir.Name(b.response), b.form.canonical, append([]string{}, b.unknown...), reason}
}

func (b *readingBuilder) reading(i *Instrument) *reading {
	r := b.readings[i]
	if r == nil {
		day, _ := mapping.DateOf(b.response.Authored)
		r = &reading{
			instrument: i, responses: []*fhir.QuestionnaireResponse{b.response}, day: day,
			cells: make([]cell, len(i.Items)), stored: make(map[string]*stored),
		}
		reason, known := statuses[b.response.Status]
		if !known {
			reason = "the status of the response is missing or unknown"
		}
		r.refused = reason
		b.readings[i] = r
	}
	return r
}

// walk reads items, those in groups and those under answers.
func (b *readingBuilder) walk(items []fhir.ResponseItem) {
	for k := range items {
		item := &items[k]
		b.item(item)
		b.walk(item.Item)
		for a := range item.Answer {
			b.walk(item.Answer[a].Item)
		}
	}
}

func (b *readingBuilder) item(item *fhir.ResponseItem) {
	what, ok := b.find(b.form, item)
	if !ok {
		for a := range item.Answer {
			if describe(&item.Answer[a]).path != "" {
				b.unknown = append(b.unknown, item.LinkID)
				break
			}
		}
		return
	}
	r := b.reading(what.instrument)
	if what.item < 0 {
		for a := range item.Answer {
			r.keep(what.scale, &item.Answer[a])
		}
		return
	}
	b.checkOptions(r, what, b.form.items[item.LinkID])
	c := &r.cells[what.item]
	c.asked = true
	for a := range item.Answer {
		m := b.interpret(b.form, what, item.LinkID, &item.Answer[a])
		if m.path == "" {
			continue
		}
		c.filled = true
		c.take(m)
		c.evidence = append(c.evidence, mapping.Evidence{
			Resource: fhir.Name(b.response), Path: "item[" + item.LinkID + "].answer[" + strconv.Itoa(a) + "]." + m.path,
			Value: m.literal, Date: b.response.Authored.Text, Via: what.via + " -> " + what.instrument.Items[what.item].ID,
		})
	}
}

// take adds one more answer to the item. The same value twice is one answer;
// two values contradict each other.
func (c *cell) take(m meaning) {
	if m.flag != "" && !slices.Contains(c.flags, m.flag) {
		c.flags = append(c.flags, m.flag)
	}
	switch {
	case c.reason != "":
	case m.reason != "":
		c.value, c.reason = nil, m.reason
	case m.value == nil:
	case c.value != nil && c.value.Cmp(m.value) != 0:
		c.value, c.reason = nil, "answered more than once, differently"
	default:
		c.value = m.value
	}
}

// checkOptions holds the number of options of the Questionnaire at hand against
// the version of the instrument.
func (b *readingBuilder) checkOptions(r *reading, what found, question *fhir.QuestionnaireItem) {
	if !what.instrument.VersionByOptions || question == nil || len(question.AnswerOption) == 0 || r.refused != "" {
		return
	}
	counts := make(map[string]int64) // by type: a form may list its options in more than one
	for k := range question.AnswerOption {
		option := fhir.Answer{Value: question.AnswerOption[k].Value}
		if !b.notApplicable(b.form, &option, keysOf(&option)) {
			counts[describe(&option).path]++
		}
	}
	item := &what.instrument.Items[what.item]
	if slices.Max(append(slices.Collect(maps.Values(counts)), 0)) != item.Max-item.Min+1 {
		r.refused = item.ID + ": the number of its answer options is that of another version of the instrument"
	}
}

// dropUncommented takes an answer away that does not count without words, where
// the form asks for them and they are absent.
func (r *reading) dropUncommented() {
	for k := range r.instrument.Items {
		comment := r.instrument.Items[k].Comment
		if comment == "" {
			continue
		}
		if words := &r.cells[r.instrument.item(comment)]; words.asked && !words.filled {
			r.cells[k].value = nil
		}
	}
}

// superseding reports whether a later version of response k is among them: a
// higher version or later update, or, where these do not tell, a status that
// comes after.
func superseding(responses []*fhir.QuestionnaireResponse, k int) bool {
	r := responses[k]
	if r.ID == "" {
		return false
	}
	for other, o := range responses {
		if other == k || o.ID != r.ID {
			continue
		}
		c := laterVersion(o, r)
		if c > 0 || c == 0 && other > k {
			return true
		}
	}
	return false
}

var statusOrder = []string{"in-progress", "stopped", "completed", "amended", "entered-in-error"}

func laterVersion(a, b *fhir.QuestionnaireResponse) int {
	if x, y := a.Meta.LastUpdated, b.Meta.LastUpdated; x.Precision == fhir.Second && y.Precision == fhir.Second {
		if c := x.Time.Compare(y.Time); c != 0 {
			return c
		}
	}
	x, okX := numeral(a.Meta.VersionID)
	y, okY := numeral(b.Meta.VersionID)
	if okX && okY {
		if c := x.Cmp(y); c != 0 {
			return c
		}
	}
	return cmp.Compare(slices.Index(statusOrder, a.Status), slices.Index(statusOrder, b.Status))
}
