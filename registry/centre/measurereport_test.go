package centre_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// populated is the report of 2023 of a generated population.
func populated(t *testing.T, patients int) *centre.Report {
	t.Helper()
	p := population.Default(patients, 3)
	r, err := centre.Compute(func(yield func(centre.Patient, error) bool) {
		for id, r := range p.All() {
			if !yield(centre.Patient{ID: id, Registration: r}, nil) {
				return
			}
		}
	}, centre.Options{Year: 2023, AsOf: mapping.NewDay(2024, 12, 31), Name: "Test", Identifier: clinicA})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The strata of every figure add up to it, and what was looked at to what became of it.
func TestFiguresAddUp(t *testing.T) {
	r := populated(t, 800)
	for _, f := range r.Figures {
		sum := func(v centre.Value) [4]int { return [4]int{v.Initial, v.Numerator, v.Denominator, v.Missing} }
		left := 0
		for _, n := range f.Excluded {
			left += n
		}
		if f.Initial != f.Denominator+f.Missing+left || f.Kind == centre.Proportion && f.Numerator > f.Denominator {
			t.Errorf("%s/%s does not add up: %+v", f.Measure, f.ID, f.Value)
		}
		for _, s := range f.Stratifiers {
			var all [4]int
			for _, stratum := range s.Strata {
				for i, n := range sum(stratum.Value) {
					all[i] += n
				}
			}
			if all != sum(f.Value) {
				t.Errorf("%s/%s by %s: %v, the whole is %v", f.Measure, f.ID, s.Code, all, sum(f.Value))
			}
		}
	}
	excluded := 0
	for _, id := range []string{"not-done", "entered-in-error", "not-yet-done", "stopped", "status-unknown", "after-as-of", "generator-only", "explant-only", "date-unknown", "kind-unknown"} {
		excluded += r.Figure("nm-volume-n20", id).Numerator
	}
	if all := r.Figure("nm-indication", "procedures"); excluded == 0 || excluded >= all.Initial {
		t.Errorf("%d left out of %d", excluded, all.Initial)
	}
}

// MeasureReports can be read by the reader of R4, tell no count from 1 to 4, and are the
// same bytes whenever the same is reported.
func TestMeasureReportsThatLeave(t *testing.T) {
	r := populated(t, 400)
	collection, err := centre.Collection(r, centre.Reporting{Profiled: true})
	if err != nil {
		t.Fatal(err)
	}
	document, err := encode.JSON(collection)
	if err != nil {
		t.Fatal(err)
	}
	again, err := centre.Collection(populated(t, 400), centre.Reporting{Profiled: true})
	if err != nil {
		t.Fatal(err)
	}
	if other, err := encode.JSON(again); err != nil || !bytes.Equal(document, other) {
		t.Error("the same report gives other bytes")
	}
	u, err := jsonformat.NewUnmarshaller("UTC", fhirversion.R4)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.UnmarshalR4(document); err != nil {
		t.Fatal(err)
	}
	counts, masked := 0, strings.Count(string(document), `"masked"`)
	for n := range countsIn(t, document) {
		counts++
		if n > 0 && n < 5 {
			t.Errorf("a count of %v leaves", n)
		}
	}
	if counts < 500 || masked < 20 {
		t.Errorf("%d counts, %d masked: too few to tell", counts, masked)
	}
	inside, err := centre.Collection(r, centre.Reporting{Unmasked: true})
	if err != nil {
		t.Fatal(err)
	}
	if document, err = encode.JSON(inside); err != nil || strings.Contains(string(document), `"masked"`) {
		t.Errorf("masked inside the centre: %v", err)
	}
}

// countsIn are all values of "count" in a document, but for the days of a rate.
func countsIn(t *testing.T, document []byte) func(func(float64) bool) {
	t.Helper()
	var root any
	if err := json.Unmarshal(document, &root); err != nil {
		t.Fatal(err)
	}
	return func(yield func(float64) bool) {
		var walk func(v any) bool
		walk = func(v any) bool {
			switch v := v.(type) {
			case map[string]any:
				if n, ok := v["count"].(float64); ok && !yield(n) {
					return false
				}
				for _, child := range v {
					if !walk(child) {
						return false
					}
				}
			case []any:
				for _, child := range v {
					if !walk(child) {
						return false
					}
				}
			}
			return true
		}
		walk(root)
	}
}
