package prom

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
)

func quantity(value, unit string) fhir.Value {
	return fhir.Value{Quantity: &fhir.Quantity{Value: fhir.Decimal(value), Unit: unit}}
}

func TestAnswerStyles(t *testing.T) {
	three := map[string]fhir.Value{
		"integer":                  integer(3),
		"decimal":                  {Decimal: "3.0"},
		"numeral":                  text(" 3 "),
		"numeral with a comma":     text("3,0"),
		"quantity":                 quantity("3", ""),
		"quantity in points":       quantity("3", "{score}"),
		"coding with ordinalValue": weighted(fhir.OrdinalValue, "3"),
		"coding with itemWeight":   weighted(fhir.ItemWeight, "3.0"),
		"weight on a string":       {String: "Option", Weights: []fhir.Decimal{"3"}},
		"our option":               coded(OptionSystem, "3"),
	}
	for name, v := range three {
		t.Run(name, func(t *testing.T) {
			items := numbers("odi", -1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
			check(t, Score(chartOf(own("odi", append(items, answer("odi.1", v))...)), Config{}), map[string]string{"odi.total": "6"})
		})
	}
}

// In our own form the weight of a coded duration is the duration; in another it
// may be the rank of a class.
func TestCodedDurations(t *testing.T) {
	items := append(without(psqiItems("23:00:00", "07:00:00", "7", 0, nil), "psqi.latency"), answer("psqi.latency", weighted(fhir.OrdinalValue, "31")))
	check(t, Score(chartOf(own("psqi", items...)), Config{}), map[string]string{"psqi.c2": "1"})
	config := site(t, "questionnaires: [{canonical: "+hospital+"slaap, items: {l: psqi.latency, a: psqi.5a}}]")
	check(t, Score(chartOf(respond(hospital+"slaap", answer("l", weighted(fhir.OrdinalValue, "2")), answer("a", integer(0)))), config),
		map[string]string{"psqi.c2": "not scoreable: psqi.latency: a coded duration"})
}

func TestAnswersThatCannotBeInterpreted(t *testing.T) {
	yes := true
	for name, test := range map[string]struct {
		value  fhir.Value
		reason string
	}{
		"words":                      {text("matig"), "words of which no value is declared"},
		"a number with a unit in it": {text("3 punten"), "words of which no value is declared"},
		"coding without weight":      {coded("urn:cs", "3"), "a coded answer without a weight"},
		"LOINC answer not verified":  {coded(loinc, "LA25853-5"), "a coded answer without a weight"},
		"boolean":                    {fhir.Value{Boolean: &yes}, "an answer of a type that holds no number"},
		"between two options":        {fhir.Value{Decimal: "2.5"}, "the answer is not one of the item's values"},
		"outside the options":        {integer(6), "the answer is not one of the item's values"},
		"negative":                   {text("-1"), "the answer is not one of the item's values"},
		"another unit":               {quantity("3", "mm"), "the unit of the answer"},
		"a bound":                    {fhir.Value{Quantity: &fhir.Quantity{Value: "3", Comparator: "<"}}, "the answer is a bound"},
		"a huge number":              {fhir.Value{Decimal: "1e999999999"}, "the answer is not a number"},
	} {
		t.Run(name, func(t *testing.T) {
			items := append(numbers("odi", -1, 0, 0, 0, 0, 0, 0, 0, 0, 0), answer("odi.1", test.value))
			result := Score(chartOf(own("odi", items...)), Config{})
			check(t, result, map[string]string{"odi.total": "not scoreable: odi.1: " + test.reason})
			if s := only(t, result, "odi.total"); s.Answered != 9 || len(s.Missing) != 0 {
				t.Errorf("counted as answered or missing: %d, %v", s.Answered, s.Missing)
			}
		})
	}
}

func TestAnswersThatAreAbsent(t *testing.T) {
	for name, item := range map[string]fhir.ResponseItem{
		"no answer":            {LinkID: "odi.8", Text: "Section 8"},
		"empty string":         answer("odi.8", text("  ")),
		"data-absent-reason":   answer("odi.8", coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-applicable")),
		"null flavor":          answer("odi.8", coded("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "NA")),
		"only items beneath":   {LinkID: "odi.8", Answer: []fhir.Answer{{Item: numbers("remark")}}},
		"absent-reason inside": answer("odi.8", fhir.Value{Coding: &fhir.Coding{Extension: []fhir.Extension{{URL: fhir.DataAbsentReason, Value: fhir.Value{Code: "asked-declined"}}}}}),
	} {
		t.Run(name, func(t *testing.T) {
			items := append(numbers("odi", 1, 1, 1, 1, 1, 1, 1, -1, 1, 1), item)
			result := Score(chartOf(own("odi", items...)), Config{})
			check(t, result, map[string]string{"odi.total": "20"})
			if s := only(t, result, "odi.total"); s.Answered != 9 || !s.Prorated {
				t.Errorf("answered %d, prorated %v", s.Answered, s.Prorated)
			}
		})
	}
}

func TestNestedItems(t *testing.T) {
	all := numbers("odi", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
	all[0].Answer[0].Item = all[1:3]
	group := fhir.ResponseItem{LinkID: "g1", Item: []fhir.ResponseItem{{LinkID: "g2", Item: all[3:]}}}
	check(t, Score(chartOf(own("odi", all[0], group)), Config{}), map[string]string{"odi.total": "20"})
}

func TestRepeatedAnswers(t *testing.T) {
	same := append(numbers("nrs", 6), answer("nrs.1", fhir.Value{Decimal: "6.0"}))
	check(t, Score(chartOf(own("nrs", same...)), Config{}), map[string]string{"nrs.value": "6"})
	two := append(numbers("nrs", 6), numbers("nrs", 7)...)
	check(t, Score(chartOf(own("nrs", two...)), Config{}), map[string]string{"nrs.value": "not scoreable: nrs.1: answered more than once, differently"})
}

func TestWeightsThatContradict(t *testing.T) {
	both := weighted(fhir.OrdinalValue, "3")
	both.Coding.Extension = append(both.Coding.Extension, fhir.Extension{URL: fhir.ItemWeight, Value: fhir.Value{Decimal: "2"}})
	items := append(numbers("odi", -1, 0, 0, 0, 0, 0, 0, 0, 0, 0), answer("odi.1", both))
	check(t, Score(chartOf(own("odi", items...)), Config{}), map[string]string{"odi.total": "not scoreable: odi.1: ordinalValue and itemWeight contradict each other"})
}

// The answer's own weight goes before that of the Questionnaire; that they differ is said.
func TestWeightSearchOrder(t *testing.T) {
	form := &fhir.Questionnaire{URL: odi.Canonical(), Item: []fhir.QuestionnaireItem{{LinkID: "odi.1", AnswerOption: []fhir.AnswerOption{
		{Extension: []fhir.Extension{{URL: fhir.OrdinalValue, Value: fhir.Value{Decimal: "2"}}}, Value: coded("urn:cs", "c")}}}}}
	rest := numbers("odi", -1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	check(t, Score(chartOf(form, own("odi", append(rest, answer("odi.1", coded("urn:cs", "c")))...)), Config{}), map[string]string{"odi.total": "4"})

	heavier := weighted(fhir.OrdinalValue, "3")
	heavier.Coding.System, heavier.Coding.Code = "urn:cs", "c"
	result := Score(chartOf(form, own("odi", append(rest, answer("odi.1", heavier))...)), Config{})
	check(t, result, map[string]string{"odi.total": "6"})
	if s := only(t, result, "odi.total"); len(s.Flags) != 1 {
		t.Errorf("flags %v", s.Flags)
	}
}

func TestEvidenceNamesTheAnswer(t *testing.T) {
	s := only(t, Score(chartOf(own("nrs", numbers("nrs", 6)...)), Config{}), "nrs.value")
	if len(s.Evidence) != 1 {
		t.Fatalf("evidence %v", s.Evidence)
	}
	e := s.Evidence[0]
	if e.Resource != "QuestionnaireResponse/r1" || e.Path != "item[nrs.1].answer[0].valueInteger" || e.Value != "6" || e.Date != "2024-03-04" || e.Via != "linkId -> nrs.1" {
		t.Errorf("evidence %+v", e)
	}
}
