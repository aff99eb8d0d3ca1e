package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Store is the database. It is safe for concurrent use.
type Store struct {
	Reader             // outside any transaction
	write    *sql.DB   // on SQLite the one connection that writes
	together *together // those who share its transactions; nil on PostgreSQL
	pool     *pgxpool.Pool
	now      func() time.Time
}

// Reader reads: from a Store what is committed, from a Tx what the transaction sees.
type Reader struct {
	db      querier
	dialect dialect
	keys    *Keys
}

// querier is what *sql.DB, *sql.Conn and *sql.Tx share.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// dialect is what differs between the databases in single statements.
type dialect struct {
	name      string
	forUpdate string // at the end of a SELECT: others wait until the transaction ends
}

var (
	sqlite   = dialect{name: "sqlite"}
	postgres = dialect{name: "postgres", forUpdate: " FOR UPDATE"}
)

// The forms of a database's URL.
const (
	sqlitePrefix    = "sqlite:"
	postgresPrefix  = "postgres://"
	postgresPrefix2 = "postgresql://"
)

// Open opens a database: "sqlite:" and the path of a file, which is made when it is not
// there, or "postgres://...". Tables are up to Migrate. Errors do not hold the URL, which
// may hold a password.
func Open(ctx context.Context, url string, keys *Keys) (*Store, error) {
	if keys == nil {
		return nil, errors.New("store: keys are needed")
	}
	var s *Store
	var err error
	switch {
	case strings.HasPrefix(url, sqlitePrefix):
		s, err = openSQLite(ctx, strings.TrimPrefix(url, sqlitePrefix))
	case strings.HasPrefix(url, postgresPrefix), strings.HasPrefix(url, postgresPrefix2):
		s, err = openPostgres(ctx, url)
	default:
		return nil, errors.New("store: the database must be sqlite:PATH or a postgres:// URL")
	}
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", kind(url), err)
	}
	s.keys, s.now = keys, time.Now
	return s, nil
}

// kind is what may be said of a URL.
func kind(url string) string {
	name, _, _ := strings.Cut(url, ":")
	return name
}

// Dialect is "sqlite" or "postgres".
func (r *Reader) Dialect() string { return r.dialect.name }

// SQLite is the one connection that writes, for the driver of a queue; nil on PostgreSQL.
// Inside Update it is taken: to use it there would wait for ever.
func (s *Store) SQLite() *sql.DB {
	if s.pool != nil {
		return nil
	}
	return s.write
}

// Postgres is the pool, for the driver of a queue; nil on SQLite.
func (s *Store) Postgres() *pgxpool.Pool { return s.pool }

// Close lets go of the database.
func (s *Store) Close() error {
	var err error
	if read, ok := s.db.(*sql.DB); ok && read != s.write {
		err = read.Close()
	}
	err = errors.Join(err, s.write.Close())
	if s.pool != nil {
		s.pool.Close()
	}
	return err
}
