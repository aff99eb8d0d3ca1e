package opioid

import "github.com/pijnpoort/pijnpoort/mapping"

// interval is a closed interval of numbers that are not negative.
type interval struct{ low, high fraction }

func exactly(f fraction) interval { return interval{f, f} }

// number is the interval as others know it.
func (a interval) number() mapping.Number {
	low := a.low.rat()
	if a.isPoint() {
		return mapping.Exactly(low)
	}
	return mapping.Number{Low: low, High: a.high.rat()}
}

// String is the interval for people, as of a mapping.Number.
func (a interval) String() string {
	if a.isPoint() {
		return a.low.String()
	}
	return a.low.String() + ".." + a.high.String()
}

func (a interval) isPoint() bool { return a.low.cmp(a.high) == 0 }

func (a interval) equal(b interval) bool { return a.low.cmp(b.low) == 0 && a.high.cmp(b.high) == 0 }

func plus(a, b interval) interval { return interval{a.low.plus(b.low), a.high.plus(b.high)} }

func times(a, b interval) interval { return interval{a.low.times(b.low), a.high.times(b.high)} }

// over divides a by b, of which neither end is zero.
func over(a, b interval) interval { return interval{a.low.over(b.high), a.high.over(b.low)} }

// hull is the smallest interval around both.
func hull(a, b interval) interval { return interval{least(a.low, b.low), most(a.high, b.high)} }

// capped is a where neither end exceeds the highest value of the limit.
func capped(a, limit interval) interval {
	return interval{least(a.low, limit.high), least(a.high, limit.high)}
}

// upTo is a where it may also be nothing at all.
func upTo(a interval) interval { return interval{high: a.high} }

func least(a, b fraction) fraction {
	if a.cmp(b) <= 0 {
		return a
	}
	return b
}

func most(a, b fraction) fraction {
	if a.cmp(b) >= 0 {
		return a
	}
	return b
}
