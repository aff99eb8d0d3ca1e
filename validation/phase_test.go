package validation

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
)

func TestPhaseOfARecord(t *testing.T) {
	const tried, implanted = "trial-start=2015-05-10; trial-end=2015-05-20", "implant-date=2015-05-30"
	for _, c := range []struct {
		facts, requested string
		want             Phase
	}{
		{"", "2025-06-10", Preparation},
		{"trial-start=2025-06-11", "2025-06-10", Trial},
		{tried, "2015-05-01", Definitive},
		{tried, "2025-06-10", Definitive}, // the implantation is asked for
		{"trial-done=false", "", Definitive},
		{tried + ";" + implanted, "2015-05-01", Aftercare},
		{tried + ";" + implanted, "", Aftercare},
		{implanted + "; off-start=2025-05-30", "2015-05-01", Doubt},
		{implanted, "2025-06-10", Preparation},
		{tried + ";" + implanted, "2025-06-10", Preparation}, // what was tried is of the former course
		{"trial-start=2025-06-11;" + implanted, "2025-06-10", Trial},
		{"trial-start=2025-06-01; trial-end=2025-06-09;" + implanted, "2025-05-10", Definitive},
	} {
		r := given(c.facts)
		if c.requested != "" {
			r.Add("modality", mapping.CodeValue("SCS", mapping.Evidence{Date: c.requested}))
		}
		if got := phaseOf(r); got != c.want {
			t.Errorf("%s, requested %s: %s, want %s", c.facts, c.requested, got, c.want)
		}
	}
}
