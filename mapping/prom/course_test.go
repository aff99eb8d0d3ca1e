package prom

import (
	"encoding/json"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

func day(s string) mapping.Day {
	d, err := mapping.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestCourse(t *testing.T) {
	var chart []fhir.Resource
	for k, v := range []struct {
		authored string
		values   []int
	}{
		{"2023-12-01", []int{4, 4, 4, 4, 4, 4, 4, 4, 4, 4}}, // 80, before the baseline
		{"2024-01-10", []int{3, 3, 3, 3, 3, 3, 3, 3, 3, 3}}, // 60, baseline
		{"2024-01-12", []int{1, -1, -1}},                    // no value
		{"2024-01-29", []int{2, 2, 2, 2, 2, 3, 3, 3, 3, 3}}, // 50, trial
		{"2024-06-20", []int{1, 1, 1, 1, 1, 2, 2, 2, 2, 2}}, // 30, nearest to six months
		{"2024-11-01", []int{5, 5, 5, 5, 5, 5, 5, 5, 5, 5}}, // in the window, further off
		{"2026-02-14", []int{4, 4, 4, 4, 4, 3, 3, 3, 3, 3}}, // 70, second year; the first has none
		{"2030-01-01", []int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}}, // after the as-of day
		{"2026", []int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}},       // day unknown, and not all of it past
	} {
		r := part(string(rune('a'+k)), v.authored, numbers("odi", v.values...)...)
		chart = append(chart, r)
	}
	scores := Score(chartOf(chart...), Config{}).Scores
	course := Course(scores, Milestones{TrialStart: day("2024-01-15"), TrialEnd: day("2024-01-29"), Implant: day("2024-02-10"), AsOf: day("2026-03-01")})
	if len(course) != 1 {
		t.Fatalf("%d lines", len(course))
	}
	type point struct{ phase, day, value, change, ten, thirty string }
	want := []point{
		{"baseline", "2024-01-10", "60", "", "", ""},
		{"trial", "2024-01-29", "50", "-10", "improved", "within"}, // 10 points, but 30 % of 60 is 18
		{"6-months", "2024-06-20", "30", "-30", "improved", "improved"},
		{"year-1", "", "", "", "", ""},
		{"year-2", "2026-02-14", "70", "10", "worsened", "within"},
	}
	if len(course[0].Points) != len(want) {
		t.Fatalf("%d points: %+v", len(course[0].Points), course[0].Points)
	}
	for k, p := range course[0].Points {
		got := point{phase: p.Phase}
		if p.Scored != nil {
			got.day, got.value = p.Scored.Day.Text, p.Scored.text()
		}
		if p.Change != nil {
			got.change, got.ten, got.thirty = mapping.FormatRat(p.Change), p.Differences[0].Outcome, p.Differences[1].Outcome
		}
		if got != want[k] {
			t.Errorf("got %v, want %v", got, want[k])
		}
	}
	b, err := json.Marshal(course[0].Points[1])
	if err != nil {
		t.Fatal(err)
	}
	wantJSON := `{"phase":"trial","due":null,"day":"2024-01-29","response":"QuestionnaireResponse/d","value":50,"band":"severe","change":-10,"differences":[` +
		`{"points":10,"source":"Ostelo 2008","verified":false,"outcome":"improved"},{"percent":30,"source":"Ostelo 2008","verified":false,"outcome":"within"},` +
		`{"points":8.2,"source":"Paul 2015, spinal cord stimulation, lower end","verified":true,"outcome":"improved"},` +
		`{"points":13.3,"source":"Paul 2015, spinal cord stimulation, upper end","verified":true,"outcome":"within"}]}`
	if string(b) != wantJSON {
		t.Errorf("got  %s\nwant %s", b, wantJSON)
	}
}

func TestCourseBaselines(t *testing.T) {
	scores := Score(chartOf(part("a", "2024-01-10", numbers("odi", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)...), part("b", "2024-08-10", numbers("odi", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)...)), Config{}).Scores
	asOf := day("2024-08-20")
	t.Run("no milestone, no point", func(t *testing.T) {
		if course := Course(scores, Milestones{AsOf: asOf}); len(course) != 1 || len(course[0].Points) != 0 {
			t.Errorf("%+v", course)
		}
	})
	t.Run("implantation without trial; no percentage of a baseline of nothing", func(t *testing.T) {
		course := Course(scores, Milestones{Implant: day("2024-02-10"), AsOf: asOf})
		p := course[0].Points
		if len(p) != 2 || p[0].Phase != "baseline" || p[1].Phase != "6-months" || p[1].Change == nil || len(p[1].Differences) != 3 {
			t.Errorf("%+v", p)
		}
	})
	t.Run("no baseline, no change", func(t *testing.T) {
		course := Course(scores, Milestones{Implant: day("2024-01-01"), AsOf: asOf})
		if p := course[0].Points; len(p) != 1 || p[0].Phase != "6-months" || p[0].Change != nil {
			t.Errorf("%+v", p)
		}
	})
}

func TestDifferenceMustBeExceededWhereItsSourceSaysSo(t *testing.T) {
	mcid := sf12v1.Scale("pcs").MCID[0]
	for change, want := range map[string]string{"3.29": "within", "3.2900001": "improved", "-3.29": "within", "-3.3": "worsened"} {
		if got := mcid.judge(dec(change), mcid.Points); got != want {
			t.Errorf("%s: %s, want %s", change, got, want)
		}
	}
}

func TestSF12Decline(t *testing.T) {
	for _, test := range []struct {
		physical, mental string // after, from 40 and 50
		want             Decline
	}{
		{"40", "50", Decline{}},
		{"39.99", "55", Decline{Any: true}},
		{"36.71", "50", Decline{Any: true}},
		{"36.70", "50", Decline{Any: true, Threshold: true}},
		{"45", "46.22", Decline{Any: true, Threshold: true}},
		{"35", "50", Decline{Any: true, Threshold: true, HalfSD: true}},
		{"40", "45", Decline{Any: true, Threshold: true, HalfSD: true}},
	} {
		if got := SF12Decline(dec("40"), dec("50"), dec(test.physical), dec(test.mental)); got != test.want {
			t.Errorf("to %s and %s: %+v, want %+v", test.physical, test.mental, got, test.want)
		}
	}
}
