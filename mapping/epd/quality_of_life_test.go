package epd_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	scoring "github.com/pijnpoort/pijnpoort/mapping/prom"
)

// The answers that say the best and the worst of every item of SF-12 version 1, whose
// scores are published.
var (
	best  = [12]int{1, 3, 3, 2, 2, 2, 2, 1, 1, 1, 6, 5} // physical 56.57706, mental 60.75781
	worst = [12]int{5, 1, 1, 1, 1, 1, 1, 5, 6, 6, 1, 1} // physical 23.99938, mental 19.06444
)

// sf12 writes an SF-12, completed unless extra members give another status.
func sf12(version, id, authored string, answers [12]int, extra ...string) string {
	var items []string
	for k, a := range answers {
		items = append(items, item(fmt.Sprintf("sf12%s.%d", version, k+1), fmt.Sprintf(`"valueInteger":%d`, a)))
	}
	members := append([]string{`"questionnaire":"` + mapping.CanonicalBase + `/Questionnaire/sf12` + version + `"`, `"authored":"` + authored + `"`,
		`"item":[` + strings.Join(items, ",") + `]`}, extra...)
	if !strings.Contains(strings.Join(extra, ","), `"status"`) {
		members = append(members, `"status":"completed"`)
	}
	return resource("QuestionnaireResponse", id, members...)
}

// off writes when the system was switched off and, where given, until when.
func off(start, end string, items ...string) string {
	items = append(items, item("off-start", `"valueDate":"`+start+`"`))
	if end != "" {
		items = append(items, item("off-end", `"valueDate":"`+end+`"`))
	}
	return response("neuromodulatie-twijfel", items...)
}

func TestQualityOfLifeAroundSwitchingOff(t *testing.T) {
	const high, low = "56.57706 60.75781", "23.99938 19.06444"
	implant := response("neuromodulatie-nazorg", item("implant-date", `"valueDate":"2021-05-11"`))
	for name, test := range map[string]struct {
		resources   []string
		before, off string
	}{
		"before and off":                    {[]string{off("2025-05-01", "2025-05-29"), sf12("v1", "a", "2025-04-20", best), sf12("v1", "b", "2025-05-28", worst)}, high, low},
		"the latest of each":                {[]string{off("2025-05-01", "2025-05-29"), sf12("v1", "a", "2025-04-20", best), sf12("v1", "a0", "2025-03-20", worst), sf12("v1", "b", "2025-05-28", worst), sf12("v1", "b0", "2025-05-08", best)}, high, low},
		"up to the day of switching off":    {[]string{off("2025-05-01", "2025-05-29"), sf12("v1", "a", "2025-05-01T09:00:00+02:00", best)}, high, " "},
		"up to the last day off":            {[]string{off("2025-05-01", "2025-05-29"), sf12("v1", "b", "2025-05-29T21:00:00+02:00", worst)}, " ", low},
		"days are local":                    {[]string{off("2025-05-01", "2025-05-29"), sf12("v1", "b", "2025-05-29T22:30:00Z", worst)}, " ", " "},
		"switched on again":                 {[]string{off("2025-05-01", "2025-05-29"), sf12("v1", "b", "2025-05-30", worst)}, " ", " "},
		"still off":                         {[]string{off("2025-05-01", ""), sf12("v1", "b", "2025-06-16", worst)}, " ", low},
		"after the as-of day":               {[]string{off("2025-05-01", ""), sf12("v1", "b", "2025-06-17", worst)}, " ", " "},
		"from before implantation":          {[]string{implant, off("2025-05-01", ""), sf12("v1", "a", "2021-05-10", best)}, " ", " "},
		"since implantation":                {[]string{implant, off("2025-05-01", ""), sf12("v1", "a", "2021-05-11", best)}, high, " "},
		"never switched off":                {[]string{sf12("v1", "a", "2025-04-20", best)}, " ", " "},
		"day of switching off not certain":  {[]string{off("2025-05", ""), sf12("v1", "a", "2025-05-10", best), sf12("v1", "a0", "2025-04-30", worst)}, low, " "},
		"versions do not compare":           {[]string{off("2025-05-01", ""), sf12("v1", "a", "2025-04-20", best), sf12("v2", "b", "2025-05-28", [12]int{1, 3, 3, 5, 5, 5, 5, 1, 1, 1, 5, 5})}, high, " "},
		"not complete":                      {[]string{off("2025-05-01", ""), sf12("v1", "b", "2025-05-28", [12]int{9})}, " ", " "},
		"entered in error":                  {[]string{off("2025-05-01", ""), sf12("v1", "b", "2025-05-28", worst, `"status":"entered-in-error"`)}, " ", " "},
		"filled in by somebody else":        {[]string{off("2025-05-01", ""), sf12("v1", "b", "2025-05-28", worst, `"source":{"reference":"Practitioner/x"}`)}, " ", " "},
		"stated alike, rounded":             {[]string{off("2025-05-01", "", item("sf12-off-pcs", `"valueDecimal":24.0`)), sf12("v1", "b", "2025-05-28", worst)}, " ", "24 19.06444"},
		"stated otherwise is contradictory": {[]string{off("2025-05-01", "", item("sf12-off-pcs", `"valueDecimal":31.6`)), sf12("v1", "b", "2025-05-28", worst)}, " ", "23.99938 | 31.6 19.06444"},
	} {
		t.Run(name, func(t *testing.T) {
			r := record(t, append([]string{patient}, test.resources...)...)
			got := facts(r)
			for when, want := range map[string]string{"before": test.before, "off": test.off} {
				if have := got["sf12-"+when+"-pcs"] + " " + got["sf12-"+when+"-mcs"]; have != want {
					t.Errorf("%s: %q, want %q", when, have, want)
				}
			}
		})
	}
}

