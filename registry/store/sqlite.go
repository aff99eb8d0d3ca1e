package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	driver "modernc.org/sqlite"

	"github.com/pijnpoort/pijnpoort/registry/store/statements"
)

// pragmas hold for every connection: write-ahead log, so that readers and the writer do
// not wait for each other, and of 16 MiB, so that a page that changes often is not copied
// back each time; a commit is on disk; erased data does not stay in the file.
var pragmas = []string{
	"busy_timeout(10000)", "journal_mode(WAL)", "wal_autocheckpoint(4096)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)",
	"temp_store(MEMORY)",
}

// openSQLite opens a file with one connection that writes and several that only read.
func openSQLite(ctx context.Context, path string) (*Store, error) {
	if path == "" {
		return nil, errors.New("the path of the file is missing")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) // with the mode that SQLite would not give it
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	write, err := database(path, url.Values{"_txlock": {"immediate"}, "_pragma": pragmas})
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil { // makes the write-ahead log before a reader looks for it
		return nil, errors.Join(err, write.Close())
	}
	read, err := database(path, url.Values{"_pragma": append([]string{"query_only(1)"}, pragmas...)})
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(max(4, 2*runtime.NumCPU()))
	return &Store{Reader: Reader{db: read, dialect: sqlite}, write: write, together: newTogether(write)}, nil
}

// statementsKept is how many statements a connection keeps prepared: more than we and the
// queue have.
const statementsKept = 256

// database opens connections to a file.
func database(path string, parameters url.Values) (*sql.DB, error) {
	connector, err := driver.NewConnector(source(path, parameters))
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(statements.Keep(connector, statementsKept)), nil
}

// source is the data source name of a file.
func source(path string, parameters url.Values) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: parameters.Encode()}).String()
}
