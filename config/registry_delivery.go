package config

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/delivery"
	"github.com/pijnpoort/pijnpoort/registry/delivery/target"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/telemetry/health"
)

// RegistryDelivery is how a registry is delivered to.
type RegistryDelivery struct {
	// URL is where to post to; without it nothing is delivered.
	URL string `yaml:"url"`
	// DelayDays is how long a patient's first delivery waits.
	DelayDays float64 `yaml:"delayDays"`
	// PerSecond bounds the requests of one node; 0 is no bound.
	PerSecond float64 `yaml:"perSecond"`
	// TimeoutSeconds of one request; 0 is 15.
	TimeoutSeconds int `yaml:"timeoutSeconds"`
	// Workers are how many calls are made at once from a node; 0 is 8.
	Workers int          `yaml:"workers"`
	Auth    RegistryAuth `yaml:"auth"`
	TLS     RegistryTLS  `yaml:"tls"`
}

// RegistryAuth is how we prove who we are: SMART Backend Services, or a fixed token.
type RegistryAuth struct {
	TokenURL  string `yaml:"tokenURL"`
	ClientID  string `yaml:"clientID"`
	KeyFile   string `yaml:"keyFile"` // private key: JWK, JWKS or PEM
	Scope     string `yaml:"scope"`
	TokenFile string `yaml:"tokenFile"` // a fixed token, instead
}

// RegistryTLS are the files (PEM) of the connection with a registry, read anew when they
// change.
type RegistryTLS struct {
	Cert        string `yaml:"cert"`        // our certificate
	Key         string `yaml:"key"`         // its private key
	Authorities string `yaml:"authorities"` // the only ones that are trusted
}

// check checks what can be checked without reading files.
func (d RegistryDelivery) check() error {
	if d.URL != "" {
		if _, err := client.New(client.Options{Servers: []string{d.URL}}); err != nil {
			return errors.New("url: must be https, or on this machine")
		}
	}
	if d.DelayDays < 0 || d.PerSecond < 0 || d.TimeoutSeconds < 0 || d.Workers < 0 {
		return errors.New("delayDays, perSecond, timeoutSeconds, workers: must not be negative")
	}
	if d.TimeoutSeconds > maxTimeout {
		return fmt.Errorf("timeoutSeconds: must be at most %d", maxTimeout)
	}
	return nil
}

// maxTimeout keeps what is under way at a crash from waiting long for another worker.
const maxTimeout = 15

// lease is that of deliveries; it gives any request its time.
var lease = delivery.Lease{Work: (maxTimeout + 1) * time.Second}

func (t RegistryTarget) recipient() (*target.Target, error) {
	d := t.RegistryDelivery
	return target.New(target.Options{
		Name: t.Name, URL: d.URL, Delay: time.Duration(d.DelayDays * float64(24*time.Hour)), PerSecond: d.PerSecond,
		Timeout: time.Duration(d.TimeoutSeconds) * time.Second,
		Auth:    target.Auth(d.Auth),
		TLS:     target.TLS{Certificate: d.TLS.Cert, Key: d.TLS.Key, Authorities: d.TLS.Authorities},
	})
}

// Delivery delivers what is in the database to all targets that have a URL. It is not
// started; until then it queues. The error names the target and the key at fault.
func (c Config) Delivery(db *store.Store, log *slog.Logger) (*delivery.Service, error) {
	if err := c.checkPseudonymKeys(db); err != nil {
		return nil, err
	}
	options := delivery.Options{Store: db, Log: log, Lease: lease, Audit: c.AuditLog()}
	for _, t := range c.Registry.Targets {
		if t.URL == "" {
			continue
		}
		to, err := t.recipient()
		if err != nil {
			return nil, keyError("registry.targets", fmt.Errorf("%s: %w", t.Name, err))
		}
		today := mapping.DayOf(time.Now())
		normaliser, err := c.Normaliser(t.target(), today)
		if err != nil {
			return nil, err
		}
		normaliser.Pseudonyms = &daily{config: c, current: normaliser.Pseudonyms, day: today}
		options.Recipients = append(options.Recipients, &delivery.Recipient{Target: to, Normaliser: normaliser, Workers: t.Workers})
	}
	service, err := delivery.New(options)
	if err != nil {
		return nil, keyError("registry.targets", err)
	}
	return service, nil
}

// errKeysLost is for keys of pseudonyms that are gone while registries know patients by them.
var errKeysLost = errors.New("is missing, and registries know patients by it: put it back, with another key each would be a new patient")

func isMissing(file string) bool {
	_, err := os.Stat(file)
	return errors.Is(err, os.ErrNotExist)
}

// checkPseudonymKeys refuses to go on without the keys by which something was delivered:
// where none are, others would be made.
func (c Config) checkPseudonymKeys(db *store.Store) error {
	file := c.pseudonymKeysFile()
	if !isMissing(file) {
		return nil
	}
	byTarget, err := db.DeliveryCounts(context.Background())
	if err != nil {
		return err
	}
	for _, states := range byTarget {
		if states[store.StateDelivered]+states[store.StateUnknown] > 0 {
			return keyError("registry.pseudonymKeys", fmt.Errorf("%s %w", file, errKeysLost))
		}
	}
	return nil
}

