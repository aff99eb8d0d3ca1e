package audit_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

func recorder(s *store.Store, change func(*audit.RecorderOptions)) *audit.Recorder {
	o := audit.RecorderOptions{Log: logbook, Store: s, Logger: slog.New(slog.DiscardHandler), Every: 5 * time.Millisecond}
	if change != nil {
		change(&o)
	}
	return audit.NewRecorder(o)
}

func bsn(n int) []registration.Identifier {
	return []registration.Identifier{{System: registration.BSN, Value: fmt.Sprint(999900000 + n)}}
}

// asked is an access to the data of a patient; no patient for 0.
func asked(patient int, outcome audit.Outcome) audit.Access {
	a := audit.Access{Event: audit.Event{
		Kind: audit.Advised, Outcome: outcome, Agent: audit.Party{System: "s", Value: "https://ehr.example/", Address: "10.0.0.7"},
		User:    audit.Party{System: audit.UserSystem, Value: "Practitioner/1"},
		Objects: []audit.Object{{System: audit.ServiceSystem, Value: "raad", Details: []audit.Detail{{Name: "hook", Value: "order-sign"}}}},
	}}
	if patient > 0 {
		a.Subject = bsn(patient)
	}
	return a
}

// told are the lines of the log, of one patient when he is given, without their times.
func told(t *testing.T, s *store.Store, patient ...string) []string {
	t.Helper()
	var text bytes.Buffer
	if _, err := logbook.Export(t.Context(), s, patient, audit.Party{}, "text", "en", &text); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(text.String()) {
		if !strings.Contains(line, "Log read") {
			lines = append(lines, strings.TrimSpace(line[len("2026-01-01 00:00:00 +0100"):]))
		}
	}
	return lines
}

