package delivery

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/pijnpoort/pijnpoort/registry/delivery/answer"
)

func tracer() trace.Tracer { return otel.Tracer("github.com/pijnpoort/pijnpoort/registry/delivery") }

// traceparent is the trace of now in the form of W3C Trace Context; empty when there is none.
func traceparent(ctx context.Context) string {
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	return carrier.Get("traceparent")
}

// trace begins a span that goes on with the trace in which the delivery was queued. Its
// attributes are those listed here and in observe; none is of a patient.
func (s *Service) trace(ctx context.Context, a *attempt) (context.Context, func()) {
	ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{"traceparent": a.Trace})
	ctx, span := s.options.Tracer.Start(ctx, "deliver", trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(
		attribute.String("pijnpoort.target", a.Target), attribute.String("pijnpoort.delivery", a.ID),
		attribute.Int("pijnpoort.attempt", a.Attempts), attribute.Int("pijnpoort.resources", len(a.left))))
	return ctx, func() { span.End() }
}

// observe notes an answer in the span.
func observe(ctx context.Context, got answer.Answer) {
	span := trace.SpanFromContext(ctx)
	span.AddEvent("answered", trace.WithAttributes(attribute.String("pijnpoort.class", got.Class.String()), attribute.String("pijnpoort.reason", got.Reason)))
	if got.Class != answer.Delivered {
		span.SetStatus(codes.Error, got.Class.String())
	}
}
