package centre

import (
	"errors"
	"fmt"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
)

// Options say what to report.
type Options struct {
	// Year is the calendar year.
	Year int
	// AsOf is the day of reporting: what happened later is left out. Of a year that still
	// runs the report is one up to that day.
	AsOf mapping.Day
	// Name and Identifier ("system|value") are those of the centre, of all clinics together.
	Name, Identifier string
	// Definition of the Textbook Outcome; nil is the proposal that is shipped.
	Definition *OutcomeDefinition
	// CountExplants: removals count for the norm of twenty too.
	CountExplants bool
	// CountGenerators: first generators on an electrode in place count for it too.
	CountGenerators bool
	// Attestation is the record of what the centre states of itself: of a response to the
	// form neuromodulatie-centrum. Nil: it has stated nothing.
	Attestation *mapping.Record
	// Judging are the site's choices of how the standpunt is read.
	Judging validation.Options
	// Benchmark are the reports that a registry returned.
	Benchmark []Benchmark
	// Makers of devices that may be named in what leaves, besides those that are known
	// (normalise.Centre).
	Makers []string
	// Subjects gathers who are counted in one Measure, for use inside; nil: nobody asks.
	Subjects *Subjects
}

// firstOfYears is the first year that may be reported.
const firstOfYears = 1967 // the first spinal cord stimulation

func (o *Options) check() error {
	switch {
	case o.Year < firstOfYears || o.Year > yearOf(o.AsOf):
		return fmt.Errorf("centre: year must be from %d up to that of the day of reporting", firstOfYears)
	case o.AsOf <= 0:
		return errors.New("centre: the day of reporting must be given")
	}
	if o.Definition == nil {
		o.Definition = Proposal()
	}
	return nil
}

// base is what the norm of twenty counts here.
func (o *Options) base() Base {
	switch {
	case o.CountExplants:
		return OperativeWithExplant
	case o.CountGenerators:
		return OperativeWithGenerator
	}
	return Operative
}
