package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// dataCommand is the group of what is done with all that is kept, or with one patient in it.
type dataCommand struct {
	Backup  backupCommand  `cmd:"" help:"Write all that is kept to a file, while the server goes on. Identifiers stay sealed; keep the key file elsewhere."`
	Restore restoreCommand `cmd:"" help:"Put a backup into a database that holds nothing yet."`
	Move    moveCommand    `cmd:"" help:"Copy all that is kept to another database that holds nothing yet, and compare. Stop the server first."`
	Erase   eraseCommand   `cmd:"" help:"Erase all that is kept of a patient, who is named on standard input."`
	OptOut  optOutCommand  `cmd:"" help:"Note that a patient, who is named on standard input, objects to delivery: what was delivered is withdrawn."`
	OptIn   optInCommand   `cmd:"" help:"Note that a patient, who is named on standard input, takes his objection back."`
	Rotate  rotateCommand  `cmd:"" help:"Seal all identifiers with a new key. Stop the server first."`
	Expire  expireCommand  `cmd:"" help:"Remove what has been kept for its term (registry.store)."`
}

// naming is how a patient is named to a command: not among the arguments, which others on
// the machine can see.
type naming struct {
	From string `help:"File with the patient's identifier; - is standard input." default:"-" placeholder:"FILE"`
}

// named is a patient as he was named: by his id in the store, or by an identifier.
type named struct {
	id         string
	identifier registration.Identifier
}

// nine are the digits of a BSN.
var nine = regexp.MustCompile(`^[0-9]{9}$`)

// errNaming says how a patient is named. What was given instead is not repeated.
var errNaming = errors.New(`a patient is named on one line: "system|value", a BSN, or the id in the store`)

// read reads the one line that names the patient.
func (n naming) read(m *Main) (named, error) {
	from := m.Stdin
	if n.From != "-" {
		file, err := os.Open(n.From)
		if err != nil {
			return named{}, err
		}
		defer file.Close()
		from = file
	}
	line, err := bufio.NewReader(io.LimitReader(from, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return named{}, errors.New("the patient's identifier cannot be read")
	}
	line = strings.TrimSpace(line)
	if nine.MatchString(line) {
		return named{identifier: registration.Identifier{System: registration.BSN, Value: line}}, nil
	}
	if id, err := uuid.Parse(line); err == nil {
		return named{id: id.String()}, nil
	}
	system, value, found := strings.Cut(line, "|")
	if !found || system == "" || value == "" {
		return named{}, usageError{errNaming}
	}
	return named{identifier: registration.Identifier{System: system, Value: value}}, nil
}

// find gives the id of the patient in the store.
func (n named) find(ctx context.Context, s *store.Store, tenant string) (string, error) {
	if n.id == "" {
		return s.Find(ctx, tenant, []registration.Identifier{n.identifier})
	}
	_, err := s.Patient(ctx, n.id)
	return n.id, err
}

// identifiers are those of the patient, by one of which he can be found.
func (n named) identifiers(ctx context.Context, s *store.Store) ([]registration.Identifier, error) {
	if n.id == "" {
		return []registration.Identifier{n.identifier}, nil
	}
	p, err := s.Patient(ctx, n.id)
	if err != nil {
		return nil, err
	}
	return p.Registration.Patient.Identifiers, nil
}

// operator is who runs the command, for the audit log.
func operator() audit.Party {
	name := "unknown"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return audit.Party{System: audit.UserSystem, Value: name, Human: true}
}

// withStore opens the store for some work, and closes it.
func withStore(ctx context.Context, settings config.Config, work func(s *store.Store) error) error {
	s, err := settings.Store(ctx)
	if err != nil {
		return err
	}
	return errors.Join(work(s), s.Close())
}

// note appends an event to the audit log, in a transaction of its own.
func note(ctx context.Context, settings config.Config, s *store.Store, event audit.Event) error {
	event.Agent = operator()
	return s.Update(ctx, func(ctx context.Context, tx *store.Tx) error { return settings.AuditLog().Append(ctx, tx, event) })
}

// noting is a hook that appends an event for every patient that is concerned.
func noting(settings config.Config, kind audit.Kind) store.Hook {
	return func(ctx context.Context, tx *store.Tx, changes []store.Change) error {
		events := make([]audit.Event, len(changes))
		for i, c := range changes {
			events[i] = audit.Event{Kind: kind, Patient: c.Patient, Agent: operator()}
			if c.MergedInto != "" {
				events[i].Kind = audit.Merged
			}
		}
		return settings.AuditLog().Append(ctx, tx, events...)
	}
}

// say prints a line in the language of the settings.
func (m *Main) say(settings config.Config, nl, en string, args ...any) {
	words := nl
	if settings.Language == "en" {
		words = en
	}
	fmt.Fprintf(m.Stdout, words+"\n", args...)
}
