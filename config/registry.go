package config

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

// SoftwareVersion is the version of the program, as registries are told.
const SoftwareVersion = "0.1.0"

// Registry is what goes to quality registries.
type Registry struct {
	// Tenant tells hospitals on one installation apart; empty for one.
	Tenant string `yaml:"tenant"`
	// Clinic is the identifier of this hospital's clinic, as "system|value".
	Clinic string `yaml:"clinic" validate:"clinic"`
	// Name is that of the clinic.
	Name string `yaml:"name"`
	// PseudonymKeys is the file with the keys of pseudonyms, closed to others than its
	// owner; empty is the file that is made in data.
	PseudonymKeys string `yaml:"pseudonymKeys" validate:"omitempty,file"`
	// Manufacturers of devices whose names may be sent, besides those that are known.
	Manufacturers []string `yaml:"manufacturers"`
	// Identifiers are the systems of identifiers by which patients are known at registries,
	// best first; others follow, the BSN before those of the hospital. What a patient was
	// first known by stays.
	Identifiers []string `yaml:"identifiers"`
	// FromHooks keeps for the registry what decision hooks are sent too.
	FromHooks bool `yaml:"fromHooks"`
	// Store is how what is registered is kept.
	Store RegistryStore `yaml:"store"`
	// Audit is the log of who did what with data of patients.
	Audit RegistryAudit `yaml:"audit"`
	// Report is what the annual report rests on besides what is registered.
	Report RegistryReport `yaml:"report"`
	// Targets are the registries. Without any, bundles are made for one named "registry".
	Targets []RegistryTarget `yaml:"targets" validate:"registrytargets"`
}

// RegistryTarget is a registry and what it takes.
type RegistryTarget struct {
	Name           string              `yaml:"name"`
	Recipient      string              `yaml:"recipient"` // the name when empty
	Scope          string              `yaml:"scope"`
	Shape          normalise.Shape     `yaml:"shape"`     // collection when empty
	BirthDate      normalise.Precision `yaml:"birthDate"` // year when empty
	Include        []string            `yaml:"include"`   // ids of profiles; all when empty
	AllowClientIDs bool                `yaml:"allowClientIDs"`
	MaxEntries     int                 `yaml:"maxEntries"`
	MaxBytes       int                 `yaml:"maxBytes"`

	RegistryDelivery `yaml:",inline"`
}

// target is what package normalise takes.
func (t RegistryTarget) target() normalise.Target {
	out := normalise.Target{
		Name: t.Name, Recipient: t.Recipient, Scope: t.Scope, Shape: t.Shape, BirthDate: t.BirthDate, Include: t.Include,
		AllowClientIDs: t.AllowClientIDs, MaxEntries: t.MaxEntries, MaxBytes: t.MaxBytes,
	}
	if out.Recipient == "" {
		out.Recipient = out.Name
	}
	return out
}

// checkTargets checks that every target can be made for, and has a name of its own.
func checkTargets(targets []RegistryTarget) error {
	seen := make(map[string]bool)
	for i, t := range targets {
		if err := t.target().Check(); err != nil {
			return fmt.Errorf("target %d: %w", i+1, err)
		}
		if err := t.RegistryDelivery.check(); err != nil {
			return fmt.Errorf("target %d: %w", i+1, err)
		}
		if seen[t.Name] {
			return fmt.Errorf("target %d: name: two targets have it", i+1)
		}
		seen[t.Name] = true
	}
	return nil
}

func checkClinic(clinic string) error {
	if system, value, found := strings.Cut(clinic, "|"); clinic != "" && (!found || system == "" || value == "") {
		return errors.New(`must be "system|value", such as http://fhir.nl/fhir/NamingSystem/agb-z|06010101`)
	}
	return nil
}

// defaultTarget is the target where none is set.
var defaultTarget = RegistryTarget{Name: "registry"}

func (c Config) targets() []RegistryTarget {
	if len(c.Registry.Targets) == 0 {
		return []RegistryTarget{defaultTarget}
	}
	return c.Registry.Targets
}

// RegistryTarget gives a target by name; the first, or the one that stands in for it, when
// the name is empty.
func (c Config) RegistryTarget(name string) (normalise.Target, error) {
	targets := c.targets()
	if name == "" {
		return targets[0].target(), nil
	}
	i := slices.IndexFunc(targets, func(t RegistryTarget) bool { return t.Name == name })
	if i < 0 {
		known := make([]string, len(targets))
		for i, t := range targets {
			known[i] = t.Name
		}
		return normalise.Target{}, fmt.Errorf("there is no target %q; there are: %s (registry.targets)", name, strings.Join(known, ", "))
	}
	return targets[i].target(), nil
}

// Centre is who sends.
func (c Config) Centre() normalise.Centre {
	system, value, _ := strings.Cut(c.Registry.Clinic, "|")
	return normalise.Centre{
		Clinic: registration.Identifier{System: system, Value: value},
		Name:   c.Registry.Name, Manufacturers: c.Registry.Manufacturers,
	}
}

// Normaliser makes what a target gets, with the keys that are in use on a day.
func (c Config) Normaliser(target normalise.Target, on mapping.Day) (*normalise.Normaliser, error) {
	keys, _, err := c.PseudonymKeys(on)
	if err != nil {
		return nil, err
	}
	names, err := keys.At(on)
	if err != nil {
		return nil, keyError("registry.pseudonymKeys", err)
	}
	return &normalise.Normaliser{Target: target, Centre: c.Centre(), Pseudonyms: names, Preference: c.Registry.Identifiers, Software: SoftwareVersion}, nil
}

// keyFile is the key file that is made in data.
const keyFile = "pseudonym-keys.yaml"

// pseudonymKeysFile is where the keys of pseudonyms are.
func (c Config) pseudonymKeysFile() string {
	return cmp.Or(c.Registry.PseudonymKeys, filepath.Join(c.Data, keyFile))
}

// PseudonymKeys reads the keys. Where none are set, the first to ask makes them in data,
// named after the year of the day; made is then the file.
func (c Config) PseudonymKeys(on mapping.Day) (keys pseudonym.Keys, made string, err error) {
	file := c.pseudonymKeysFile()
	if c.Registry.PseudonymKeys == "" {
		if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
			year, _, _ := on.Date()
			keys, err := pseudonym.Create(file, fmt.Sprintf("%d-1", year))
			if err == nil {
				return keys, file, nil
			}
			if !errors.Is(err, os.ErrExist) { // else somebody made it just before
				return nil, "", keyError("data", err)
			}
		}
	}
	if keys, err = pseudonym.ReadKeys(file); err != nil {
		return nil, "", keyError("registry.pseudonymKeys", fmt.Errorf("%s: %w", file, err))
	}
	return keys, "", nil
}
