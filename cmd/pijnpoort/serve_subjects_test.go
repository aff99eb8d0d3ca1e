package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Who are counted is told to those at this machine, by the hospital's numbers on the page and by
// the ids of the store in FHIR, never by the citizen service number; and it is in the log.
func TestServeTellsWhoAreCounted(t *testing.T) {
	k := kept{t, t.TempDir()}
	settings := filepath.Join(t.TempDir(), "pijnpoort.yaml")
	content := "registry: {clinic: \"http://fhir.nl/fhir/NamingSystem/agb-z|06010101\"}\n"
	if err := os.WriteFile(settings, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	url, stop := serving(t, "--config="+settings, "--data="+k.data)
	const bundle = `{"resourceType":"Bundle","type":"collection","entry":[
		{"resource":{"resourceType":"Patient","id":"p","identifier":[{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"999900201"},{"system":"https://hospital.example/mrn","value":"MRN-4711"}],"birthDate":"1962-08-14","gender":"female"}},
		{"resource":{"resourceType":"Procedure","id":"x","status":"completed","subject":{"reference":"Patient/p"},"performedDateTime":"2024-03-04",
			"code":{"coding":[{"system":"https://pijnpoort.example/fhir/CodeSystem/procedure-kind","code":"trial"}]},"category":{"coding":[{"system":"https://pijnpoort.example/fhir/CodeSystem/procedure-kind","code":"trial"}]}}}]}`
	response, err := http.Post(url+"/fhir", "application/fhir+json", strings.NewReader(bundle))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		t.Fatal(response.Status)
	}
	get := func(path string) string {
		t.Helper()
		response, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s %v %.300s", path, response.Status, err, body)
		}
		return string(body)
	}
	page := get("/report/2024/nm-data-completeness")
	list := get("/fhir/Measure/nm-data-completeness/$evaluate-measure?periodStart=2024&periodEnd=2024&reportType=subject-list")
	if !strings.Contains(page, "MRN-4711") || strings.Contains(page, "999900201") {
		t.Errorf("the page: %s", page)
	}
	if !strings.Contains(list, `"subject-list"`) || !strings.Contains(list, "/sid/stored-patient") || strings.Contains(list, "MRN-4711") || strings.Contains(list, "999900201") {
		t.Errorf("the list: %s", list)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/fhir/Measure/nm-data-completeness/$evaluate-measure?periodStart=2024&periodEnd=2024&reportType=subject-list", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Forwarded-For", "192.0.2.1")
	if response, err = http.DefaultClient.Do(request); err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusForbidden {
		t.Errorf("through a proxy: %s", response.Status)
	}
	if status, log := stop(); status != answered || strings.Contains(log, "999900201") || strings.Contains(log, "MRN-4711") {
		t.Errorf("exit status %d: %s", status, log)
	}
	reads := 0
	k.with(func(ctx context.Context, _ config.Config, db *store.Store) error {
		for row, err := range db.Audits(ctx, "") {
			if err != nil {
				return err
			}
			if row.Patient != "" && strings.Contains(row.Body, `"read"`) && (strings.Contains(row.Body, `"report"`) || strings.Contains(row.Body, "evaluate-measure")) {
				reads++
			}
		}
		return nil
	})
	if reads != 2 {
		t.Errorf("%d times in the log", reads)
	}
}
