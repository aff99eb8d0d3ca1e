package prom

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
)

func ratingsOf(ids []string, values ...int) []fhir.ResponseItem {
	var items []fhir.ResponseItem
	for k, v := range values {
		if v >= 0 {
			items = append(items, answer(ids[k], integer(v)))
		}
	}
	return items
}

var bpiOrder = []string{"bpi.worst", "bpi.least", "bpi.average", "bpi.now",
	"bpi.activity", "bpi.mood", "bpi.walking", "bpi.work", "bpi.relations", "bpi.sleep", "bpi.enjoyment"}

// Hand-checked cases. The best and worst SF-12 version 1 are the published
// extremes of the algorithm; the other SF-12 cases were computed from the
// published constants by a separate program that follows the SAS steps.
func TestScores(t *testing.T) {
	tests := []struct {
		name       string
		instrument string
		items      []fhir.ResponseItem
		want       map[string]string
	}{
		{"GPE much better is a success", "gpe", numbers("gpe", 2), map[string]string{"gpe.value": "2", "gpe.success": "1"}},
		{"GPE slightly better is none", "gpe", numbers("gpe", 3), map[string]string{"gpe.value": "3", "gpe.success": "0"}},
		{"GPE outside 1..7", "gpe", numbers("gpe", 8), map[string]string{"gpe.value": "not scoreable: gpe.1: the answer is not one of the item's values"}},

		{"SF-12 v1 best health", "sf12v1", numbers("sf12v1", 1, 3, 3, 2, 2, 2, 2, 1, 1, 1, 6, 5), map[string]string{"sf12v1.pcs": "56.57706", "sf12v1.mcs": "60.75781"}},
		{"SF-12 v1 worst health", "sf12v1", numbers("sf12v1", 5, 1, 1, 1, 1, 1, 1, 5, 6, 6, 1, 1), map[string]string{"sf12v1.pcs": "23.99938", "sf12v1.mcs": "19.06444"}},
		{"SF-12 v1 middling", "sf12v1", numbers("sf12v1", 3, 2, 2, 1, 2, 1, 2, 3, 3, 4, 4, 3), map[string]string{"sf12v1.pcs": "40.13264", "sf12v1.mcs": "42.5799"}},
		{"SF-12 v1 mixed", "sf12v1", numbers("sf12v1", 4, 1, 2, 2, 1, 2, 1, 4, 5, 2, 2, 2), map[string]string{"sf12v1.pcs": "34.42179", "sf12v1.mcs": "35.80095"}},
		{"SF-12 v1 bodily limits", "sf12v1", numbers("sf12v1", 2, 3, 1, 1, 1, 2, 2, 2, 2, 5, 5, 4), map[string]string{"sf12v1.pcs": "34.24515", "sf12v1.mcs": "55.4567"}},

		{"SF-12 v2 best health", "sf12v2", numbers("sf12v2", 1, 3, 3, 5, 5, 5, 5, 1, 1, 1, 5, 5), map[string]string{"sf12v2.pcs": "56.705189886", "sf12v2.mcs": "62.3903313365"}},
		{"SF-12 v2 worst health", "sf12v2", numbers("sf12v2", 5, 1, 1, 1, 1, 1, 1, 5, 5, 5, 1, 1), map[string]string{"sf12v2.pcs": "23.988995394", "sf12v2.mcs": "16.0438044071"}},
		{"SF-12 v2 middling", "sf12v2", numbers("sf12v2", 3, 2, 2, 3, 3, 4, 4, 3, 3, 3, 3, 3), map[string]string{"sf12v2.pcs": "39.2753405528", "sf12v2.mcs": "44.0035141394"}},
		{"SF-12 v2 mixed", "sf12v2", numbers("sf12v2", 4, 1, 2, 2, 1, 5, 4, 4, 2, 4, 5, 3), map[string]string{"sf12v2.pcs": "18.3783364115", "sf12v2.mcs": "57.8547185448"}},
		{"SF-12 v2 low mood", "sf12v2", numbers("sf12v2", 2, 3, 2, 4, 5, 3, 2, 2, 4, 2, 1, 4), map[string]string{"sf12v2.pcs": "61.1680599847", "sf12v2.mcs": "28.0797611348"}},

		{"NRS", "nrs", numbers("nrs", 7), map[string]string{"nrs.value": "7"}},
		{"NRS no pain", "nrs", numbers("nrs", 0), map[string]string{"nrs.value": "0"}},
		{"NRS with a fraction", "nrs", []fhir.ResponseItem{answer("nrs.1", fhir.Value{Decimal: "6.5"})}, map[string]string{"nrs.value": "6.5"}},
		{"NRS outside 0..10", "nrs", numbers("nrs", 11), map[string]string{"nrs.value": "not scoreable"}},

		{"BPI", "bpi", ratingsOf(bpiOrder, 8, 3, 6, 5, 7, 5, 6, 8, 2, 7, 6), map[string]string{"bpi.severity": "5.5", "bpi.interference": "5.8571428571"}},

		{"ODI", "odi", numbers("odi", 2, 2, 2, 2, 2, 2, 2, 2, 2, 1), map[string]string{"odi.total": "38"}},
		{"ODI lowest", "odi", numbers("odi", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), map[string]string{"odi.total": "0"}},
		{"ODI highest", "odi", numbers("odi", 5, 5, 5, 5, 5, 5, 5, 5, 5, 5), map[string]string{"odi.total": "100"}},

		{"NDI says which", "ndi", numbers("ndi", 3, 2, 1, 4, 0, 5, 2, 3, 1, 2), map[string]string{"ndi.total": "46", "ndi.sum": "23"}},

		{"HADS odd is anxiety, even is depression", "hads", numbers("hads", 3, 0, 3, 0, 3, 0, 3, 1, 3, 0, 3, 0, 3, 2), map[string]string{"hads.anxiety": "21", "hads.depression": "3"}},

		{"PCS subscales", "pcs", numbers("pcs", 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2),
			map[string]string{"pcs.total": "29", "pcs.rumination": "7", "pcs.magnification": "9", "pcs.helplessness": "13"}},

		{"PSQI good sleeper", "psqi", psqiItems("23:00:00", "07:00:00", "7.5", 10, nil), map[string]string{
			"psqi.c1": "0", "psqi.c2": "0", "psqi.c3": "0", "psqi.c4": "0", "psqi.c5": "0", "psqi.c6": "0", "psqi.c7": "0", "psqi.global": "0"}},
		{"PSQI poor sleeper", "psqi", psqiItems("22:30:00", "08:00:00", "4.5", 75, map[string]int{
			"5a": 3, "5b": 2, "5c": 2, "5d": 1, "5e": 2, "5f": 1, "5g": 0, "5h": 1, "5i": 3, "5j": 0, "quality": 3, "medication": 2, "awake": 1, "enthusiasm": 2}),
			// latency 3 + 3 = 6 -> 3; 4.5 h -> 3; 4.5 of 9.5 h -> 47 % -> 3; 12 -> 2; 3 -> 2
			map[string]string{"psqi.c1": "3", "psqi.c2": "3", "psqi.c3": "3", "psqi.c4": "3", "psqi.c5": "2", "psqi.c6": "2", "psqi.c7": "2", "psqi.global": "18"}},
		{"PSQI middling", "psqi", psqiItems("00:15:00", "07:15:00", "6", 20, map[string]int{"5a": 1, "5b": 1, "5j": 1, "quality": 1, "awake": 1}),
			// latency 1 + 1 = 2 -> 1; 6 h -> 1; 6 of 7 h -> 85.7 % -> 0; 2 -> 1; 1 -> 1
			map[string]string{"psqi.c1": "1", "psqi.c2": "1", "psqi.c3": "1", "psqi.c4": "0", "psqi.c5": "1", "psqi.c6": "0", "psqi.c7": "1", "psqi.global": "5"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			check(t, Score(chartOf(own(test.instrument, test.items...)), Config{}), test.want)
		})
	}
}

