package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// fewest connections are needed at once: migrating holds one to make other nodes wait, and
// works with others.
const fewest = 4

// openPostgres opens a pool, and over the same pool a *sql.DB.
func openPostgres(ctx context.Context, url string) (*Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("the URL cannot be read") // the error would quote it
	}
	config.ConnConfig.RuntimeParams["timezone"] = "UTC"
	if config.ConnConfig.RuntimeParams["application_name"] == "" {
		config.ConnConfig.RuntimeParams["application_name"] = "pijnpoort"
	}
	config.MaxConns = max(config.MaxConns, fewest)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, withoutURL(err)
	}
	db := stdlib.OpenDBFromPool(pool)
	return &Store{Reader: Reader{db: db, dialect: postgres}, write: db, pool: pool}, nil
}

// withoutURL keeps of an error of connecting what the server or the network said.
func withoutURL(err error) error {
	var refused *pgconn.PgError
	var network interface{ Timeout() bool }
	switch {
	case errors.As(err, &refused):
		return refused
	case errors.As(err, &network):
		return errors.New("the server cannot be reached")
	}
	return errors.New("connecting failed")
}

// begin starts a transaction that both pgx and database/sql see: statements of either go
// over the one connection.
func begin(ctx context.Context, db *sql.DB) (*sql.Conn, pgx.Tx, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	var tx pgx.Tx
	err = conn.Raw(func(driver any) error {
		tx, err = driver.(*stdlib.Conn).Conn().Begin(ctx)
		return err
	})
	if err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	return conn, tx, nil
}

// again reports whether a transaction failed only because another was in its way.
func again(err error) bool {
	var fault *pgconn.PgError
	return errors.As(err, &fault) && (fault.Code == "40001" || fault.Code == "40P01") // serialization failure, deadlock
}
