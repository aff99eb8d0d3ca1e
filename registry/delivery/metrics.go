package delivery

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/pijnpoort/pijnpoort/registry/delivery/answer"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// metrics are counted as it happens; no label is of a patient.
type metrics struct {
	attempts   *prometheus.CounterVec
	retryAfter *prometheus.HistogramVec
	fenced     *prometheus.CounterVec
	out        *prometheus.CounterVec
	suppressed *prometheus.CounterVec
}

func newMetrics() *metrics {
	return &metrics{
		attempts: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "delivery_attempts_total",
			Help: "Requests to registries, by what the answer means (class) and whether all was taken (outcome)."}, []string{"target", "outcome", "class"}),
		retryAfter: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "retry_after_seconds",
			Help: "How long registries asked to wait.", Buckets: []float64{1, 5, 15, 60, 300, 900, 3600}}, []string{"target"}),
		fenced: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "delivery_fenced_total",
			Help: "Deliveries that a worker had lost when it came to settle them."}, []string{"target"}),
		out: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "resources_out_total",
			Help: "Resources that registries took."}, []string{"target"}),
		suppressed: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "resources_suppressed_total",
			Help: "Resources that were not sent again, because the registry has them so."}, []string{"target"}),
	}
}

func (m *metrics) attempt(target string, got answer.Answer) {
	outcome := "failed"
	if got.Class == answer.Delivered {
		outcome = "delivered"
	}
	m.attempts.WithLabelValues(target, outcome, got.Class.String()).Inc()
	if got.Wait >= 0 {
		m.retryAfter.WithLabelValues(target).Observe(got.Wait.Seconds())
	}
}

// all are the metrics that are counted.
func (m *metrics) all() []prometheus.Collector {
	return []prometheus.Collector{m.attempts, m.retryAfter, m.fenced, m.out, m.suppressed}
}

// What is read from the database when it is asked for.
var (
	depth       = prometheus.NewDesc("queue_depth", "Deliveries by state.", []string{"target", "state"}, nil)
	age         = prometheus.NewDesc("delivery_age_seconds", "Age of the oldest delivery that is still to be made; 0 when there is none.", []string{"target"}, nil)
	deadLetters = prometheus.NewDesc("dead_letters", "Deliveries that were given up, for someone to look at.", []string{"target"}, nil)
	circuit     = prometheus.NewDesc("circuit_open", "1 while nothing is sent because the registry fails or refuses us.", []string{"target"}, nil)
	received    = prometheus.NewDesc("resources_in_total", "Resources that were received for registries, by fate: accepted, ignored or rejected; as long as receipts are kept.", []string{"fate"}, nil)
	expiry      = prometheus.NewDesc("cert_expiry_seconds", "Until the first certificate expires, by use: client or authority.", []string{"target", "use"}, nil)
)

// Describe lists the metrics, for a prometheus.Registerer.
func (s *Service) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{depth, age, deadLetters, circuit, received, expiry} {
		ch <- d
	}
	for _, c := range s.metrics.all() {
		c.Describe(ch)
	}
}

// scrapeTime bounds what reading the database for the metrics may take.
const scrapeTime = 5 * time.Second

// Collect gives the metrics of now.
func (s *Service) Collect(ch chan<- prometheus.Metric) {
	for _, c := range s.metrics.all() {
		c.Collect(ch)
	}
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	counts, err := s.Counts(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(depth, err)
		return
	}
	totals, err := s.options.Store.Totals(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(received, err)
		return
	}
	for fate, n := range map[string]int{"accepted": totals.Accepted, "ignored": totals.Ignored, "rejected": totals.Rejected} {
		ch <- prometheus.MustNewConstMetric(received, prometheus.CounterValue, float64(n), fate)
	}
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	for _, c := range counts {
		for _, state := range store.States() {
			gauge(depth, float64(c.States[state]), c.Target, string(state))
		}
		gauge(deadLetters, float64(c.Dead), c.Target)
		waiting := 0.0
		if !c.Oldest.IsZero() {
			waiting = time.Since(c.Oldest).Seconds()
		}
		gauge(age, waiting, c.Target)
	}
	for name, r := range s.recipients {
		gauge(circuit, map[bool]float64{true: 1}[r.Target.Open()], name)
		certificates, err := r.Target.Certificates()
		if err != nil {
			continue // doctor tells why
		}
		first := map[string]time.Time{}
		for _, c := range certificates {
			if at, seen := first[c.Use]; !seen || c.Expires.Before(at) {
				first[c.Use] = c.Expires
			}
		}
		for use, at := range first {
			gauge(expiry, time.Until(at).Seconds(), name, use)
		}
	}
}
