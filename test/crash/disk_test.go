//go:build crash && linux

package crash

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/test/crash/site"
)

// The disk of the database fills up while it delivers. What cannot be saved is refused to
// who sends it; what was saved is delivered once there is room again.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=6m"); err != nil {
		t.Fatalf("a small disk cannot be mounted: %v", err)
	}
	t.Cleanup(func() { // after the database is closed
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	h := newHospital(t, "sqlite:"+filepath.Join(folder, "registry.db"), "full-disk")
	h.proxy.set(true)
	w := h.start("", 1)
	saved := 0
	for ; saved < 10; saved++ {
		h.save(saved, 1)
	}
	ballast := filepath.Join(folder, "ballast")
	fill(t, ballast)
	refused := 0
	for range 200 { // what is free within the file of the database is used first
		if err := site.Save(t.Context(), h.store, h.service, saved, 1); err != nil {
			refused++
			if refused == 10 {
				break
			}
			continue
		}
		saved++
	}
	if refused == 0 {
		t.Fatal("the disk is not full")
	}
	time.Sleep(3 * time.Second) // the worker meets the full disk
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	h.save(saved, 1) // what was refused, again
	saved++
	drained := h.drain(2 * time.Minute)
	w.stop(t)
	check(t, h.proxy, h.settings.Key, saved, func(int) int { return 1 })
	t.Logf("%d saved, %d refused while the disk was full; all delivered %s after there was room", saved, refused, drained.Truncate(100*time.Millisecond))
}

// fill writes a file until there is no room left.
func fill(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	for {
		if _, err := f.Write(block); err != nil {
			return
		}
	}
}
