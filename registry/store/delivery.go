package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
)

// State is how far a delivery is.
type State string

// The states of a delivery.
const (
	StateQueued     State = "queued"     // to be sent, not before Due
	StateSending    State = "sending"    // a worker has it
	StateRetryWait  State = "retry-wait" // to be sent again
	StateUnknown    State = "unknown"    // the answer was lost: to be sent again
	StateDelivered  State = "delivered"
	StateDead       State = "dead"       // given up; see Reason
	StateCancelled  State = "cancelled"  // by somebody
	StateSuppressed State = "suppressed" // nothing to tell: unchanged, or the patient objects
	StateSuperseded State = "superseded" // a later one tells more
)

// open are the states in which something is still to happen.
var open = []State{StateQueued, StateSending, StateRetryWait, StateUnknown}

// Open reports whether something is still to happen.
func (s State) Open() bool { return slices.Contains(open, s) }

// States are all states, those that are open first.
func States() []State {
	return append(slices.Clone(open), StateDelivered, StateDead, StateCancelled, StateSuppressed, StateSuperseded)
}

// Delivery is telling a target what is registered of a patient, or a report of the centre:
// then Patient is the id of that (IsReport).
type Delivery struct {
	ID, Target, Patient string
	State               State
	Reason              string // why it is dead, waits or was suppressed; no data of the patient
	Attempts            int
	// Fence is that of the last claim: who has a lower one has lost the delivery.
	Fence  int64
	Bundle string // id of the Bundle that was sent last
	// Due is before when it is not sent. Sent is the last attempt, Finished the end.
	Created, Due, Sent, Finished time.Time
	Trace                        string // W3C traceparent
}

const deliveryColumns = `id, target, patient, state, reason, attempts, fence, bundle, created_at, due_at, sent_at, finished_at, trace`

func (d *Delivery) columns() []any {
	return []any{&d.ID, &d.Target, &d.Patient, &d.State, &d.Reason, &d.Attempts, &d.Fence, &d.Bundle,
		stamp{&d.Created}, stamp{&d.Due}, stamp{&d.Sent}, stamp{&d.Finished}, &d.Trace}
}

// Delivery reads a delivery, or gives ErrNotFound.
func (r *Reader) Delivery(ctx context.Context, id string) (Delivery, error) {
	return r.delivery(ctx, `WHERE id = $1`, id)
}

func (r *Reader) delivery(ctx context.Context, where string, args ...any) (Delivery, error) {
	var d Delivery
	err := r.db.QueryRowContext(ctx, `SELECT `+deliveryColumns+` FROM delivery `+where, args...).Scan(d.columns()...)
	if errors.Is(err, sql.ErrNoRows) {
		return d, ErrNotFound
	}
	if err != nil {
		return d, fmt.Errorf("store: read a delivery: %w", err)
	}
	return d, nil
}

// whereQueued finds the delivery of a patient to a target that is queued. The state stands
// in the statement itself: so the index of those can be used, however many there are.
const whereQueued = `WHERE target = $1 AND patient = $2 AND state = '` + string(StateQueued) + `'`

// Queue asks for a delivery of a patient to a target, at due. While one is still queued it
// will tell all there is then, so that one is given, and created is false.
func (tx *Tx) Queue(ctx context.Context, target, patient string, due time.Time, trace string) (d Delivery, created bool, err error) {
	if err := tx.hold(ctx, patient); err != nil {
		return d, false, err
	}
	d, err = tx.delivery(ctx, whereQueued, target, patient)
	if !errors.Is(err, ErrNotFound) {
		return d, false, err
	}
	d = Delivery{ID: uuid.NewString(), Target: target, Patient: patient, State: StateQueued,
		Created: tx.now, Due: due.UTC().Truncate(time.Microsecond), Trace: trace}
	var place int64
	err = tx.db.QueryRowContext(ctx, `SELECT COALESCE(max(place), 0) + 1 FROM delivery WHERE target = $1 AND patient = $2`, target, patient).Scan(&place)
	if err != nil {
		return d, false, fmt.Errorf("store: queue a delivery: %w", err)
	}
	_, err = tx.db.ExecContext(ctx, `INSERT INTO delivery (place, `+deliveryColumns+`)
		VALUES ($1, $2, $3, $4, $5, '', 0, 0, '', $6, $7, NULL, NULL, $8)`, place, d.ID, target, patient, d.State, at(d.Created), at(d.Due), trace)
	if err != nil {
		return d, false, fmt.Errorf("store: queue a delivery: %w", err)
	}
	return d, true, nil
}

