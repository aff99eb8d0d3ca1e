package test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/test/bundles"
)

// conserves maps a bundle and checks that everything that came in is accounted
// for once: used, ignored with a reason, or rejected with a reason. It returns how much came
// in, -1 when the whole input was refused.
func conserves(fatalf func(string, ...any), data []byte) int {
	chart, err := decode.Bundle("mutant", data, decode.Limits{})
	if err != nil {
		return -1
	}
	r := epd.Map(chart, epd.Options{AsOf: mapping.NewDay(2025, 6, 16)})
	p := r.Report
	if p.Received != p.Used+len(p.Ignored)+len(p.Rejected) {
		fatalf("received %d, used %d, ignored %d, rejected %d", p.Received, p.Used, len(p.Ignored), len(p.Rejected))
	}
	for _, fate := range slices.Concat(p.Ignored, p.Rejected) {
		if fate.Reason == "" || fate.Resource == "" {
			fatalf("a fate without resource or reason: %+v", fate)
		}
	}
	if _, err := json.Marshal(r); err != nil {
		fatalf("the record cannot be written: %v", err)
	}
	return p.Received
}

// place is a value within a JSON document, with how to change or remove it.
type place struct {
	value  any
	put    func(any)
	remove func()
}

// places lists every value below a value, in a fixed order.
func places(value any, list []place) []place {
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			list = append(list, place{v[key], func(to any) { v[key] = to }, func() { delete(v, key) }})
			list = places(v[key], list)
		}
	case []any:
		for i := range v {
			list = append(list, place{v[i], func(to any) { v[i] = to }, func() { v[i] = nil }})
			list = places(v[i], list)
		}
	}
	return list
}

// strangers are values that stand where others belong.
var strangers = []any{nil, true, 0, -1, 1e300, "", " ", "active", "entered-in-error", "2025-13-45", "2099-01-01", "0001-01-01",
	"Condition", "Observation", "Nonsense", "#", "Patient/other", []any{}, []any{nil}, map[string]any{}, map[string]any{"x": []any{}}}

// mutate changes a few things anywhere in the resources of a bundle: values go,
// are replaced by strangers or by a value from elsewhere, entries come twice.
func mutate(t *rapid.T, bundle map[string]any) {
	for range rapid.IntRange(1, 12).Draw(t, "mutations") {
		entries := bundle["entry"].([]any)
		var all []place
		for _, e := range entries {
			entry, ok := e.(map[string]any)
			if ok {
				all = places(entry["resource"], all)
			}
		}
		if len(all) == 0 {
			return
		}
		at := all[rapid.IntRange(0, len(all)-1).Draw(t, "place")]
		switch rapid.SampledFrom([]string{"remove", "replace", "swap", "double"}).Draw(t, "mutation") {
		case "remove":
			at.remove()
		case "replace":
			at.put(copied(rapid.SampledFrom(strangers).Draw(t, "stranger")))
		case "swap":
			at.put(copied(all[rapid.IntRange(0, len(all)-1).Draw(t, "from")].value))
		case "double":
			bundle["entry"] = append(entries, copied(entries[rapid.IntRange(0, len(entries)-1).Draw(t, "entry")]))
		}
	}
}

// copied is the value again, sharing nothing.
func copied(value any) any {
	b, err := json.Marshal(value)
	if err != nil {
		panic(err) // it was read from JSON
	}
	var again any
	if err := json.Unmarshal(b, &again); err != nil {
		panic(err)
	}
	return again
}

func TestNothingIsLostOfMutatedBundles(t *testing.T) {
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		source := bundles.Hook()
		if rapid.Bool().Draw(t, "story") {
			source = []byte(collection(anyStory(t).otherwise()))
		}
		var bundle map[string]any
		if err := json.Unmarshal(source, &bundle); err != nil {
			t.Fatal(err)
		}
		mutate(t, bundle)
		mutant, err := json.Marshal(bundle)
		if err != nil {
			t.Fatal(err)
		}
		switch received := conserves(t.Fatalf, mutant); {
		case received < 0:
		case received != len(bundle["entry"].([]any)):
			t.Fatalf("received %d of %d entries", received, len(bundle["entry"].([]any)))
		default:
			read++
		}
	})
	if read == 0 {
		t.Error("no mutant was read at all")
	}
}

// FuzzConservation takes any bytes, starting from bundles of our own.
func FuzzConservation(f *testing.F) {
	f.Add(bundles.Hook())
	plain := story{onset: "2024", confirmed: true, surgeries: 1, thinner: "may-stop", oxycodone: 25, weight: 90, exercise: "tried", team: []string{"nurse"}}
	for _, way := range [][]string{plain.coded(), plain.asForm(), plain.asSTU3(), plain.otherwise()} {
		f.Add([]byte(collection(way)))
	}
	f.Fuzz(func(t *testing.T, data []byte) { conserves(t.Fatalf, data) })
}
