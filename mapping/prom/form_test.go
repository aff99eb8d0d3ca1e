package prom

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
)

func TestCommittedFormsAreTheGeneratedOnes(t *testing.T) {
	forms, err := Forms()
	if err != nil {
		t.Fatal(err)
	}
	if len(forms) != len(Instruments)+3 {
		t.Errorf("%d forms", len(forms))
	}
	for name, generated := range forms {
		committed, err := os.ReadFile(filepath.Join("../../profiles/questionnaires", name))
		if err != nil || !bytes.Equal(committed, generated) {
			t.Errorf("%s differs from its table (error: %v): run go generate ./mapping/prom", name, err)
		}
	}
}

// A response that picks options of our own Questionnaires is scored, whether it picks
// the Coding or the integer.
func TestFormsAreAnsweredInOptions(t *testing.T) {
	for _, i := range Instruments {
		results := map[bool]string{}
		for _, asCoding := range []bool{true, false} {
			results[asCoding] = scoresOf(t, i, asCoding)
		}
		if results[true] != results[false] {
			t.Errorf("%s: %s in Codings, %s in integers", i.ID, results[true], results[false])
		}
	}
}

// scoresOf are the scores of a response that picks the last option of every item.
func scoresOf(t *testing.T, i *Instrument, asCoding bool) string {
	t.Helper()
	document, err := i.Questionnaire(nil)
	if err != nil {
		t.Fatal(err)
	}
	var q fhir.Questionnaire
	if err := json.Unmarshal(document, &q); err != nil {
		t.Fatal(err)
	}
	var items []fhir.ResponseItem
	for _, item := range q.Item {
		switch item.Kind {
		case "choice":
			last := len(item.AnswerOption) - 1 // the integers come last
			if asCoding {
				last = len(item.AnswerOption)/2 - 1
			}
			items = append(items, answer(item.LinkID, item.AnswerOption[last].Value))
		case "time":
			items = append(items, answer(item.LinkID, clock(map[bool]string{true: "23:00:00", false: "07:00:00"}[item.LinkID == "psqi.bedtime"])))
		default:
			items = append(items, answer(item.LinkID, integer(5)))
		}
	}
	text := ""
	for _, s := range Score(chartOf(&q, own(i.ID, items...)), Config{}).Scores {
		if s.Value == nil {
			t.Errorf("%s: %s", i.ID, s.text())
		}
		text += s.Scale.Name + "=" + s.text() + " "
	}
	return text
}

func TestSiteTextsEnterTheForm(t *testing.T) {
	document, err := odi.Questionnaire(map[string]string{"odi.1": "Vraag een", "odi.1=3": "Keuze drie"})
	if err != nil {
		t.Fatal(err)
	}
	var q fhir.Questionnaire
	if err := json.Unmarshal(document, &q); err != nil {
		t.Fatal(err)
	}
	if q.Item[0].Text != "Vraag een" || q.Item[0].AnswerOption[3].Coding.Display != "Keuze drie" || q.Item[1].Text != "Item 2" || len(q.Item[0].AnswerOption) != 6 {
		t.Errorf("texts are not in the form: %+v", q.Item[0])
	}
}

// The tables are whole: every score's items exist, its rules are known, its
// bands rise to the end of its range.
func TestTables(t *testing.T) {
	linkIDs := make(map[string]bool)
	for _, i := range Instruments {
		for _, item := range i.Items {
			if linkIDs[item.ID] {
				t.Errorf("%s stands twice", item.ID)
			}
			linkIDs[item.ID] = true
			if item.Comment != "" && i.item(item.Comment) < 0 {
				t.Errorf("%s: no item %s", item.ID, item.Comment)
			}
		}
		for k := range i.Scales {
			s := &i.Scales[k]
			for _, id := range s.Items {
				if i.item(id) < 0 {
					t.Errorf("%s.%s: no item %s", i.ID, s.Name, id)
				}
			}
			for _, rule := range s.Rules {
				if missingRules[rule] == nil {
					t.Errorf("%s.%s: no rule %s", i.ID, s.Name, rule)
				}
			}
			if (s.Factor == nil) == (s.Formula == nil) {
				t.Errorf("%s.%s: one of Factor and Formula", i.ID, s.Name)
			}
			for b := range s.Bands {
				if b > 0 && s.Bands[b].UpTo.Cmp(s.Bands[b-1].UpTo) <= 0 {
					t.Errorf("%s.%s: bands do not rise", i.ID, s.Name)
				}
			}
			if n := len(s.Bands); n > 0 && s.Bands[n-1].UpTo.Cmp(s.High) != 0 {
				t.Errorf("%s.%s: bands end before the range", i.ID, s.Name)
			}
			for _, d := range s.MCID {
				if (d.Points == nil) == (d.Percent == nil) || d.Source == "" {
					t.Errorf("%s.%s: a difference is in points or percent and has a source", i.ID, s.Name)
				}
			}
		}
	}
}
