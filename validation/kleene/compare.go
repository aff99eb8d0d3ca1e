package kleene

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// AtLeast compares n >= limit over the whole interval.
func AtLeast(n mapping.Number, limit *big.Rat) Truth {
	switch {
	case n.Low != nil && n.Low.Cmp(limit) >= 0:
		return True
	case n.High != nil && n.High.Cmp(limit) < 0:
		return False
	}
	return Unknown
}

// MoreThan compares n > limit over the whole interval.
func MoreThan(n mapping.Number, limit *big.Rat) Truth {
	switch {
	case n.Low != nil && n.Low.Cmp(limit) > 0:
		return True
	case n.High != nil && n.High.Cmp(limit) <= 0:
		return False
	}
	return Unknown
}

// LessThan compares n < limit over the whole interval.
func LessThan(n mapping.Number, limit *big.Rat) Truth { return Not(AtLeast(n, limit)) }

// AtMost compares n <= limit over the whole interval.
func AtMost(n mapping.Number, limit *big.Rat) Truth { return Not(MoreThan(n, limit)) }

// OnOrBefore compares a partial date with a day: true when its last possible
// day is not after the day, false when its first is.
func OnOrBefore(d mapping.Date, day mapping.Day) Truth {
	switch {
	case d.Last <= day:
		return True
	case d.First > day:
		return False
	}
	return Unknown
}

// Passed reports whether a span that began on a partial date has run full by
// day; span gives the day on which it is full, and must not decrease.
func Passed(start mapping.Date, span func(mapping.Day) mapping.Day, day mapping.Day) Truth {
	switch {
	case span(start.Last) <= day:
		return True
	case span(start.First) > day:
		return False
	}
	return Unknown
}
