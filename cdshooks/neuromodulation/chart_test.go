package neuromodulation_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// The buffer that a chart is read from is used again: nothing in the chart refers to it.
func TestAChartDoesNotReferToItsInput(t *testing.T) {
	for _, name := range []string{"fbss-geschikt", "nazorg-achterstallig", "pdn-verwijzing-psychiater"} {
		document, err := os.ReadFile(filepath.Join("..", "..", "test", "patients", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		want, err := decode.Bundle("", document, decode.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		again := append([]byte(nil), document...)
		got, err := decode.Bundle("", again, decode.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		clear(again)
		if diff := cmp.Diff(want.Resources, got.Resources); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
