package config

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"os"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/telemetry/health"
)

// MachineChecks look after what the machine holds: the disk, the keys of the store and the
// certificate of the server.
func (c Config) MachineChecks() []health.Check {
	checks := []health.Check{
		{Name: "disk", Run: func(context.Context) (health.Level, string) {
			if _, err := os.Stat(c.Data); os.IsNotExist(err) {
				return health.Warning, c.Data + " is not there yet"
			}
			return health.Disk(c.Data)
		}},
		{Name: "store keys", Run: func(context.Context) (health.Level, string) {
			if _, err := os.Stat(c.StoreKeysFile()); os.IsNotExist(err) {
				return health.Warning, c.StoreKeysFile() + " is not there yet: it is made on first use"
			}
			return health.KeyFile(c.StoreKeysFile(), time.Now())
		}},
	}
	if !c.TLS.IsSet() {
		return checks
	}
	return append(checks,
		health.Check{Name: "server key", Run: func(context.Context) (health.Level, string) { return health.KeyFile(c.TLS.Key, time.Now()) }},
		health.Check{Name: "server certificate", Run: func(context.Context) (health.Level, string) { return certificate(c.TLS.Cert) }})
}

// certificate judges the first certificate in a file.
func certificate(file string) (health.Level, string) {
	content, err := os.ReadFile(file)
	if err != nil {
		return health.Failed, err.Error()
	}
	block, _ := pem.Decode(content)
	if block == nil {
		return health.Failed, file + " holds no certificate"
	}
	parsed, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return health.Failed, err.Error()
	}
	return health.Expiry("the certificate", parsed.NotAfter, time.Now())
}

// StoreChecks look after the database.
func StoreChecks(db *store.Store) []health.Check {
	return []health.Check{{Name: "database", Run: func(ctx context.Context) (health.Level, string) {
		if err := db.Ready(ctx); err != nil {
			return health.Failed, err.Error()
		}
		return health.OK, db.Dialect() + ": reachable, writable, tables up to date"
	}}}
}

// Readiness are the checks that decide whether calls should come to this node: what is
// wrong elsewhere, as at a registry, does not.
func (c Config) Readiness(db *store.Store) []health.Check {
	checks := StoreChecks(db)
	return append(checks, health.Check{Name: "disk", Run: func(context.Context) (health.Level, string) { return health.Disk(c.Data) }})
}
