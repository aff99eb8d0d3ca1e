// Command pijnpoort stands between a hospital's record system and
// neuromodulation care: it maps FHIR resources to a record, judges the record
// against the Dutch standpunt and serves the advice.
//
// Exit status: 0 answered, whatever the verdict; 1 an input could not be
// answered; 2 wrong usage.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/mapping/opioid"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// The exit statuses.
const (
	answered   = 0
	unanswered = 1
	wrongUsage = 2
)

// Main is the program with all that it takes from outside, so that tests can
// start it.
type Main struct {
	Args           []string // without the name of the program
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Environ        []string // as from os.Environ
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	m := Main{Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Environ: os.Environ()}
	status := m.Run(ctx)
	stop()
	os.Exit(status)
}

// commands is the grammar of the command line.
type commands struct {
	Config  string           `help:"Settings (YAML); PIJNPOORT_CONFIG does the same." placeholder:"FILE"`
	Version kong.VersionFlag `help:"Print the version."`

	Advise  adviseCommand  `cmd:"" help:"Judge patients against the standpunt: verdict, why, what is missing, what would change it."`
	Map     mapCommand     `cmd:"" help:"Show the record that the rules see, with the evidence of every value, and what became of every resource."`
	Ask     askCommand     `cmd:"" help:"Make the form that asks exactly what a verdict lacks: a Questionnaire and a draft of its response."`
	Score   scoreCommand   `cmd:"" help:"Score the PROMs of patients."`
	Bundle  bundleCommand  `cmd:"" help:"Make the normalised bundles that a quality registry gets: pseudonyms, codes, numbers and dates only."`
	Codes   codesCommand   `cmd:"" help:"Count the codes in data or in a code list: which are understood, which are not, and what those may mean."`
	Explain explainCommand `cmd:"" help:"Explain a criterion: what it asks, where it stands, how it is judged, which data it needs."`
	Hook    hookCommand    `cmd:"" help:"Call a decision service with a patient, as a record system would, and show its cards."`
	Report  reportCommand  `cmd:"" help:"Reports over what is kept."`
	Data    dataCommand    `cmd:"" help:"Back up, restore, move or erase what is kept, and note objections."`
	Audit   auditCommand   `cmd:"" help:"Verify and show the log of who did what with the data of patients."`
	Deliver deliverCommand `cmd:"" help:"Deliver to quality registries: run, list, show, redrive, cancel."`
	Doctor  doctorCommand  `cmd:"" help:"Look after settings, database, keys, certificates, registries, deliveries, clock and disk."`
	Serve   serveCommand   `cmd:"" help:"Serve over HTTP."`
}

// errUnanswered says that some input could not be answered, and that this has been told.
var errUnanswered = errors.New("some input could not be answered")

// usageError is a fault in how the program was called.
type usageError struct{ error }

// Run does what the arguments ask, until done or ctx ends, and gives the exit status.
func (m *Main) Run(ctx context.Context) int {
	var c commands
	exited := false
	parser, err := kong.New(&c, kong.Name("pijnpoort"),
		kong.Description("Decision support for neuromodulation in chronic pain, by the Dutch standpunt, on FHIR R4. Decides nothing by itself: it shows what the standpunt asks and what the record says."),
		choices(), kong.Writers(m.Stdout, m.Stderr), kong.Exit(func(int) { exited = true }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(m))
	if err != nil {
		panic(err) // the grammar is part of the program
	}
	call, err := parser.Parse(m.Args)
	if exited { // help or the version was asked and given
		return answered
	}
	if err != nil {
		return m.fail(usageError{plain(err)})
	}
	settings, err := m.settings(c.Config)
	if err != nil {
		return m.fail(usageError{err})
	}
	return m.fail(call.Run(settings))
}

// plain is an error of the grammar as its reader needs it: that a flag may be left out, which
// the grammar writes as a choice of "", says nothing to who gave it.
func plain(err error) error {
	return errors.New(strings.Replace(err.Error(), `must be one of "",`, "must be one of ", 1))
}

// version is the program and what it was built from.
func version() string {
	text := "pijnpoort " + config.SoftwareVersion
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				text += " " + s.Value
			}
		}
		text += " " + info.GoVersion
	}
	return text
}

// choices are the names that flags can take, and the version, for the help.
func choices() kong.Vars {
	var phases, versions, tables []string
	for _, p := range validation.Phases {
		phases = append(phases, string(p))
	}
	for _, v := range standpunt.Versions() {
		versions = append(versions, v.ID)
	}
	for _, t := range opioid.Tables() {
		tables = append(tables, t.ID)
	}
	list := func(names []string) string { return strings.Join(names, ",") }
	return kong.Vars{"phases": list(phases), "versions": list(versions), "tables": list(tables), "version": version()}
}

// settings reads the configuration that the flag or the environment names.
func (m *Main) settings(file string) (config.Config, error) {
	for _, entry := range m.Environ {
		if value, ok := strings.CutPrefix(entry, config.FileVariable+"="); ok && file == "" {
			file = value
		}
	}
	return config.Load(file, m.Environ)
}

// fail reports an error, if any, and gives the exit status that goes with it.
func (m *Main) fail(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return answered
	case errors.Is(err, errUnanswered):
		return unanswered
	case errors.As(err, &usage):
		fmt.Fprintf(m.Stderr, "pijnpoort: %v\nSee pijnpoort --help.\n", err)
		return wrongUsage
	}
	fmt.Fprintf(m.Stderr, "pijnpoort: %v\n", err)
	return unanswered
}
