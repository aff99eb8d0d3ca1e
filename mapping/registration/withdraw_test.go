package registration_test

import (
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

func TestWithdraw(t *testing.T) {
	trial := func(codes, version string) string {
		return procedure("a", codes, "2024-03-05", `"meta":{"versionId":"`+version+`"}`)
	}
	bmi := func(id, day string) string {
		return `{"resourceType":"Observation","id":"` + id + `","status":"final","meta":{"versionId":"` + day[3:4] + `"},` + about + `,"code":` + code("http://loinc.org", "39156-5") +
			`,"effectiveDateTime":"` + day + `","valueQuantity":{"value":31,"unit":"kg/m2","system":"http://unitsofmeasure.org","code":"kg/m2"}}`
	}
	for name, c := range map[string]struct{ before, after, want string }{
		"nothing changed":             {trial(concept("proc-scs-trial"), "1"), trial(concept("proc-scs-trial"), "1"), "Procedure/a"},
		"another code":                {trial(concept("proc-scs-trial"), "1"), trial(concept("tx-tens"), "2"), "Procedure/a!"},
		"an older version":            {trial(concept("proc-scs-trial"), "2"), trial(concept("tx-tens"), "1"), "Procedure/a"},
		"the same version, less told": {trial(concept("proc-scs-trial"), "2"), trial(concept("tx-tens"), "2"), "Procedure/a"},
		"parts that became one":       {trial(concept("all-in-one"), "1"), trial(concept("proc-scs-trial"), "2"), "Procedure/a Procedure/a#generator! Procedure/a#trial!"},
		"parts in error":              {trial(concept("all-in-one"), "1"), `{"resourceType":"Procedure","id":"a","status":"entered-in-error","meta":{"versionId":"2"},` + about + `}`, "Procedure/a! Procedure/a#generator! Procedure/a#trial!"},
		"a measurement that was edited, with a newer one beside it": {bmi("o", "2023-01-01"), strings.Replace(bmi("o", "2023-01-01"), `"versionId":"3"`, `"versionId":"4"`, 1) + `},{"resource":` + bmi("n", "2024-01-01"), "Observation/n Observation/o"},
		"an older measurement stays":                                {bmi("o", "2023-01-01"), bmi("o", "2023-01-01") + `},{"resource":` + bmi("n", "2024-01-01"), "Observation/n Observation/o"},
	} {
		t.Run(name, func(t *testing.T) {
			known, _ := of(t, c.before)
			data := `{"resourceType":"Bundle","type":"collection","entry":[{"resource":` + c.after + `}]}`
			chart, err := decode.Bundle("in", []byte(data), decode.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			sent, _ := ofChart(t, chart)
			merged := registration.Merge(known, registration.Withdraw(known, sent, chart, registration.Options{Terminology: hospital}))
			var got []string
			for i := range registration.Items(merged) {
				mark := ""
				if i.Retracted {
					mark = "!"
				}
				if i.Kind != "patient" {
					got = append(got, i.Key+mark)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}
