package opioid_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/opioid"
)

var asOf = mapping.NewDay(2025, 6, 16)

// statement and request make a use from the JSON of the resource, without its type.
func statement(t testing.TB, ingredient string, route opioid.Route, name, body string) opioid.Use {
	t.Helper()
	r := &fhir.MedicationStatement{}
	parse(t, body, r)
	return opioid.Use{Ingredient: ingredient, Route: route, Name: name, Resource: r}
}

func request(t testing.TB, ingredient string, route opioid.Route, name, body string) opioid.Use {
	t.Helper()
	r := &fhir.MedicationRequest{}
	parse(t, body, r)
	return opioid.Use{Ingredient: ingredient, Route: route, Name: name, Resource: r}
}

func parse(t testing.TB, body string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), into); err != nil {
		t.Fatalf("test data: %v in %s", err, body)
	}
}

// active is an active statement with the dosages.
func active(dosages ...string) string {
	return `{"id": "s", "status": "active", "dosage": [` + strings.Join(dosages, ",") + `]}`
}

// med is the computed dose as text, "null" when there is none.
func med(o mapping.Opioid) string {
	if o.MED == nil {
		return "null"
	}
	return o.MED.String()
}

func daily(dose string, n string) string {
	return `{"timing": {"repeat": {"frequency": ` + n + `, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + dose + `}]}`
}

func mg(value string) string {
	return `{"value": ` + value + `, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}`
}

const (
	onePiece = `{"value": 1, "unit": "stuk", "system": "http://unitsofmeasure.org", "code": "1"}`
	patch72h = `{"timing": {"repeat": {"frequency": 1, "period": 3, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "patch"}}]}`
)

func TestFactors(t *testing.T) {
	patch := func(rate string) string {
		return `{"doseAndRate": [{"rateQuantity": {"value": ` + rate + `, "unit": "ug/h", "system": "http://unitsofmeasure.org", "code": "ug/h"}}]}`
	}
	for _, c := range []struct {
		ingredient string
		route      opioid.Route
		dosage     string
		want       [4]string // nl-2019, cdc-clinical-2022, cdc-clinical-2016, cdc-research-2018
	}{
		{"morphine", opioid.Oral, daily(mg("30"), "2"), [4]string{"60", "60", "60", "60"}},
		{"oxycodone", opioid.Oral, daily(mg("20"), "2"), [4]string{"60", "60", "60", "60"}},
		{"oxycodone", opioid.Oral, daily(mg("30"), "2"), [4]string{"90", "90", "90", "90"}},
		{"hydromorphone", opioid.Oral, daily(mg("18"), "1"), [4]string{"90", "90", "72", "72"}},
		{"tapentadol", opioid.Oral, daily(mg("150"), "1"), [4]string{"60", "60", "null", "60"}},
		{"tramadol", opioid.Oral, daily(mg("100"), "4"), [4]string{"40", "80", "null", "40"}},
		{"tramadol", opioid.Oral, daily(mg("150"), "3"), [4]string{"45", "90", "null", "45"}},
		{"codeine", opioid.Oral, daily(mg("20"), "3"), [4]string{"null", "9", "9", "9"}},
		{"pethidine", opioid.Oral, daily(mg("50"), "2"), [4]string{"null", "null", "null", "10"}},
		{"meperidine", opioid.Oral, daily(mg("50"), "2"), [4]string{"null", "null", "null", "10"}},
		{"fentanyl", opioid.Transdermal, patch("25"), [4]string{"60", "60", "60", "60"}},
		{"fentanyl", opioid.Transdermal, patch("37.5"), [4]string{"90", "90", "90", "90"}},
		{"fentanyl", opioid.Transdermal, patch("75"), [4]string{"180", "180", "180", "180"}},
		{"fentanyl", opioid.Transdermal, patch("12"), [4]string{"28.8", "28.8", "28.8", "28.8"}},
		{"fentanyl", opioid.Sublingual, daily(`{"value": 100, "unit": "microgram"}`, "4"), [4]string{"null", "null", "null", "52"}},
		{"buprenorphine", opioid.Transdermal, patch("35"), [4]string{"63..84", "null", "null", "441"}},
		{"buprenorphine", opioid.Transdermal, patch("52.5"), [4]string{"94.5..126", "null", "null", "661.5"}},
		{"buprenorphine", opioid.Sublingual, daily(mg("8"), "1"), [4]string{"null", "null", "null", "240"}},
		{"methadone", opioid.Oral, daily(mg("10"), "1"), [4]string{"50..100", "47", "40", "30"}},
		{"methadone", opioid.Oral, daily(mg("20"), "1"), [4]string{"100..200", "94", "80", "60"}},
		{"methadone", opioid.Oral, daily(mg("20.5"), "1"), [4]string{"102.5..205", "96.35", "null", "61.5"}},
		{"methadone", opioid.Oral, daily(mg("0.5"), "1"), [4]string{"2.5..5", "2.35", "null", "1.5"}},
		{"methadone", opioid.Oral, daily(mg("21"), "1"), [4]string{"105..210", "98.7", "168", "63"}},
		{"methadone", opioid.Oral, daily(mg("30"), "2"), [4]string{"300..600", "282", "600", "180"}},
		{"methadone", opioid.Oral, daily(mg("61"), "1"), [4]string{"305..610", "286.7", "732", "183"}},
		{"morphine", opioid.Parenteral, daily(mg("10"), "6"), [4]string{"null", "null", "null", "null"}},
		{"piritramide", opioid.Oral, daily(mg("15"), "4"), [4]string{"null", "null", "null", "null"}},
	} {
		use := statement(t, c.ingredient, c.route, "", active(c.dosage))
		for i, table := range opioid.Tables() {
			got, evidence := opioid.Compute([]opioid.Use{use}, asOf, table.ID)
			if med(got) != c.want[i] || got.Table != table.ID {
				t.Errorf("%s %s %s by %s: got %s, want %s (%s)", c.ingredient, c.route, c.dosage, table.ID, med(got), c.want[i], got.Why)
			}
			if got.MED == nil && !strings.Contains(got.Why, "MedicationStatement/s") {
				t.Errorf("%s by %s: why does not name the resource: %q", c.ingredient, table.ID, got.Why)
			}
			if len(evidence) != 1 {
				t.Errorf("%s by %s: %d pieces of evidence, want 1", c.ingredient, table.ID, len(evidence))
			}
			for j, other := range opioid.Tables() {
				n, ok := got.Others[other.ID]
				if got.MED == nil {
					continue
				}
				if want := j != i && c.want[j] != "null"; ok != want || ok && n.String() != c.want[j] {
					t.Errorf("%s by %s: other %s is %v, want %s", c.ingredient, table.ID, other.ID, n, c.want[j])
				}
			}
		}
	}
}

// A dosage of one 10 mg tablet of oxycodone (15 mg of morphine) unless it says otherwise.
func TestDosage(t *testing.T) {
	for _, c := range []struct{ about, dosage, want, why string }{
		{"twice a day", daily(mg("20"), "2"), "60", ""},
		{"tablets with the strength of the name", daily(onePiece, "3"), "45", ""},
		{"a tablet by a UCUM annotation", daily(`{"value": 2, "code": "{tbl}", "system": "http://unitsofmeasure.org"}`, "1"), "30", ""},
		{"a tablet by a drug form code", daily(`{"value": 2, "unit": "TAB", "system": "http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm", "code": "TAB"}`, "1"), "30", ""},
		{"grams", daily(`{"value": 0.02, "unit": "g"}`, "2"), "60", ""},
		{"micrograms with a Greek letter", daily(`{"value": 20000, "unit": "µg"}`, "2"), "60", ""},
		{"every six hours", `{"timing": {"repeat": {"frequency": 1, "period": 6, "periodUnit": "h"}}, "doseAndRate": [{"doseQuantity": ` + mg("5") + `}]}`, "30", ""},
		{"every other day", `{"timing": {"repeat": {"period": 2, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("20") + `}]}`, "15", ""},
		{"weekly", `{"timing": {"repeat": {"frequency": 7, "period": 1, "periodUnit": "wk"}}, "doseAndRate": [{"doseQuantity": ` + mg("20") + `}]}`, "30", ""},
		{"a month has 30 days", `{"timing": {"repeat": {"frequency": 30, "period": 1, "periodUnit": "mo"}}, "doseAndRate": [{"doseQuantity": ` + mg("20") + `}]}`, "30", ""},
		{"two to three times", `{"timing": {"repeat": {"frequency": 2, "frequencyMax": 3, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("20") + `}]}`, "60..90", ""},
		{"every four to six hours", `{"timing": {"repeat": {"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"}}, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}]}`, "60..90", ""},
		{"one or two tablets", `{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseRange": {"low": {"value": 1, "unit": "tablet"}, "high": {"value": 2, "unit": "tablet"}}}]}`, "30..60", ""},
		{"up to two tablets", `{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseRange": {"high": {"value": 2, "unit": "tablet"}}}]}`, "0..60", ""},
		{"times of the day", `{"timing": {"repeat": {"timeOfDay": ["08:00:00", "20:00:00"]}}, "doseAndRate": [{"doseQuantity": ` + mg("20") + `}]}`, "60", ""},
		{"morning and evening", `{"timing": {"repeat": {"when": ["MORN", "EVE"]}}, "doseAndRate": [{"doseQuantity": ` + mg("20") + `}]}`, "60", ""},
		{"morning and evening, once a day: which?", `{"timing": {"repeat": {"when": ["MORN", "EVE"], "frequency": 1, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("20") + `}]}`, "30..60", ""},
		{"with meals, however many", `{"timing": {"repeat": {"when": ["C"]}}, "doseAndRate": [{"doseQuantity": ` + mg("20") + `}]}`, "null", "how often cannot be told"},
		{"on two days of the week", `{"timing": {"repeat": {"dayOfWeek": ["mon", "thu"]}}, "doseAndRate": [{"doseQuantity": ` + mg("35") + `}]}`, "15", ""},
		{"once a week on two days: which?", `{"timing": {"repeat": {"dayOfWeek": ["mon", "thu"], "frequency": 1, "period": 1, "periodUnit": "wk"}}, "doseAndRate": [{"doseQuantity": ` + mg("35") + `}]}`, "7.5..15", ""},
		{"a timing code", `{"timing": {"code": {"coding": [{"code": "BID"}]}}, "doseAndRate": [{"doseQuantity": ` + mg("20") + `}]}`, "60", ""},
		{"a timing in words", `{"timing": {"code": {"text": "volgens schema"}}, "doseAndRate": [{"doseQuantity": ` + mg("20") + `}]}`, "null", "how often cannot be told"},
		{"a single event", `{"timing": {"event": ["2025-06-16"]}, "doseAndRate": [{"doseQuantity": ` + mg("20") + `}]}`, "null", "how often cannot be told"},
		{"morning and evening dosages add up", daily(mg("10"), "1") + "," + daily(mg("20"), "1"), "45", ""},
		{"less than so much", `{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 20, "comparator": "<=", "unit": "mg"}}]}`, "0..60", ""},

		{"as needed counts from nothing", `{"asNeededBoolean": true, "timing": {"repeat": {"frequency": 4, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}]}`, "0..60", ""},
		{"as needed for a reason", `{"asNeededCodeableConcept": {"text": "pijn"}, "timing": {"repeat": {"frequency": 4, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}]}`, "0..60", ""},
		{"as needed without frequency up to a maximum", `{"asNeededBoolean": true, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}], "maxDosePerPeriod": {"numerator": ` + mg("40") + `, "denominator": {"value": 1, "unit": "dag", "code": "d"}}}`, "0..60", ""},
		{"as needed without frequency or maximum", `{"asNeededBoolean": true, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}]}`, "null", "how often is not said"},
		{"a maximum caps", `{"asNeededBoolean": true, "timing": {"repeat": {"frequency": 6, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}], "maxDosePerPeriod": {"numerator": {"value": 4, "unit": "stuks"}, "denominator": {"value": 24, "unit": "uur"}}}`, "0..60", ""},
		{"a maximum above the schedule does nothing", `{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}], "maxDosePerPeriod": {"numerator": ` + mg("40") + `, "denominator": {"value": 1, "unit": "d"}}}`, "30", ""},
		{"a maximum per dose caps", `{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseRange": {"low": ` + mg("10") + `, "high": ` + mg("40") + `}}], "maxDosePerAdministration": ` + mg("20") + `}`, "30..60", ""},
		{"as needed with a maximum that cannot be read", `{"asNeededBoolean": true, "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}], "maxDosePerPeriod": {"numerator": {"value": 4, "unit": "scheppen"}, "denominator": {"value": 24, "unit": "uur"}}}`, "0..30", ""},
		{"a maximum that cannot be read", `{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}], "maxDosePerPeriod": {"numerator": {"value": 4, "unit": "scheppen"}, "denominator": {"value": 24, "unit": "uur"}}}`, "null", "maximum dose cannot be read"},

		{"text only", `{"text": "2x daags 1 tablet"}`, "null", "oxycodone of MedicationStatement/s: dosage is text only"},
		{"nothing at all", `{}`, "null", "there is no dosage"},
		{"a timing without a dose", `{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}}`, "null", "gives no dose"},
		{"a dose without a timing", `{"doseAndRate": [{"doseQuantity": ` + mg("10") + `}]}`, "null", "how often is not said"},
		{"a frequency without a period", `{"timing": {"repeat": {"frequency": 2}}, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}]}`, "null", "how often cannot be told"},
		{"a period of nothing", `{"timing": {"repeat": {"frequency": 2, "period": 0, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}]}`, "null", "how often cannot be told"},
		{"a number without a unit", daily(`{"value": 20}`, "1"), "null", "no unit"},
		{"a unit nobody knows", daily(`{"value": 20, "unit": "druppels"}`, "1"), "null", "no unit"},
		{"a dose per body weight", daily(`{"value": 1, "unit": "mg/kg"}`, "1"), "null", "no unit"},
		{"code and unit that differ", daily(`{"value": 20, "unit": "ug", "code": "mg"}`, "1"), "null", "differ"},
		{"a negative dose", daily(mg("-20"), "1"), "null", "negative"},
		{"more than so much", daily(`{"value": 20, "comparator": ">", "unit": "mg"}`, "1"), "null", "bounded from below"},
		{"a dose of zero attests nothing", daily(mg("0"), "1"), "null", "must be attested"},
		{"the ordered dose before the calculated", `{"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "doseAndRate": [
			{"type": {"coding": [{"code": "calculated"}]}, "doseQuantity": ` + mg("19.6") + `}, {"type": {"coding": [{"code": "ordered"}]}, "doseQuantity": ` + mg("20") + `}]}`, "30", ""},
		{"doses that differ", `{"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}, {"doseQuantity": ` + mg("20") + `}]}`, "null", "several doses"},
	} {
		use := statement(t, "oxycodone", opioid.Oral, "OXYCODON TABLET MGA 10MG", active(c.dosage))
		got, _ := opioid.Compute([]opioid.Use{use}, asOf, "")
		if med(got) != c.want || !strings.Contains(got.Why, c.why) || c.why == "" && got.Why != "" {
			t.Errorf("%s: got %s (%q), want %s (%q)", c.about, med(got), got.Why, c.want, c.why)
		}
	}
}

