//go:build browser

package browser

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"
)

// patients are the example patients in the record system.
var patients = []string{"fbss-onvolledig", "fbss-proef-geslaagd", "phn-niet-vergoed", "dunnevezel-hoge-bmi", "pdn-verwijzing-psychiater"}

// TestInABrowser runs client/scenarios.test.mjs, and then looks at what is kept of it.
func TestInABrowser(t *testing.T) {
	program := filepath.Join(t.TempDir(), "pijnpoort")
	run(t, nil, "go", "build", "-o", program, "github.com/pijnpoort/pijnpoort/cmd/pijnpoort")
	records := recordSystem(t)
	data := t.TempDir()
	settings := filepath.Join(t.TempDir(), "pijnpoort.yaml")
	// The FHIR server of the test is a small one: it gets more time than a hospital's.
	content := fmt.Sprintf("addr: 127.0.0.1:0\ndata: %s\ncdshooks: {fhirServers: [%q], fetchMilliseconds: 10000}\n", data, records+"/fhir/R4")
	if err := os.WriteFile(settings, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	service := start(t, program, "serve", "--config", settings)
	screenshots := os.Getenv("SCREENSHOTS")
	if screenshots == "" {
		screenshots = t.TempDir()
	}
	t.Log(run(t, []string{"RECORD_SYSTEM=" + records, "PIJNPOORT=" + service, "SCREENSHOTS=" + screenshots, "TMPDIR=" + t.TempDir()},
		"npm", "run", "--silent", "--prefix", "client", "scenarios"))
	checkFeedback(t, program, data)
}

// checkFeedback demands that what the users did is kept: one card followed, one not.
func checkFeedback(t *testing.T, program, data string) {
	var report struct {
		Cards, Accepted, Overridden, Open, UnknownCards int
		Reasons                                         []struct {
			Code  string
			Cards int
		}
	}
	if err := json.Unmarshal([]byte(run(t, nil, program, "report", "feedback", "--data", data, "--format", "json")), &report); err != nil {
		t.Fatal(err)
	}
	if report.Accepted != 1 || report.Overridden != 1 || report.Open != report.Cards-2 || report.UnknownCards != 0 {
		t.Errorf("feedback: %+v", report)
	}
	if len(report.Reasons) != 1 || report.Reasons[0].Code != "already-arranged" {
		t.Errorf("reasons: %+v", report.Reasons)
	}
}

// recordSystem starts the record system and gives its URL.
func recordSystem(t *testing.T) string {
	arguments := []string{"run", "--silent", "--prefix", "client", "record-system", "--"}
	for _, name := range patients {
		path, err := filepath.Abs(filepath.Join("..", "patients", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, path)
	}
	return start(t, "npm", arguments...)
}

var address = regexp.MustCompile(`http://[0-9.:]+`)

// start starts a server, which is stopped after the test, and gives the URL that it prints.
func start(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	t.Cleanup(cancel)
	command := exec.CommandContext(ctx, name, arguments...)
	command.Stderr = os.Stderr
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // npm and what it starts
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGTERM) }
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatalf("%s: %v (see .ci/browser for what is needed)", name, err)
	}
	t.Cleanup(func() {
		cancel()
		_ = command.Wait() // it was killed
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url := address.FindString(lines.Text()); url != "" {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return url
		}
	}
	t.Fatalf("%s %v: stopped before it told where it is", name, arguments)
	return ""
}

// run runs a command to its end and gives what it printed.
func run(t *testing.T, environment []string, name string, arguments ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, name, arguments...)
	command.Env = append(os.Environ(), environment...)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, arguments, err, out)
	}
	return string(out)
}
