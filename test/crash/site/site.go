//go:build crash || containers

// Package site is a small hospital that delivers: what the workers of the crash tests and
// the tests themselves must have in common, from the environment.
package site

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/delivery"
	"github.com/pijnpoort/pijnpoort/registry/delivery/retry"
	"github.com/pijnpoort/pijnpoort/registry/delivery/target"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Settings are what differs between sites.
type Settings struct {
	Database string // URL of the store
	Keys     string // file with its keys
	Registry string // URL to deliver to
	Key      string // id of the pseudonym key: it tells the resources of sites apart
	Workers  int    // deliveries at once; 0 is as many as a site has by itself
}

// The variables of the environment that hold the settings.
const (
	database = "CRASH_DATABASE"
	keys     = "CRASH_KEYS"
	registry = "CRASH_REGISTRY"
	key      = "CRASH_KEY"
	workers  = "CRASH_WORKERS"
)

// Environ is the environment of a worker of the site.
func (s Settings) Environ() []string {
	return append(os.Environ(), database+"="+s.Database, keys+"="+s.Keys, registry+"="+s.Registry, key+"="+s.Key, workers+"="+strconv.Itoa(s.Workers))
}

// fromEnvironment reads the settings of a worker.
func fromEnvironment() (Settings, error) {
	s := Settings{Database: os.Getenv(database), Keys: os.Getenv(keys), Registry: os.Getenv(registry), Key: os.Getenv(key)}
	var err error
	if s.Workers, err = strconv.Atoi(cmp.Or(os.Getenv(workers), "0")); err != nil {
		return s, fmt.Errorf("%s must be a number", workers)
	}
	return s, nil
}

// The times of a site are short, so that much can go wrong in a minute.
const (
	timeout = 3 * time.Second
	work    = 5 * time.Second
	rescue  = 6 * time.Second
)

// Target is the name of the registry that the site delivers to.
const Target = "registry"

// Clinic is that of the site.
var Clinic = registration.Identifier{System: "http://fhir.nl/fhir/NamingSystem/agb-z", Value: "06010101"}

// Open opens the database and makes a service, which is not started.
func Open(ctx context.Context, s Settings, log *slog.Logger) (*store.Store, *delivery.Service, error) {
	sealing, _, err := store.LoadOrMakeKeys(s.Keys)
	if err != nil {
		return nil, nil, err
	}
	db, err := store.Open(ctx, s.Database, sealing)
	if err != nil {
		return nil, nil, err
	}
	service, err := serviceOf(db, s, log)
	if err == nil {
		err = db.Migrate(ctx)
	}
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, service, nil
}

// Normaliser makes the bundles of a site for a recipient.
func Normaliser(key, recipient string) (*normalise.Normaliser, error) {
	secret, err := pseudonym.NewSecret(bytes.Repeat([]byte("c"), 32))
	if err != nil {
		return nil, err
	}
	names, err := pseudonym.Keys{{ID: key, Secret: secret}}.At(mapping.NewDay(2026, 2, 1))
	if err != nil {
		return nil, err
	}
	return &normalise.Normaliser{
		Target: normalise.Target{Name: Target, Recipient: recipient, Shape: normalise.Transaction},
		Centre: normalise.Centre{Clinic: Clinic, Name: "Pijncentrum Voorbeeld"}, Pseudonyms: names, Software: "test",
	}, nil
}

func serviceOf(db *store.Store, s Settings, log *slog.Logger) (*delivery.Service, error) {
	normaliser, err := Normaliser(s.Key, "registry")
	if err != nil {
		return nil, err
	}
	to, err := target.New(target.Options{Name: Target, URL: s.Registry, Timeout: timeout, Circuit: target.Circuit{Failures: 8, Pause: time.Second}})
	if err != nil {
		return nil, err
	}
	return delivery.New(delivery.Options{
		Store: db, Log: log, Audit: &audit.Log{Site: "Ziekenhuis Voorbeeld", Software: "pijnpoort|test", Host: "node"},
		Lease: delivery.Lease{Work: work, Rescue: rescue}, Backoff: retry.Backoff{First: 100 * time.Millisecond, Most: 2 * time.Second}, Attempts: 10_000,
		Recipients: []*delivery.Recipient{{Target: to, Normaliser: normaliser, Workers: s.Workers}},
	})
}

// Patient is the identifier of a patient of the site.
func Patient(n int) []registration.Identifier {
	return []registration.Identifier{{System: "https://hospital.example/patients", Value: fmt.Sprint(n)}}
}

// Days are how many versions of a procedure there can be: the version is its day.
const Days = 28

// Registration is a version of what is known of a patient.
func Registration(patient, version int) *registration.Registration {
	return &registration.Registration{
		Patient: registration.Patient{Origin: registration.Origin{Key: "Patient/1"}, Identifiers: Patient(patient), BirthDate: "1970-03-10", Gender: "female"},
		Procedures: []registration.Procedure{{Origin: registration.Origin{Key: "Procedure/1", Version: fmt.Sprint(version)},
			Kind: registration.Trial, Modality: "SCS", Status: "completed", Start: fmt.Sprintf("2026-01-%02d", version)}},
	}
}

// Save keeps a version of the one procedure of a patient, counted from 1, and queues its
// delivery.
func Save(ctx context.Context, db *store.Store, service *delivery.Service, patient, version int) error {
	_, err := Keep(ctx, db, patient, version, service.Changed)
	return err
}

// Keep keeps a version of the one procedure of a patient, counted from 1, and does what
// follows.
func Keep(ctx context.Context, db *store.Store, patient, version int, follows ...store.Hook) (*store.Receipt, error) {
	r := Registration(patient, version)
	sending := store.Sending{Tenant: "hospital", Clinic: Clinic.System + "|" + Clinic.Value, Received: 2, Identifier: fmt.Sprintf("%d/%d", patient, version)}
	copy(sending.Content[:], sending.Identifier)
	return db.Save(ctx, sending, []store.Submission{{Identifiers: Patient(patient), Items: slices.Collect(registration.Items(r))}}, follows...)
}

// Work is the program of a worker: it delivers until it is told to stop, or is killed. It
// prints a line when it has begun.
func Work() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	debug.SetGCPercent(400) // as the program sets for itself
	level := slog.LevelWarn
	if strings.EqualFold(cmp.Or(os.Getenv("CRASH_LOG"), "warn"), "info") {
		level = slog.LevelInfo
	}
	s, err := fromEnvironment()
	if err != nil {
		return err
	}
	for { // the database can be starting
		db, service, err := Open(ctx, s, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
		if err == nil {
			err = service.Start(context.WithoutCancel(ctx))
		}
		if err == nil {
			fmt.Println("working")
			<-ctx.Done()
			deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*work)
			defer cancel()
			return errors.Join(service.Stop(deadline), db.Close())
		}
		if db != nil {
			_ = db.Close()
		}
		var away net.Error
		if ctx.Err() != nil || !errors.As(err, &away) && !strings.Contains(err.Error(), "starting up") && !strings.Contains(err.Error(), "shutting down") && !strings.Contains(err.Error(), "connect") {
			return err
		}
		time.Sleep(200 * time.Millisecond)
	}
}
