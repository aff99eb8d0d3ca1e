// Package feedbackreport counts what became of cards: which advice is followed, which is
// not, and why. It reads them as lines of JSON, {"issued": ...} and {"feedback": ...}, and
// tells nothing that could be about a patient.
package feedbackreport

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

// Tally counts cards by what became of them: cards = accepted + overridden + open, and
// the reasons add up to overridden.
type Tally struct {
	Cards      int      `json:"cards"`
	Accepted   int      `json:"accepted"`
	Overridden int      `json:"overridden"`
	Open       int      `json:"open"` // without feedback: not acted on, or not told
	Reasons    []Reason `json:"reasons"`
}

// Reason is a reason for overriding, as a code; CommentOnly and NoReason are none of a
// client.
type Reason struct {
	Code  string `json:"code"`
	Cards int    `json:"cards"`
}

// The codes for cards that were overridden without a coded reason.
const (
	CommentOnly = "(comment)"
	NoReason    = "(none)"
)

// Group is the tally of the cards with something in common.
type Group struct {
	Name string `json:"name"`
	Tally
}

// Report is the cards that were sent in a period. A card counts under each of its
// criteria, so that these add up to more than the cards there are.
type Report struct {
	From string `json:"from,omitempty"` // first day; empty is from the beginning
	To   string `json:"to,omitempty"`   // last day; empty is until now
	Tally
	Services    []Group `json:"services"` // by id and hook, "id patient-view"
	Conclusions []Group `json:"conclusions"`
	Rules       []Group `json:"rules"` // by the version of the standpunt
	Criteria    []Group `json:"criteria"`
	// UnknownCards is how many cards feedback came for of which the sending is not in the
	// log, in the period by when the feedback was given.
	UnknownCards int `json:"unknownCards"`
}

// line is a line of the log.
type line struct {
	Issued   *cdshooks.Issued   `json:"issued"`
	Feedback *cdshooks.Feedback `json:"feedback"`
}

// Period is the days of a report, in UTC, both included; a zero time is open.
type Period struct{ From, To time.Time }

func (p Period) holds(t time.Time) bool {
	return (p.From.IsZero() || !t.Before(p.From)) && (p.To.IsZero() || t.Before(p.To.AddDate(0, 0, 1)))
}

// Read reads a log and counts the cards sent in a period, by the last that was told of
// each, whenever that was. A last line that is not finished is being written, and left
// out. The error names the line at fault.
func Read(log io.Reader, period Period) (*Report, error) {
	cards, last := []*cdshooks.Issued{}, map[string]*cdshooks.Feedback{}
	lines := bufio.NewReader(log)
	for number := 1; ; number++ {
		text, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		var l line
		if err := json.Unmarshal(text, &l); err != nil {
			return nil, fmt.Errorf("line %d is not one of feedback", number)
		}
		if l.Issued != nil {
			cards = append(cards, l.Issued)
		}
		if f := l.Feedback; f != nil && (last[f.Card] == nil || !f.Timestamp.Before(last[f.Card].Timestamp)) {
			last[f.Card] = f
		}
	}
	return count(cards, last, period), nil
}

// count makes the report.
func count(cards []*cdshooks.Issued, last map[string]*cdshooks.Feedback, period Period) *Report {
	r := &Report{From: day(period.From), To: day(period.To)}
	total, known := newTally(), map[string]bool{}
	services, conclusions, rules, criteria := groups{}, groups{}, groups{}, groups{}
	for _, card := range cards {
		if known[card.Card] {
			continue
		}
		known[card.Card] = true
		if !period.holds(card.At) {
			continue
		}
		feedback := last[card.Card]
		total.add(feedback)
		services.add(card.Service+" "+string(card.Hook), feedback)
		conclusions.add(card.About.Conclusion, feedback)
		rules.add(card.About.Rules, feedback)
		for _, id := range card.About.Criteria {
			criteria.add(id, feedback)
		}
	}
	for card, feedback := range last {
		if !known[card] && period.holds(feedback.Timestamp) {
			r.UnknownCards++
		}
	}
	r.Tally = total.tally()
	r.Services, r.Conclusions, r.Rules, r.Criteria = services.list(), conclusions.list(), rules.list(), criteria.list()
	return r
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// counter is a Tally being made.
type counter struct {
	Tally
	reasons map[string]int
}

func newTally() *counter { return &counter{reasons: map[string]int{}} }

// add counts a card by the last feedback on it; nil is none.
func (c *counter) add(f *cdshooks.Feedback) {
	c.Cards++
	switch {
	case f == nil:
		c.Open++
	case f.Outcome == "accepted":
		c.Accepted++
	default:
		c.Overridden++
		c.reasons[reasonOf(f)]++
	}
}

func reasonOf(f *cdshooks.Feedback) string {
	switch {
	case f.Reason != nil:
		return f.Reason.Code
	case f.Commented:
		return CommentOnly
	}
	return NoReason
}

// tally is what was counted, the most given reason first.
func (c *counter) tally() Tally {
	t := c.Tally
	t.Reasons = []Reason{}
	for _, code := range slices.Sorted(maps.Keys(c.reasons)) {
		t.Reasons = append(t.Reasons, Reason{code, c.reasons[code]})
	}
	slices.SortStableFunc(t.Reasons, func(a, b Reason) int { return b.Cards - a.Cards })
	return t
}

// groups are tallies by name.
type groups map[string]*counter

func (g groups) add(name string, f *cdshooks.Feedback) {
	if g[name] == nil {
		g[name] = newTally()
	}
	g[name].add(f)
}

// list is the groups, the most often overridden first, then the largest, then by name.
func (g groups) list() []Group {
	list := []Group{}
	for _, name := range slices.Sorted(maps.Keys(g)) {
		list = append(list, Group{name, g[name].tally()})
	}
	slices.SortStableFunc(list, func(a, b Group) int {
		return cmp.Or(b.Overridden-a.Overridden, b.Cards-a.Cards)
	})
	return list
}
