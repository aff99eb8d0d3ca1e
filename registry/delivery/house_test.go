package delivery_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.opentelemetry.io/otel/trace"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/delivery"
	"github.com/pijnpoort/pijnpoort/registry/delivery/retry"
	"github.com/pijnpoort/pijnpoort/registry/delivery/target"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// patience is how long a test waits for what must come, on a machine that others use too.
const patience = time.Minute

// site is a database with a Service that delivers to a registry.
type site struct {
	t        testing.TB
	store    *store.Store
	service  *delivery.Service
	registry *registry
	log      *syncBuffer
	ctx      context.Context // in which is saved
}

type settings struct {
	shape    normalise.Shape
	delay    time.Duration
	attempts int
	maxBytes int
	circuit  target.Circuit
	backoff  retry.Backoff
	still    bool // do not start
	workers  int
	url      string // of the registry; empty is the one in memory
	tracer   trace.Tracer
	change   func(n *normalise.Normaliser) // of the settings of the target
}

// syncBuffer is a buffer that several goroutines write to.
type syncBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

// open opens a site on SQLite; on PostgreSQL where storetest.Variable names one.
func open(t testing.TB, s settings) *site {
	t.Helper()
	kind := "sqlite"
	if os.Getenv(storetest.Variable) != "" {
		kind = "postgres"
	}
	db := storetest.Open(t, storetest.URL(t, kind), storetest.Keys(t))
	out := &site{t: t, store: db, registry: newRegistry(t), log: &syncBuffer{}, ctx: t.Context()}
	out.service = out.node(s)
	if !s.still {
		out.start(out.service)
	}
	return out
}

// node is a Service on the database of the site.
func (s *site) node(settings settings) *delivery.Service {
	s.t.Helper()
	if settings.shape == "" {
		settings.shape = normalise.Transaction
	}
	if settings.backoff == (retry.Backoff{}) {
		settings.backoff = retry.Backoff{First: 20 * time.Millisecond, Most: 50 * time.Millisecond}
	}
	if settings.circuit == (target.Circuit{}) {
		settings.circuit = target.Circuit{Failures: 100}
	}
	to, err := target.New(target.Options{Name: "nva", URL: cmp.Or(settings.url, s.registry.URL), Delay: settings.delay, Timeout: 2 * time.Second, Circuit: settings.circuit})
	if err != nil {
		s.t.Fatal(err)
	}
	secret, err := pseudonym.NewSecret(bytes.Repeat([]byte("k"), 32))
	if err != nil {
		s.t.Fatal(err)
	}
	pseudonyms, err := pseudonym.Keys{{ID: "2026-1", Secret: secret}}.At(mapping.NewDay(2026, 2, 1))
	if err != nil {
		s.t.Fatal(err)
	}
	normaliser := &normalise.Normaliser{
		Target:     normalise.Target{Name: "nva", Recipient: "nva", Shape: settings.shape, MaxBytes: settings.maxBytes},
		Centre:     normalise.Centre{Clinic: registration.Identifier{System: "http://fhir.nl/fhir/NamingSystem/agb-z", Value: "06010101"}, Name: "Pijncentrum Voorbeeld"},
		Pseudonyms: pseudonyms, Software: "0.0.0",
	}
	if settings.change != nil {
		settings.change(normaliser)
	}
	service, err := delivery.New(delivery.Options{
		Store: s.store, Tracer: settings.tracer, Backoff: settings.backoff, Attempts: settings.attempts,
		Log:        slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Lease:      delivery.Lease{Work: 4 * time.Second, Rescue: 5 * time.Second},
		Recipients: []*delivery.Recipient{{Target: to, Workers: settings.workers, Normaliser: normaliser}},
		Audit:      &audit.Log{Site: "Ziekenhuis Voorbeeld", Software: "pijnpoort|0.0.0", Host: "node"},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return service
}

// running is a Service that delivers until it is stopped.
func (s *site) running(settings settings) (service *delivery.Service, stop func()) {
	s.t.Helper()
	service = s.node(settings)
	if err := service.Start(context.WithoutCancel(s.t.Context())); err != nil {
		s.t.Fatal(err)
	}
	return service, func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := service.Stop(ctx); err != nil {
			s.t.Error(err)
		}
	}
}

func (s *site) start(service *delivery.Service) {
	s.t.Helper()
	if err := service.Start(context.WithoutCancel(s.t.Context())); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := service.Stop(ctx); err != nil {
			s.t.Error(err)
		}
	})
}

