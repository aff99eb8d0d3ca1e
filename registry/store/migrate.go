package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations
var migrations embed.FS

// migrationLock is the advisory lock that nodes of one database wait at.
const migrationLock = 0x70696a6e // "pijn"

// Migrate brings the tables, and those of the queue, up to date. Nodes that start at the
// same time wait for each other.
func (s *Store) Migrate(ctx context.Context) error {
	if s.pool != nil {
		conn, err := s.pool.Acquire(ctx)
		if err != nil {
			return fmt.Errorf("store: migrate: %w", err)
		}
		defer conn.Release()
		if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, migrationLock); err != nil {
			return fmt.Errorf("store: migrate: %w", err)
		}
		defer func() {
			_, _ = conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, migrationLock)
		}()
	}
	provider, err := s.migrations()
	if err == nil {
		_, err = provider.Up(ctx)
	}
	if err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	if err := s.migrateQueue(ctx); err != nil {
		return fmt.Errorf("store: migrate the queue: %w", err)
	}
	return s.checkKeys(ctx)
}

func (s *Store) migrations() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+s.dialect.name)
	if err != nil {
		return nil, err
	}
	dialects := map[dialect]goose.Dialect{sqlite: goose.DialectSQLite3, postgres: goose.DialectPostgres}
	return goose.NewProvider(dialects[s.dialect], s.write, files, goose.WithDisableGlobalRegistry(true))
}

func (s *Store) migrateQueue(ctx context.Context) error {
	if s.pool != nil {
		m, err := rivermigrate.New(riverpgxv5.New(s.pool), nil)
		if err == nil {
			_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
		}
		return err
	}
	m, err := rivermigrate.New(riversqlite.New(s.write), nil)
	if err == nil {
		_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	}
	return err
}

// Ready reports why the database cannot be used now, if so: not reachable, not writable,
// or tables that are not up to date.
func (s *Store) Ready(ctx context.Context) error {
	provider, err := s.migrations()
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	pending, err := provider.HasPending(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("store: %w", err)
	case pending:
		return errors.New("store: the tables are not up to date")
	}
	return s.Update(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.db.ExecContext(ctx, `UPDATE audit_chain SET id = 1 WHERE id = 1 AND last_seq < 0`) // changes nothing, but takes the right to write
		return err
	})
}

// checkKeys compares the keys with those the database was made with, which it remembers
// on first use, by a hash that tells nothing about them.
func (s *Store) checkKeys(ctx context.Context) error {
	return s.Update(ctx, func(ctx context.Context, tx *Tx) error {
		var known string
		err := tx.db.QueryRowContext(ctx, `SELECT value FROM installation WHERE name = 'keys'`).Scan(&known)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			_, err = tx.db.ExecContext(ctx, `INSERT INTO installation (name, value) VALUES ('keys', $1)`, tx.keys.fingerprint())
			return err
		case err != nil:
			return err
		case known != tx.keys.fingerprint():
			return ErrKeys
		}
		return nil
	})
}
