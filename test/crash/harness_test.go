//go:build crash

package crash

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/delivery"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/test/crash/site"
)

// full reports whether the long form was asked for.
func full() bool { return os.Getenv("CRASH_SIZE") == "full" }

// size is one number for a short run, another for the full one.
func size(short, long int) int {
	if full() {
		return long
	}
	return short
}

// program is the worker, built once.
var program = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "crash")
	if err != nil {
		return "", err
	}
	name := filepath.Join(folder, "worker")
	out, err := exec.Command("go", "build", "-tags", "crash", "-o", name, "./worker").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the worker: %w\n%s", err, out)
	}
	return name, nil
})

// hospital is a site under test, from the side that fills it.
type hospital struct {
	t        *testing.T
	settings site.Settings
	store    *store.Store
	service  *delivery.Service
	proxy    *proxy
}

func newHospital(t *testing.T, database, key string) *hospital {
	t.Helper()
	h := &hospital{t: t, proxy: newProxy(t, serverURL(t), uint64(len(key)))}
	h.settings = site.Settings{Database: database, Keys: filepath.Join(t.TempDir(), "keys"), Registry: h.proxy.URL, Key: key}
	var err error
	if h.store, h.service, err = site.Open(t.Context(), h.settings, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// save keeps a version of a patient's procedure, trying again while the database is away.
func (h *hospital) save(patient, version int) {
	h.t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		err := site.Save(h.t.Context(), h.store, h.service, patient, version)
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			h.t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// worker is a process that delivers.
type worker struct {
	*exec.Cmd
	ended  chan struct{}
	point  string        // where it ends by itself
	killed bool          // by us
	life   time.Duration // before it is killed
}

// ending says how it ended.
func (w *worker) ending() string {
	if w.killed {
		return "killed at random"
	}
	return "ended " + w.point
}

// start starts a worker, which crashes by itself at a point, one in odds times; an empty
// point is nowhere.
func (h *hospital) start(point string, odds int) *worker {
	h.t.Helper()
	name, err := program()
	if err != nil {
		h.t.Fatal(err)
	}
	w := &worker{Cmd: exec.Command(name), ended: make(chan struct{}), point: point, life: time.Duration(200+rand.IntN(900)) * time.Millisecond}
	w.Env = append(h.settings.Environ(), "CRASH_AT="+point, fmt.Sprint("CRASH_ODDS=", odds))
	w.Stderr = &lines{t: h.t}
	out, err := w.StdoutPipe()
	if err == nil {
		err = w.Start()
	}
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		var gone *exec.ExitError
		if err := w.Wait(); !errors.As(err, &gone) || gone.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
			h.t.Fatalf("the worker did not begin: %v", err)
		}
		close(w.ended)
		return w
	}
	go func() { _ = w.Wait(); close(w.ended) }()
	h.t.Cleanup(func() { w.kill() })
	return w
}

// lines keeps what a worker says for when the test fails.
type lines struct {
	t *testing.T
	n int
}

func (l *lines) Write(p []byte) (int, error) {
	if l.n++; os.Getenv("CRASH_LOG") != "" {
		fmt.Fprintf(os.Stderr, "%s: %s", l.t.Name(), p)
	}
	return len(p), nil
}

// kill kills a worker, and waits until it is gone.
func (w *worker) kill() {
	select {
	case <-w.ended:
		return
	default:
	}
	w.killed = true
	_ = w.Process.Signal(syscall.SIGKILL)
	<-w.ended
}

// stop asks a worker to end.
func (w *worker) stop(t *testing.T) {
	t.Helper()
	_ = w.Process.Signal(syscall.SIGTERM)
	select {
	case <-w.ended:
		if status := w.ProcessState.ExitCode(); status != 0 {
			t.Errorf("asked to stop, the worker ended with status %d", status)
		}
	case <-time.After(20 * time.Second):
		t.Error("the worker does not stop")
		w.kill()
	}
}

// open counts the deliveries that are still to be made.
func (h *hospital) open(ctx context.Context) (open, dead int, err error) {
	counts, err := h.service.Counts(ctx)
	for _, c := range counts {
		open, dead = open+c.Pending, dead+c.Dead
		if sum := c.Delivered + c.Pending + c.Suppressed + c.Dead + c.Cancelled + c.Superseded; sum != c.All {
			err = errors.Join(err, fmt.Errorf("of %d deliveries %d are accounted for", c.All, sum))
		}
	}
	return open, dead, err
}

// drain waits until nothing is open any more, and gives how long that took.
func (h *hospital) drain(within time.Duration) time.Duration {
	h.t.Helper()
	began := time.Now()
	for {
		open, dead, err := h.open(h.t.Context())
		if err == nil && open == 0 {
			if dead > 0 {
				h.t.Errorf("%d deliveries were given up", dead)
			}
			return time.Since(began)
		}
		if time.Since(began) > within {
			for d, err := range h.store.Deliveries(h.t.Context(), store.Filter{States: []store.State{store.StateQueued, store.StateSending, store.StateRetryWait, store.StateUnknown}, Limit: 5}) {
				h.t.Logf("open: %+v, %v", d, err)
			}
			h.t.Fatalf("after %s %d deliveries are still open: %v", within, open, err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}
