//go:build containers

package containers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

// The images, whose names are settings: the default ones are made by the script images, and
// official ones (postgres:17, hapiproject/hapi:v8.8.0-1) take the same settings.
var (
	postgresImage  = cmp.Or(os.Getenv("PIJNPOORT_TEST_POSTGRES_IMAGE"), "pijnpoort-test/postgres")
	fhirImage      = cmp.Or(os.Getenv("PIJNPOORT_TEST_FHIR_IMAGE"), "pijnpoort-test/fhirserver")
	pijnpoortImage = cmp.Or(os.Getenv("PIJNPOORT_TEST_IMAGE"), "pijnpoort-test/pijnpoort")
)

// startTime is the most that a container may take until it answers.
const startTime = 5 * time.Minute

// answers waits until a URL answers as it should. How long one answer takes is left open:
// the first of a FHIR server is slow.
func answers(url string) wait.Strategy {
	client := &http.Client{Timeout: time.Minute}
	return wait.ForNop(func(ctx context.Context, target wait.StrategyTarget) error {
		for {
			if state, err := target.State(ctx); err != nil || !state.Running {
				return errors.Join(errors.New("it ended before it answered"), err)
			}
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
			if err != nil {
				return err
			}
			if response, err := client.Do(request); err == nil {
				_ = response.Body.Close()
				if response.StatusCode == http.StatusOK {
					return nil
				}
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(200 * time.Millisecond):
			}
		}
	}).WithStartupTimeout(startTime)
}

// engine runs containers in the network of the machine.
type engine struct {
	t        *testing.T
	provider *testcontainers.DockerProvider
}

func newEngine(t *testing.T) *engine {
	t.Helper()
	// An engine without rights on the network has no bridge; none is needed.
	p, err := testcontainers.NewDockerProvider(testcontainers.WithDefaultBridgeNetwork("host"))
	if err != nil {
		t.Fatalf("no container engine: %v", err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if err := p.Health(t.Context()); err != nil {
		t.Fatalf("no container engine: %v", err)
	}
	return &engine{t, p}
}

// run starts a container and waits until it answers; binds are HOST:CONTAINER. It is
// removed with all its volumes when the test ends.
func (e *engine) run(request testcontainers.ContainerRequest, binds ...string) testcontainers.Container {
	e.t.Helper()
	request.HostConfigModifier = func(h *container.HostConfig) { h.NetworkMode, h.Binds = "host", binds }
	c, err := e.provider.RunContainer(e.t.Context(), request)
	if c != nil {
		e.t.Cleanup(func() { e.remove(request.Image, c) })
	}
	if err != nil {
		e.t.Fatalf("%s: %v", request.Image, err)
	}
	return c
}

func (e *engine) remove(image string, c testcontainers.Container) {
	ctx := context.WithoutCancel(e.t.Context())
	if e.t.Failed() {
		if out, err := c.Logs(ctx); err == nil {
			text, _ := io.ReadAll(out)
			_ = out.Close()
			e.t.Logf("%s said at the end: %s", image, text[max(0, len(text)-4000):])
		}
	}
	if err := c.Terminate(ctx); err != nil {
		e.t.Errorf("%s: %v", image, err)
	}
}

// kill ends a container as a crash does.
func (e *engine) kill(c testcontainers.Container) {
	e.t.Helper()
	if _, err := e.provider.Client().ContainerKill(e.t.Context(), c.GetContainerID(), client.ContainerKillOptions{Signal: "KILL"}); err != nil {
		e.t.Fatal(err)
	}
}

// stop asks a container to end, and gives its exit status.
func (e *engine) stop(c testcontainers.Container) int {
	e.t.Helper()
	patience := time.Minute
	if err := c.Stop(e.t.Context(), &patience); err != nil {
		e.t.Fatal(err)
	}
	state, err := c.State(e.t.Context())
	if err != nil {
		e.t.Fatal(err)
	}
	return state.ExitCode
}

// freePort is a port of loopback that nobody listens on.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// tcp is a port as the engine writes it.
func tcp(port int) string { return fmt.Sprintf("%d/tcp", port) }