func TestPatch(t *testing.T) {
	timed := func(dose, frequency, period, unit string) string {
		return `{"timing": {"repeat": {"frequency": ` + frequency + `, "period": ` + period + `, "periodUnit": "` + unit + `"}}, "doseAndRate": [{` + dose + `}]}`
	}
	for _, c := range []struct{ about, ingredient, name, dosage, want, why string }{
		// Implementations that multiply by 0.33333333 patches a day get 179.9999982 here.
		{"a strength in mg per hour, every three days", "fentanyl", "72 HR Fentanyl 0.075 MG/HR Transdermal System", patch72h, "180", ""},
		{"a Dutch name", "fentanyl", "FENTANYL PLEISTER 25UG/UUR (MATRIX)", timed(`"doseQuantity": `+onePiece, "1", "72", "h"), "60", ""},
		{"twelve is twelve", "fentanyl", "FENTANYL PLEISTER 12UG/UUR", timed(`"doseQuantity": `+onePiece, "1", "3", "d"), "28.8", ""},
		{"two patches at a time", "fentanyl", "FENTANYL PLEISTER 25UG/UUR", timed(`"doseQuantity": {"value": 2, "unit": "pleisters"}`, "1", "3", "d"), "120", ""},
		{"every other day is no more", "fentanyl", "FENTANYL PLEISTER 25UG/UUR", timed(`"doseQuantity": `+onePiece, "1", "2", "d"), "60", ""},
		{"a new one every day may join the old ones", "fentanyl", "FENTANYL PLEISTER 25UG/UUR", timed(`"doseQuantity": `+onePiece, "1", "1", "d"), "60..180", ""},
		{"a dose in ug/uur", "fentanyl", "", timed(`"doseQuantity": {"value": 25, "unit": "ug/uur"}`, "1", "3", "d"), "60", ""},
		{"a rate as a ratio", "fentanyl", "", timed(`"rateRatio": {"numerator": {"value": 25, "unit": "mcg"}, "denominator": {"value": 1, "unit": "h"}}`, "1", "3", "d"), "60", ""},
		{"a rate over a day", "fentanyl", "", timed(`"rateRatio": {"numerator": {"value": 600, "unit": "ug"}, "denominator": {"value": 1, "unit": "dag"}}`, "1", "3", "d"), "60", ""},
		{"a rate that is a range", "fentanyl", "", timed(`"rateRange": {"low": {"value": 12.5, "unit": "ug/h"}, "high": {"value": 25, "unit": "ug/h"}}`, "1", "3", "d"), "30..60", ""},
		{"as needed", "fentanyl", "", `{"asNeededBoolean": true, "doseAndRate": [{"rateQuantity": {"value": 25, "unit": "ug/h"}}]}`, "0..60", ""},
		{"a weekly patch", "buprenorphine", "BUPRENORFINE PLEISTER 20UG/UUR (7 DAGEN)", timed(`"doseQuantity": `+onePiece, "1", "1", "wk"), "36..48", ""},
		{"33 ug/h is 60 to 79", "buprenorphine", "", timed(`"doseQuantity": {"value": 33, "unit": "ug/h"}`, "2", "1", "wk"), "59.4..79.2", ""},
		{"a patch without strength", "fentanyl", "FENTANYL PLEISTER", timed(`"doseQuantity": `+onePiece, "1", "3", "d"), "null", "strength of the product is not known"},
		{"micrograms alone are not a rate", "fentanyl", "", timed(`"doseQuantity": {"value": 25, "unit": "ug"}`, "1", "3", "d"), "null", "at what rate"},
		{"the mass in the patch is not a rate", "fentanyl", "FENTANYL PLEISTER 4,2MG", timed(`"doseQuantity": `+onePiece, "1", "3", "d"), "null", "strength of the product"},
	} {
		use := statement(t, c.ingredient, opioid.Transdermal, c.name, active(c.dosage))
		got, _ := opioid.Compute([]opioid.Use{use}, asOf, "")
		if med(got) != c.want || !strings.Contains(got.Why, c.why) {
			t.Errorf("%s: got %s (%q), want %s (%q)", c.about, med(got), got.Why, c.want, c.why)
		}
	}
}

