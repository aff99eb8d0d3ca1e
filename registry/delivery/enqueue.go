package delivery

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Changed is the hook for saving: it queues deliveries to all targets, in the
// transaction that changes the registration. What did not change is not queued.
func (s *Service) Changed(ctx context.Context, tx *store.Tx, changes []store.Change) error {
	for _, c := range changes {
		if c.Any() || c.MergedInto != "" {
			if err := s.Enqueue(ctx, tx, c.Patient); err != nil {
				return err
			}
		}
	}
	return nil
}

// Objected is the hook for objections and for taking them back: it queues deliveries of
// all patients concerned, changed or not, so that what was sent is withdrawn or returns.
func (s *Service) Objected(ctx context.Context, tx *store.Tx, changes []store.Change) error {
	for _, c := range changes {
		if err := s.Enqueue(ctx, tx, c.Patient); err != nil {
			return err
		}
	}
	return nil
}

// Enqueue queues a delivery of a patient to every target, in a transaction. Where one is
// queued already that one does.
func (s *Service) Enqueue(ctx context.Context, tx *store.Tx, patient string) error {
	var jobs []job
	for _, r := range s.options.Recipients {
		d, created, err := s.enqueue(ctx, tx, r, patient)
		if err != nil {
			return err
		}
		if created {
			jobs = append(jobs, jobOf(d))
		}
	}
	return s.queue.insert(ctx, tx, jobs...)
}

// enqueue queues a delivery of a patient to one target, without its job; created is false
// where one is queued already.
func (s *Service) enqueue(ctx context.Context, tx *store.Tx, r *Recipient, patient string) (d store.Delivery, created bool, err error) {
	name := r.Target.Name()
	due := tx.Now()
	if r.Target.Delay() > 0 {
		known, err := tx.Ledger(ctx, name, patient)
		if err != nil {
			return d, false, err
		}
		if len(known) == 0 {
			due = due.Add(r.Target.Delay())
		}
	}
	if d, created, err = tx.Queue(ctx, name, patient, due, traceparent(ctx)); err != nil {
		return d, false, fmt.Errorf("queue a delivery: %w", err)
	}
	return d, created, nil
}

func jobOf(d store.Delivery) job {
	return job{args: deliverArgs{Delivery: d.ID}, queue: queueOf(d.Target), due: d.Due}
}

// sweepSize is how many jobs are inserted in one transaction.
const sweepSize = 500

// sweep queues a job for deliveries in these states that have none. A job that is there
// is left alone. It looks target by target, as the index of states does.
func (s *Service) sweep(ctx context.Context, states ...store.State) error {
	var jobs []job
	flush := func() error {
		list := jobs
		jobs = nil
		return s.options.Store.Update(ctx, func(ctx context.Context, tx *store.Tx) error { return s.queue.insert(ctx, tx, list...) })
	}
	for target := range s.recipients {
		for d, err := range s.options.Store.Deliveries(ctx, store.Filter{Target: target, States: states}) {
			if err != nil {
				return err
			}
			if jobs = append(jobs, jobOf(d)); len(jobs) == sweepSize {
				if err := flush(); err != nil {
					return err
				}
			}
		}
	}
	return flush()
}

// sweepWorker sweeps from time to time, on one node. What is queued keeps its job; those
// that were taken can have lost it with their worker.
type sweepWorker struct {
	river.WorkerDefaults[sweepArgs]
	service *Service
}

// Work sweeps.
func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[sweepArgs]) error {
	return w.service.sweep(ctx, store.StateSending, store.StateRetryWait, store.StateUnknown)
}

// mendWorker has everything sent again that the target may have in an old form.
type mendWorker struct {
	river.WorkerDefaults[mendArgs]
	service *Service
}

// busyWait is how long to wait for an earlier delivery of the same patient.
const busyWait = 2 * time.Second

// Work waits until nothing is under way for the patient, notes that it is not sure what
// the target has, and queues a delivery.
func (w *mendWorker) Work(ctx context.Context, j *river.Job[mendArgs]) error {
	busy := false
	err := w.service.options.Store.Update(ctx, func(ctx context.Context, tx *store.Tx) error {
		busy = false
		filter := store.Filter{Target: j.Args.Target, Patient: j.Args.Patient, States: []store.State{store.StateSending}}
		for _, err := range tx.Deliveries(ctx, filter) {
			busy = true
			return err
		}
		known, err := tx.Ledger(ctx, j.Args.Target, j.Args.Patient)
		if err != nil {
			return err
		}
		for i := range known {
			known[i].Hash = ""
		}
		if err := tx.Record(ctx, known); err != nil {
			return err
		}
		d, created, err := tx.Queue(ctx, j.Args.Target, j.Args.Patient, tx.Now(), "")
		if err != nil || !created {
			return err
		}
		return w.service.queue.insert(ctx, tx, jobOf(d))
	})
	if err == nil && busy {
		return river.JobSnooze(busyWait)
	}
	return err
}
