package opioid

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// The arithmetic here is on closed intervals of numbers that are not negative.

func plus(a, b mapping.Number) mapping.Number {
	if point(a, b) {
		return mapping.Exactly(new(big.Rat).Add(a.Low, b.Low))
	}
	return mapping.Number{Low: new(big.Rat).Add(a.Low, b.Low), High: new(big.Rat).Add(a.High, b.High)}
}

func times(a, b mapping.Number) mapping.Number {
	if point(a, b) {
		return mapping.Exactly(new(big.Rat).Mul(a.Low, b.Low))
	}
	return mapping.Number{Low: new(big.Rat).Mul(a.Low, b.Low), High: new(big.Rat).Mul(a.High, b.High)}
}

// over divides a by b, of which neither end is zero.
func over(a, b mapping.Number) mapping.Number {
	if point(a, b) {
		return mapping.Exactly(new(big.Rat).Quo(a.Low, b.Low))
	}
	return mapping.Number{Low: new(big.Rat).Quo(a.Low, b.High), High: new(big.Rat).Quo(a.High, b.Low)}
}

// point tells cheaply that both are single numbers, as most are; then half the
// work is enough.
func point(a, b mapping.Number) bool { return a.Low == a.High && b.Low == b.High }

// hull is the smallest interval around both.
func hull(a, b mapping.Number) mapping.Number {
	return mapping.Number{Low: least(a.Low, b.Low), High: most(a.High, b.High)}
}

// capped is a where neither end exceeds the highest value of the limit.
func capped(a, limit mapping.Number) mapping.Number {
	return mapping.Number{Low: least(a.Low, limit.High), High: least(a.High, limit.High)}
}

// upTo is a where it may also be nothing at all.
func upTo(a mapping.Number) mapping.Number { return mapping.Number{Low: new(big.Rat), High: a.High} }

func least(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}

func most(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}
