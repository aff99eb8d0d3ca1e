package prom

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// Milestones are the days a course is laid along; zero where not known. Scores
// after AsOf are left out.
type Milestones struct {
	TrialStart, TrialEnd, Implant, AsOf mapping.Day
}

// windowMonths is how far before and after its due day a measurement after
// implantation still counts for that moment.
const windowMonths = 3

// Line is the course of one score.
type Line struct {
	Instrument *Instrument
	Scale      *Scale
	Points     []Point
}

// Point is one moment of a course: "baseline", "trial", "6-months", "year-1"
// and so on. Moments after implantation that are past without a measurement
// have a point without Scored.
type Point struct {
	Phase  string
	Due    mapping.Day // of a moment after implantation, else zero
	Scored *Scored
	// Change is the value less that of the baseline; nil where either is lacking.
	Change *big.Rat
	// Differences hold the change against each published difference.
	Differences []Judged
}

// Outcomes are the different outcomes of the change by the published differences; one
// where they agree, none where there is nothing to judge.
func (p *Point) Outcomes() []string {
	var list []string
	for _, d := range p.Differences {
		if !slices.Contains(list, d.Outcome) {
			list = append(list, d.Outcome)
		}
	}
	return list
}

// Judged is a change held against one published difference.
type Judged struct {
	Difference Difference
	// Outcome is "improved" or "worsened" when the change is at least the
	// difference, else "within". That the differences, found for improvement,
	// hold for worsening too is an assumption.
	Outcome string
}

// Course lays scores along the milestones, one line per score that occurs:
//   - baseline: the last one up to and including the first day of the trial, or
//     of the implantation where no trial is known;
//   - trial: the last one after that and up to the end of the trial;
//   - 6 months and each year after implantation: the one nearest to that day,
//     at most three months from it.
//
// A score that has a value goes before one that has none.
func Course(scores []Scored, m Milestones) []Line {
	var lines []Line
	for _, i := range Instruments {
		for k := range i.Scales {
			scale := &i.Scales[k]
			var own []*Scored
			for n := range scores {
				if s := &scores[n]; s.Scale == scale && s.Day.Text != "" && s.Day.Last <= m.AsOf {
					own = append(own, s)
				}
			}
			if len(own) > 0 {
				lines = append(lines, Line{i, scale, m.points(scale, own)})
			}
		}
	}
	return lines
}

func (m Milestones) points(scale *Scale, scores []*Scored) []Point {
	start := m.TrialStart
	if start == 0 {
		start = m.Implant
	}
	if start == 0 {
		return nil
	}
	var points []Point
	baseline := last(scores, func(s *Scored) bool { return s.Day.Last <= start })
	if baseline != nil {
		points = append(points, Point{Phase: "baseline", Scored: baseline})
	}
	if m.TrialStart != 0 {
		end := m.AsOf
		switch {
		case m.TrialEnd != 0:
			end = m.TrialEnd
		case m.Implant != 0:
			end = m.Implant
		}
		if s := last(scores, func(s *Scored) bool { return s.Day.First > start && s.Day.Last <= end }); s != nil {
			points = append(points, against(baseline, Point{Phase: "trial", Scored: s}))
		}
	}
	if m.Implant == 0 {
		return points
	}
	for months := 6; ; months = nextMoment(months) {
		due := m.Implant.AddMonths(months)
		s := nearest(scores, due, m.Implant.AddMonths(months-windowMonths), m.Implant.AddMonths(months+windowMonths))
		if s == nil && due > m.AsOf {
			return points
		}
		phase := "6-months"
		if months > 6 {
			phase = "year-" + strconv.Itoa(months/12)
		}
		points = append(points, against(baseline, Point{Phase: phase, Due: due, Scored: s}))
	}
}

// nextMoment is the moment after one, in months since implantation: 6, 12, 24, 36.
func nextMoment(months int) int {
	if months == 6 {
		return 12
	}
	return months + 12
}

