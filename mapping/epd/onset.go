package epd

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// onset is when the pain of a condition began.
type onset struct {
	entry      *entry
	indication string // empty: pain without a cause
	value      mapping.Value
}

// onset takes the onset of a confirmed painful condition; the date on which it
// was recorded never counts as one.
func (m *mapper) onset(e *entry, c *fhir.Condition, indication string) {
	path, date, ok := m.onsetDate(c)
	if !ok {
		if c.OnsetString != "" {
			m.issue(e, fhir.SeverityWarning, "value", "onsetString", "an onset in words cannot be reckoned with")
		}
		return
	}
	if date.First > m.AsOf {
		return
	}
	v := mapping.DateValue(date, e.says(path, date.Text, date.Text))
	if indication == "crps" {
		m.add(e, "crps.crps-onset", v)
	}
	m.onsets = append(m.onsets, onset{e, indication, v})
}

func (m *mapper) onsetDate(c *fhir.Condition) (path string, date mapping.Date, ok bool) {
	switch {
	case !c.OnsetDateTime.IsZero():
		date, ok = mapping.DateOf(c.OnsetDateTime)
		return "onsetDateTime", date, ok
	case c.OnsetPeriod != nil:
		date, ok = period(c.OnsetPeriod)
		return "onsetPeriod", date, ok
	case c.OnsetAge != nil:
		date, ok = m.atAge(c.OnsetAge, c.OnsetAge)
		return "onsetAge", date, ok
	case c.OnsetRange != nil && c.OnsetRange.Low != nil && c.OnsetRange.High != nil:
		date, ok = m.atAge(c.OnsetRange.Low, c.OnsetRange.High)
		return "onsetRange", date, ok
	}
	return "", mapping.Date{}, false
}

// period is a moment known to lie between the start and end of a period. One
// without end is how EPDs send a start.
func period(p *fhir.Period) (mapping.Date, bool) {
	start, ok := mapping.DateOf(p.Start)
	if !ok {
		return mapping.Date{}, false
	}
	end, ok := mapping.DateOf(p.End)
	if !ok || p.End.Text == p.Start.Text || end.Last < start.First {
		return start, true
	}
	return mapping.Date{First: start.First, Last: end.Last, Text: start.Text + "/" + end.Text}, true
}

// atAge is when the patient had an age in whole years or months.
func (m *mapper) atAge(low, high *fhir.Quantity) (mapping.Date, bool) {
	if m.chart.Patient == nil {
		return mapping.Date{}, false
	}
	birth, ok := mapping.DateOf(m.chart.Patient.BirthDate)
	if !ok {
		return mapping.Date{}, false
	}
	from, _, ok1 := monthsOf(low)
	to, step, ok2 := monthsOf(high)
	if !ok1 || !ok2 {
		return mapping.Date{}, false
	}
	text := string(low.Value) + " " + unitOf(low)
	if low != high {
		text += "/" + string(high.Value) + " " + unitOf(high)
	}
	return mapping.Date{First: birth.First.AddMonths(from), Last: birth.Last.AddMonths(to+step) - 1, Text: text}, true
}

// monthsOf is an age in months and how many months that age lasts.
func monthsOf(q *fhir.Quantity) (months, step int, ok bool) {
	step = map[string]int{"a": 12, "jaar": 12, "year": 12, "years": 12, "mo": 1}[unitOf(q)]
	age, ok := rat(q.Value)
	if !ok || step == 0 || q.Comparator != "" || age.Sign() < 0 || age.Cmp(big.NewRat(150, 1)) > 0 {
		return 0, 0, false
	}
	whole := new(big.Int).Quo(age.Num(), age.Denom()).Int64()
	return int(whole) * step, step, true
}

// settleOnsets decides whose onset is that of the pain: of the conditions given
// as the reason, else of those that may be reimbursed, else of any.
func (m *mapper) settleOnsets() {
	reasons := m.record.Fact("reason")
	anything := func(string) bool { return true }
	for _, concerns := range []func(string) bool{
		func(indication string) bool { return hasCode(reasons, indication) },
		reimbursed,
		anything,
	} {
		found := false
		for _, o := range m.onsets {
			found = found || concerns(o.indication)
		}
		if !found {
			continue
		}
		for _, o := range m.onsets {
			if o.indication == "" || concerns(o.indication) {
				m.add(o.entry, "pain-onset", o.value)
			}
		}
		return
	}
}

func reimbursed(indication string) bool {
	for _, r := range mapping.Reimbursed {
		if r == indication {
			return true
		}
	}
	return false
}

// hasCode reports whether one of the values of a fact is the code.
func hasCode(f *mapping.Fact, code string) bool {
	for i := range f.Values {
		if f.Values[i].Kind == mapping.Coded && f.Values[i].Code == code {
			return true
		}
	}
	return false
}