// daily makes pseudonyms by the keys that are in use today, also when today is not the
// day on which the program began.
type daily struct {
	config  Config
	mu      sync.Mutex
	day     mapping.Day
	current pseudonym.Pseudonymiser
}

// Pseudonyms are those of today. When the keys cannot be read it makes none: old ones
// would tell the registry of another person.
func (d *daily) Pseudonyms(ctx context.Context, use pseudonym.Use, identity pseudonym.Identity) ([]pseudonym.Pseudonym, error) {
	current, err := d.today()
	if err != nil {
		return nil, err
	}
	return current.Pseudonyms(ctx, use, identity)
}

func (d *daily) today() (pseudonym.Pseudonymiser, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if today := mapping.DayOf(time.Now()); today != d.day {
		if file := d.config.pseudonymKeysFile(); isMissing(file) {
			return nil, keyError("registry.pseudonymKeys", fmt.Errorf("%s %w", file, errKeysLost))
		}
		keys, _, err := d.config.PseudonymKeys(today)
		if err != nil {
			return nil, err
		}
		current, err := keys.At(today)
		if err != nil {
			return nil, keyError("registry.pseudonymKeys", err)
		}
		d.current, d.day = current, today
	}
	return d.current, nil
}

// The ages of what waits for delivery that are told, beyond the delay of the target.
const (
	waitsLong    = time.Hour
	waitsTooLong = 24 * time.Hour
)

// DeliveryChecks look after the deliveries: how long they wait, and the keys,
// certificates and registries that they need.
func (c Config) DeliveryChecks(service *delivery.Service) []health.Check {
	keys := c.pseudonymKeysFile()
	checks := []health.Check{{Name: "pseudonym keys", Run: func(context.Context) (health.Level, string) {
		if c.Registry.PseudonymKeys == "" && isMissing(keys) { // else Delivery would have refused
			return health.Warning, keys + " is not there yet: it is made on first use"
		}
		return health.KeyFile(keys, time.Now())
	}}}
	delays := map[string]time.Duration{}
	for _, t := range c.Registry.Targets {
		if t.URL == "" {
			continue
		}
		delays[t.Name] = time.Duration(t.DelayDays * float64(24*time.Hour))
		for _, file := range []string{t.Auth.KeyFile, t.Auth.TokenFile, t.TLS.Key} {
			if file != "" {
				checks = append(checks, health.Check{Name: t.Name + ": key", Run: func(context.Context) (health.Level, string) { return health.KeyFile(file, time.Now()) }})
			}
		}
		checks = append(checks, targetChecks(t)...)
	}
	return append(checks, health.Check{Name: "deliveries", Run: func(ctx context.Context) (health.Level, string) { return waiting(ctx, service, delays) }})
}

// targetChecks ask a registry whether it is there.
func targetChecks(t RegistryTarget) []health.Check {
	to, err := t.recipient()
	if err != nil {
		return []health.Check{{Name: t.Name, Run: func(context.Context) (health.Level, string) { return health.Failed, err.Error() }}}
	}
	return []health.Check{
		{Name: t.Name + ": certificates", Run: func(context.Context) (health.Level, string) {
			certificates, err := to.Certificates()
			if err != nil {
				return health.Failed, err.Error()
			}
			level, detail := health.OK, "none of our own"
			for i, c := range certificates {
				if l, d := health.Expiry("the "+c.Use+"'s certificate", c.Expires, time.Now()); i == 0 || l == health.Failed || level == health.OK {
					level, detail = l, d
				}
			}
			return level, detail
		}},
		{Name: t.Name + ": reachable", Run: func(ctx context.Context) (health.Level, string) {
			defer to.Close()
			clock, err := to.Reach(ctx)
			if err != nil {
				return health.Failed, err.Error()
			}
			if clock.IsZero() {
				return health.OK, "it answers"
			}
			level, detail := health.Skew(clock, time.Now())
			return level, "it answers; " + detail
		}},
	}
}

// waiting judges what waits, and what was given up.
func waiting(ctx context.Context, service *delivery.Service, delays map[string]time.Duration) (health.Level, string) {
	counts, err := service.Counts(ctx)
	if err != nil {
		return health.Failed, err.Error()
	}
	level, detail := health.OK, "nothing waits, nothing was given up"
	for _, n := range counts {
		found, words := health.Age(n.Oldest, time.Now(), delays[n.Target]+waitsLong, delays[n.Target]+waitsTooLong)
		if n.Dead > 0 {
			found, words = health.Failed, fmt.Sprintf("%d were given up (pijnpoort deliver list --state dead)", n.Dead)
		}
		if !n.Known && n.Pending > 0 {
			found, words = health.Failed, fmt.Sprintf("%d wait for a target that the settings do not have", n.Pending)
		}
		if found == health.Failed || found == health.Warning && level == health.OK || level == health.OK && n.Pending > 0 {
			level, detail = found, n.Target+": "+words
		}
	}
	return level, detail
}
