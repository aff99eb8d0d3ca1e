package config

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lestrrat-go/jwx/v3/jwk"

	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// keyFiles writes a private key as PEM, and its public half as a JWK.
func keyFiles(t *testing.T) (private, public string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := jwk.Import(key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := jwk.Pem(whole)
	if err != nil {
		t.Fatal(err)
	}
	half, err := whole.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	document, err := json.Marshal(half)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	private, public = filepath.Join(folder, "key.pem"), filepath.Join(folder, "key.jwk")
	for name, content := range map[string][]byte{private: secret, public: document} {
		if err := os.WriteFile(name, content, 0o400); err != nil {
			t.Fatal(err)
		}
	}
	return private, public
}

// marked marks the log and verifies what it finds with the marks in data.
func marked(t *testing.T, c Config, s *store.Store, mark bool) ([]audit.Mark, []audit.Fault) {
	t.Helper()
	if mark {
		if _, err := c.Mark(t.Context(), s, audit.Party{}); err != nil {
			t.Fatal(err)
		}
	}
	keys, err := c.MarkKeys(s)
	if err != nil {
		t.Fatal(err)
	}
	marks, faults, err := c.Marks(keys)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := audit.Verify(t.Context(), s, marks...); err != nil || !v.Sound() || v.Marks != len(marks) {
		t.Errorf("%+v, %v", v, err)
	}
	return marks, faults
}

// Marks are signed with the key that is set, else with that of a registry, else with a secret;
// and earlier ones are believed as long as their key is known.
func TestMarkKeys(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
	first, public := keyFiles(t)
	second, _ := keyFiles(t)
	c := Default()
	c.Data = t.TempDir()
	algorithm := func(want string) {
		t.Helper()
		key, err := c.MarkKey(s)
		if err != nil || !key.Signs() || !strings.HasPrefix(key.String(), want) {
			t.Errorf("%v, %v", key, err)
		}
	}
	if marks, faults := marked(t, c, s, false); len(marks)+len(faults) > 0 {
		t.Error("marks before any was made")
	}
	algorithm("HS256 ")
	marked(t, c, s, true)
	c.Registry.Targets = []RegistryTarget{{Name: "a"}, {Name: "b", RegistryDelivery: RegistryDelivery{Auth: RegistryAuth{KeyFile: first}}}}
	algorithm("ES384 ")
	if marks, faults := marked(t, c, s, true); len(marks) != 2 || len(faults) > 0 {
		t.Errorf("%v, %v", marks, faults)
	}
	c.Registry.Audit.Key = second
	if marks, faults := marked(t, c, s, true); len(marks) != 2 || len(faults) != 1 || !strings.Contains(faults[0].Reason, "audit-marks: the mark on line 2 is signed with a key that is not known here: ES384") {
		t.Errorf("%v, %v", marks, faults)
	}
	c.Registry.Audit.FormerKeys = []string{public}
	if marks, faults := marked(t, c, s, false); len(marks) != 3 || len(faults) > 0 {
		t.Errorf("%v, %v", marks, faults)
	}
}

func TestFaultyAuditSettingsNameTheirKey(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
	c := Default()
	c.Registry.Audit.Key = file(t, "geheim")
	if _, err := c.MarkKey(s); err == nil || !strings.Contains(err.Error(), "registry.audit.key") || strings.Contains(err.Error(), "geheim") {
		t.Error(err)
	}
	for yaml, want := range map[string]string{
		"registry: {audit: {key: /does/not/exist}}\n":          "registry.audit.key: must be a file",
		"registry: {audit: {formerKeys: [/does/not/exist]}}\n": "registry.audit.formerKeys[0]: must be a file",
		"registry: {audit: {acces: false}}\n":                  "acces",
	} {
		if _, err := Load(file(t, yaml), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", yaml, err)
		}
	}
	if _, err := Load("", []string{"PIJNPOORT_REGISTRY_AUDIT_ACCESS=false"}); err != nil {
		t.Error(err)
	}
}