func TestRoute(t *testing.T) {
	two := func(route string) string {
		return `{` + route + `"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg("10") + `}]}`
	}
	gstandaard := func(code, display string) string {
		return `"route": {"coding": [{"system": "urn:oid:2.16.840.1.113883.2.4.4.9", "code": "` + code + `", "display": "` + display + `"}]}, `
	}
	for _, c := range []struct{ about, ingredient, name, dosage, table, want, why string }{
		{"by the code of the dosage", "morphine", "", two(gstandaard("9", "oraal")), "", "20", ""},
		{"by the words of the dosage", "morphine", "", two(`"route": {"text": "per os"}, `), "", "20", ""},
		{"by the name", "morphine", "MORFINE TABLET 10MG", two(""), "", "20", ""},
		{"an injection has no factor", "morphine", "MORFINE INJVLST 10MG/ML AMPUL 1ML", two(""), "", "null", "no factor for the parenteral route"},
		{"subcutaneous is not transdermal", "morphine", "", two(`"route": {"text": "subcutaan"}, `), "", "null", "no factor for the parenteral route"},
		{"a suppository has no factor", "morphine", "MORFINE ZETPIL 10MG", two(""), "", "null", "no factor for the rectal route"},
		{"nowhere", "morphine", "", two(""), "", "null", "route is not known"},
		{"by the word for the piece", "fentanyl", "Fentanyl 25 ug/uur", patch72h, "", "60", ""},
		{"two at odds", "morphine", "", two(gstandaard("9", "oraal")) + "," + two(gstandaard("12", "rectaal")), "", "null", "several routes"},
		{"a film in the cheek", "fentanyl", "fentanyl buccal film 200UG", `{"route": {"text": "buccaal"}, "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + onePiece + `}]}`, "cdc-research-2018", "36", ""},
		{"a spray in the nose", "fentanyl", "FENTANYL NEUSSPRAY 50UG/DOSIS", daily(`{"value": 1, "unit": "dosis"}`, "2"), "cdc-research-2018", "16", ""},
	} {
		use := statement(t, c.ingredient, "", c.name, active(c.dosage))
		got, _ := opioid.Compute([]opioid.Use{use}, asOf, c.table)
		if med(got) != c.want || !strings.Contains(got.Why, c.why) {
			t.Errorf("%s: got %s (%q), want %s (%q)", c.about, med(got), got.Why, c.want, c.why)
		}
	}
}

