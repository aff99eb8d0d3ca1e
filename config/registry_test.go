package config

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

func TestRegistryKeys(t *testing.T) {
	c, err := Load(file(t, `
registry:
  clinic: http://fhir.nl/fhir/NamingSystem/agb-z|06010101
  name: Pijncentrum Voorbeeld
  manufacturers: [Precisis]
  targets:
    - {name: nva, shape: transaction, birthDate: month, include: [registry-procedure], allowClientIDs: true, maxEntries: 100, maxBytes: 1000000}
    - {name: nkr, recipient: nkr-2, scope: prom}
`), []string{"PIJNPOORT_REGISTRY_TENANT=noord"})
	if err != nil {
		t.Fatal(err)
	}
	if centre := c.Centre(); centre.Clinic.Value != "06010101" || centre.Clinic.System != "http://fhir.nl/fhir/NamingSystem/agb-z" || centre.Name != "Pijncentrum Voorbeeld" || c.Registry.Tenant != "noord" {
		t.Errorf("centre: %+v", centre)
	}
	first, err := c.RegistryTarget("")
	if err != nil || first.Recipient != "nva" || first.Shape != normalise.Transaction || first.BirthDate != normalise.ToMonth || first.MaxEntries != 100 || !first.AllowClientIDs {
		t.Errorf("first target: %+v, %v", first, err)
	}
	if second, err := c.RegistryTarget("nkr"); err != nil || second.Recipient != "nkr-2" || second.Scope != "prom" {
		t.Errorf("second target: %+v, %v", second, err)
	}
	if _, err := c.RegistryTarget("x"); err == nil || !strings.Contains(err.Error(), "there are: nva, nkr (registry.targets)") {
		t.Errorf("no such target: %v", err)
	}
	if n := c.Normalising(); len(n.Targets) != 2 || len(n.Shapes) != 4 || len(n.Precisions) != 4 {
		t.Errorf("normalising: %+v", n)
	}
	if only, err := Default().RegistryTarget(""); err != nil || only.Name != "registry" {
		t.Errorf("without targets: %+v, %v", only, err)
	}
}

func TestRegistryErrorsNameTheKey(t *testing.T) {
	for yaml, want := range map[string]string{
		"clinic: 06010101":                               `registry.clinic: must be "system|value"`,
		"targets: [{name: a}, {name: b c}]":              "registry.targets: target 2: name: must be at most 64 letters",
		"targets: [{name: a}, {name: a}]":                "registry.targets: target 2: name: two targets have it",
		"targets: [{name: a, shape: message}]":           "registry.targets: target 1: shape: must be collection",
		"targets: [{name: a, birthDate: age}]":           "registry.targets: target 1: birthDate: must be year",
		"targets: [{name: a, include: [registry-name]}]": `registry.targets: target 1: include: there is no profile "registry-name"`,
		"pseudonymKeys: /does/not/exist":                 "registry.pseudonymKeys: must be a file that exists",
		"recipient: nva":                                 `unknown field "recipient"`,
	} {
		if _, err := Load(file(t, "registry: {"+yaml+"}\n"), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", yaml, err)
		}
	}
}

// Several who need keys at once make one file, and go on with the same key.
func TestKeysAreMadeOnce(t *testing.T) {
	c := Default()
	c.Data = filepath.Join(t.TempDir(), "data")
	today := mapping.NewDay(2026, 5, 1)
	var group sync.WaitGroup
	var mutex sync.Mutex
	made := 0
	for range 8 {
		group.Go(func() {
			keys, file, err := c.PseudonymKeys(today)
			mutex.Lock()
			defer mutex.Unlock()
			if err != nil || len(keys) != 1 || keys[0].ID != "2026-1" {
				t.Errorf("keys: %v, %v", keys, err)
			}
			if file != "" {
				made++
			}
		})
	}
	group.Wait()
	if made != 1 {
		t.Errorf("made %d times", made)
	}
	if err := os.Chmod(filepath.Join(c.Data, keyFile), 0o604); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Normaliser(normalise.Target{Name: "a", Recipient: "a"}, today); err == nil || !strings.Contains(err.Error(), "registry.pseudonymKeys: ") || !strings.Contains(err.Error(), "others than its owner") {
		t.Errorf("open to others: %v", err)
	}
}
