package main

import (
	"context"
	"io"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
)

type scoreCommand struct {
	Files  []string `arg:"" name:"file" help:"QuestionnaireResponses, as in advise."`
	Format format   `enum:",text,json" default:"" help:"text or json; text for one document, lines of JSON for several." placeholder:"text|json"`
	Lang   string   `enum:",nl,en" default:"" help:"nl or en." placeholder:"nl|en"`
}

// Run scores the questionnaires in the files.
func (c *scoreCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	rules, err := settings.PROM()
	if err != nil {
		return err
	}
	lang := settings.Language
	if c.Lang != "" {
		lang = c.Lang
	}
	return m.answerAll(ctx, settings, c.Files, c.Format, func(chart *fhir.Chart, alone bool) answer {
		result := prom.Score(chart, rules)
		text := func(w io.Writer) error { return advice.ScoresText(w, result, lang) }
		if alone {
			return answer{result.Scores, text}
		}
		return answer{scored{chart.Source, result}, text}
	})
}

// scored is the line of one of several inputs.
type scored struct {
	Source string `json:"source"`
	prom.Result
}
