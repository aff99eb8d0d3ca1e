package advice_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
)

func TestCourseText(t *testing.T) {
	ndi := prom.ByID("ndi")
	total := ndi.Scale("total")
	on := func(day mapping.Day, value int64) *prom.Scored {
		return &prom.Scored{Instrument: ndi, Scale: total, Day: mapping.OnDay(day), Value: big.NewRat(value, 1)}
	}
	unscored := on(mapping.NewDay(2024, 9, 1), 0)
	unscored.Value = nil
	line := prom.Line{Instrument: ndi, Scale: total, Points: []prom.Point{
		{Phase: "baseline", Scored: on(mapping.NewDay(2024, 1, 2), 40)},
		{Phase: "trial", Scored: on(mapping.NewDay(2024, 2, 3), 25), Change: big.NewRat(-15, 1), Differences: []prom.Judged{
			{Difference: prom.Difference{Source: "A"}, Outcome: "within"}, {Difference: prom.Difference{Source: "B"}, Outcome: "improved"}}},
		{Phase: "6-months", Scored: unscored},
		{Phase: "year-1", Due: mapping.NewDay(2025, 2, 4)},
		{Phase: "year-2", Scored: on(mapping.NewDay(2026, 2, 4), 61), Change: big.NewRat(21, 1), Differences: []prom.Judged{
			{Difference: prom.Difference{Source: "A"}, Outcome: "worsened"}, {Difference: prom.Difference{Source: "B"}, Outcome: "worsened"}}},
	}}
	for lang, want := range map[string]string{
		"en": `ndi total
  baseline        2024-01-02  40 %
  trial           2024-02-03  25 %              -15
                  no important difference (A); improved (B)
  6 months        2024-09-01  not scoreable
  year 1          2025-02-04  not measured
  year 2          2026-02-04  61 %              +21             worsened
`,
		"nl": `ndi total
  uitgangswaarde  2024-01-02  40 %
  proef           2024-02-03  25 %              -15
                  geen belangrijk verschil (A); beter (B)
  6 maanden       2024-09-01  niet te scoren
  jaar 1          2025-02-04  niet gemeten
  jaar 2          2026-02-04  61 %              +21             slechter
`,
	} {
		var got strings.Builder
		if err := advice.CourseText(&got, prom.Followed{Course: []prom.Line{line}}, lang); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.String()); diff != "" {
			t.Errorf("%s: %s", lang, diff)
		}
	}
	var got strings.Builder
	if err := advice.CourseText(&got, prom.Followed{Course: []prom.Line{{Instrument: ndi, Scale: total}}}, "en"); err != nil || !strings.Contains(got.String(), "no moment of treatment is known") {
		t.Errorf("%v: %s", err, got.String())
	}
}
