package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// The child that is killed saves sendings one after the other, and says of each that it was
// saved. It is this test binary, told by these variables what to do.
const (
	crashURL  = "PIJNPOORT_CRASH_URL"
	crashKeys = "PIJNPOORT_CRASH_KEYS"
	crashFrom = "PIJNPOORT_CRASH_FROM"
)

func TestMain(m *testing.M) {
	if os.Getenv(crashURL) != "" {
		if err := saveUntilKilled(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// perSending is how many items a sending has, all with the number of the sending in them.
const perSending = 5

func saveUntilKilled() error {
	ctx := context.Background()
	keys, err := store.LoadKeys(os.Getenv(crashKeys))
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, os.Getenv(crashURL), keys)
	if err != nil {
		return err
	}
	log := audit.Log{Software: "pijnpoort|test"}
	from, err := strconv.Atoi(os.Getenv(crashFrom))
	if err != nil {
		return err
	}
	for n := from; ; n++ {
		var items []store.Item
		for i := range perSending {
			items = append(items, procedure(fmt.Sprintf("Procedure/%d", i), "", fmt.Sprint(n), false))
		}
		_, err := s.Save(ctx, sending(fmt.Sprint(n), fmt.Sprint(n)), []store.Submission{{Identifiers: someBody, Items: items}},
			func(ctx context.Context, tx *store.Tx, changes []store.Change) error {
				if _, _, err := tx.Queue(ctx, fmt.Sprint("target", n), changes[0].Patient, tx.Now(), ""); err != nil {
					return err
				}
				return log.Append(ctx, tx, audit.Event{Kind: audit.Received, Patient: changes[0].Patient})
			})
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// Killed at any moment: a sending is there whole, with its delivery and its audit event, or
// not at all, and what was said to be saved is there.
func TestKilledInTheMiddle(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			url, keys := urlOf(t, kind), newKeys(t)
			s := openAt(t, url, keys)
			file := filepath.Join(t.TempDir(), "keys")
			must(t, keys.Save(file))
			last := 0
			for kill := range 12 {
				last = max(last, killed(t, url, file, last+1, time.Duration(20+17*kill)*time.Millisecond))
				if kind == "postgres" {
					time.Sleep(200 * time.Millisecond) // the server ends what the dead client had begun
				}
				last = whole(t, s, last)
			}
			if last < 12 {
				t.Errorf("only %d sendings were saved: nothing was tried", last)
			}
			t.Logf("%d sendings, 12 kills", last)
		})
	}
}

// killed runs the child, kills it after a while, and gives the last sending that it said
// was saved.
func killed(t *testing.T, url, keys string, from int, after time.Duration) int {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), crashURL+"="+url, crashKeys+"="+keys, crashFrom+"="+strconv.Itoa(from))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines, last := bufio.NewScanner(out), from-1
	for lines.Scan() {
		n, err := strconv.Atoi(strings.TrimSpace(lines.Text()))
		if err != nil {
			t.Fatalf("the child says %q", lines.Text())
		}
		if n == from { // it is at work
			time.AfterFunc(after, func() { _ = child.Process.Kill() })
		}
		last = n
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the child ended by itself")
	}
	return last
}

// whole checks the database after a kill, and gives the last sending that is in it.
func whole(t *testing.T, s *store.Store, said int) int {
	t.Helper()
	totals, err := s.Totals(t.Context())
	must(t, err)
	n := totals.Sendings
	if n < said || n > said+1 { // one may have been saved without its saying so
		t.Fatalf("%d sendings are kept, %d were said to be", n, said)
	}
	id, err := s.Find(t.Context(), "t", []registration.Identifier{someBody[0]})
	must(t, err)
	p, err := s.Patient(t.Context(), id)
	must(t, err)
	if len(p.Registration.Procedures) != perSending {
		t.Fatalf("%d items", len(p.Registration.Procedures))
	}
	for _, procedure := range p.Registration.Procedures {
		if procedure.Start != fmt.Sprint(n) {
			t.Errorf("an item is of sending %s, not %d", procedure.Start, n)
		}
	}
	if totals.Deliveries != n || totals.Audit != n {
		t.Errorf("%d sendings with %d deliveries and %d audit events", n, totals.Deliveries, totals.Audit)
	}
	if v, err := audit.Verify(t.Context(), s, audit.Mark{}); err != nil || !v.Sound() {
		t.Errorf("audit log: %+v, %v", v, err)
	}
	return n
}