func TestStrengthOfMedication(t *testing.T) {
	for _, c := range []struct{ about, ingredient, name, medication, dose, want string }{
		{"mg per tablet", "oxycodone", "", `{"form": {"text": "tablet"}, "ingredient": [{"strength": {"numerator": ` + mg("20") + `, "denominator": {"value": 1, "unit": "stuk", "code": "1"}}}]}`, onePiece, "60"},
		{"mg per so many mL", "morphine", "", `{"form": {"text": "drank"}, "ingredient": [{"strength": {"numerator": ` + mg("100") + `, "denominator": {"value": 5, "unit": "ml", "code": "mL"}}}]}`, `{"value": 1.5, "unit": "ml"}`, "60"},
		{"ug per hour", "fentanyl", "", `{"form": {"text": "pleister"}, "ingredient": [{"strength": {"numerator": {"value": 25, "unit": "ug"}, "denominator": {"value": 1, "unit": "uur"}}}]}`, onePiece, "60..360"},
		{"ug/h per patch", "fentanyl", "", `{"form": {"text": "pleister"}, "ingredient": [{"strength": {"numerator": {"value": 25, "unit": "ug/h"}, "denominator": {"value": 1, "unit": "pleister"}}}]}`, onePiece, "60..360"},
		{"the ingredient that is the opioid", "oxycodone", "", `{"form": {"text": "tablet"}, "ingredient": [
			{"itemCodeableConcept": {"text": "naloxon"}, "strength": {"numerator": ` + mg("10") + `}}, {"itemCodeableConcept": {"text": "OXYCODON"}, "strength": {"numerator": ` + mg("20") + `}}]}`, onePiece, "60"},
		{"two ingredients without names", "oxycodone", "", `{"form": {"text": "tablet"}, "ingredient": [{"strength": {"numerator": ` + mg("10") + `}}, {"strength": {"numerator": ` + mg("20") + `}}]}`, onePiece, "null"},
		{"the name of the Medication", "oxycodone", "", `{"code": {"coding": [{"display": "OXYCODON TABLET MGA 20MG"}]}}`, onePiece, "60"},
		{"sources that differ", "oxycodone", "OXYCODON TABLET 10MG", `{"ingredient": [{"strength": {"numerator": ` + mg("20") + `}}]}`, onePiece, "30..60"},
	} {
		medication := &fhir.Medication{}
		parse(t, c.medication, medication)
		use := statement(t, c.ingredient, "", c.name, active(daily(c.dose, "2")))
		use.Medication = medication
		got, _ := opioid.Compute([]opioid.Use{use}, asOf, "")
		if med(got) != c.want {
			t.Errorf("%s: got %s (%q), want %s", c.about, med(got), got.Why, c.want)
		}
	}
}

