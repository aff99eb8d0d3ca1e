package fhir

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Precision is how much of a DateTime was given.
type Precision uint8

// The precisions, coarse to fine; None is an absent date.
const (
	None Precision = iota
	Year
	Month
	Day
	Second // with a time of day and an offset; fractions are kept in Time
)

// DateTime is a date, dateTime or instant exactly as sent, possibly partial
// (https://hl7.org/fhir/R4/datatypes.html#dateTime). The zero value is absent.
type DateTime struct {
	// Text is the literal, such as "2024-05".
	Text string
	// Precision says which parts were given.
	Precision Precision
	// Time is the first instant the literal can mean: in its own offset at
	// precision Second; otherwise in UTC, where only its calendar parts mean anything.
	Time time.Time
}

// IsZero reports whether no date was given.
func (d DateTime) IsZero() bool { return d.Precision == None }

// String is the literal as sent.
func (d DateTime) String() string { return d.Text }

var errDate = errors.New("not a FHIR date or dateTime")

// ParseDateTime reads a FHIR date, dateTime or instant: YYYY, YYYY-MM,
// YYYY-MM-DD or YYYY-MM-DDThh:mm:ss[.fff]±zz:zz. The error does not repeat the
// literal, which may be about a patient.
func ParseDateTime(s string) (DateTime, error) {
	var y, m, d int
	var ok bool
	if len(s) < 4 {
		return DateTime{}, errDate
	}
	if y, ok = digits(s[:4]); !ok || y == 0 {
		return DateTime{}, errDate
	}
	precision := Year
	m, d = 1, 1
	if len(s) > 4 {
		if len(s) < 7 || s[4] != '-' {
			return DateTime{}, errDate
		}
		if m, ok = digits(s[5:7]); !ok || m < 1 || m > 12 {
			return DateTime{}, errDate
		}
		precision = Month
	}
	if len(s) > 7 {
		if len(s) < 10 || s[7] != '-' {
			return DateTime{}, errDate
		}
		if d, ok = digits(s[8:10]); !ok || d < 1 || d > daysIn(y, m) {
			return DateTime{}, errDate
		}
		precision = Day
	}
	if len(s) > 10 {
		return parseTimeOfDay(s, y, m, d)
	}
	return DateTime{Text: s, Precision: precision, Time: time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)}, nil
}

// parseTimeOfDay reads what follows the day. time.Parse is no use here: it lets
// pass what FHIR does not allow, and its result depends on the machine's zone.
func parseTimeOfDay(s string, year, month, day int) (DateTime, error) {
	if s[10] != 'T' {
		return DateTime{}, errDate
	}
	zone := strings.LastIndexAny(s, "Z+-")
	if zone < 19 || !IsTime(s[11:zone]) {
		return DateTime{}, fmt.Errorf("%w: a time of day needs seconds and an offset", errDate)
	}
	location, ok := offset(s[zone:])
	if !ok {
		return DateTime{}, errDate
	}
	hour, _ := digits(s[11:13])
	minute, _ := digits(s[14:16])
	second, _ := digits(s[17:19])
	nanoseconds := 0
	if fraction := s[19:zone]; fraction != "" {
		fraction = (fraction[1:] + "000000000")[:9]
		nanoseconds, _ = digits(fraction)
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, nanoseconds, location)
	return DateTime{Text: s, Precision: Second, Time: t}, nil
}

// IsTime reports whether s is a FHIR time: hh:mm:ss, with an optional fraction.
func IsTime(s string) bool {
	if len(s) < 8 || s[2] != ':' || s[5] != ':' {
		return false
	}
	hour, ok1 := digits(s[:2])
	minute, ok2 := digits(s[3:5])
	second, ok3 := digits(s[6:8])
	if !ok1 || !ok2 || !ok3 || hour > 23 || minute > 59 || second > 59 {
		return false
	}
	if len(s) == 8 {
		return true
	}
	_, ok := digits(s[9:])
	return ok && s[8] == '.' && len(s) > 9
}

// offset reads Z or an offset of at most 14 hours.
func offset(s string) (*time.Location, bool) {
	if s == "Z" {
		return time.UTC, true
	}
	if len(s) != 6 || s[3] != ':' {
		return nil, false
	}
	hours, ok1 := digits(s[1:3])
	minutes, ok2 := digits(s[4:6])
	if !ok1 || !ok2 || minutes > 59 || hours*60+minutes > 14*60 {
		return nil, false
	}
	seconds := hours*3600 + minutes*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds), true
}

// UnmarshalJSON reads a JSON string.
func (d *DateTime) UnmarshalJSON(b []byte) error {
	if len(b) < 2 || b[0] != '"' {
		return errDate
	}
	parsed, err := ParseDateTime(string(b[1 : len(b)-1]))
	*d = parsed
	return err
}

func digits(s string) (n int, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
