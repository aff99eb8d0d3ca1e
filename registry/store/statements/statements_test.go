package statements_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	sqlite "modernc.org/sqlite"

	"github.com/pijnpoort/pijnpoort/registry/store/statements"
)

// counted counts what the base is asked to prepare or to run by itself.
type counted struct {
	driver.Connector
	prepared, direct int
}

// Connect opens a connection that counts.
func (c *counted) Connect(ctx context.Context) (driver.Conn, error) {
	base, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &counting{able: base.(able), of: c}, nil
}

type able interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type counting struct {
	able
	of *counted
}

func (c *counting) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.of.prepared++
	return c.able.PrepareContext(ctx, query)
}

func (c *counting) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.of.direct++
	return c.able.QueryContext(ctx, query, args)
}

func (c *counting) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.of.direct++
	return c.able.ExecContext(ctx, query, args)
}

// open opens a database of one connection with numbers 1 to 9 in it.
func open(t *testing.T, most int) (*sql.DB, *counted) {
	t.Helper()
	base, err := sqlite.NewConnector("file:" + filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	count := &counted{Connector: base}
	db := sql.OpenDB(statements.Keep(count, most))
	db.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := db.Exec(`CREATE TABLE number (n INTEGER PRIMARY KEY) STRICT`); err != nil {
		t.Fatal(err)
	}
	for n := range 9 {
		if _, err := db.Exec(`INSERT INTO number (n) VALUES ($1)`, n+1); err != nil {
			t.Fatal(err)
		}
	}
	return db, count
}

func TestAStatementIsPreparedOnce(t *testing.T) {
	db, count := open(t, 8)
	if count.prepared != 2 {
		t.Errorf("two statements were prepared %d times", count.prepared)
	}
	for n := range 9 {
		var got int
		if err := db.QueryRow(`SELECT n FROM number WHERE n = $1`, n+1).Scan(&got); err != nil || got != n+1 {
			t.Errorf("%d: %d, %v", n+1, got, err)
		}
	}
	if err := db.QueryRow(`SELECT n FROM number WHERE n = $1`, 10).Scan(new(int)); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("what is not there: %v", err)
	}
	if count.prepared != 3 || count.direct != 0 {
		t.Errorf("three statements were prepared %d times, and %d run beside", count.prepared, count.direct)
	}
	one, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	err = one.Raw(func(c any) error {
		kept = c.(interface{ Kept() []string }).Kept()
		return nil
	})
	if err := errors.Join(err, one.Close()); err != nil || len(kept) != 3 || kept[0] != `SELECT n FROM number WHERE n = $1` {
		t.Errorf("%q, %v", kept, err)
	}
}

func TestWhatIsBeingReadIsReadAgainBesideIt(t *testing.T) {
	db, count := open(t, 8)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // it only reads
	const all = `SELECT n FROM number ORDER BY n`
	read := func(inner func()) (list []int) {
		rows, err := tx.Query(all)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var n int
			if err := rows.Scan(&n); err != nil {
				t.Fatal(err)
			}
			if list = append(list, n); n == 3 && inner != nil {
				inner()
			}
		}
		return list
	}
	var inner []int
	outer := read(func() { inner = read(nil) })
	if fmt.Sprint(outer) != "[1 2 3 4 5 6 7 8 9]" || fmt.Sprint(inner) != fmt.Sprint(outer) {
		t.Errorf("%v within %v", inner, outer)
	}
	if count.direct != 1 {
		t.Errorf("%d were run beside", count.direct)
	}
}

// Few are kept; one that is being read while it is let go of can be read to its end.
func TestFewAreKept(t *testing.T) {
	db, _ := open(t, 2)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // it only reads
	for range 2 {
		rows, err := tx.Query(`SELECT n FROM number ORDER BY n`)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for rows.Next() {
			var n, other int
			if err := rows.Scan(&n); err != nil {
				t.Fatal(err)
			}
			if err := tx.QueryRow(fmt.Sprintf(`SELECT n * %d FROM number WHERE n = $1`, n), n).Scan(&other); err != nil || other != n*n {
				t.Errorf("%d: %d, %v", n, other, err)
			}
			sum += other
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil || sum != 285 {
			t.Errorf("%d, %v", sum, err)
		}
	}
}

// A statement outlives a change of the table, an error, and the end of its context.
func TestAStatementCanBeUsedAgain(t *testing.T) {
	db, count := open(t, 8)
	const insert = `INSERT INTO number (n) VALUES ($1)`
	if _, err := db.Exec(insert, 1); err == nil {
		t.Error("1 is there twice")
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.ExecContext(over, insert, 10); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end: %v", err)
	}
	if _, err := db.Exec(`ALTER TABLE number ADD COLUMN word TEXT NOT NULL DEFAULT 'x'`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(insert, 10); err != nil {
		t.Error(err)
	}
	var columns []string
	for range 2 {
		rows, err := db.Query(`SELECT * FROM number LIMIT 1`)
		if err != nil {
			t.Fatal(err)
		}
		if columns, err = rows.Columns(); err != nil || rows.Close() != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(`ALTER TABLE number ADD COLUMN another TEXT`); err != nil {
			break // the second time it is there
		}
	}
	if fmt.Sprint(columns) != "[n word another]" {
		t.Errorf("%v", columns)
	}
	if _, err := db.Exec(`INSERT INTO nowhere (n) VALUES (1)`); err == nil {
		t.Error("there is no such table")
	}
	if count.direct != 0 {
		t.Errorf("%d were run beside", count.direct)
	}
}

// Several statements in one text are all run, as without us.
func TestAScript(t *testing.T) {
	db, _ := open(t, 8)
	for n := range 2 {
		if _, err := db.Exec(`DELETE FROM number; INSERT INTO number (n) VALUES (1); INSERT INTO number (n) VALUES (2)`); err != nil {
			t.Fatal(err)
		}
		var there int
		if err := db.QueryRow(`SELECT count(*) FROM number`).Scan(&there); err != nil || there != 2 {
			t.Errorf("%d: %d, %v", n, there, err)
		}
	}
}