// Naloxone beside oxycodone, paracetamol beside codeine: only what is certainly
// the opioid's counts.
func TestCombination(t *testing.T) {
	of := func(name, strength string) string {
		return `{"itemCodeableConcept": {"text": "` + name + `"}, "strength": {"numerator": ` + mg(strength) + `, "denominator": ` + onePiece + `}}`
	}
	for _, c := range []struct{ about, ingredient, name, ingredients, dose, want, why string }{
		{"strengths in the name", "oxycodone", "OXYCODON/NALOXON TABLET MGA 10/5MG", "", onePiece, "30", ""},
		{"strengths of the ingredients", "oxycodone", "", of("naloxon", "5") + `,` + of("oxycodon", "10"), onePiece, "30", ""},
		{"only the strength of the other", "oxycodone", "", of("naloxon", "5"), onePiece, "null", "how much of the combination is the opioid is not known"},
		{"one number for two names", "oxycodone", "OXYCODON/NALOXON TABLET MGA 10MG", "", onePiece, "null", "how much of the combination"},
		{"a mass, of which of the two?", "oxycodone", "OXYCODON/NALOXON TABLET MGA 10/5MG", "", mg("10"), "null", "how much of the combination"},
		{"the opioid is not known", "", "OPIOID/PARACETAMOL TABLET 20/500MG", "", onePiece, "null", "opioid of MedicationStatement/s: which opioid it holds is not known"},
	} {
		use := statement(t, c.ingredient, opioid.Oral, c.name, active(daily(c.dose, "2")))
		use.Combination = true
		if c.ingredients != "" {
			use.Medication = &fhir.Medication{}
			parse(t, `{"ingredient": [`+c.ingredients+`]}`, use.Medication)
		}
		got, _ := opioid.Compute([]opioid.Use{use}, asOf, "")
		if med(got) != c.want || !strings.Contains(got.Why, c.why) {
			t.Errorf("%s: got %s (%q), want %s (%q)", c.about, med(got), got.Why, c.want, c.why)
		}
		// Beside an opioid that can be reckoned it must not be left out either.
		morphine := request(t, "morphine", opioid.Oral, "", `{"id": "r", "status": "active", "intent": "order", "dosageInstruction": [`+daily(mg("10"), "2")+`]}`)
		if both, _ := opioid.Compute([]opioid.Use{use, morphine}, asOf, ""); (both.MED == nil) != (c.want == "null") {
			t.Errorf("%s: with morphine %s", c.about, med(both))
		}
	}
}

