package registration_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/test/bundles"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// holds checks what must hold of every registration.
func holds(t interface{ Fatalf(string, ...any) }, chart *fhir.Chart) *registration.Registration {
	record := epd.Map(chart, epd.Options{AsOf: mapping.NewDay(2025, 6, 16)})
	scores := prom.Score(chart, prom.Config{})
	r, fates := registration.Of(chart, record, &scores, registration.Options{})

	body, err := json.Marshal(r)
	if err != nil {
		t.Fatalf("%v", err)
	}
	read := new(registration.Registration)
	if err := json.Unmarshal(body, read); err != nil {
		t.Fatalf("%v", err)
	}
	if again, _ := json.Marshal(read); string(again) != string(body) {
		t.Fatalf("JSON does not come back:\n%s\n%s", body, again)
	}
	var keys []string // of one kind each once
	for i := range registration.Items(r) {
		key := i.Kind + " " + i.Key
		if i.Kind != "patient" && (i.Key == "" || slices.Contains(keys, key)) {
			t.Fatalf("key %q of %s", i.Key, i.Kind)
		}
		keys = append(keys, key)
	}
	named := make(map[string]bool)
	for _, f := range fates {
		if f.Resource == "" || f.Reason == "" {
			t.Fatalf("a fate without resource or reason: %+v", f)
		}
		named[f.Resource] = true
	}
	for _, x := range chart.Resources {
		switch x.(type) {
		case *fhir.Procedure, *fhir.AdverseEvent, *fhir.ChargeItem, *fhir.MedicationStatement, *fhir.MedicationRequest, *fhir.QuestionnaireResponse, *fhir.Encounter:
			key := registration.KeyOf(chart, x)
			here := slices.ContainsFunc(keys, func(k string) bool {
				_, own, _ := strings.Cut(k, " ")
				return own == key || strings.HasPrefix(own, key+"#")
			})
			if !here && !named[fhir.Name(x)] && !strings.Contains(string(body), "derived/") {
				t.Fatalf("%s is lost: %v\n%s", fhir.Name(x), fates, body)
			}
		}
	}
	return r
}

// FuzzOf reads whatever comes, registers it and checks that nothing is lost, doubled
// or unwritable.
func FuzzOf(f *testing.F) {
	p := population.Default(60, 17)
	p.Traps = 0.6
	for id, r := range p.All() {
		f.Add(population.Bundle(id, r))
	}
	f.Add(bundles.Hook())
	f.Add([]byte(`{"resourceType":"Procedure","status":"entered-in-error"}`))
	f.Add([]byte(`{"resourceType":"Procedure","id":"a","status":"completed","category":{"coding":[{"system":"` + registration.ProcedureKindSystem +
		`","code":"trial"}]},"focalDevice":[{"manipulated":{"reference":"#d"}}],"contained":[{"resourceType":"Device","id":"d"},{"resourceType":"Device","id":"d"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		chart, err := decode.Bundle("in", data, decode.Limits{})
		if err != nil {
			return
		}
		holds(t, chart)
	})
}

// Elements that go or change anywhere, entries that come twice: still nothing is lost.
func TestConservation(t *testing.T) {
	p := population.Default(50, 23)
	p.Traps = 0.5
	rapid.Check(t, func(t *rapid.T) {
		id, r := p.Patient(rapid.IntRange(0, p.Patients-1).Draw(t, "patient"))
		var bundle map[string]any
		if err := json.Unmarshal(population.Bundle(id, r), &bundle); err != nil {
			t.Fatal(err)
		}
		entries := bundle["entry"].([]any)
		for range rapid.IntRange(1, 8).Draw(t, "changes") {
			entry := entries[rapid.IntRange(1, len(entries)-1).Draw(t, "entry")].(map[string]any)["resource"].(map[string]any)
			names := make([]string, 0, len(entry))
			for name := range entry {
				if name != "resourceType" {
					names = append(names, name)
				}
			}
			slices.Sort(names)
			name := rapid.SampledFrom(names).Draw(t, "element")
			switch rapid.IntRange(0, 3).Draw(t, "change") {
			case 0:
				delete(entry, name)
			case 1:
				entry["status"] = rapid.SampledFrom([]string{"entered-in-error", "not-done", "unknown", "completed"}).Draw(t, "status")
			case 2:
				entry["id"] = rapid.SampledFrom([]string{"0-1", "same", "x"}).Draw(t, "id")
			case 3:
				entries = append(entries, map[string]any{"resource": entry})
			}
		}
		bundle["entry"] = entries
		data, _ := json.Marshal(bundle)
		chart, err := decode.Bundle("in", data, decode.Limits{})
		if err == nil {
			holds(t, chart)
		}
	})
}

// The order of the entries has no say.
func TestOrderHasNoSay(t *testing.T) {
	p := population.Default(200, 29)
	p.Traps = 0.5
	rapid.Check(t, func(t *rapid.T) {
		id, r := p.Patient(rapid.IntRange(0, p.Patients-1).Draw(t, "patient"))
		chart, err := decode.Bundle(id, population.Bundle(id, r), decode.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		first := holds(t, chart)
		chart.Resources = rapid.Permutation(chart.Resources).Draw(t, "order")
		chart.Index()
		if diff := cmp.Diff(first, holds(t, chart)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func BenchmarkOf(b *testing.B) {
	p := population.Default(1, 1)
	id, r := p.Patient(0)
	chart, err := decode.Bundle(id, population.Bundle(id, r), decode.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	record := epd.Map(chart, epd.Options{AsOf: mapping.NewDay(2025, 6, 16)})
	scores := prom.Score(chart, prom.Config{})
	b.ReportAllocs()
	for b.Loop() {
		registration.Of(chart, record, &scores, registration.Options{})
	}
}
