package standpunt

import (
	"testing"
	"time"
)

func TestVersionsFollowEachOtherWithoutGapOrOverlap(t *testing.T) {
	all := Versions()
	if all[0].From != "" || all[len(all)-1].To != "" {
		t.Error("the versions do not cover all dates")
	}
	for i := 1; i < len(all); i++ {
		last, err := time.Parse(time.DateOnly, all[i-1].To)
		if err != nil {
			t.Fatalf("%s: %v", all[i-1].ID, err)
		}
		if next := last.AddDate(0, 0, 1).Format(time.DateOnly); all[i].From != next {
			t.Errorf("%s starts on %s, want %s", all[i].ID, all[i].From, next)
		}
	}
}

func TestTheDateChoosesTheVersion(t *testing.T) {
	tests := []struct {
		date, version string
		inForce       bool
	}{
		{"2018-01-01", Concept2019, false},
		{"2019-06-03", Concept2019, false},
		{"2019-11-11", Concept2019, false},
		{"2019-11-12", ZIN2019, true},
		{"2019-12-31", ZIN2019, true},
		{"2020-01-01", NVA2020, true},
		{"2020-12-31", NVA2020, true},
		{"2021-01-01", NVA2021, true},
		{"2026-11-22", NVA2021, true},
	}
	for _, test := range tests {
		got, err := VersionOn(test.date)
		if err != nil || got.ID != test.version {
			t.Errorf("VersionOn(%s) = %s, %v; want %s", test.date, got.ID, err, test.version)
		}
		if got.InForce(test.date) != test.inForce {
			t.Errorf("%s in force on %s: got %v", got.ID, test.date, !test.inForce)
		}
		for _, v := range Versions() {
			if v.ID != test.version && v.InForce(test.date) {
				t.Errorf("%s is in force on %s beside %s", v.ID, test.date, test.version)
			}
		}
		if found, ok := FindVersion(test.version); !ok || found != got {
			t.Errorf("FindVersion(%s) gives another version", test.version)
		}
	}
	if _, ok := FindVersion("nva-1999"); ok {
		t.Error("found a version that does not exist")
	}
	for _, date := range []string{"", "2020", "2020-02", "2020-02-30", "1 januari 2020"} {
		if v, err := VersionOn(date); err == nil {
			t.Errorf("VersionOn(%q) = %s, want an error", date, v.ID)
		}
	}
}
