package statistics

import (
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// Funnel gives the limits between which a proportion of n lies, with the coverage given
// (0.95, 0.998), when the true one is target: exact binomial limits, interpolated so that
// they fall smoothly with n (Spiegelhalter, Statistics in Medicine 2005;24:1185, A.1.1).
// The upper one mirrors the lower, so that at most half of what is not covered lies
// outside on either side.
func Funnel(n int, target, coverage float64) Interval {
	if n <= 0 || target <= 0 || target >= 1 {
		return Interval{min(max(target, 0), 1), min(max(target, 0), 1)}
	}
	tail := (1 - coverage) / 2
	return Interval{limit(n, target, tail), 1 - limit(n, 1-target, tail)}
}

// limit is the interpolated quantile p of the binomial distribution, as a proportion.
func limit(n int, target, p float64) float64 {
	b := distuv.Binomial{N: float64(n), P: target}
	r := sort.Search(n, func(k int) bool { return b.CDF(float64(k)) >= p }) // the least r with P(X <= r) >= p
	at, below := b.CDF(float64(r)), b.CDF(float64(r-1))
	share := 0.0
	if at > below {
		share = (at - p) / (at - below)
	}
	return min(max((float64(r)-share)/float64(n), 0), 1)
}
