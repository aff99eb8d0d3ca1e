package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is sent is taken in, kept, told of in the report, the measures and the metrics, and
// said to be possible in the CapabilityStatement; a second time nothing changes.
func TestServeKeepsAndReports(t *testing.T) {
	settings := filepath.Join(t.TempDir(), "pijnpoort.yaml")
	content := "registry: {clinic: \"http://fhir.nl/fhir/NamingSystem/agb-z|06010101\", name: Proefkliniek}\n"
	if err := os.WriteFile(settings, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	url, stop := serving(t, "--config="+settings)
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
	for attempt, want := range []int{http.StatusCreated, http.StatusOK} {
		patient, err := os.Open("../../test/patients/nazorg-achterstallig.json")
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.Post(url+"/fhir", "application/fhir+json", patient)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		patient.Close()
		if response.StatusCode != want {
			t.Errorf("time %d: %s", attempt+1, response.Status)
		}
	}
	for path, texts := range map[string][]string{
		"/report/2024": {"Jaarverslag neuromodulatie 2024, Proefkliniek", "geteld 1,"},
		"/fhir/Measure/nm-volume-n50/$evaluate-measure?periodStart=2024-01-01&periodEnd=2024-12-31": {`"MeasureReport"`, "06010101"},
		"/metrics":       {`http_request_seconds_count{method="POST",route="/fhir",status="201"} 1`},
		"/fhir/metadata": {"Measure-evaluate-measure", `"create"`},
	} {
		body := get(path)
		for _, text := range texts {
			if !strings.Contains(body, text) {
				t.Errorf("%s lacks %q", path, text)
			}
		}
	}
	if status, log := stop(); status != answered || strings.Contains(log, "999900201") {
		t.Errorf("exit status %d: %s", status, log)
	}
}
