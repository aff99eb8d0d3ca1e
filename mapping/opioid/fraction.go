package opioid

import (
	"math/big"
	"strconv"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// fraction is an exact rational number; the zero value is 0. Nearly all numbers of a
// dosage fit two small integers and are reckoned with in them; the others
// in a big.Rat, at many times the cost.
type fraction struct {
	num   int64
	under int64 // the denominator less one, in lowest terms
	large *big.Rat
}

// small bounds the parts with which sums and products cannot overflow.
const small = 1 << 30

func whole(n int64) fraction { return fraction{num: n} }

// quotient is num/den; den is above zero.
func quotient(num, den int64) fraction {
	a, b := num, den
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		a = -a
	}
	return fraction{num: num / a, under: den/a - 1}
}

// fractionOf is the value of a big.Rat, which must not change afterwards.
func fractionOf(r *big.Rat) fraction {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		return fraction{num: r.Num().Int64(), under: r.Denom().Int64() - 1}
	}
	return fraction{large: r}
}

// decimal reads digits with at most one point, such as 12.50. It leaves to others
// what is longer, signed or in scientific notation.
func decimal(s string) (f fraction, ok bool) {
	if s == "" || len(s) > 9 || s[0] == '.' || s[len(s)-1] == '.' {
		return fraction{}, false
	}
	num, den, point := int64(0), int64(1), false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			num = num*10 + int64(c-'0')
			if point {
				den *= 10
			}
		case c == '.' && !point:
			point = true
		default:
			return fraction{}, false
		}
	}
	return quotient(num, den), true
}

// rat is the number as a big.Rat that others may keep.
func (a fraction) rat() *big.Rat {
	if a.large != nil {
		return a.large
	}
	if a.under == 0 {
		return new(big.Rat).SetInt64(a.num)
	}
	return big.NewRat(a.num, a.under+1)
}

// String is the number in at most ten decimals.
func (a fraction) String() string {
	if a.large == nil && a.under == 0 {
		return strconv.FormatInt(a.num, 10)
	}
	return mapping.FormatRat(a.rat())
}

func (a fraction) isSmall() bool {
	return a.large == nil && a.num > -small && a.num < small && a.under < small-1
}

func (a fraction) sign() int {
	switch {
	case a.large != nil:
		return a.large.Sign()
	case a.num > 0:
		return 1
	case a.num < 0:
		return -1
	}
	return 0
}

func (a fraction) cmp(b fraction) int {
	if a.isSmall() && b.isSmall() {
		return whole(a.num*(b.under+1) - b.num*(a.under+1)).sign()
	}
	return a.rat().Cmp(b.rat())
}

func (a fraction) plus(b fraction) fraction {
	if a.isSmall() && b.isSmall() {
		return quotient(a.num*(b.under+1)+b.num*(a.under+1), (a.under+1)*(b.under+1))
	}
	return fractionOf(new(big.Rat).Add(a.rat(), b.rat()))
}

func (a fraction) times(b fraction) fraction {
	if a.isSmall() && b.isSmall() {
		return quotient(a.num*b.num, (a.under+1)*(b.under+1))
	}
	return fractionOf(new(big.Rat).Mul(a.rat(), b.rat()))
}

// over divides by b, which is above zero.
func (a fraction) over(b fraction) fraction {
	if a.isSmall() && b.isSmall() {
		return quotient(a.num*(b.under+1), (a.under+1)*b.num)
	}
	return fractionOf(new(big.Rat).Quo(a.rat(), b.rat()))
}
