package operations_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const base = "https://pijnpoort.example/fhir/Questionnaire/"

// response is a completed response; members go before its items.
func response(instrument, members string, items ...string) string {
	if !strings.Contains(members, `"status"`) {
		members += `"status":"completed",`
	}
	return `{"resourceType":"QuestionnaireResponse","questionnaire":"` + base + instrument + `",` + members +
		`"item":[` + strings.Join(items, ",") + `]}`
}

// answers are the items 1.. of an instrument, all with the same answer.
func answers(instrument string, n, value int) []string {
	items := make([]string, n)
	for k := range items {
		items[k] = fmt.Sprintf(`{"linkId":"%s.%d","answer":[{"valueInteger":%d}]}`, instrument, k+1, value)
	}
	return items
}

const header = `"id":"r1","subject":{"reference":"Patient/p1"},"authored":"2025-06-04T10:00:00+02:00",`

func bundleOf(resources ...string) string {
	for k := range resources {
		resources[k] = `{"resource":` + resources[k] + `}`
	}
	return `{"resourceType":"Bundle","type":"collection","entry":[` + strings.Join(resources, ",") + `]}`
}

func score(t *testing.T, body string) bundle {
	t.Helper()
	return read(t, serve(t, nil).answered(t, "POST", "/fhir/$score", body))
}

func TestAScoreIsAnObservation(t *testing.T) {
	got := score(t, response("odi", header, answers("odi", 9, 2)...))
	if got.Type != "collection" || len(got.Entry) != 1 {
		t.Fatalf("%+v", got)
	}
	o := got.Entry[0].Resource
	if got.Entry[0].FullURL != "urn:uuid:"+o.ID {
		t.Errorf("fullUrl %s of %s", got.Entry[0].FullURL, o.ID)
	}
	for what, pair := range map[string][2]string{
		"status":   {o.Status, "final"},
		"category": {o.Category[0].codes(), "survey"},
		"code":     {o.Code.codes(), "97909-6 odi.total"},
		"subject":  {o.Subject.Reference, "Patient/p1"},
		"when":     {o.When, "2025-06-04T10:00:00+02:00"},
		"value":    {o.Value.Value.String() + o.Value.Code, "40%"},
		"method":   {o.Method.codes(), "odi.total/max1-missing@1"},
		"source":   {o.Sources[0].Reference, "QuestionnaireResponse/r1"},
		"basis":    {o.Notes[0].Text, "Answered 9 of 10 items. Missing: odi.10. Prorated: the items answered stand in for the missing ones."},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %q, want %q", what, pair[0], pair[1])
		}
	}
}

func TestATotalNamesItsSubscales(t *testing.T) {
	scores := score(t, response("pcs", header, answers("pcs", 13, 1)...)).scored()
	var want []reference
	for _, part := range []string{"pcs.rumination", "pcs.magnification", "pcs.helplessness"} {
		want = append(want, reference{"urn:uuid:" + scores[part].ID})
		if len(scores[part].Members) != 0 {
			t.Errorf("%s has members", part)
		}
	}
	if diff := cmp.Diff(want, scores["pcs.total"].Members, cmp.Transformer("sorted", sorted)); diff != "" {
		t.Error(diff)
	}
	if n := len(score(t, response("sf12v2", header, answers("sf12v2", 12, 2)...)).scored()["sf12v2.pcs"].Members); n != 0 {
		t.Errorf("the SF-12 components are no parts of each other: %d", n)
	}
}

func sorted(list []reference) map[reference]bool {
	set := make(map[reference]bool)
	for _, r := range list {
		set[r] = true
	}
	return set
}

func TestWhatCannotBeScoredSaysWhy(t *testing.T) {
	o := score(t, response("odi", header, answers("odi", 8, 2)...)).scored()["odi.total"]
	if o.Value != nil || o.Absent.codes() != "unknown" || o.Absent.Text != "2 of 10 items missing, rule max1-missing allows 1" {
		t.Errorf("%+v", o)
	}
}

func TestTheStatusFollowsTheResponse(t *testing.T) {
	for status, want := range map[string]string{
		"completed": "final ", "amended": "amended ", "in-progress": "preliminary temp-unknown",
		"stopped": "cancelled unknown", "entered-in-error": "entered-in-error error",
	} {
		o := score(t, response("nrs", header+`"status":"`+status+`",`, answers("nrs", 1, 6)...)).scored()["nrs.value"]
		if got := o.Status + " " + o.Absent.codes(); got != want {
			t.Errorf("%s: %q, want %q", status, got, want)
		}
	}
}

