package statistics_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/registry/centre/statistics"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// The examples are those of Newcombe, Statistics in Medicine 1998;17:857, table I
// (method 5, Clopper-Pearson).
func TestProportionOfPublishedExamples(t *testing.T) {
	for _, test := range []struct {
		events, n int
		low, high float64
	}{
		{81, 263, 0.2527, 0.3676}, {15, 148, 0.0578, 0.1617}, {0, 20, 0, 0.1684}, {1, 29, 0.0009, 0.1776}, {29, 29, 0.8806, 1},
	} {
		got := statistics.Proportion(test.events, test.n)
		near(t, "low", got.Low, test.low, 0.00005)
		near(t, "high", got.High, test.high, 0.00005)
	}
}

func TestProportionOfNoneSaysNothing(t *testing.T) {
	if got := statistics.Proportion(0, 0); got != (statistics.Interval{Low: 0, High: 1}) {
		t.Error(got)
	}
}

// The limits are those of a table of exact Poisson limits (Garwood 1936; Ulm, American
// Journal of Epidemiology 1990;131:373): 10 events 4.795 to 18.390.
func TestRateOfPublishedExamples(t *testing.T) {
	for _, test := range []struct {
		events    int
		low, high float64
	}{{0, 0, 3.6889}, {1, 0.0253, 5.5716}, {10, 4.7954, 18.3904}, {50, 37.1110, 65.9188}} {
		got := statistics.Rate(test.events, 2)
		near(t, "low", 2*got.Low, test.low, 0.0001)
		near(t, "high", 2*got.High, test.high, 0.0001)
	}
}

// The remission times of the 21 patients on 6-mercaptopurine of Freireich (Blood
// 1963;21:699), the worked example of every book on survival; the standard errors by
// Greenwood are 0.0764, 0.1107 and 0.1346 at 6, 10 and 22 weeks.
func TestSurvivalOfPublishedExample(t *testing.T) {
	var s statistics.Survival
	for _, week := range []int{6, 6, 6, 7, 10, 13, 16, 22, 23} {
		s.Add(week, true)
	}
	for _, week := range []int{6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35} {
		s.Add(week, false)
	}
	steps := s.Steps()
	for _, want := range []struct {
		week, atRisk, events int
		survival, low, high  float64
	}{
		{6, 21, 3, 0.8571, 0.6197, 0.9516}, {7, 17, 1, 0.8067, 0.5631, 0.9228}, {10, 15, 1, 0.7529, 0.5032, 0.8894}, {13, 12, 1, 0.6902, 0.4316, 0.8491},
		{16, 11, 1, 0.6275, 0.3675, 0.8049}, {22, 7, 1, 0.5378, 0.2678, 0.7468}, {23, 6, 1, 0.4482, 0.1881, 0.6801},
	} {
		got := statistics.At(steps, want.week)
		if got.Day != want.week || got.AtRisk != want.atRisk || got.Events != want.events {
			t.Errorf("%+v, want %+v", got, want)
		}
		near(t, "survival", got.Survival, want.survival, 0.00005)
		near(t, "low", got.Low, want.low, 0.00006)
		near(t, "high", got.High, want.high, 0.00006)
	}
	if last := statistics.At(steps, 400); last.Day != 23 || last.Censored != 5 {
		t.Errorf("last step %+v", last)
	}
	if first := statistics.At(steps, 3); first.Survival != 1 || first.AtRisk != 21 {
		t.Errorf("first step %+v", first)
	}
}

func TestSurvivalKeepsEverybody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s statistics.Survival
		n := rapid.IntRange(0, 40).Draw(t, "n")
		for range n {
			s.Add(rapid.IntRange(0, 12).Draw(t, "days"), rapid.Bool().Draw(t, "event"))
		}
		steps := s.Steps()
		followed, before := 0, 1.0
		for _, step := range steps {
			followed += step.Events + step.Censored
			if step.Survival > before || step.Low > step.Survival+1e-12 || step.High < step.Survival-1e-12 || math.IsNaN(step.Low+step.High) {
				t.Errorf("%+v after %v", step, before)
			}
			before = step.Survival
		}
		if followed != n || steps[0].AtRisk != n {
			t.Errorf("%d of %d", followed, n)
		}
	})
}

// The limits are exact: at most their tail lies outside, on both sides.
func TestFunnelLeavesTheTailOutside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 300).Draw(t, "n")
		p := rapid.Float64Range(0.01, 0.99).Draw(t, "p")
		limits := statistics.Funnel(n, p, 0.95)
		below, above := 0.0, 0.0
		for k := range n + 1 {
			lg := func(x float64) float64 { v, _ := math.Lgamma(x + 1); return v }
			mass := math.Exp(lg(float64(n)) - lg(float64(k)) - lg(float64(n-k)) + float64(k)*math.Log(p) + float64(n-k)*math.Log(1-p))
			if rate := float64(k) / float64(n); rate < limits.Low-1e-9 {
				below += mass
			} else if rate > limits.High+1e-9 {
				above += mass
			}
		}
		if below > 0.025+1e-9 || above > 0.025+1e-9 || limits.Low > limits.High {
			t.Errorf("n %d, target %v: %+v leave %v and %v", n, p, limits, below, above)
		}
		if wide := statistics.Funnel(n, p, 0.998); wide.Low > limits.Low || wide.High < limits.High {
			t.Errorf("%+v is not within %+v", limits, wide)
		}
	})
}

func TestQuartiles(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   statistics.Quartiles
	}{
		{[]float64{4, 1, 3, 2}, statistics.Quartiles{Low: 1.5, Median: 2.5, High: 3.5}},
		{[]float64{3, 1, 2}, statistics.Quartiles{Low: 1, Median: 2, High: 3}},
		{[]float64{7}, statistics.Quartiles{Low: 7, Median: 7, High: 7}},
	} {
		if got, ok := statistics.QuartilesOf(test.values); !ok || got != test.want {
			t.Errorf("%v: %+v, want %+v", test.values, got, test.want)
		}
	}
	if _, ok := statistics.QuartilesOf(nil); ok {
		t.Error("quartiles of nothing")
	}
}

// Student's own sleep data (Biometrika 1908;6:1), the extra hours by the second drug:
// mean 2.33, deviation 2.002, interval 0.90 to 3.76.
func TestMeanOfPublishedExample(t *testing.T) {
	var m statistics.Moments
	for _, hours := range []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4} {
		m.Add(hours)
	}
	near(t, "mean", m.Mean, 2.33, 1e-9)
	near(t, "deviation", m.Deviation(), 2.002249, 1e-6)
	got, ok := statistics.Mean(m.Mean, m.Deviation(), m.N)
	if !ok {
		t.Fatal("no interval")
	}
	near(t, "low", got.Low, 0.8976775, 1e-6)
	near(t, "high", got.High, 3.7623225, 1e-6)
	if _, ok := statistics.Mean(1, 0, 1); ok {
		t.Error("interval of one value")
	}
}
