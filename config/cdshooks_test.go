package config

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestJWTsAreRequiredButOnLoopback(t *testing.T) {
	yes, no := true, false
	for _, test := range []struct {
		addr string
		set  *bool
		want bool
	}{
		{"127.0.0.1:8080", nil, false}, {"[::1]:8080", nil, false}, {"0.0.0.0:8080", nil, true}, {":8080", nil, true}, {"ehr.example:8080", nil, true},
		{"127.0.0.1:8080", &yes, true}, {"0.0.0.0:8080", &no, false},
	} {
		c := Config{Addr: test.addr, CDSHooks: CDSHooks{RequireJWT: test.set}}
		if got := c.RequiresJWT(); got != test.want {
			t.Errorf("%s: %v", test.addr, got)
		}
	}
}

func TestPublicBase(t *testing.T) {
	for base, want := range map[string]string{"": "http://127.0.0.1:8080", "https://pijnpoort.example/": "https://pijnpoort.example", "https://x.example/pp": "https://x.example/pp"} {
		if got := (Config{Addr: "127.0.0.1:8080", PublicBase: base}).Public(); got != want {
			t.Errorf("%q: %q", base, got)
		}
	}
}

func TestHooks(t *testing.T) {
	keys := filepath.Join(t.TempDir(), "jwks.json")
	if err := os.WriteFile(keys, []byte(`{"keys":[]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(file(t, `
addr: 0.0.0.0:8080
language: en
publicBase: https://pijnpoort.example
data: `+filepath.Join(t.TempDir(), "kept")+`
cdshooks:
  clients: [{issuer: "https://ehr.example/", jwks: `+keys+`}]
  fhirServers: ["https://ehr.example/fhir"]
  origins: ["https://app.example"]
  prefetch: {imaging: "ImagingStudy?patient={{context.patientId}}"}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	options, err := c.Hooks(nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if options.Clients == nil || options.PublicBase != "https://pijnpoort.example" || options.Language != "en" ||
		!slices.Equal(options.Origins, []string{"https://app.example"}) || len(options.Services) != 2 {
		t.Errorf("%+v", options)
	}
	if _, err := options.Servers.Server("https://ehr.example/fhir", ""); err != nil {
		t.Error(err)
	}
	last := options.Services[0].Prefetch[len(options.Services[0].Prefetch)-1]
	if last.Key != "imaging" {
		t.Errorf("last template %s", last.Key)
	}
}

func TestHooksNameTheKeyAtFault(t *testing.T) {
	c := Default()
	yes := true
	c.CDSHooks.RequireJWT, c.Data = &yes, t.TempDir()
	c.CDSHooks.Clients = []HookClient{{Issuer: "https://ehr.example/", JWKS: "/does/not/exist"}}
	if _, err := c.Hooks(nil, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "cdshooks.clients") {
		t.Errorf("keys: %v", err)
	}
}

func TestNobodyMayCallIsWarnedOf(t *testing.T) {
	var log bytes.Buffer
	c := Default()
	c.Addr, c.Data = "0.0.0.0:8080", t.TempDir()
	_, err := c.Hooks(nil, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "cdshooks.clients") {
		t.Errorf("log: %s", &log)
	}
}
