package normalise_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// summary is a report of one count, known by an identifier.
func summary(t *testing.T, value string) *encode.MeasureReport {
	t.Helper()
	day := func(text string) fhir.DateTime {
		d, err := fhir.ParseDateTime(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	return &encode.MeasureReport{
		Head: encode.Head{Identifiers: []encode.Identifier{{System: "https://example.org/report", Value: value}}},
		Type: "summary", Measure: "https://example.org/Measure/m|1.0.0", Date: day("2026-01-15"),
		Reporter: fhir.Reference{Identifier: &fhir.Identifier{System: "https://example.org/centre", Value: "1"}},
		Period:   encode.Period{From: day("2025-01-01"), Until: day("2025-12-31")},
		Groups: []encode.MeasureGroup{{Code: encode.Coding{System: "https://example.org/group", Code: "g"},
			Populations: []encode.MeasurePopulation{{Code: "initial-population", Count: 12}}}},
	}
}

func reportNormaliser(shape normalise.Shape) *normalise.Normaliser {
	return &normalise.Normaliser{Target: normalise.Target{Name: "nva", Recipient: "nva", Shape: shape}, Software: "0.0.0"}
}

func TestReportsAreSentByTheirIdentifier(t *testing.T) {
	for shape, want := range map[normalise.Shape][]string{
		normalise.Transaction: {`"method":"PUT"`, `"url":"MeasureReport?identifier=https%3A%2F%2Fexample.org%2Freport%7C1%2Fa"`,
			`"url":"MeasureReport?identifier=https%3A%2F%2Fexample.org%2Freport%7C1%2Fb"`, "registry-measure-report|"},
		normalise.Collection: {`"resourceType":"MeasureReport"`, `"value":"1/a"`, "registry-measure-report|"},
		normalise.NDJSON:     {`"resourceType":"MeasureReport"`, `"value":"1/a"`},
	} {
		var bodies [2][]byte
		for i := range bodies {
			d, err := reportNormaliser(shape).Reports([]*encode.MeasureReport{summary(t, "1/b"), summary(t, "1/a")})
			if err != nil {
				t.Fatal(err)
			}
			documents, err := d.Documents()
			if err != nil || len(documents) != 1 {
				t.Fatal(len(documents), err)
			}
			bodies[i] = documents[0].Body
		}
		if !bytes.Equal(bodies[0], bodies[1]) {
			t.Errorf("%s: the same gives other bytes", shape)
		}
		for _, part := range want {
			if !strings.Contains(string(bodies[0]), part) {
				t.Errorf("%s: no %s in %s", shape, part, bodies[0])
			}
		}
	}
}

// A report about persons never leaves, whatever it says of its type.
func TestReportsOfPersonsAreRefused(t *testing.T) {
	person := fhir.Reference{Identifier: &fhir.Identifier{System: "https://example.org/patient", Value: "x"}}
	for name, change := range map[string]func(*encode.MeasureReport){
		"subject-list":     func(r *encode.MeasureReport) { r.Type = "subject-list" },
		"individual":       func(r *encode.MeasureReport) { r.Type, r.Subject = "individual", person },
		"with a subject":   func(r *encode.MeasureReport) { r.Subject = person },
		"with lists":       func(r *encode.MeasureReport) { r.Groups[0].Populations[0].Subjects = []fhir.Reference{person} },
		"with empty lists": func(r *encode.MeasureReport) { r.Groups[0].Populations[0].Subjects = []fhir.Reference{} },
		"without a type":   func(r *encode.MeasureReport) { r.Type = "" },
	} {
		r := summary(t, "1/a")
		change(r)
		if _, err := reportNormaliser(normalise.Transaction).Reports([]*encode.MeasureReport{summary(t, "1/b"), r}); !errors.Is(err, normalise.ErrPerson) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReportsThatCannotBeToldApartAreRefused(t *testing.T) {
	nameless := summary(t, "1/a")
	nameless.Identifiers = nil
	for name, list := range map[string][]*encode.MeasureReport{
		"twice":              {summary(t, "1/a"), summary(t, "1/a")},
		"without identifier": {nameless},
	} {
		if _, err := reportNormaliser(normalise.Transaction).Reports(list); err == nil {
			t.Errorf("%s: it is made", name)
		}
	}
}

func TestATargetChoosesWhetherItTakesReports(t *testing.T) {
	for include, want := range map[string]bool{"": true, "registry-pain": false, "registry-pain registry-measure-report": true} {
		if got := (normalise.Target{Include: strings.Fields(include)}).TakesReports(); got != want {
			t.Errorf("include %q: %v", include, got)
		}
	}
}
