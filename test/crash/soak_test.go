//go:build crash

package crash

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/test/crash/site"
)

// Deliveries are no slower than the registry is by itself: the same resources are sent
// to the server by bare requests, as many at once, in the same run.
func TestThroughputBesideTheServerAlone(t *testing.T) {
	h := newHospital(t, "sqlite:"+filepath.Join(t.TempDir(), "registry.db"), "throughput")
	h.proxy.set(true)
	h.settings.Registry = serverURL(t) // the worker without the proxy, which lets one through at a time
	patients := size(150, 600)
	alone := func(round string) float64 {
		bodies := make([][]byte, patients)
		for n := range bodies {
			bodies[n] = body(t, round, n)
		}
		post(t, serverURL(t), bodies[0]) // what all have in common is there before, as it is after the first for us
		began := time.Now()
		var running sync.WaitGroup
		next := make(chan []byte)
		for range 4 {
			running.Go(func() {
				for body := range next {
					post(t, serverURL(t), body)
				}
			})
		}
		for _, body := range bodies[1:] {
			next <- body
		}
		close(next)
		running.Wait()
		return float64(patients-1) / time.Since(began).Seconds()
	}
	alone("warm-up")
	before := alone("before")
	for n := range patients {
		h.save(n, 1)
	}
	w := h.start("", 1)
	open := patients
	for open == patients { // the worker starts, and what all have in common is sent
		time.Sleep(10 * time.Millisecond)
		open, _, _ = h.open(t.Context())
	}
	began := time.Now()
	h.drain(5 * time.Minute)
	ours := float64(open) / time.Since(began).Seconds()
	w.stop(t)
	after := alone("after")
	t.Logf("%d patients of 3 resources: the server alone %.0f and %.0f transactions/s (before, after); delivered %.0f/s", patients, before, after, ours)
}

// body is the transaction that is delivered of a patient, for a recipient of its own: the
// same resources with other pseudonyms.
func body(t *testing.T, recipient string, patient int) []byte {
	t.Helper()
	normaliser, err := site.Normaliser("throughput", recipient)
	if err != nil {
		t.Fatal(err)
	}
	made, err := normaliser.Normalise(t.Context(), site.Registration(patient, 1))
	if err != nil {
		t.Fatal(err)
	}
	documents, err := made.Documents()
	if err != nil {
		t.Fatal(err)
	}
	return documents[0].Body
}

func post(t *testing.T, url string, body []byte) {
	response, err := http.Post(url, "application/fhir+json", bytes.NewReader(body))
	if err != nil {
		t.Error(err)
		return
	}
	defer response.Body.Close()
	if text, _ := io.ReadAll(response.Body); response.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", response.Status, text)
	}
}

// TestSoak delivers for as long as CRASH_SOAK says, with faults but without kills, and
// looks whether the memory of the worker stays what it is.
func TestSoak(t *testing.T) {
	length, err := time.ParseDuration(os.Getenv("CRASH_SOAK"))
	if err != nil {
		length = time.Duration(size(20, 600)) * time.Second
	}
	h := newHospital(t, "sqlite:"+filepath.Join(t.TempDir(), "registry.db"), "soak")
	w := h.start("", 1)
	began, patient := time.Now(), 0
	var memory []int
	for time.Since(began) < length {
		h.save(patient, 1)
		patient++
		time.Sleep(40 * time.Millisecond)
		if patient%50 == 0 {
			memory = append(memory, resident(t, w.Process.Pid))
		}
	}
	drained := h.drain(2 * time.Minute)
	memory = append(memory, resident(t, w.Process.Pid))
	w.stop(t)
	check(t, h.proxy, h.settings.Key, patient, func(int) int { return 1 })
	half, end := memory[len(memory)/2], memory[len(memory)-1]
	t.Logf("%s: %d patients, drained %s after the last; memory of the worker %d MiB at first, %d halfway, %d at the end", length, patient, drained.Truncate(100*time.Millisecond), memory[0], half, end)
	if end > half+half/3+16 {
		t.Errorf("the memory grows: %v MiB", memory)
	}
}

// resident is the memory that a process has, in MiB.
func resident(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if value, found := strings.CutPrefix(line, "VmRSS:"); found {
			kib, err := strconv.Atoi(strings.Fields(value)[0])
			if err != nil {
				t.Fatal(err)
			}
			return kib >> 10
		}
	}
	t.Fatal("the memory is not told")
	return 0
}
