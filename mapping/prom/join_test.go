package prom

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
)

func part(id, authored string, items ...fhir.ResponseItem) *fhir.QuestionnaireResponse {
	r := own("odi", items...)
	r.ID = id
	r.Authored, _ = fhir.ParseDateTime(authored)
	return r
}

func TestOneInstrumentOverSeveralResponses(t *testing.T) {
	all := numbers("odi", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
	t.Run("parts of one day come together", func(t *testing.T) {
		// 23:30 UTC is the next day in the Netherlands.
		result := Score(chartOf(part("a", "2024-03-04T23:30:00Z", all[:6]...), part("b", "2024-03-05", all[6:]...)), Config{})
		check(t, result, map[string]string{"odi.total": "20"})
		if s := only(t, result, "odi.total"); s.Response() != "QuestionnaireResponse/a,QuestionnaireResponse/b" || s.Answered != 10 {
			t.Errorf("%s, %d answered", s.Response(), s.Answered)
		}
	})
	t.Run("in forms of the site", func(t *testing.T) {
		config := site(t, `
questionnaires:
  - {canonical: https://ziekenhuis.example/Questionnaire/a, items: {"1": bpi.worst, "2": bpi.least}}
  - {canonical: https://ziekenhuis.example/Questionnaire/b, items: {"1": bpi.average, "2": bpi.now}}
`)
		b := respond(hospital+"b", answer("1", integer(4)), answer("2", integer(6)))
		b.ID = "r2"
		check(t, Score(chartOf(respond(hospital+"a", answer("1", integer(8)), answer("2", integer(2))), b), config), map[string]string{"bpi.severity": "5"})
	})
	for name, second := range map[string]*fhir.QuestionnaireResponse{
		"another day":          part("b", "2024-03-06", all[6:]...),
		"an item in both":      part("b", "2024-03-05", all[5:]...),
		"day unknown":          part("b", "", all[6:]...),
		"complete in itself":   part("b", "2024-03-05", all...),
		"month only is no day": part("b", "2024-03", all[6:]...),
	} {
		t.Run("not "+name, func(t *testing.T) {
			if result := Score(chartOf(part("a", "2024-03-05", all[:6]...), second), Config{}); len(result.Scores) != 2 {
				t.Errorf("%d scores", len(result.Scores))
			}
		})
	}
}

func TestSeveralInstrumentsInOneResponse(t *testing.T) {
	config := site(t, `
questionnaires:
  - canonical: https://ziekenhuis.example/Questionnaire/intake
    items: {a: nrs.1, b: gpe.1, c: bpi.worst, d: bpi.least, e: bpi.average, f: bpi.now}
    encoding: {gpe: value}
`)
	result := Score(chartOf(respond(hospital+"intake", answer("a", integer(7)), answer("b", integer(1)), answer("c", integer(8)),
		answer("d", integer(2)), answer("e", integer(5)), answer("f", integer(5)))), config)
	check(t, result, map[string]string{"nrs.value": "7", "gpe.value": "1", "bpi.severity": "5", "bpi.interference": "not scoreable: no item is answered"})
	if result.Scores[0].Instrument.ID != "gpe" || result.Scores[2].Instrument.ID != "nrs" {
		t.Error("not in the order of Instruments")
	}
}

func TestStoredScores(t *testing.T) {
	items := numbers("odi", 2, 2, 2, 2, 2, 2, 2, -1, 1, 1) // 35.555...
	for name, test := range map[string]struct {
		stored      fhir.Value
		linkID      string
		discrepancy bool
	}{
		"rounded to a whole":    {integer(36), "odi.total", false},
		"rounded to a decimal":  {fhir.Value{Decimal: "35.6"}, "odi.total", false},
		"truncated":             {integer(35), "odi.total", true},
		"with needless decimal": {fhir.Value{Decimal: "36.0"}, "odi.total", true},
		"as a percentage":       {text("36 %"), "odi.total", false},
		"as a quantity":         {quantity("35.56", "%"), "total", false},
		"as a weight":           {weighted(fhir.ItemWeight, "36"), "score", false},
		"out of 50":             {integer(16), "odi.score", true},
	} {
		t.Run(name, func(t *testing.T) {
			s := only(t, Score(chartOf(own("odi", append(items, answer(test.linkID, test.stored))...)), Config{}), "odi.total")
			if s.Stored == nil || s.Discrepancy != test.discrepancy {
				t.Errorf("stored %v, discrepancy %v", s.Stored, s.Discrepancy)
			}
		})
	}
	twice := append(items, answer("odi.total", integer(36)), answer("odi.total", integer(30)))
	if s := only(t, Score(chartOf(own("odi", twice...)), Config{}), "odi.total"); !s.Discrepancy {
		t.Error("two stored totals pass for one")
	}
	worded := append(items, answer("odi.total", text("matig")))
	if s := only(t, Score(chartOf(own("odi", worded...)), Config{}), "odi.total"); s.Stored != nil {
		t.Error("words pass for a total")
	}
}
