package telemetry_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	oteltrace "go.opentelemetry.io/otel/trace"

	"github.com/pijnpoort/pijnpoort/registry/telemetry"
)

func TestRequestsAreMeasuredByRoute(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	m, err := telemetry.NewMetrics("1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	engine := gin.New()
	engine.Use(m.Observe)
	engine.POST("/cds-services/:id", func(c *gin.Context) {
		if c.Param("id") != "known" {
			c.Status(http.StatusNotFound)
		}
	})
	engine.GET("/metrics", gin.WrapH(m.Handler()))
	for _, r := range []struct{ method, path string }{{"POST", "/cds-services/known"}, {"POST", "/cds-services/Jansen"}, {"GET", "/Jansen/999911120"}, {"JANSEN", "/x"}} {
		engine.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(r.method, r.path, nil))
	}
	w := httptest.NewRecorder()
	engine.ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	got := w.Body.String()
	for _, line := range []string{
		`cds_request_seconds_count{service="known",status="200"} 1`,
		`http_request_seconds_count{method="POST",route="/cds-services/:id",status="404"} 1`,
		`http_request_seconds_count{method="GET",route="none",status="404"} 1`,
		`http_request_seconds_count{method="other",route="none",status="404"} 1`,
		`build_info{version="1.2.3"} 1`,
	} {
		if !strings.Contains(got, line) {
			t.Errorf("there is no %s", line)
		}
	}
	if strings.Contains(strings.ToUpper(got), "JANSEN") || strings.Contains(got, "999911120") {
		t.Error("a label holds what a caller sent")
	}
}

func TestOnlyAttributesOnTheListAreExported(t *testing.T) {
	kept := tracetest.NewInMemoryExporter()
	provider := trace.NewTracerProvider(trace.WithSyncer(telemetry.Filter(kept)))
	ctx, span := provider.Tracer("test").Start(t.Context(), "deliver", oteltrace.WithAttributes(
		attribute.String("pijnpoort.target", "nva"), attribute.String("url.full", "https://x/Patient?identifier=999911120"), attribute.String("http.route", "/fhir"), attribute.String("client.address", "10.0.0.1")))
	span.SetStatus(codes.Error, "Jansen")
	span.AddEvent("answered", oteltrace.WithAttributes(attribute.String("pijnpoort.class", "retry"), attribute.String("name", "Jansen")))
	span.End()
	if err := provider.ForceFlush(ctx); err != nil {
		t.Fatal(err)
	}
	spans := kept.GetSpans()
	if len(spans) != 1 {
		t.Fatalf("%d spans", len(spans))
	}
	got := []string{spans[0].Status.Description}
	for _, a := range append(spans[0].Attributes, spans[0].Events[0].Attributes...) {
		got = append(got, string(a.Key)+"="+a.Value.AsString())
	}
	if diff := cmp.Diff([]string{"", "pijnpoort.target=nva", "http.route=/fhir", "pijnpoort.class=retry"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestNothingIsTracedUnlessAsked(t *testing.T) {
	for _, environ := range [][]string{nil, {"OTEL_SERVICE_NAME=x"}, {"OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", "OTEL_SDK_DISABLED=true"}, {"OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", "OTEL_TRACES_EXPORTER=none"}} {
		before := otel.GetTracerProvider()
		stop, err := telemetry.Traces(t.Context(), "1", environ)
		if err != nil || otel.GetTracerProvider() != before {
			t.Errorf("%v: %v", environ, err)
			continue
		}
		if err := stop(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

func TestTracesGoWhereTheEnvironmentSays(t *testing.T) {
	arrived := make(chan string, 1)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { arrived <- r.URL.Path }))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	before := otel.GetTracerProvider()
	defer otel.SetTracerProvider(before)
	stop, err := telemetry.Traces(t.Context(), "1", []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.URL})
	if err != nil {
		t.Fatal(err)
	}
	_, span := otel.Tracer("test").Start(context.Background(), "deliver")
	span.End()
	if err := stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if path := <-arrived; path != "/v1/traces" {
		t.Error(path)
	}
}
