package neuromodulation

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

func statement(code string) extension {
	return extension{URL: CoverageInformation, Parts: []extension{
		{URL: "coverage", Reference: &target{"Coverage/1"}}, {URL: "covered", Code: code},
		{URL: "reason", Concept: &concept{Coding: []cdshooks.Coding{{System: verdictSystem, Code: "x"}}, Text: "t"}},
		{URL: "date", Date: "2025-06-16"}, {URL: "coverage-assertion-id", String: "a"},
	}}
}

// Whatever the order looks like, annotating it gives JSON that is the order and the
// statement; saying it again changes nothing, and saying another takes its place.
func FuzzAnnotate(f *testing.F) {
	for _, order := range []string{`{"resourceType":"ServiceRequest"}`, `{"extension":[]}`, `{"a":{"extension":[1]},"extension":[{"url":"x"}, 2 ],"b":[]}`,
		`{"extension":{}}`, `{"extension":null}`, `{"id":"1","extension":[{"url":"` + CoverageInformation + `","extension":[{"url":"coverage"}]}]}`, `{"extension":[ ]}`, "{\n\t\"a\" : 1\n}"} {
		f.Add(order)
	}
	f.Fuzz(func(t *testing.T, order string) {
		var before map[string]any
		if !jsontext.Value(order).IsValid() || json.Unmarshal([]byte(order), &before) != nil || len(before) == 0 {
			return
		}
		if strings.Contains(order, verdictSystem) {
			return
		}
		if value, there := before["extension"]; there {
			if _, list := value.([]any); !list {
				if _, changed, err := annotate(jsontext.Value(order), statement("covered")); changed || err != nil {
					t.Errorf("annotated where there is no place: %v", err)
				}
				return
			}
		}
		first, changed, err := annotate(jsontext.Value(order), statement("conditional"))
		if err != nil || !changed {
			t.Fatalf("%v, changed %v", err, changed)
		}
		if _, again, err := annotate(first, statement("conditional")); err != nil || again {
			t.Errorf("said again: %s, %v", first, err)
		}
		second, changed, err := annotate(first, statement("covered"))
		if err != nil || !changed || strings.Count(string(second), verdictSystem) != 1 {
			t.Fatalf("%v: %s", err, second)
		}
		var after map[string]any
		if err := json.Unmarshal(second, &after); err != nil {
			t.Fatalf("%v: %s", err, second)
		}
		list := after["extension"].([]any)
		former, _ := before["extension"].([]any)
		if len(list) != len(former)+1 {
			t.Fatalf("%d extensions, then %d", len(former), len(list))
		}
		after["extension"] = list[:len(former)]
		if len(former) == 0 {
			delete(after, "extension")
			delete(before, "extension")
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Error(diff)
		}
	})
}
