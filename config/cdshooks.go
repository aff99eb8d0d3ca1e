package config

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
	"github.com/pijnpoort/pijnpoort/cdshooks/trust"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/client"
)

// CDSHooks are the decision hooks.
type CDSHooks struct {
	// RequireJWT asks callers for a JWT; unset is true, but on loopback false.
	RequireJWT *bool `yaml:"requireJWT"`
	// Clients are the callers that are known.
	Clients []HookClient `yaml:"clients" validate:"hookclients"`
	// FHIRServers are the base URLs of the FHIR servers that we may call.
	FHIRServers []string `yaml:"fhirServers" validate:"fhirservers"`
	// Origins are those of browser-based callers: [https://ehr.example], or ["*"] for
	// any. Unset on loopback: any origin on this machine.
	Origins []string `yaml:"origins" validate:"origins"`
	// Prefetch holds the site's own prefetch queries, by key.
	Prefetch map[string]string `yaml:"prefetch"`
	// FetchMilliseconds is the time that fetching data may take in one call.
	FetchMilliseconds int `yaml:"fetchMilliseconds" validate:"gt=0,lte=10000"`
	// Bytes is the most that a call may hold.
	Bytes int64 `yaml:"bytes" validate:"gt=0"`
	// Links stand on every card.
	Links []HookLink `yaml:"links" validate:"hooklinks"`
	// QuietDays is for how many days a card that was overridden is not shown again; 0
	// shows it at every call. A contra-indication is shown whenever an order is signed.
	QuietDays int `yaml:"quietDays" validate:"omitempty,gt=0,lte=365"`
	// CoverageInformation writes on neuromodulation orders what the standpunt says of
	// their coverage, as in Da Vinci CRD.
	CoverageInformation bool `yaml:"coverageInformation"`
	// RequestsPerSecond is how often one client may call on average, 0 without bound;
	// unset is 50, but on loopback without bound.
	RequestsPerSecond *float64 `yaml:"requestsPerSecond" validate:"omitempty,hookrate"`
	// Burst is how many calls one client may do at once; 0 is those of two seconds.
	Burst int `yaml:"burst" validate:"omitempty,gt=0"`
}

// HookClient is a caller of decision hooks.
type HookClient struct {
	Issuer string `yaml:"issuer"` // iss of its JWTs
	JWKS   string `yaml:"jwks"`   // where its public keys are: an https URL or a file
	Tenant string `yaml:"tenant"` // claim of its JWTs; empty is any
}

// checkHookClients checks what can be checked without reading keys.
func checkHookClients(clients []HookClient) error {
	for i, c := range clients {
		if c.Issuer == "" || c.JWKS == "" {
			return fmt.Errorf("client %d must have an issuer and jwks", i+1)
		}
	}
	return nil
}

func checkFHIRServers(servers []string) error {
	_, err := client.New(client.Options{Servers: servers})
	return err
}

func checkOrigins(origins []string) error {
	for _, o := range origins {
		u, err := url.Parse(o)
		if o != "*" && (err != nil || u.Host == "" || o != u.Scheme+"://"+u.Host) {
			return errors.New(`must be origins such as https://ehr.example, or "*"`)
		}
	}
	return nil
}

// RequiresJWT reports whether callers of decision hooks must show a JWT.
func (c Config) RequiresJWT() bool {
	if c.CDSHooks.RequireJWT != nil {
		return *c.CDSHooks.RequireJWT
	}
	return !c.IsLoopback()
}

// Public is the URL under which clients reach us, without slash at the end.
func (c Config) Public() string {
	if c.PublicBase == "" {
		return "http://" + c.Addr
	}
	return strings.TrimRight(c.PublicBase, "/")
}

// Hooks are the options of the decision hooks, which keep no feedback yet: see
// NewFeedbackInStore. keep, when not nil, is given every chart that was advised on. The
// error names the key that cannot be used.
func (c Config) Hooks(keep func(context.Context, *fhir.Chart), logger *slog.Logger) (options cdshooks.Options, err error) {
	adviser, err := c.Adviser()
	if err != nil {
		return options, err
	}
	settings := c.CDSHooks
	options = cdshooks.Options{
		Services: neuromodulation.Services(neuromodulation.Options{Adviser: adviser, Limits: c.DecodeLimits(), Queries: settings.Prefetch, Log: logger,
			CoverageInformation: settings.CoverageInformation, Keep: keep}),
		Language: c.Language, PublicBase: c.Public(), Origins: settings.Origins, MaxBytes: settings.Bytes,
		FetchTime: time.Duration(settings.FetchMilliseconds) * time.Millisecond, Log: logger,
		QuietDays: settings.QuietDays, Rate: c.hookRate(),
	}
	if options.Links, err = c.hookLinks(); err != nil {
		return options, err
	}
	if settings.Origins == nil && c.IsLoopback() {
		options.Origins = []string{cdshooks.LoopbackOrigins}
	}
	if c.RequiresJWT() {
		if len(settings.Clients) == 0 {
			logger.Warn("decision hooks: no client is known (cdshooks.clients), so every call is refused")
		}
		known := make([]trust.Client, len(settings.Clients))
		for i, k := range settings.Clients {
			known[i] = trust.Client(k)
		}
		if options.Clients, err = trust.New(known, nil); err != nil {
			return options, keyError("cdshooks.clients", err)
		}
	}
	if options.Servers, err = client.New(client.Options{Servers: settings.FHIRServers}); err != nil {
		return options, keyError("cdshooks.fhirServers", err)
	}
	return options, nil
}
