package epd

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/fhir"
)

func TestSumIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s sum
		plain := new(big.Rat)
		n := rapid.IntRange(1, 20).Draw(t, "n")
		for range n {
			r := big.NewRat(rapid.Int64().Draw(t, "numerator")>>rapid.IntRange(0, 63).Draw(t, "shift"),
				rapid.SampledFrom([]int64{1, 2, 3, 7, 10, 100, 1_000_000, 10_000_000}).Draw(t, "denominator"))
			s.add(r)
			plain.Add(plain, r)
		}
		if got, want := s.over(n), plain.Quo(plain, big.NewRat(int64(n), 1)); got.Cmp(want) != 0 {
			t.Fatalf("got %s, want %s", got, want)
		}
	})
}

func TestRatReadsWhatTheGeneralWayReads(t *testing.T) {
	for _, s := range []string{"0", "7", "-7", "7.10", "0.000", "-0.5", "149.9997", "1e2", "1E-2", "123456789012345678901234567890", "0.1234567890123456789"} {
		quick, ok := rat(fhir.Decimal(s))
		slow, slowOK := general(fhir.Decimal(s))
		if !ok || !slowOK || quick.Cmp(slow) != 0 {
			t.Errorf("%s: %v, %v", s, quick, slow)
		}
	}
	for _, s := range []string{"", "-", "x", "1.2.3", "1/2", "0x10"} {
		if r, ok := rat(fhir.Decimal(s)); ok {
			t.Errorf("%q read as %s", s, r)
		}
	}
}
