package main

import (
	"context"
	"fmt"
	"log/slog"
	"text/tabwriter"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/telemetry/health"
)

type doctorCommand struct {
	Format format `enum:"text,json" default:"text" help:"text or json." placeholder:"text|json"`
}

// signs of the levels, for text.
var signs = map[health.Level]string{health.OK: "✓", health.Warning: "!", health.Failed: "✗"}

// Run looks after everything that the program needs. The exit status is 0 when nothing
// failed, warnings aside, else 1.
func (c *doctorCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	checks, closing := doctorChecks(ctx, settings)
	findings := health.Run(ctx, checks)
	if err := closing(); err != nil {
		findings = append(findings, health.Finding{Check: "database", Level: health.Failed, Detail: err.Error()})
	}
	worst := health.Worst(findings)
	var err error
	if c.Format == asJSON {
		err = writeIndented(m.Stdout, struct {
			Level    health.Level     `json:"level"`
			Findings []health.Finding `json:"findings"`
		}{worst, findings})
	} else {
		t := tabwriter.NewWriter(m.Stdout, 0, 0, 2, ' ', 0)
		for _, f := range findings {
			fmt.Fprintf(t, "%s %s\t%s\n", signs[f.Level], f.Check, f.Detail)
		}
		err = t.Flush()
	}
	if err != nil {
		return err
	}
	if worst == health.Failed {
		return errUnanswered
	}
	return nil
}

// doctorChecks are all checks. What cannot be opened fails in the check of its name, and
// those that need it are left out.
func doctorChecks(ctx context.Context, settings config.Config) (checks []health.Check, closing func() error) {
	say := func(name string, level health.Level, detail string) {
		checks = append(checks, health.Check{Name: name, Run: func(context.Context) (health.Level, string) { return level, detail }})
	}
	say("settings", health.OK, "can be read")
	if _, err := settings.Adviser(); err != nil {
		say("codes and forms", health.Failed, err.Error())
	} else {
		say("codes and forms", health.OK, "can be read")
	}
	checks = append(checks, settings.MachineChecks()...)
	db, err := settings.Store(ctx)
	if err != nil {
		say("database", health.Failed, err.Error())
		return checks, func() error { return nil }
	}
	checks = append(checks, config.StoreChecks(db)...)
	checks = append(checks, settings.AuditChecks(db)...)
	service, err := settings.Delivery(db, slog.New(slog.DiscardHandler))
	if err != nil {
		say("targets", health.Failed, err.Error())
	} else {
		checks = append(checks, settings.DeliveryChecks(service)...)
	}
	return checks, db.Close
}
