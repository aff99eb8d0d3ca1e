package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// auditCommand is the group of what is done with the audit log.
type auditCommand struct {
	Verify verifyCommand `cmd:"" help:"Verify the audit log: every row that was changed, is missing or stands elsewhere is named."`
	Mark   markCommand   `cmd:"" help:"Sign the end of the audit log, for somebody else to keep: with it, verify finds a log that was cut off or written anew."`
	Export exportCommand `cmd:"" help:"Show what the audit log says of a patient, who is named on standard input. That is logged too."`
}

type verifyCommand struct {
	Mark   string   `help:"An end of the log that verify showed earlier and was kept elsewhere: it must still be there." placeholder:"ROW:HASH"`
	Marks  []string `help:"File with marks of the log that were kept elsewhere, a line each, beside those in data." placeholder:"FILE" type:"existingfile" sep:"none"`
	Key    []string `help:"File with a public key that marks may be signed with, beside those of the settings: JWK, JWKS or PEM." placeholder:"FILE" type:"existingfile" sep:"none"`
	Format format   `enum:"text,json" default:"text" help:"text or json." placeholder:"text|json"`
	Lang   string   `enum:",nl,en" default:"" help:"nl or en." placeholder:"nl|en"`
}

// mark reads the flag.
func (c *verifyCommand) mark() (audit.Mark, error) {
	if c.Mark == "" {
		return audit.Mark{}, nil
	}
	row, hash, _ := strings.Cut(c.Mark, ":")
	seq, err := strconv.ParseInt(row, 10, 64)
	if err != nil || seq < 1 || hash == "" {
		return audit.Mark{}, usageError{errors.New("--mark must be a row and its hash, as verify shows them: ROW:HASH")}
	}
	return audit.Mark{Seq: seq, Hash: hash}, nil
}

// Run verifies the log. A log that is not sound is exit status 1.
func (c *verifyCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	mark, err := c.mark()
	if err != nil {
		return err
	}
	if c.Lang != "" {
		settings.Language = c.Lang
	}
	return withStore(ctx, settings, func(s *store.Store) error {
		keys, err := settings.MarkKeys(s, c.Key...)
		if err != nil {
			return usageError{err}
		}
		marks, faults, err := settings.Marks(keys, c.Marks...)
		if err != nil {
			return fmt.Errorf("audit verify: %w", err)
		}
		if err := note(ctx, settings, s, audit.Event{Kind: audit.LogTested}); err != nil {
			return err
		}
		verdict, err := audit.Verify(ctx, s, append(marks, mark)...)
		if err != nil {
			return err
		}
		verdict.Faults = append(verdict.Faults, faults...)
		if err := c.show(m, settings, verdict); err != nil {
			return err
		}
		if !verdict.Sound() {
			return errUnanswered
		}
		return nil
	})
}

func (c *verifyCommand) show(m *Main, settings config.Config, v audit.Verdict) error {
	if c.Format == asJSON {
		return json.NewEncoder(m.Stdout).Encode(v)
	}
	for _, f := range v.Faults {
		if f.Seq == 0 {
			m.say(settings, "%s", "%s", f.Reason)
			continue
		}
		m.say(settings, "regel %d: %s", "row %d: %s", f.Seq, f.Reason)
	}
	if v.Marks > 0 {
		m.say(settings, "regels die aan een merkteken zijn getoetst: %d", "rows held against a mark: %d", v.Marks)
	} else {
		m.say(settings, "geen enkele regel is gemerkt: of het logboek is afgekapt of in zijn geheel herschreven, is niet te zien", "no row is marked: whether the log was cut off or written anew cannot be seen")
	}
	if v.Sound() {
		m.say(settings, "%d regels, alle zoals ze zijn geschreven. Bewaar elders: %d:%s", "%d rows, all as they were written. Keep elsewhere: %d:%s", v.Rows, v.Last, v.Hash)
		return nil
	}
	m.say(settings, "%d regels; %d keer is iets mis", "%d rows; %d times something is wrong", v.Rows, len(v.Faults))
	return nil
}

type markCommand struct{}

// Run signs the end of the log, keeps that beside the data and prints it, for others to keep.
func (*markCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	return withStore(ctx, settings, func(s *store.Store) error {
		mark, err := settings.Mark(ctx, s, operator())
		if mark.JWS != "" {
			fmt.Fprintln(m.Stdout, mark.JWS)
		}
		return err
	})
}

type exportCommand struct {
	naming
	Format format `enum:"text,json" default:"text" help:"text, or json (AuditEvents)." placeholder:"text|json"`
	Lang   string `enum:",nl,en" default:"" help:"nl or en." placeholder:"nl|en"`
}

// Run shows what the log says of a patient.
func (c *exportCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	who, err := c.read(m)
	if err != nil {
		return err
	}
	if c.Lang != "" {
		settings.Language = c.Lang
	}
	return withStore(ctx, settings, func(s *store.Store) error {
		ids := []string{who.id} // one who was erased is still in the log, by his id
		if who.id == "" {
			if ids, err = s.Aliases(ctx, settings.Registry.Tenant, who.identifier); err != nil {
				return err
			}
		}
		out := bufio.NewWriter(m.Stdout)
		_, err = settings.AuditLog().Export(ctx, s, ids, operator(), string(c.Format), settings.Language, out)
		if err != nil {
			return fmt.Errorf("audit export: %w", err)
		}
		return out.Flush()
	})
}
