package encode_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

func moment(t *testing.T, s string) fhir.DateTime {
	t.Helper()
	d, err := fhir.ParseDateTime(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func observed(t *testing.T) *encode.Observation {
	return &encode.Observation{
		ID: "o", Status: "final", Category: encode.Coding{System: "https://example.org/category", Code: "survey"},
		Code:      encode.Concept{Codings: []encode.Coding{{System: "https://example.org/score", Code: "odi.total"}}},
		Effective: moment(t, "2025-06-04"),
	}
}

func TestObservation(t *testing.T) {
	o := observed(t)
	o.Subject = fhir.Reference{Type: "Patient", Identifier: &fhir.Identifier{System: "https://example.org/id", Value: "1"}, Display: "A name"}
	o.Encounter, o.Performer = fhir.Reference{Reference: "Encounter/e"}, []fhir.Reference{{Reference: "Patient/p"}, {Display: "A name"}}
	o.Value = &encode.Quantity{Value: "38.10", Code: "%"}
	o.Notes, o.Method = []string{"10 of 10"}, encode.Concept{Text: "a rule"}
	o.Members, o.Sources = []fhir.Reference{{Reference: "urn:uuid:m"}}, []fhir.Reference{{Reference: "QuestionnaireResponse/r"}}
	got, err := encode.JSON(o)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"category":[{"coding":[{"code":"survey","system":"https://example.org/category"}]}],` +
		`"code":{"coding":[{"code":"odi.total","system":"https://example.org/score"}]},"derivedFrom":[{"reference":"QuestionnaireResponse/r"}],` +
		`"effectiveDateTime":"2025-06-04","encounter":{"reference":"Encounter/e"},"hasMember":[{"reference":"urn:uuid:m"}],"id":"o","method":{"text":"a rule"},` +
		`"note":[{"text":"10 of 10"}],"performer":[{"reference":"Patient/p"}],"resourceType":"Observation","status":"final",` +
		`"subject":{"identifier":{"system":"https://example.org/id","value":"1"},"type":"Patient"},` +
		`"valueQuantity":{"code":"%","system":"http://unitsofmeasure.org","unit":"%","value":38.10}}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	valid(t, got)
}

func TestObservationWithoutValueSaysWhy(t *testing.T) {
	o := observed(t)
	o.Absent = encode.Concept{Codings: []encode.Coding{{System: "http://terminology.hl7.org/CodeSystem/data-absent-reason", Code: "unknown"}}, Text: "too few items"}
	got, err := encode.JSON(o)
	if err != nil {
		t.Fatal(err)
	}
	if want := `"dataAbsentReason":{"coding":[{"code":"unknown","system":"http://terminology.hl7.org/CodeSystem/data-absent-reason"}],"text":"too few items"}`; !strings.Contains(string(got), want) {
		t.Errorf("%s lacks %s", got, want)
	}
	if strings.Contains(string(got), "value[") || strings.Contains(string(got), "valueQuantity") {
		t.Errorf("a value: %s", got)
	}
	valid(t, got)
}

func TestMomentsKeepPrecisionAndOffset(t *testing.T) {
	for _, literal := range []string{"2024", "2024-02", "2024-02-29", "2024-02-29T23:30:00+01:00", "2024-02-29T23:30:00Z",
		"2024-02-29T23:30:00.123-05:30", "2024-02-29T23:30:00.123456Z"} {
		o := observed(t)
		o.Effective = moment(t, literal)
		got, err := encode.JSON(o)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(got), `"effectiveDateTime":"`+literal+`"`) {
			t.Errorf("%s became %s", literal, got)
		}
	}
}

func TestBundle(t *testing.T) {
	inner := encode.Document(`{"resourceType":"ValueSet","id":"v","status":"active","url":"https://example.org/v"}`)
	got, err := encode.JSON(&encode.Bundle{Type: "searchset", Entries: []encode.Entry{{FullURL: "https://example.org/ValueSet/v", Resource: inner}, {Resource: observed(t)}}})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"entry":[{"fullUrl":"https://example.org/ValueSet/v","resource":{"id":"v","resourceType":"ValueSet","status":"active","url":"https://example.org/v"}},` +
		`{"resource":{"category":[{"coding":[{"code":"survey","system":"https://example.org/category"}]}],"code":{"coding":[{"code":"odi.total","system":"https://example.org/score"}]},` +
		`"effectiveDateTime":"2025-06-04","id":"o","resourceType":"Observation","status":"final"}}],"resourceType":"Bundle","total":2,"type":"searchset"}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	valid(t, got)
}

