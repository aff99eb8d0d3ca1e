package encode_test

import (
	"strings"
	"testing"

	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

func measureReport(t *testing.T) *encode.MeasureReport {
	return &encode.MeasureReport{
		Type: "summary", Measure: "https://example.org/Measure/m|1.0.0", Date: moment(t, "2026-01-15"),
		Reporter: fhir.Reference{Identifier: &fhir.Identifier{System: "https://example.org/centre", Value: "1"}},
		Period:   encode.Period{From: moment(t, "2025-01-01"), Until: moment(t, "2025-12-31")}, Improvement: "increase",
		Groups: []encode.MeasureGroup{{
			Code:        encode.Coding{System: "https://example.org/group", Code: "g"},
			Populations: []encode.MeasurePopulation{{Code: "denominator", Count: 12}, {Code: "numerator", Masked: true}},
			Score:       &encode.Quantity{Value: "0.25", Code: "1"},
			Stratifiers: []encode.MeasureStratifier{{
				Code:   encode.Coding{System: "https://example.org/stratifier", Code: "s"},
				Strata: []encode.MeasureStratum{{Value: encode.Concept{Text: "a"}, Populations: []encode.MeasurePopulation{{Code: "denominator", Count: 0}}}},
			}},
		}},
	}
}

func TestMeasureReport(t *testing.T) {
	document, err := encode.Pretty(measureReport(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"resourceType": "MeasureReport"`, `"status": "complete"`, `"type": "summary"`, `"measure": "https://example.org/Measure/m|1.0.0"`,
		`"start": "2025-01-01"`, `"count": 12`, `"count": 0`, `"valueCode": "masked"`, `"_count"`, `"value": 0.25`, `"code": "increase"`,
	} {
		if !strings.Contains(string(document), want) {
			t.Errorf("no %s in\n%s", want, document)
		}
	}
	if strings.Contains(string(document), "primitiveHasNoValue") {
		t.Error("a mark of the protos leaves")
	}
	u, err := jsonformat.NewUnmarshaller("UTC", fhirversion.R4)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.UnmarshalR4(document); err != nil {
		t.Errorf("what is written cannot be read: %v", err)
	}
}

func TestMeasureReportRefusesWhatIsNoType(t *testing.T) {
	r := measureReport(t)
	r.Type = "guess"
	if _, err := encode.JSON(r); err == nil {
		t.Error("a type that does not exist is written")
	}
}

func TestMeasureReportWithSubjectsTellsOfPersons(t *testing.T) {
	r := measureReport(t)
	if r.OfPersons() {
		t.Error("a summary tells of persons")
	}
	r.Type = "subject-list"
	r.Groups[0].Populations[0].Subjects = []fhir.Reference{{Type: "Patient", Identifier: &fhir.Identifier{System: "https://example.org/patient", Value: "a"}}}
	r.Groups[0].Populations[1].Subjects = []fhir.Reference{}
	document, err := encode.Pretty(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"resourceType": "List"`, `"reference": "#subjects-1"`, `"reference": "#subjects-2"`, `"mode": "snapshot"`, `"value": "a"`, `"code": "nilknown"`,
	} {
		if !strings.Contains(string(document), want) {
			t.Errorf("no %s in\n%s", want, document)
		}
	}
	if issues := encode.Check(document, 64); issues != nil {
		t.Errorf("what is written cannot be read: %v", issues)
	}
	individual := measureReport(t)
	individual.Subject = fhir.Reference{Reference: "Patient/a"}
	for _, told := range []*encode.MeasureReport{r, individual} {
		told.Type = "summary"
		if !told.OfPersons() {
			t.Error("a subject hides behind the type summary")
		}
	}
}
