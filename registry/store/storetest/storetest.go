// Package storetest gives tests empty databases of both kinds: an SQLite file, and a schema
// of the PostgreSQL that a variable names.
package storetest

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver

	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Variable names the variable with the URL of a PostgreSQL in which tests may make schemas.
const Variable = "PIJNPOORT_TEST_POSTGRES"

// Kinds are the databases that tests run on.
var Kinds = []string{"sqlite", "postgres"}

var schemas atomic.Int64

// URL gives an empty database of a kind. Without a PostgreSQL its tests are left out.
func URL(t testing.TB, kind string) string {
	t.Helper()
	if kind == "sqlite" {
		return "sqlite:" + filepath.Join(t.TempDir(), "registry.db")
	}
	base := os.Getenv(Variable)
	if base == "" {
		t.Skip(Variable + " is not set")
	}
	db, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("test_%d_%d_%d", os.Getpid(), time.Now().UnixNano(), schemas.Add(1))
	if _, err := db.Exec("CREATE SCHEMA " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP SCHEMA " + name + " CASCADE"); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

// Both runs a test on an empty, migrated database of each kind.
func Both(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	for _, kind := range Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			test(t, Open(t, URL(t, kind), Keys(t)))
		})
	}
}

// Keys are new keys.
func Keys(t testing.TB) *store.Keys {
	t.Helper()
	keys, err := store.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// Open opens and migrates a database, and closes it at the end of the test.
func Open(t testing.TB, url string, keys *store.Keys) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url, keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// Exec runs a statement behind the back of the store, as somebody with the password of the
// database could.
func Exec(t testing.TB, s *store.Store, statement string) {
	t.Helper()
	var err error
	if s.Postgres() != nil {
		_, err = s.Postgres().Exec(t.Context(), statement)
	} else {
		_, err = s.SQLite().ExecContext(t.Context(), statement)
	}
	if err != nil {
		t.Fatal(err)
	}
}
