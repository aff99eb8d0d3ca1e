package decode_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Harm and prices as STU3 writes them are what R4 would have said.
func TestEventsOfSTU3(t *testing.T) {
	for name, c := range map[string]struct{ stu3, r4 string }{
		"harm": {
			`{"resourceType":"AdverseEvent","id":"a","identifier":{"system":"urn:s","value":"1"},"category":"AE","type":{"text":"x"},"reaction":[{"reference":"Condition/c"}],
				"suspectEntity":[{"instance":{"reference":"Device/d"},"causality":"1"}],"seriousness":{"text":"y"},"date":"2024"}`,
			`{"resourceType":"AdverseEvent","id":"a","identifier":{"system":"urn:s","value":"1"},"actuality":"actual","event":{"text":"x"},"resultingCondition":[{"reference":"Condition/c"}],
				"suspectEntity":[{"instance":{"reference":"Device/d"},"causality":[]}],"seriousness":{"text":"y"},"date":"2024"}`,
		},
		"near miss": {
			`{"resourceType":"AdverseEvent","id":"a","category":"PAE"}`,
			`{"resourceType":"AdverseEvent","id":"a","actuality":"potential","category":[{"text":"product problem"}]}`,
		},
		"price": {
			`{"resourceType":"ChargeItem","id":"c","identifier":{"system":"urn:s","value":"1"},"status":"billed","priceOverride":{"value":1.50,"unit":"euro","system":"urn:iso:std:iso:4217","code":"EUR"}}`,
			`{"resourceType":"ChargeItem","id":"c","identifier":[{"system":"urn:s","value":"1"}],"status":"billed","priceOverride":{"value":1.50,"currency":"EUR"}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			old, current := read(t, c.stu3), read(t, c.r4)
			if len(old.Resources) != 1 || len(current.Resources) != 1 || len(current.Issues) != 0 {
				t.Fatalf("%+v\n%+v", old, current)
			}
			if !old.Resources[0].Head().Origin.STU3 || current.Resources[0].Head().Origin.STU3 {
				t.Error("not told apart")
			}
			clean := func(r fhir.Resource) fhir.Resource {
				r.Head().Origin = fhir.Origin{}
				return r
			}
			if diff := cmp.Diff(clean(current.Resources[0]), clean(old.Resources[0]), same); diff != "" {
				t.Error(diff)
			}
		})
	}
}
