package prom

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// concepts are those a, b, c ... weighing what is given; "" weighs nothing.
func concepts(weights ...fhir.Decimal) []fhir.WeightedConcept {
	var list []fhir.WeightedConcept
	for k, w := range weights {
		list = append(list, fhir.WeightedConcept{Code: string(rune('a' + k)), Extension: []fhir.Extension{{URL: fhir.ItemWeight, Value: fhir.Value{Decimal: w}}}})
	}
	return list
}

// A code without a weight of its own is looked up where SDC's weight() looks: the
// options, the ValueSet, the CodeSystem; contained or in the same bundle.
func TestWeightsOfTerminology(t *testing.T) {
	valueSet := func(id, system string, list []fhir.WeightedConcept) *fhir.ValueSet {
		return &fhir.ValueSet{Header: fhir.Header{ID: id}, URL: hospital + "vs", Version: "2", Compose: fhir.Compose{Include: []fhir.Include{{System: system, Concept: list}}}}
	}
	codeSystem := func(list []fhir.WeightedConcept) *fhir.CodeSystem {
		return &fhir.CodeSystem{URL: "urn:cs", Concept: list}
	}
	form := func(answerValueSet string, contained ...fhir.Resource) *fhir.Questionnaire {
		return &fhir.Questionnaire{Header: fhir.Header{Contained: contained}, URL: odi.Canonical(),
			Item: []fhir.QuestionnaireItem{{LinkID: "odi.1", AnswerValueSet: answerValueSet}}}
	}
	options := func(q *fhir.Questionnaire, weight fhir.Decimal) *fhir.Questionnaire {
		q.Item[0].AnswerOption = []fhir.AnswerOption{{Value: fhir.Value{Coding: &fhir.Coding{System: "urn:cs", Code: "c",
			Extension: []fhir.Extension{{URL: fhir.OrdinalValue, Value: fhir.Value{Decimal: weight}}}}}}}
		return q
	}
	const none = "not scoreable: odi.1: a coded answer without a weight"
	for name, test := range map[string]struct {
		resources []fhir.Resource
		want      string // of ten sections of which the others are 0
	}{
		"contained ValueSet":               {[]fhir.Resource{form("#v", valueSet("v", "urn:cs", concepts("0", "1", "2")))}, "4"},
		"ValueSet in the bundle":           {[]fhir.Resource{form(hospital + "vs|2"), valueSet("v", "urn:cs", concepts("0", "1", "2"))}, "4"},
		"ValueSet of another version":      {[]fhir.Resource{form(hospital + "vs|3"), valueSet("v", "urn:cs", concepts("0", "1", "2"))}, none},
		"a local id is not of the bundle":  {[]fhir.Resource{form("#v"), valueSet("v", "urn:cs", concepts("0", "1", "2"))}, none},
		"ValueSet of another question":     {[]fhir.Resource{form(""), valueSet("v", "urn:cs", concepts("0", "1", "2"))}, none},
		"the same code of another system":  {[]fhir.Resource{form("#v", valueSet("v", "urn:other", concepts("0", "1", "2")))}, none},
		"contained CodeSystem":             {[]fhir.Resource{form("", codeSystem(concepts("0", "1", "2")))}, "4"},
		"CodeSystem in the bundle":         {[]fhir.Resource{codeSystem(concepts("0", "1", "2"))}, "4"},
		"nested in a CodeSystem":           {[]fhir.Resource{codeSystem([]fhir.WeightedConcept{{Code: "top", Concept: concepts("0", "1", "2")}})}, "4"},
		"the ValueSet before the system":   {[]fhir.Resource{form("#v", valueSet("v", "urn:cs", concepts("0", "1", "3"))), codeSystem(concepts("0", "1", "2"))}, "6"},
		"the option before the ValueSet":   {[]fhir.Resource{options(form("#v", valueSet("v", "urn:cs", concepts("0", "1", "3"))), "5")}, "10"},
		"without weight in the ValueSet":   {[]fhir.Resource{form("#v", valueSet("v", "urn:cs", concepts("", "", ""))), codeSystem(concepts("0", "1", "2"))}, "4"},
		"listed twice, differently":        {[]fhir.Resource{codeSystem(concepts("0", "1", "2")), codeSystem(concepts("0", "1", "3"))}, "not scoreable: odi.1: the CodeSystem lists the answer twice"},
		"listed twice, alike":              {[]fhir.Resource{codeSystem(concepts("0", "1", "2")), codeSystem(concepts("0", "1", "2.0"))}, "4"},
		"a list that contradicts itself":   {[]fhir.Resource{codeSystem(append(concepts("0", "1"), contradictory("c")))}, "not scoreable: odi.1: ordinalValue and itemWeight contradict each other"},
		"not declared to be our own range": {[]fhir.Resource{codeSystem(concepts("0", "1", "2", "3", "4", "5", "6"))}, "4"},
	} {
		t.Run(name, func(t *testing.T) {
			items := append(numbers("odi", -1, 0, 0, 0, 0, 0, 0, 0, 0, 0), answer("odi.1", coded("urn:cs", "c")))
			check(t, Score(chartOf(append(test.resources, own("odi", items...))...), Config{}), map[string]string{"odi.total": test.want})
		})
	}
}

