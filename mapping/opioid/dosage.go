package opioid

import (
	"cmp"
	"errors"

	"github.com/pijnpoort/pijnpoort/fhir"
)

var (
	errTextOnly   = errors.New("dosage is text only")
	errNoDosage   = errors.New("there is no dosage")
	errNoDose     = errors.New("dosage gives no dose")
	errManyDoses  = errors.New("dosage gives several doses that differ")
	errCapUnknown = errors.New("the maximum dose cannot be read")
)

var (
	hoursADay = exactly(whole(24))
	// patchDays is how long a patch delivers at least what it says.
	patchDays = exactly(whole(3))
	// patchChange is the most a patch is changed a day by those who take the old one off.
	patchChange = quotient(1, 2)
)

// perDay is the daily mass in mg of one dosage.
func (p product) perDay(d *fhir.Dosage) (interval, error) {
	if len(d.DoseAndRate) == 0 && d.MaxDosePerPeriod == nil {
		switch {
		case d.Timing != nil:
			return interval{}, errNoDose
		case d.Text != "" || d.PatientInstruction != "":
			return interval{}, errTextOnly
		}
		return interval{}, errNoDosage
	}
	limit, limited, limitErr := p.limit(d)
	daily, err := p.scheduled(d)
	if asNeeded(d) {
		limitErr = nil // without the limit the range is wider, not wrong
		if limited && (err == errNoTiming || err == errNoDose || err == errNoStrength) {
			daily, err = limit, nil
		}
		if err == nil {
			daily = upTo(daily)
		}
	}
	if err = cmp.Or(err, limitErr); err != nil {
		return interval{}, err
	}
	if limited {
		daily = capped(daily, limit)
	}
	return daily, nil
}

func asNeeded(d *fhir.Dosage) bool {
	return d.AsNeededCodeableConcept != nil || d.AsNeededBoolean != nil && *d.AsNeededBoolean
}

// limit is the most of a day, in mg, by maxDosePerPeriod. For a patch, whose
// maximum is a rate or a number at a time, it means nothing.
func (p product) limit(d *fhir.Dosage) (daily interval, limited bool, err error) {
	if d.MaxDosePerPeriod == nil || p.route == Transdermal {
		return interval{}, false, nil
	}
	m, err := measuredRatio(d.MaxDosePerPeriod)
	if err != nil || m.per != time {
		return interval{}, false, errCapUnknown
	}
	hourly, err := p.milligrams(m)
	if err != nil {
		return interval{}, false, err
	}
	return times(hourly, hoursADay), true, nil
}

// scheduled is the daily mass when every dose is taken. Of several ways to say
// the dose the ordered one counts.
func (p product) scheduled(d *fhir.Dosage) (interval, error) {
	ways := d.DoseAndRate
	for i := range ways {
		if isOrdered(&ways[i]) {
			ways = ways[i : i+1]
			break
		}
	}
	if len(ways) == 0 {
		return interval{}, errNoDose
	}
	daily, err := p.way(d, &ways[0])
	for i := 1; i < len(ways) && err == nil; i++ {
		var other interval
		if other, err = p.way(d, &ways[i]); err == nil && !other.equal(daily) {
			err = errManyDoses
		}
	}
	return daily, err
}

func isOrdered(w *fhir.DoseAndRate) bool {
	if w.Type == nil {
		return false
	}
	for _, c := range w.Type.Coding {
		if c.Code == "ordered" {
			return true
		}
	}
	return false
}

