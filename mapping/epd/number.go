package epd

import (
	"cmp"
	"math/big"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

const ucum = "http://unitsofmeasure.org"

// wholes are the numbers 0 to 100, which nearly all scores are; nobody changes them.
var wholes = func() (list [101]*big.Rat) {
	for i := range list {
		list[i] = big.NewRat(int64(i), 1)
	}
	return list
}()

// rat is the exact value of a decimal, which must not be changed. Short ones,
// nearly all, are read by hand: the general way costs ten times as much.
func rat(d fhir.Decimal) (*big.Rat, bool) {
	s := string(d)
	negative := len(s) > 0 && s[0] == '-'
	if negative {
		s = s[1:]
	}
	var mantissa, denominator int64 // denominator: 0 before the decimal point
	if len(s) > 0 && len(s) < 18 {
		for i := 0; i < len(s); i++ {
			switch c := s[i]; {
			case c >= '0' && c <= '9':
				mantissa = mantissa*10 + int64(c-'0')
				denominator *= 10
			case c == '.' && denominator == 0:
				denominator = 1
			default:
				return general(d)
			}
		}
		if negative {
			mantissa = -mantissa
		}
		if denominator == 0 && mantissa >= 0 && mantissa < int64(len(wholes)) {
			return wholes[mantissa], true
		}
		if denominator == 0 {
			return new(big.Rat).SetInt64(mantissa), true
		}
		return big.NewRat(mantissa, denominator), true
	}
	return general(d)
}

func general(d fhir.Decimal) (*big.Rat, bool) {
	if d == "" {
		return nil, false
	}
	r, err := d.Rat()
	return r, err == nil
}

// spelled is a number that was sent as a string: digits, with at most one decimal point
// or, as the Dutch write it, comma. Anything else in the string may change what it means.
func spelled(s string) (*big.Rat, bool) {
	s = strings.TrimSpace(s)
	whole, fraction, decimals := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	if !digits(whole) || decimals && !digits(fraction) || len(s) > 10 {
		return nil, false
	}
	return rat(fhir.Decimal(strings.Replace(s, ",", ".", 1)))
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// unitOf is the unit of a quantity as a UCUM code, or as written where it has
// no code; a code of another system is no unit to us.
func unitOf(q *fhir.Quantity) string {
	switch {
	case q.Code == "":
		return unannotated(q.Unit)
	case q.System == "" || q.System == ucum:
		return unannotated(q.Code)
	}
	return q.System + "|" + q.Code
}

// unannotated is a UCUM unit without its annotations: {attacks}/wk counts per week, and
// {score} counts nothing (https://ucum.org/ucum, section 6).
func unannotated(unit string) string {
	for {
		open := strings.IndexByte(unit, '{')
		if open < 0 {
			return unit
		}
		length := strings.IndexByte(unit[open:], '}')
		if length < 0 {
			return unit
		}
		unit = unit[:open] + unit[open+length+1:]
	}
}

// units says, per unit we count in, what one of another unit comes to.
var units = map[string]map[string]*big.Rat{
	"":      {"": one, "1": one, "punt": one, "punten": one, "point": one, "points": one},
	"kg":    {"kg": one, "kilogram": one, "g": big.NewRat(1, 1000), "gram": big.NewRat(1, 1000), "[lb_av]": big.NewRat(45359237, 100000000)},
	"m":     {"m": one, "meter": one, "cm": big.NewRat(1, 100), "centimeter": big.NewRat(1, 100), "mm": big.NewRat(1, 1000)},
	"mm":    {"mm": one, "cm": big.NewRat(10, 1)},
	"kg/m2": {"": one, "kg/m2": one, "kg/m²": one},
	"mg/d":  {"": one, "mg/d": one, "mg/dag": one},
	"/wk":   {"": one, "/wk": one, "1/wk": one, "/d": big.NewRat(7, 1), "1/d": big.NewRat(7, 1)},
	"mo":    {"": one, "mo": one, "a": big.NewRat(12, 1), "wk": big.NewRat(7, 30), "d": big.NewRat(1, 30)},
	"d":     {"": one, "d": one, "wk": big.NewRat(7, 1), "mo": big.NewRat(30, 1)},
}

var one = big.NewRat(1, 1)

// in is the quantity counted in a unit of the table; what keeps it from being
// known is given as a reason.
func in(unit string, q *fhir.Quantity) (value *big.Rat, reason string) {
	value, ok := rat(q.Value)
	if !ok {
		return nil, "no value that can be read"
	}
	factor := units[unit][unitOf(q)]
	if factor == nil {
		if unitOf(q) == "" {
			return nil, "unit is missing"
		}
		return nil, "unit is not one for what is asked"
	}
	if factor != one {
		value = new(big.Rat).Mul(value, factor)
	}
	return value, ""
}

// compare is a.Cmp(b), which allocates, without doing so for small numbers.
func compare(a, b *big.Rat) int {
	n, d, small := parts(a)
	m, e, smallToo := parts(b)
	if small && smallToo {
		return cmp.Compare(n*e, m*d)
	}
	return a.Cmp(b)
}

// parts are numerator and denominator of a small number, whose products do not overflow.
func parts(r *big.Rat) (num, den int64, ok bool) {
	const limit = 1 << 31
	num, den = r.Num().Int64(), 1
	if !r.IsInt() { // Denom allocates for whole numbers
		den = r.Denom().Int64()
		ok = r.Denom().IsInt64() && den < limit
	} else {
		ok = true
	}
	return num, den, ok && r.Num().IsInt64() && num > -limit && num < limit
}

// narrow takes a number that follows from coded resources into a fact that may
// have been answered as well. Where one says the same as the other but more
// precisely the narrower stands, with the evidence for both; otherwise they
// contradict each other.
func (m *mapper) narrow(fact string, n mapping.Number, evidence ...mapping.Evidence) {
	f := m.record.Fact(fact)
	for i := range f.Values {
		v := &f.Values[i]
		switch {
		case within(v.Number, n):
		case within(n, v.Number):
			v.Number = n
		default:
			continue
		}
		v.Evidence = append(v.Evidence, evidence...)
		return
	}
	m.record.Add(fact, mapping.NumberValue(n, evidence...))
}

// within reports whether every value a can have, b can have too.
func within(a, b mapping.Number) bool {
	return (b.Low == nil || a.Low != nil && compare(a.Low, b.Low) >= 0) &&
		(b.High == nil || a.High != nil && compare(a.High, b.High) <= 0)
}
