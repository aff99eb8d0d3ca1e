package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
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
	// Remnant is what is needed to withdraw it, whatever becomes of what it was made of;
	// pseudonyms and codes only. See normalise.Entry.
	Remnant string
}

// ledgerColumns are those of an Entry, in the order of columns and values.
const ledgerColumns = `target, resource_key, patient, hash, version, location, etag, fence, delivered_at, remnant`

func (e *Entry) columns() []any {
	return []any{&e.Target, &e.Key, &e.Patient, &e.Hash, &e.Version, &e.Location, &e.ETag, &e.Fence, stamp{&e.At}, &e.Remnant}
}

func (e *Entry) values(now time.Time) []any {
	when := e.At
	if when.IsZero() {
		when = now
	}
	return []any{e.Target, e.Key, e.Patient, e.Hash, e.Version, e.Location, e.ETag, e.Fence, at(when), e.Remnant}
}

// Record notes what a target has taken; of two entries of one resource the last counts.
// ErrFenced when a later delivery has told since: then nothing may be kept of this
// transaction.
func (tx *Tx) Record(ctx context.Context, entries []Entry) error {
	for batch := range slices.Chunk(lastOfEach(entries), atOnce) {
		var args []any
		for _, e := range batch {
			args = append(args, e.values(tx.now)...)
		}
		n, err := affected(tx.db.ExecContext(ctx, `INSERT INTO ledger (`+ledgerColumns+`) VALUES `+places(len(batch), len(args)/len(batch))+`
			ON CONFLICT (target, resource_key) DO UPDATE SET patient = excluded.patient, hash = excluded.hash, version = excluded.version,
			location = excluded.location, etag = excluded.etag, fence = excluded.fence, delivered_at = excluded.delivered_at,
			remnant = excluded.remnant
			WHERE ledger.patient <> excluded.patient OR ledger.fence <= excluded.fence`, args...))
		if err != nil {
			return err
		}
		if n < int64(len(batch)) {
			return ErrFenced
		}
	}
	return nil
}

// lastOfEach keeps of the entries of one resource the last: one statement writes no row twice.
func lastOfEach(entries []Entry) []Entry {
	type resource struct{ target, key string }
	seen := make(map[resource]int, len(entries))
	list := make([]Entry, 0, len(entries))
	for _, e := range entries {
		at, again := seen[resource{e.Target, e.Key}]
		if again {
			list[at] = e
			continue
		}
		seen[resource{e.Target, e.Key}] = len(list)
		list = append(list, e)
	}
	return list
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

// Ledger reads what a target holds of a patient, by key. It is chosen by patient alone: of
// the two SQLite would take the target, and go through all that it holds of anybody.
func (r *Reader) Ledger(ctx context.Context, target, patient string) ([]Entry, error) {
	var list []Entry
	query := `SELECT ` + ledgerColumns + ` FROM ledger WHERE patient = $1`
	for e, err := range each(ctx, r.db, query, []any{patient}, func(e *Entry) []any { return e.columns() }) {
		if err != nil {
			return nil, err
		}
		if e.Target == target {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b Entry) int { return cmp.Compare(a.Key, b.Key) })
	return list, nil
}
