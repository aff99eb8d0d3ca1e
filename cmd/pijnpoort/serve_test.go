package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// serving starts the server on a free port and gives its URL, and what stops it and
// gives the exit status and the log.
func serving(t *testing.T, arguments ...string) (url string, stop func() (int, string)) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	reader, writer := io.Pipe()
	var log bytes.Buffer
	m := Main{Args: append([]string{"serve", "--addr=127.0.0.1:0", "--data=" + t.TempDir()}, arguments...), Stdout: writer, Stderr: &log}
	done := make(chan int, 1)
	go func() {
		status := m.Run(ctx)
		writer.Close()
		done <- status
	}()
	announced := make([]byte, 4096)
	n, err := reader.Read(announced)
	if err != nil {
		t.Fatalf("nothing announced: %v\n%s", err, log.String())
	}
	url = regexp.MustCompile(`https?://[0-9.:]+`).FindString(string(announced[:n]))
	go io.Copy(io.Discard, reader)
	return url, func() (int, string) {
		cancel()
		select {
		case status := <-done:
			return status, log.String()
		case <-time.After(time.Minute):
			t.Fatal("does not stop")
			return 0, ""
		}
	}
}

// callHook sends the example call on a patient's chart and gives the answer.
func callHook(t *testing.T, url, patient string) string {
	t.Helper()
	call, err := os.Open("../../test/patients/hooks/patient-view-" + patient + ".json")
	if err != nil {
		t.Fatal(err)
	}
	defer call.Close()
	response, err := http.Post(url+"/cds-services/neuromodulatie-geschiktheid", "application/json", call)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %v %s", response.Status, err, body)
	}
	return string(body)
}

func TestServeAnswersAHookAndStopsWhenAsked(t *testing.T) {
	url, stop := serving(t)
	for _, path := range []string{"/livez", "/readyz", "/cds-services", "/fhir/metadata", "/", "/fhir/Questionnaire/odi"} {
		response, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, response.Status)
		}
		head, err := http.Head(url + path) // as load balancers ask for health
		if err != nil {
			t.Fatal(err)
		}
		head.Body.Close()
		if head.StatusCode != http.StatusOK || head.Header.Get("Content-Type") != response.Header.Get("Content-Type") {
			t.Errorf("HEAD %s: %s %s", path, head.Status, head.Header.Get("Content-Type"))
		}
	}
	for patient, want := range map[string]string{
		"fbss-onvolledig":  "Nog niet te beoordelen voor SCS bij FBSS: ",
		"phn-niet-vergoed": "Geen vergoede zorg (SCS bij postherpetische neuralgie)",
	} {
		if body := callHook(t, url, patient); !strings.Contains(body, want) {
			t.Errorf("no card %q: %s", want, body)
		}
	}
	status, log := stop()
	if status != answered {
		t.Errorf("exit status %d: %s", status, log)
	}
	if strings.Contains(log, "9999") || strings.Contains(log, "Greet") {
		t.Errorf("the log holds data of the patient: %s", log)
	}
}

func TestServeSaysWhyItCannot(t *testing.T) {
	url, stop := serving(t)
	defer stop()
	_, stderr, status := run(t, "serve", "--addr="+strings.TrimPrefix(url, "http://"), "--data="+t.TempDir())
	if status != unanswered || !strings.Contains(stderr, "address already in use") {
		t.Errorf("status %d: %s", status, stderr)
	}
}
