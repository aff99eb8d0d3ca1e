package telemetry

import (
	"context"
	"fmt"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
)

// allowed are the attributes of spans that are exported: none can hold data of a patient.
// Those that end in a point allow all that begin so.
var allowed = []string{
	"http.request.method", "http.response.status_code", "http.route", "server.port", "error.type",
	"rpc.", "otel.", "pijnpoort.",
}

// Traces sets up OpenTelemetry by its standard environment (OTEL_EXPORTER_OTLP_ENDPOINT
// and the like, over HTTP; the exporter reads them itself). Without an endpoint there, or
// with OTEL_SDK_DISABLED or OTEL_TRACES_EXPORTER=none, nothing is traced. environ is as
// from os.Environ. stop sends what is left.
func Traces(ctx context.Context, version string, environ []string) (stop func(context.Context) error, err error) {
	otel.SetTextMapPropagator(propagation.TraceContext{})
	if !wanted(environ) {
		return func(context.Context) error { return nil }, nil
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "pijnpoort"), attribute.String("service.version", version)), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	provider := trace.NewTracerProvider(trace.WithBatcher(Filter(exporter)), trace.WithResource(about))
	otel.SetTracerProvider(provider)
	return provider.Shutdown, nil
}

func wanted(environ []string) bool {
	set := map[string]string{}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		set[name] = value
	}
	endpoint := set["OTEL_EXPORTER_OTLP_ENDPOINT"] + set["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]
	return endpoint != "" && !strings.EqualFold(set["OTEL_SDK_DISABLED"], "true") && set["OTEL_TRACES_EXPORTER"] != "none"
}

// Filter is an exporter that passes on only attributes on the list.
func Filter(next trace.SpanExporter) trace.SpanExporter { return &filter{next} }

type filter struct{ trace.SpanExporter }

// ExportSpans passes spans on.
func (f *filter) ExportSpans(ctx context.Context, spans []trace.ReadOnlySpan) error {
	out := make([]trace.ReadOnlySpan, len(spans))
	for i, s := range spans {
		out[i] = filtered{s}
	}
	return f.SpanExporter.ExportSpans(ctx, out)
}

// filtered is a span without what is not on the list. Words of a status and of events,
// such as the message of an error, are left out too.
type filtered struct{ trace.ReadOnlySpan }

// Attributes are those on the list.
func (s filtered) Attributes() []attribute.KeyValue { return only(s.ReadOnlySpan.Attributes()) }

// Status is the code, without words.
func (s filtered) Status() trace.Status { return trace.Status{Code: s.ReadOnlySpan.Status().Code} }

// Events have the attributes on the list.
func (s filtered) Events() []trace.Event {
	var events []trace.Event
	for _, e := range s.ReadOnlySpan.Events() {
		e.Attributes = only(e.Attributes)
		events = append(events, e)
	}
	return events
}

func only(all []attribute.KeyValue) (kept []attribute.KeyValue) {
	for _, a := range all {
		for _, name := range allowed {
			if string(a.Key) == name || strings.HasSuffix(name, ".") && strings.HasPrefix(string(a.Key), name) {
				kept = append(kept, a)
				break
			}
		}
	}
	return kept
}
