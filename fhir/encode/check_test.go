package encode_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

func TestCheck(t *testing.T) {
	tests := []struct {
		name, resource string
		want           []string // path and reason
	}{
		{"sound", `{"resourceType":"Patient","gender":"female","birthDate":"1970-03"}`, nil},
		{"no JSON", `{"resourceType":`, []string{" invalid JSON"}},
		{"no type", `{"id":"1"}`, []string{` missing required field "resourceType"`}},
		{"unknown type", `{"resourceType":"Geheim"}`, []string{" unknown resource type"}},
		{"element of the sender's own", `{"resourceType":"Patient","geheim":"x"}`, []string{"Patient.* unknown field"}},
		{"code", `{"resourceType":"Patient","gender":"geheim"}`, []string{"Patient.gender code type mismatch"}},
		{"type", `{"resourceType":"Patient","birthDate":1970}`, []string{"Patient.birthDate expected date"}},
		{"date", `{"resourceType":"Patient","birthDate":"geheim"}`, []string{"Patient.birthDate expected date"}},
		{"required element", `{"resourceType":"Observation","status":"final"}`, []string{`Observation missing required field "code"`}},
		{"reference to another type", `{"resourceType":"Observation","status":"final","code":{"text":"x"},"encounter":{"reference":"Patient/geheim"}}`,
			[]string{"Observation.encounter invalid reference to a Patient resource, want Encounter"}},
		{"too deep", `{"resourceType":"Patient","extension":[{"url":"a","extension":[{"url":"b","extension":[{"url":"c","extension":[{"url":"d","extension":[{"url":"e","valueString":"geheim"}]}]}]}]}]}`,
			[]string{"Patient.extension[0].extension[0].extension[0].extension[0].extension[0].url field exceeded the maximum nesting depth 5",
				"Patient.extension[0].extension[0].extension[0].extension[0].extension[0].valueString field exceeded the maximum nesting depth 5"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, issue := range encode.Check([]byte(test.resource), 5) {
				if got = append(got, issue.Path+" "+issue.Reason); strings.Contains(issue.Path+issue.Reason, "geheim") {
					t.Errorf("quotes the resource: %+v", issue)
				}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte(`{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"s","code":"c"}]},"valueQuantity":{"value":1.5}}`))
	f.Add([]byte(`{"resourceType":"Patient","contained":[{"resourceType":"Practitioner"}],"extension":[{"url":"u","valueString":"x"}]}`))
	f.Fuzz(func(t *testing.T, resource []byte) {
		for _, issue := range encode.Check(resource, 16) {
			if issue.Reason == "" {
				t.Errorf("an issue without reason: %+v", issue)
			}
		}
	})
}
