package registration_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// filled is a completed questionnaire; items are linkId=JSON of the value element.
func filled(id, form, status, authored string, items ...string) string {
	var list []string
	for _, item := range items {
		linkID, value, _ := strings.Cut(item, "=")
		list = append(list, `{"linkId":"`+linkID+`","answer":[{`+value+`}]}`)
	}
	return `{"resourceType":"QuestionnaireResponse","id":"` + id + `","status":"` + status + `","questionnaire":"https://pijnpoort.example/fhir/Questionnaire/` + form + `",` +
		about + `,"authored":"` + authored + `","item":[` + strings.Join(list, ",") + `]}`
}

func TestResponsesAndScores(t *testing.T) {
	option := func(n int) string {
		return fmt.Sprintf(`"valueCoding":{"system":"https://pijnpoort.example/fhir/CodeSystem/prom-option","code":"%d","display":"woorden van de patient"}`, n)
	}
	for name, c := range map[string]struct {
		response, answers, scores, said string
	}{
		"a number":           {filled("q", "nrs", "completed", "2024-02-20", `nrs.1="valueDecimal":7.50`), `nrs.1 7.5`, `nrs.value=7.5`, ""},
		"an option":          {filled("q", "gpe", "completed", "2024-02-20", `gpe.1=`+option(2)), `gpe.1 prom-option|2`, `gpe.success=1 gpe.value=2`, ""},
		"words, not kept":    {filled("q", "gpe", "completed", "2024-02-20", `gpe.1="valueString":"veel beter"`), ``, `gpe.success: gpe.value:`, "item[gpe.1]"},
		"a time of day":      {filled("q", "psqi", "completed", "2024-02-20", `psqi.bedtime="valueTime":"23:05:30"`, `psqi.latency="valueInteger":20`), `psqi.bedtime 23:05:30 psqi.latency 20`, ``, ""},
		"nothing answered":   {filled("q", "nrs", "completed", "2024-02-20"), ``, `nrs.value:`, ""},
		"not completed":      {filled("q", "nrs", "in-progress", "2024-02-20", `nrs.1="valueDecimal":7`), `-`, ``, "status"},
		"filled in later":    {filled("q", "nrs", "completed", "2025-07-20", `nrs.1="valueDecimal":7`), `-`, ``, "authored"},
		"entered in error":   {filled("q", "nrs", "entered-in-error", "2024-02-20", `nrs.1="valueDecimal":7`), `retracted`, `nrs.value retracted`, ""},
		"some other form":    {filled("q", "koffie", "completed", "2024-02-20", `x="valueDecimal":7`), `-`, ``, "item"},
		"a form of the team": {filled("q", "neuromodulatie-intake", "completed", "2024-02-20", `life-expectancy-months="valueInteger":70`), `-`, ``, "item"},
	} {
		t.Run(name, func(t *testing.T) {
			r, fates := of(t, c.response)
			answers := "-"
			for _, q := range r.Responses {
				var list []string
				for _, a := range q.Answers {
					list = append(list, a.LinkID+" "+a.Number+a.Time+written(a.Coding))
				}
				if answers = strings.Join(list, " "); q.Retracted {
					answers = "retracted"
				}
				if q.Key != "QuestionnaireResponse/q" {
					t.Errorf("key %s", q.Key)
				}
			}
			if answers != c.answers {
				t.Errorf("answers %q, want %q; %v", answers, c.answers, fates)
			}
			var scores []string
			for _, s := range r.Scores {
				if s.Instrument == "psqi" {
					continue
				}
				line := s.Instrument + "." + s.Scale
				switch {
				case s.Retracted:
					line += " retracted"
				case s.Value != "":
					line += "=" + s.Value
				case s.NotScoreable != "":
					line += ":"
				}
				scores = append(scores, line)
				if s.Key != "QuestionnaireResponse/q#score."+s.Instrument+"."+s.Scale || fmt.Sprint(s.Responses) != "[QuestionnaireResponse/q]" {
					t.Errorf("score %+v", s)
				}
			}
			if got := strings.Join(scores, " "); got != c.scores {
				t.Errorf("scores %q, want %q", got, c.scores)
			}
			body, _ := json.Marshal(r)
			if strings.Contains(string(body), "woorden") || strings.Contains(string(body), "veel") {
				t.Errorf("free words: %s", body)
			}
			found := c.said == ""
			for _, f := range fates {
				found = found || f.Resource == "QuestionnaireResponse/q" && f.Path == c.said
			}
			if !found {
				t.Errorf("nothing said of %s: %v", c.said, fates)
			}
		})
	}
}

