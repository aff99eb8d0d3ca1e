//go:build load

package neuromodulation_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

// process is a server in a process of its own, so that its work is told apart from that
// of the clients and neither collects the other's garbage.
type process struct {
	url string
	id  int
}

var address = regexp.MustCompile(`http://[0-9.:]+`)

// begin starts a server that prints its address, and stops it after the test.
func begin(t *testing.T, command *exec.Cmd) *process {
	t.Helper()
	var log bytes.Buffer
	command.Stderr = &log
	input, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(output)
	first, _ := lines.ReadString('\n')
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		_, _ = io.Copy(io.Discard, lines)
	}()
	t.Cleanup(func() {
		input.Close()
		_ = command.Process.Signal(os.Interrupt)
		<-drained
		_ = command.Wait() // interrupted
	})
	url := address.FindString(first)
	if url == "" {
		t.Fatalf("no address in %q: %s", first, log.String())
	}
	return &process{url, command.Process.Pid}
}

// program builds Pijnpoort and serves it as a site does, for clients with these keys.
func program(t *testing.T, keys string) *process {
	t.Helper()
	folder := t.TempDir()
	binary, settings := filepath.Join(folder, "pijnpoort"), filepath.Join(folder, "settings.yaml")
	if output, err := exec.Command("go", "build", "-o", binary, "../../cmd/pijnpoort").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	document := fmt.Sprintf(`publicBase: %s
data: %s
cdshooks:
  requireJWT: true
  clients: [{issuer: %q, jwks: %q}]
  quietDays: 7
  links: [{label: Werkbank, url: /}]
`, public, filepath.Join(folder, "data"), issuer, keys)
	if err := os.WriteFile(settings, []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	return begin(t, exec.Command(binary, "serve", "--config", settings, "--addr", "127.0.0.1:0"))
}

// asNothing tells this program to be the server that does nothing.
const asNothing = "PIJNPOORT_LOAD_NOTHING"

// nothing starts the handler that only reads the body.
func nothing(t *testing.T) *process {
	t.Helper()
	command := exec.Command(os.Args[0], "-test.run", "^TestNothing$")
	command.Env = append(os.Environ(), asNothing+"=1", "GOGC=400") // as the program sets for itself
	return begin(t, command)
}

// TestNothing is the server that does nothing, when started by another test; until its
// input ends.
func TestNothing(t *testing.T) {
	if os.Getenv(asNothing) == "" {
		t.Skip("it is the other process of TestLoad")
	}
	engine := gin.New()
	engine.POST(eligibility, func(c *gin.Context) {
		if _, err := io.Copy(io.Discard, c.Request.Body); err != nil {
			c.Status(http.StatusBadRequest)
			return
		}
		c.Data(http.StatusOK, "application/json", []byte(`{"cards":[]}`))
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: engine, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()
	fmt.Printf("http://%s\n", listener.Addr())
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = server.Close()
}

// processor is the time of a processor that a process has used, itself and in the kernel
// (proc_pid_stat(5), in ticks of a hundredth of a second).
func processor(t *testing.T, id int) time.Duration {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", id))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	ticks := 0
	for _, field := range strings.Fields(rest)[11:13] { // utime and stime
		n, err := strconv.Atoi(field)
		if err != nil {
			t.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}
