package forms

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
)

// asked is an item of a form as another program reads it.
type asked struct {
	LinkID       string `json:"linkId"`
	Type         string `json:"type"`
	Repeats      bool   `json:"repeats"`
	ReadOnly     bool   `json:"readOnly"`
	AnswerOption []struct {
		ValueCoding map[string]any `json:"valueCoding"`
	} `json:"answerOption"`
	EnableBehavior string `json:"enableBehavior"`
	EnableWhen     []struct {
		Question      string         `json:"question"`
		Operator      string         `json:"operator"`
		AnswerBoolean *bool          `json:"answerBoolean"`
		AnswerCoding  map[string]any `json:"answerCoding"`
	} `json:"enableWhen"`
	Item []asked `json:"item"`
}

// parse gives all items of a form, groups before what they hold.
func parse(t *testing.T, form []byte) []asked {
	t.Helper()
	var q asked
	if err := json.Unmarshal(form, &q); err != nil {
		t.Fatal(err)
	}
	var all []asked
	var list func([]asked)
	list = func(items []asked) {
		for _, it := range items {
			all = append(all, it)
			list(it.Item)
		}
	}
	list(q.Item)
	return all
}

// answers to each type of item, and to the items for which those would not settle a question.
var (
	answersByType = map[string][]any{"boolean": {true}, "date": {"2024-01-10"}, "integer": {4}, "decimal": {3}, "string": {"een naam"}}
	answersByID   = map[string][]any{
		"reason": {"fbss"}, "trial-start": {"2025-05-01"}, "trial-end": {"2025-05-20"}, "off-start": {"2025-05-01"}, "off-end": {"2025-05-29"},
		"intake-nrs": {8}, "intake-vas": {80}, "pain-onset": {"2020-02"}, "year": {2024}, "life-expectancy-months": {60}, "birth-date": {"1970-03-10"},
		"proms-completed": {"2024-07-10", "2025-01-10"}, "crps.crps-onset": {"2023-01-01"},
	}
	// moments of visits and contacts
	moments = []string{"2024-04-10", "2024-07-10", "2025-01-10", "2025-02-01"}
)

// filler fills in a form as a clinician would: item after item, as far as enabled.
type filler struct {
	given map[string][]any // by linkId; a code stands for its coding
}

func (f *filler) enabled(it *asked) bool {
	if len(it.EnableWhen) == 0 {
		return true
	}
	holds := 0
	for _, c := range it.EnableWhen {
		answers := f.given[c.Question]
		var wanted any
		if c.AnswerBoolean != nil {
			wanted = *c.AnswerBoolean
		} else {
			wanted = c.AnswerCoding["code"]
		}
		ok := false
		switch c.Operator {
		case "exists":
			ok = (len(answers) > 0) == wanted
		case "=":
			ok = slices.Contains(answers, wanted)
		case "!=":
			ok = !slices.Contains(answers, wanted)
		}
		if ok {
			holds++
		}
	}
	if it.EnableBehavior == "any" {
		return holds > 0
	}
	return holds == len(it.EnableWhen)
}

func (f *filler) fill(items []asked) []any {
	var list []any
	for i := range items {
		it := &items[i]
		if it.ReadOnly || !f.enabled(it) {
			continue
		}
		switch {
		case it.Type == "group" && it.Repeats:
			for _, moment := range moments {
				list = append(list, map[string]any{"linkId": it.LinkID, "item": []any{
					map[string]any{"linkId": it.LinkID + "-date", "answer": []any{map[string]any{"valueDate": moment}}},
					map[string]any{"linkId": it.LinkID + "-role", "answer": []any{map[string]any{"valueCoding": it.Item[1].AnswerOption[0].ValueCoding}}}}})
			}
		case it.Type == "group":
			list = append(list, map[string]any{"linkId": it.LinkID, "item": f.fill(it.Item)})
		default:
			list = append(list, map[string]any{"linkId": it.LinkID, "answer": f.answer(it)})
		}
	}
	return list
}

