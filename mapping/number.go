package mapping

import (
	"encoding/json"
	"math/big"
	"strings"
)

// Number is an exact number known up to an interval, both ends included. A nil
// end is open; the zero value says nothing at all. Rationals, not floats: a
// mean of readings must fall on the right side of a threshold without rounding.
type Number struct {
	Low, High *big.Rat
}

// Exactly is the number r.
func Exactly(r *big.Rat) Number { return Number{Low: r, High: r} }

// Int is the number n.
func Int(n int64) Number { return Exactly(big.NewRat(n, 1)) }

// IsExact reports whether the interval is one point.
func (n Number) IsExact() bool {
	return n.Low != nil && n.High != nil && n.Low.Cmp(n.High) == 0
}

// Equal reports whether both are the same interval.
func (n Number) Equal(m Number) bool { return sameRat(n.Low, m.Low) && sameRat(n.High, m.High) }

func sameRat(a, b *big.Rat) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a == b || a.Cmp(b) == 0
}

// String is the number in at most ten decimals, or "low..high".
func (n Number) String() string {
	if n.IsExact() {
		return FormatRat(n.Low)
	}
	return end(n.Low) + ".." + end(n.High)
}

func end(r *big.Rat) string {
	if r == nil {
		return ""
	}
	return FormatRat(r)
}

// FormatRat writes r in at most ten decimals, without trailing zeros.
func FormatRat(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	return strings.TrimRight(strings.TrimRight(r.FloatString(10), "0"), ".")
}

// MarshalJSON writes a number, or an object with min and max.
func (n Number) MarshalJSON() ([]byte, error) {
	if n.IsExact() {
		return []byte(FormatRat(n.Low)), nil
	}
	type bounds struct {
		Min json.Number `json:"min,omitempty"`
		Max json.Number `json:"max,omitempty"`
	}
	return json.Marshal(bounds{json.Number(end(n.Low)), json.Number(end(n.High))})
}
