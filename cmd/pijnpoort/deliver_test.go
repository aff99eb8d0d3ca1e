package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// registryOf is a registry that is shown what it is sent, and takes it, or answers with the
// status that it is told to.
func registryOf(t *testing.T, see func(body []byte) (status int)) (url string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var bundle struct{ Entry []json.RawMessage }
		if r.Method == http.MethodPost && (err != nil || json.Unmarshal(body, &bundle) != nil) {
			t.Errorf("%s %s: not a Bundle", r.Method, r.URL.Path)
		}
		if status := see(body); status != 0 {
			w.WriteHeader(status)
			return
		}
		entries := strings.TrimSuffix(strings.Repeat(`{"response":{"status":"201"}},`, len(bundle.Entry)), ",")
		_, _ = io.WriteString(w, `{"resourceType":"Bundle","type":"transaction-response","entry":[`+entries+`]}`)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// deliverySite is a configuration with a registry, and a patient who is to be delivered
// to it. The registry answers with the status that is set; 0 is taken.
func deliverySite(t *testing.T) (file string, status *atomic.Int64) {
	t.Helper()
	status = &atomic.Int64{}
	url := registryOf(t, func([]byte) int { return int(status.Load()) })
	file = filepath.Join(t.TempDir(), "pijnpoort.yaml")
	settings := fmt.Sprintf(`
data: %s
registry:
  clinic: http://fhir.nl/fhir/NamingSystem/agb-z|06010101
  targets: [{name: nva, url: "%s", shape: transaction}]
`, filepath.Join(t.TempDir(), "data"), url)
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	db, err := c.Store(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	service, err := c.Delivery(db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	r := &registration.Registration{
		Patient:    registration.Patient{Origin: registration.Origin{Key: "Patient/1"}, Gender: "female"},
		Procedures: []registration.Procedure{{Origin: registration.Origin{Key: "Procedure/1"}, Kind: registration.Trial, Status: "completed", Start: "2026-01-01"}},
	}
	patient := []registration.Identifier{{System: "https://hospital.example/patients", Value: "SECRET-1"}}
	_, err = db.Save(t.Context(), store.Sending{Received: 2}, []store.Submission{{Identifiers: patient, Items: slices.Collect(registration.Items(r))}}, service.Changed)
	if err != nil {
		t.Fatal(err)
	}
	return file, status
}

// listed is what `deliver list --format json` gives.
func listed(t *testing.T, file string, arguments ...string) (counts []countView, deliveries []deliveryView) {
	t.Helper()
	stdout, stderr, status := run(t, append([]string{"--config", file, "deliver", "list", "--format", "json"}, arguments...)...)
	var out struct {
		Counts     []countView
		Deliveries []deliveryView
	}
	if err := json.Unmarshal([]byte(stdout), &out); err != nil || status != answered {
		t.Fatalf("%v, status %d: %s", err, status, stderr)
	}
	return out.Counts, out.Deliveries
}

func TestDeliverByHand(t *testing.T) {
	file, registry := deliverySite(t)
	_, list := listed(t, file)
	if len(list) != 1 || list[0].State != store.StateQueued {
		t.Fatalf("%+v", list)
	}
	id := list[0].ID
	step := func(want string, status int, arguments ...string) {
		t.Helper()
		stdout, stderr, got := run(t, append([]string{"--config", file, "deliver"}, arguments...)...)
		if got != status || !strings.Contains(stdout+stderr, want) {
			t.Errorf("%v: status %d: %s%s", arguments, got, stdout, stderr)
		}
		if strings.Contains(stdout+stderr, "SECRET") {
			t.Errorf("%v tells about the patient: %s%s", arguments, stdout, stderr)
		}
	}
	step("is not in a state", unanswered, "redrive", id)
	step("0", answered, "all", "nva") // it is queued already
	step("no target is named", unanswered, "all", "another")
	step(id+" cancelled", answered, "cancel", id)
	step("is not in a state", unanswered, "cancel", id)
	step(id+" queued", answered, "redrive", id)
	registry.Store(http.StatusUnprocessableEntity)
	step("levert aan", answered, "run", "--until-empty")
	step("status 422 Unprocessable Entity", answered, "list", "--state", "dead")
	step("status 422 Unprocessable Entity", answered, "show", id)
	step("there is no state", wrongUsage, "list", "--state", "lost")
	step("give ids, or --dead", wrongUsage, "redrive")
	step("there is no delivery", unanswered, "redrive", "another")
	registry.Store(0)
	step(id+" queued", answered, "redrive", "--dead", "--target", "nva")
	step("levert aan", answered, "run", "--until-empty")
	step("Procedure|", answered, "show", id)
	step("1", answered, "all", "nva")
	step("levert aan", answered, "run", "--until-empty")
	counts, list := listed(t, file, "--state", "delivered")
	if len(list) != 1 || len(counts) != 1 || counts[0].All != 2 || counts[0].Suppressed != 1 || counts[0].Delivered != 1 || counts[0].Pending != 0 {
		t.Errorf("%+v %+v", counts, list)
	}
}

func TestDoctor(t *testing.T) {
	file, registry := deliverySite(t)
	stdout, stderr, status := run(t, "--config", file, "doctor")
	if status != answered || !strings.Contains(stdout, "✓ nva: reachable") || strings.Contains(stdout, "✗") {
		t.Errorf("status %d: %s%s", status, stdout, stderr)
	}
	registry.Store(http.StatusBadGateway)
	stdout, stderr, status = run(t, "--config", file, "doctor", "--format", "json")
	var out struct {
		Level    string
		Findings []struct{ Check, Level, Detail string }
	}
	if err := json.Unmarshal([]byte(stdout), &out); err != nil || status != unanswered || out.Level != "failed" {
		t.Errorf("status %d: %v %s%s", status, err, stdout, stderr)
	}
	for _, f := range out.Findings {
		if failed := f.Level == "failed"; failed != (f.Check == "nva: reachable") {
			t.Errorf("%+v", f)
		}
	}
}