func TestInUse(t *testing.T) {
	dosage := `"dosage": [` + daily(mg("20"), "2") + `]`
	instruction := `"dosageInstruction": [` + daily(mg("20"), "2") + `]`
	for _, c := range []struct{ about, statement, request, want, why string }{
		{"active", `{"id": "s", "status": "active", ` + dosage + `}`, "", "60", ""},
		{"completed", `{"id": "s", "status": "completed", ` + dosage + `}`, "", "null", "MedicationStatement/s is completed"},
		{"stopped", `{"id": "s", "status": "stopped", ` + dosage + `}`, "", "null", "is stopped"},
		{"on hold", `{"id": "s", "status": "on-hold", ` + dosage + `}`, "", "null", "is on hold"},
		{"not taken", `{"id": "s", "status": "not-taken", ` + dosage + `}`, "", "null", "is not taken"},
		{"intended", `{"id": "s", "status": "intended", ` + dosage + `}`, "", "null", "is only intended"},
		{"entered in error", `{"id": "s", "status": "entered-in-error", ` + dosage + `}`, "", "null", "entered in error"},
		{"status unknown counts from nothing up", `{"id": "s", "status": "unknown", ` + dosage + `}`, "", "0..60", "not certain to be in use"},
		{"begun", `{"id": "s", "status": "active", "effectivePeriod": {"start": "2025-06-16"}, ` + dosage + `}`, "", "60", ""},
		{"ends on the day", `{"id": "s", "status": "active", "effectivePeriod": {"start": "2025-01-01", "end": "2025-06-16"}, ` + dosage + `}`, "", "60", ""},
		{"ended the day before", `{"id": "s", "status": "active", "effectivePeriod": {"start": "2025-01-01", "end": "2025-06-15"}, ` + dosage + `}`, "", "null", "ended before the day"},
		{"ends some day of the month", `{"id": "s", "status": "active", "effectivePeriod": {"end": "2025-06"}, ` + dosage + `}`, "", "60", ""},
		{"starts tomorrow", `{"id": "s", "status": "active", "effectivePeriod": {"start": "2025-06-17"}, ` + dosage + `}`, "", "null", "starts after the day"},
		{"just before midnight in UTC is tomorrow here", `{"id": "s", "status": "active", "effectiveDateTime": "2025-06-16T22:30:00Z", ` + dosage + `}`, "", "null", "starts after the day"},
		{"told later", `{"id": "s", "status": "active", "dateAsserted": "2025-07-01", ` + dosage + `}`, "", "null", "starts after the day"},
		{"told later, used before", `{"id": "s", "status": "active", "dateAsserted": "2025-07-01", "effectivePeriod": {"start": "2025-05-01"}, ` + dosage + `}`, "", "60", ""},
		{"an order", "", `{"id": "r", "status": "active", "intent": "order", "authoredOn": "2025-06-01", ` + instruction + `}`, "60", ""},
		{"a plan", "", `{"id": "r", "status": "active", "intent": "plan", ` + instruction + `}`, "60", ""},
		{"a proposal", "", `{"id": "r", "status": "active", "intent": "proposal", ` + instruction + `}`, "null", "only a proposal"},
		{"do not take", "", `{"id": "r", "status": "active", "intent": "order", "doNotPerform": true, ` + instruction + `}`, "null", "says not to take it"},
		{"a draft", "", `{"id": "r", "status": "draft", "intent": "order", ` + instruction + `}`, "null", "is a draft"},
		{"cancelled", "", `{"id": "r", "status": "cancelled", "intent": "order", ` + instruction + `}`, "null", "is cancelled"},
		{"ordered later", "", `{"id": "r", "status": "active", "intent": "order", "authoredOn": "2025-06-17", ` + instruction + `}`, "null", "starts after the day"},
		{"a period of use that ended", "", `{"id": "r", "status": "unknown", "intent": "order", "extension": [{"url": "http://nictiz.nl/fhir/StructureDefinition/ext-TimeInterval.Period", "valuePeriod": {"start": "2025-01-01", "end": "2025-02-01"}}], ` + instruction + `}`, "null", "ended before the day"},
	} {
		var use opioid.Use
		if c.statement != "" {
			use = statement(t, "oxycodone", opioid.Oral, "", c.statement)
		} else {
			use = request(t, "oxycodone", opioid.Oral, "", c.request)
		}
		got, _ := opioid.Compute([]opioid.Use{use}, asOf, "")
		if med(got) != c.want || !strings.Contains(got.Why, c.why) {
			t.Errorf("%s: got %s (%q), want %s (%q)", c.about, med(got), got.Why, c.want, c.why)
		}
		if reason := opioid.NotInUse(use, asOf); (reason != "") != (c.want == "null") || !strings.Contains(got.Why, reason) {
			t.Errorf("%s: NotInUse says %q, Compute %q", c.about, reason, got.Why)
		}
	}
}

func TestActiveAttestsUnknownStatus(t *testing.T) {
	for status, want := range map[string]string{"unknown": "60", "stopped": "null", "active": "60"} {
		use := statement(t, "oxycodone", opioid.Oral, "", `{"id": "s", "status": "`+status+`", "dosage": [`+daily(mg("20"), "2")+`]}`)
		use.Active = true
		if got, _ := opioid.Compute([]opioid.Use{use}, asOf, ""); med(got) != want {
			t.Errorf("%s: got %s (%q), want %s", status, med(got), got.Why, want)
		}
	}
}

