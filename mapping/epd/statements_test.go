package epd_test

import (
	"testing"
)

// asks writes a final Observation that asks for a finding and answers.
func asks(id, code, at, value string) string {
	return resource("Observation", id, `"status":"final"`, `"code":`+concept(code), `"effectiveDateTime":"`+at+`"`, value)
}

func TestObservationOfAFinding(t *testing.T) {
	const yes, no = `"valueBoolean":true`, `"valueBoolean":false`
	coded := func(code string) string { return `"valueCodeableConcept":` + concept(code) }
	for name, c := range map[string]struct{ code, value, fact, want string }{
		"there":                       {sct + "40733004", yes, "active-infection", "true"},
		"not there":                   {sct + "40733004", no, "active-infection", "false"},
		"a narrower one is there":     {sct + "87628006", yes, "active-infection", "true"},
		"a narrower one is not there": {sct + "87628006", no, "active-infection", ""},
		"yes":                         {sct + "40733004", coded(sct + "373066001"), "active-infection", "true"},
		"no":                          {sct + "40733004", coded(sct + "373067005"), "active-infection", "false"},
		"present":                     {sct + "64779008", coded(sct + "52101004"), "coagulation-disorder", "true"},
		"absent":                      {sct + "64779008", coded(sct + "2667000"), "coagulation-disorder", "false"},
		"Y":                           {sct + "74732009", coded("http://terminology.hl7.org/CodeSystem/v2-0136|Y"), "psychiatric-disorder", "active"},
		"N":                           {sct + "74732009", coded("http://terminology.hl7.org/CodeSystem/v2-0136|N"), "psychiatric-disorder", "none"},
		"pregnant":                    {sct + "77386006", yes, "pregnancy", "yes"},
		"not pregnant":                {sct + "77386006", no, "pregnancy", "no"},
		"not pregnant, denied":        {sct + "60001007", no, "pregnancy", ""},
		"pregnancy, by LOINC":         {loinc + "82810-3", coded(loinc + "LA26683-5"), "pregnancy", "no"},
		"pregnancy, yes":              {loinc + "82810-3", yes, "pregnancy", "yes"},
		"pregnancy, no":               {loinc + "82810-3", coded(sct + "373067005"), "pregnancy", "no"},
		"anticoagulants":              {sct + "711150003", yes, "anticoagulant", "unknown-if-stop"},
		"no anticoagulants":           {sct + "711150003", no, "anticoagulant", ""},
		"unknown":                     {sct + "40733004", coded(sct + "261665006"), "active-infection", ""},
		"yes and no":                  {sct + "40733004", `"valueCodeableConcept":` + concept(sct+"373066001", sct+"373067005"), "active-infection", ""},
		"without a value":             {sct + "40733004", `"note":[]`, "active-infection", ""},
		"words":                       {sct + "40733004", `"valueString":"ja"`, "active-infection", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := record(t, patient, asks("o", c.code, "2025-06-01", c.value))
			want(t, r, map[string]string{c.fact: c.want})
			if c.want == "" && reasons(r)["Observation/o"] == "" {
				t.Error("nothing says why it was left out")
			}
		})
	}
}

func TestObservationsTellOfTheirDay(t *testing.T) {
	there, gone := asks("a", sct+"40733004", "2025-03-01", `"valueBoolean":true`), asks("b", sct+"40733004", "2025-05-01", `"valueBoolean":false`)
	for _, list := range [][]string{{patient, there, gone}, {gone, there, patient}} {
		r := record(t, list...)
		want(t, r, map[string]string{"active-infection": "false"})
		if got := reasons(r)["Observation/a"]; got != "there is a newer statement" {
			t.Errorf("the older: %q", got)
		}
	}
	want(t, record(t, patient, there, asks("b", sct+"40733004", "2025-03-01T10:00:00+01:00", `"valueBoolean":false`)), map[string]string{"active-infection": "false | true"})
	want(t, record(t, patient, there, resource("Observation", "u", `"status":"final"`, `"code":`+concept(sct+"40733004"), `"valueBoolean":false`)), map[string]string{"active-infection": "false | true"})
	want(t, record(t, patient, asks("a", loinc+"82810-3", "2024-11-01", `"valueCodeableConcept":`+concept(sct+"77386006")),
		asks("b", loinc+"82810-3", "2025-06-01", `"valueCodeableConcept":`+concept(sct+"60001007"))), map[string]string{"pregnancy": "no"})
	want(t, record(t, patient, asks("a", sct+"40733004", "2025-06-17", `"valueBoolean":true`)), map[string]string{"active-infection": ""})
}

func TestObservationDoesNotOutweighACondition(t *testing.T) {
	want(t, record(t, patient, condition("c", sct+"40733004"), asks("o", sct+"40733004", "2025-06-01", `"valueBoolean":false`)), map[string]string{"active-infection": "false | true"})
}
