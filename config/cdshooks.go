package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/feedbacklog"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
	"github.com/pijnpoort/pijnpoort/cdshooks/trust"
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

// Hooks are the options of the decision hooks. Closing closes the feedback, which is
// kept in the data directory. The error names the key that cannot be used.
func (c Config) Hooks(logger *slog.Logger) (options cdshooks.Options, closing func() error, err error) {
	adviser, err := c.Adviser()
	if err != nil {
		return options, nil, err
	}
	settings := c.CDSHooks
	options = cdshooks.Options{
		Services: neuromodulation.Services(neuromodulation.Options{Adviser: adviser, Limits: c.DecodeLimits(), Queries: settings.Prefetch}),
		Language: c.Language, PublicBase: c.Public(), Origins: settings.Origins, MaxBytes: settings.Bytes,
		FetchTime: time.Duration(settings.FetchMilliseconds) * time.Millisecond, Log: logger,
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
			return options, nil, keyError("cdshooks.clients", err)
		}
	}
	if options.Servers, err = client.New(client.Options{Servers: settings.FHIRServers}); err != nil {
		return options, nil, keyError("cdshooks.fhirServers", err)
	}
	kept, err := feedbacklog.Open(filepath.Join(c.Data, "feedback.jsonl"))
	if err != nil {
		return options, nil, keyError("data", err)
	}
	options.Feedback = kept
	return options, kept.Close, nil
}
