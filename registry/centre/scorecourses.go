package centre

import (
	"maps"
	"math/big"
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/registry/centre/statistics"
)

// courseKey is a score in an indication ("" is all).
type courseKey struct {
	scale      *prom.Scale
	indication string
}

// courseCount is what is known at a moment.
type courseCount struct {
	reached         int
	values, changes statistics.Moments
	differences     []DifferenceCount
}

// scoreCourses follow the scores of all patients along the moments.
type scoreCourses map[courseKey]map[string]*courseCount

func (c scoreCourses) add(h *history) {
	s := h.first()
	if s == nil {
		return
	}
	indication := h.indicationOf(s.placed)
	lines := h.courses()
	moments := h.moments()
	for i := range lines {
		l := &lines[i]
		for _, key := range []courseKey{{l.Scale, ""}, {l.Scale, indication}} {
			for k := range l.Points {
				if l.Points[k].Phase == "trial" {
					c.at(key, "trial").take(l.Scale, &l.Points[k])
				}
			}
			for _, m := range moments {
				p := pointAt(l, m.phase)
				if m.phase == baseline && p == nil && afterwardsOnly(l.Instrument.ID) {
					continue
				}
				if p == nil && (m.gone != "" || !m.settled) {
					continue
				}
				c.at(key, m.phase).take(l.Scale, p)
			}
		}
	}
}

func (c scoreCourses) at(key courseKey, phase string) *courseCount {
	if c[key] == nil {
		c[key] = map[string]*courseCount{}
	}
	if c[key][phase] == nil {
		c[key][phase] = &courseCount{}
	}
	return c[key][phase]
}

// take takes in a moment that a patient has reached; p is nil when nothing was measured.
func (c *courseCount) take(scale *prom.Scale, p *prom.Point) {
	c.reached++
	if p == nil || p.Scored == nil || p.Scored.Value == nil {
		return
	}
	c.values.Add(float(p.Scored.Value))
	if p.Change == nil {
		return
	}
	c.changes.Add(float(p.Change))
	if c.differences == nil {
		for _, d := range scale.MCID {
			c.differences = append(c.differences, DifferenceCount{Difference: sizeOf(d), Source: d.Source})
		}
	}
	for _, judged := range p.Differences {
		for i := range c.differences {
			if d := &c.differences[i]; d.Difference == sizeOf(judged.Difference) && d.Source == judged.Difference.Source {
				d.count(judged.Outcome)
			}
		}
	}
}

func (d *DifferenceCount) count(outcome string) {
	switch outcome {
	case "improved":
		d.Improved++
	case "worsened":
		d.Worsened++
	default:
		d.Within++
	}
}

// sizeOf is a difference as "2" (points) or "30%".
func sizeOf(d prom.Difference) string {
	if d.Points != nil {
		return mapping.FormatRat(d.Points)
	}
	return mapping.FormatRat(d.Percent) + "%"
}

func float(r *big.Rat) float64 {
	f, _ := r.Float64()
	return f
}

// list gives the courses by instrument, all indications first.
func (c scoreCourses) list() []Course {
	list := []Course{}
	for _, i := range prom.Instruments {
		for k := range i.Scales {
			scale := &i.Scales[k]
			var indications []string
			for key := range c {
				if key.scale == scale {
					indications = append(indications, key.indication)
				}
			}
			slices.Sort(indications)
			for _, indication := range indications {
				course := Course{Instrument: i.ID, Scale: scale.Name, Unit: scale.Unit, Indication: indication, Better: "lower"}
				if scale.Direction == prom.HigherIsBetter {
					course.Better = "higher"
				}
				counts := c[courseKey{scale, indication}]
				for _, phase := range slices.SortedFunc(maps.Keys(counts), inPhases) {
					course.Moments = append(course.Moments, counts[phase].moment(phase))
				}
				list = append(list, course)
			}
		}
	}
	return list
}

func (c *courseCount) moment(phase string) CourseMoment {
	m := CourseMoment{Moment: phase, N: c.values.N, Missing: c.reached - c.values.N, Mean: c.values.Mean, Deviation: c.values.Deviation(),
		Changed: c.changes.N, Change: c.changes.Mean, Differences: c.differences}
	if interval, ok := statistics.Mean(c.values.Mean, c.values.Deviation(), c.values.N); ok {
		m.Interval = &interval
	}
	if interval, ok := statistics.Mean(c.changes.Mean, c.changes.Deviation(), c.changes.N); ok {
		m.ChangeInterval = &interval
	}
	return m
}

// phases are the moments that are no year, in order.
var phases = map[string]int{baseline: 1, "trial": 2, "6-months": 3}

// inPhases orders moments in time: year-10 comes after year-9.
func inPhases(a, b string) int {
	place := func(phase string) int {
		if place, ok := phases[phase]; ok {
			return place
		}
		return 4
	}
	if d := place(a) - place(b); d != 0 {
		return d
	}
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	if a < b {
		return -1
	}
	return 1
}
