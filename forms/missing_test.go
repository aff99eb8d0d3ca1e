package forms

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/validation"
)

var asOf = mapping.NewDay(2025, 6, 16)

const patient = `{"resourceType":"Patient","id":"p1","gender":"female","birthDate":"1961-03"}`

// chart reads resources as one bundle.
func chart(t *testing.T, resources ...string) *fhir.Chart {
	t.Helper()
	bundle := `{"resourceType":"Bundle","type":"collection","entry":[{"resource":` + strings.Join(resources, `},{"resource":`) + `}]}`
	c, err := decode.Bundle("test", []byte(bundle), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func judge(t *testing.T, phase validation.Phase, resources ...string) (*validation.Verdict, *mapping.Record) {
	t.Helper()
	record := epd.Map(chart(t, resources...), epd.Options{AsOf: asOf})
	return validation.Judge(record, validation.Options{Phase: phase}), record
}

func missing(t *testing.T, v *validation.Verdict, r *mapping.Record, lang string) (questionnaire *fhir.Questionnaire, form, draft []byte) {
	t.Helper()
	form, draft, err := Missing(v, r, lang)
	if err != nil {
		t.Fatal(err)
	}
	valid(t, form)
	valid(t, draft)
	return chart(t, string(form)).Resources[0].(*fhir.Questionnaire), form, draft
}

// leaves are the questions of a form.
func leaves(items []fhir.QuestionnaireItem) []string {
	var ids []string
	for _, it := range items {
		if it.Kind != "group" {
			ids = append(ids, it.LinkID)
		}
		ids = append(ids, leaves(it.Item)...)
	}
	return ids
}

const known = `{"resourceType":"QuestionnaireResponse","id":"r1","status":"completed","authored":"2025-06-01","subject":{"reference":"Patient/p1"},
 "questionnaire":"https://pijnpoort.example/fhir/Questionnaire/neuromodulatie-intake","item":[
 {"linkId":"reason","answer":[{"valueCoding":{"code":"fbss"}}]},
 {"linkId":"modality","answer":[{"valueCoding":{"code":"SCS"}}]},
 {"linkId":"pain-onset","answer":[{"valueDate":"2019-05"}]},
 {"linkId":"bmi","answer":[{"valueDecimal":27.5}]},
 {"linkId":"opioid-med.min","answer":[{"valueDecimal":10}]},{"linkId":"opioid-med.max","answer":[{"valueDecimal":20}]},
 {"linkId":"life-expectancy-months","answer":[{"valueInteger":120}]},
 {"linkId":"substance-misuse","answer":[{"valueCoding":{"code":"none"}}]},
 {"linkId":"active-infection","answer":[{"valueBoolean":true}]},
 {"linkId":"team","answer":[{"valueCoding":{"code":"neurosurgeon"}}]},
 {"linkId":"fbss","item":[
  {"linkId":"fbss.confirmed","answer":[{"valueBoolean":true}]},
  {"linkId":"fbss.mechanism","answer":[{"valueCoding":{"code":"neuropathic"}}]},
  {"linkId":"fbss.spine-surgeries","answer":[{"valueInteger":2}]}]}]}`

func TestMissingAsksWhatLacksAndShowsWhatIsKnown(t *testing.T) {
	v, r := judge(t, validation.Preparation, patient, known)
	q, form, draft := missing(t, v, r, "nl")
	var lacks []string
	for _, m := range v.Missing {
		lacks = append(lacks, m.Fact)
	}
	shown := readOnly(t, form)
	asked := slices.DeleteFunc(leaves(q.Item), func(id string) bool { return slices.Contains(shown, id) })
	if diff := cmp.Diff(sorted(lacks), sorted(asked)); diff != "" {
		t.Errorf("asked (+) and lacking (-) differ:\n%s", diff)
	}
	want := []string{"active-infection", "bmi", "fbss.confirmed", "fbss.mechanism", "fbss.spine-surgeries", "life-expectancy-months",
		"modality", "opioid-med.max", "opioid-med.min", "pain-onset", "reason", "sex", "substance-misuse", "team"}
	if diff := cmp.Diff(want, sorted(shown)); diff != "" {
		t.Errorf("shown:\n%s", diff)
	}
	response := chart(t, string(draft)).Resources[0].(*fhir.QuestionnaireResponse)
	if response.Status != "in-progress" || response.Questionnaire != q.URL || response.Subject.Reference != "Patient/p1" {
		t.Errorf("draft: status %s, questionnaire %s, subject %s", response.Status, response.Questionnaire, response.Subject.Reference)
	}
	if diff := cmp.Diff(want, sorted(answeredIn(response.Item))); diff != "" {
		t.Errorf("prefilled:\n%s", diff)
	}
	if bytes.Contains(draft, []byte("1961")) || bytes.Contains(form, []byte("p1")) {
		t.Error("more about the patient than the reference to the subject")
	}
	if again, _, _ := Missing(v, r, "nl"); !bytes.Equal(again, form) {
		t.Error("the same verdict gave another form")
	}
}

func TestMissingFollowsTheFormOfTheSection(t *testing.T) {
	for _, c := range []struct {
		phase    validation.Phase
		url      mapping.Section
		derived  []mapping.Section
		response string
	}{
		{validation.Preparation, mapping.SectionGeneral, []mapping.Section{mapping.SectionGeneral, mapping.SectionTrial}, known},
		{validation.Aftercare, mapping.SectionAftercare, []mapping.Section{mapping.SectionAftercare}, known},
		{validation.Doubt, mapping.SectionDoubt, []mapping.Section{mapping.SectionDoubt}, known},
		{validation.Centre, mapping.SectionCentre, []mapping.Section{mapping.SectionCentre}, centre},
	} {
		v, r := judge(t, c.phase, c.response)
		q, form, draft := missing(t, v, r, "en")
		if mapping.FormOf(q.URL) != c.url.Questionnaire() || q.URL == c.url.Questionnaire() || !strings.HasSuffix(q.URL, "/"+q.ID) {
			t.Errorf("%s: canonical %s, id %s", c.phase, q.URL, q.ID)
		}
		for _, s := range c.derived {
			if !bytes.Contains(form, []byte(`"`+s.Questionnaire()+`"`)) {
				t.Errorf("%s: not derived from %s", c.phase, s.Questionnaire())
			}
		}
		if c.phase == validation.Centre && !bytes.Contains(draft, []byte(`"subject":{"reference":"Organization/o1"}`)) {
			t.Errorf("draft of a centre: %s", draft)
		}
	}
}

const centre = `{"resourceType":"QuestionnaireResponse","id":"c1","status":"completed","authored":"2025-06-01","subject":{"reference":"Organization/o1"},
 "questionnaire":"https://pijnpoort.example/fhir/Questionnaire/neuromodulatie-centrum","item":[{"linkId":"registered","answer":[{"valueBoolean":true}]}]}`

func TestNothingMissing(t *testing.T) {
	questionnaire, response, err := Missing(&validation.Verdict{}, &mapping.Record{}, "nl")
	if questionnaire != nil || response != nil || err != nil {
		t.Errorf("got %s, %s, %v", questionnaire, response, err)
	}
}

func TestNamesThatAreNoItems(t *testing.T) {
	ask := func(fact string) (string, error) {
		form, _, err := Missing(&validation.Verdict{Missing: []validation.MissingFact{{Fact: fact}}}, &mapping.Record{}, "nl")
		return string(form), err
	}
	form, err := ask("pain-intensity")
	if err != nil || !strings.Contains(form, `"linkId":"intake-nrs"`) || !strings.Contains(form, `"linkId":"intake-vas"`) {
		t.Errorf("pain-intensity: %s, %v", form, err)
	}
	if form, err = ask("visit"); err != nil || !strings.Contains(form, `"linkId":"visit-role"`) {
		t.Errorf("visit: %s, %v", form, err)
	}
	if _, err = ask("shoe-size"); err == nil || err.Error() != `forms: no form asks "shoe-size"` {
		t.Errorf("shoe-size: %v", err)
	}
}

// Copies in the draft are no statements: handed in as they are, they change nothing.
func TestCopiesAreNotReadBack(t *testing.T) {
	v, r := judge(t, validation.Preparation, patient, known)
	_, _, draft := missing(t, v, r, "nl")
	_, again := judge(t, validation.Preparation, patient, known, strings.Replace(string(draft), "in-progress", "completed", 1))
	if diff := cmp.Diff(values(r), values(again)); diff != "" {
		t.Error(diff)
	}
}

func values(r *mapping.Record) map[string][]string {
	all := make(map[string][]string)
	for _, f := range r.Sorted() {
		for _, v := range f.Values {
			all[f.ID] = append(all[f.ID], v.String())
			for _, e := range v.Evidence {
				all[f.ID] = append(all[f.ID], e.Resource)
			}
		}
	}
	return all
}

func sorted(ids []string) []string { return slices.Sorted(slices.Values(ids)) }

func answeredIn(items []fhir.ResponseItem) []string {
	var ids []string
	for _, it := range items {
		if len(it.Answer) > 0 {
			ids = append(ids, it.LinkID)
		}
		ids = append(ids, answeredIn(it.Item)...)
	}
	return ids
}

func readOnly(t *testing.T, form []byte) []string {
	ids := make(map[string]bool)
	for _, it := range parse(t, form) {
		if it.ReadOnly {
			ids[it.LinkID] = true
		}
	}
	return slices.Collect(maps.Keys(ids))
}
