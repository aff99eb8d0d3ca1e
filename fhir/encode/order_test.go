package encode_test

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

func TestOrders(t *testing.T) {
	tests := map[string]struct {
		resource encode.Resource
		want     string
	}{
		"a referral": {
			&encode.Referral{ID: "r1", Subject: "Patient/p1", Encounter: "Encounter/e1", Code: "Consult", Reason: "Beoordeling",
				Performer:  encode.Coding{System: "http://snomed.info/sct", Code: "394587001", Display: "Psychiatry"},
				Conditions: []string{"Condition/c1"}, AuthoredOn: "2025-06-16"},
			`{"authoredOn":"2025-06-16","code":{"text":"Consult"},"encounter":{"reference":"Encounter/e1"},"id":"r1","intent":"order",` +
				`"performerType":{"coding":[{"code":"394587001","display":"Psychiatry","system":"http://snomed.info/sct"}]},` +
				`"reasonCode":[{"text":"Beoordeling"}],"reasonReference":[{"reference":"Condition/c1"}],"resourceType":"ServiceRequest",` +
				`"status":"draft","subject":{"reference":"Patient/p1"}}`,
		},
		"a task to fill in a form": {
			&encode.FormTask{ID: "t1", For: "Patient/p1", Description: "Invullen", Questionnaire: "https://pijnpoort.example/fhir/Questionnaire/odi", AuthoredOn: "2025-06-16"},
			`{"authoredOn":"2025-06-16","code":{"coding":[{"code":"complete-questionnaire","system":"http://hl7.org/fhir/uv/sdc/CodeSystem/temp"}]},` +
				`"description":"Invullen","for":{"reference":"Patient/p1"},"id":"t1","input":[{"type":{"coding":[{"code":"questionnaire",` +
				`"system":"http://hl7.org/fhir/uv/sdc/CodeSystem/temp"}]},"valueCanonical":"https://pijnpoort.example/fhir/Questionnaire/odi"}],` +
				`"intent":"proposal","resourceType":"Task","status":"draft"}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := encode.JSON(test.resource)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	if _, err := encode.JSON(&encode.Referral{AuthoredOn: "2025"}); err == nil {
		t.Error("a referral without a day was written")
	}
}
