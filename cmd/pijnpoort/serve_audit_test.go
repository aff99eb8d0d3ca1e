package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// advisedBSN is who the example call is about.
const advisedBSN = "999900110"

// Who has a patient judged is in the log, by whatever door: under one id, without anything
// that tells who he is; and when the server stops the log is marked.
func TestServeLogsWhoAsks(t *testing.T) {
	k := kept{t, t.TempDir()}
	base, stop := serving(t, "--data="+k.data)
	call, err := os.ReadFile("../../test/patients/hooks/patient-view-fbss-onvolledig.json")
	if err != nil {
		t.Fatal(err)
	}
	chart, err := os.ReadFile("../../test/patients/fbss-onvolledig.json")
	if err != nil {
		t.Fatal(err)
	}
	post := func(path, kind, body string, want int) {
		t.Helper()
		response, err := http.Post(base+path, kind, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != want {
			t.Errorf("%s: %s, %v", path, response.Status, err)
		}
	}
	post("/cds-services/neuromodulatie-geschiktheid", "application/json", string(call), http.StatusOK)
	post("/cds-services/neuromodulatie-geschiktheid", "application/json", "{", http.StatusBadRequest)
	post("/cds-services/neuromodulatie-geschiktheid", "application/json", "{", http.StatusBadRequest)
	post("/fhir/$advise", "application/fhir+json", string(chart), http.StatusOK)
	post("/fhir/$score", "application/fhir+json", string(chart), http.StatusOK)
	post("/fhir/$normalise", "application/fhir+json", string(chart), http.StatusOK)
	var form bytes.Buffer
	fields := multipart.NewWriter(&form)
	if err := errors.Join(fields.WriteField("pasted", string(chart)), fields.Close()); err != nil {
		t.Fatal(err)
	}
	post("/", fields.FormDataContentType(), form.String(), http.StatusOK)
	status, log := stop()
	if status != answered || strings.Contains(log, advisedBSN) || !strings.Contains(log, "audit log marked") {
		t.Errorf("exit status %d: %s", status, log)
	}

	text, _ := k.run(0, advisedBSN, "audit", "export", "--lang", "en")
	for _, want := range []string{
		"Data judged for advice; to 127.0.0.1; by pijnpoort|0.1.0", "for Practitioner/", "about neuromodulatie-geschiktheid, hook patient-view",
		"about $advise", "Questionnaires scored", "about $score", "Bundle for a registry made", "about $normalise", "about workbench", "Log read",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the log does not tell %q", want)
		}
	}
	if n := strings.Count(text, "\n"); n != 6 {
		t.Errorf("%d events of the patient:\n%s", n, text)
	}
	k.with(func(ctx context.Context, _ config.Config, s *store.Store) error {
		refused := 0
		for row, err := range s.Audits(ctx) {
			if err != nil {
				return err
			}
			if strings.Contains(row.Body, advisedBSN) {
				t.Errorf("an identifier is in the log: %s", row.Body)
			}
			if strings.Contains(row.Body, `"calls","valueString":"2"`) {
				refused++
			}
		}
		if refused != 1 {
			t.Errorf("%d events of refused calls", refused)
		}
		return nil
	})

	if said, _ := k.run(0, "", "audit", "verify", "--lang", "en"); !strings.Contains(said, "rows held against a mark: 1") {
		t.Error(said)
	}
}

// A log that was cut off, or written anew, is found by the marks in data, and by those that
// somebody else kept.
func TestMarksFindALogThatWasCutOff(t *testing.T) {
	k := newKept(t)
	if said, _ := k.run(0, "", "audit", "verify", "--lang", "en"); !strings.Contains(said, "no row is marked") {
		t.Error(said)
	}
	mark, _ := k.run(0, "", "audit", "mark")
	elsewhere := filepath.Join(t.TempDir(), "marks")
	if err := os.WriteFile(elsewhere, []byte(mark), 0o600); err != nil {
		t.Fatal(err)
	}
	k.run(0, "", "audit", "verify", "--marks", elsewhere)
	k.with(func(ctx context.Context, _ config.Config, s *store.Store) error {
		_, err := s.SQLite().ExecContext(ctx, `DELETE FROM audit WHERE seq > 1; UPDATE audit_chain SET last_seq = 1, last_hash = (SELECT hash FROM audit WHERE seq = 1)`)
		return err
	})
	k.run(0, "", "audit", "export", "--from", writeFile(t, keptBSN)) // it goes on after the cut
	if said, _ := k.run(1, "", "audit", "verify", "--lang", "en"); !strings.Contains(said, "is not the row that was marked: the log was written anew") {
		t.Error(said)
	}
	if err := os.Remove(filepath.Join(k.data, "audit-marks")); err != nil {
		t.Fatal(err)
	}
	k.run(0, "", "audit", "verify")
	k.run(1, "", "audit", "verify", "--marks", elsewhere)
	other := kept{t, t.TempDir()} // another site
	if said, _ := other.run(1, "", "audit", "verify", "--marks", elsewhere); !strings.Contains(said, "was not signed with the key that it names") {
		t.Error(said)
	}
}

func writeFile(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// A day begins at midnight in the Netherlands, also when the clocks change.
func TestNextMidnight(t *testing.T) {
	for now, want := range map[string]string{
		"2025-06-16T13:00:00+02:00": "2025-06-17T00:00:00+02:00",
		"2025-06-16T22:00:00Z":      "2025-06-18T00:00:00+02:00",
		"2025-03-29T12:00:00+01:00": "2025-03-30T00:00:00+01:00",
		"2025-03-30T01:00:00+01:00": "2025-03-31T00:00:00+02:00",
		"2025-10-26T00:30:00+02:00": "2025-10-27T00:00:00+01:00",
		"2025-12-31T23:59:59+01:00": "2026-01-01T00:00:00+01:00",
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := nextMidnight(at).In(mapping.Amsterdam).Format(time.RFC3339); got != want {
			t.Errorf("after %s: %s, want %s", now, got, want)
		}
	}
}