func (f *filler) answer(it *asked) []any {
	kind := map[string]string{"boolean": "valueBoolean", "date": "valueDate", "integer": "valueInteger", "decimal": "valueDecimal", "string": "valueString"}[it.Type]
	values := answersByID[it.LinkID]
	if values == nil {
		values = answersByType[it.Type]
	}
	var answers []any
	for i, o := range it.AnswerOption {
		if i == 0 || it.Repeats && it.LinkID != "reason" && it.LinkID != "pregnancy" {
			f.given[it.LinkID] = append(f.given[it.LinkID], o.ValueCoding["code"])
			answers = append(answers, map[string]any{"valueCoding": o.ValueCoding})
		}
	}
	if it.Type != "choice" {
		f.given[it.LinkID] = values
		for _, v := range values {
			answers = append(answers, map[string]any{kind: v})
		}
	}
	return answers
}

func facts(v *validation.Verdict) []string {
	var list []string
	for _, m := range v.Missing {
		list = append(list, m.Fact)
	}
	return list
}

// situations are what a verdict can be asked about.
func situations() (all []situation) {
	for _, indication := range mapping.AllConditions {
		for _, phase := range []validation.Phase{validation.Referral, validation.Preparation, validation.Trial, validation.Definitive} {
			all = append(all, situation{phase, indication})
		}
	}
	return append(all, situation{validation.Aftercare, "fbss"}, situation{validation.Doubt, "fbss"}, situation{validation.Centre, ""})
}

type situation struct {
	phase      validation.Phase
	indication string
}

// start is a record of which hardly more than the indication is known.
func (s situation) start() []string {
	if s.phase == validation.Centre {
		return []string{centre}
	}
	return []string{patient, `{"resourceType":"QuestionnaireResponse","id":"r0","status":"completed","authored":"2025-06-01","questionnaire":"` +
		mapping.SectionGeneral.Questionnaire() + `","item":[{"linkId":"` + s.indication + `"}]}`}
}

// Answering the form of what is missing leaves none of it missing. An answer may
// lead to a further question, as a date of implantation does to visits; within
// three rounds there are none.
func TestRoundTrip(t *testing.T) {
	for _, s := range situations() {
		t.Run(strings.TrimSpace(string(s.phase)+" "+s.indication), func(t *testing.T) {
			resources := s.start()
			v, r := judge(t, s.phase, resources...)
			if v.Verdict == validation.NeedsData && len(v.Missing) == 0 {
				t.Fatal("needs data, and asks for none")
			}
			var before []string
			for round := 1; len(v.Missing) > 0; round++ {
				if round > 3 {
					t.Fatalf("still missing: %s", facts(v))
				}
				before = append(before, facts(v)...)
				resources = append(resources, filledIn(t, v, r, "r"+strconv.Itoa(round)))
				v, r = judge(t, s.phase, resources...)
				for _, fact := range facts(v) {
					if slices.Contains(before, fact) {
						t.Errorf("%s was answered and is still missing: %s", fact, values(r)[fact])
					}
				}
			}
			for _, u := range r.Report.Unmapped {
				t.Errorf("%s: %s is not understood", u.Resource, u.Path)
			}
		})
	}
}

// filledIn is the draft for what is missing, completed.
func filledIn(t *testing.T, v *validation.Verdict, r *mapping.Record, id string) string {
	t.Helper()
	form, draft, err := Missing(v, r, "nl")
	if err != nil {
		t.Fatal(err)
	}
	var q asked
	var response map[string]any
	if err := errors.Join(json.Unmarshal(form, &q), json.Unmarshal(draft, &response)); err != nil {
		t.Fatal(err)
	}
	f := filler{given: make(map[string][]any)}
	response["id"], response["status"], response["authored"], response["item"] = id, "completed", "2025-06-10", f.fill(q.Item)
	document, err := json.Marshal(response)
	if err != nil {
		t.Fatal(err)
	}
	return string(document)
}
