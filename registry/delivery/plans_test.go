package delivery_test

import (
	"database/sql"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store"
)

var (
	// ours are the tables that grow.
	ours = regexp.MustCompile(`\b(?:FROM|INTO|UPDATE) (?:delivery|ledger|item|audit|patient|patient_token|sending)\b`)
	// whole are plans that go through a table, or through all of it that is of one target
	// or in one state.
	whole = regexp.MustCompile(`^SCAN (?:delivery|ledger|item|i|audit|patient|p|patient_token|sending)\b|\(target=\?(?: AND state=\?)?\)`)
	place = regexp.MustCompile(`\$\d+`)
)

// Nothing that is asked of the database while something is saved, delivered or withdrawn
// takes longer the more there is of others: every statement finds its rows by an index.
func TestADeliveryTakesNoLongerTheMoreThereIs(t *testing.T) {
	s := open(t, settings{})
	db := s.store.SQLite()
	if db == nil {
		t.Skip("PostgreSQL plans by what there is")
	}
	before := kept(t, db)
	s.registry.set(func(r *registry) { r.before = func(n int, _ []byte) int { return []int{503, 0}[min(n, 1)] } })
	s.save(1, procedure("p1", "trial", "completed", 1), procedure("p2", "implant", "completed", 1))
	s.wait(store.StateDelivered)
	s.save(1, procedure("p2", "implant", "entered-in-error", 2))
	s.wait(store.StateDelivered, store.StateDelivered)
	if _, err := s.store.OptOut(t.Context(), "hospital", identifiers(1), time.Now().Add(-time.Minute), s.service.Objected); err != nil {
		t.Fatal(err)
	}
	s.wait(store.StateDelivered, store.StateDelivered, store.StateDelivered)
	looked := 0
	for _, query := range kept(t, db) {
		if slices.Contains(before, query) || !ours.MatchString(query) {
			continue
		}
		looked++
		for _, step := range plan(t, db, query) {
			if whole.MatchString(step) {
				t.Errorf("%s\n%s", step, query)
			}
		}
	}
	if looked < 15 {
		t.Errorf("only %d statements were looked at", looked)
	}
}

// kept are the statements that the connection that writes has prepared.
func kept(t *testing.T, db *sql.DB) (list []string) {
	t.Helper()
	one, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = one.Raw(func(c any) error {
		list = c.(interface{ Kept() []string }).Kept()
		return nil
	})
	if err := errors.Join(err, one.Close()); err != nil {
		t.Fatal(err)
	}
	return list
}

// plan is how a statement would be done.
func plan(t *testing.T, db *sql.DB, query string) (steps []string) {
	t.Helper()
	names := place.FindAllString(query, -1)
	slices.Sort(names)
	args := make([]any, len(slices.Compact(names)))
	for i := range args {
		args[i] = "x"
	}
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatalf("%v: %s", err, query)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, strings.TrimSpace(step))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}