// last is the latest score that fits, one with a value before one without.
func last(scores []*Scored, fits func(*Scored) bool) (best *Scored) {
	for _, s := range scores {
		if !fits(s) {
			continue
		}
		if best == nil || (best.Value == nil) == (s.Value == nil) && s.Day.Last >= best.Day.Last || best.Value == nil && s.Value != nil {
			best = s
		}
	}
	return best
}

// nearest is the score nearest to a day within from..to (to excluded), the
// earlier one of two at the same distance.
func nearest(scores []*Scored, due, from, to mapping.Day) (best *Scored) {
	distance := func(s *Scored) mapping.Day { return max(s.Day.First-due, due-s.Day.First) }
	for _, s := range scores {
		if s.Day.First < from || s.Day.Last >= to {
			continue
		}
		switch {
		case best == nil, best.Value == nil && s.Value != nil:
			best = s
		case best.Value != nil && s.Value == nil:
		case distance(s) < distance(best), distance(s) == distance(best) && s.Day.First < best.Day.First:
			best = s
		}
	}
	return best
}

// against fills in the change from the baseline.
func against(baseline *Scored, p Point) Point {
	if baseline == nil || baseline.Value == nil || p.Scored == nil || p.Scored.Value == nil {
		return p
	}
	p.Change = new(big.Rat).Sub(p.Scored.Value, baseline.Value)
	better := new(big.Rat).Set(p.Change)
	if p.Scored.Scale.Direction == HigherIsWorse {
		better.Neg(better)
	}
	for _, d := range p.Scored.Scale.MCID {
		size := d.Points
		if size == nil {
			if baseline.Value.Sign() == 0 {
				continue // no percentage of nothing
			}
			size = new(big.Rat).Mul(d.Percent, baseline.Value)
			size.Quo(size, whole(100))
		}
		p.Differences = append(p.Differences, Judged{d, d.judge(better, size)})
	}
	return p
}

func (d Difference) judge(better, size *big.Rat) string {
	c := new(big.Rat).Abs(better).Cmp(size)
	switch {
	case c < 0 || c == 0 && d.Exceed:
		return "within"
	case better.Sign() > 0:
		return "improved"
	}
	return "worsened"
}

// MarshalJSON writes {"instrument", "score", "unit", "points": [...]}.
func (l Line) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Instrument string  `json:"instrument"`
		Score      string  `json:"score"`
		Unit       string  `json:"unit"`
		Points     []Point `json:"points"`
	}{l.Instrument.ID, l.Scale.Name, l.Scale.Unit, append([]Point{}, l.Points...)})
}

// MarshalJSON writes a moment with its value, band, change and differences.
func (p Point) MarshalJSON() ([]byte, error) {
	out := struct {
		Phase        string       `json:"phase"`
		Due          *mapping.Day `json:"due"`
		Day          string       `json:"day"`
		Response     string       `json:"response"`
		Value        *json.Number `json:"value"`
		Band         string       `json:"band"`
		NotScoreable string       `json:"notScoreable,omitempty"`
		Change       *json.Number `json:"change"`
		Differences  []Judged     `json:"differences"`
	}{Phase: p.Phase, Change: number(p.Change), Differences: append([]Judged{}, p.Differences...)}
	if p.Due != 0 {
		out.Due = &p.Due
	}
	if s := p.Scored; s != nil {
		out.Day, out.Response, out.Value, out.NotScoreable = s.On(), s.Response(), number(s.Value), s.NotScoreable
		if s.Value != nil {
			out.Band = s.Scale.Band(s.Value)
		}
	}
	return json.Marshal(out)
}

// MarshalJSON writes {"points" or "percent", "source", "verified", "outcome"}.
func (j Judged) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Points   *json.Number `json:"points,omitempty"`
		Percent  *json.Number `json:"percent,omitempty"`
		Source   string       `json:"source"`
		Verified bool         `json:"verified"`
		Outcome  string       `json:"outcome"`
	}{number(j.Difference.Points), number(j.Difference.Percent), j.Difference.Source, j.Difference.Verified, j.Outcome})
}
