package registration_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
)

const verificationSystem = "http://terminology.hl7.org/CodeSystem/condition-ver-status"

func condition(id, codes, verification string, more ...string) string {
	return `{"resourceType":"Condition","id":"` + id + `","code":` + codes + `,` + about + `,"verificationStatus":` +
		code(verificationSystem, verification) + strings.Join(append([]string{""}, more...), ",") + `}`
}

func TestIndications(t *testing.T) {
	fbss := code(snomed, "202725007")
	form := `{"resourceType":"QuestionnaireResponse","id":"f","status":"completed","questionnaire":"https://pijnpoort.example/fhir/Questionnaire/neuromodulatie-intake",` + about +
		`,"authored":"2025-01-01","item":[{"linkId":"crps","item":[{"linkId":"crps.confirmed","answer":[{"valueBoolean":true}]}]}]}`
	for name, c := range map[string]struct {
		resources []string
		want      string // key code, then + when confirmed, ! when retracted
	}{
		"confirmed":                 {[]string{condition("a", fbss, "confirmed")}, "Condition/a fbss+"},
		"provisional":               {[]string{condition("a", fbss, "provisional")}, "Condition/a fbss"},
		"refuted":                   {[]string{condition("a", fbss, "refuted")}, "Condition/a fbss!"},
		"entered in error":          {[]string{condition("a", fbss, "entered-in-error")}, "Condition/a fbss!"},
		"of the zib":                {[]string{`{"resourceType":"Condition","id":"a","code":` + fbss + `,` + about + `,"verificationStatus":` + code(snomed, "410605003") + `}`}, "Condition/a fbss+"},
		"STU3":                      {[]string{`{"resourceType":"Condition","id":"a","code":` + fbss + `,` + about + `,"clinicalStatus":"active","verificationStatus":"confirmed","assertedDate":"2024-01-01"}`}, "Condition/a fbss+"},
		"no status":                 {[]string{`{"resourceType":"Condition","id":"a","code":` + fbss + `,` + about + `}`}, "Condition/a fbss"},
		"over, and once the reason": {[]string{condition("a", fbss, "confirmed", `"clinicalStatus":`+code("http://terminology.hl7.org/CodeSystem/condition-clinical", "resolved"))}, "Condition/a fbss+"},
		"suspected by its code":     {[]string{condition("a", concept("dx-cluster-headache-any"), "confirmed")}, "Condition/a cch"},
		"specified in words":        {[]string{condition("a", strings.Replace(fbss, `{`, `{"extension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-Problem.FurtherSpecificationProblemName","valueString":"in de familie"}],`, 1), "confirmed")}, "Condition/a fbss"},
		"level not told":            {[]string{condition("a", concept("dx-postlaminectomy-level-unknown"), "confirmed")}, ""},
		"level told by another": {[]string{condition("a", concept("dx-postlaminectomy-level-unknown"), "confirmed"), condition("b", concept("dx-fbss-leg-component"), "confirmed", `"clinicalStatus":`+code("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"))},
			"Condition/a fbss+"},
		"another diagnosis":      {[]string{condition("a", code(snomed, "22298006"), "confirmed")}, ""},
		"dated later":            {[]string{condition("a", fbss, "confirmed", `"onsetDateTime":"2025-07"`)}, ""},
		"from a form":            {[]string{form}, "QuestionnaireResponse/f#crps crps+"},
		"a form and a diagnosis": {[]string{form, condition("a", concept("dx-crps1"), "confirmed")}, "Condition/a crps+"},
		"reason of an operation": {[]string{procedure("p", concept("proc-scs-trial"), "2024-03-05", `"reasonCode":[`+concept("dx-crps")+`]`)}, "Procedure/p#crps crps"},
		"twice":                  {[]string{condition("a", fbss, "confirmed"), condition("b", fbss, "provisional")}, "Condition/a fbss+, Condition/b fbss"},
	} {
		t.Run(name, func(t *testing.T) {
			r, fates := of(t, c.resources...)
			var list []string
			for _, i := range r.Indications {
				mark := ""
				if i.Confirmed {
					mark += "+"
				}
				if i.Retracted {
					mark += "!"
				}
				list = append(list, i.Key+" "+i.Code+mark)
			}
			if got := strings.Join(list, ", "); got != c.want {
				t.Errorf("got  %s\nwant %s\n%v", got, c.want, fates)
			}
		})
	}
}

// Every code on our lists means the same indication here and in the record.
func TestDiagnosesMeanWhatTheyMeanInTheRecord(t *testing.T) {
	f, err := os.Open("../../profiles/terminology/source.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	meant := 0
	for _, row := range rows[1:] {
		concept, system, value := row[0], row[1], row[2]
		if row[5] != "verified" || strings.ContainsAny(value, `"\`) || !strings.HasPrefix(concept, "dx-") && !strings.HasPrefix(concept, "excl-") {
			continue
		}
		resource := condition("a", code(system, value), "confirmed", `"clinicalStatus":`+code("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"))
		chart, err := decode.Bundle("in", []byte(resource), decode.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		record := epd.Map(chart, epd.Options{AsOf: asOf, Terminology: hospital})
		r, _ := ofChart(t, chart)
		var theirs, ours []string
		confirmed := false
		for _, i := range record.Indications {
			theirs = append(theirs, i.Code)
			confirmed = confirmed || len(record.Fact(i.Code+".confirmed").Values) > 0
		}
		for _, i := range r.Indications {
			ours = append(ours, i.Code)
			if i.Confirmed != confirmed {
				t.Errorf("%s %s|%s: confirmed %v, in the record %v", concept, system, value, i.Confirmed, confirmed)
			}
		}
		meant += len(ours)
		if !slices.Equal(theirs, ours) {
			t.Errorf("%s %s|%s: the record has %v, the registration %v", concept, system, value, theirs, ours)
		}
	}
	if meant < 40 {
		t.Errorf("only %d codes mean an indication", meant)
	}
}
