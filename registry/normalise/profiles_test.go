package normalise_test

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/operations/profilecheck"
	"github.com/pijnpoort/pijnpoort/profiles"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// conforms demands that a Bundle keeps to the profiles that it claims.
func conforms(t testing.TB, document []byte) {
	t.Helper()
	checker, err := profilecheck.New(profiles.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, issue := range checker.Check(document, "") {
		if issue.Severity != fhir.SeverityInformation {
			t.Errorf("%s %s: %s", issue.Severity, issue.Path, issue.Reason)
		}
	}
}

func TestBundlesKeepToTheProfiles(t *testing.T) {
	for _, shape := range []normalise.Shape{normalise.Collection, normalise.Transaction, normalise.Batch} {
		t.Run(string(shape), func(t *testing.T) { conforms(t, body(t, normaliser(shape), rich())) })
	}
	t.Run("withdrawn", func(t *testing.T) {
		r := rich()
		r.Patient.Retracted = true
		conforms(t, body(t, normaliser(normalise.Transaction), r))
	})
	t.Run("keys overlap", func(t *testing.T) {
		n := normaliser(normalise.Transaction)
		n.Pseudonyms = keys("2026-2", "2026-1")
		conforms(t, body(t, n, rich()))
	})
}
