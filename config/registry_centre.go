package config

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/validation"
)

// RegistryReport is what the annual report rests on besides what is registered.
type RegistryReport struct {
	// Name and Identifier ("system|value") are those of the centre, which may have several
	// clinics; those of the clinic when empty.
	Name       string `yaml:"name"`
	Identifier string `yaml:"identifier" validate:"clinic"`
	// Attestation is a file with the response to the form neuromodulatie-centrum (FHIR).
	Attestation string `yaml:"attestation" validate:"omitempty,file"`
	// Outcomes is the definition of the Textbook Outcome and the complication score; empty
	// is Pijnpoort's own proposal.
	Outcomes string `yaml:"outcomes" validate:"omitempty,file"`
	// Benchmark is a folder with MeasureReports that a registry returned.
	Benchmark string `yaml:"benchmark" validate:"omitempty,dir"`
	// What the norm of twenty counts besides placements of electrodes and revisions.
	CountExplants   bool `yaml:"countExplants"`
	CountGenerators bool `yaml:"countGenerators"`
}

// CentreOptions are the options of the report of a year.
func (c Config) CentreOptions(r RegistryReport, year int, asOf mapping.Day) (centre.Options, error) {
	adviser, err := c.Adviser()
	if err != nil {
		return centre.Options{}, err
	}
	options := centre.Options{
		Year: year, AsOf: asOf, Name: r.Name, Identifier: r.Identifier, CountExplants: r.CountExplants, CountGenerators: r.CountGenerators,
		Makers:  c.Registry.Manufacturers,
		Judging: validation.Options{Language: c.Language, Readings: c.Site.Readings, Agreement: c.Site.Agreement},
	}
	if options.Name == "" {
		options.Name = c.Registry.Name
	}
	if options.Name == "" {
		options.Name = c.Site.Name
	}
	if options.Identifier == "" {
		options.Identifier = c.Registry.Clinic
	}
	if r.Attestation != "" {
		if options.Attestation, err = c.attestation(adviser, r.Attestation, asOf); err != nil {
			return options, keyError("registry.report.attestation", err)
		}
	}
	if r.Outcomes != "" {
		if options.Definition, err = definition(r.Outcomes); err != nil {
			return options, keyError("registry.report.outcomes", err)
		}
	}
	if r.Benchmark != "" {
		if options.Benchmark, err = centre.ReadBenchmarks(os.DirFS(r.Benchmark)); err != nil {
			return options, keyError("registry.report.benchmark", err)
		}
	}
	return options, nil
}

func definition(name string) (*centre.OutcomeDefinition, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return centre.ReadDefinition(file)
}

// attestation is the record of what a centre states of itself.
func (c Config) attestation(adviser *advice.Adviser, name string, asOf mapping.Day) (*mapping.Record, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	adviser.AsOf = func() mapping.Day { return asOf }
	var found *mapping.Record
	for chart, err := range decode.Charts(name, file, c.DecodeLimits()) {
		if err != nil {
			return nil, err
		}
		record := adviser.Map(chart)
		switch {
		case record.Organization == "":
			return nil, errors.New("holds no response of a centre to the form neuromodulatie-centrum")
		case found != nil:
			return nil, errors.New("holds more than one response")
		}
		found = record
	}
	if found == nil {
		return nil, errors.New("holds nothing")
	}
	return found, nil
}

// StoredPatients are the patients of a store, for a report.
func StoredPatients(ctx context.Context, s *store.Store) centre.Patients {
	return func(yield func(centre.Patient, error) bool) {
		for p, err := range s.Registrations(ctx) {
			if err != nil {
				yield(centre.Patient{}, fmt.Errorf("read what is registered: %w", err))
				return
			}
			if !yield(centre.Patient{ID: p.ID, Clinic: p.Clinic, OptedOut: !p.OptedOut.IsZero(), Registration: p.Registration}, nil) {
				return
			}
		}
	}
}
