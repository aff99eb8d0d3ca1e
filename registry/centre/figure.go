package centre

import (
	"github.com/pijnpoort/pijnpoort/registry/centre/statistics"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// daysOfYear is the length of a year of exposure (UCUM a).
const daysOfYear = 365.25

// Kind is what kind of number a figure is.
type Kind string

// The kinds of figures.
const (
	Count        Kind = "count"        // Numerator
	Proportion   Kind = "proportion"   // Numerator of Denominator
	Rate         Kind = "rate"         // Numerator per 100 patient-years
	Distribution Kind = "distribution" // of a value over Denominator
)

// Unit is what a figure counts.
type Unit string

// The units.
const (
	OfPatients       Unit = "patients"
	OfProcedures     Unit = "procedures"
	OfTrials         Unit = "trials"
	OfSystems        Unit = "systems"
	OfEvents         Unit = "events"
	OfQuestionnaires Unit = "questionnaires"
)

// Figure is one number of the report with what is behind it.
type Figure struct {
	ID      string         `json:"id"`      // code of the group in a MeasureReport
	Measure string         `json:"measure"` // id of the Measure
	Item    string         `json:"item"`    // of annex 3, article 6: "c.iii"; empty for what chapter 3 or aftercare asks
	Title   standpunt.Text `json:"title"`
	Kind    Kind           `json:"kind"`
	Unit    Unit           `json:"unit"`
	// ValueUnit is the unit of a distribution's value (UCUM).
	ValueUnit string `json:"valueUnit,omitempty"`
	Value
	Stratifiers []Stratifier `json:"stratifiers"`
}

// Stratifier is a division of a figure. Its strata add up to the figure.
type Stratifier struct {
	Code   string    `json:"code"`
	Strata []Stratum `json:"strata"`
}

// Stratum is one part; its code is of the kind that the stratifier's code says.
type Stratum struct {
	Code string `json:"code"`
	Value
}

// Value is a number with what is behind it: Initial = Denominator + Missing + all Excluded.
type Value struct {
	Initial     int `json:"initial"`
	Numerator   int `json:"numerator"`
	Denominator int `json:"denominator"`
	// Missing would be in the denominator, if what is asked were known of them; Why says
	// for what reasons.
	Missing int            `json:"missing"`
	Why     map[string]int `json:"why,omitempty"`
	// Excluded do not belong in the denominator, by reason.
	Excluded map[string]int `json:"excluded,omitempty"`
	// Days are the exposure of a rate.
	Days int `json:"days,omitempty"`
	// Score is the proportion, the rate per 100 patient-years, or the median; nil when
	// there is none. Interval is its exact 95 % interval, of a distribution none.
	Score    *float64             `json:"score"`
	Interval *statistics.Interval `json:"interval,omitempty"`
	// Spread is that of a distribution.
	Spread *Spread `json:"spread,omitempty"`
}

// Spread is a distribution in short.
type Spread struct {
	statistics.Quartiles
	Mean float64 `json:"mean"`
	Sum  float64 `json:"sum"`
	Min  float64 `json:"min"`
	Max  float64 `json:"max"`
}

// definition is how a figure is made.
type definition struct {
	id, measure, item string
	title             standpunt.Text
	kind              Kind
	unit              Unit
	valueUnit         string
	stratifiers       []string
	// observe tells of a patient what belongs in the figure of a year.
	observe func(h *history, y *year, emit func(observation))
}

// year is the calendar year that is reported.
type year struct {
	number int
	Options
}

// class is where an observation belongs.
type class uint8

const (
	numerator   class = iota + 1 // and so in the denominator
	denominator                  // and not in the numerator
	missing
	excluded
)

// observation is one unit of a figure.
type observation struct {
	class  class
	reason string   // why it is missing or excluded
	amount float64  // the value of a distribution
	events int      // of a rate, which counts one denominator
	days   int      // of exposure, of a rate
	strata []string // in the order of the stratifiers; empty is Unknown
}