func TestVersionsThatDoNotCompareAreReported(t *testing.T) {
	r := record(t, patient, off("2025-05-01", ""), sf12("v1", "a", "2025-04-20", best), sf12("v2", "b", "2025-05-28", [12]int{1, 3, 3, 5, 5, 5, 5, 1, 1, 1, 5, 5}))
	for _, issue := range r.Report.Issues {
		if issue.Resource == "QuestionnaireResponse/b" && strings.Contains(issue.Reason, "another version of the SF-12") {
			return
		}
	}
	t.Errorf("not reported: %+v", r.Report.Issues)
}

func TestQualityOfLifeNamesTheResponseAndTheRule(t *testing.T) {
	r := record(t, patient, off("2025-05-01", ""), sf12("v1", "b", "2025-05-28", worst))
	e := r.Fact("sf12-off-pcs").Values[0].Evidence[0]
	want := mapping.Evidence{Resource: "QuestionnaireResponse/b", Path: "item", Value: "23.99938", Date: "2025-05-28", Via: "sf12v1.pcs/complete@1"}
	if e != want {
		t.Errorf("%+v", e)
	}
}

// A form of the site's own counts too, once the site says how it maps.
func TestQualityOfLifeFromAFormOfTheSite(t *testing.T) {
	foreign := strings.ReplaceAll(sf12("v1", "b", "2025-05-28", worst), mapping.CanonicalBase+"/Questionnaire/sf12v1", "https://hospital.example/Questionnaire/kwaliteit")
	document := bundle(patient, off("2025-05-01", ""), foreign)
	chart, err := decode.Bundle("test", []byte(document), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	form := scoring.Form{Canonical: "https://hospital.example/Questionnaire/kwaliteit", Items: map[string]string{}}
	for k := range 12 {
		id := fmt.Sprintf("sf12v1.%d", k+1)
		form.Items[id] = id
	}
	r := epd.Map(chart, epd.Options{AsOf: day(t, today), PROM: scoring.Config{Site: scoring.Site{Questionnaires: []scoring.Form{form}}}})
	conserves(t, r)
	want(t, r, map[string]string{"sf12-off-pcs": "23.99938", "sf12-off-mcs": "19.06444"})
}
