package config

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/telemetry/health"
)

func TestTargetsThatCannotBeDeliveredToAreRefused(t *testing.T) {
	for want, target := range map[string]string{
		"url: must be https":          "{name: nva, url: http://registry.example}",
		"must not be negative":        "{name: nva, url: https://registry.example, delayDays: -1}",
		"timeoutSeconds: must be at":  "{name: nva, url: https://registry.example, timeoutSeconds: 60}",
		"tokenUrl":                    "{name: nva, url: https://registry.example, auth: {tokenUrl: x}}", // it is tokenURL
		"target 1: name: must be at ": "{name: 'n v a', url: https://registry.example}",
	} {
		_, err := Load(file(t, "registry: {targets: ["+target+"]}"), nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// site is a configuration with a registry at a URL.
func deliverySite(t *testing.T, more string) Config {
	t.Helper()
	c, err := Load(file(t, "data: "+filepath.Join(t.TempDir(), "data")+"\nregistry: {targets: ["+more+"]}"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDeliveryNamesTheTargetAtFault(t *testing.T) {
	c := deliverySite(t, "{name: nva, url: https://registry.example, tls: {cert: /not/there, key: /not/there}}")
	db, err := c.Store(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := c.Delivery(db, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "registry.targets: nva: tls: stat /not/there") {
		t.Error(err)
	}
}

func TestChecksOfDeliveries(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		clock  time.Time
		level  health.Level
		detail string
	}{
		"answers":       {200, time.Now(), health.OK, "it answers; the clocks differ by"},
		"asks for more": {401, time.Now(), health.OK, "it answers"},
		"fails":         {503, time.Now(), health.Failed, "status 503"},
		"another time":  {200, time.Now().Add(-time.Hour), health.Failed, "set the time"},
	} {
		registry := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/fhir/metadata" {
				t.Errorf("asked for %s", r.URL.Path)
			}
			w.Header().Set("Date", test.clock.UTC().Format(http.TimeFormat))
			w.WriteHeader(test.status)
		}))
		c := deliverySite(t, "{name: nva, url: "+registry.URL+"/fhir}")
		findings := checkAll(t, c)
		if got := findings["nva: reachable"]; got.Level != test.level || !strings.Contains(got.Detail, test.detail) {
			t.Errorf("%s: %+v", name, got)
		}
		for _, fine := range []string{"database", "disk", "store keys", "pseudonym keys", "deliveries"} {
			if findings[fine].Level == health.Failed || findings[fine].Check == "" {
				t.Errorf("%s: %+v", fine, findings[fine])
			}
		}
		registry.Close()
	}
}

func checkAll(t *testing.T, c Config) map[string]health.Finding {
	t.Helper()
	db, err := c.Store(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	service, err := c.Delivery(db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]health.Finding{}
	for _, f := range health.Run(context.Background(), append(append(c.MachineChecks(), StoreChecks(db)...), c.DeliveryChecks(service)...)) {
		found[f.Check] = f
	}
	return found
}

func TestAKeyThatOthersCanReadIsTold(t *testing.T) {
	key := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(key, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	c := deliverySite(t, "{name: nva, url: https://127.0.0.1:1/fhir, auth: {tokenFile: "+key+"}}")
	if got := checkAll(t, c)["nva: key"]; got.Level != health.Failed || !strings.Contains(got.Detail, "0644") {
		t.Errorf("%+v", got)
	}
}