func (p product) way(d *fhir.Dosage, w *fhir.DoseAndRate) (interval, error) {
	dose, hasDose, err := doseOf(d, w)
	if err != nil {
		return interval{}, err
	}
	rate, hasRate, err := rateOf(w)
	if err != nil {
		return interval{}, err
	}
	if hasDose && dose.per == time && !hasRate { // "25 ug/h" as the dose
		rate, hasRate, hasDose = dose, true, false
	}
	n, timingErr := administrations(d.Timing)
	switch {
	case p.route == Transdermal:
		return p.patch(dose, hasDose, rate, hasRate, n, timingErr)
	case hasDose && dose.per != none:
		return interval{}, errAmount
	case hasRate && (!hasDose || timingErr != nil):
		hourly, err := p.milligrams(rate)
		if err != nil {
			return interval{}, err
		}
		hours, err := hoursOf(d.Timing, n, timingErr)
		if err != nil {
			return interval{}, err
		}
		return times(hourly, hours), nil
	case hasDose:
		each, err := p.milligrams(dose)
		if err != nil {
			return interval{}, err
		}
		if timingErr != nil {
			return interval{}, timingErr
		}
		return times(each, n), nil
	}
	return interval{}, errNoDose
}

// patch is the daily mass that patches deliver: their rate for 24 hours, however
// long each is worn. Patches put on more often than every other day may be
// replaced or worn together; then it reaches up to all of them at work.
func (p product) patch(dose measure, hasDose bool, rate measure, hasRate bool, n interval, timingErr error) (interval, error) {
	var hourly interval
	switch {
	case hasRate && rate.of == mass && p.combined:
		return interval{}, errShare
	case hasRate && rate.of == mass:
		hourly = rate.amount
		if hasDose && dose.of == piece && dose.per == none {
			// The rate may be that of each patch.
			hourly = hull(hourly, times(hourly, dose.amount))
		}
	case hasDose && dose.of == piece && dose.per == none:
		strength, ok := p.per(time)
		if !ok {
			return interval{}, errNoStrength
		}
		hourly = times(dose.amount, strength)
	case hasDose && dose.of == mass:
		return interval{}, errPatchMass
	case hasDose || hasRate:
		return interval{}, errAmount
	default:
		return interval{}, errNoDose
	}
	daily := times(hourly, hoursADay)
	if timingErr == nil && n.high.cmp(patchChange) > 0 {
		daily = hull(daily, times(daily, times(n, patchDays)))
	}
	return daily, nil
}

// hoursOf is how many hours a day something runs: all day, unless the timing
// says how long and how often.
func hoursOf(t *fhir.Timing, n interval, timingErr error) (interval, error) {
	if t == nil || t.Repeat == nil || t.Repeat.Duration == "" {
		return hoursADay, nil
	}
	days, known := daysPerUnit[t.Repeat.DurationUnit]
	if !known {
		return interval{}, errTiming
	}
	if timingErr != nil {
		return interval{}, timingErr
	}
	each, err := span(t.Repeat.Duration, t.Repeat.DurationMax)
	if err != nil {
		return interval{}, err
	}
	hours := times(times(each, exactly(days)), hoursADay)
	return capped(times(hours, n), hoursADay), nil
}

// doseOf is the amount of one administration.
func doseOf(d *fhir.Dosage, w *fhir.DoseAndRate) (m measure, ok bool, err error) {
	switch {
	case w.DoseQuantity != nil:
		m, err = measured(w.DoseQuantity)
	case w.DoseRange != nil:
		m, err = measuredRange(w.DoseRange)
	default:
		return measure{}, false, nil
	}
	if err != nil || d.MaxDosePerAdministration == nil {
		return m, err == nil, err
	}
	most, err := measured(d.MaxDosePerAdministration)
	if err != nil || most.of != m.of || most.per != m.per {
		return measure{}, false, errCapUnknown
	}
	m.amount = capped(m.amount, most.amount)
	return m, true, nil
}

// rateOf is the speed, in mg, mL or pieces per hour.
func rateOf(w *fhir.DoseAndRate) (m measure, ok bool, err error) {
	switch {
	case w.RateQuantity != nil:
		m, err = measured(w.RateQuantity)
	case w.RateRatio != nil:
		m, err = measuredRatio(w.RateRatio)
	case w.RateRange != nil:
		m, err = measuredRange(w.RateRange)
	default:
		return measure{}, false, nil
	}
	if err == nil && m.per != time {
		err = errAmount
	}
	return m, err == nil, err
}
