package opioid

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// wording is a dosage as sent, on one line: its parts, or its text when it has no others.
func wording(d *fhir.Dosage) string {
	var parts []string
	add := func(before, words string) {
		if words != "" {
			parts = append(parts, before+words)
		}
	}
	for _, w := range d.DoseAndRate {
		add("", quantity(w.DoseQuantity))
		add("", between(w.DoseRange))
		add("at ", quantity(w.RateQuantity))
		add("at ", ratio(w.RateRatio))
		add("at ", between(w.RateRange))
	}
	add("", timing(d.Timing))
	if asNeeded(d) {
		add("", "as needed")
	}
	add("at most ", ratio(d.MaxDosePerPeriod))
	if len(parts) == 0 {
		return d.Text
	}
	return strings.Join(parts, ", ")
}

func timing(t *fhir.Timing) string {
	if t == nil || t.Repeat == nil {
		return ""
	}
	r := t.Repeat
	var words []string
	if r.Frequency != "" || r.Period != "" {
		words = append(words, upto(r.Frequency, r.FrequencyMax)+" x per "+upto(r.Period, r.PeriodMax)+" "+r.PeriodUnit)
	}
	words = append(append(append(words, r.When...), r.TimeOfDay...), r.DayOfWeek...)
	return strings.Join(words, " ")
}

func upto(low, high fhir.Decimal) string {
	if high == "" {
		return string(low)
	}
	return string(low) + "-" + string(high)
}

func quantity(q *fhir.Quantity) string {
	if q == nil {
		return ""
	}
	unit := q.Unit
	if unit == "" {
		unit = q.Code
	}
	return strings.TrimSpace(q.Comparator + string(q.Value) + " " + unit)
}

func between(r *fhir.Range) string {
	if r == nil {
		return ""
	}
	return quantity(r.Low) + " - " + quantity(r.High)
}

func ratio(r *fhir.Ratio) string {
	if r == nil {
		return ""
	}
	return quantity(r.Numerator) + " / " + quantity(r.Denominator)
}
