package fhir

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDecimalRat(t *testing.T) {
	for text, want := range map[Decimal]string{
		"0": "0/1", "-0.0": "0/1", "7.10": "71/10", "1.0E-3": "1/1000", "6e+2": "600/1", "0.1": "1/10",
		"123456789012345678901234567890": "123456789012345678901234567890/1",
	} {
		if got, err := text.Rat(); err != nil || got.String() != want {
			t.Errorf("%s: got %v, %v, want %s", text, got, err, want)
		}
	}
}

func TestDecimalRatRefuses(t *testing.T) {
	for _, text := range []Decimal{"", "x", "1/2", "0x10", "1_000", "1e999999999", "1e-999999999", "1e", "NaN", "Inf", Decimal(strings.Repeat("9", 500))} {
		if got, err := text.Rat(); err == nil {
			t.Errorf("%.20q was read as %.20v", string(text), got)
		}
	}
}

func TestDecimalRatIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,20})\.[0-9]{1,20}`).Draw(t, "number")
		got, err := Decimal(text).Rat()
		if err != nil {
			t.Fatal(err)
		}
		_, fraction, _ := strings.Cut(text, ".")
		if back := got.FloatString(len(fraction)); back != text && "-"+back != text { // -0.0
			t.Fatalf("%s came back as %s", text, back)
		}
	})
}

func TestDecimalFromJSON(t *testing.T) {
	var d Decimal
	if err := d.UnmarshalJSON([]byte(`7.10`)); err != nil || d != "7.10" {
		t.Errorf("got %s, %v", d, err)
	}
	for _, text := range []string{``, `"7"`, `true`, `null`} {
		if err := d.UnmarshalJSON([]byte(text)); err == nil {
			t.Errorf("%s was read", text)
		}
	}
}
