package prom

import (
	"math/big"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// clock reads a time of day as hours since midnight: a time, a dateTime (in
// local time), a string such as "23:30" or "23.30", or a number of hours.
func (m meaning) clock(a *fhir.Answer) meaning {
	switch {
	case a.Time != "":
		m.value = clockText(a.Time)
	case a.DateTime.Precision == fhir.Second:
		t := a.DateTime.Time.In(mapping.Amsterdam)
		m.value = hoursMinutes(int64(t.Hour()), int64(t.Minute()), int64(t.Second()))
	case a.String != "":
		m.value = clockText(strings.TrimSpace(a.String))
	case a.Integer != "" || a.Decimal != "":
		n, reason := bareNumber(a)
		if reason == "" && n.Sign() >= 0 && n.Cmp(whole(24)) <= 0 {
			m.value = n
			if quarters := new(big.Rat).Mul(n, whole(4)); !quarters.IsInt() {
				m.flag = "a time of day as decimal hours is not on a quarter: it may have been meant as hours.minutes"
			}
		}
	}
	if m.value == nil {
		m.reason = "the answer is not a time of day"
		return m
	}
	if m.value.Cmp(whole(24)) == 0 {
		m.value = whole(0)
	}
	return m
}

// clockText reads h:mm, h:mm:ss or h.mm; "23.5" with one digit is half past. Nil
// for anything else.
func clockText(s string) *big.Rat {
	separator := ":"
	if !strings.Contains(s, ":") {
		separator = "."
	}
	parts := strings.Split(s, separator)
	if len(parts) > 3 || separator == "." && len(parts) > 2 {
		return nil
	}
	if separator == "." && (len(parts) == 1 || len(parts[1]) == 1) {
		n, ok := numeral(s)
		if !ok || n.Sign() < 0 || n.Cmp(whole(24)) > 0 {
			return nil
		}
		return n
	}
	var numbers [3]int64
	for k, part := range parts {
		if k == 2 {
			part, _, _ = strings.Cut(part, ".") // fractions of a second
		}
		n, ok := numeral(part)
		if !ok || !n.IsInt() || len(part) > 2 || k > 0 && len(part) != 2 || n.Sign() < 0 {
			return nil
		}
		numbers[k] = n.Num().Int64()
	}
	if numbers[1] > 59 || numbers[2] > 59 {
		return nil
	}
	r := hoursMinutes(numbers[0], numbers[1], numbers[2])
	if r.Cmp(whole(24)) > 0 {
		return nil
	}
	return r
}

func hoursMinutes(h, m, s int64) *big.Rat { return big.NewRat(h*3600+m*60+s, 3600) }

// timeUnits are units of time, in minutes.
var timeUnits = map[string]int64{
	"min": 1, "minute": 1, "minutes": 1, "minuut": 1, "minuten": 1,
	"h": 60, "hr": 60, "hour": 60, "hours": 60, "uur": 60, "uren": 60,
}

// duration reads minutes or hours; "30-60", "30 to 60" and "30 tot 60" count as
// their middle, as the instrument's scoring sheet has it.
func (m meaning) duration(a *fhir.Answer, item *Item) meaning {
	var reason string
	switch {
	case a.Coding != nil:
		reason = "a coded duration, of which no value is declared"
	case a.Quantity != nil:
		m.value, reason = timeQuantity(a.Quantity, item)
	case a.String != "":
		low, high, isRange := strings.Cut(rangeSign.Replace(a.String), "-")
		first, ok := numeral(low)
		second, alsoOK := first, true
		if isRange {
			second, alsoOK = numeral(high)
			m.flag = "a range counts as its middle"
		}
		if !ok || !alsoOK || second.Cmp(first) < 0 {
			m.reason = "the answer is not a duration"
			return m
		}
		m.value = new(big.Rat).Add(first, second)
		m.value.Quo(m.value, whole(2))
	default:
		m.value, reason = bareNumber(a)
	}
	if reason != "" {
		m.value, m.reason = nil, reason
		return m
	}
	return m.within(item)
}

var rangeSign = strings.NewReplacer("–", "-", " tot ", "-", " to ", "-")

func timeQuantity(q *fhir.Quantity, item *Item) (*big.Rat, string) {
	unit := q.Code
	if unit == "" {
		unit = q.Unit
	}
	n, reason := exact(q.Value)
	if reason != "" {
		return nil, reason
	}
	minutes, known := timeUnits[unit]
	switch {
	case q.Comparator != "":
		return nil, "the answer is a bound, not a duration"
	case unit == "":
		return n, ""
	case !known:
		return nil, "the unit of the answer is not one of time"
	}
	n.Mul(n, whole(minutes))
	if item.Kind == Hours {
		n.Quo(n, whole(60))
	}
	return n, ""
}
