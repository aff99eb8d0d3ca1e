package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/forms"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/intake"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

type askCommand struct {
	asked
	Phase string `enum:",${phases}" default:"" help:"Phase of care to ask for; derived from the data when left out: ${phases}." placeholder:"PHASE"`
}

var wordNothingToAsk = standpunt.Text{NL: "Er is niets te vragen.", EN: "There is nothing to ask."}

// form is the answer to ask: the Questionnaire of what is missing and the draft of
// its response; both null when nothing is.
type form struct {
	Source        string          `json:"source,omitempty"`
	Questionnaire json.RawMessage `json:"questionnaire"`
	Response      json.RawMessage `json:"questionnaireResponse"`

	err error
}

// MarshalJSON fails when the form could not be made.
func (f *form) MarshalJSON() ([]byte, error) {
	type plain form
	if f.err != nil {
		return nil, f.err
	}
	return json.Marshal((*plain)(f))
}

// Run makes, per patient, the form that asks exactly what the verdict lacks.
func (c *askCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	a, err := c.adviser(settings)
	if err != nil {
		return err
	}
	a.Judging.Phase = validation.Phase(c.Phase)
	lang := a.Judging.Language
	return m.answerAll(ctx, settings, c.Files, c.Format, func(chart *fhir.Chart, alone bool) answer {
		record, v := a.Advise(chart)
		questionnaire, response, err := forms.Missing(v, record, lang)
		f := form{Questionnaire: questionnaire, Response: response, err: err}
		if !alone {
			f.Source = chart.Source
		}
		return answer{&f, func(w io.Writer) error {
			if len(v.Missing) == 0 && err == nil {
				_, err := fmt.Fprintln(w, wordNothingToAsk.In(lang))
				return err
			}
			for _, missing := range v.Missing {
				if _, err := fmt.Fprintf(w, "%-40s %s\n", missing.Fact, intake.Label(missing.Fact, lang)); err != nil {
					return err
				}
			}
			return err
		}}
	})
}
