package report

import (
	"database/sql"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/registry/centre"
)

// TestWhoIsCountedASecondTime finds by SQL who are in the numbers of patients, not only how
// many: of the centre, and of each clinic of the norms by clinic.
func TestWhoIsCountedASecondTime(t *testing.T) {
	people := patients(spoilt())
	db := items(t, people, year, asOf.String())
	for _, test := range []struct {
		measure         string
		base            centre.Base
		kinds, modality string
	}{
		{"nm-volume-n20", centre.Operative, electrodes, ""},
		{"nm-volume-n20", centre.OperativeWithExplant, `('trial','implant','revision','explant')`, ""},
		{"nm-volume-n50", centre.Applied, anything, ""},
		{"nm-volume-ons", centre.ONS, anything, "ONS"},
	} {
		t.Run(string(test.base), func(t *testing.T) {
			subjects := &centre.Subjects{Measure: test.measure}
			r, err := centre.Compute(people, centre.Options{Year: year, AsOf: asOf, Name: "Test", Subjects: subjects})
			if err != nil {
				t.Fatal(err)
			}
			counted, missing := []string{}, []string{}
			for _, s := range subjects.Of(string(test.base)) {
				if s.Numerator {
					counted = append(counted, s.Patient)
				} else if s.Missing {
					missing = append(missing, s.Patient)
				}
			}
			all := `WITH g AS (` + counting(test.kinds, test.modality) + `) SELECT DISTINCT patient FROM g WHERE counts='yes' ORDER BY patient`
			if diff := cmp.Diff(names(t, db, all), slices.Sorted(slices.Values(counted))); diff != "" {
				t.Errorf("counted: %s", diff)
			}
			perhaps := `WITH g AS (` + counting(test.kinds, test.modality) + `) SELECT DISTINCT patient FROM g WHERE counts='perhaps' AND patient NOT IN (SELECT patient FROM g WHERE counts='yes') ORDER BY patient`
			if diff := cmp.Diff(names(t, db, perhaps), slices.Sorted(slices.Values(missing))); diff != "" {
				t.Errorf("possible: %s", diff)
			}
			for _, j := range r.Norms.Clinics {
				for _, n := range j.Norms {
					if n.Base != test.base {
						continue
					}
					query := `WITH g AS (` + counting(test.kinds, test.modality) + `) SELECT count(DISTINCT patient) FROM g WHERE counts='yes' AND clinic=?`
					if got := number(t, db, query, j.Clinic); int(got) != n.Count || n.Count == 0 {
						t.Errorf("clinic %s: %d, by SQL %v", j.Clinic, n.Count, got)
					}
				}
			}
			if len(r.Norms.Clinics) < 2 {
				t.Error("there is one clinic only")
			}
		})
	}
}

// names are the texts that a query gives.
func names(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	list := []string{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		list = append(list, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
