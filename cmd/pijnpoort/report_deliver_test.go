package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/operations/profilecheck"
	"github.com/pijnpoort/pijnpoort/profiles"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// reportSite is a configuration with two registries, of which the second takes no reports,
// and made-up patients who are registered but not to be delivered. received are the bodies
// that the first got.
func reportSite(t *testing.T, patients int) (file string, received func() [][]byte) {
	t.Helper()
	var bodies [][]byte
	url := registryOf(t, func(body []byte) int {
		if !json.Valid(body) {
			t.Error("a request without a Bundle")
		}
		bodies = append(bodies, body)
		return 0
	})
	file = filepath.Join(t.TempDir(), "pijnpoort.yaml")
	settings := fmt.Sprintf(`
data: %s
registry:
  clinic: http://fhir.nl/fhir/NamingSystem/agb-z|06010101
  targets:
    - {name: nva, url: "%s", shape: transaction}
    - {name: patients-only, url: "%s", shape: transaction, include: [registry-procedure]}
`, filepath.Join(t.TempDir(), "data"), url, url)
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
	var all []store.Submission
	for id, r := range population.Default(patients, 5).All() {
		who := []registration.Identifier{{System: "https://hospital.example/patients", Value: "SECRET-" + id}}
		all = append(all, store.Submission{Identifiers: who, Items: slices.Collect(registration.Items(r))})
	}
	if _, err := db.Save(t.Context(), store.Sending{Clinic: population.ClinicA, Received: len(all)}, all); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Delivery(db, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	return file, func() [][]byte { return bodies }
}

// A report is queued by one command, sent by the queue to who takes it, valid by the profiles,
// and shown, listed and sent again as other deliveries are.
func TestReportIsDelivered(t *testing.T) {
	file, received := reportSite(t, 150)
	step := func(want string, status int, arguments ...string) string {
		t.Helper()
		stdout, stderr, got := run(t, append([]string{"--config", file}, arguments...)...)
		if got != status || !strings.Contains(stdout+stderr, want) {
			t.Errorf("%v: status %d: %s%s", arguments, got, stdout, stderr)
		}
		if strings.Contains(stdout+stderr, "SECRET") {
			t.Errorf("%v tells about a patient", arguments)
		}
		return stdout
	}
	report := []string{"report", "2023", "--as-of", "2024-12-31", "--deliver"}
	step("nva queued", answered, report...)
	step("levert aan", answered, "deliver", "run", "--until-empty")
	if len(received()) == 0 {
		t.Fatal("nothing was sent")
	}
	checker, err := profilecheck.New(profiles.FS)
	if err != nil {
		t.Fatal(err)
	}
	reports := 0
	for i, body := range received() {
		if folder := os.Getenv("PIJNPOORT_DELIVERED"); folder != "" {
			if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("report-%d.json", i)), body, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for _, issue := range checker.Check(body, "") {
			t.Errorf("%s: %s", issue.Path, issue.Reason)
		}
		reports += strings.Count(string(body), `"resourceType":"MeasureReport"`)
		if strings.Contains(string(body), "SECRET") || strings.Contains(string(body), `"subject"`) || strings.Contains(string(body), "subjectResults") {
			t.Error("it tells about a patient")
		}
	}
	if reports != 17 {
		t.Errorf("%d reports, of 17 measures", reports)
	}
	_, list := listed(t, file)
	if len(list) != 1 || list[0].Target != "nva" || list[0].State != store.StateDelivered || list[0].Patient != "" || list[0].Report != "report/2023/http://fhir.nl/fhir/NamingSystem/agb-z|06010101" {
		t.Fatalf("%+v", list)
	}
	step("MeasureReport|", answered, "deliver", "show", list[0].ID)
	before := len(received())
	step("nva queued", answered, report...)
	step("levert aan", answered, "deliver", "run", "--until-empty")
	step("the registry has it already", answered, "deliver", "list", "--state", "suppressed")
	if len(received()) != before {
		t.Error("what did not change was sent again")
	}
	id := listedIn(t, file, store.StateSuppressed)
	step(id+" queued", answered, "deliver", "redrive", id)
	step(id+" cancelled", answered, "deliver", "cancel", id)
	step(`"type": "subject-list"`, answered, "report", "2023", "--as-of", "2024-12-31", "--subjects", "nm-indication")
	step("there is no measure", wrongUsage, "report", "2023", "--as-of", "2024-12-31", "--subjects", "nm-guess")
}

// listedIn is the id of the one delivery in a state.
func listedIn(t *testing.T, file string, state store.State) string {
	t.Helper()
	_, list := listed(t, file, "--state", string(state))
	if len(list) != 1 {
		t.Fatalf("%+v", list)
	}
	return list[0].ID
}

func TestReportThatCannotBeDelivered(t *testing.T) {
	file, received := reportSite(t, 10)
	for name, test := range map[string]struct {
		status    int
		want      string
		arguments []string
	}{
		"of files":                     {wrongUsage, "--from", []string{"2023", "--deliver", "--from", "../../test/patients"}},
		"with small counts":            {wrongUsage, "--unmasked", []string{"2023", "--deliver", "--unmasked"}},
		"with names":                   {wrongUsage, "--subjects", []string{"2023", "--deliver", "--subjects", "nm-indication"}},
		"names of files":               {wrongUsage, "--from", []string{"2023", "--subjects", "nm-indication", "--from", "../../test/patients"}},
		"of a year that has not ended": {unanswered, "has not ended", []string{"2023", "--deliver", "--as-of", "2023-11-01"}},
	} {
		t.Run(name, func(t *testing.T) {
			stdout, stderr, status := run(t, append([]string{"--config", file, "report"}, test.arguments...)...)
			if status != test.status || !strings.Contains(stderr, test.want) {
				t.Errorf("status %d: %s%s", status, stdout, stderr)
			}
		})
	}
	if _, list := listed(t, file); len(list) != 0 || len(received()) != 0 {
		t.Errorf("%d deliveries, %d requests", len(list), len(received()))
	}
}
