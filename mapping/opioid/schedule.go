package opioid

import (
	"errors"
	"math"
	"math/big"
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

var (
	errSteps  = errors.New("the steps of the dosage have no dates, so the one of the day is not known")
	errBounds = errors.New("how long the dosage lasts cannot be read")
)

// Days without a bound.
const (
	always = mapping.Day(math.MinInt32)
	never  = mapping.Day(math.MaxInt32)
)

// window is a stretch of days of which either end may lie anywhere in a stretch itself.
type window struct {
	start, end edge
}

type edge struct {
	first, last mapping.Day
}

// standing is whether something holds on a day.
type standing uint8

const (
	no standing = iota
	maybe
	yes
)

var openStart, openEnd = edge{always, always}, edge{never, never}

func (w window) on(day mapping.Day) standing {
	switch {
	case day < w.start.first || day > w.end.last:
		return no
	case day >= w.start.last && day <= w.end.first:
		return yes
	}
	return maybe
}

// windowOf is a period; an absent side is open.
func windowOf(p *fhir.Period) window {
	w := window{openStart, openEnd}
	if p == nil {
		return w
	}
	if d, ok := mapping.DateOf(p.Start); ok {
		w.start = edge{d.First, d.Last}
	}
	if d, ok := mapping.DateOf(p.End); ok {
		w.end = edge{d.First, d.Last}
	}
	return w
}

// stage is the dosages of one sequence number, which hold together.
type stage struct {
	items  []int // positions in the list of dosages
	bounds []window
	timed  bool // a bound is a duration, counted from the start
}

// stages puts the dosages in order and says when each holds, counting durations
// from when the whole began. Dosages without sequence numbers are one stage. The
// first stage has no start of its own: the resource says whether it is in use.
func stages(dosages []fhir.Dosage, begun edge) ([]stage, error) {
	groups, err := bySequence(dosages)
	if err != nil {
		return nil, err
	}
	start := openStart
	for i := range groups {
		g := &groups[i]
		next := edge{always, always}
		for _, item := range g.items {
			w, timed, err := bound(dosages[item].Timing, start, begun)
			if err != nil {
				return nil, err
			}
			if i+1 < len(groups) && w.end == openEnd {
				// Open until the next step begins, if that says when.
				begin, ok := beginning(dosages, groups[i+1].items)
				if !ok {
					return nil, errSteps
				}
				w.end = edge{shifted(begin.first, -1), shifted(begin.last, -1)}
			}
			g.bounds = append(g.bounds, w)
			g.timed = g.timed || timed
			next = edge{max(next.first, shifted(w.end.first, 1)), max(next.last, shifted(w.end.last, 1))}
		}
		start, begun = next, next
	}
	return groups, nil
}

func bySequence(dosages []fhir.Dosage) ([]stage, error) {
	order := make([]int, len(dosages))
	number := make([]fraction, len(dosages))
	numbered := 0
	for i := range dosages {
		order[i] = i
		if dosages[i].Sequence != "" {
			n, err := numberOf(dosages[i].Sequence)
			if err != nil {
				return nil, errSteps
			}
			number[i] = n
			numbered++
		}
	}
	if numbered != 0 && numbered != len(dosages) {
		return nil, errSteps
	}
	slices.SortStableFunc(order, func(a, b int) int { return number[a].cmp(number[b]) })
	var groups []stage
	for i, item := range order {
		if i == 0 || number[item].cmp(number[order[i-1]]) != 0 {
			groups = append(groups, stage{})
		}
		g := &groups[len(groups)-1]
		g.items = append(g.items, item)
	}
	return groups, nil
}

// beginning is the start that the dosages of a step state.
func beginning(dosages []fhir.Dosage, items []int) (edge, bool) {
	for _, item := range items {
		if t := dosages[item].Timing; t != nil && t.Repeat != nil && t.Repeat.BoundsPeriod != nil {
			if w := windowOf(t.Repeat.BoundsPeriod); w.start != openStart {
				return w.start, true
			}
		}
	}
	return edge{}, false
}

// bound is when a dosage holds; timed when its end is counted by a duration.
func bound(t *fhir.Timing, start, begun edge) (w window, timed bool, err error) {
	w = window{start, openEnd}
	if t == nil || t.Repeat == nil {
		return w, false, nil
	}
	var m measure
	switch r := t.Repeat; {
	case r.BoundsPeriod != nil:
		w = windowOf(r.BoundsPeriod)
		if w.start == openStart {
			w.start = start
		}
		return w, false, nil
	case r.BoundsDuration != nil && r.BoundsDuration.Value != "":
		m, err = measured(r.BoundsDuration)
	case r.BoundsRange != nil:
		m, err = measuredRange(r.BoundsRange)
	default:
		return w, false, nil
	}
	if err != nil || m.of != time || m.per != none {
		return w, false, errBounds
	}
	w.end = edge{
		shifted(begun.first, wholeDays(m.amount.low, false)-1),
		shifted(begun.last, wholeDays(m.amount.high, true)-1),
	}
	return w, true, nil
}

// wholeDays turns hours into days, up or down, at most some thousands of years.
func wholeDays(hours fraction, up bool) int64 {
	const most = 1 << 20
	days := hours.over(whole(24)).rat()
	n, rest := new(big.Int).QuoRem(days.Num(), days.Denom(), new(big.Int))
	if up && rest.Sign() > 0 {
		n.Add(n, big.NewInt(1))
	}
	if !n.IsInt64() || n.Int64() > most {
		return most
	}
	return n.Int64()
}

// shifted adds days; no bound stays no bound.
func shifted(d mapping.Day, days int64) mapping.Day {
	if d == always || d == never {
		return d
	}
	return mapping.Day(min(max(int64(d)+days, int64(always)+1), int64(never)-1))
}