// psqiItems is a complete PSQI; coded items that are not given are 0.
func psqiItems(bed, rise, hours string, latency int, codedItems map[string]int) []fhir.ResponseItem {
	items := []fhir.ResponseItem{
		answer("psqi.bedtime", clock(bed)), answer("psqi.latency", integer(latency)),
		answer("psqi.risetime", clock(rise)), answer("psqi.sleep-hours", fhir.Value{Decimal: fhir.Decimal(hours)}),
	}
	for _, item := range psqi.Items {
		if item.Kind == Option {
			items = append(items, answer(item.ID, integer(codedItems[item.ID[len("psqi."):]])))
		}
	}
	return items
}

func without(items []fhir.ResponseItem, linkIDs ...string) []fhir.ResponseItem {
	var kept []fhir.ResponseItem
	for _, item := range items {
		drop := false
		for _, id := range linkIDs {
			drop = drop || item.LinkID == id
		}
		if !drop {
			kept = append(kept, item)
		}
	}
	return kept
}

func TestMissingRules(t *testing.T) {
	tests := []struct {
		name       string
		instrument string
		items      []fhir.ResponseItem
		rules      map[string]string
		want       map[string]string
	}{
		{"ODI: one section missing, the maximum is 45", "odi", numbers("odi", 2, 2, 2, 2, 2, 2, 2, -1, 1, 1), nil,
			map[string]string{"odi.total": "35.5555555556"}},
		{"ODI: two missing", "odi", numbers("odi", 2, 2, 2, 2, 2, 2, 2, -1, -1, 1), nil,
			map[string]string{"odi.total": "not scoreable: 2 of 10 items missing, rule max1-missing allows 1"}},
		{"ODI: two missing where two may be", "odi", numbers("odi", 2, 2, 2, 2, 2, 2, 2, -1, -1, 1), map[string]string{"odi": "max2-missing"},
			map[string]string{"odi.total": "37.5"}},
		{"ODI: three missing where two may be", "odi", numbers("odi", 2, 2, 2, 2, 2, 2, -1, -1, -1, 1), map[string]string{"odi": "max2-missing"},
			map[string]string{"odi.total": "not scoreable: 3 of 10"}},
		{"ODI: one missing where none may be", "odi", numbers("odi", 2, 2, 2, 2, 2, 2, 2, -1, 1, 1), map[string]string{"odi.total": "complete"},
			map[string]string{"odi.total": "not scoreable: 1 of 10 items missing, rule complete allows 0"}},
		{"NDI: no driving", "ndi", numbers("ndi", 3, 2, 1, 4, 0, 5, 2, -1, 1, 2), nil,
			map[string]string{"ndi.total": "44.4444444444", "ndi.sum": "22.2222222222"}},
		{"NDI: two missing where two may be, for the sum only", "ndi", numbers("ndi", 3, 2, 1, 4, 0, 5, 2, -1, -1, 2), map[string]string{"ndi.sum": "max2-missing"},
			map[string]string{"ndi.total": "not scoreable: 2 of 10", "ndi.sum": "23.75"}},
		{"HADS: half of the items, their mean for the rest", "hads", numbers("hads", 2, 3, 1, -1, 3, -1, 2, -1, -1, -1, -1, 1, -1, 1), nil,
			map[string]string{"hads.anxiety": "14", "hads.depression": "not scoreable: 4 of 7 items missing, rule half allows 3"}},
		{"HADS: at most one missing", "hads", numbers("hads", 2, 3, 1, -1, 3, 1, 2, 1, -1, 1, -1, 1, 1, 1), map[string]string{"hads": "max1-missing"},
			map[string]string{"hads.anxiety": "not scoreable: 2 of 7", "hads.depression": "9.3333333333"}},
		{"HADS: none missing", "hads", numbers("hads", 2, 3, 1, -1, 3, 1, 2, 1, 0, 1, 0, 1, 1, 1), map[string]string{"hads": "complete"},
			map[string]string{"hads.anxiety": "9", "hads.depression": "not scoreable: 1 of 7"}},
		{"BPI: severity needs all four, interference four of seven", "bpi", ratingsOf(bpiOrder, 8, 3, -1, 5, 7, 5, 6, 8, -1, -1, -1), nil,
			map[string]string{"bpi.severity": "not scoreable: 1 of 4", "bpi.interference": "6.5"}},
		{"BPI: three of seven is not over half", "bpi", ratingsOf(bpiOrder, 8, 3, 4, 5, 7, 5, 6, -1, -1, -1, -1), nil,
			map[string]string{"bpi.severity": "5", "bpi.interference": "not scoreable: 4 of 7 items missing, rule over-half allows 3"}},
		{"PCS: a missing item spoils its subscale and the total only", "pcs", numbers("pcs", 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, -1), nil,
			map[string]string{"pcs.total": "not scoreable: 1 of 13", "pcs.rumination": "7", "pcs.magnification": "not scoreable: 1 of 3", "pcs.helplessness": "13"}},
		{"SF-12: all twelve", "sf12v1", numbers("sf12v1", 1, 3, 3, 2, 2, 2, 2, 1, 1, 1, 6, -1), nil,
			map[string]string{"sf12v1.pcs": "not scoreable: 1 of 12", "sf12v1.mcs": "not scoreable: 1 of 12"}},
		{"PSQI: a missing item spoils what depends on it", "psqi", without(psqiItems("23:00:00", "07:00:00", "7", 10, nil), "psqi.5c", "psqi.sleep-hours"), nil,
			map[string]string{"psqi.c1": "0", "psqi.c2": "0", "psqi.c3": "not scoreable: no item is answered", "psqi.c4": "not scoreable: 1 of 3", "psqi.c5": "not scoreable: 1 of 9",
				"psqi.c6": "0", "psqi.c7": "0", "psqi.global": "not scoreable: 2 of 18"}},
		{"PSQI: 5j may be missing", "psqi", without(psqiItems("23:00:00", "07:00:00", "7", 10, map[string]int{"5b": 1, "5j": 3}), "psqi.5j"), nil,
			map[string]string{"psqi.c5": "1", "psqi.global": "1"}},
		{"nothing answered", "nrs", nil, nil, map[string]string{"nrs.value": "not scoreable: no item is answered"}},
		{"a rule the score does not have", "pcs", numbers("pcs", 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2), map[string]string{"pcs": "half"},
			map[string]string{"pcs.total": "not scoreable: the configured rule is not one of this score"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			check(t, Score(chartOf(own(test.instrument, test.items...)), Config{Rules: test.rules}), test.want)
		})
	}
}

