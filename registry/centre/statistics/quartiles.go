package statistics

import (
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Quartiles are the median and the quartiles around it.
type Quartiles struct {
	Low    float64 `json:"q1"`
	Median float64 `json:"median"`
	High   float64 `json:"q3"`
}

// QuartilesOf gives the quartiles of values, which it sorts; false of none. Where a
// quartile falls between two values it is halfway (definition 2 of Hyndman and Fan,
// American Statistician 1996;50:361), so that the median is the usual one.
func QuartilesOf(values []float64) (Quartiles, bool) {
	if len(values) == 0 {
		return Quartiles{}, false
	}
	slices.Sort(values)
	mirrored := make([]float64, len(values))
	for i, v := range values {
		mirrored[len(values)-1-i] = -v
	}
	at := func(p float64) float64 {
		return (stat.Quantile(p, stat.Empirical, values, nil) - stat.Quantile(1-p, stat.Empirical, mirrored, nil)) / 2
	}
	return Quartiles{at(0.25), at(0.5), at(0.75)}, true
}
