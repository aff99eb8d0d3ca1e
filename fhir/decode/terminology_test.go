package decode_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

const weightTwo = `"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/itemWeight","valueDecimal":2}]`

var conceptWithWeight = fhir.WeightedConcept{Code: "a", Extension: []fhir.Extension{{URL: fhir.ItemWeight, Value: fhir.Value{Decimal: "2", Kind: "Decimal"}}}}

func TestValueSet(t *testing.T) {
	chart := read(t, `{"resourceType":"ValueSet","id":"v","url":"urn:v","version":"1","status":"active","compose":{"include":[{"system":"urn:s",
		"concept":[{"code":"a","display":"A",`+weightTwo+`},{"code":"b"}]},{"valueSet":["urn:w"]}]},"expansion":{"timestamp":"2024"}}`)
	want := &fhir.ValueSet{URL: "urn:v", Version: "1", Compose: fhir.Compose{Include: []fhir.Include{
		{System: "urn:s", Concept: []fhir.WeightedConcept{conceptWithWeight, {Code: "b"}}}, {}}}}
	if diff := cmp.Diff(want, chart.Resources[0], cmpopts.IgnoreFields(fhir.ValueSet{}, "Header")); diff != "" {
		t.Error(diff)
	}
}

func TestCodeSystemNests(t *testing.T) {
	old := strings.Replace(weightTwo, "itemWeight", "codesystem-ordinalValue", 1)
	chart := read(t, `{"resourceType":"CodeSystem","url":"urn:s","content":"complete","concept":[{"code":"top","concept":[{"code":"a",`+weightTwo+`},{"code":"o",`+old+`}]}]}`)
	outdated := fhir.WeightedConcept{Code: "o", Extension: []fhir.Extension{{URL: fhir.OrdinalValue, Value: fhir.Value{Decimal: "2", Kind: "Decimal"}}}}
	want := &fhir.CodeSystem{URL: "urn:s", Concept: []fhir.WeightedConcept{{Code: "top", Concept: []fhir.WeightedConcept{conceptWithWeight, outdated}}}}
	if diff := cmp.Diff(want, chart.Resources[0], cmpopts.IgnoreFields(fhir.CodeSystem{}, "Header")); diff != "" {
		t.Error(diff)
	}
}

// Both weights of a value are kept, so that one can see that they contradict each other.
func TestContradictingWeightsAreKept(t *testing.T) {
	chart := read(t, `{"resourceType":"QuestionnaireResponse","item":[{"linkId":"1","answer":[{"valueInteger":7,"_valueInteger":{"extension":[
		{"url":"http://hl7.org/fhir/StructureDefinition/itemWeight","valueDecimal":2},{"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":3}]},
		"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueInteger":4}]}]}]}`)
	got := chart.Resources[0].(*fhir.QuestionnaireResponse).Item[0].Answer[0].Weights
	if diff := cmp.Diff([]fhir.Decimal{"3", "2", "4"}, got); diff != "" {
		t.Error(diff)
	}
}

// In a stream, the chart of a patient takes the terminology along that its forms name.
func TestTerminologyOfAStream(t *testing.T) {
	lines := strings.Join([]string{
		`{"resourceType":"CodeSystem","id":"s","url":"urn:s"}`,
		`{"resourceType":"ValueSet","id":"v","url":"https://example.org/v","compose":{"include":[{"system":"urn:s"}]}}`,
		`{"resourceType":"ValueSet","id":"w","url":"https://example.org/w"}`,
		`{"resourceType":"Questionnaire","id":"q","url":"https://example.org/q","item":[{"linkId":"1","answerValueSet":"https://example.org/v"}]}`,
		`{"resourceType":"QuestionnaireResponse","id":"r","questionnaire":"https://example.org/q","subject":{"reference":"Patient/p"}}`,
		`{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/o"}}`,
	}, "\n")
	var got []string
	for chart, err := range decode.Charts("x", strings.NewReader(lines), decode.Limits{}) {
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, r := range chart.Resources {
			names = append(names, fhir.Name(r))
		}
		got = append(got, strings.Join(names, " "))
	}
	want := []string{"QuestionnaireResponse/r Questionnaire/q ValueSet/v CodeSystem/s", "Condition/c"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
