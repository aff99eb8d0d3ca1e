package registration_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// inVersion gives a resource a version.
func inVersion(n int, resource string) string {
	return strings.Replace(resource, `"id":`, fmt.Sprintf(`"meta":{"versionId":"%d","lastUpdated":"2025-02-0%dT10:00:00Z"},"id":`, n, n), 1)
}

// later is what is known after a chart and then another came in, as "kind key", with a mark
// for what is taken back.
func later(t *testing.T, before, after []string) map[string]bool {
	t.Helper()
	known, _ := of(t, before...)
	entries := make([]string, len(after))
	for i, r := range after {
		entries[i] = `{"resource":` + r + `}`
	}
	chart, err := decode.Bundle("in", []byte(`{"resourceType":"Bundle","type":"collection","entry":[`+strings.Join(entries, ",")+`]}`), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	sent, _ := ofChart(t, chart)
	merged := registration.Merge(known, registration.Withdraw(known, sent, chart, registration.Options{Terminology: hospital}))
	retracted := make(map[string]bool)
	for i := range registration.Items(merged) {
		retracted[i.Key] = i.Retracted
	}
	return retracted
}

// What is derived falls with what it rests on.
func TestWhatIsDerivedFalls(t *testing.T) {
	pain := func(n int, status string) string {
		return inVersion(n, `{"resourceType":"Observation","id":"pain","status":"`+status+`",`+about+`,"code":`+code("http://loinc.org", "72514-3")+`,"effectiveDateTime":"2025-05-04T10:00:00Z","valueInteger":7}`)
	}
	observed := func(id string, n int, code, unit, value, status string) string {
		return inVersion(n, `{"resourceType":"Observation","id":"`+id+`","status":"`+status+`",`+about+`,"code":`+code+`,"effectiveDateTime":"2025-05-01","valueQuantity":{"value":`+value+`,"unit":"`+unit+`","system":"http://unitsofmeasure.org","code":"`+unit+`"}}`)
	}
	weight := func(n int, status string) string {
		return observed("w", n, code("http://loinc.org", "29463-7"), "kg", "81", status)
	}
	height := observed("l", 1, code("http://loinc.org", "8302-2"), "cm", "180", "final")
	bmi := func(n int, concept, value, status string) string {
		return observed("b", n, concept, "kg/m2", value, status)
	}
	isBMI := code("http://loinc.org", "39156-5")
	team := func(n int, role string) string {
		return inVersion(n, `{"resourceType":"CareTeam","id":"t","status":"active",`+about+`,"participant":[{"role":[`+code("https://pijnpoort.example/fhir/CodeSystem/intake", role)+`]}]}`)
	}
	for name, c := range map[string]struct {
		before, after []string
		key           string
		retracted     bool
	}{
		"a reading in error":                      {[]string{pain(1, "final")}, []string{pain(2, "entered-in-error")}, "derived/pain/intake/nrs", true},
		"a reading that did not come along":       {[]string{pain(1, "final")}, []string{height}, "derived/pain/intake/nrs", false},
		"a reading in an older version":           {[]string{pain(2, "final")}, []string{pain(1, "entered-in-error")}, "derived/pain/intake/nrs", false},
		"a weight in error":                       {[]string{weight(1, "final"), height}, []string{weight(2, "entered-in-error"), height}, "derived/bmi/2025-05-01", true},
		"a weight alone, edited":                  {[]string{weight(1, "final"), height}, []string{weight(2, "final")}, "derived/bmi/2025-05-01", false},
		"an index that is edited and still is so": {[]string{bmi(1, isBMI, "31", "final")}, []string{bmi(2, isBMI, "31", "final")}, "Observation/b", false},
		"an index in error":                       {[]string{bmi(1, isBMI, "31", "final")}, []string{bmi(2, isBMI, "31", "entered-in-error")}, "Observation/b", true},
		"an index that was something else":        {[]string{bmi(1, isBMI, "31", "final")}, []string{bmi(2, code("http://loinc.org", "0000-0"), "31", "final")}, "Observation/b", true},
		"a role that is filled no more":           {[]string{team(1, "neurosurgeon")}, []string{team(2, "nurse")}, "derived/team/neurosurgeon", true},
		"a role that is filled still":             {[]string{team(1, "neurosurgeon")}, []string{team(2, "neurosurgeon")}, "derived/team/neurosurgeon", false},
	} {
		t.Run(name, func(t *testing.T) {
			got, there := later(t, c.before, c.after)[c.key]
			if !there || got != c.retracted {
				t.Errorf("%s: there %t, retracted %t", c.key, there, got)
			}
		})
	}
}

// Judgements of one phase are made together: one that is not made again is taken back, and
// so is one on an indication that is taken back, whatever its phase.
func TestJudgementsFallTogether(t *testing.T) {
	judged := func(phase, indication string) registration.Judgement {
		return registration.Judgement{Origin: registration.Origin{Key: "derived/judgement/nva-2021/" + phase + "/" + indication + "/SCS"}, Standpunt: "nva-2021", Phase: phase, Indication: indication}
	}
	condition := func(key, code string, retracted bool) registration.Indication {
		return registration.Indication{Origin: registration.Origin{Key: key, Retracted: retracted}, Code: code}
	}
	known := &registration.Registration{
		Indications: []registration.Indication{condition("Condition/1", "fbss", false), condition("Condition/2", "crps", false)},
		Judgements:  []registration.Judgement{judged("referral", "fbss"), judged("referral", "crps"), judged("trial", "fbss"), judged("trial", "pdn"), judged("trial", "")},
	}
	sent := &registration.Registration{
		Indications: []registration.Indication{condition("Condition/2", "crps", true)},
		Judgements:  []registration.Judgement{judged("trial", "fbss"), judged("trial", "")},
	}
	chart, err := decode.Bundle("in", []byte(`{"resourceType":"Bundle","type":"collection"}`), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	merged := registration.Merge(known, registration.Withdraw(known, sent, chart, registration.Options{}))
	want := map[string]bool{"referral/fbss": false, "referral/crps": true, "trial/fbss": false, "trial/pdn": true, "trial/": false}
	for _, j := range merged.Judgements {
		if name := j.Phase + "/" + j.Indication; j.Retracted != want[name] {
			t.Errorf("%s: retracted %t", name, j.Retracted)
		}
	}
	if len(merged.Judgements) != len(want) {
		t.Errorf("%d judgements", len(merged.Judgements))
	}
}
