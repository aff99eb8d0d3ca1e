package main

import (
	"context"
	"fmt"
	"io"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir"
)

type mapCommand struct {
	charts
	Format   format `enum:",text,json,csv" default:"" help:"text, json, or csv: a line per resource and per element; text for one document, lines of JSON for several." placeholder:"text|json|csv"`
	MEDTable string `name:"med-table" enum:",${tables}" default:"" help:"Opioid conversion table: ${tables}." placeholder:"TABLE"`
}

// Run maps the files.
func (c *mapCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	if c.MEDTable != "" {
		settings.Site.MEDTable = c.MEDTable
	}
	a, err := c.adviser(settings)
	if err != nil {
		return err
	}
	lang := a.Judging.Language
	if c.Format == asCSV {
		if err := advice.FatesHeader(m.Stdout); err != nil {
			return fmt.Errorf("write answers: %w", err)
		}
	}
	return m.answerAll(ctx, settings, c.Files, c.Format, func(chart *fhir.Chart, _ bool) answer {
		record := a.Map(chart)
		fates := advice.Fates(chart, record)
		if c.Format == asCSV {
			return answer{nil, func(w io.Writer) error { return advice.FatesCSV(w, chart.Source, fates) }}
		}
		return answer{advice.NewRecord(record, fates), func(w io.Writer) error { return advice.RecordText(w, record, fates, lang) }}
	})
}
