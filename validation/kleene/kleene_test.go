package kleene

import (
	"math/big"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
	"pgregory.net/rapid"
)

var all = []Truth{False, Unknown, True}

func TestTruthTables(t *testing.T) {
	and := [3][3]Truth{{False, False, False}, {False, Unknown, Unknown}, {False, Unknown, True}}
	or := [3][3]Truth{{False, Unknown, True}, {Unknown, Unknown, True}, {True, True, True}}
	not := [3]Truth{True, Unknown, False}
	require := [3][3]Outcome{
		{NotApplicable, NotApplicable, NotApplicable},
		{Undecided, Undecided, Met},
		{NotMet, Undecided, Met},
	}
	for i, a := range all {
		if got := Not(a); got != not[i] {
			t.Errorf("not %v = %v, want %v", a, got, not[i])
		}
		for k, b := range all {
			if got := And(a, b); got != and[i][k] {
				t.Errorf("%v and %v = %v, want %v", a, b, got, and[i][k])
			}
			if got := Or(a, b); got != or[i][k] {
				t.Errorf("%v or %v = %v, want %v", a, b, got, or[i][k])
			}
			if got := Require(a, b); got != require[i][k] {
				t.Errorf("require(%v, %v) = %v, want %v", a, b, got, require[i][k])
			}
		}
	}
}

// The laws that strong Kleene logic keeps of Boolean algebra; the excluded
// middle and the law of contradiction are not among them.
func TestLaws(t *testing.T) {
	laws := map[string]func(a, b, c Truth) bool{
		"and commutes":               func(a, b, _ Truth) bool { return And(a, b) == And(b, a) },
		"or commutes":                func(a, b, _ Truth) bool { return Or(a, b) == Or(b, a) },
		"and associates":             func(a, b, c Truth) bool { return And(a, And(b, c)) == And(And(a, b), c) },
		"or associates":              func(a, b, c Truth) bool { return Or(a, Or(b, c)) == Or(Or(a, b), c) },
		"and distributes over or":    func(a, b, c Truth) bool { return And(a, Or(b, c)) == Or(And(a, b), And(a, c)) },
		"or distributes over and":    func(a, b, c Truth) bool { return Or(a, And(b, c)) == And(Or(a, b), Or(a, c)) },
		"absorption":                 func(a, b, _ Truth) bool { return And(a, Or(a, b)) == a && Or(a, And(a, b)) == a },
		"De Morgan":                  func(a, b, _ Truth) bool { return Not(And(a, b)) == Or(Not(a), Not(b)) },
		"double negation":            func(a, _, _ Truth) bool { return Not(Not(a)) == a },
		"true and false are neutral": func(a, _, _ Truth) bool { return And(a, True) == a && Or(a, False) == a },
		"settling an unknown never flips what was certain": func(a, b, c Truth) bool {
			return And(a, Unknown) == Unknown || And(a, Unknown) == And(a, c)
		},
	}
	for name, law := range laws {
		for _, a := range all {
			for _, b := range all {
				for _, c := range all {
					if !law(a, b, c) {
						t.Errorf("%s fails at %v, %v, %v", name, a, b, c)
					}
				}
			}
		}
	}
	if Or(Unknown, Not(Unknown)) != Unknown {
		t.Error("the excluded middle must not hold for unknown")
	}
}

// A comparison with an interval is what all its completions agree on.
func TestIntervalsCountEveryCompletion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Int64Range(-20, 20).Draw(t, "low")
		high := rapid.Int64Range(low, low+10).Draw(t, "high")
		limit := big.NewRat(rapid.Int64Range(-25, 35).Draw(t, "limit"), 1)
		interval := mapping.Number{Low: big.NewRat(low, 1), High: big.NewRat(high, 1)}
		for name, compare := range map[string]func(mapping.Number, *big.Rat) Truth{
			"at least": AtLeast, "more than": MoreThan, "less than": LessThan, "at most": AtMost,
		} {
			yes, no := false, false
			for n := low; n <= high; n++ {
				if compare(mapping.Int(n), limit) == True {
					yes = true
				} else {
					no = true
				}
			}
			want := Unknown
			if yes != no {
				want = Of(yes)
			}
			if got := compare(interval, limit); got != want {
				t.Fatalf("%s: [%d, %d] with %s is %v, want %v", name, low, high, limit, got, want)
			}
		}
	})
}

func TestOpenIntervals(t *testing.T) {
	ten := big.NewRat(10, 1)
	upTo5 := mapping.Number{High: big.NewRat(5, 1)}
	from12 := mapping.Number{Low: big.NewRat(12, 1)}
	for _, c := range []struct {
		name string
		got  Truth
		want Truth
	}{
		{"at most 5 is less than 10", LessThan(upTo5, ten), True},
		{"at most 5 may be at least 3", AtLeast(upTo5, big.NewRat(3, 1)), Unknown},
		{"12 or more is more than 10", MoreThan(from12, ten), True},
		{"nothing known", AtLeast(mapping.Number{}, ten), Unknown},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

func TestPartialDates(t *testing.T) {
	may := mapping.Date{First: mapping.NewDay(2024, 5, 1), Last: mapping.NewDay(2024, 5, 31), Text: "2024-05"}
	sixMonths := func(d mapping.Day) mapping.Day { return d.AddMonths(6) }
	for _, c := range []struct {
		day  mapping.Day
		want Truth
	}{
		{mapping.NewDay(2024, 10, 31), False},
		{mapping.NewDay(2024, 11, 1), Unknown},
		{mapping.NewDay(2024, 11, 29), Unknown},
		{mapping.NewDay(2024, 11, 30), True}, // 31 May and six months is 30 November
	} {
		if got := Passed(may, sixMonths, c.day); got != c.want {
			t.Errorf("six months since 2024-05 on %v: %v, want %v", c.day, got, c.want)
		}
	}
	if got := OnOrBefore(may, mapping.NewDay(2024, 5, 15)); got != Unknown {
		t.Errorf("2024-05 on or before 15 May: %v", got)
	}
}
