package advice

import (
	"time"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/check"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
	"github.com/pijnpoort/pijnpoort/validation"
)

// Adviser gives advice in the way that a site and a caller have chosen. The zero
// value judges as of today, in Dutch, by the recommended readings. It is safe for
// concurrent use.
type Adviser struct {
	// AsOf gives the day to judge by; nil is today in the Netherlands.
	AsOf func() mapping.Day
	// Terminology gives what codes mean at the moment; nil is Mapping.Terminology.
	Terminology func() *terminology.Terminology
	// Mapping are the options of the mapping; its AsOf is filled from AsOf above.
	Mapping epd.Options
	// Judging are the options of the verdict.
	Judging validation.Options
	// Changes asks for what would change the verdict too, which takes the judging
	// of some hundred variants of the record.
	Changes bool
}

// Map makes the record of a chart, without the values that cannot be: those are
// issues in its report.
func (a *Adviser) Map(chart *fhir.Chart) *mapping.Record {
	options := a.Mapping
	if a.AsOf != nil {
		options.AsOf = a.AsOf()
	} else {
		options.AsOf = mapping.DayOf(time.Now())
	}
	if a.Terminology != nil {
		options.Terminology = a.Terminology()
	}
	record := epd.Map(chart, options)
	issues := append(check.Patient(chart.Patient), check.Record(record)...)
	record.Report.Issues = append(record.Report.Issues, issues...)
	return record
}

// Advise maps a chart and judges its record. The chart is not changed.
func (a *Adviser) Advise(chart *fhir.Chart) (*mapping.Record, *validation.Verdict) {
	record := a.Map(chart)
	verdict := validation.Judge(record, a.Judging)
	if a.Changes {
		verdict.WouldChange = validation.WouldChange(record, a.Judging, verdict)
	}
	return record, verdict
}
