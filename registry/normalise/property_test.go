package normalise_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// The order of what came in has no say: the same items give the same bytes.
func TestOrderHasNoSay(t *testing.T) {
	want := make(map[normalise.Shape][]byte)
	for _, shape := range normalise.Shapes {
		want[shape] = body(t, normaliser(shape), rich())
	}
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.SampledFrom(normalise.Shapes).Draw(t, "shape")
		r := rich()
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		all := reflect.ValueOf(r).Elem()
		for i := range all.NumField() {
			if list := all.Field(i); list.Kind() == reflect.Slice {
				random.Shuffle(list.Len(), reflect.Swapper(list.Interface()))
			}
		}
		for i := range r.Indications {
			random.Shuffle(len(r.Indications[i].Codings), reflect.Swapper(r.Indications[i].Codings))
		}
		for i := range r.Procedures {
			random.Shuffle(len(r.Procedures[i].Devices), reflect.Swapper(r.Procedures[i].Devices))
		}
		d, err := normaliser(shape).Normalise(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.Documents()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got[0].Body, want[shape]) {
			t.Fatalf("%s differs", shape)
		}
	})
}

// visit visits every string in a value.
func visit(v reflect.Value, path string, do func(path string, s reflect.Value)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			visit(v.Field(i), path+"."+v.Type().Field(i).Name, do)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), fmt.Sprintf("%s[%d]", path, i), do)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			visit(v.Elem(), path, do)
		}
	case reflect.String:
		do(path, v)
	}
}

// leaks are what somebody may have typed anywhere: names, numbers, words.
var leaks = []string{"Jansen-de Vries", "mevr. J. Jansen", "999990019", "0612345678", "jansen@example.nl", "1968-04-12T00:00", "1234 AB", "Jansen", "<b>Jansen</b>", "x Jansen 999990019"}

// Whatever stands in whichever string of a registration, it does not leave as it is.
func TestNoStringLeavesAsItIs(t *testing.T) {
	var places []string
	visit(reflect.ValueOf(rich()).Elem(), "", func(path string, _ reflect.Value) { places = append(places, path) })
	for _, place := range places {
		for k, leak := range leaks {
			r := concerning(place)
			visit(reflect.ValueOf(r).Elem(), "", func(path string, s reflect.Value) {
				if path == place {
					s.SetString(leak)
				}
			})
			if told := told(t, normaliser(normalise.Shapes[k%len(normalise.Shapes)]), r); strings.Contains(told, leak) {
				t.Errorf("leak %d at %s gets out: %s", k, place, around(told, leak))
			}
		}
	}
}

// concerning is a registration without the items of other kinds than a place is in, but
// those that can be referred to.
func concerning(place string) *registration.Registration {
	r := rich()
	all := reflect.ValueOf(r).Elem()
	for i := range all.NumField() {
		kind := all.Type().Field(i).Name
		if !strings.HasPrefix(place, "."+kind) && kind != "Patient" && kind != "Indications" {
			all.Field(i).SetZero()
		}
	}
	return r
}

// told is all that is told of a registration: documents, issues, errors.
func told(t *testing.T, n *normalise.Normaliser, r *registration.Registration) string {
	var all strings.Builder
	d, err := n.Normalise(t.Context(), r)
	if err == nil {
		var list []normalise.Document
		list, err = d.Documents()
		for _, document := range list {
			all.Write(document.Body)
		}
		fmt.Fprintf(&all, "%+v", d.Issues)
	}
	if err != nil {
		all.WriteString(err.Error())
	}
	return all.String()
}

// around is what stands near a text.
func around(text, part string) string {
	at := max(strings.Index(text, part), 0)
	return text[max(at-80, 0):min(at+80, len(text))]
}

// Split documents hold every entry, keep within the bounds, and refer to nothing outside
// themselves.
func TestSplits(t *testing.T) {
	whole := deliver(t, normaliser(normalise.Transaction), rich())
	rapid.Check(t, func(t *rapid.T) {
		n := normaliser(rapid.SampledFrom([]normalise.Shape{normalise.Collection, normalise.Transaction}).Draw(t, "shape"))
		n.Target.MaxEntries = rapid.SampledFrom([]int{0, 8, 9, 12, 20, 40, 100}).Draw(t, "entries")
		n.Target.MaxBytes = rapid.SampledFrom([]int{0, 16_000, 20_000, 30_000, 100_000}).Draw(t, "bytes")
		d, err := n.Normalise(t.Context(), rich())
		if err != nil {
			t.Fatal(err)
		}
		list, err := d.Documents()
		if err != nil {
			t.Fatal(err)
		}
		sent := make(map[string]bool)
		ids := make(map[string]bool)
		for _, document := range list {
			if ids[document.ID] {
				t.Fatal("two documents of one id")
			}
			ids[document.ID] = true
			var b bundle
			if err := json.Unmarshal(document.Body, &b); err != nil {
				t.Fatal(err)
			}
			if most := n.Target.MaxEntries; most > 0 && len(b.Entry) > most {
				t.Fatalf("%d entries, %d allowed", len(b.Entry), most)
			}
			if most := n.Target.MaxBytes; most > 0 && len(document.Body) > most {
				t.Fatalf("%d bytes, %d allowed", len(document.Body), most)
			}
			here := make(map[string]bool)
			for _, e := range b.Entry {
				here[e.FullURL] = true
				sent[strings.TrimPrefix(e.FullURL, "urn:uuid:")] = true
			}
			if len(b.Entry) != document.Requests {
				t.Fatalf("%d entries, %d told", len(b.Entry), document.Requests)
			}
			for _, reference := range references(document.Body) {
				if !here[reference] {
					t.Fatalf("refers to %s, which is elsewhere", reference)
				}
			}
		}
		for _, e := range whole.Entries {
			if !sent[e.ID] {
				t.Fatalf("%s is not sent", e.Profile)
			}
		}
	})
}

