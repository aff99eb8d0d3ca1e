package opioid

import (
	"errors"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

var (
	errNoTiming = errors.New("how often is not said")
	errTiming   = errors.New("how often cannot be told from the timing")
)

// daysPerUnit are the UCUM units of Timing.repeat, a month as 30 and a year as 365 days.
var daysPerUnit = map[string]fraction{
	"s": quotient(1, 86400), "min": quotient(1, 1440), "h": quotient(1, 24), "d": quotient(1, 1),
	"wk": quotient(7, 1), "mo": quotient(30, 1), "a": quotient(365, 1),
}

// perDay are codes of Timing.code
// (http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation).
var perDay = map[string]fraction{
	"QD": quotient(1, 1), "BID": quotient(2, 1), "TID": quotient(3, 1), "QID": quotient(4, 1),
	"QOD": quotient(1, 2), "AM": quotient(1, 1), "PM": quotient(1, 1), "BED": quotient(1, 1),
	"Q1H": quotient(24, 1), "Q2H": quotient(12, 1), "Q3H": quotient(8, 1), "Q4H": quotient(6, 1),
	"Q6H": quotient(4, 1), "Q8H": quotient(3, 1), "WK": quotient(1, 7), "MO": quotient(1, 30),
}

// onceADay are the events of Timing.repeat.when that come once a day. The
// others ("with a meal") come as often as the patient has meals.
var onceADay = map[string]bool{
	"MORN": true, "MORN.early": true, "MORN.late": true, "NOON": true, "AFT": true, "AFT.early": true, "AFT.late": true,
	"EVE": true, "EVE.early": true, "EVE.late": true, "NIGHT": true, "PHS": true, "HS": true, "WAKE": true,
	"ACM": true, "ACD": true, "ACV": true, "PCM": true, "PCD": true, "PCV": true, "CM": true, "CD": true, "CV": true,
}

// administrations is how many times a day, on average over days.
func administrations(t *fhir.Timing) (interval, error) {
	if t == nil {
		return interval{}, errNoTiming
	}
	if t.Repeat != nil {
		n, err := repeats(t.Repeat)
		if err != errNoTiming {
			return n, err
		}
	}
	if t.Code != nil {
		for _, c := range t.Code.Coding {
			if n, ok := perDay[strings.ToUpper(c.Code)]; ok {
				return exactly(n), nil
			}
		}
		return interval{}, errTiming
	}
	if len(t.Event) > 0 {
		return interval{}, errTiming
	}
	return interval{}, errNoTiming
}

func repeats(r *fhir.Repeat) (interval, error) {
	moments, err := momentsPerDay(r)
	if err != nil {
		return interval{}, err
	}
	days := distinct(r.DayOfWeek)
	if days > 7 {
		return interval{}, errTiming
	}
	if r.Period == "" {
		switch {
		case r.Frequency != "" || r.FrequencyMax != "" || r.Count != "":
			return interval{}, errTiming // so many times within what?
		case moments == 0 && days == 0:
			return interval{}, errNoTiming
		case days == 0:
			return exactly(whole(moments)), nil
		}
		return exactly(quotient(max(moments, 1)*days, 7)), nil
	}
	period, err := periodDays(r)
	if err != nil {
		return interval{}, err
	}
	frequency, err := countsPerPeriod(r)
	if err != nil {
		return interval{}, err
	}
	if moments > 0 {
		// Both say how often; where they differ either may be meant.
		frequency = hull(frequency, exactly(whole(moments)))
	}
	n := over(frequency, period)
	switch {
	case days == 0:
	case r.PeriodUnit == "wk":
		// "Once a week on Monday and Thursday" may mean each of them.
		n = hull(n, over(exactly(whole(days*max(moments, 1))), period))
	case r.PeriodUnit == "mo" || r.PeriodUnit == "a":
		return interval{}, errTiming
	default:
		n = times(n, exactly(quotient(days, 7)))
	}
	return n, nil
}

func momentsPerDay(r *fhir.Repeat) (int64, error) {
	for _, when := range r.When {
		if !onceADay[when] {
			return 0, errTiming
		}
	}
	return distinct(r.TimeOfDay) + distinct(r.When), nil
}

func distinct(list []string) int64 {
	n := int64(0)
	for i, s := range list {
		if !slices.Contains(list[:i], s) {
			n++
		}
	}
	return n
}

func periodDays(r *fhir.Repeat) (interval, error) {
	days, known := daysPerUnit[r.PeriodUnit]
	if !known {
		return interval{}, errTiming
	}
	period, err := span(r.Period, r.PeriodMax)
	if err != nil {
		return interval{}, err
	}
	if period.low.sign() == 0 {
		return interval{}, errTiming
	}
	return times(period, exactly(days)), nil
}

func countsPerPeriod(r *fhir.Repeat) (interval, error) {
	if r.Frequency == "" {
		return span("1", r.FrequencyMax) // R4: once, if not stated
	}
	return span(r.Frequency, r.FrequencyMax)
}

// span reads a number and the most it may be, which may be absent.
func span(low, high fhir.Decimal) (interval, error) {
	first, err := positive(low)
	if err != nil {
		return interval{}, err
	}
	n := exactly(first)
	if high == "" {
		return n, nil
	}
	last, err := positive(high)
	if err != nil {
		return interval{}, err
	}
	return hull(n, exactly(last)), nil
}
