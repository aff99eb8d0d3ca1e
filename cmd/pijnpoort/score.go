package main

import (
	"context"
	"errors"
	"io"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/operations"
)

type scoreCommand struct {
	charts
	Format format `enum:",text,json,fhir" default:"" help:"text, json or fhir (a Bundle of Observations); text for one document, lines of JSON for several." placeholder:"text|json|fhir"`
	Course bool   `help:"Follow the scores in time instead: at baseline, in the trial, after 6 months and each year, up to the day of --as-of."`
}

// asFHIR is the format in which scores are FHIR resources.
const asFHIR format = "fhir"

// Run scores the questionnaires in the files.
func (c *scoreCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	rules, err := settings.PROM()
	if err != nil {
		return err
	}
	if c.Course {
		return c.follow(ctx, m, settings, rules)
	}
	lang := settings.Language
	if c.Lang != "" {
		lang = c.Lang
	}
	as := c.Format
	if as == asFHIR {
		as = asJSON
	}
	return m.answerAll(ctx, settings, c.Files, as, func(chart *fhir.Chart, alone bool) answer {
		result := prom.Score(chart, rules)
		text := func(w io.Writer) error { return advice.ScoresText(w, result, lang) }
		switch {
		case c.Format == asFHIR:
			return answer{value: bundled{chart, result}}
		case alone:
			return answer{result.Scores, text}
		}
		return answer{scored{chart.Source, result}, text}
	})
}

// follow lays the scores along the moments of treatment that the record knows.
func (c *scoreCommand) follow(ctx context.Context, m *Main, settings config.Config, rules prom.Config) error {
	if c.Format == asFHIR {
		return usageError{errors.New("--course has no FHIR format: use json")}
	}
	a, err := c.adviser(settings)
	if err != nil {
		return err
	}
	lang := a.Judging.Language
	return m.answerAll(ctx, settings, c.Files, c.Format, func(chart *fhir.Chart, alone bool) answer {
		course := prom.Follow(prom.Score(chart, rules), a.Map(chart))
		text := func(w io.Writer) error { return advice.CourseText(w, course, lang) }
		if alone {
			return answer{course, text}
		}
		return answer{followed{chart.Source, course}, text}
	})
}

// scored is the line of one of several inputs.
type scored struct {
	Source string `json:"source"`
	prom.Result
}

// followed is the line of one of several inputs.
type followed struct {
	Source string `json:"source"`
	prom.Followed
}

// bundled is scores as FHIR.
type bundled struct {
	chart  *fhir.Chart
	result prom.Result
}

// MarshalJSON writes the Bundle.
func (b bundled) MarshalJSON() ([]byte, error) {
	bundle, err := operations.Scores(b.chart, b.result)
	if err != nil {
		return nil, err
	}
	return encode.JSON(bundle)
}
