package target

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"go.opentelemetry.io/otel/propagation"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/registry/delivery/answer"
)

// Message is what goes out in one request.
type Message struct {
	Body        []byte
	ContentType string // default application/fhir+json
	Question    answer.Question
	// Key is the Idempotency-Key: the same for the same content of the same delivery,
	// whatever the attempt (draft-ietf-httpapi-idempotency-key-header).
	Key string
}

// longest is how long Admit waits for its turn; beyond it the caller had better come back.
const longest = 2 * time.Second

// Admit asks whether a message may be sent now. It waits for its turn when that comes
// soon. Otherwise it gives how long to stay away, and why; 0 is admitted.
func (t *Target) Admit(ctx context.Context) (wait time.Duration, why string, err error) {
	if wait = t.breaker.RemainingDelay(); wait > 0 {
		return wait, reasonOpen, nil
	}
	turn := t.limiter.Reserve()
	if wait = turn.Delay(); wait > longest {
		turn.Cancel()
		return wait, "the registry may not be asked more often", nil
	}
	select {
	case <-time.After(wait):
		return 0, "", nil
	case <-ctx.Done():
		turn.Cancel()
		return 0, "", ctx.Err()
	}
}

const reasonOpen = "the circuit to the registry is open"

// Send sends a message that was admitted, and judges the answer. What goes wrong is in
// the answer too, and that another is being tried while the circuit is half open.
func (t *Target) Send(ctx context.Context, m Message) answer.Answer {
	a, err := failsafe.With(t.breaker).WithContext(ctx).Get(func() (answer.Answer, error) {
		return t.send(ctx, m), nil
	})
	if errors.Is(err, circuitbreaker.ErrOpen) {
		return answer.Answer{Class: answer.Retry, Wait: max(t.breaker.RemainingDelay(), time.Second), Reason: reasonOpen}
	}
	if err != nil { // the context ended while the request was under way
		return unanswered(errors.Join(client.ErrLost, context.Cause(ctx)))
	}
	if a.Class == answer.Refused {
		t.breaker.Open()
	}
	return a
}

// fails reports whether an answer says something bad of the registry; that content was
// refused, or too large, does not.
func fails(a answer.Answer, _ error) bool {
	return a.Class == answer.Retry || a.Class == answer.Unknown || a.Class == answer.Refused
}

// pause is how long to leave the registry alone after failures.
func (t *Target) pause(execution failsafe.ExecutionAttempt[answer.Answer]) time.Duration {
	if last := execution.LastResult(); last.Class != answer.Refused {
		return max(t.options.Circuit.Pause, last.Wait)
	}
	return t.options.Circuit.Refused
}

func (t *Target) send(ctx context.Context, m Message) answer.Answer {
	token, err := t.token(ctx)
	if err != nil {
		return unanswered(err)
	}
	server, err := t.client.Server(t.options.URL, token)
	if err != nil {
		return unanswered(err)
	}
	header := http.Header{}
	if m.ContentType != "" {
		header.Set("Content-Type", m.ContentType)
	}
	if m.Key != "" {
		header.Set("Idempotency-Key", `"`+m.Key+`"`)
	}
	propagation.TraceContext{}.Inject(ctx, propagation.HeaderCarrier(header))
	response, err := server.Exchange(ctx, client.Request{Body: m.Body, Header: header})
	if err != nil {
		return unanswered(err)
	}
	if response.Status == http.StatusUnauthorized && t.backend != nil {
		t.backend.Forget(token)
	}
	return answer.Of(m.Question, response.Status, response.Header, response.Body, t.now())
}

// token is what to show to the registry; empty is nothing.
func (t *Target) token(ctx context.Context) (string, error) {
	if t.backend != nil {
		return t.backend.Token(ctx)
	}
	return t.staticToken()
}

// unanswered judges that there is no answer.
func unanswered(err error) answer.Answer {
	out := answer.Answer{Class: answer.Retry, Wait: -1, Reason: reason(err)}
	var status client.StatusError
	switch {
	case errors.Is(err, client.ErrLost):
		out.Class, out.Unsure = answer.Unknown, true
	case errors.Is(err, client.ErrUntrusted), errors.Is(err, client.ErrUnauthorized), errors.Is(err, client.ErrNotAllowed):
		out.Class = answer.Refused
	case errors.As(err, &status) && status < 500 && status != http.StatusTooManyRequests && status != http.StatusRequestTimeout:
		out.Class = answer.Refused // of the authorisation server
	}
	return out
}

// reason names what went wrong; these errors quote nothing of what was sent.
func reason(err error) string {
	for _, known := range []error{client.ErrUntrusted, client.ErrUnauthorized, client.ErrTooLarge, client.ErrTimeout, client.ErrLost, context.Canceled, client.ErrUnsent} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return err.Error()
}
