//go:build crash

package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// TestReportsOutliveKills kills the program at every named point of delivering a report, with
// answers that get lost besides. Whatever was killed, the registry has each report once, as
// it was told last, and the queue knows it.
func TestReportsOutliveKills(t *testing.T) {
	program := filepath.Join(t.TempDir(), "pijnpoort")
	if out, err := exec.Command("go", "build", "-tags", "crash", "-o", program, "../../cmd/pijnpoort").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, kind := range storetest.Kinds {
		for _, point := range []string{"after_claim", "after_send", "before_commit", "after_commit"} {
			t.Run(kind+"/"+point, func(t *testing.T) {
				t.Parallel() // what takes time is waiting until the delivery of who was killed may go to another
				s := newSite(t, kind, program)
				for round, kill := range []string{"", point} { // so that a report is changed
					s.add(t, 40*round, 40)
					s.must(t, "report", "2023", "--as-of", "2024-12-31", "--deliver")
					if kill != "" {
						s.lose.Store(true)
						_, err := s.run(kill, "deliver", "run", "--until-empty")
						var exit *exec.ExitError
						if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
							t.Fatalf("it was not killed: %v", err)
						}
					}
					s.must(t, "deliver", "run", "--until-empty")
					s.check(t)
				}
			})
		}
	}
}

// site is an installation and the registry that it delivers to.
type site struct {
	program, settings string
	config            config.Config
	mu                sync.Mutex
	reports           map[string]string // at the registry, by the query that finds them
	lose              atomic.Bool       // the next answer is to be lost
}

func newSite(t *testing.T, kind, program string) *site {
	s := &site{program: program, reports: map[string]string{}}
	registry := httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(registry.Close)
	folder := t.TempDir()
	s.settings = filepath.Join(folder, "pijnpoort.yaml")
	database := ""
	if kind == "postgres" {
		database = storetest.URL(t, kind)
	}
	text := fmt.Sprintf("data: %s\ndatabase: %q\nregistry:\n  clinic: %q\n  targets: [{name: nva, url: %q, shape: transaction}]\n",
		filepath.Join(folder, "data"), database, population.ClinicA, registry.URL)
	if err := os.WriteFile(s.settings, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if s.config, err = config.Load(s.settings, nil); err != nil {
		t.Fatal(err)
	}
	return s
}

// serve takes a transaction of reports; an answer can be lost after the effect.
func (s *site) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var bundle struct {
		Entry []struct {
			Resource json.RawMessage
			Request  struct{ Method, URL string }
		}
	}
	if json.Unmarshal(body, &bundle) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range bundle.Entry {
		if e.Request.Method == http.MethodDelete {
			delete(s.reports, e.Request.URL)
			continue
		}
		s.reports[e.Request.URL] = string(e.Resource)
	}
	if s.lose.CompareAndSwap(true, false) {
		panic(http.ErrAbortHandler)
	}
	answers := strings.TrimSuffix(strings.Repeat(`{"response":{"status":"200"}},`, len(bundle.Entry)), ",")
	_, _ = io.WriteString(w, `{"resourceType":"Bundle","type":"transaction-response","entry":[`+answers+`]}`)
}

// run runs the program, to be killed at a point; empty lets it end.
func (s *site) run(point string, arguments ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, s.program, append([]string{"--config", s.settings}, arguments...)...)
	command.Env = []string{"CRASH_AT=" + point, "HOME=" + os.Getenv("HOME"), "PATH=" + os.Getenv("PATH")} // no settings of ours
	out, err := command.CombinedOutput()
	return string(out), err
}

// must runs the program to its end, and gives what it wrote.
func (s *site) must(t *testing.T, arguments ...string) string {
	t.Helper()
	out, err := s.run("", arguments...)
	if err != nil {
		t.Fatalf("%v: %v\n%s", arguments, err, out)
	}
	return out
}

// add registers patients, from a number on.
func (s *site) add(t *testing.T, from, n int) {
	t.Helper()
	db, err := s.config.Store(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var all []store.Submission
	i := 0
	for id, r := range population.Default(from+n, 5).All() {
		if i++; i > from {
			all = append(all, store.Submission{Identifiers: []registration.Identifier{{System: "https://hospital.example/patients", Value: id}}, Items: slices.Collect(registration.Items(r))})
		}
	}
	if _, err := db.Save(t.Context(), store.Sending{Clinic: population.ClinicA, Received: len(all), Content: [32]byte{byte(from)}}, all); err != nil {
		t.Fatal(err)
	}
}

// check holds what the registry has against what is kept to be told, and the ledger.
func (s *site) check(t *testing.T) {
	t.Helper()
	db, err := s.config.Store(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for d, err := range db.Deliveries(t.Context(), store.Filter{}) {
		if err != nil || d.State != store.StateDelivered && d.State != store.StateSuppressed {
			t.Errorf("%v: delivery is %s: %s", err, d.State, d.Reason)
		}
	}
	ledger, err := db.Ledger(t.Context(), "nva", store.ReportID(population.ClinicA, 2023))
	if err != nil {
		t.Fatal(err)
	}
	out := s.must(t, "report", "2023", "--as-of", "2024-12-31", "--format", "fhir")
	var told struct {
		Entry []struct {
			Resource struct {
				Measure string
				Group   json.RawMessage
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &told); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.reports) != len(told.Entry) || len(ledger) != len(told.Entry) {
		t.Errorf("%d reports at the registry, %d in the ledger, of %d", len(s.reports), len(ledger), len(told.Entry))
	}
	have := map[string]string{}
	for _, document := range s.reports {
		var r struct {
			Measure string
			Group   json.RawMessage
		}
		if err := json.Unmarshal([]byte(document), &r); err != nil {
			t.Fatal(err)
		}
		have[r.Measure] = plain(t, r.Group)
	}
	for _, e := range told.Entry {
		if have[e.Resource.Measure] != plain(t, e.Resource.Group) {
			t.Errorf("the registry has something else of %s", e.Resource.Measure)
		}
	}
}

// plain is JSON in one way of writing it.
func plain(t *testing.T, text json.RawMessage) string {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
