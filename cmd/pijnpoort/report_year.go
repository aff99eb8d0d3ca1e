package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre"
)

type reportYear struct {
	Year            int      `arg:"" help:"Calendar year."`
	From            []string `help:"FHIR to report on in place of what is registered: a file, or a folder; may be given more than once." placeholder:"FILE"`
	Format          format   `enum:"text,json,csv,fhir" default:"text" help:"text, json, csv, or fhir: a Bundle of the MeasureReports that leave, with small counts withheld." placeholder:"text|json|csv|fhir"`
	Lang            string   `enum:",nl,en" default:"" help:"nl or en." placeholder:"nl|en"`
	AsOf            string   `help:"Day of reporting; what happened later is left out. Today when left out." placeholder:"YYYY-MM-DD"`
	Name            string   `help:"Name of the centre, over the settings." placeholder:"NAME"`
	Identifier      string   `help:"Identifier of the centre, over the settings." placeholder:"SYSTEM|VALUE"`
	Attestation     string   `help:"Response of the centre to the form neuromodulatie-centrum (FHIR)." placeholder:"FILE"`
	Outcomes        string   `help:"Definition of the Textbook Outcome (YAML); Pijnpoort's own proposal when left out." placeholder:"FILE"`
	Benchmark       string   `help:"Folder with MeasureReports that a registry returned." placeholder:"FOLDER"`
	CountExplants   bool     `help:"Removals count for the norm of twenty."`
	CountGenerators bool     `help:"First generators on an electrode in place count for the norm of twenty."`
	Unmasked        bool     `help:"Tell small counts in FHIR too: for use inside the centre only."`
	Who             string   `help:"Who are counted in a measure, instead of the report: for use inside the centre only." name:"subjects" placeholder:"MEASURE"`
	Deliver         bool     `help:"Queue the report for the registries, small counts withheld, instead of writing it; what they have already is not sent again."`
}

// Run computes and writes the report.
func (c *reportYear) Run(ctx context.Context, m *Main, settings config.Config) error {
	if c.Lang != "" {
		settings.Language = c.Lang
	}
	asOf := mapping.DayOf(time.Now())
	if c.AsOf != "" {
		day, err := mapping.ParseDay(c.AsOf)
		if err != nil {
			return usageError{errors.New("--as-of is not a day (YYYY-MM-DD)")}
		}
		asOf = day
	}
	options, err := settings.CentreOptions(c.over(settings.Registry.Report), c.Year, asOf)
	if err != nil {
		return usageError{err}
	}
	if c.Deliver {
		if err := c.deliverable(); err != nil {
			return usageError{err}
		}
		return c.deliver(ctx, m, settings, options)
	}
	if c.Who != "" {
		return c.subjects(ctx, m, settings, options)
	}
	patients := m.registered(ctx, settings)
	if len(c.From) > 0 {
		read, err := m.readPatients(ctx, settings, c.From, asOf)
		if err != nil {
			return err
		}
		if options.Attestation == nil {
			options.Attestation = read.attestation
		}
		patients = read.all()
	}
	report, err := centre.Compute(patients, options)
	if err != nil {
		return err
	}
	if err := c.write(m.Stdout, report, settings.Language, options.Makers); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// over puts the flags over the settings.
func (c *reportYear) over(r config.RegistryReport) config.RegistryReport {
	r.Name, r.Identifier = cmp.Or(c.Name, r.Name), cmp.Or(c.Identifier, r.Identifier)
	r.Attestation, r.Outcomes, r.Benchmark = cmp.Or(c.Attestation, r.Attestation), cmp.Or(c.Outcomes, r.Outcomes), cmp.Or(c.Benchmark, r.Benchmark)
	r.CountExplants, r.CountGenerators = r.CountExplants || c.CountExplants, r.CountGenerators || c.CountGenerators
	return r
}

func (c *reportYear) write(w io.Writer, report *centre.Report, lang string, makers []string) error {
	switch c.Format {
	case asCSV:
		return centre.WriteCSV(w, report, lang)
	case asJSON:
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(report)
	case asFHIR:
		bundle, err := centre.Collection(report, centre.Reporting{Unmasked: c.Unmasked, Profiled: true, Makers: makers})
		if err != nil {
			return err
		}
		document, err := encode.Pretty(bundle)
		if err != nil {
			return err
		}
		_, err = w.Write(document)
		return err
	}
	return centre.WriteText(w, report, lang)
}

// registered are the patients of the store, which is opened when they are asked for.
func (m *Main) registered(ctx context.Context, settings config.Config) centre.Patients {
	return func(yield func(centre.Patient, error) bool) {
		s, err := settings.Store(ctx)
		if err != nil {
			yield(centre.Patient{}, err)
			return
		}
		defer s.Close()
		for p, err := range config.StoredPatients(ctx, s) {
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}
