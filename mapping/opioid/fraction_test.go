package opioid

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// anyFraction draws numbers on both sides of what two small integers hold.
func anyFraction(t *rapid.T, label string) *big.Rat {
	part := rapid.OneOf(rapid.Int64Range(1, 1000), rapid.Int64Range(small-2, small+2), rapid.Int64Min(1))
	return big.NewRat(part.Draw(t, label+" numerator"), part.Draw(t, label+" denominator"))
}

func TestFractionsReckonAsBigRationalsDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := anyFraction(t, "x"), anyFraction(t, "y")
		a, b := fractionOf(x), fractionOf(y)
		for name, c := range map[string]struct {
			got  fraction
			want *big.Rat
		}{
			"x":     {a, x},
			"x + y": {a.plus(b), new(big.Rat).Add(x, y)},
			"x * y": {a.times(b), new(big.Rat).Mul(x, y)},
			"x / y": {a.over(b), new(big.Rat).Quo(x, y)},
			"0 + y": {fraction{}.plus(b), y},
			"0 * y": {fraction{}.times(b), new(big.Rat)},
		} {
			if c.got.rat().Cmp(c.want) != 0 {
				t.Fatalf("%s is %s, want %s", name, c.got.rat(), c.want)
			}
			if c.got.sign() != c.want.Sign() || c.got.cmp(a) != c.want.Cmp(x) {
				t.Fatalf("%s: sign %d, compared to x %d", name, c.got.sign(), c.got.cmp(a))
			}
		}
	})
}

func TestDecimal(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "12": "12", "12.50": "25/2", "0.000024": "3/125000", "007": "7", "999999999": "999999999",
		"": "", ".5": "", "5.": "", ".": "", "1.2.3": "", "-1": "", "1e3": "", "1234567890": "", "x": "",
	} {
		got := ""
		if f, ok := decimal(text); ok {
			got = f.rat().RatString()
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
