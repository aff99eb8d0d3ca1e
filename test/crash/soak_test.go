//go:build crash

package crash

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

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
