package opioid

import (
	"errors"
	"math/big"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

var (
	errNoTiming = errors.New("how often is not said")
	errTiming   = errors.New("how often cannot be told from the timing")
)

// daysPerUnit are the UCUM units of Timing.repeat, a month as 30 and a year as 365 days.
var daysPerUnit = map[string]*big.Rat{
	"s": big.NewRat(1, 86400), "min": big.NewRat(1, 1440), "h": big.NewRat(1, 24), "d": big.NewRat(1, 1),
	"wk": big.NewRat(7, 1), "mo": big.NewRat(30, 1), "a": big.NewRat(365, 1),
}

// perDay are codes of Timing.code
// (http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation).
var perDay = map[string]*big.Rat{
	"QD": big.NewRat(1, 1), "BID": big.NewRat(2, 1), "TID": big.NewRat(3, 1), "QID": big.NewRat(4, 1),
	"QOD": big.NewRat(1, 2), "AM": big.NewRat(1, 1), "PM": big.NewRat(1, 1), "BED": big.NewRat(1, 1),
	"Q1H": big.NewRat(24, 1), "Q2H": big.NewRat(12, 1), "Q3H": big.NewRat(8, 1), "Q4H": big.NewRat(6, 1),
	"Q6H": big.NewRat(4, 1), "Q8H": big.NewRat(3, 1), "WK": big.NewRat(1, 7), "MO": big.NewRat(1, 30),
}

// onceADay are the events of Timing.repeat.when that come once a day. The
// others ("with a meal") come as often as the patient has meals.
var onceADay = map[string]bool{
	"MORN": true, "MORN.early": true, "MORN.late": true, "NOON": true, "AFT": true, "AFT.early": true, "AFT.late": true,
	"EVE": true, "EVE.early": true, "EVE.late": true, "NIGHT": true, "PHS": true, "HS": true, "WAKE": true,
	"ACM": true, "ACD": true, "ACV": true, "PCM": true, "PCD": true, "PCV": true, "CM": true, "CD": true, "CV": true,
}

// administrations is how many times a day, on average over days.
func administrations(t *fhir.Timing) (mapping.Number, error) {
	if t == nil {
		return mapping.Number{}, errNoTiming
	}
	if t.Repeat != nil {
		n, err := repeats(t.Repeat)
		if err != errNoTiming {
			return n, err
		}
	}
	if t.Code != nil {
		for _, c := range t.Code.Coding {
			if n := perDay[strings.ToUpper(c.Code)]; n != nil {
				return mapping.Exactly(n), nil
			}
		}
		return mapping.Number{}, errTiming
	}
	if len(t.Event) > 0 {
		return mapping.Number{}, errTiming
	}
	return mapping.Number{}, errNoTiming
}

func repeats(r *fhir.Repeat) (mapping.Number, error) {
	moments, err := momentsPerDay(r)
	if err != nil {
		return mapping.Number{}, err
	}
	days := distinct(r.DayOfWeek)
	if days > 7 {
		return mapping.Number{}, errTiming
	}
	if r.Period == "" {
		switch {
		case r.Frequency != "" || r.FrequencyMax != "" || r.Count != "":
			return mapping.Number{}, errTiming // so many times within what?
		case moments == 0 && days == 0:
			return mapping.Number{}, errNoTiming
		case days == 0:
			return mapping.Int(moments), nil
		}
		return mapping.Exactly(big.NewRat(max(moments, 1)*days, 7)), nil
	}
	period, err := periodDays(r)
	if err != nil {
		return mapping.Number{}, err
	}
	frequency, err := countsPerPeriod(r)
	if err != nil {
		return mapping.Number{}, err
	}
	if moments > 0 {
		// Both say how often; where they differ either may be meant.
		frequency = hull(frequency, mapping.Int(moments))
	}
	n := over(frequency, period)
	switch {
	case days == 0:
	case r.PeriodUnit == "wk":
		// "Once a week on Monday and Thursday" may mean each of them.
		n = hull(n, over(mapping.Int(days*max(moments, 1)), period))
	case r.PeriodUnit == "mo" || r.PeriodUnit == "a":
		return mapping.Number{}, errTiming
	default:
		n = times(n, mapping.Exactly(big.NewRat(days, 7)))
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
	seen := make(map[string]bool, len(list))
	for _, s := range list {
		seen[s] = true
	}
	return int64(len(seen))
}

func periodDays(r *fhir.Repeat) (mapping.Number, error) {
	days := daysPerUnit[r.PeriodUnit]
	if days == nil {
		return mapping.Number{}, errTiming
	}
	period, err := span(r.Period, r.PeriodMax)
	if err != nil {
		return mapping.Number{}, err
	}
	if period.Low.Sign() == 0 {
		return mapping.Number{}, errTiming
	}
	return times(period, mapping.Exactly(days)), nil
}

func countsPerPeriod(r *fhir.Repeat) (mapping.Number, error) {
	if r.Frequency == "" {
		return span("1", r.FrequencyMax) // R4: once, if not stated
	}
	return span(r.Frequency, r.FrequencyMax)
}

// span reads a number and the most it may be, which may be absent.
func span(low, high fhir.Decimal) (mapping.Number, error) {
	first, err := positive(low)
	if err != nil {
		return mapping.Number{}, err
	}
	n := mapping.Exactly(first)
	if high == "" {
		return n, nil
	}
	last, err := positive(high)
	if err != nil {
		return mapping.Number{}, err
	}
	return hull(n, mapping.Exactly(last)), nil
}
