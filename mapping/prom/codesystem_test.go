package prom

import (
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
)

func TestParts(t *testing.T) {
	for score, want := range map[string]string{
		"pcs.total": "rumination magnification helplessness", "psqi.global": "c1 c2 c3 c4 c5 c6 c7", "pcs.rumination": "",
		"ndi.total": "", "sf12v1.pcs": "", "hads.anxiety": "", "bpi.interference": "", "gpe.success": "",
	} {
		id, name, _ := strings.Cut(score, ".")
		i := ByID(id)
		got := map[string]bool{}
		for _, part := range i.Parts(i.Scale(name)) {
			got[part.Name] = true
		}
		wanted := strings.Fields(want)
		if len(got) != len(wanted) {
			t.Errorf("%s has parts %v", score, got)
		}
		for _, name := range wanted {
			if !got[name] {
				t.Errorf("%s lacks part %s", score, name)
			}
		}
	}
}

// A score that is no more than the answer to its only item has the item's code; one
// computed from it has not.
func TestScoreLOINC(t *testing.T) {
	for score, want := range map[string]string{
		"odi.total": "97909-6", "bpi.interference": "77565-0", "nrs.value": "72514-3", "ndi.total": "", "ndi.sum": "", "gpe.value": "", "gpe.success": "", "psqi.c1": "",
	} {
		id, name, _ := strings.Cut(score, ".")
		if i := ByID(id); i.ScoreLOINC(i.Scale(name)) != want {
			t.Errorf("%s: %q", score, i.ScoreLOINC(i.Scale(name)))
		}
	}
}

// Every rule that a score can be computed by is a code, under the name that the score bears.
func TestRulesAreCodes(t *testing.T) {
	codes := map[string]bool{}
	for _, system := range codeSystems() {
		if system.URL != RuleSystem {
			continue
		}
		for _, c := range system.Concept {
			if codes[c.Code] {
				t.Errorf("%s stands twice", c.Code)
			}
			codes[c.Code] = true
		}
	}
	for _, i := range Instruments {
		for k := range i.Scales {
			for _, rule := range i.Scales[k].Rules {
				config := Config{Rules: map[string]string{i.Code(&i.Scales[k]): rule}}
				s := scorer{chart: chartOf(), config: &config}
				r := &reading{instrument: i, cells: make([]cell, len(i.Items))}
				if scored := s.score(r, &i.Scales[k]); !codes[scored.Rule] {
					t.Errorf("%s is no code", scored.Rule)
				}
			}
		}
	}
}

func TestFollowTakesTheMomentsOfTheRecord(t *testing.T) {
	date := func(text string) mapping.Value {
		d, err := mapping.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return mapping.DateValue(mapping.OnDay(d))
	}
	record := &mapping.Record{AsOf: mapping.NewDay(2025, 6, 16)}
	record.Add("trial-start", date("2024-04-01"))
	record.Add("implant-date", date("2024-05-01"))
	f := Follow(Score(chartOf(own("nrs", numbers("nrs", 6)...)), Config{}), record)
	if f.TrialStart == nil || f.TrialEnd != nil || f.Implant == nil || len(f.Course) != 1 || f.Course[0].Points[0].Phase != "baseline" {
		t.Errorf("%+v", f)
	}
	// Two days are none, so that nothing is laid along the wrong one.
	record.Add("trial-start", date("2024-04-02"))
	record.Add("implant-date", mapping.DateValue(mapping.Date{First: 1, Last: 31, Text: "1970-01"}))
	if f = Follow(Score(chartOf(own("nrs", numbers("nrs", 6)...)), Config{}), record); f.TrialStart != nil || f.Implant != nil || len(f.Course[0].Points) != 0 {
		t.Errorf("%+v", f)
	}
}
