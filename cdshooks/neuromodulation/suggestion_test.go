package neuromodulation_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is suggested must be of use to click: pain scores at intake are asked by their
// name, though the form of the trial asks them; and of who is not eligible, whatever the
// missing data would say, none are asked.
func TestSuggestionsAreOfUse(t *testing.T) {
	s := serve(t)
	for name, want := range map[string][]string{
		"fbss-geschikt":    nil,
		"fbss-onvolledig":  {"Intakegegevens neuromodulatie laten aanvullen", "Pijnscores bij intake laten vastleggen"},
		"fnss-te-vroeg":    nil,
		"phn-niet-vergoed": nil,
	} {
		r := patient(t, name)
		var got []string
		for _, suggestion := range ask(t, s, eligibility, r.call("patient-view", r.prefetch(), nil)).Suggestions {
			got = append(got, suggestion.Label)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Accepting a suggestion makes the card go away: the draft, once signed, is what the rules
// look for. As a proposal it would stay one in a record system that changes the status only.
func TestReferralClosesTheLoop(t *testing.T) {
	s := serve(t)
	r := patient(t, "pdn-verwijzing-psychiater")
	before := ask(t, s, eligibility, r.call("patient-view", r.whole(), object{"encounterId": "e1"}))
	draft := before.Suggestions[0].Actions[0].Resource
	if before.Suggestions[0].Label != "Verwijzen naar een psychiater" || draft["status"] != "draft" ||
		draft["subject"].(object)["reference"] != "Patient/"+r.id() || draft["encounter"].(object)["reference"] != "Encounter/e1" || draft["reasonReference"] == nil {
		t.Fatalf("%+v", before.Suggestions[0])
	}
	draft["status"] = "active"
	r.add(draft)
	after := ask(t, s, eligibility, r.call("patient-view", r.whole(), nil))
	if strings.HasPrefix(after.Summary, "Eerst verwijzen") {
		t.Errorf("still %q", after.Summary)
	}
	for _, s := range after.Suggestions {
		if s.Label == "Verwijzen naar een psychiater" {
			t.Error("the referral is suggested again")
		}
	}
}

func TestMissingDataAreAskedWithTheFormOfTheirPhase(t *testing.T) {
	s := serve(t)
	r := patient(t, "fbss-onvolledig")
	got := ask(t, s, eligibility, r.call("patient-view", r.prefetch(), nil))
	task := got.Suggestions[0].Actions[0].Resource
	document, err := json.Marshal(task)
	if err != nil {
		t.Fatal(err)
	}
	if task["resourceType"] != "Task" || !strings.Contains(string(document), `"valueCanonical":"https://pijnpoort.example/fhir/Questionnaire/neuromodulatie-intake"`) {
		t.Errorf("%s", document)
	}
}
