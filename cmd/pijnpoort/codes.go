package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping/coverage"
	"github.com/pijnpoort/pijnpoort/terminologyserver"
)

type codesCommand struct {
	Files  []string `arg:"" name:"file" help:"FHIR as in advise, or a code list: CSV with the column code, and system, display and count if wanted."`
	Format format   `enum:"text,json,csv" default:"text" help:"text, json, or csv: the codes to map, with a column concept to fill in." placeholder:"text|json|csv"`
	Lang   string   `enum:",nl,en" default:"" help:"nl or en." placeholder:"nl|en"`
	Server bool     `help:"Ask the terminology server of the settings of which of our codes the unknown ones of SNOMED CT are a kind, and renew what it told before."`
}

// Run counts the codes in all files.
func (c *codesCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	if c.Lang != "" {
		settings.Language = c.Lang
	}
	if c.Server {
		if err := c.renew(ctx, m, settings); err != nil {
			return err
		}
	}
	a, err := settings.Adviser()
	if err != nil {
		return err
	}
	list, several, err := m.inputs(c.Files)
	if err != nil {
		return err
	}
	tally := coverage.NewTally(a.Terminology())
	read, finish := m.progress(list, several)
	defer finish()
	for _, in := range list {
		if err := m.tally(ctx, tally, in, settings.DecodeLimits(), read); err != nil {
			return err
		}
	}
	report := tally.Report()
	if c.Server {
		if err := c.subsume(ctx, m, settings, report); err != nil {
			return err
		}
	}
	if err := c.write(m.Stdout, report, settings.Language); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	if report.Unreadable > 0 {
		return errUnanswered
	}
	return nil
}

// renew asks the terminology server anew for what is too old. A server that fails is
// told and passed over: what it said before stays in use.
func (c *codesCommand) renew(ctx context.Context, m *Main, settings config.Config) error {
	expander, err := settings.Expander(slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if expander == nil {
		return usageError{errors.New("--server: no site.terminologyServer.url is set")}
	}
	if err := expander.Refresh(ctx); err != nil {
		fmt.Fprintf(m.Stderr, "pijnpoort: terminology server: %v\n", err)
	}
	return ctx.Err()
}

// subsume adds suggestions of the terminology server. One that fails is told.
func (c *codesCommand) subsume(ctx context.Context, m *Main, settings config.Config, report *coverage.Report) error {
	server, err := settings.TerminologyServer()
	if err != nil {
		return err
	}
	for _, question := range []func(context.Context, *client.Server, *coverage.Report) error{terminologyserver.Validate, terminologyserver.Subsume} {
		if err := question(ctx, server, report); err != nil {
			fmt.Fprintf(m.Stderr, "pijnpoort: terminology server: %v\n", err)
		}
	}
	return ctx.Err()
}

// tally counts the codes of one file. What cannot be read is told and passed over; the
// error is that ctx has ended.
func (m *Main) tally(ctx context.Context, tally *coverage.Tally, in input, limits decode.Limits, read io.Writer) error {
	file, err := m.open(in)
	if err != nil {
		m.unread(tally, in.source, opening(err))
		return nil
	}
	defer file.Close()
	told := io.TeeReader(file, read)
	if strings.HasSuffix(strings.ToLower(in.path), ".csv") {
		if err := tally.ReadList(told); err != nil {
			m.unread(tally, in.source, err)
		}
		return nil
	}
	for chart, err := range decode.Documents(in.source, told, limits) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			m.unread(tally, chart.Source, err)
			continue
		}
		tally.Add(chart)
	}
	return nil
}

func (m *Main) unread(tally *coverage.Tally, source string, err error) {
	tally.AddUnreadable()
	fmt.Fprintf(m.Stderr, "pijnpoort: %s: %s\n", source, reason(err))
}

func (c *codesCommand) write(w io.Writer, report *coverage.Report, lang string) error {
	switch c.Format {
	case asCSV:
		return report.WriteWorklist(w)
	case asJSON:
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(report)
	}
	return advice.CodesText(w, report, lang)
}