func written(c *registration.Coding) string {
	if c == nil {
		return ""
	}
	return c.System[strings.LastIndexByte(c.System, '/')+1:] + "|" + c.Code
}

// Scores have the moment of their course, and parts of an instrument that were sent
// apart name both responses.
func TestMomentsOfScores(t *testing.T) {
	r, _ := of(t,
		procedure("i", code(snomed, "3270004"), "2024-01-10"),
		filled("before", "nrs", "completed", "2024-01-02", `nrs.1="valueDecimal":8`),
		filled("after", "nrs", "completed", "2024-07-12", `nrs.1="valueDecimal":3`),
		filled("part1", "hads", "completed", "2024-07-12", `hads.1="valueInteger":1`),
		filled("part2", "hads", "completed", "2024-07-12", `hads.2="valueInteger":1`),
	)
	moments := map[string]string{}
	joined := ""
	for _, s := range r.Scores {
		if s.Instrument == "nrs" {
			moments[s.Responses[0]] = s.Moment
		} else if len(s.Responses) == 2 {
			joined = strings.Join(s.Responses, " ")
		}
	}
	if moments["QuestionnaireResponse/before"] != "baseline" || moments["QuestionnaireResponse/after"] != "6-months" {
		t.Error(moments)
	}
	if joined != "QuestionnaireResponse/part1 QuestionnaireResponse/part2" {
		t.Errorf("joined: %q", joined)
	}
}

func TestDerivedMeasurements(t *testing.T) {
	reading := func(id, day, value, updated string) string {
		return `{"resourceType":"Observation","id":"` + id + `","status":"final","meta":{"lastUpdated":"` + updated + `"},` + about + `,"code":` + code("http://loinc.org", "72514-3") +
			`,"effectiveDateTime":"` + day + `T10:00:00+02:00","valueQuantity":{"value":` + value + `,"unit":"{score}","system":"http://unitsofmeasure.org","code":"{score}"}}`
	}
	r, fates := of(t,
		reading("a", "2025-05-01", "8", "2025-05-01T12:00:00Z"), reading("b", "2025-05-02", "7", "2025-05-04T12:00:00Z"),
		reading("c", "2025-05-03", "8", "2025-05-04T12:00:00+02:00"), reading("d", "2025-05-04", "7", "2025-05-04T12:00:00+02:00"),
		`{"resourceType":"Observation","id":"w","status":"final",`+about+`,"code":`+code("http://loinc.org", "29463-7")+`,"effectiveDateTime":"2025-05-01","valueQuantity":{"value":81,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}`,
		`{"resourceType":"Observation","id":"l","status":"final",`+about+`,"code":`+code("http://loinc.org", "8302-2")+`,"effectiveDateTime":"2025-05-01","valueQuantity":{"value":180,"unit":"cm","system":"http://unitsofmeasure.org","code":"cm"}}`,
	)
	body, _ := json.Marshal(r.Measurements)
	want := `[{"key":"derived/bmi/2025-05-01","basis":["Observation/l","Observation/w"],"kind":"bmi","date":"2025-05-01","value":"25","unit":"kg/m2"},` +
		`{"key":"derived/pain/intake/nrs","updated":"2025-05-04T12:00:00Z","basis":["Observation/a","Observation/b","Observation/c","Observation/d"],"kind":"pain-nrs","window":"intake","from":"2025-05-01","to":"2025-05-04","days":4,"value":"7.5","unit":"{score}"}]`
	if string(body) != want {
		t.Errorf("got  %s\nwant %s\n%v", body, want, fates)
	}
	if len(fates) > 0 {
		t.Errorf("all of it was used: %v", fates)
	}
}
