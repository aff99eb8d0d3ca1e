package config

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/intake"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// RegistryStore is how what is registered is kept.
type RegistryStore struct {
	// Keys is the file with the keys under which identifiers lie sealed, closed to others
	// than its owner; empty is the file that is made in data. Nodes share it.
	Keys string `yaml:"keys" validate:"omitempty,file"`
	// How long is kept what has served; 0 is for ever.
	SendingDays  int `yaml:"sendingDays" validate:"term"`  // receipts of intake
	DeliveryDays int `yaml:"deliveryDays" validate:"term"` // finished deliveries
	CardDays     int `yaml:"cardDays" validate:"term"`     // cards of decision hooks, and feedback
	AuditYears   int `yaml:"auditYears" validate:"term"`   // the audit log
}

func checkDatabase(url string) error {
	if url != "" && !strings.HasPrefix(url, "postgres://") && !strings.HasPrefix(url, "postgresql://") {
		return errors.New("must be postgres://...; without it an embedded database is kept in data")
	}
	return nil
}

func checkTerm(term int) error {
	if term < 0 {
		return errors.New("must be a number of days or years, 0 for ever")
	}
	return nil
}

// databaseFile is the embedded database in data.
const databaseFile = "registry.db"

// storeKeyFile is the key file that is made in data.
const storeKeyFile = "registry.keys"

// DatabaseURL is where what is registered is kept.
func (c Config) DatabaseURL() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, databaseFile)
}

// StoreKeysFile is the file with the keys of the store.
func (c Config) StoreKeysFile() string {
	if c.Registry.Store.Keys != "" {
		return c.Registry.Store.Keys
	}
	return filepath.Join(c.Data, storeKeyFile)
}

// StoreKeys reads the keys of the store. Where there are none they are made, unless there
// is a database that other keys belong to.
func (c Config) StoreKeys() (*store.Keys, error) {
	file := c.StoreKeysFile()
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) && c.Database == "" {
		if _, err := os.Stat(filepath.Join(c.Data, databaseFile)); err == nil {
			return nil, keyError("registry.store.keys", fmt.Errorf("%s is missing, without which %s cannot be read; put it back", file, databaseFile))
		}
	}
	keys, _, err := store.LoadOrMakeKeys(file)
	if err != nil {
		return nil, keyError("registry.store.keys", err)
	}
	return keys, nil
}

// Store opens the database, and brings its tables up to date. The caller closes it.
func (c Config) Store(ctx context.Context) (*store.Store, error) {
	keys, err := c.StoreKeys()
	if err != nil {
		return nil, err
	}
	return c.OpenStore(ctx, c.DatabaseURL(), keys)
}

// OpenStore is Store for another database.
func (c Config) OpenStore(ctx context.Context, url string, keys *store.Keys) (*store.Store, error) {
	s, err := store.Open(ctx, url, keys)
	if err != nil {
		return nil, keyError("database", err)
	}
	err = s.Migrate(ctx)
	if errors.Is(err, store.ErrKeys) {
		err = keyError("registry.store.keys", fmt.Errorf("%w: every node needs the file it was made with", err))
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// AuditLog is the log of who did what with the data of patients.
func (c Config) AuditLog() *audit.Log {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return &audit.Log{Site: c.Title(), Software: "pijnpoort|" + SoftwareVersion, Host: host}
}

// Intake takes what is sent for a registry. The hooks run with what is kept, in one
// transaction: such as what queues deliveries.
func (c Config) Intake(s *store.Store, hooks ...store.Hook) (*intake.Intake, error) {
	adviser, err := c.Adviser()
	if err != nil {
		return nil, err
	}
	return &intake.Intake{
		Store: s, Audit: c.AuditLog(), Register: intake.Registering(adviser), Limits: c.DecodeLimits(),
		Tenant: c.Registry.Tenant, Clinic: c.Registry.Clinic, Hooks: hooks, Preference: c.Registry.Identifiers,
	}, nil
}

// Retention is how long is kept what has served.
func (c Config) Retention() store.Retention {
	const day = 24 * time.Hour
	keep := c.Registry.Store
	return store.Retention{
		Sendings: time.Duration(keep.SendingDays) * day, Deliveries: time.Duration(keep.DeliveryDays) * day,
		Cards: time.Duration(keep.CardDays) * day, Audit: time.Duration(keep.AuditYears) * 365 * day,
	}
}