// references are all Reference.reference in a document.
func references(document []byte) []string {
	var value any
	if err := json.Unmarshal(document, &value); err != nil {
		panic(err)
	}
	var list []string
	var walk func(any)
	walk = func(value any) {
		switch value := value.(type) {
		case map[string]any:
			if to, ok := value["reference"].(string); ok {
				list = append(list, to)
			}
			for _, v := range value {
				walk(v)
			}
		case []any:
			for _, v := range value {
				walk(v)
			}
		}
	}
	walk(value)
	return list
}

func TestWhatIsTooLargeForTheTargetIsAnError(t *testing.T) {
	n := normaliser(normalise.Transaction)
	n.Target.MaxEntries = 2
	if _, err := deliver(t, n, rich()).Documents(); err == nil || !strings.Contains(err.Error(), "more than the target takes at once") {
		t.Errorf("error: %v", err)
	}
}

// A part of a delivery refers to the rest by the query that finds it at the target.
func TestOnlyAPart(t *testing.T) {
	procedures := func(e *normalise.Entry) bool { return e.Type == "Procedure" }
	b := read(t, documents(t, deliver(t, normaliser(normalise.Transaction), rich()).Only(procedures))[0].Body)
	if len(b.of("Procedure")) != 3 || len(b.Entry) != 4 { // and the Provenance
		t.Fatalf("%d entries", len(b.Entry))
	}
	for _, p := range b.of("Procedure") {
		subject := p["subject"].(map[string]any)["reference"].(string)
		if !strings.HasPrefix(subject, "Patient?identifier=https%3A%2F%2F") {
			t.Errorf("subject: %s", subject)
		}
	}
	whole := read(t, documents(t, deliver(t, normaliser(normalise.Collection), rich()).Only(procedures))[0].Body)
	if len(whole.of("Patient")) != 1 || len(whole.of("Device")) != 2 {
		t.Error("a collection has no conditional references, so what is referred to must be in it")
	}
}

// Equal hashes, equal resources: what a delivery did not change need not be sent again.
func TestHashesFollowTheContent(t *testing.T) {
	n := normaliser(normalise.Transaction)
	before := make(map[string]string)
	for _, e := range deliver(t, n, rich()).Entries {
		before[e.Key()] = e.Hash
	}
	r := rich()
	r.Procedures[0].Updated = "2026-01-01T00:00:00Z" // another version of the same
	r.Contacts[0].Date = "2025-02-02"
	changed := 0
	for _, e := range deliver(t, n, r).Entries {
		if before[e.Key()] == "" {
			t.Errorf("%s has another key", e.Profile)
		}
		if before[e.Key()] != e.Hash {
			changed++
			if e.Profile != "registry-contact" {
				t.Errorf("%s changed", e.Profile)
			}
		}
	}
	if changed != 1 {
		t.Errorf("%d changed", changed)
	}
}

// FuzzNormalise: any registration gives valid R4, or an error; never a panic.
func FuzzNormalise(f *testing.F) {
	seed, err := json.Marshal(rich())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed, uint8(0))
	f.Add([]byte(`{"patient":{"key":"Patient/1","birthDate":"2024-02-31","gender":"x"},"indications":[{"key":"a","code":""}]}`), uint8(1))
	f.Add([]byte(`{"patient":{"key":"Patient/1","deceased":"0000"},"measurements":[{"key":"a","kind":"bmi","value":"1e9","unit":"kg/m2","from":"2025","to":"2024"}]}`), uint8(2))
	f.Add([]byte(`{"patient":{"key":"p"},"devices":[{"key":"a","serial":"s","udi":"+A123BJC5D6E71G","from":"2025-01-01T00:00:00.123456789-00:00"},{"key":"b","serial":"s"}]}`), uint8(3))
	f.Add([]byte(`{"patient":{"key":"p"},"costs":[{"key":"a","kind":"x y","amount":"-0","currency":"EUR"}],"team":[{"role":"\u0000"}]}`), uint8(0))
	f.Fuzz(func(t *testing.T, document []byte, shape uint8) {
		var r registration.Registration
		if json.Unmarshal(document, &r) != nil {
			return
		}
		d, err := normaliser(normalise.Shapes[int(shape)%len(normalise.Shapes)]).Normalise(t.Context(), &r)
		if err != nil {
			return
		}
		list, err := d.Documents()
		if err != nil {
			t.Fatal(err)
		}
		for _, document := range list {
			for line := range bytes.Lines(document.Body) {
				strictly(t, bytes.TrimSuffix(line, []byte("\n")))
			}
		}
	})
}

func BenchmarkNormalise(b *testing.B) {
	for _, shape := range normalise.Shapes {
		b.Run(string(shape), func(b *testing.B) {
			n, r := normaliser(shape), rich()
			size := len(body(b, n, r))
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				d, err := n.Normalise(b.Context(), r)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := d.Documents(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
