package delivery_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/registry/delivery"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// reportOf is the report of 2023 over a generated population.
func reportOf(t *testing.T, patients int) *centre.Report {
	t.Helper()
	r, err := centre.Compute(func(yield func(centre.Patient, error) bool) {
		for id, r := range population.Default(patients, 3).All() {
			if !yield(centre.Patient{ID: id, Registration: r}, nil) {
				return
			}
		}
	}, centre.Options{Year: 2023, AsOf: mapping.NewDay(2024, 12, 31), Name: "Pijncentrum Voorbeeld", Identifier: agb + "|06010101"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// publish tells registries of a report, and gives what was queued.
func (s *site) publish(r *centre.Report) []store.Delivery {
	s.t.Helper()
	queued, err := s.service.Publish(s.ctx, delivery.Publication{Report: r, Counted: time.Now(), By: "tester"})
	if err != nil {
		s.t.Fatal(err)
	}
	return queued
}

// measures is how many Measures a report has.
const measures = 17

func TestAReportIsDeliveredOnce(t *testing.T) {
	s := open(t, settings{})
	r := reportOf(t, 300)
	if queued := s.publish(r); len(queued) != 1 || queued[0].Patient != "report/2023/"+agb+"|06010101" {
		t.Fatalf("queued %+v", queued)
	}
	s.wait(store.StateDelivered)
	if diff := cmp.Diff(slices.Repeat([]int{1}, measures), s.registry.versions("MeasureReport")); diff != "" {
		t.Error(diff)
	}
	for condition, held := range s.registry.resources {
		if !strings.HasPrefix(condition, "MeasureReport?identifier=") || held.Resource["type"] != "summary" || held.Resource["status"] != "complete" || held.Resource["date"] != "2024-12-31" {
			t.Errorf("%s: %v %v of %v", condition, held.Resource["type"], held.Resource["status"], held.Resource["date"])
		}
	}
	s.publish(reportOf(t, 300))
	if d := s.wait(store.StateDelivered, store.StateSuppressed)[1]; d.Reason != "the registry has it already" || len(s.registry.sent()) != 1 {
		t.Errorf("what did not change was sent again: %s", d.Reason)
	}
	if diff := cmp.Diff([]string{"reported success", "delivered success", "reported success"}, s.audited()); diff != "" {
		t.Error(diff)
	}
}

// A later report tells only what changed; what did not keeps the day on which it was told.
func TestAReportThatChangedTakesThePlaceOfTheFirst(t *testing.T) {
	s := open(t, settings{})
	s.publish(reportOf(t, 300))
	s.wait(store.StateDelivered)
	later := reportOf(t, 300)
	later.AsOf++
	for i := range later.Figures {
		if f := &later.Figures[i]; f.Measure == "nm-removed" && f.Kind == centre.Count {
			f.Numerator, f.Initial, f.Denominator, f.Stratifiers = 40, 40, 40, nil
		}
	}
	s.publish(later)
	s.wait(store.StateDelivered, store.StateDelivered)
	if diff := cmp.Diff([]string{"MeasureReport"}, s.registry.sent()[1].Types); diff != "" {
		t.Errorf("only what changed is sent: %s", diff)
	}
	if diff := cmp.Diff(append(slices.Repeat([]int{1}, measures-1), 2), s.registry.versions("MeasureReport")); diff != "" {
		t.Error(diff)
	}
	for condition, held := range s.registry.resources {
		want := "2024-12-31"
		if strings.Contains(condition, "/nm-removed/") {
			want = "2025-01-01"
		}
		if held.Resource["date"] != want {
			t.Errorf("%s is of %v", condition, held.Resource["date"])
		}
	}
}

// What a registry was told of a Measure that is no longer reported is taken back.
func TestAMeasureThatIsNoLongerReportedIsWithdrawn(t *testing.T) {
	s := open(t, settings{})
	all := reportOf(t, 300)
	s.publish(all)
	s.wait(store.StateDelivered)
	fewer := *all
	fewer.Figures = slices.DeleteFunc(slices.Clone(all.Figures), func(f centre.Figure) bool { return f.Measure == "nm-cost" })
	s.publish(&fewer)
	s.wait(store.StateDelivered, store.StateDelivered)
	s.publish(&fewer)
	s.wait(store.StateDelivered, store.StateDelivered, store.StateSuppressed)
	if n := len(s.registry.versions("MeasureReport")); n != measures-1 || len(s.registry.sent()) != 2 {
		t.Errorf("%d reports are left after %d requests", n, len(s.registry.sent()))
	}
	s.publish(all)
	s.wait(store.StateDelivered, store.StateDelivered, store.StateSuppressed, store.StateDelivered)
	if n := len(s.registry.versions("MeasureReport")); n != measures {
		t.Errorf("%d reports once it is back", n)
	}
}

// Refusals, lost answers and reports in quick succession leave each report there once, as
// the last one told it.
func TestReportsKeepTheirOrder(t *testing.T) {
	s := open(t, settings{})
	s.registry.set(func(r *registry) {
		r.before = func(n int, _ []byte) int { return map[bool]int{true: 503}[n%3 == 0] }
		r.after = func(n int) bool { return n%3 == 1 }
	})
	for day := range 8 {
		r := reportOf(t, 60+day*20)
		r.AsOf += mapping.Day(day)
		s.publish(r)
		time.Sleep(15 * time.Millisecond)
	}
	deadline := time.Now().Add(patience)
	for slices.ContainsFunc(s.deliveries(), func(d store.Delivery) bool { return d.State.Open() }) {
		if time.Now().After(deadline) {
			t.Fatalf("some are still open\n%s", s.log.String())
		}
		time.Sleep(10 * time.Millisecond)
	}
	for _, d := range s.deliveries() {
		if d.State != store.StateDelivered && d.State != store.StateSuppressed {
			t.Errorf("%s: %s", d.State, d.Reason)
		}
	}
	last := reportOf(t, 60+7*20)
	want := last.Figure("nm-indication", "patients").Numerator
	s.registry.mu.Lock()
	defer s.registry.mu.Unlock()
	found := 0
	for condition, held := range s.registry.resources {
		found++
		if strings.Contains(condition, "/nm-indication/") {
			text, err := json.Marshal(held.Resource)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), fmt.Sprintf(`"count":%d`, want)) {
				t.Errorf("it is not what was told last (%d): %s", want, text)
			}
		}
	}
	if found != measures {
		t.Errorf("%d reports at the registry", found)
	}
}

// A worker that lost a report to another has what the registry holds made sure of.
func TestAWorkerThatLostAReportSettlesNothing(t *testing.T) {
	s := open(t, settings{})
	under, goOn := make(chan struct{}), make(chan struct{})
	s.registry.set(func(r *registry) {
		r.before = func(n int, _ []byte) int {
			if n == 0 {
				close(under)
				<-goOn
			}
			return 0
		}
	})
	s.publish(reportOf(t, 60))
	<-under
	id := s.deliveries()[0].ID
	err := s.store.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		d, err := tx.Claim(ctx, id)
		return errors.Join(err, tx.Settle(ctx, id, d.Fence, store.Settlement{State: store.StateDelivered, Reason: "by the other"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	close(goOn)
	if list := s.wait(store.StateDelivered, store.StateDelivered); list[0].Reason != "by the other" {
		t.Errorf("the worker that lost it settled: %+v", list[0])
	}
	if n := len(s.registry.versions("MeasureReport")); n != measures {
		t.Errorf("%d reports", n)
	}
}

func TestAReportThatIsRefusedIsGivenUpAndTakenUpAgain(t *testing.T) {
	s := open(t, settings{})
	s.registry.set(func(r *registry) { r.before = func(n int, _ []byte) int { return map[bool]int{true: 422}[n == 0] } })
	s.publish(reportOf(t, 60))
	d := s.wait(store.StateDead)[0]
	if _, err := s.service.Cancel(t.Context(), d.ID, "tester"); !errors.Is(err, store.ErrState) {
		t.Errorf("what was given up is cancelled: %v", err)
	}
	if _, err := s.service.Redrive(t.Context(), d.ID, "tester"); err != nil {
		t.Fatal(err)
	}
	s.wait(store.StateDelivered)
	if diff := cmp.Diff([]string{"reported success", "failed serious-failure", "redriven success", "delivered success"}, s.audited()); diff != "" {
		t.Error(diff)
	}
	for row, err := range s.store.Audits(t.Context(), "") {
		if err != nil || row.Patient != "" || strings.Contains(row.Body, "stored-patient") {
			t.Errorf("a report is told of as of a patient: %v %s", err, row.Body)
		}
	}
}

// Patients and reports are counted together, and an objection of a patient takes nothing of
// a report back.
func TestPatientsAndReportsAddUp(t *testing.T) {
	s := open(t, settings{})
	s.save(1, procedure("p1", "trial", "completed", 1))
	s.publish(reportOf(t, 60))
	s.wait(store.StateDelivered, store.StateDelivered)
	if _, err := s.store.OptOut(t.Context(), "hospital", identifiers(1), time.Now().Add(-time.Minute), s.service.Objected); err != nil {
		t.Fatal(err)
	}
	s.wait(store.StateDelivered, store.StateDelivered, store.StateDelivered)
	s.publish(reportOf(t, 60))
	s.wait(store.StateDelivered, store.StateDelivered, store.StateDelivered, store.StateSuppressed)
	counts, err := s.service.Counts(t.Context())
	if err != nil || len(counts) != 1 {
		t.Fatal(counts, err)
	}
	if c := counts[0]; c.All != 4 || c.Delivered != 3 || c.Suppressed != 1 || c.Pending+c.Dead+c.Cancelled+c.Superseded != 0 {
		t.Errorf("%+v", c)
	}
	if n := len(s.registry.versions("MeasureReport")); n != measures {
		t.Errorf("%d reports", n)
	}
	list, err := s.store.Ledger(t.Context(), "nva", store.ReportID(agb+"|06010101", 2023))
	if err != nil || len(list) != measures {
		t.Errorf("the ledger has %d reports: %v", len(list), err)
	}
}

func TestWhatIsNoFinalReportIsNotDelivered(t *testing.T) {
	s := open(t, settings{still: true})
	running, nobody, empty := *reportOf(t, 60), *reportOf(t, 60), *reportOf(t, 60)
	running.Running, nobody.Identifier, empty.Received = true, "", centre.Received{}
	for name, r := range map[string]*centre.Report{"running": &running, "of nobody": &nobody, "empty": &empty} {
		if _, err := s.service.Publish(t.Context(), delivery.Publication{Report: r, Counted: time.Now()}); err == nil {
			t.Errorf("a report that is %s is queued", name)
		}
	}
	now := time.Now()
	if _, err := s.service.Publish(t.Context(), delivery.Publication{Report: reportOf(t, 80), Counted: now}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.service.Publish(t.Context(), delivery.Publication{Report: reportOf(t, 60), Counted: now.Add(-time.Minute)}); !errors.Is(err, store.ErrOlder) {
		t.Errorf("what was counted earlier takes the place of what was counted later: %v", err)
	}
	if n := len(s.deliveries()); n != 1 {
		t.Errorf("%d deliveries", n)
	}
}

func TestReportsGoInTheShapeOfTheTarget(t *testing.T) {
	for _, shape := range []normalise.Shape{normalise.Batch, normalise.Collection} {
		t.Run(string(shape), func(t *testing.T) {
			s := open(t, settings{shape: shape, maxBytes: 120_000})
			s.publish(reportOf(t, 60))
			s.wait(store.StateDelivered)
			if len(s.registry.sent()) < 2 {
				t.Error("it was not split")
			}
		})
	}
}
