package store

import (
	"context"
	"fmt"
	"time"
)

// Erased counts the rows that are gone.
type Erased struct{ Items, Deliveries, Ledger, Tokens int64 }

// Erase removes all that is kept of a patient, whatever row he was merged from included.
// The audit log stays: it has its own term. While the ledger says that a registry holds
// his data it gives ErrDelivered, since what would withdraw it is gone afterwards; force
// erases all the same.
func (s *Store) Erase(ctx context.Context, id string, force bool, hooks ...Hook) (Erased, error) {
	var gone Erased
	err := s.Update(ctx, func(ctx context.Context, tx *Tx) error {
		var err error
		if gone, err = tx.erase(ctx, id, force); err != nil {
			return err
		}
		for _, hook := range hooks {
			if err := hook(ctx, tx, []Change{{Patient: id}}); err != nil {
				return err
			}
		}
		return nil
	})
	return gone, err
}

func (tx *Tx) erase(ctx context.Context, id string, force bool) (gone Erased, err error) {
	if IsReport(id) { // which is of nobody
		return gone, ErrNotFound
	}
	if err := tx.hold(ctx, id); err != nil {
		return gone, err
	}
	const his = `IN (SELECT id FROM patient WHERE id = $1 OR merged_into = $1)`
	var held int
	err = tx.db.QueryRowContext(ctx, `SELECT count(*) FROM ledger WHERE patient `+his, id).Scan(&held)
	if err != nil {
		return gone, fmt.Errorf("store: erase: %w", err)
	}
	if held > 0 && !force {
		return gone, ErrDelivered
	}
	for _, part := range []struct {
		table string
		count *int64
	}{{"item", &gone.Items}, {"delivery", &gone.Deliveries}, {"ledger", &gone.Ledger}, {"patient_token", &gone.Tokens}} {
		if *part.count, err = affected(tx.db.ExecContext(ctx, `DELETE FROM `+part.table+` WHERE patient `+his, id)); err != nil {
			return gone, err
		}
	}
	_, err = tx.db.ExecContext(ctx, `DELETE FROM patient WHERE id = $1 OR merged_into = $1`, id)
	return gone, err
}

// Retention is how long is kept what has served; zero is for ever.
type Retention struct {
	Sendings   time.Duration // receipts
	Deliveries time.Duration // finished ones; the last to each target of each patient stays
	Audit      time.Duration // from the start of the chain
	Cards      time.Duration // of decision hooks, and the feedback on them
}

// Removed counts the rows that are gone.
type Removed struct{ Sendings, Deliveries, Audit, Cards, Feedback int64 }

// Retain removes what has been kept long enough.
func (s *Store) Retain(ctx context.Context, keep Retention) (Removed, error) {
	var gone Removed
	err := s.Update(ctx, func(ctx context.Context, tx *Tx) error {
		for _, part := range []struct {
			keep      time.Duration
			statement string
			count     *int64
		}{
			{keep.Sendings, `DELETE FROM sending WHERE received_at < $1`, &gone.Sendings},
			{keep.Deliveries, `DELETE FROM delivery WHERE finished_at < $1 AND state NOT IN (` + quoted(open) + `)
				AND place < (SELECT max(place) FROM delivery d WHERE d.target = delivery.target AND d.patient = delivery.patient)`, &gone.Deliveries},
			{keep.Cards, `DELETE FROM feedback WHERE at < $1`, &gone.Feedback},
			{keep.Cards, `DELETE FROM card WHERE at < $1`, &gone.Cards},
		} {
			if part.keep <= 0 {
				continue
			}
			var err error
			if *part.count, err = affected(tx.db.ExecContext(ctx, part.statement, at(tx.now.Add(-part.keep)))); err != nil {
				return err
			}
		}
		if keep.Audit <= 0 {
			return nil
		}
		var err error
		gone.Audit, err = tx.cutAudit(ctx, tx.now.Add(-keep.Audit))
		return err
	})
	return gone, err
}
