package store

import (
	"context"
	"fmt"
	"time"
)

// Entry is what a target holds of one resource, as far as it told us.
type Entry struct {
	Target, Patient string
	Key             string // of the resource at the target: "Type|system|value"
	Hash            string // of what was sent
	Version         string // that the target gave it
	Location, ETag  string
	Fence           int64 // of the delivery that told it
	At              time.Time
}

// Record notes what a target has taken. ErrFenced when a later delivery has told since:
// then nothing may be kept of this transaction.
func (tx *Tx) Record(ctx context.Context, entries []Entry) error {
	for _, e := range entries {
		if e.At.IsZero() {
			e.At = tx.now
		}
		n, err := affected(tx.db.ExecContext(ctx, `INSERT INTO ledger (target, resource_key, patient, hash, version, location, etag, fence, delivered_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			ON CONFLICT (target, resource_key) DO UPDATE SET patient = excluded.patient, hash = excluded.hash, version = excluded.version,
			location = excluded.location, etag = excluded.etag, fence = excluded.fence, delivered_at = excluded.delivered_at
			WHERE ledger.patient <> excluded.patient OR ledger.fence <= excluded.fence`,
			e.Target, e.Key, e.Patient, e.Hash, e.Version, e.Location, e.ETag, e.Fence, at(e.At)))
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrFenced
		}
	}
	return nil
}

// Forget notes that a target holds resources no longer. ErrFenced as for Record.
func (tx *Tx) Forget(ctx context.Context, target string, keys []string, fence int64) error {
	for _, key := range keys {
		var later int
		err := tx.db.QueryRowContext(ctx, `SELECT count(*) FROM ledger WHERE target = $1 AND resource_key = $2 AND fence > $3`, target, key, fence).Scan(&later)
		if err != nil {
			return fmt.Errorf("store: forget: %w", err)
		}
		if later > 0 {
			return ErrFenced
		}
		if _, err := tx.db.ExecContext(ctx, `DELETE FROM ledger WHERE target = $1 AND resource_key = $2 AND fence <= $3`, target, key, fence); err != nil {
			return fmt.Errorf("store: forget: %w", err)
		}
	}
	return nil
}

// Ledger reads what a target holds of a patient, by key.
func (r *Reader) Ledger(ctx context.Context, target, patient string) ([]Entry, error) {
	var list []Entry
	query := `SELECT target, patient, resource_key, hash, version, location, etag, fence, delivered_at FROM ledger
		WHERE target = $1 AND patient = $2 ORDER BY resource_key`
	for e, err := range each(ctx, r.db, query, []any{target, patient}, func(e *Entry) []any {
		return []any{&e.Target, &e.Patient, &e.Key, &e.Hash, &e.Version, &e.Location, &e.ETag, &e.Fence, stamp{&e.At}}
	}) {
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}
