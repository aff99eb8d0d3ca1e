package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Tx is a transaction that writes. Exactly one of SQLite and Postgres is set: give it to
// the queue, to insert or complete a job in the same transaction.
type Tx struct {
	Reader
	SQLite   *sql.Tx
	Postgres pgx.Tx
	// Sending is the id of the receipt while the hooks of Save run, and Trace the
	// traceparent that it came with.
	Sending, Trace string
	now            time.Time
}

// Now is when the transaction began, in UTC.
func (tx *Tx) Now() time.Time { return tx.now }

// attempts is how often a transaction is begun that others are in the way of.
const attempts = 5

// Update runs work in a transaction that is committed when work returns nil. On PostgreSQL
// work may run again after a conflict with another transaction, so it must have no effect
// beyond the transaction.
func (s *Store) Update(ctx context.Context, work func(ctx context.Context, tx *Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := s.once(ctx, work)
		if err == nil || attempt == attempts || !again(err) {
			return err
		}
	}
}

// once is one attempt of Update.
func (s *Store) once(ctx context.Context, work func(ctx context.Context, tx *Tx) error) error {
	tx := s.begun()
	if s.pool == nil {
		var err error
		if tx.SQLite, err = s.write.BeginTx(ctx, nil); err != nil {
			return fmt.Errorf("store: begin: %w", err)
		}
		tx.db = tx.SQLite
		return finish(work(ctx, tx), tx.SQLite.Commit, tx.SQLite.Rollback)
	}
	conn, transaction, err := begin(ctx, s.write)
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	tx.db, tx.Postgres = conn, transaction
	done := false
	defer func() { // a panic in work must not put the open transaction back into the pool
		if !done {
			_ = transaction.Rollback(context.WithoutCancel(ctx))
		}
		_ = conn.Close()
	}()
	err = finish(work(ctx, tx),
		func() error { return transaction.Commit(ctx) },
		func() error { return transaction.Rollback(context.WithoutCancel(ctx)) })
	done = true
	return err
}

// finish commits, or rolls back for an error.
func finish(err error, commit, rollback func() error) error {
	if err != nil {
		if failed := rollback(); failed != nil && !errors.Is(failed, sql.ErrTxDone) && !errors.Is(failed, pgx.ErrTxClosed) {
			return errors.Join(err, fmt.Errorf("store: roll back: %w", failed))
		}
		return err
	}
	if err := commit(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	return nil
}

// View runs work on one state of the database, which later writes do not change.
func (s *Store) View(ctx context.Context, work func(r *Reader) error) error {
	db := s.db.(*sql.DB)
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: s.dialect.snapshot()})
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	return work(&Reader{db: tx, dialect: s.dialect, keys: s.keys})
}

// snapshot is the isolation in which a transaction sees one state; SQLite has no other.
func (d dialect) snapshot() sql.IsolationLevel {
	if d == postgres {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}

// lock makes transactions that lock the same names wait for each other, in an order in
// which no two wait for each other for ever. SQLite has one writer anyway.
func (tx *Tx) lock(ctx context.Context, names []string) error {
	if tx.dialect != postgres {
		return nil
	}
	keys := make([]int64, len(names))
	for i, name := range names {
		sum := fnv.New64a()
		_, _ = sum.Write([]byte(name))
		keys[i] = int64(sum.Sum64())
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	list := make([]string, len(keys))
	for i, key := range keys {
		list[i] = strconv.FormatInt(key, 10)
	}
	_, err := tx.db.ExecContext(ctx, `SELECT pg_advisory_xact_lock(key) FROM (SELECT key FROM unnest($1::bigint[]) AS key ORDER BY key) AS keys`,
		"{"+strings.Join(list, ",")+"}")
	return err
}