// Steps of 40, 20 and 10 mg of oxycodone a day: 60, 30 and 15 mg of morphine.
func TestTaper(t *testing.T) {
	step := func(sequence, dose, bounds string) string {
		return `{"sequence": ` + sequence + `, "timing": {"repeat": {` + bounds + `"frequency": 1, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": ` + mg(dose) + `}]}`
	}
	period := func(start, end string) string {
		return `"boundsPeriod": {"start": "` + start + `", "end": "` + end + `"}, `
	}
	const week = `"boundsDuration": {"value": 7, "unit": "dag", "code": "d"}, `
	const fortnightly = `"boundsRange": {"low": {"value": 7, "unit": "d"}, "high": {"value": 14, "unit": "d"}}, `
	weekly := strings.Join([]string{step("1", "40", week), step("2", "20", week), step("3", "10", "")}, ",")
	dated := strings.Join([]string{
		step("1", "40", period("2025-06-01", "2025-06-14")), step("2", "20", period("2025-06-15", "2025-06-21")), step("3", "10", period("2025-06-22", "2025-06-28")),
	}, ",")
	head := func(start string) string {
		return `{"id": "s", "status": "active", "effectivePeriod": {"start": "` + start + `"}, "dosage": [`
	}
	for _, c := range []struct{ about, statement, want, why string }{
		{"dated steps", `{"id": "s", "status": "active", "dosage": [` + dated + `]}`, "30", ""},
		{"dated steps without numbers", `{"id": "s", "status": "active", "dosage": [` + strings.NewReplacer(`"sequence": 1,`, "", `"sequence": 2,`, "", `"sequence": 3,`, "").Replace(dated) + `]}`, "30", ""},
		{"the first week", head("2025-06-10") + weekly + `]}`, "60", ""},
		{"the first day of the second week", head("2025-06-09") + weekly + `]}`, "30", ""},
		{"the last day of the first week", head("2025-06-10") + weekly + `]}`, "60", ""},
		{"the step that stays", head("2025-05-01") + weekly + `]}`, "15", ""},
		{"a start known to the month", head("2025-06") + weekly + `]}`, "15..60", "which step"},
		{"weeks from an unknown day", `{"id": "s", "status": "active", "dosage": [` + weekly + `]}`, "15..60", "which step"},
		{"a step of one or two weeks", head("2025-06-05") + step("1", "40", fortnightly) + "," + step("2", "20", "") + `]}`, "30..60", "which step"},
		{"steps without dates", `{"id": "s", "status": "active", "dosage": [` + step("1", "40", "") + "," + step("2", "20", "") + `]}`, "null", "no dates"},
		{"each from its own day on", `{"id": "s", "status": "active", "dosage": [` + step("1", "40", `"boundsPeriod": {"start": "2025-05-01"}, `) + "," + step("2", "20", `"boundsPeriod": {"start": "2025-06-10"}, `) + `]}`, "30", ""},
		{"steps that overlap", `{"id": "s", "status": "active", "dosage": [` + step("1", "40", period("2025-06-01", "2025-06-16")) + "," + step("2", "20", period("2025-06-16", "2025-06-30")) + `]}`, "60..90", ""},
		{"the order is in the numbers", head("2025-06-10") + step("2", "20", "") + "," + step("1", "40", week) + `]}`, "60", ""},
		{"a dosage that is over", `{"id": "s", "status": "active", "dosage": [` + step("1", "40", period("2025-06-01", "2025-06-14")) + `]}`, "null", "has no dosage for the day"},
		{"a dosage still to come", `{"id": "s", "status": "active", "dosage": [` + step("1", "40", period("2025-07-01", "2025-07-14")) + `]}`, "null", "has no dosage for the day"},
		{"a course that is over", head("2025-06-01") + step("1", "40", week) + `]}`, "null", "has no dosage for the day"},
		{"steps all over while still in use", head("2025-06-01") + step("1", "40", week) + "," + step("2", "20", week) + `]}`, "0..60", "are over"},
		{"words for a step that is over", `{"id": "s", "status": "active", "dosage": [{"sequence": 1, "text": "zie schema", "timing": {"repeat": {"boundsPeriod": {"end": "2025-06-01"}}}}, ` + step("2", "20", "") + `]}`, "30", ""},
	} {
		got, _ := opioid.Compute([]opioid.Use{statement(t, "oxycodone", opioid.Oral, "", c.statement)}, asOf, "")
		if med(got) != c.want || !strings.Contains(got.Why, c.why) || c.why == "" && got.Why != "" {
			t.Errorf("%s: got %s (%q), want %s (%q)", c.about, med(got), got.Why, c.want, c.why)
		}
	}
}

func TestTaperCountsFromTheOrderAtTheEarliest(t *testing.T) {
	body := `{"id": "r", "status": "active", "intent": "order", "authoredOn": "%", "dosageInstruction": [
		{"sequence": 1, "timing": {"repeat": {"boundsDuration": {"value": 7, "code": "d"}, "frequency": 1, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 40, "unit": "mg"}}]},
		{"sequence": 2, "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 20, "unit": "mg"}}]}]}`
	for authored, want := range map[string]string{"2025-06-10": "60", "2025-06-09": "30..60"} {
		got, _ := opioid.Compute([]opioid.Use{request(t, "oxycodone", opioid.Oral, "", strings.Replace(body, "%", authored, 1))}, asOf, "")
		if med(got) != want {
			t.Errorf("authored on %s: got %s (%q), want %s", authored, med(got), got.Why, want)
		}
	}
}

