package audit

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Access is that somebody asked something of a patient, and was answered or refused.
type Access struct {
	// Event is what happened; Patient follows from Subject, unless that is empty.
	Event
	// Subject is whose data it is; the zero value when that did not become known.
	Subject []registration.Identifier
	// Calls are how many calls it stands for; 0 is one.
	Calls int
}

// ErrBusy says that an access could not be taken, since the log cannot be written or as fast
// as is asked: who asks must not be answered.
var ErrBusy = errors.New("audit: the log cannot be written now")

// RecorderOptions say where a Recorder writes.
type RecorderOptions struct {
	Log   *Log
	Store *store.Store
	// Tenant is whose patients they are.
	Tenant string
	// Logger is told when the log cannot be written.
	Logger *slog.Logger
	// Every is how long an access waits for others to be written with; default 100 ms.
	Every time.Duration
	// Together is how many wait no longer; default 500.
	Together int
	// Waiting is how many can wait while the database is away; default 10000.
	Waiting int
	// Patience is how long a caller waits when all places are taken; default 5 s.
	Patience time.Duration
	// Gather is how long refused calls about nobody are counted into one; default a minute.
	Gather time.Duration
}

func (o *RecorderOptions) defaults() {
	for value, standard := range map[*time.Duration]time.Duration{&o.Every: 100 * time.Millisecond, &o.Patience: 5 * time.Second, &o.Gather: time.Minute} {
		if *value <= 0 {
			*value = standard
		}
	}
	for value, standard := range map[*int]int{&o.Together: 500, &o.Waiting: 10_000} {
		if *value <= 0 {
			*value = standard
		}
	}
}

// Recorder logs accesses, many in one transaction, so that who asks does not wait for the
// disk. None is lost while the process lives: when the log cannot be written those that are
// to be written wait, and when there are too many callers do, and are refused in the end.
// A process that is killed loses what it took in the last Every.
//
// Refused calls of which it did not become known whom they are about, such as those of
// callers who are not known, are counted: one event for each caller, service and outcome in
// every Gather, lest anybody fill the log.
type Recorder struct {
	RecorderOptions
	queue   chan Access
	refused *tally
	taking  sync.RWMutex  // held to read by who puts into the queue
	closing chan struct{} // closed: nothing is taken any more
	end     chan struct{} // closed: all that was taken is in the queue
	stop    context.CancelCauseFunc
	done    chan struct{} // closed: all is written, or cannot be
	lost    error
}

// NewRecorder starts to log until Close.
func NewRecorder(options RecorderOptions) *Recorder {
	options.defaults()
	r := &Recorder{RecorderOptions: options, queue: make(chan Access, options.Waiting), refused: newTally(),
		closing: make(chan struct{}), end: make(chan struct{}), done: make(chan struct{})}
	ctx, stop := context.WithCancelCause(context.Background())
	r.stop = stop
	go r.run(ctx)
	return r
}

// Record takes an access, and as a rule does not wait. The error is ErrBusy, or that of ctx.
func (r *Recorder) Record(ctx context.Context, a Access) error {
	if a.At.IsZero() {
		a.At = time.Now()
	}
	r.taking.RLock()
	defer r.taking.RUnlock()
	select {
	case <-r.closing:
		return ErrBusy
	default:
	}
	if r.refused.take(a) {
		return nil
	}
	select {
	case r.queue <- a:
		return nil
	default:
	}
	patience := time.NewTimer(r.Patience)
	defer patience.Stop()
	select {
	case r.queue <- a:
		return nil
	case <-patience.C:
		return ErrBusy
	case <-r.closing:
		return ErrBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close writes what was taken, until ctx ends; the error says how many could not be. It is
// called once.
func (r *Recorder) Close(ctx context.Context) error {
	close(r.closing)
	r.taking.Lock() // until nobody is in the middle of it
	close(r.end)
	r.taking.Unlock()
	select {
	case <-r.done:
	case <-ctx.Done():
		r.stop(context.Cause(ctx))
		<-r.done
	}
	return r.lost
}

// run writes until closing, and then what is left.
func (r *Recorder) run(ctx context.Context) {
	defer close(r.done)
	defer r.stop(nil)
	var batch []Access
	every, gather := time.NewTicker(r.Every), time.NewTicker(r.Gather)
	defer every.Stop()
	defer gather.Stop()
	for open := true; open; {
		full := false
		select {
		case a := <-r.queue:
			batch = append(batch, a)
			full = len(batch) >= r.Together
		case <-gather.C:
			batch = r.refused.drain(batch)
		case <-every.C:
			full = true
		case <-r.end:
			open = false
			for range len(r.queue) {
				batch = append(batch, <-r.queue)
			}
			batch, full = r.refused.drain(batch), true
		}
		if !full || len(batch) == 0 {
			continue
		}
		if err := r.write(ctx, batch); err != nil {
			r.lost = errors.Join(errors.New("audit: "+strconv.Itoa(len(batch)+len(r.queue))+" events could not be written"), err)
			return
		}
		clear(batch) // identifiers go as soon as they have served
		batch = batch[:0]
	}
}

// The pauses between attempts to write.
const (
	firstPause   = 50 * time.Millisecond
	longestPause = 2 * time.Second
)

// write writes a batch, again and again until it succeeds or ctx ends.
func (r *Recorder) write(ctx context.Context, batch []Access) error {
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		err := r.Store.Update(ctx, func(ctx context.Context, tx *store.Tx) error { return r.append(ctx, tx, batch) })
		if err == nil {
			return nil
		}
		r.Logger.Error("the audit log cannot be written; what is to be written waits", "waiting", len(batch)+len(r.queue), "error", err)
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

// append appends a batch in a transaction.
func (r *Recorder) append(ctx context.Context, tx *store.Tx, batch []Access) error {
	subjects := make([][]registration.Identifier, len(batch))
	for i, a := range batch {
		subjects[i] = a.Subject
	}
	ids, err := tx.Subjects(ctx, r.Tenant, subjects)
	if err != nil {
		return err
	}
	rows := make([]store.Audit, 0, len(batch))
	for i, a := range batch {
		event := a.Event
		event.Patient = cmp.Or(ids[i], event.Patient)
		if a.Calls > 1 {
			event.Objects = withDetail(event.Objects, Detail{"calls", strconv.Itoa(a.Calls)})
		}
		row, err := r.Log.row(event, tx.Now())
		if err != nil { // one that cannot be told must not keep the others
			r.Logger.Error("an access cannot be told in the audit log", "kind", event.Kind, "error", err)
			continue
		}
		rows = append(rows, row)
	}
	_, err = tx.AddAudits(ctx, rows, link)
	return err
}

// withDetail adds a detail to the first object, leaving those given as they are.
func withDetail(objects []Object, d Detail) []Object {
	list := append([]Object{}, objects...)
	if len(list) > 0 {
		list[0].Details = append(append([]Detail{}, list[0].Details...), d)
	}
	return list
}
