package test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/validation"
)

// advice is the outcome of every criterion, and the conclusion.
func advice(t rapid.TB, document string) map[string]string {
	chart, err := decode.Bundle("story", []byte(document), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if len(chart.Rejected) > 0 {
		t.Fatalf("rejected %+v", chart.Rejected)
	}
	record := epd.Map(chart, epd.Options{AsOf: mapping.NewDay(2025, 6, 16)})
	verdict := validation.Judge(record, validation.Options{Phase: validation.Preparation})
	all := map[string]string{"verdict": string(verdict.Verdict), "received": "all used"}
	for _, f := range record.Report.Ignored {
		all["received"] += ", not " + f.Resource + " (" + f.Reason + ")"
	}
	for _, c := range verdict.Criteria {
		all[c.ID] = fmt.Sprint(c.Outcome)
	}
	for _, i := range verdict.Indications {
		all[i.Indication] = string(i.Verdict)
		for _, c := range i.Criteria {
			all[i.Indication+" "+c.ID] = fmt.Sprint(c.Outcome)
		}
	}
	return all
}

// sameAdvice tells a story in all ways and returns the advice.
func sameAdvice(t rapid.TB, s story) map[string]string {
	told := advice(t, collection(s.coded()))
	for name, way := range map[string]string{
		"form": collection(s.asForm()), "STU3": collection(s.asSTU3()), "other codes": collection(s.otherwise()),
		"XML": asXML(t, collection(s.coded())), "STU3 as XML": asXML(t, collection(s.asSTU3())),
	} {
		if diff := cmp.Diff(told, advice(t, way)); diff != "" {
			t.Fatalf("coded resources against %s (-coded +%s):\n%s", name, name, diff)
		}
	}
	return told
}

func TestOneStoryGivesOneAdviceHoweverItIsTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { sameAdvice(t, anyStory(t)) })
}

func TestStoriesComeToTheirConclusion(t *testing.T) {
	eligible := story{
		female: true, onset: "2019", confirmed: true, surgeries: 1, thinner: "none", oxycodone: 25, weight: 100,
		tried: []string{"pregabalin", "amitriptyline", "duloxetine"}, exercise: "tried", leg: 6, back: 5,
		team: []string{"neurosurgeon", "psychiatrist", "nurse"},
	}
	for name, c := range map[string]struct {
		change func(*story)
		want   validation.Conclusion
	}{
		"eligible":                 {func(*story) {}, "covered-eligible"},
		"no opioid":                {func(s *story) { s.oxycodone = 0 }, "covered-eligible"},
		"MED of 90":                {func(s *story) { s.oxycodone = 30 }, "not-eligible"},
		"pain too mild":            {func(s *story) { s.leg, s.back = 4, 3 }, "not-eligible"},
		"more pain in the back":    {func(s *story) { s.back = 7 }, "not-covered"},
		"as much pain in the back": {func(s *story) { s.back = 6 }, "needs-data"},
		"not confirmed":            {func(s *story) { s.confirmed = false }, "needs-data"},
		"pregnant":                 {func(s *story) { s.pregnant = true }, "not-eligible"},
		"infected":                 {func(s *story) { s.infected = true }, "not-eligible"},
		"bound to a blood thinner": {func(s *story) { s.thinner = "may-not-stop" }, "not-eligible"},
		"no team":                  {func(s *story) { s.team = nil }, "needs-data"},
		"no nurse":                 {func(s *story) { s.team = s.team[:2] }, "not-eligible"},
	} {
		t.Run(name, func(t *testing.T) {
			s := eligible
			c.change(&s)
			if got := sameAdvice(t, s)["verdict"]; got != string(c.want) {
				t.Errorf("%s, want %s: %v", got, c.want, sameAdvice(t, s))
			}
		})
	}
}
