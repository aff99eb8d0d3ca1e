package main

import (
	"context"
	"io"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir"
)

type mapCommand struct {
	asked
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
	return m.answerAll(ctx, settings, c.Files, c.Format, func(chart *fhir.Chart, _ bool) answer {
		record := a.Map(chart)
		return answer{advice.NewRecord(record), func(w io.Writer) error { return advice.RecordText(w, record, lang) }}
	})
}
