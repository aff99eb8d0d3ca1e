package delivery

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/trace"

	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/delivery/retry"
	"github.com/pijnpoort/pijnpoort/registry/delivery/target"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Recipient is a registry with what it gets.
type Recipient struct {
	Target     *target.Target
	Normaliser *normalise.Normaliser
	// Workers is how many deliveries are made at once on this node; default 8, which is more
	// than a registry on a machine like ours takes at once.
	Workers int

	turns chan struct{} // one in it for each that is being made
	room  atomic.Int64  // bytes that it takes at once, as it taught us; 0 is not known
	tried sync.Map      // by id of an open delivery: the room that is being tried for it
}

// roomFor is the room to begin with for a delivery: where an earlier attempt came to.
func (r *Recipient) roomFor(delivery string) int {
	if tried, ok := r.tried.Load(delivery); ok {
		return tried.(int)
	}
	return int(r.room.Load())
}

// Options are what a Service needs.
type Options struct {
	Store      *store.Store
	Recipients []*Recipient
	// Audit keeps what leaves, and who had a hand in it; nil keeps nothing.
	Audit   *audit.Log
	Log     *slog.Logger // default: none
	Backoff retry.Backoff
	// Attempts after which a delivery is given up; default 50, which with the default
	// backoff takes two days. While the circuit to a registry is open none are made.
	Attempts int
	Lease    Lease
	Tracer   trace.Tracer // default: that of OpenTelemetry's global provider
}

// Lease bounds how long a worker has a delivery.
type Lease struct {
	// Work is the most that one attempt may take; default 20 seconds.
	Work time.Duration
	// Rescue is when a delivery whose worker is gone may go to another; default 5
	// seconds more than Work. It is looked for every 30 seconds.
	Rescue time.Duration
}

// Service delivers. It is safe for concurrent use.
type Service struct {
	options    Options
	recipients map[string]*Recipient
	queue      queue
	metrics    *metrics
	underWay   atomic.Int64 // attempts that are not settled yet
}

// nameForm is what a target may be called: it names a queue too.
var nameForm = regexp.MustCompile(`^[a-z0-9]+(?:[-_][a-z0-9]+)*$`)

// New makes a Service. Until Start it only queues.
func New(options Options) (*Service, error) {
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	if options.Attempts <= 0 {
		options.Attempts = 50
	}
	if options.Lease.Work <= 0 {
		options.Lease.Work = 20 * time.Second
	}
	if options.Lease.Rescue <= 0 {
		options.Lease.Rescue = options.Lease.Work + 5*time.Second
	}
	if options.Lease.Rescue <= options.Lease.Work+turnWait {
		return nil, errors.New("a delivery cannot be rescued while it may still be worked on")
	}
	if options.Tracer == nil {
		options.Tracer = tracer()
	}
	s := &Service{options: options, recipients: map[string]*Recipient{}, metrics: newMetrics()}
	for _, r := range options.Recipients {
		name := r.Target.Name()
		switch {
		case !nameForm.MatchString(name) || len(name) > 48:
			return nil, fmt.Errorf("target %q: its name must be of small letters, digits and dashes", name)
		case s.recipients[name] != nil:
			return nil, fmt.Errorf("target %q: there are two of that name", name)
		case options.Lease.Work < r.Target.Timeout()+time.Second:
			return nil, fmt.Errorf("target %q: its timeout of %s is too long for a lease of %s", name, r.Target.Timeout(), options.Lease.Work)
		}
		r.turns = make(chan struct{}, cmp.Or(max(r.Workers, 0), standardWorkers))
		s.recipients[name] = r
	}
	var err error
	if s.queue, err = newQueue(s); err != nil {
		return nil, fmt.Errorf("delivery: %w", err)
	}
	return s, nil
}

// Start delivers until ctx ends or Stop is called. Before that it queues a job for every
// open delivery that has none, as after a restore.
func (s *Service) Start(ctx context.Context) error {
	if err := s.sweep(ctx, store.StateQueued, store.StateSending, store.StateRetryWait, store.StateUnknown); err != nil {
		return fmt.Errorf("delivery: %w", err)
	}
	if err := s.queue.start(ctx); err != nil {
		return fmt.Errorf("delivery: %w", err)
	}
	return nil
}

// Stop lets running deliveries finish, until ctx ends: then they are broken off, and
// resume elsewhere or after the next start.
func (s *Service) Stop(ctx context.Context) error {
	if err := s.queue.stop(ctx); err != nil {
		return fmt.Errorf("delivery: stop: %w", err)
	}
	for _, r := range s.recipients {
		r.Target.Close()
	}
	return nil
}
