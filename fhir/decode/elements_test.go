package decode_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/test/bundles"
)

// same compares resources without their places in the input.
var same = cmp.Options{
	cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Origin" }, cmp.Ignore()),
	cmpopts.EquateEmpty(),
}

func TestExtensionsKept(t *testing.T) {
	chart := read(t, condition(`
		"extension":[{"url":"http://example.org/other","valueString":"x"}],
		"bodySite":[{"extension":[{"valueCodeableConcept":{"text":"links"},"url":"http://nictiz.nl/fhir/StructureDefinition/BodySite-Qualifier"}]}],
		"code":{"extension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-Problem.FurtherSpecificationProblemName","valueString":"nader"}]}`))
	want := &fhir.Condition{
		Header:  fhir.Header{ID: "c1"},
		Subject: fhir.Reference{Reference: "Patient/p1"},
		BodySite: []fhir.CodeableConcept{{Extension: []fhir.Extension{{URL: fhir.Laterality,
			Value: fhir.Value{Kind: "CodeableConcept", CodeableConcept: &fhir.CodeableConcept{Text: "links"}}}}}},
		Code: &fhir.CodeableConcept{Extension: []fhir.Extension{{URL: fhir.FurtherName,
			Value: fhir.Value{Kind: "String", String: "nader"}}}},
	}
	if diff := cmp.Diff(want, chart.Resources[0], same); diff != "" {
		t.Error(diff)
	}
}

func TestExtensionsKeptElsewhere(t *testing.T) {
	chart := read(t, bundleOf(
		`{"resourceType":"MedicationRequest","extension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/zib-Medication-PeriodOfUse","valuePeriod":{"start":"2024"}}]}`,
		`{"resourceType":"QuestionnaireResponse","item":[{"extension":[{"url":"`+fhir.AnswerSource+`","valueReference":{"reference":"Condition/c1"}}]}]}`))
	if e := fhir.Find(chart.Resources[0].Head().Extension, fhir.PeriodOfUse); e == nil || e.Period.Start.Text != "2024" {
		t.Errorf("period of use: %+v", e)
	}
	item := chart.Resources[1].(*fhir.QuestionnaireResponse).Item[0]
	if e := fhir.Find(item.Extension, fhir.AnswerSource); e == nil || e.Reference.Reference != "Condition/c1" {
		t.Errorf("answer source: %+v", e)
	}
}

func TestDataAbsentReason(t *testing.T) {
	const absent = `{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}`
	chart := read(t, `{"resourceType":"Patient","id":"p1","_birthDate":`+absent+`,"contained":[
		{"resourceType":"Organization","_name":`+absent+`}],"identifier":[{},{"_value":`+absent+`}]}`)
	header := chart.Patient.Header
	want := []fhir.Absent{{Path: "birthDate", Reason: "masked"}, {Path: "identifier[1].value", Reason: "masked"}}
	if diff := cmp.Diff(want, header.Absent); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]fhir.Absent{{Path: "name", Reason: "masked"}}, header.Contained[0].Head().Absent); diff != "" {
		t.Error("contained:", diff)
	}
}

func TestWeights(t *testing.T) {
	const ordinal = `"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":3}]`
	chart := read(t, `{"resourceType":"QuestionnaireResponse","item":[{"linkId":"1","answer":[
		{"valueCoding":{"code":"a",`+ordinal+`}},{"_valueInteger":{`+ordinal+`},"valueInteger":7},{`+ordinal+`,"valueString":"x"}]}]}`)
	answers := chart.Resources[0].(*fhir.QuestionnaireResponse).Item[0].Answer
	if e := fhir.Find(answers[0].Coding.Extension, fhir.OrdinalValue); e == nil || e.Decimal != "3" {
		t.Errorf("of a Coding: %+v", answers[0].Coding)
	}
	if !slices.Equal(answers[1].Weights, []fhir.Decimal{"3"}) || answers[1].Integer != "7" {
		t.Errorf("of a primitive: %+v", answers[1])
	}
	if !slices.Equal(answers[2].Weights, []fhir.Decimal{"3"}) {
		t.Errorf("of an answer: %+v", answers[2])
	}
}