func TestLineOfOutput(t *testing.T) {
	r := own("odi", append(numbers("odi", 2, 2, 2, 2, 2, 2, 2, -1, 2, 2), answer("odi.total", integer(36)))...)
	want := `[{"response":"QuestionnaireResponse/r1","instrument":"odi","score":"total","value":40,"unit":"%",` +
		`"rule":"odi.total/max1-missing@1","answered":9,"missing":["odi.8"],"prorated":true,"notScoreable":null,"stored":36,"discrepancy":true}]`
	if got := lines(t, Score(chartOf(r), Config{})); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	r = own("nrs")
	want = `[{"response":"QuestionnaireResponse/r1","instrument":"nrs","score":"value","value":null,"unit":"{score}",` +
		`"rule":"nrs.value/complete@1","answered":0,"missing":["nrs.1"],"prorated":false,"notScoreable":"no item is answered","stored":null,"discrepancy":false}]`
	if got := lines(t, Score(chartOf(r), Config{})); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestConfigCheckNamesWhatMeansNothing(t *testing.T) {
	if err := (Config{Rules: map[string]string{"odi": "max2-missing", "psqi.c3": "buysse-1989"}}).Check(); err != nil {
		t.Errorf("valid rules: %v", err)
	}
	for _, rules := range []map[string]string{{"odi": "half"}, {"vas": "complete"}, {"odi.1": "complete"}} {
		if (Config{Rules: rules}).Check() == nil {
			t.Errorf("rules %v pass", rules)
		}
	}
}
