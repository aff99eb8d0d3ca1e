package opioid_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/opioid"
)

// drawUse draws an unlinked use of an opioid with a readable dose.
func drawUse(t *rapid.T, id string, asNeeded bool) opioid.Use {
	ingredient := rapid.SampledFrom([]string{"morphine", "oxycodone", "tramadol", "methadone", "hydromorphone"}).Draw(t, "ingredient")
	dosage := fmt.Sprintf(`{"asNeededBoolean": %t, "timing": {"repeat": {"frequency": %d, "period": %d, "periodUnit": "%s"}},
		"doseAndRate": [{"doseRange": {"low": {"value": %d, "unit": "mg"}, "high": {"value": %d, "unit": "mg"}}}]}`,
		asNeeded, rapid.IntRange(1, 6).Draw(t, "frequency"), rapid.IntRange(1, 3).Draw(t, "period"),
		rapid.SampledFrom([]string{"h", "d", "wk"}).Draw(t, "unit"),
		rapid.IntRange(1, 20).Draw(t, "low"), rapid.IntRange(1, 40).Draw(t, "high"))
	status := rapid.SampledFrom([]string{"active", "active", "unknown", "stopped"}).Draw(t, "status")
	var r fhir.Resource = &fhir.MedicationStatement{}
	list := "dosage"
	if rapid.Bool().Draw(t, "request") {
		r, list = &fhir.MedicationRequest{}, "dosageInstruction"
	}
	if err := json.Unmarshal([]byte(`{"id": "`+id+`", "status": "`+status+`", "`+list+`": [`+dosage+`]}`), r); err != nil {
		t.Fatal(err)
	}
	return opioid.Use{Ingredient: ingredient, Route: opioid.Oral, Resource: r}
}

func drawUses(t *rapid.T) []opioid.Use {
	uses := make([]opioid.Use, rapid.IntRange(0, 5).Draw(t, "uses"))
	for i := range uses {
		uses[i] = drawUse(t, fmt.Sprint("u", i), rapid.Bool().Draw(t, "as needed"))
	}
	return uses
}

func drawTable(t *rapid.T) string {
	return opioid.Tables()[rapid.IntRange(0, len(opioid.Tables())-1).Draw(t, "table")].ID
}

// sound fails unless a dose is an interval above nothing, and its absence explained.
func sound(t interface{ Fatalf(string, ...any) }, o mapping.Opioid) {
	if o.MED == nil {
		if o.Why == "" {
			t.Fatalf("no dose and no reason")
		}
		return
	}
	if o.MED.Low.Sign() < 0 || o.MED.Low.Cmp(o.MED.High) > 0 || o.MED.High.Sign() == 0 {
		t.Fatalf("dose is %s", o.MED)
	}
}

func TestAnotherUseNeverLowersTheMostItCanBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		uses, table := drawUses(t), drawTable(t)
		before, _ := opioid.Compute(uses, asOf, table)
		after, _ := opioid.Compute(append(uses, drawUse(t, "another", rapid.Bool().Draw(t, "as needed"))), asOf, table)
		sound(t, before)
		sound(t, after)
		if before.MED != nil && after.MED != nil && after.MED.High.Cmp(before.MED.High) < 0 {
			t.Fatalf("from %s to %s", before.MED, after.MED)
		}
	})
}

func TestAsNeededLeavesTheScheduledDoseAsTheLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		uses := drawUses(t)
		scheduled, _ := opioid.Compute(uses, asOf, "")
		both, _ := opioid.Compute(append(uses, drawUse(t, "another", true)), asOf, "")
		if scheduled.MED != nil && both.MED.Low.Cmp(scheduled.MED.Low) != 0 {
			t.Fatalf("from %s to %s", scheduled.MED, both.MED)
		}
	})
}

func TestOrderOfInputDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		uses, table := drawUses(t), drawTable(t)
		first, evidence := opioid.Compute(uses, asOf, table)
		second, again := opioid.Compute(rapid.Permutation(uses).Draw(t, "order"), asOf, table)
		if med(first) != med(second) || first.Why != second.Why || fmt.Sprint(evidence) != fmt.Sprint(again) {
			t.Fatalf("%s (%s) and %s (%s)", med(first), first.Why, med(second), second.Why)
		}
	})
}

// What EPDs send is stranger than what we think of: no dosage may crash it,
// give a dose below nothing or an unexplained absence.
func FuzzDosage(f *testing.F) {
	for _, seed := range []string{
		daily(mg("20"), "2"), daily(onePiece, "3"), patch72h, `{"text": "zie schema"}`, `{}`,
		`{"sequence": 1, "timing": {"repeat": {"boundsDuration": {"value": 1e300, "unit": "d"}, "period": 1e-300, "periodUnit": "s"}}, "doseAndRate": [{"doseQuantity": {"value": 1e300, "unit": "mg"}}]}, {"sequence": 2}`,
		`{"asNeededBoolean": true, "maxDosePerPeriod": {"numerator": {"value": 3, "unit": "stuks"}, "denominator": {"value": 0, "unit": "d"}}}`,
		`{"doseAndRate": [{"rateRatio": {"numerator": {"value": 3, "unit": "mg"}, "denominator": {"value": 1, "unit": "h"}}}], "timing": {"repeat": {"duration": 2, "durationUnit": "h", "dayOfWeek": ["mon"], "when": ["HS"]}}}`,
		`{"timing": {"repeat": {"boundsPeriod": {"start": "2025-06"}, "boundsRange": {"high": {"value": 3, "unit": "wk"}}, "timeOfDay": ["08:00:00"]}}, "doseAndRate": [{"doseRange": {"high": {"value": -1, "unit": "mL"}}}]}`,
	} {
		f.Add(seed, "OXYCODON/NALOXON TABLET 10/5MG")
		f.Add(seed, "FENTANYL PLEISTER 12UG/UUR")
	}
	f.Fuzz(func(t *testing.T, dosages, name string) {
		r := &fhir.MedicationStatement{}
		if json.Unmarshal([]byte(active(dosages)), r) != nil {
			t.Skip()
		}
		for _, ingredient := range []string{"oxycodone", "fentanyl", "methadone"} {
			for _, route := range []opioid.Route{"", opioid.Oral, opioid.Transdermal} {
				o, _ := opioid.Compute([]opioid.Use{{Ingredient: ingredient, Route: route, Resource: r, Name: name}}, asOf, "")
				sound(t, o)
				if o.MED == nil && !strings.Contains(o.Why, "MedicationStatement") {
					t.Fatalf("why names nothing: %s", o.Why)
				}
			}
		}
	})
}