func TestEveryAccessIsLogged(t *testing.T) {
	storetest.Both(t, func(t *testing.T, s *store.Store) {
		r := recorder(s, nil)
		const callers, each = 8, 200
		var all sync.WaitGroup
		for c := range callers {
			all.Go(func() {
				for i := range each {
					if err := r.Record(t.Context(), asked(1+(c*each+i)%7, "")); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if err := r.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := r.Record(t.Context(), asked(1, "")); !errors.Is(err, audit.ErrBusy) {
			t.Errorf("after closing: %v", err)
		}
		if v := verify(t, s); !v.Sound() || v.Rows != callers*each {
			t.Errorf("%+v", v)
		}
		ids, err := s.Aliases(t.Context(), "", bsn(3)[0])
		if err != nil {
			t.Fatal(err)
		}
		lines := told(t, s, ids...)
		const want = "Data judged for advice; to https://ehr.example/ (10.0.0.7); by pijnpoort|1.0.0 (node1); for Practitioner/1; about raad, hook order-sign"
		if len(lines) != callers*each/7+1 || lines[0] != want {
			t.Errorf("%d lines, such as %q", len(lines), lines[:1])
		}
	})
}

// A patient has one id in the log: before anything is kept of him, and when something is.
func TestAPatientIsOneInTheLog(t *testing.T) {
	storetest.Both(t, func(t *testing.T, s *store.Store) {
		local := registration.Identifier{System: "https://hospital.example/pid", Value: "7"}
		r := recorder(s, nil)
		record := func(identifiers ...registration.Identifier) {
			a := asked(0, "")
			a.Subject = identifiers
			if err := r.Record(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		record(bsn(1)[0], local)
		record(local, bsn(1)[0])
		both := &registration.Registration{Patient: registration.Patient{Identifiers: []registration.Identifier{bsn(1)[0], local}}}
		receipt, err := s.Save(t.Context(), store.Sending{Received: 1, Answer: []byte("{}")}, []store.Submission{store.Submit(both)})
		if err != nil {
			t.Fatal(err)
		}
		record(local) // known by now
		if err := r.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		id := receipt.Changes[0].Patient
		if lines := told(t, s, id); len(lines) != 3 {
			t.Errorf("%d of 3 under the id that he is kept under", len(lines))
		}
		for _, by := range both.Patient.Identifiers {
			if ids, err := s.Aliases(t.Context(), "", by); err != nil || len(told(t, s, ids...)) != 3 {
				t.Errorf("by %s: %v", by.System, err)
			}
		}
		for row, err := range s.Audits(t.Context()) {
			if err != nil || strings.Contains(row.Body, "99990000") || strings.Contains(row.Body, "hospital.example/pid") {
				t.Errorf("the log holds an identifier: %s, %v", row.Body, err)
			}
		}
	})
}

func TestRefusedCallsAboutNobodyAreCounted(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
	r := recorder(s, nil)
	for i := range 3000 {
		a := asked(0, audit.Minor)
		if i%3 == 0 {
			a.Agent = audit.Party{System: "s", Value: fmt.Sprint("address ", i)}
		}
		if err := r.Record(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range []audit.Access{asked(1, audit.Minor), asked(2, "")} { // these are about somebody
		if err := r.Record(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	lines := told(t, s)
	if len(lines) > 1010 {
		t.Fatalf("%d events of calls by nobody", len(lines))
	}
	one, rest, anonymous := 0, 0, 0
	for _, line := range lines {
		switch {
		case strings.Contains(line, "https://ehr.example/ (10.0.0.7)") && strings.Contains(line, "calls 2000"):
			one++
		case strings.Contains(line, "to others"):
			rest++
		case strings.Contains(line, "to address "):
			anonymous++
		}
	}
	if one != 1 || rest != 1 || anonymous != 999 {
		t.Errorf("one caller %d times, others %d times, addresses %d", one, rest, anonymous)
	}
}

// With the database away accesses wait, then callers do, and are refused; nothing is lost
// when it comes back.
func TestWhatCannotBeWrittenWaits(t *testing.T) {
	storetest.Both(t, func(t *testing.T, s *store.Store) {
		storetest.Exec(t, s, `ALTER TABLE audit RENAME TO away`)
		r := recorder(s, func(o *audit.RecorderOptions) { o.Waiting, o.Together, o.Patience = 20, 5, 50*time.Millisecond })
		taken := 0
		for {
			if err := r.Record(t.Context(), asked(1, "")); err != nil {
				if !errors.Is(err, audit.ErrBusy) {
					t.Fatal(err)
				}
				break
			}
			taken++
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := r.Record(gone, asked(1, "")); !errors.Is(err, context.Canceled) {
			t.Errorf("a caller who left: %v", err)
		}
		storetest.Exec(t, s, `ALTER TABLE away RENAME TO audit`)
		if err := r.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if v := verify(t, s); !v.Sound() || v.Rows != int64(taken) || taken < 20 {
			t.Errorf("%d taken: %+v", taken, v)
		}
	})
}

func TestWhatCannotBeWrittenAtTheEndIsTold(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
	storetest.Exec(t, s, `ALTER TABLE audit RENAME TO away`)
	r := recorder(s, nil)
	for range 3 {
		if err := r.Record(t.Context(), asked(1, "")); err != nil {
			t.Fatal(err)
		}
	}
	deadline, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := r.Close(deadline); err == nil || !strings.Contains(err.Error(), "3 events could not be written") {
		t.Error(err)
	}
}

// BenchmarkRecord: what logging costs a call.
func BenchmarkRecord(b *testing.B) {
	s := storetest.Open(b, storetest.URL(b, "sqlite"), storetest.Keys(b))
	r := recorder(s, func(o *audit.RecorderOptions) { o.Every, o.Waiting = 0, b.N+1000 })
	a := asked(1, "")
	a.At = time.Now()
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if err := r.Record(context.Background(), a); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	if err := r.Close(context.Background()); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkWrite: what an access costs in the background, a hash, a row and all.
func BenchmarkWrite(b *testing.B) {
	s := storetest.Open(b, storetest.URL(b, "sqlite"), storetest.Keys(b))
	r := recorder(s, func(o *audit.RecorderOptions) { o.Every, o.Waiting = 0, 10_000 })
	b.ReportAllocs()
	for i := range b.N {
		if err := r.Record(context.Background(), asked(1+i%100, "")); err != nil {
			b.Fatal(err)
		}
	}
	if err := r.Close(context.Background()); err != nil {
		b.Fatal(err)
	}
}
