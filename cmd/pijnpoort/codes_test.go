package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// kindOfFBSS is a code that a terminology server knows to be a kind of 202725007.
const kindOfFBSS = "1234567891000"

// terminologyServer knows one kind of one of our codes, and no batches.
func terminologyServer(t *testing.T) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.URL.Path != "/fhir/ValueSet/$expand" {
			http.Error(w, "{}", http.StatusNotFound)
			return
		}
		codes := []map[string]string{}
		for _, code := range []string{"202725007", kindOfFBSS} {
			if strings.Contains(string(body), `"202725007"`) {
				codes = append(codes, map[string]string{"system": "http://snomed.info/sct", "code": code})
			}
		}
		w.Header().Set("Content-Type", "application/fhir+json")
		_ = json.NewEncoder(w).Encode(map[string]any{"resourceType": "ValueSet", "expansion": map[string]any{"total": len(codes), "contains": codes}})
	}))
	t.Cleanup(s.Close)
	return s
}

func TestATerminologyServerIsAskedOnlyWhenThatIsAskedFor(t *testing.T) {
	server := terminologyServer(t)
	folder := t.TempDir()
	list, settings := filepath.Join(folder, "list.csv"), filepath.Join(folder, "pijnpoort.yaml")
	for path, content := range map[string]string{
		list:     "system,code\nhttp://snomed.info/sct," + kindOfFBSS + "\nhttp://snomed.info/sct,9876543210000\n",
		settings: "data: " + filepath.Join(folder, "data") + "\nsite: {terminologyServer: {url: " + server.URL + "/fhir, token: secret}}\n",
	} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const understood = `"dx-fbss"`
	stdout, stderr, status := run(t, "codes", list, "--format=json", "--config="+settings)
	if status != answered || stderr != "" || strings.Contains(stdout, understood) {
		t.Errorf("it was asked though nobody asked: status %d, %s\n%s", status, stderr, stdout)
	}
	stdout, stderr, status = run(t, "codes", list, "--format=json", "--server", "--config="+settings)
	if status != answered || !strings.Contains(stdout, understood) || !strings.Contains(stderr, "terminology server: ") {
		t.Errorf("asked: status %d, %s\n%s", status, stderr, stdout)
	}
	if strings.Contains(stderr, "secret") || strings.Contains(stderr, "127.0.0.1") {
		t.Errorf("the error tells too much: %s", stderr)
	}
	server.Close()
	stdout, stderr, status = run(t, "codes", list, "--format=json", "--config="+settings)
	if status != answered || stderr != "" || !strings.Contains(stdout, understood) {
		t.Errorf("what it said before is lost: status %d, %s\n%s", status, stderr, stdout)
	}
	if _, stderr, status := run(t, "codes", list, "--server"); status != wrongUsage || !strings.Contains(stderr, "site.terminologyServer.url") {
		t.Errorf("without a server: status %d, %s", status, stderr)
	}
}

func TestServeKeepsWhatTheTerminologyServerTells(t *testing.T) {
	server := terminologyServer(t)
	folder := t.TempDir()
	settings, data := filepath.Join(folder, "pijnpoort.yaml"), filepath.Join(folder, "data")
	if err := os.WriteFile(settings, []byte("site: {terminologyServer: {url: "+server.URL+"/fhir}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, stop := serving(t, "--config="+settings, "--data="+data)
	kept := ""
	for deadline := time.Now().Add(time.Minute); kept == "" && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		content, err := os.ReadFile(filepath.Join(data, "terminology", "dx-fbss.json"))
		if err == nil {
			kept = string(content)
		}
	}
	if !strings.Contains(kept, kindOfFBSS) {
		t.Errorf("kept: %q", kept)
	}
	if status, log := stop(); status != answered || strings.Contains(log, "$expand") || strings.Contains(log, server.URL) {
		t.Errorf("status %d: %s", status, log)
	}
}
