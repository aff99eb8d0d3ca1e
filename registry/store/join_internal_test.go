package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	sqlitedriver "modernc.org/sqlite"
)

// committing counts commits.
type committing struct {
	driver.Connector
	commits atomic.Int64
}

// Connect opens a connection whose commits are counted.
func (c *committing) Connect(ctx context.Context) (driver.Conn, error) {
	base, err := c.Connector.Connect(ctx)
	return counting{base.(beginner), &c.commits}, err
}

type beginner interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
}

type counting struct {
	beginner
	commits *atomic.Int64
}

func (c counting) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	tx, err := c.beginner.BeginTx(ctx, options)
	return counted{tx, c.commits}, err
}

type counted struct {
	driver.Tx
	commits *atomic.Int64
}

func (c counted) Commit() error { c.commits.Add(1); return c.Tx.Commit() }

// newCounted is a database with an empty table of numbers.
func newCounted(t *testing.T) (*together, *committing) {
	t.Helper()
	base, err := sqlitedriver.NewConnector("file:" + filepath.Join(t.TempDir(), "test.db") + "?_txlock=immediate&_pragma=journal_mode(WAL)")
	if err != nil {
		t.Fatal(err)
	}
	c := &committing{Connector: base}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := db.Exec(`CREATE TABLE number (n INTEGER PRIMARY KEY) STRICT`); err != nil {
		t.Fatal(err)
	}
	return newTogether(db), c
}

func insert(n int) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO number (n) VALUES ($1)`, n)
		return err
	}
}

// numbers are how many there are.
func numbers(t *testing.T, x *together) (n int) {
	t.Helper()
	if err := x.db.QueryRow(`SELECT count(*) FROM number`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// held keeps the turn until it is released: meanwhile others come.
func held(t *testing.T, x *together) (release func() error) {
	t.Helper()
	began, end, over := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		over <- x.do(t.Context(), 0, func(context.Context, *sql.Tx) error {
			close(began)
			<-end
			return nil
		})
	}()
	<-began
	return func() error {
		close(end)
		return <-over
	}
}

func TestWhatWaitsIsCommittedTogether(t *testing.T) {
	for name, patience := range map[string]time.Duration{"none has patience": 0, "all have patience": 50 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			x, count := newCounted(t)
			release := held(t, x)
			var running sync.WaitGroup
			const many = 12
			for n := range many {
				running.Go(func() {
					if err := x.do(t.Context(), patience, insert(n)); err != nil {
						t.Error(err)
					}
				})
			}
			for x.waiting.Load() < many {
				time.Sleep(time.Millisecond)
			}
			if err := release(); err != nil {
				t.Error(err)
			}
			running.Wait()
			if there, commits := numbers(t, x), count.commits.Load(); there != many || commits > 3 { // one, but for a slow machine
				t.Errorf("%d of %d are there, after %d commits", there, many, commits)
			}
		})
	}
}

// Who has no patience takes those along who have.
func TestTheImpatientDoNotWait(t *testing.T) {
	x, count := newCounted(t)
	patient := make(chan error, 1)
	go func() { patient <- x.do(t.Context(), time.Hour, insert(1)) }()
	for met := false; !met; time.Sleep(time.Millisecond) {
		x.mu.Lock()
		met = x.meeting != nil
		x.mu.Unlock()
	}
	if err := errors.Join(x.do(t.Context(), 0, insert(2)), <-patient); err != nil || numbers(t, x) != 2 || count.commits.Load() > 2 {
		t.Errorf("%v; %d are there, after %d commits", err, numbers(t, x), count.commits.Load())
	}
	if x.waiting.Load() != 0 || x.open != nil {
		t.Error("somebody still waits")
	}
}

// A fault by which the database gives up the whole transaction: the one at fault is told,
// the others do their work again.
func TestATornTransactionIsDoneAgain(t *testing.T) {
	x, _ := newCounted(t)
	fault := errors.New("the disk is full")
	s := &Store{together: x, now: time.Now, Reader: Reader{dialect: sqlite}}
	var running sync.WaitGroup
	release := held(t, x)
	const many = 12
	for n := range many {
		running.Go(func() {
			err := s.Join(t.Context(), 0, func(ctx context.Context, tx *Tx) error {
				if n%6 != 5 {
					return insert(n)(ctx, tx.SQLite)
				}
				_, err := tx.SQLite.ExecContext(ctx, `ROLLBACK`) // as SQLite does by itself then
				return errors.Join(fault, err)
			})
			if n%6 == 5 != errors.Is(err, fault) || n%6 != 5 && err != nil {
				t.Errorf("%d: %v", n, err)
			}
		})
	}
	for x.waiting.Load() < many {
		time.Sleep(time.Millisecond)
	}
	if err := release(); !errors.Is(err, errTorn) { // which is tried once only
		t.Error(err)
	}
	running.Wait()
	if there := numbers(t, x); there != 10 {
		t.Errorf("%d are there", there)
	}
}