func TestDuplicates(t *testing.T) {
	s := func(id, dose, more string) opioid.Use {
		return statement(t, "oxycodone", opioid.Oral, "", `{"id": "`+id+`", "status": "active", `+more+`"dosage": [`+daily(mg(dose), "1")+`]}`)
	}
	r := func(id, dose, more string) opioid.Use {
		return request(t, "oxycodone", opioid.Oral, "", `{"id": "`+id+`", "status": "active", "intent": "order", `+more+`"dosageInstruction": [`+daily(mg(dose), "1")+`]}`)
	}
	bare := func(id, more string) opioid.Use {
		return request(t, "oxycodone", "", "", `{"id": "`+id+`", "status": "active", "intent": "order", `+more+`"authoredOn": "2025-06-01"}`)
	}
	morphine := statement(t, "morphine", opioid.Oral, "", `{"id": "m", "status": "active", "dosage": [`+daily(mg("10"), "1")+`]}`)
	patch := statement(t, "fentanyl", opioid.Transdermal, "FENTANYL PLEISTER 25UG/UUR", `{"id": "f", "status": "active", "dosage": [`+patch72h+`]}`)
	textOnly := statement(t, "tramadol", opioid.Oral, "", `{"id": "t", "status": "active", "dosage": [{"text": "zo nodig"}]}`)
	const from = `"derivedFrom": [{"reference": "MedicationRequest/r"}], `
	for _, c := range []struct {
		about string
		uses  []opioid.Use
		want  string
		why   string
	}{
		{"a request and the statement of it", []opioid.Use{r("r", "20", ""), s("s", "20", from)}, "30", ""},
		{"the same dose without a link", []opioid.Use{r("r", "20", ""), s("s", "20", "")}, "30", ""},
		{"two requests and two statements of them", []opioid.Use{r("r", "20", ""), r("r2", "20", ""), s("s", "20", ""), s("s2", "20", "")}, "30..60", "MedicationRequest/r and MedicationRequest/r2"},
		{"linked with another dose", []opioid.Use{r("r", "20", ""), s("s", "40", from)}, "30..60", "either may hold"},
		{"another dose without a link", []opioid.Use{r("r", "20", ""), s("s", "40", "")}, "60..90", "which nothing links"},
		{"two statements", []opioid.Use{s("a", "20", ""), s("b", "20", "")}, "30..60", "which nothing links"},
		{"a link by version", []opioid.Use{r("r", "20", ""), s("s", "40", `"basedOn": [{"reference": "MedicationRequest/r/_history/2"}], `)}, "30..60", "either may hold"},
		{"a request based on another", []opioid.Use{r("r", "20", ""), r("r2", "20", `"basedOn": [{"reference": "MedicationRequest/r"}], `)}, "30", ""},
		{"a later prescription replaces", []opioid.Use{r("r", "40", ""), r("r2", "20", `"priorPrescription": {"reference": "MedicationRequest/r"}, `)}, "30", ""},
		{"a chain of them", []opioid.Use{r("r", "80", ""), r("r2", "40", `"priorPrescription": {"reference": "MedicationRequest/r"}, `), r("r3", "20", `"priorPrescription": {"reference": "MedicationRequest/r2"}, `)}, "30", ""},
		{"a circle of them", []opioid.Use{r("r", "40", `"priorPrescription": {"reference": "MedicationRequest/r2"}, `), r("r2", "20", `"priorPrescription": {"reference": "MedicationRequest/r"}, `)}, "30..60", "either may hold"},
		{"a dispense request has no dosage of its own", []opioid.Use{r("r", "20", ""), bare("v", `"basedOn": [{"reference": "MedicationRequest/r"}], `)}, "30", ""},
		{"a request without dosage or link", []opioid.Use{r("r", "20", ""), bare("v", "")}, "null", "MedicationRequest/v"},
		{"the same resource twice", []opioid.Use{s("s", "20", ""), s("s", "20", "")}, "30", ""},
		{"two opioids add up", []opioid.Use{s("s", "20", ""), morphine}, "40", ""},
		{"by two routes", []opioid.Use{s("s", "20", ""), patch}, "90", ""},
		{"one of them unknown", []opioid.Use{s("s", "20", ""), textOnly}, "null", "tramadol of MedicationStatement/t: dosage is text only"},
		{"none", nil, "null", "must be attested"},
	} {
		got, _ := opioid.Compute(c.uses, asOf, "")
		if med(got) != c.want || !strings.Contains(got.Why, c.why) || c.why == "" && got.Why != "" {
			t.Errorf("%s: got %s (%q), want %s (%q)", c.about, med(got), got.Why, c.want, c.why)
		}
		slices.Reverse(c.uses)
		if again, _ := opioid.Compute(c.uses, asOf, ""); med(again) != med(got) || again.Why != got.Why {
			t.Errorf("%s, in reverse: got %s (%q), was %s (%q)", c.about, med(again), again.Why, med(got), got.Why)
		}
	}
}

func TestLinkToAnotherServerIsNone(t *testing.T) {
	r := request(t, "oxycodone", opioid.Oral, "", `{"id": "r", "status": "active", "intent": "order", "dosageInstruction": [`+daily(mg("20"), "1")+`]}`)
	r.Resource.Head().Origin.FullURL = "https://epd.example/fhir/MedicationRequest/r"
	for base, want := range map[string]string{"https://epd.example/fhir/": "30..60", "https://elsewhere.example/fhir/": "60..90"} {
		s := statement(t, "oxycodone", opioid.Oral, "", `{"id": "s", "status": "active", "derivedFrom": [{"reference": "`+base+`MedicationRequest/r"}], "dosage": [`+daily(mg("40"), "1")+`]}`)
		if got, _ := opioid.Compute([]opioid.Use{r, s}, asOf, ""); med(got) != want {
			t.Errorf("%s: got %s (%q), want %s", base, med(got), got.Why, want)
		}
	}
}

func TestEvidence(t *testing.T) {
	use := request(t, "oxycodone", opioid.Oral, "", `{"id": "r", "status": "active", "intent": "order", "authoredOn": "2025-06-01", "dosageInstruction": [
		`+daily(mg("20"), "2")+`, {"asNeededBoolean": true, "timing": {"repeat": {"frequency": 1, "frequencyMax": 4, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 5, "unit": "mg"}}]}]}`)
	_, evidence := opioid.Compute([]opioid.Use{use}, asOf, "")
	want := []mapping.Evidence{
		{Resource: "MedicationRequest/r", Path: "dosageInstruction[0]", Value: "20 mg, 2 x per 1 d", Date: "2025-06-01", Via: "oxycodone oral -> 40 mg/d"},
		{Resource: "MedicationRequest/r", Path: "dosageInstruction[1]", Value: "5 mg, 1-4 x per 1 d, as needed", Date: "2025-06-01", Via: "oxycodone oral -> 0..20 mg/d"},
	}
	if !slices.Equal(evidence, want) {
		t.Errorf("got %+v\nwant %+v", evidence, want)
	}
}

func TestUnknownTable(t *testing.T) {
	got, _ := opioid.Compute([]opioid.Use{statement(t, "morphine", opioid.Oral, "", active(daily(mg("10"), "1")))}, asOf, "atlantis-1900")
	if got.MED != nil || !strings.Contains(got.Why, "table") {
		t.Errorf("got %s (%q)", med(got), got.Why)
	}
}

func TestTablesSayWhereTheyComeFrom(t *testing.T) {
	var ids []string
	for _, table := range opioid.Tables() {
		ids = append(ids, table.ID)
		if table.Title == "" || !strings.HasPrefix(table.Source, "https://") || len(table.Factors) == 0 {
			t.Errorf("%s lacks title, source or factors", table.ID)
		}
		table.Factors[0].Low = "999" // a copy
	}
	if want := []string{"nl-2019", "cdc-clinical-2022", "cdc-clinical-2016", "cdc-research-2018"}; !slices.Equal(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
	if opioid.Tables()[0].Factors[0].Low == "999" {
		t.Error("a caller can change the factors")
	}
}
