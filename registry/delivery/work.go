package delivery

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river"

	"github.com/pijnpoort/pijnpoort/registry/delivery/answer"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// deliverWorker works on deliveries.
type deliverWorker struct {
	river.WorkerDefaults[deliverArgs]
	service *Service
}

// Work makes one attempt.
func (w *deliverWorker) Work(ctx context.Context, j *river.Job[deliverArgs]) error {
	s := w.service
	recipient := s.recipients[targetOf(j.Queue)]
	if recipient == nil { // taken out of the settings while the job was there
		return river.JobSnooze(sweepEvery)
	}
	leave := recipient.turn(ctx)
	if leave == nil {
		return river.JobSnooze(later(turnWait))
	}
	defer leave()
	switch wait, _, err := recipient.Target.Admit(ctx); {
	case err != nil:
		return err
	case wait > 0:
		return river.JobSnooze(later(wait))
	}
	s.underWay.Add(1)
	defer s.underWay.Add(-1)
	return s.attempt(ctx, j, leave)
}

// later is some time after a wait: those that come together do not come back together.
func later(wait time.Duration) time.Duration { return wait + rand.N(wait/4+time.Second) }

// attempt makes one attempt, which the target has leave for; sent is called when nothing
// more is sent in it.
func (s *Service) attempt(ctx context.Context, j *river.Job[deliverArgs], sent func()) error {
	a, err := s.take(ctx, j)
	switch {
	case errors.Is(err, store.ErrFinished), errors.Is(err, store.ErrNotFound):
		return nil
	case errors.Is(err, store.ErrBusy):
		return river.JobSnooze(busyWait)
	case err != nil:
		return err
	}
	if a.all != nil {
		s.metrics.suppressed.WithLabelValues(a.Target).Add(float64(len(a.all.Entries) - a.told))
	}
	if a.settled {
		s.log(ctx, a, a.Reason)
		return nil
	}
	crashAt("after_claim")
	ctx, end := s.trace(ctx, a)
	defer end()
	if !time.Now().Before(a.deadline) { // stopped for so long that another may have it by now
		return river.JobSnooze(0)
	}
	out := s.send(ctx, a)
	sent()
	crashAt("after_send")
	return s.settle(ctx, a, out)
}

// settleTime is for settling what was sent, also when we were asked to stop meanwhile.
const settleTime = 10 * time.Second

// settle notes what came of an attempt.
func (s *Service) settle(ctx context.Context, a *attempt, out result) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	next := s.settlement(a, out)
	if out.Class == answer.Delivered && a.withdraws() {
		out.forget(a)
	}
	err := s.options.Store.Join(ctx, s.patience(), func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Settle(ctx, a.ID, a.Fence, next); err != nil {
			return err
		}
		if err := out.record(ctx, tx, a); err != nil {
			return err
		}
		if !next.State.Open() {
			if err := s.queue.complete(ctx, tx, a.job); err != nil {
				return err
			}
		}
		if err := s.disclosed(ctx, tx, a, out, next); err != nil {
			return err
		}
		crashAt("before_commit")
		return nil
	})
	if errors.Is(err, store.ErrFenced) {
		return s.lost(ctx, a, out)
	}
	if err != nil {
		return err
	}
	crashAt("after_commit")
	if !next.State.Open() {
		a.recipient.tried.Delete(a.ID)
	}
	a.State = next.State
	s.log(ctx, a, next.Reason)
	if next.State.Open() {
		return river.JobSnooze(max(time.Until(next.Due), 0))
	}
	return nil
}

// settlement is the state that follows from an answer.
func (s *Service) settlement(a *attempt, out result) store.Settlement {
	next := store.Settlement{Reason: out.Reason, Bundle: out.bundle}
	wait := out.Wait
	if wait < 0 {
		wait = s.options.Backoff.After(a.Attempts, nil)
	}
	next.Due = time.Now().Add(wait)
	next.State = map[answer.Class]store.State{
		answer.Delivered: store.StateDelivered, answer.Retry: store.StateRetryWait, answer.Unknown: store.StateUnknown,
		answer.Refused: store.StateRetryWait, answer.Permanent: store.StateDead, answer.Split: store.StateDead,
	}[out.Class]
	if next.State.Open() && a.Attempts >= s.options.Attempts {
		next.State, next.Reason = store.StateDead, "given up after too many attempts; the last: "+out.Reason
	}
	if !next.State.Open() {
		next.Due = time.Time{}
	}
	return next
}

// lost is for a worker that finds that another has its delivery. What it sent can have
// come after what the other sent, so what the target has is made sure of.
func (s *Service) lost(ctx context.Context, a *attempt, out result) error {
	s.metrics.fenced.WithLabelValues(a.Target).Inc()
	s.options.Log.WarnContext(ctx, "delivery: another worker has taken it over", "delivery", a.ID, "target", a.Target, "attempt", a.Attempts)
	if out.bundle == "" {
		return nil
	}
	return s.options.Store.Update(ctx, func(ctx context.Context, tx *store.Tx) error {
		return s.queue.insert(ctx, tx, job{args: mendArgs{Target: a.Target, Patient: a.Patient}, queue: maintenanceQueue()})
	})
}

// log tells the outcome of an attempt: names, states and reasons, nothing of the patient.
func (s *Service) log(ctx context.Context, a *attempt, reason string) {
	level := s.options.Log.InfoContext
	if a.State == store.StateDead {
		level = s.options.Log.ErrorContext
	}
	level(ctx, "delivery: "+string(a.State), "delivery", a.ID, "target", a.Target, "attempt", a.Attempts, "reason", reason)
}
