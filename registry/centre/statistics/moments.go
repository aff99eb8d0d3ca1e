package statistics

import "math"

// Moments are the number, mean and deviation of values taken in one by one (Welford,
// Technometrics 1962;4:419). The zero value has taken in none.
type Moments struct {
	N          int
	Mean       float64
	deviations float64 // sum of the squared deviations from the mean
}

// Add takes a value in.
func (m *Moments) Add(value float64) {
	m.N++
	d := value - m.Mean
	m.Mean += d / float64(m.N)
	m.deviations += d * (value - m.Mean)
}

// Deviation is the standard deviation of the sample; 0 below two values.
func (m *Moments) Deviation() float64 {
	if m.N < 2 {
		return 0
	}
	return math.Sqrt(m.deviations / float64(m.N-1))
}
