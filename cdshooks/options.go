package cdshooks

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/pijnpoort/pijnpoort/fhir/client"
)

// Options say what is served, and to whom.
type Options struct {
	Services []Service
	// PublicBase is the URL under which clients reach the router, without slash at
	// the end: what the audience of a JWT starts with.
	PublicBase string
	// Clients authenticates callers; nil lets everybody in.
	Clients Authenticator
	// Servers reads from the FHIR servers that may be called; nil is none.
	Servers *client.Client
	// Feedback keeps feedback; nil serves no feedback endpoint.
	Feedback FeedbackStore
	// Origins are the origins of browser-based clients, such as
	// "https://ehr.example"; "*" is any, LoopbackOrigins any on this machine.
	Origins []string
	// Language is "nl" or "en": what cards are in when the caller asks for neither.
	Language string
	// Links are put on every card.
	Links []CardLink
	// QuietDays is for how many days a card is not shown again after its user has
	// overridden it; 0 shows it at every call. It takes Feedback.
	QuietDays int
	// Rate bounds how often one client may call; the zero value does not.
	Rate Rate
	// Accessed is told of every call of a service before it is answered or refused; nil for
	// none. When it fails the call is refused with status 503.
	Accessed func(context.Context, Access) error
	// MaxBytes of a request; default 4 MiB.
	MaxBytes int64
	// FetchTime is the time that fetching data may take in one call; default 400 ms.
	FetchTime time.Duration
	// Log is nil for none. It gets no data of patients.
	Log *slog.Logger
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Authenticator knows the clients.
type Authenticator interface {
	// Authenticate checks the Authorization header of a call to the URL audience. The
	// error is for the log; the caller is not told why.
	Authenticate(ctx context.Context, authorization, audience string) error
	// Identify is Authenticate, and gives a name to the client: the same at every call.
	Identify(ctx context.Context, authorization, audience string) (caller string, err error)
}

// LoopbackOrigins, in Options.Origins, is any origin on this machine.
const LoopbackOrigins = "loopback"

// withDefaults fills in what is not set, and checks the rest.
func (o Options) withDefaults() (Options, error) {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 4 << 20
	}
	if o.FetchTime <= 0 {
		o.FetchTime = 400 * time.Millisecond
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Servers == nil {
		var err error
		if o.Servers, err = client.New(client.Options{}); err != nil {
			return o, err
		}
	}
	if o.Clients != nil && o.PublicBase == "" {
		return o, errors.New("cdshooks: authenticating clients takes the public base URL")
	}
	if o.QuietDays > 0 && o.Feedback == nil {
		return o, errors.New("cdshooks: leaving out what was overridden takes a place for feedback")
	}
	for i, l := range o.Links {
		if err := l.Check(); err != nil {
			return o, fmt.Errorf("cdshooks: link %d: %w", i+1, err)
		}
	}
	seen := map[string]bool{}
	for _, s := range o.Services {
		if seen[s.ID] {
			return o, fmt.Errorf("cdshooks: two services have the id %s", s.ID)
		}
		seen[s.ID] = true
		for _, hook := range s.Hooks {
			if contexts[hook] == nil {
				return o, fmt.Errorf("cdshooks: service %s: the context of hook %s is not known", s.ID, hook)
			}
		}
	}
	return o, nil
}
