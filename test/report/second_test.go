package report

import (
	"database/sql"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// The year and day of the comparison: there is a year after it, and things happen after
// the day of reporting.
const year = 2023

var asOf = mapping.NewDay(2024, 6, 30)

// TestEveryFigureASecondTime computes each figure and each of its strata by SQL.
func TestEveryFigureASecondTime(t *testing.T) {
	people := patients(spoilt())
	r, err := centre.Compute(people, centre.Options{Year: year, AsOf: asOf, Name: "Test"})
	if err != nil {
		t.Fatal(err)
	}
	db := items(t, people, year, asOf.String())
	compared, counted := map[string]bool{}, 0
	for _, s := range seconds {
		f := r.Figure(s.measure, s.figure)
		if f == nil {
			t.Errorf("%s %s is no figure", s.measure, s.figure)
			continue
		}
		compared[s.measure+"/"+s.figure] = true
		t.Run(s.measure+"/"+s.figure, func(t *testing.T) {
			counted += f.Initial
			for _, statement := range []string{`DROP TABLE IF EXISTS unit`, `CREATE TEMP TABLE unit AS ` + s.query} {
				if _, err := db.Exec(statement); err != nil {
					t.Fatalf("%v in\n%s", err, statement)
				}
			}
			same(t, db, "", "", f.Value, f.Kind)
			for _, stratifier := range f.Stratifiers {
				var codes []string
				for _, stratum := range stratifier.Strata {
					codes = append(codes, stratum.Code)
					same(t, db, stratifier.Code, stratum.Code, stratum.Value, f.Kind)
				}
				if other := others(t, db, stratifier.Code, codes); other != "" {
					t.Errorf("%s: SQL has a stratum %s too", stratifier.Code, other)
				}
			}
		})
	}
	for _, f := range r.Figures {
		if !compared[f.Measure+"/"+f.ID] {
			t.Errorf("%s/%s is computed once only", f.Measure, f.ID)
		}
	}
	t.Run("volumes", func(t *testing.T) { volumesAgain(t, db, r) })
	t.Run("curves", func(t *testing.T) { curvesAgain(t, db, r) })
	t.Run("courses", func(t *testing.T) { coursesAgain(t, db, r) })
	if counted < 30_000 {
		t.Errorf("compared %d units: too few to tell", counted)
	}
}

// spoilt are the parameters: 5,000 patients over five years, a tenth of them a trap.
func spoilt() population.Parameters {
	p := population.Default(5000, 20251122)
	p.Traps = 0.1
	p.BatteryYears = 2.5
	return p
}

// second is a figure by SQL: a row for each unit, with its class (numerator, denominator,
// missing, excluded), a column for each stratifier, and what its kind needs besides:
// amount, or days and events.
type second struct{ measure, figure, query string }

// same compares a figure, or a stratum of it.
func same(t *testing.T, db *sql.DB, stratifier, code string, v centre.Value, kind centre.Kind) {
	t.Helper()
	where := "1"
	var values []any
	if stratifier != "" {
		where = fmt.Sprintf(`"%s" = ?`, stratifier)
		values = append(values, code)
	}
	count := func(what string) (n int) {
		t.Helper()
		if err := db.QueryRow(`SELECT coalesce(`+what+`,0) FROM unit WHERE `+where, values...).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	told := func(what string, got, want int) {
		t.Helper()
		if got != want {
			t.Errorf("%s %s: %s %d, by SQL %d", stratifier, code, what, got, want)
		}
	}
	numerators := "sum(class='numerator')"
	if kind == centre.Rate {
		numerators = "sum(events)"
		told("days", v.Days, count("sum(days)"))
	}
	told("numerator", v.Numerator, count(numerators))
	told("denominator", v.Denominator, count("sum(class IN ('numerator','denominator'))"))
	told("missing", v.Missing, count("sum(class='missing')"))
	told("initial", v.Initial, count("count(*)"))
	if kind == centre.Distribution {
		spread(t, db, where, values, v)
	}
}

// spread compares sum and median of a distribution; the median is the mean of the two
// middle values.
func spread(t *testing.T, db *sql.DB, where string, values []any, v centre.Value) {
	t.Helper()
	rows, err := db.Query(`SELECT amount FROM unit WHERE class='numerator' AND `+where+` ORDER BY amount`, values...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []float64
	sum := 0.0
	for rows.Next() {
		var x float64
		if err := rows.Scan(&x); err != nil {
			t.Fatal(err)
		}
		list, sum = append(list, x), sum+x
	}
	if len(list) == 0 {
		if v.Score != nil {
			t.Errorf("a median of nothing")
		}
		return
	}
	median := (list[(len(list)-1)/2] + list[len(list)/2]) / 2
	if math.Abs(*v.Score-median) > 1e-6 || math.Abs(v.Spread.Sum-sum) > 1e-3 {
		t.Errorf("median %v and sum %v, by SQL %v and %v", *v.Score, v.Spread.Sum, median, sum)
	}
}

// others is a stratum that only SQL has.
func others(t *testing.T, db *sql.DB, stratifier string, known []string) string {
	t.Helper()
	rows, err := db.Query(fmt.Sprintf(`SELECT DISTINCT "%s" FROM unit`, stratifier))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var code string
		if err := rows.Scan(&code); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(known, code) {
			return code
		}
	}
	return ""
}