func contradictory(code string) fhir.WeightedConcept {
	return fhir.WeightedConcept{Code: code, Extension: []fhir.Extension{
		{URL: fhir.OrdinalValue, Value: fhir.Value{Decimal: "1"}}, {URL: fhir.ItemWeight, Value: fhir.Value{Decimal: "2"}}}}
}

// In a form that only LOINC codes tell us, a list whose weights are not the instrument's
// values, or are unclear, may be encoded otherwise: nothing of it counts.
func TestAForeignListMustFitTheItem(t *testing.T) {
	for name, test := range map[string]struct {
		list []fhir.WeightedConcept
		want string
	}{
		"0 to 5":         {concepts("0", "1", "2", "3", "4", "5"), "4"},
		"1 to 6":         {concepts("1", "2", "3", "4", "5", "6"), "not scoreable: ndi.1: the weights of the options are not the instrument's values"},
		"one is unclear": {append(concepts("0", "1", "2"), contradictory("d")), "not scoreable: ndi.1: the weights of the options are not the instrument's values"},
	} {
		t.Run(name, func(t *testing.T) {
			var items []fhir.ResponseItem
			for k := range ndi.Items {
				v := coded("urn:zero", "z")
				if k == 0 {
					v = coded("urn:cs", "c")
				}
				items = append(items, fhir.ResponseItem{LinkID: ndi.Items[k].ID, Definition: loinc + "/" + ndi.Items[k].LOINC, Answer: []fhir.Answer{{Value: v}}})
			}
			zero := &fhir.CodeSystem{URL: "urn:zero", Concept: []fhir.WeightedConcept{{Code: "z", Extension: []fhir.Extension{{URL: fhir.OrdinalValue, Value: fhir.Value{Decimal: "0"}}}}}}
			result := Score(chartOf(zero, &fhir.CodeSystem{URL: "urn:cs", Concept: test.list}, respond(hospital+"nek", items...)), Config{})
			check(t, result, map[string]string{"ndi.total": test.want})
		})
	}
}

// On a value without a Coding two weights that differ are as wrong as on one.
func TestWeightsThatContradictOnAnyValue(t *testing.T) {
	for name, v := range map[string]fhir.Value{
		"integer": {Integer: "2", Weights: []fhir.Decimal{"2", "3"}}, "string": {String: "Option", Weights: []fhir.Decimal{"2", "3"}},
		"coding":           {Coding: &fhir.Coding{System: "urn:cs", Code: "c"}, Weights: []fhir.Decimal{"2", "3"}},
		"coding and value": {Coding: weighted(fhir.OrdinalValue, "2").Coding, Weights: []fhir.Decimal{"3"}},
	} {
		t.Run(name, func(t *testing.T) {
			items := append(numbers("odi", -1, 0, 0, 0, 0, 0, 0, 0, 0, 0), answer("odi.1", v))
			check(t, Score(chartOf(own("odi", items...)), Config{}), map[string]string{"odi.total": "not scoreable: odi.1: ordinalValue and itemWeight contradict each other"})
		})
	}
	same := fhir.Value{String: "Option", Weights: []fhir.Decimal{"2", "2.0"}}
	items := append(numbers("odi", -1, 0, 0, 0, 0, 0, 0, 0, 0, 0), answer("odi.1", same))
	check(t, Score(chartOf(own("odi", items...)), Config{}), map[string]string{"odi.total": "4"})
}
