package mapping

import (
	"time"
	_ "time/tzdata" // days are counted in Europe/Amsterdam on machines without a zone database too

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Amsterdam is the zone in which a day begins and ends.
var Amsterdam = func() *time.Location {
	location, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err) // the zone is embedded
	}
	return location
}()

// Day is a calendar day, counted from 1970-01-01.
type Day int32

// NewDay is the day of a year, month and day of the month.
func NewDay(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// DayOf is the local calendar day of an instant.
func DayOf(t time.Time) Day {
	y, m, d := t.In(Amsterdam).Date()
	return NewDay(y, m, d)
}

// ParseDay reads YYYY-MM-DD.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, err
	}
	return Day(t.Unix() / 86400), nil
}

func (d Day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Date gives the calendar parts.
func (d Day) Date() (year int, month time.Month, day int) { return d.time().Date() }

// String is YYYY-MM-DD.
func (d Day) String() string { return d.time().Format(time.DateOnly) }

// MarshalText is YYYY-MM-DD.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// AddMonths adds calendar months; a day that the target month lacks becomes
// its last day (31 August and six months is 28 or 29 February).
func (d Day) AddMonths(months int) Day {
	y, m, day := d.Date()
	first := time.Date(y, m+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return NewDay(first.Year(), first.Month(), min(day, last))
}

// AddYears adds calendar years. Born on 29 February, one has a birthday
// on 1 March in common years.
func (d Day) AddYears(years int) Day {
	y, m, day := d.Date()
	return NewDay(y+years, m, day)
}

// Date is a day that may be known only up to a month or a year: any day from
// First up to and including Last.
type Date struct {
	First, Last Day
	// Text is the literal as sent, such as "2024-05".
	Text string
}

// OnDay is exactly one day.
func OnDay(d Day) Date { return Date{First: d, Last: d, Text: d.String()} }

// IsExact reports whether the day itself is known.
func (d Date) IsExact() bool { return d.First == d.Last }

// String is the literal.
func (d Date) String() string { return d.Text }

// MarshalText is the literal.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.Text), nil }

// DateOf turns a FHIR date or dateTime into local days; ok is false when absent.
func DateOf(t fhir.DateTime) (date Date, ok bool) {
	y, m, d := t.Time.Date()
	switch t.Precision {
	case fhir.Year:
		return Date{NewDay(y, 1, 1), NewDay(y, 12, 31), t.Text}, true
	case fhir.Month:
		return Date{NewDay(y, m, 1), NewDay(y, m+1, 0), t.Text}, true
	case fhir.Day:
		day := NewDay(y, m, d)
		return Date{day, day, t.Text}, true
	case fhir.Second:
		day := DayOf(t.Time)
		return Date{day, day, t.Text}, true
	}
	return Date{}, false
}
