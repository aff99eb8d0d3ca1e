package prom

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// verify holds what must be true of any result: every response is scored,
// listed or superseded; a score has a value in its range or a reason; the same
// input gives the same bytes.
func verify(t interface{ Fatalf(string, ...any) }, chart *fhir.Chart, config Config) {
	result := Score(chart, config)
	told := make(map[string]bool)
	for _, s := range result.Scores {
		for _, r := range s.Responses {
			told[fhir.Name(r)] = true
		}
		switch {
		case s.Value == nil && s.NotScoreable == "":
			t.Fatalf("%s.%s: neither value nor reason", s.Instrument.ID, s.Scale.Name)
		case s.Value != nil && (s.NotScoreable != "" || s.Value.Cmp(s.Scale.Low) < 0 || s.Value.Cmp(s.Scale.High) > 0):
			t.Fatalf("%s.%s: %s is outside its range, or has a reason", s.Instrument.ID, s.Scale.Name, s.Value)
		case s.Answered+len(s.Missing) > len(s.Scale.Items):
			t.Fatalf("%s.%s: %d answered and %d missing", s.Instrument.ID, s.Scale.Name, s.Answered, len(s.Missing))
		}
	}
	for _, u := range result.Unrecognised {
		told[u.Response] = true
	}
	for _, s := range result.Superseded {
		told[s.Resource] = true
	}
	for _, r := range chart.Resources {
		if r.Type() == "QuestionnaireResponse" && !told[fhir.Name(r)] {
			t.Fatalf("%s is lost", fhir.Name(r))
		}
	}
	first, err := json.Marshal(result)
	if err != nil {
		t.Fatalf("marshal: %v", err)
	}
	if second, _ := json.Marshal(Score(chart, config)); !bytes.Equal(first, second) {
		t.Fatalf("two runs differ")
	}
}

func FuzzScore(f *testing.F) {
	for _, items := range [][]fhir.ResponseItem{
		numbers("odi", 1, 2, 3, -1, 5), numbers("hads", 1, 2, 3), psqiItems("23:00:00", "07:00:00", "7", 15, nil),
		{answer("nrs.1", weighted(fhir.OrdinalValue, "3")), answer("nrs.1", text("23.30")), answer("/82227-0", coded(loinc, "LA25855-0"))},
		{answer("psqi.latency", text("30-60")), answer("odi.total", quantity("1e40", "%"))},
	} {
		for _, canonical := range []string{odi.Canonical(), psqi.Canonical() + "|1", hospital + "x", ""} {
			document, err := json.Marshal(respond(canonical, items...))
			if err != nil {
				f.Fatal(err)
			}
			f.Add(document)
		}
	}
	config := Config{Site: Site{
		Questionnaires: []Form{{
			Canonical: hospital + "x", Items: map[string]string{"nrs.1": "gpe.1", "psqi.latency": "hads.1", "odi.1": "sf12v1.1", "odi.total": "ndi.sum"},
			Answers: map[string]map[string]Whole{"odi.1": {"1": 9}}, Encoding: map[string]Encoding{"gpe": Reversed, "hads": Index1},
		}},
		Texts: map[string]string{TextHash("x"): "nrs.1"}, Encoding: map[string]Encoding{"ndi": "nonsense"},
	}}
	f.Fuzz(func(t *testing.T, document []byte) {
		var r fhir.QuestionnaireResponse
		if json.Unmarshal(document, &r) != nil {
			return
		}
		verify(t, chartOf(&r), config)
	})
}

// Any answers, in any style, to any of our forms, in several responses.
func TestAnyResponseIsAccountedFor(t *testing.T) {
	linkIDs := sortedKeys(places)
	number := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"0", "1", "2", "3", "4", "5", "6", "7", "10", "2.5", "-1", "1e3", "100"}).Draw(t, "number")
	})
	value := rapid.Custom(func(t *rapid.T) fhir.Value {
		n := number.Draw(t, "n")
		return rapid.SampledFrom([]fhir.Value{
			{Integer: fhir.Decimal(n)}, {Decimal: fhir.Decimal(n)}, {String: n}, {Time: n + ":00:00"}, {},
			weighted(fhir.ItemWeight, n), coded(OptionSystem, n), coded("urn:cs", n), quantity(n, "min"),
			coded("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "NA"),
		}).Draw(t, "value")
	})
	rapid.Check(t, func(t *rapid.T) {
		var resources []fhir.Resource
		for k := range rapid.IntRange(1, 3).Draw(t, "responses") {
			instrument := rapid.SampledFrom(Instruments).Draw(t, "instrument")
			var items []fhir.ResponseItem
			for _, item := range instrument.Items {
				if rapid.IntRange(0, 9).Draw(t, "given") > 0 {
					items = append(items, answer(item.ID, value.Draw(t, "value")))
				}
			}
			items = append(items, answer(rapid.SampledFrom(linkIDs).Draw(t, "other"), value.Draw(t, "value")))
			r := own(instrument.ID, items...)
			r.ID = strings.Repeat("r", k+1)
			r.Status = rapid.SampledFrom([]string{"completed", "amended", "entered-in-error", ""}).Draw(t, "status")
			resources = append(resources, r)
		}
		verify(t, chartOf(resources...), Config{})
	})
}
