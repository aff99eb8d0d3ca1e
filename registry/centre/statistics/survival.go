package statistics

import (
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Survival is the estimate of Kaplan and Meier (JASA 1958;53:457) of the share that has
// not had an event, by the days since the start. The zero value has followed nobody. It
// holds two numbers for each different day, however many are followed.
type Survival struct {
	events, censored map[int]int
}

// Step is the state from a day on, until the day of the next step.
type Step struct {
	Day      int     `json:"day"`
	AtRisk   int     `json:"atRisk"`   // just before the day
	Events   int     `json:"events"`   // on the day
	Censored int     `json:"censored"` // on the day, after its events, and before the next step
	Survival float64 `json:"survival"`
	Interval
}

// Add follows one for a number of days, up to an event or to the end of what is known.
func (s *Survival) Add(days int, event bool) {
	if s.events == nil {
		s.events, s.censored = map[int]int{}, map[int]int{}
	}
	if event {
		s.events[days]++
	} else {
		s.censored[days]++
	}
}

// Steps are a first one on day 0 and one for each day with events. The interval is that of
// log(-log), from the variance of Greenwood, so that it stays between 0 and 1.
func (s *Survival) Steps() []Step {
	atRisk := 0
	days := map[int]bool{0: true}
	for day, n := range s.events {
		atRisk += n
		days[day] = true
	}
	for day, n := range s.censored {
		atRisk += n
		days[day] = true
	}
	survival, greenwood := 1.0, 0.0
	steps := []Step{{AtRisk: atRisk, Survival: 1, Interval: Interval{1, 1}}}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		if events := s.events[day]; events > 0 {
			n, d := float64(atRisk), float64(events)
			survival *= (n - d) / n
			greenwood += d / (n * (n - d)) // infinite once all are gone
			step := Step{day, atRisk, events, 0, survival, logLog(survival, greenwood)}
			if day == 0 {
				steps[0] = step
			} else {
				steps = append(steps, step)
			}
		}
		steps[len(steps)-1].Censored += s.censored[day]
		atRisk -= s.events[day] + s.censored[day]
	}
	return steps
}

// At is the step in which a day falls.
func At(steps []Step, day int) Step {
	i, exact := slices.BinarySearchFunc(steps, day, func(s Step, day int) int { return s.Day - day })
	if !exact {
		i--
	}
	return steps[i]
}

// normal is the quantile of the normal distribution that the interval takes.
var normal = distuv.UnitNormal.Quantile(1 - (1-Level)/2)

// logLog is the interval of a survival by its variance over its square. Where all have
// had the event there is none to compute, and it is 0 to 0.
func logLog(survival, greenwood float64) Interval {
	switch survival {
	case 1:
		return Interval{1, 1}
	case 0:
		return Interval{0, 0}
	}
	width := normal * math.Sqrt(greenwood) / math.Abs(math.Log(survival))
	return Interval{math.Pow(survival, math.Exp(width)), math.Pow(survival, math.Exp(-width))}
}