// hold makes transactions about one patient, or one report, wait for each other.
func (tx *Tx) hold(ctx context.Context, subject string) error {
	table := "patient"
	if IsReport(subject) {
		table = "report"
	}
	var id string
	err := tx.db.QueryRowContext(ctx, `SELECT id FROM `+table+` WHERE id = $1`+tx.dialect.forUpdate, subject).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// Claim takes a delivery for sending, and gives it a fence greater than any before for its
// target and patient. One that is being sent can be claimed too: its worker is gone, and
// what that one settles or records later is refused. ErrBusy: an earlier delivery of the
// patient to the target is still open. ErrFinished: nothing is left to do.
func (tx *Tx) Claim(ctx context.Context, id string) (Delivery, error) {
	d, err := tx.held(ctx, id)
	if err != nil {
		return d, err
	}
	if !d.State.Open() {
		return d, ErrFinished
	}
	var earlier int
	var fence int64
	err = tx.db.QueryRowContext(ctx, `SELECT count(CASE WHEN place < (SELECT place FROM delivery WHERE id = $1) AND state IN (`+quoted(open)+`) THEN 1 END),
		COALESCE(max(fence), 0) FROM delivery WHERE target = $2 AND patient = $3`, id, d.Target, d.Patient).Scan(&earlier, &fence)
	switch {
	case err != nil:
		return d, fmt.Errorf("store: claim a delivery: %w", err)
	case earlier > 0:
		return d, ErrBusy
	}
	d.State, d.Attempts, d.Fence, d.Sent = StateSending, d.Attempts+1, fence+1, tx.now
	_, err = tx.db.ExecContext(ctx, `UPDATE delivery SET state = $2, attempts = $3, fence = $4, sent_at = $5 WHERE id = $1`,
		id, d.State, d.Attempts, d.Fence, at(d.Sent))
	if err != nil {
		return d, fmt.Errorf("store: claim a delivery: %w", err)
	}
	return d, nil
}

// held reads a delivery, whose patient others then wait for.
func (tx *Tx) held(ctx context.Context, id string) (Delivery, error) {
	d, err := tx.Delivery(ctx, id)
	if err != nil || tx.dialect == sqlite { // which has one writer anyway
		return d, err
	}
	if err := tx.hold(ctx, d.Patient); err != nil {
		return d, err
	}
	return tx.Delivery(ctx, id) // as it is now that it is held
}

// Settlement is what came of an attempt.
type Settlement struct {
	State  State
	Reason string
	Bundle string
	Due    time.Time // of the next attempt, when there is to be one
}

// Settle notes what came of an attempt, by the worker that has the delivery: ErrFenced
// when another has claimed it since.
func (tx *Tx) Settle(ctx context.Context, id string, fence int64, s Settlement) error {
	var finished, due any
	if !s.State.Open() {
		finished = at(tx.now)
	}
	due = at(s.Due)
	n, err := affected(tx.db.ExecContext(ctx, `UPDATE delivery SET state = $3, reason = $4, bundle = $5, due_at = COALESCE($6, due_at), finished_at = $7
		WHERE id = $1 AND fence = $2 AND state = $8`, id, fence, s.State, s.Reason, s.Bundle, due, finished, StateSending))
	if err == nil && n == 0 {
		err = ErrFenced
	}
	return err
}

// Redrive queues anew what was given up, cancelled or suppressed. Where another is queued
// already, that one does, and ErrState says so.
func (tx *Tx) Redrive(ctx context.Context, id string) (Delivery, error) {
	d, err := tx.held(ctx, id)
	if err != nil {
		return d, err
	}
	if !slices.Contains([]State{StateDead, StateCancelled, StateSuppressed}, d.State) {
		return d, ErrState
	}
	_, err = tx.delivery(ctx, whereQueued, d.Target, d.Patient)
	if !errors.Is(err, ErrNotFound) {
		return d, errors.Join(err, ErrState)
	}
	_, err = tx.db.ExecContext(ctx, `UPDATE delivery SET state = $2, reason = '', due_at = $3, finished_at = NULL,
		place = (SELECT max(place) + 1 FROM delivery WHERE target = $4 AND patient = $5) WHERE id = $1`,
		id, StateQueued, at(tx.now), d.Target, d.Patient)
	if err != nil {
		return d, fmt.Errorf("store: queue a delivery anew: %w", err)
	}
	return tx.Delivery(ctx, id)
}

// Cancel ends a delivery that is open. Whoever is sending it cannot settle it any more.
func (tx *Tx) Cancel(ctx context.Context, id, reason string) (Delivery, error) {
	d, err := tx.held(ctx, id)
	if err != nil {
		return d, err
	}
	if !d.State.Open() {
		return d, ErrState
	}
	d.State, d.Reason, d.Finished = StateCancelled, reason, tx.now
	_, err = tx.db.ExecContext(ctx, `UPDATE delivery SET state = $2, reason = $3, finished_at = $4 WHERE id = $1`, id, d.State, reason, at(d.Finished))
	return d, err
}