func TestCapabilityStatement(t *testing.T) {
	got, err := encode.JSON(&encode.CapabilityStatement{
		ID: "c", Name: "C", Title: "Server", Date: "2025-06-04", Description: "An installation", Base: "https://example.org/fhir",
		Resources:  []encode.ServedResource{{Type: "ValueSet", Interactions: []string{"read", "search-type"}, URISearch: []string{"url"}}},
		Operations: []encode.ServedOperation{{Name: "score", Definition: "https://example.org/OperationDefinition/score", Documentation: "scores"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"date":"2025-06-04","fhirVersion":"4.0.1","format":["application/fhir+json"],"id":"c",` +
		`"implementation":{"description":"An installation","url":"https://example.org/fhir"},"kind":"instance","name":"C","resourceType":"CapabilityStatement",` +
		`"rest":[{"mode":"server","operation":[{"definition":"https://example.org/OperationDefinition/score","documentation":"scores","name":"score"}],` +
		`"resource":[{"interaction":[{"code":"read"},{"code":"search-type"}],"searchParam":[{"name":"url","type":"uri"}],"type":"ValueSet"}]}],` +
		`"software":{"name":"Server"},"status":"active","title":"Server"}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	valid(t, got)
}

// What R4 has no word for is refused in these resources too.
func TestRefusedToo(t *testing.T) {
	for want, r := range map[string]encode.Resource{
		`encode: status: "done" is not one of its codes`:                 &encode.Observation{Status: "done"},
		`encode: type: "pile" is not one of its codes`:                   &encode.Bundle{Type: "pile"},
		`encode: entry 0: status: "done" is not one of its codes`:        &encode.Bundle{Type: "collection", Entries: []encode.Entry{{Resource: &encode.Observation{Status: "done"}}}},
		`encode: type: "-form" is not one of its codes`:                  &encode.CapabilityStatement{Date: "2025-06-04", Resources: []encode.ServedResource{{Type: "-form"}}},
		`encode: ValueSet: interaction: "fetch" is not one of its codes`: &encode.CapabilityStatement{Date: "2025-06-04", Resources: []encode.ServedResource{{Type: "ValueSet", Interactions: []string{"fetch"}}}},
		"encode: not a date as YYYY, YYYY-MM or YYYY-MM-DD":              &encode.CapabilityStatement{},
	} {
		if document, err := encode.JSON(r); err == nil || err.Error() != want {
			t.Errorf("got %s, %v; want error %q", document, err, want)
		}
	}
}

// What came from outside and R4 cannot express is left out or replaced, so that the rest
// can be sent.
func TestForeignReferences(t *testing.T) {
	identified := func(system, value string) fhir.Reference {
		return fhir.Reference{Identifier: &fhir.Identifier{System: system, Value: value}}
	}
	for name, test := range map[string]struct {
		subject fhir.Reference
		want    string
	}{
		"type that is no URI":   {fhir.Reference{Reference: "Patient/1", Type: "a b"}, `"subject":{"reference":"Patient/1"}`},
		"system that is no URI": {identified("a b", "1"), ""},
		"value alone":           {identified("", "1"), `"subject":{"identifier":{"value":"1"}}`},
		"system alone":          {identified("urn:x", ""), ""},
		"control character":     {fhir.Reference{Reference: "Patient/\v1"}, "\"subject\":{\"reference\":\"Patient/\uFFFD1\"}"},
	} {
		t.Run(name, func(t *testing.T) {
			o := observed(t)
			o.Subject = test.subject
			got, err := encode.JSON(o)
			if err != nil {
				t.Fatal(err)
			}
			valid(t, got)
			if !strings.Contains(string(got), test.want) || test.want == "" && strings.Contains(string(got), "subject") {
				t.Errorf("%s", got)
			}
		})
	}
}
