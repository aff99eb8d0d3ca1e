package statistics

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Level is the confidence of the intervals.
const Level = 0.95

// Interval is an interval, both ends included.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Proportion gives the exact interval of a proportion of events among n, by Clopper and
// Pearson (Biometrika 1934;26:404). Of none at all it is 0 to 1.
func Proportion(events, n int) Interval {
	const tail = (1 - Level) / 2
	k, rest := float64(events), float64(n-events)
	interval := Interval{0, 1}
	if events > 0 {
		interval.Low = distuv.Beta{Alpha: k, Beta: rest + 1}.Quantile(tail)
	}
	if events < n {
		interval.High = distuv.Beta{Alpha: k + 1, Beta: rest}.Quantile(1 - tail)
	}
	return interval
}

// Rate gives the exact interval of a number of events per unit of exposure, by the
// Poisson distribution (Garwood, Biometrika 1936;28:437). Exposure must be more than 0.
func Rate(events int, exposure float64) Interval {
	const tail = (1 - Level) / 2
	interval := Interval{}
	if events > 0 {
		interval.Low = distuv.ChiSquared{K: 2 * float64(events)}.Quantile(tail) / 2 / exposure
	}
	interval.High = distuv.ChiSquared{K: 2*float64(events) + 2}.Quantile(1-tail) / 2 / exposure
	return interval
}

// Mean gives the interval of a mean by Student's t; false below two values.
func Mean(mean, deviation float64, n int) (Interval, bool) {
	if n < 2 {
		return Interval{}, false
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(n - 1)}.Quantile(1 - (1-Level)/2)
	half := t * deviation / math.Sqrt(float64(n))
	return Interval{mean - half, mean + half}, true
}
