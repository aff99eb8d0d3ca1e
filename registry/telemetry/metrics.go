package telemetry

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are those of the program: Go, the process, the requests, and what is added.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	hooks    *prometheus.HistogramVec
}

// NewMetrics makes them; version is that of the program.
func NewMetrics(version string, more ...prometheus.Collector) (*Metrics, error) {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "http_request_seconds", Help: "Time to answer, by route.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 10)}, []string{"method", "route", "status"}),
		hooks: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "cds_request_seconds", Help: "Time to answer a decision hook, by service.",
			Buckets: []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5}}, []string{"service", "status"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "build_info", Help: "1; the label tells the version.", ConstLabels: prometheus.Labels{"version": version}})
	build.Set(1)
	all := append([]prometheus.Collector{collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), m.requests, m.hooks, build}, more...)
	for _, c := range all {
		if err := m.registry.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// Handler serves them, as Prometheus and OpenMetrics have it. What cannot be read, as
// while the database is away, is left out and counted.
func (m *Metrics) Handler() http.Handler {
	return promhttp.InstrumentMetricHandler(m.registry, promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, EnableOpenMetrics: true}))
}

// hookRoute is the route of a call of a decision hook.
const hookRoute = "/cds-services/:id"

// Observe measures requests. A path that is no route is counted as such, whatever it is.
func (m *Metrics) Observe(c *gin.Context) {
	began := time.Now()
	c.Next()
	took, status, route := time.Since(began).Seconds(), strconv.Itoa(c.Writer.Status()), c.FullPath()
	if route == "" {
		route = "none"
	}
	m.requests.WithLabelValues(method(c.Request.Method), route, status).Observe(took)
	if route == hookRoute && c.Request.Method == http.MethodPost && c.Writer.Status() != http.StatusNotFound {
		m.hooks.WithLabelValues(c.Param("id"), status).Observe(took)
	}
}

var methods = map[string]bool{http.MethodGet: true, http.MethodHead: true, http.MethodPost: true, http.MethodPut: true, http.MethodPatch: true, http.MethodDelete: true, http.MethodOptions: true}

// method keeps callers from making labels.
func method(name string) string {
	if methods[name] {
		return name
	}
	return "other"
}