const agb = "http://fhir.nl/fhir/NamingSystem/agb-z"

func identifiers(patient int) []registration.Identifier {
	return []registration.Identifier{{System: "https://hospital.example/patients", Value: fmt.Sprintf("SECRET-%d", patient)}}
}

// procedure is the item of a procedure.
func procedure(key, kind, status string, version int) registration.Procedure {
	return registration.Procedure{Origin: registration.Origin{Key: key, Version: fmt.Sprint(version), Retracted: status == "entered-in-error"},
		Kind: registration.ProcedureKind(kind), Status: status, Modality: "SCS", Start: "2026-01-10"}
}

// save keeps procedures of a patient, and queues what follows from them.
func (s *site) save(patient int, procedures ...registration.Procedure) {
	s.t.Helper()
	s.put(patient, procedures, s.service.Changed)
}

// put saves procedures of a patient; the hooks see the change.
func (s *site) put(patient int, procedures []registration.Procedure, hooks ...store.Hook) {
	s.t.Helper()
	r := &registration.Registration{Procedures: procedures,
		Patient: registration.Patient{Origin: registration.Origin{Key: "patient"}, BirthDate: "1970-03-10", Gender: "female"}}
	items := slices.Collect(registration.Items(r))
	sending := store.Sending{Tenant: "hospital", Clinic: agb + "|06010101", Received: 1}
	sending.Content = [32]byte([]byte(fmt.Sprintf("%-32.32s", fmt.Sprint(time.Now().UnixNano()))))
	if _, err := s.store.Save(s.ctx, sending, []store.Submission{{Identifiers: identifiers(patient), Items: items}}, hooks...); err != nil {
		s.t.Fatal(err)
	}
}

// deliveries gives all deliveries, the first made first.
func (s *site) deliveries() (list []store.Delivery) {
	s.t.Helper()
	for d, err := range s.store.Deliveries(s.t.Context(), store.Filter{}) {
		if err != nil {
			s.t.Fatal(err)
		}
		list = append(list, d)
	}
	return list
}

// wait waits until the deliveries are in these states.
func (s *site) wait(states ...store.State) []store.Delivery {
	s.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		list := s.deliveries()
		now := make([]store.State, len(list))
		for i, d := range list {
			now[i] = d.State
		}
		if fmt.Sprint(now) == fmt.Sprint(states) {
			return list
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("deliveries are %v, not %v\n%s", now, states, s.log.String())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// outcomes are the codes of AuditEvent.outcome.
var outcomes = map[string]audit.Outcome{"0": audit.Success, "4": audit.Minor, "8": audit.Serious}

// audited lists the events of the audit: kind and outcome.
func (s *site) audited() (list []string) {
	s.t.Helper()
	for row, err := range s.store.Audits(s.t.Context(), "") {
		if err != nil {
			s.t.Fatal(err)
		}
		var event struct {
			Outcome string
			Subtype []struct{ System, Code string }
		}
		if err := json.Unmarshal([]byte(row.Body), &event); err != nil {
			s.t.Fatal(err)
		}
		for _, c := range event.Subtype {
			if strings.HasSuffix(c.System, "/CodeSystem/audit-event") {
				list = append(list, c.Code+" "+string(outcomes[event.Outcome]))
			}
		}
	}
	return list
}

// jobs counts the jobs of River that are not finished.
func (s *site) jobs() (n int) {
	s.t.Helper()
	const query = "SELECT count(*) FROM river_job WHERE kind = 'deliver' AND state <> 'completed'"
	var err error
	if pool := s.store.Postgres(); pool != nil {
		err = pool.QueryRow(s.t.Context(), query).Scan(&n)
	} else {
		err = s.store.SQLite().QueryRowContext(s.t.Context(), query).Scan(&n)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}
