package registration_test

import (
	"fmt"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// An electrode in the spine is a trial or an implantation: its code does not say. The
// first generator that follows tells.
func ExampleOf() {
	for _, sending := range []string{
		`{"resourceType":"Procedure","id":"1","status":"completed","performedDateTime":"2024-12-31T23:30:00Z",
			"code":{"coding":[{"system":"http://snomed.info/sct","code":"3270004"}]}}`,
		`{"resourceType":"Bundle","type":"collection","entry":[
			{"resource":{"resourceType":"Procedure","id":"1","status":"completed","performedDateTime":"2024-12-31T23:30:00Z",
				"code":{"coding":[{"system":"http://snomed.info/sct","code":"3270004"}]}}},
			{"resource":{"resourceType":"Procedure","id":"2","status":"completed","performedDateTime":"2025-01-14",
				"category":{"coding":[{"system":"https://pijnpoort.example/fhir/CodeSystem/procedure-kind","code":"generator"}]}}}]}`,
	} {
		chart, err := decode.Bundle("example", []byte(sending), decode.Limits{})
		if err != nil {
			panic(err)
		}
		record := epd.Map(chart, epd.Options{AsOf: mapping.NewDay(2025, 6, 16)})
		scores := prom.Score(chart, prom.Config{})
		r, fates := registration.Of(chart, record, &scores, registration.Options{})
		for _, p := range r.Procedures {
			day, _ := registration.DateOf(p.Start)
			fmt.Println(p.Key, day.First, p.Kind, p.Possible)
		}
		for _, f := range fates {
			fmt.Printf("  %s %s: %s\n", f.Resource, f.Path, f.Reason)
		}
	}
	// Output:
	// Procedure/1 2025-01-01 unspecified [trial implant]
	//   Procedure/1 code: what was done is not told: trial or implant
	// Procedure/1 2025-01-01 trial []
	// Procedure/2 2025-01-14 generator []
}
