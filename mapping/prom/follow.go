package prom

import "github.com/pijnpoort/pijnpoort/mapping"

// Followed is the course of a patient's scores along the moments of treatment.
type Followed struct {
	AsOf mapping.Day `json:"asOf"`
	// The days of the moments; nil where the record does not know exactly one.
	TrialStart *mapping.Day `json:"trialStart"`
	TrialEnd   *mapping.Day `json:"trialEnd"`
	Implant    *mapping.Day `json:"implant"`
	Course     []Line       `json:"course"`
}

// Follow lays scores along the moments that a record knows.
func Follow(result Result, record *mapping.Record) Followed {
	f := Followed{
		AsOf:       record.AsOf,
		TrialStart: theDay(record, "trial-start"),
		TrialEnd:   theDay(record, "trial-end"),
		Implant:    theDay(record, "implant-date"),
	}
	f.Course = append([]Line{}, Course(result.Scores, Milestones{
		TrialStart: orZero(f.TrialStart), TrialEnd: orZero(f.TrialEnd), Implant: orZero(f.Implant), AsOf: f.AsOf,
	})...)
	return f
}

// theDay is the day of a fact that is known as exactly one day.
func theDay(record *mapping.Record, fact string) *mapping.Day {
	values := record.Fact(fact).Values
	if len(values) != 1 || !values[0].Date.IsExact() {
		return nil
	}
	return &values[0].Date.First
}

func orZero(d *mapping.Day) mapping.Day {
	if d == nil {
		return 0
	}
	return *d
}
