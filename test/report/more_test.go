package report

import (
	"database/sql"
	"math"
	"testing"

	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/registry/centre/statistics"
)

// number is the one number that a query gives.
func number(t *testing.T, db *sql.DB, query string, values ...any) float64 {
	t.Helper()
	var x sql.NullFloat64
	if err := db.QueryRow(query, values...).Scan(&x); err != nil {
		t.Fatalf("%v in\n%s", err, query)
	}
	return x.Float64
}

// volumesAgain computes the volumes of all years and clinics that rest on procedures.
func volumesAgain(t *testing.T, db *sql.DB, r *centre.Report) {
	queries := map[centre.Base]string{}
	for base, kinds := range map[centre.Base][2]string{
		centre.Operative: {electrodes}, centre.OperativeWithExplant: {`('trial','implant','revision','explant')`}, centre.Applied: {anything}, centre.ONS: {anything, "ONS"},
	} {
		queries[base] = `SELECT count(DISTINCT patient) FROM (` + counting(kinds[0], kinds[1]) + `) WHERE counts='yes' AND ? IN ('', clinic)`
	}
	compared := 0
	for _, v := range r.Volumes {
		query, ok := queries[v.Base]
		if !ok {
			continue
		}
		if _, err := db.Exec(`UPDATE param SET year=?`, v.Year); err != nil {
			t.Fatal(err)
		}
		if got := number(t, db, query, v.Clinic); int(got) != v.Count {
			t.Errorf("%d %s %s: %d, by SQL %v", v.Year, v.Clinic, v.Base, v.Count, got)
		}
		compared++
	}
	if _, err := db.Exec(`UPDATE param SET year=?`, year); err != nil {
		t.Fatal(err)
	}
	if compared < 4*3*4 {
		t.Errorf("compared %d volumes only", compared)
	}
	for _, base := range []centre.Base{centre.Operative, centre.Applied, centre.UnderTreatment, centre.New, centre.HistoryUnknown, centre.Implantations, centre.ImplantationsSCS, centre.ONS} {
		for _, f := range r.Figures {
			if v := r.Volume(year, "", base); f.ID == string(base) && (f.Numerator != v.Count || f.Missing != v.Possible) {
				t.Errorf("%s: the figure has %d and %d, the volume %d and %d", base, f.Numerator, f.Missing, v.Count, v.Possible)
			}
		}
	}
}

// follow is the first placed system of each patient with the days to its end, to revision
// and to removal.
const follow = `SELECT s.patient, s.clinic, julianday(e)-julianday(s.first) AS days, s.removed=e AS removal,
	(SELECT julianday(min(d.first))-julianday(s.first) FROM opening d WHERE d.patient=s.patient AND d.episode=s.episode AND d.kind='revision' AND d.first<e) AS revised,
	s.removed IS NULL AND NOT s.dead AS running FROM (SELECT *, ` + ended + ` AS e FROM system) s
	WHERE s.begun AND e IS NOT NULL AND e>=s.first AND s.n=(SELECT min(n) FROM system x WHERE x.patient=s.patient AND x.placed)
	AND NOT EXISTS (SELECT 1 FROM opening d WHERE d.patient=s.patient AND d.episode=s.episode AND d.kind='revision' AND NOT d.exact AND d.n=(SELECT min(n) FROM opening q WHERE q.patient=s.patient AND q.episode=s.episode AND q.kind='revision'))`

// curvesAgain estimates removal by Kaplan and Meier in SQL, of all clinics together.
func curvesAgain(t *testing.T, db *sql.DB, r *centre.Report) {
	for _, statement := range []string{`CREATE TEMP TABLE followed_up AS ` + follow,
		`CREATE TEMP TABLE o AS SELECT CASE WHEN revised IS NOT NULL THEN revised WHEN removal THEN days ELSE days-running END AS day, revised IS NOT NULL OR removal AS event FROM followed_up`,
		`CREATE INDEX temp.o_day ON o(day)`} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%v in\n%s", err, statement)
		}
	}
	const estimate = `WITH d AS (SELECT day, sum(event) AS events, (SELECT count(*) FROM o x WHERE x.day>=o.day) AS risk FROM o GROUP BY day HAVING sum(event)>0)
		SELECT exp(sum(ln(1.0-1.0*events/risk))) FROM d WHERE day <= ?`
	for _, c := range r.Curves {
		if c.Event != "revision-or-removal" || c.Clinic != "" {
			continue
		}
		if got := number(t, db, `SELECT count(*) FROM followed_up`); int(got) != c.Followed {
			t.Errorf("followed %d, by SQL %v", c.Followed, got)
		}
		for _, day := range []int{100, 365, 730, 1095} {
			if got, want := statistics.At(c.Steps, day).Survival, number(t, db, estimate, day); math.Abs(got-want) > 1e-9 {
				t.Errorf("without revision or removal after %d days: %v, by SQL %v", day, got, want)
			}
		}
		return
	}
	t.Error("no curve")
}

// coursesAgain computes the means of scores at the moments, and their changes.
func coursesAgain(t *testing.T, db *sql.DB, r *centre.Report) {
	compared := 0
	for _, c := range r.Courses {
		for _, m := range c.Moments {
			if m.Moment == "trial" {
				continue
			}
			const of = ` FROM point a JOIN moment m ON m.patient=a.patient AND m.phase=a.phase LEFT JOIN point b ON b.patient=a.patient AND b.phase='baseline' AND b.instrument=a.instrument AND b.scale=a.scale
				WHERE a.instrument=? AND a.scale=? AND a.phase=? AND ? IN ('', m.indication) AND a.value IS NOT NULL`
			values := []any{c.Instrument, c.Scale, m.Moment, c.Indication}
			if got := number(t, db, `SELECT count(*)`+of, values...); int(got) != m.N {
				t.Errorf("%s %s %s %s: n %d, by SQL %v", c.Instrument, c.Scale, c.Indication, m.Moment, m.N, got)
			}
			if got := number(t, db, `SELECT avg(a.value)`+of, values...); m.N > 0 && math.Abs(got-m.Mean) > 1e-9 {
				t.Errorf("%s %s %s %s: mean %v, by SQL %v", c.Instrument, c.Scale, c.Indication, m.Moment, m.Mean, got)
			}
			if m.Moment != "baseline" {
				if got := number(t, db, `SELECT count(b.value)`+of, values...); int(got) != m.Changed {
					t.Errorf("%s %s %s %s: changed %d, by SQL %v", c.Instrument, c.Scale, c.Indication, m.Moment, m.Changed, got)
				}
				if got := number(t, db, `SELECT avg(a.value-b.value)`+of, values...); m.Changed > 0 && math.Abs(got-m.Change) > 1e-9 {
					t.Errorf("%s %s %s %s: change %v, by SQL %v", c.Instrument, c.Scale, c.Indication, m.Moment, m.Change, got)
				}
			}
			compared++
		}
	}
	if compared < 50 {
		t.Errorf("compared %d moments only", compared)
	}
}
