package main

import (
	"context"
	"fmt"
	"io"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
)

// asked are the flags that advise and ask share.
type asked struct {
	charts
	Format format `enum:",text,json" default:"" help:"text or json; text for one document, lines of JSON for several." placeholder:"text|json"`
}

// charts are the flags that say on which charts, as of when and in which language.
type charts struct {
	Files []string `arg:"" name:"file" help:"FHIR R4 (or STU3) as JSON, XML or NDJSON, gzipped or not; a folder; - for standard input."`
	AsOf  string   `help:"Day to judge by; today when left out." placeholder:"YYYY-MM-DD"`
	Lang  string   `enum:",nl,en" default:"" help:"nl or en." placeholder:"nl|en"`
}

// adviser is the adviser of the settings, with what the flags say over them.
func (q charts) adviser(settings config.Config) (*advice.Adviser, error) {
	if q.Lang != "" {
		settings.Language = q.Lang
	}
	a, err := settings.Adviser()
	if err != nil || q.AsOf == "" {
		return a, err
	}
	day, err := mapping.ParseDay(q.AsOf)
	if err != nil {
		return nil, usageError{fmt.Errorf("--as-of: %q is not a day as YYYY-MM-DD", q.AsOf)}
	}
	a.AsOf = func() mapping.Day { return day }
	return a, nil
}

type adviseCommand struct {
	asked
	Phase     string `enum:",${phases}" default:"" help:"Phase of care to judge; derived from the data when left out: ${phases}." placeholder:"PHASE"`
	Standpunt string `enum:",${versions}" default:"" help:"Version to judge by; that of the day when left out: ${versions}." placeholder:"VERSION"`
}

// Run judges the files.
func (c *adviseCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	a, err := c.adviser(settings)
	if err != nil {
		return err
	}
	a.Changes = true
	a.Judging.Phase, a.Judging.Standpunt = validation.Phase(c.Phase), c.Standpunt
	lang := a.Judging.Language
	return m.answerAll(ctx, settings, c.Files, c.Format, func(chart *fhir.Chart, alone bool) answer {
		_, v := a.Advise(chart)
		if alone {
			v.Source = ""
		}
		return answer{v, func(w io.Writer) error { return advice.Text(w, v, lang) }}
	})
}