func TestWhoItIsAbout(t *testing.T) {
	patient := `{"resourceType":"Patient","id":"p9","name":[{"family":"Verzonnen"}]}`
	for name, test := range map[string]struct{ body, subject, performer string }{
		"as the response says":         {response("nrs", header+`"author":{"reference":"Practitioner/a"},`, answers("nrs", 1, 6)...), "Patient/p1", "Practitioner/a"},
		"the patient who came along":   {bundleOf(patient, response("nrs", `"id":"r1",`, answers("nrs", 1, 6)...)), "Patient/p9", ""},
		"nobody":                       {response("nrs", `"id":"r1",`, answers("nrs", 1, 6)...), "", ""},
		"a device does not perform":    {response("nrs", header+`"author":{"reference":"Device/d"},`, answers("nrs", 1, 6)...), "Patient/p1", ""},
		"contained means nothing here": {bundleOf(patient, response("nrs", `"id":"r1","contained":[{"resourceType":"Practitioner","id":"c"}],"author":{"reference":"#c"},`, answers("nrs", 1, 6)...)), "Patient/p9", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := score(t, test.body).scored()["nrs.value"]
			performer := ""
			if len(o.By) > 0 {
				performer = o.By[0].Reference
			}
			if o.Subject.Reference != test.subject || performer != test.performer {
				t.Errorf("about %q by %q", o.Subject.Reference, performer)
			}
		})
	}
}

// Sent again, alone or among other things, a response has scores with the same ids;
// anything that makes it another score gives another.
func TestIdsAreDeterministic(t *testing.T) {
	id := func(body string) string { return score(t, body).scored()["nrs.value"].ID }
	plain := response("nrs", header, answers("nrs", 1, 6)...)
	first := id(plain)
	if again := id(bundleOf(response("odi", `"id":"r2",`, answers("odi", 10, 1)...), plain)); again != first {
		t.Errorf("%s became %s", first, again)
	}
	seen := map[string]string{first: "the first"}
	for name, body := range map[string]string{
		"another response":          response("nrs", strings.Replace(header, "r1", "r3", 1), answers("nrs", 1, 6)...),
		"another patient":           response("nrs", strings.Replace(header, "p1", "p3", 1), answers("nrs", 1, 6)...),
		"without id":                response("nrs", `"authored":"2025-06-04",`, answers("nrs", 1, 6)...),
		"without id on another day": response("nrs", `"authored":"2025-06-05",`, answers("nrs", 1, 6)...),
	} {
		got := id(body)
		if other, taken := seen[got]; taken {
			t.Errorf("%s has the id of %s", name, other)
		}
		seen[got] = name
	}
}

func TestAResponseWithoutIdIsNamedInWords(t *testing.T) {
	o := score(t, bundleOf(response("nrs", "", answers("nrs", 1, 6)...))).scored()["nrs.value"]
	if len(o.Sources) != 0 || o.Notes[1].Text != "Derived from Bundle.entry[0].resource of the input, which has no id." {
		t.Errorf("%+v", o)
	}
	withURL := strings.Replace(bundleOf(response("nrs", "", answers("nrs", 1, 6)...)), `{"resource":`, `{"fullUrl":"urn:uuid:7155008a-264c-567c-bf7a-3fcc9e6b4664","resource":`, 1)
	if o := score(t, withURL).scored()["nrs.value"]; o.Sources[0].Reference != "urn:uuid:7155008a-264c-567c-bf7a-3fcc9e6b4664" {
		t.Errorf("%+v", o.Sources)
	}
}

func TestPartsInTwoResponsesHaveTwoSources(t *testing.T) {
	items := answers("odi", 10, 3)
	got := score(t, bundleOf(response("odi", header, items[:4]...),
		response("odi", strings.Replace(header, "r1", "r2", 1)+`"status":"amended",`, items[4:]...)))
	o := got.scored()["odi.total"]
	if len(got.Entry) != 1 || o.Status != "amended" || o.Value.Value != "60" ||
		!cmp.Equal(o.Sources, []reference{{"QuestionnaireResponse/r1"}, {"QuestionnaireResponse/r2"}}) {
		t.Errorf("%+v", got)
	}
}

func TestADiscrepancyIsNoted(t *testing.T) {
	items := append(answers("odi", 10, 2), `{"linkId":"odi.total","answer":[{"valueInteger":36}]}`)
	o := score(t, response("odi", header, items...)).scored()["odi.total"]
	if o.Value.Value != "40" || o.Notes[1].Text != "The response itself keeps another score: 36." {
		t.Errorf("%+v", o)
	}
}

func TestNothingIsLostSilently(t *testing.T) {
	foreign := `{"resourceType":"QuestionnaireResponse","id":"f","status":"completed","questionnaire":"https://elders.example/x","item":[{"linkId":"q1","answer":[{"valueInteger":1}]}]}`
	faulty := `{"resourceType":"QuestionnaireResponse","id":"k","status":5}`
	got := score(t, bundleOf(foreign, faulty, `{"resourceType":"Flag","id":"v"}`, response("nrs", header, answers("nrs", 1, 6)...))).outcome()
	for _, want := range []string{
		"warning: QuestionnaireResponse/f: no map, code or registered text declares what this Questionnaire asks: q1",
		"error: QuestionnaireResponse/k: ", "information: Flag/v: resources of type Flag are not read",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not told:\n%s", want, got)
		}
	}
	if quiet := score(t, response("nrs", header, answers("nrs", 1, 6)...)).outcome(); quiet != "" {
		t.Errorf("told where there is nothing to tell: %s", quiet)
	}
}