func TestKindOfValueThatIsNotRead(t *testing.T) {
	chart := read(t, `{"resourceType":"Observation","valueSampledData":{"origin":{"value":0}}}`)
	if got := chart.Resources[0].(*fhir.Observation).Kind; got != "SampledData" {
		t.Errorf("got %q", got)
	}
}

func TestContained(t *testing.T) {
	chart := read(t, `{"resourceType":"MedicationRequest","contained":[{"resourceType":"Medication","id":"m","code":{"text":"x"}},
		{"resourceType":"Substance","id":"s"}],"medicationReference":{"reference":"#m"}}`)
	request := chart.Resources[0].(*fhir.MedicationRequest)
	medication, ok := chart.Resolve(request, *request.MedicationReference).(*fhir.Medication)
	if !ok || medication.Code.Text != "x" || len(request.Contained) != 1 {
		t.Errorf("got %v of %v", medication, request.Contained)
	}
}

func TestNumbersStayAsWritten(t *testing.T) {
	for _, number := range []string{"0", "-0.0", "7.10", "1.0E-3", "6e+23", "123456789012345678901234567890.5"} {
		chart := read(t, `{"resourceType":"Observation","valueQuantity":{"value":`+number+`}}`)
		if got := chart.Resources[0].(*fhir.Observation).Quantity.Value; got != fhir.Decimal(number) {
			t.Errorf("%s became %s", number, got)
		}
	}
}

func TestDosage(t *testing.T) {
	chart := read(t, `{"resourceType":"MedicationStatement","dosage":[{"sequence":2,"timing":{"event":["2024-01-01"],"repeat":{"frequency":2,"period":1.5,
		"periodUnit":"d","when":["MORN"],"timeOfDay":["08:00:00"]}},"asNeededBoolean":true,"doseAndRate":[{"doseRange":{"low":{"value":1}},"rateQuantity":{"value":3}}],
		"maxDosePerPeriod":{"numerator":{"value":4},"denominator":{"value":1,"code":"d"}}}]}`)
	first, err := fhir.ParseDateTime("2024-01-01")
	if err != nil {
		t.Fatal(err)
	}
	want := []fhir.Dosage{{
		Sequence: "2",
		Timing: &fhir.Timing{Event: []fhir.DateTime{first}, Repeat: &fhir.Repeat{
			Frequency: "2", Period: "1.5", PeriodUnit: "d", When: []string{"MORN"}, TimeOfDay: []string{"08:00:00"}}},
		AsNeededBoolean: new(true),
		DoseAndRate: []fhir.DoseAndRate{{DoseRange: &fhir.Range{Low: &fhir.Quantity{Value: "1"}},
			RateQuantity: &fhir.Quantity{Value: "3"}}},
		MaxDosePerPeriod: &fhir.Ratio{Numerator: &fhir.Quantity{Value: "4"}, Denominator: &fhir.Quantity{Value: "1", Code: "d"}},
	}}
	if diff := cmp.Diff(want, chart.Resources[0].(*fhir.MedicationStatement).Dosage, same); diff != "" {
		t.Error(diff)
	}
}

// A general JSON library, led by the json tags alone, must read the same: so
// no row of our tables is missing or goes to the wrong element.
func TestHookAsALibraryReadsIt(t *testing.T) {
	want, err := bundles.ByLibrary(bundles.Hook())
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, string(bundles.Hook())).Resources
	if diff := cmp.Diff(want, got, same, likeLibrary); diff != "" {
		t.Error(diff)
	}
}

// likeLibrary leaves out what a library cannot know: Kind, and which
// extensions are not kept.
var likeLibrary = cmp.Options{
	cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Kind" }, cmp.Ignore()),
	cmp.FilterValues(notBothEmpty, cmp.Transformer("kept", func(all []fhir.Extension) map[string]fhir.Extension {
		kept := map[string]fhir.Extension{}
		for _, e := range all {
			switch e.URL {
			case fhir.DataAbsentReason, fhir.OrdinalValue, fhir.ItemWeight, fhir.Laterality, fhir.FurtherName, fhir.PeriodOfUse, fhir.AnswerSource, fhir.Modality, fhir.PossibleKind:
				kept[e.URL] = e
			}
		}
		return kept
	})),
}

// notBothEmpty leaves empty lists to EquateEmpty.
func notBothEmpty(x, y []fhir.Extension) bool { return len(x)+len(y) > 0 }
