package target

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"golang.org/x/time/rate"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/registry/delivery/answer"
)

// Options say what a registry is like.
type Options struct {
	Name string // as in the settings, metrics and the list of deliveries
	URL  string // where to post to; https, unless on the loopback interface
	// Delay is how long a patient's first delivery waits, so that a suspicion that
	// proves wrong never leaves.
	Delay time.Duration
	// PerSecond bounds the requests; 0 is no bound.
	PerSecond float64
	// Timeout of one request; default 15 seconds.
	Timeout time.Duration
	// AnswerBytes is the most that an answer may hold; default 16 MiB.
	AnswerBytes int64
	Auth        Auth
	TLS         TLS
	Circuit     Circuit
}

// Auth is how we prove who we are, beside a certificate: a token from an authorisation
// server, or one that does not change. Neither is possible too.
type Auth struct {
	TokenURL  string
	ClientID  string
	KeyFile   string // private key: JWK, JWKS or PEM
	Scope     string
	TokenFile string // a file with a token that does not change
}

// Circuit says when to leave a registry alone. The zero value is the default.
type Circuit struct {
	Failures uint          // in a row before it opens; default 5
	Pause    time.Duration // after failures; default 30 seconds
	Refused  time.Duration // after a refusal as a whole; default 5 minutes
}

// Target is a registry. It is safe for concurrent use.
type Target struct {
	options   Options
	transport *transport
	client    *client.Client
	backend   *client.Backend // nil without authorisation server
	limiter   *rate.Limiter
	breaker   circuitbreaker.CircuitBreaker[answer.Answer]
	now       func() time.Time
}

// New prepares a registry; nothing is called yet. The error names the setting at fault.
func New(options Options) (*Target, error) {
	options.defaults()
	t := &Target{options: options, now: time.Now, limiter: rate.NewLimiter(rate.Inf, 1)}
	var err error
	if t.transport, err = newTransport(options.TLS); err != nil {
		return nil, fmt.Errorf("tls: %w", err)
	}
	t.client, err = client.New(client.Options{Servers: []string{options.URL}, Timeout: options.Timeout, Bytes: options.AnswerBytes, Transport: t.transport})
	if err != nil {
		return nil, fmt.Errorf("url: %w", err)
	}
	if err := t.authorise(); err != nil {
		return nil, fmt.Errorf("auth: %w", err)
	}
	if options.PerSecond > 0 {
		t.limiter = rate.NewLimiter(rate.Limit(options.PerSecond), max(1, int(options.PerSecond)))
	}
	t.breaker = circuitbreaker.NewBuilder[answer.Answer]().HandleIf(fails).
		WithFailureThreshold(options.Circuit.Failures).WithSuccessThreshold(1).
		WithDelayFunc(t.pause).WithDelay(options.Circuit.Refused). // the latter when we open it
		Build()
	return t, nil
}

func (o *Options) defaults() {
	for value, standard := range map[*time.Duration]time.Duration{
		&o.Timeout: 15 * time.Second, &o.Circuit.Pause: 30 * time.Second, &o.Circuit.Refused: 5 * time.Minute,
	} {
		if *value <= 0 {
			*value = standard
		}
	}
	if o.AnswerBytes <= 0 {
		o.AnswerBytes = 16 << 20
	}
	if o.Circuit.Failures == 0 {
		o.Circuit.Failures = 5
	}
}

func (t *Target) authorise() error {
	a := t.options.Auth
	switch {
	case a.TokenURL == "" && (a.ClientID != "" || a.KeyFile != ""):
		return errors.New("tokenURL is not given")
	case a.TokenURL != "" && a.TokenFile != "":
		return errors.New("tokenURL and tokenFile exclude each other")
	case a.TokenURL == "":
		return nil
	}
	document, err := os.ReadFile(a.KeyFile)
	if err != nil {
		return fmt.Errorf("keyFile: %w", err)
	}
	key, err := client.ParseKey(document)
	if err != nil {
		return fmt.Errorf("keyFile: %w", err)
	}
	t.backend, err = client.NewBackend(client.BackendOptions{TokenURL: a.TokenURL, ClientID: a.ClientID, Key: key, Scope: a.Scope,
		HTTP: &http.Client{Transport: t.transport, Timeout: t.options.Timeout}})
	return err
}

// Name is the name in the settings.
func (t *Target) Name() string { return t.options.Name }

// URL is where it is.
func (t *Target) URL() string { return t.options.URL }

// Delay is how long a patient's first delivery waits.
func (t *Target) Delay() time.Duration { return t.options.Delay }

// Timeout bounds one request.
func (t *Target) Timeout() time.Duration { return t.options.Timeout }

// Open reports whether the circuit keeps us from sending.
func (t *Target) Open() bool { return t.breaker.IsOpen() }

// Close ends idle connections.
func (t *Target) Close() { t.transport.CloseIdleConnections() }

// staticToken is the token in the file, which may be replaced at any time.
func (t *Target) staticToken() (string, error) {
	if t.options.Auth.TokenFile == "" {
		return "", nil
	}
	content, err := os.ReadFile(t.options.Auth.TokenFile)
	if err != nil {
		return "", fmt.Errorf("tokenFile: %w", err)
	}
	return strings.TrimSpace(string(content)), nil
}

// Reach asks whether the registry is there, and gives its clock as it tells it; zero when
// it does not. Any answer will do: not every registry lets itself be asked what it is.
func (t *Target) Reach(ctx context.Context) (clock time.Time, err error) {
	asking := &http.Client{Transport: t.transport, Timeout: t.options.Timeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(t.options.URL, "/")+"/metadata", nil)
	if err != nil {
		return clock, client.ErrUnsent
	}
	response, err := asking.Do(request)
	if err != nil {
		var told *url.Error
		if errors.As(err, &told) { // without the URL
			err = told.Err
		}
		return clock, err
	}
	defer response.Body.Close()
	clock, _ = http.ParseTime(response.Header.Get("Date"))
	if response.StatusCode >= http.StatusInternalServerError {
		return clock, client.StatusError(response.StatusCode)
	}
	return clock, nil
}
