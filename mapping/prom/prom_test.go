package prom

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// answer makes an item with one answer.
func answer(linkID string, v fhir.Value) fhir.ResponseItem {
	return fhir.ResponseItem{LinkID: linkID, Answer: []fhir.Answer{{Value: v}}}
}

func integer(n int) fhir.Value  { return fhir.Value{Integer: fhir.Decimal(strconv.Itoa(n))} }
func text(s string) fhir.Value  { return fhir.Value{String: s} }
func clock(s string) fhir.Value { return fhir.Value{Time: s} }

func coded(system, code string) fhir.Value {
	return fhir.Value{Coding: &fhir.Coding{System: system, Code: code}}
}

func weighted(url, weight string) fhir.Value {
	return fhir.Value{Coding: &fhir.Coding{Display: "Option", Extension: []fhir.Extension{
		{URL: url, Value: fhir.Value{Decimal: fhir.Decimal(weight)}},
	}}}
}

// respond makes a completed response to a form.
func respond(canonical string, items ...fhir.ResponseItem) *fhir.QuestionnaireResponse {
	authored, err := fhir.ParseDateTime("2024-03-04")
	if err != nil {
		panic(err)
	}
	return &fhir.QuestionnaireResponse{
		Header: fhir.Header{ID: "r1"}, Questionnaire: canonical, Status: "completed", Authored: authored, Item: items,
	}
}

// own makes a completed response to our own form.
func own(instrument string, items ...fhir.ResponseItem) *fhir.QuestionnaireResponse {
	return respond(mapping.CanonicalBase+"/Questionnaire/"+instrument, items...)
}

// numbers answers <instrument>.1, .2 ... with integers; -1 leaves an item out.
func numbers(instrument string, values ...int) []fhir.ResponseItem {
	var items []fhir.ResponseItem
	for k, v := range values {
		if v >= 0 {
			items = append(items, answer(fmt.Sprintf("%s.%d", instrument, k+1), integer(v)))
		}
	}
	return items
}

func chartOf(resources ...fhir.Resource) *fhir.Chart {
	chart := &fhir.Chart{Resources: resources}
	chart.Index()
	return chart
}

// only gives the named score, which must occur once.
func only(t *testing.T, result Result, name string) Scored {
	t.Helper()
	var match []Scored
	for _, s := range result.Scores {
		if s.Instrument.ID+"."+s.Scale.Name == name {
			match = append(match, s)
		}
	}
	if len(match) != 1 {
		t.Fatalf("%d scores named %s, want 1 (unrecognised: %v)", len(match), name, result.Unrecognised)
	}
	return match[0]
}

// value is a score as printed, or "not scoreable: <reason>".
func (s Scored) text() string {
	if s.Value == nil {
		return "not scoreable: " + s.NotScoreable
	}
	return mapping.FormatRat(s.Value)
}

// check holds scores against what is expected: a number, or "not scoreable" and
// a part of the reason.
func check(t *testing.T, result Result, want map[string]string) {
	t.Helper()
	for name, expected := range want {
		got := only(t, result, name).text()
		if got != expected && !(strings.HasPrefix(expected, "not scoreable") && strings.Contains(got, expected)) {
			t.Errorf("%s = %s, want %s", name, got, expected)
		}
	}
}

func site(t *testing.T, document string) Config {
	t.Helper()
	s, err := ReadSite(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	return Config{Site: s}
}

func lines(t *testing.T, result Result) string {
	t.Helper()
	b, err := json.Marshal(result.Scores)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
