package terminologyserver

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/mapping/coverage"
)

func TestValidateTellsASlipFromAGap(t *testing.T) {
	tally := coverage.NewTally(nil)
	for _, code := range []string{kind, "slip", root} {
		tally.AddListed(snomed, code, "", 1)
	}
	report := tally.Report()
	if err := Validate(t.Context(), connect(t, knowing(map[string][]string{kind: nil}), client.Options{}), report); err != nil {
		t.Fatal(err)
	}
	want := map[string]*coverage.Known{kind: {Valid: true, Display: "Kind " + kind}, "slip": {Valid: false}, root: nil}
	for _, c := range report.Codes {
		switch w := want[c.Code]; {
		case (w == nil) != (c.Server == nil):
			t.Errorf("%s: %v, want %v", c.Code, c.Server, w)
		case w != nil && *w != *c.Server:
			t.Errorf("%s: %v, want %v", c.Code, *c.Server, *w)
		}
	}
}
