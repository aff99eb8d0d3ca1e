package delivery_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// A worker waits for an answer while another takes its delivery over, and finishes it.
func TestAWorkerThatLostItsDeliverySettlesNothing(t *testing.T) {
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
	s.save(1, procedure("p1", "trial", "completed", 1))
	<-under
	id := s.deliveries()[0].ID
	err := s.store.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		d, err := tx.Claim(ctx, id)
		if err != nil {
			return err
		}
		return tx.Settle(ctx, id, d.Fence, store.Settlement{State: store.StateDelivered, Reason: "by the other"})
	})
	if err != nil {
		t.Fatal(err)
	}
	close(goOn)
	list := s.wait(store.StateDelivered, store.StateDelivered) // the second makes sure of what is there
	if list[0].Reason != "by the other" {
		t.Errorf("the worker that lost it settled: %+v", list[0])
	}
	if n := len(s.registry.sent()); n != 2 {
		t.Errorf("%d requests", n)
	}
	if problems := testutil.ToFloat64(counter(t, s, "delivery_fenced_total")); problems != 1 {
		t.Errorf("counted %v times", problems)
	}
}

// counter finds a counter of a service.
func counter(t *testing.T, s *site, name string) prometheus.Collector {
	t.Helper()
	registry := prometheus.NewRegistry()
	if err := registry.Register(s.service); err != nil {
		t.Fatal(err)
	}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	gauge := prometheus.NewGauge(prometheus.GaugeOpts{Name: "sum"})
	for _, f := range families {
		if f.GetName() == name {
			for _, m := range f.GetMetric() {
				gauge.Add(m.GetCounter().GetValue())
			}
		}
	}
	return gauge
}

func TestWhatABackupForgotIsDeliveredAfterAStart(t *testing.T) {
	s := open(t, settings{still: true})
	s.save(1, procedure("p1", "trial", "completed", 1))
	storetest.Exec(t, s.store, "DELETE FROM river_job")
	s.start(s.service)
	s.wait(store.StateDelivered)
}

func TestAskedTwiceItIsQueuedOnce(t *testing.T) {
	s := open(t, settings{still: true})
	s.save(1, procedure("p1", "trial", "completed", 1))
	id, err := s.store.Find(t.Context(), "hospital", identifiers(1))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		err := s.store.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error { return s.service.Enqueue(ctx, tx, id) })
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := s.jobs(); n != 1 {
		t.Errorf("%d jobs", n)
	}
	s.start(s.service)
	s.wait(store.StateDelivered)
}

func TestATransactionThatFailsQueuesNothing(t *testing.T) {
	s := open(t, settings{})
	s.save(1, procedure("p1", "trial", "completed", 1))
	s.wait(store.StateDelivered)
	id, err := s.store.Find(t.Context(), "hospital", identifiers(1))
	if err != nil {
		t.Fatal(err)
	}
	err = s.store.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if err := s.service.Enqueue(ctx, tx, id); err != nil {
			return err
		}
		return http.ErrAbortHandler
	})
	if err != http.ErrAbortHandler {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	if n := s.jobs(); n != 0 || len(s.deliveries()) != 1 {
		t.Errorf("%d jobs, %d deliveries", n, len(s.deliveries()))
	}
}

func TestTheMetricsAreAsPrometheusWantsThem(t *testing.T) {
	s := open(t, settings{attempts: 1})
	s.registry.set(func(r *registry) { r.before = func(n int, _ []byte) int { return []int{0, 503}[min(n, 1)] } })
	s.save(1, procedure("p1", "trial", "completed", 1))
	s.wait(store.StateDelivered)
	s.save(2, procedure("p1", "trial", "completed", 1))
	s.wait(store.StateDelivered, store.StateDead)
	faults, err := testutil.CollectAndLint(s.service)
	if err != nil || len(faults) > 0 {
		t.Errorf("%v, %v", faults, err)
	}
	want := `
# HELP delivery_attempts_total Requests to registries, by what the answer means (class) and whether all was taken (outcome).
# TYPE delivery_attempts_total counter
delivery_attempts_total{class="delivered",outcome="delivered",target="nva"} 1
delivery_attempts_total{class="retry",outcome="failed",target="nva"} 1
# HELP dead_letters Deliveries that were given up, for someone to look at.
# TYPE dead_letters gauge
dead_letters{target="nva"} 1
# HELP delivery_age_seconds Age of the oldest delivery that is still to be made; 0 when there is none.
# TYPE delivery_age_seconds gauge
delivery_age_seconds{target="nva"} 0
`
	if err := testutil.CollectAndCompare(s.service, strings.NewReader(want), "delivery_attempts_total", "dead_letters", "delivery_age_seconds"); err != nil {
		t.Error(err)
	}
}

func TestOneTraceSpansTheQueue(t *testing.T) {
	spans := tracetest.NewInMemoryExporter()
	provider := trace.NewTracerProvider(trace.WithSyncer(spans))
	s := open(t, settings{tracer: provider.Tracer("test")})
	ctx, span := provider.Tracer("test").Start(t.Context(), "intake")
	s.ctx = ctx
	s.save(1, procedure("p1", "trial", "completed", 1))
	span.End()
	s.wait(store.StateDelivered)
	deadline := time.Now().Add(patience)
	for len(spans.GetSpans()) < 2 && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	list := spans.GetSpans()
	if len(list) != 2 || list[0].SpanContext.TraceID() != list[1].SpanContext.TraceID() {
		t.Fatalf("%d spans, not of one trace", len(list))
	}
	if got := s.registry.sent()[0].Trace; !strings.Contains(got, span.SpanContext().TraceID().String()) {
		t.Errorf("the registry was told %q", got)
	}
}
