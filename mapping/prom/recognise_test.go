package prom

import (
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

const hospital = "https://ziekenhuis.example/Questionnaire/"

func TestRecogniseOwnForm(t *testing.T) {
	for _, canonical := range []string{nrs.Canonical(), nrs.Canonical() + "|1.0.0", nrs.Canonical() + "|9"} {
		check(t, Score(chartOf(respond(canonical, numbers("nrs", 7)...)), Config{}), map[string]string{"nrs.value": "7"})
	}
}

func TestUndeclaredFormIsNotScoredButListed(t *testing.T) {
	for _, canonical := range []string{"", hospital + "odi", "Questionnaire/odi", mapping.CanonicalBase + "/Questionnaire/odi2"} {
		result := Score(chartOf(respond(canonical, numbers("odi", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)...)), Config{})
		if len(result.Scores) != 0 || len(result.Unrecognised) != 1 || len(result.Unrecognised[0].Items) != 10 {
			t.Errorf("%q: %d scores, unrecognised %v", canonical, len(result.Scores), result.Unrecognised)
		}
	}
}

func TestDeclaredMap(t *testing.T) {
	config := site(t, `
questionnaires:
  - canonical: https://ziekenhuis.example/Questionnaire/pijn|2
    items: {v1: odi.1, v2: odi.2, v3: odi.3, v4: odi.4, v5: odi.5, v6: odi.6, v7: odi.7, v8: odi.8, v9: odi.9, v10: odi.10, som: odi.total, cijfer: nrs.1}
    answers:
      v1: {a: 0, b: 1, "https://ziekenhuis.example/cs|c": 2, Ernstige pijn: 3}
    notApplicable: [nvt]
    encoding: {odi: index1}
  - canonical: https://ziekenhuis.example/Questionnaire/pijn
    items: {v1: nrs.1}
`)
	items := []fhir.ResponseItem{answer("v1", coded("https://ziekenhuis.example/cs", "c"))}
	for _, id := range []string{"v2", "v3", "v4", "v5", "v6", "v7", "v9", "v10"} {
		items = append(items, answer(id, integer(3))) // the third option
	}
	items = append(items, answer("v8", coded("https://ziekenhuis.example/cs", "nvt")), answer("cijfer", integer(8)), answer("som", integer(40)))
	result := Score(chartOf(respond(hospital+"pijn|2", items...)), config)
	check(t, result, map[string]string{"odi.total": "40", "nrs.value": "8"})
	if s := only(t, result, "odi.total"); s.Answered != 9 || len(s.Missing) != 1 || s.Missing[0] != "odi.8" || s.Discrepancy {
		t.Errorf("not applicable counts as missing: %+v", s)
	}

	t.Run("version goes before any version", func(t *testing.T) {
		result := Score(chartOf(respond(hospital+"pijn|1", answer("v1", integer(4)))), config)
		check(t, result, map[string]string{"nrs.value": "4"})
	})
	t.Run("answer by display", func(t *testing.T) {
		items[0] = answer("v1", fhir.Value{Coding: &fhir.Coding{Display: "Ernstige pijn"}})
		check(t, Score(chartOf(respond(hospital+"pijn|2", items...)), config), map[string]string{"odi.total": "42.2222222222"})
	})
	t.Run("an answer that is not declared is not guessed", func(t *testing.T) {
		items[0] = answer("v1", weighted(fhir.OrdinalValue, "2"))
		check(t, Score(chartOf(respond(hospital+"pijn|2", items...)), config),
			map[string]string{"odi.total": "not scoreable: odi.1: the declared map has no value for this answer"})
	})
}

func ndiForm(id string, options []fhir.AnswerOption) *fhir.Questionnaire {
	q := &fhir.Questionnaire{Header: fhir.Header{ID: id}, URL: hospital + "nek", Version: "3"}
	for _, item := range ndi.Items {
		q.Item = append(q.Item, fhir.QuestionnaireItem{
			LinkID: "x" + item.ID, Code: []fhir.Coding{{System: loinc, Code: item.LOINC}}, AnswerOption: options,
		})
	}
	return q
}

func optionsFrom(first int) (options []fhir.AnswerOption) {
	for k := range 6 {
		w := fhir.Decimal(string(rune('0' + first + k)))
		options = append(options, fhir.AnswerOption{
			Extension: []fhir.Extension{{URL: fhir.ItemWeight, Value: fhir.Value{Decimal: w}}},
			Value:     coded("urn:cs", string(rune('a'+k))),
		})
	}
	return options
}

func TestLOINCOfTheQuestionnaire(t *testing.T) {
	answers := func(v fhir.Value) (items []fhir.ResponseItem) {
		for _, item := range ndi.Items {
			items = append(items, answer("x"+item.ID, v))
		}
		return items
	}
	c := coded("urn:cs", "c")
	t.Run("weights of the options", func(t *testing.T) {
		check(t, Score(chartOf(ndiForm("q", optionsFrom(0)), respond(hospital+"nek|3", answers(c)...)), Config{}), map[string]string{"ndi.sum": "20"})
	})
	t.Run("another version of the Questionnaire says nothing", func(t *testing.T) {
		result := Score(chartOf(ndiForm("q", optionsFrom(0)), respond(hospital+"nek|2", answers(c)...)), Config{})
		if len(result.Scores) != 0 || len(result.Unrecognised) != 1 {
			t.Errorf("scores %v", result.Scores)
		}
	})
	t.Run("options weighted 1 to 6 are no NDI", func(t *testing.T) {
		check(t, Score(chartOf(ndiForm("q", optionsFrom(1)), respond(hospital+"nek|3", answers(c)...)), Config{}),
			map[string]string{"ndi.sum": "not scoreable: ndi.1: the weights of the options"})
	})
	t.Run("unless that is declared", func(t *testing.T) {
		check(t, Score(chartOf(ndiForm("q", optionsFrom(0)), respond(hospital+"nek|3", answers(integer(3))...)), site(t, "encoding: {ndi: index1}")),
			map[string]string{"ndi.sum": "20"})
	})
	t.Run("a bare number means nothing", func(t *testing.T) {
		check(t, Score(chartOf(ndiForm("q", nil), respond(hospital+"nek|3", answers(integer(2))...)), Config{}),
			map[string]string{"ndi.sum": "not scoreable: ndi.1: a bare number"})
	})
	t.Run("a code is equal in system and code", func(t *testing.T) {
		check(t, Score(chartOf(ndiForm("q", optionsFrom(0)), respond(hospital+"nek|3", answers(coded("", "c"))...)), Config{}),
			map[string]string{"ndi.sum": "not scoreable: ndi.1: a coded answer without a weight"})
	})
	t.Run("Questionnaire by its id, which is not the tail of its URL", func(t *testing.T) {
		check(t, Score(chartOf(ndiForm("q17", optionsFrom(0)), respond("Questionnaire/q17", answers(c)...)), Config{}), map[string]string{"ndi.sum": "20"})
	})
	t.Run("contained Questionnaire", func(t *testing.T) {
		r := respond("#q", answers(c)...)
		r.Contained = []fhir.Resource{ndiForm("q", optionsFrom(0))}
		check(t, Score(chartOf(r), Config{}), map[string]string{"ndi.sum": "20"})
	})
	t.Run("a Questionnaire of ours is not that of a stranger with the same id", func(t *testing.T) {
		ours := &fhir.Questionnaire{Header: fhir.Header{ID: "odi"}, URL: odi.Canonical()}
		result := Score(chartOf(ours, respond(hospital+"odi", numbers("odi", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)...)), Config{})
		if len(result.Scores) != 0 || len(result.Unrecognised) != 1 {
			t.Errorf("scores %v", result.Scores)
		}
	})
}

func TestLOINCOfTheResponse(t *testing.T) {
	var items []fhir.ResponseItem
	for _, item := range ndi.Items {
		for code := range item.Answers {
			items = append(items, answer("/82226-2/"+item.LOINC, coded(loinc, code)))
		}
	}
	// 2 1 2 2 3 2 2 2 2 2
	check(t, Score(chartOf(respond("", items...)), Config{}), map[string]string{"ndi.sum": "20", "ndi.total": "40"})

	pain := answer("17", integer(6))
	pain.Definition = loinc + "/72514-3"
	check(t, Score(chartOf(respond("", pain)), Config{}), map[string]string{"nrs.value": "6"})
}

func TestDeclaredCodesAndTexts(t *testing.T) {
	config := site(t, `
codes: {"https://ziekenhuis.example/cs|PIJN": nrs.1}
texts: {`+TextHash("Hoeveel  pijn?")+`: bpi.worst}
`)
	q := &fhir.Questionnaire{URL: hospital + "dag", Item: []fhir.QuestionnaireItem{{LinkID: "g", Item: []fhir.QuestionnaireItem{
		{LinkID: "1", Code: []fhir.Coding{{System: "https://ziekenhuis.example/cs", Code: "PIJN"}}},
		{LinkID: "2", Text: "Hoeveel\n pijn?"}}}}}
	result := Score(chartOf(q, respond(hospital+"dag", answer("1", integer(6)), answer("2", integer(9)), answer("3", integer(1)))), config)
	check(t, result, map[string]string{"nrs.value": "6", "bpi.severity": "not scoreable: 3 of 4"})
	if len(result.Unrecognised) != 1 || strings.Join(result.Unrecognised[0].Items, " ") != "3" {
		t.Errorf("unrecognised items: %v", result.Unrecognised)
	}
	item := answer("9", integer(4))
	item.Text = "Hoeveel pijn!"
	if result := Score(chartOf(respond("", item)), config); len(result.Unrecognised) != 1 || len(result.Scores) != 0 {
		t.Error("a text that differs in one letter is recognised")
	}
}

func TestReadSiteRefuses(t *testing.T) {
	for name, document := range map[string]string{
		"unknown key":         "questionaires: []",
		"unknown item":        "questionnaires: [{canonical: a, items: {x: odi.11}}]",
		"item twice":          "questionnaires: [{canonical: a, items: {x: odi.1, y: odi.1}}]",
		"canonical twice":     "questionnaires: [{canonical: a}, {canonical: a}]",
		"answers of no item":  "questionnaires: [{canonical: a, answers: {x: {a: 1}}}]",
		"unknown encoding":    "encoding: {odi: upside-down}",
		"unknown instrument":  "encoding: {vas: value}",
		"code leads nowhere":  "codes: {a: b}",
		"text leads nowhere":  "texts: {a: b}",
		"fraction for answer": "questionnaires: [{canonical: a, items: {x: odi.1}, answers: {x: {a: 1.5}}}]",
	} {
		if _, err := ReadSite(strings.NewReader(document)); err == nil {
			t.Errorf("%s: read without error", name)
		}
	}
	if s, err := ReadSite(strings.NewReader("")); err != nil || s.Questionnaires != nil {
		t.Errorf("empty map: %v", err)
	}
	if s, err := ReadSite(strings.NewReader(`{"questionnaires": [{"canonical": "a", "items": {"1": "odi.1"}, "answers": {"1": {"2": 1}}}]}`)); err != nil || s.Questionnaires[0].Items["1"] != "odi.1" {
		t.Errorf("JSON: %v", err)
	}
}
