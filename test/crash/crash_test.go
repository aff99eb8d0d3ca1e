//go:build crash

package crash

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// points are where workers end by themselves.
var points = []string{"after_claim", "after_send", "before_commit", "after_commit"}

func TestKilledOnSQLite(t *testing.T) {
	t.Parallel()
	h := newHospital(t, "sqlite:"+filepath.Join(t.TempDir(), "registry.db"), "killed-sqlite")
	killing(t, h, 1, nil)
}

func TestKilledOnPostgreSQL(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	h := newHospital(t, c.url(), "killed-postgres")
	killing(t, h, 2, func() { c.kill(); c.start() })
}

// killing kills workers while patients change, of which every save is asked for twice.
// restart, if any, restarts the database from time to time.
func killing(t *testing.T, h *hospital, nodes int, restart func()) {
	patients, versions, kills := size(80, 400), size(6, 8), size(50, 150)
	filled := make(chan struct{})
	pace := time.Duration(kills) * 700 * time.Millisecond / time.Duration(patients*versions)
	go func() {
		defer close(filled)
		for version := 1; version <= versions; version++ {
			for patient := range patients {
				h.save(patient, version)
				if patient%10 == 0 { // what was sent before
					h.save(patient, version)
				}
				time.Sleep(pace)
			}
		}
	}()
	counts := map[string]int{}
	workers := make([]*worker, nodes)
	for i := range workers {
		workers[i] = h.start("", 1)
	}
	began := time.Now()
	for n := range kills {
		w := workers[n%nodes]
		select {
		case <-w.ended: // by itself, at its point
		case <-time.After(w.life):
			w.kill()
		}
		counts[w.ending()]++
		if restart != nil && n%(kills/3) == kills/6 {
			counts["database restarts"]++
			restart()
		}
		if n%2 == 0 { // the next of this node ends by itself, or it had nothing to do
			workers[n%nodes] = h.start(points[n/2%len(points)], 2)
			workers[n%nodes].life = 4 * time.Second
		} else {
			workers[n%nodes] = h.start("", 1)
		}
	}
	took := time.Since(began)
	<-filled
	for i := range workers {
		workers[i].kill()
		workers[i] = h.start("", 1)
	}
	drained := h.drain(3 * time.Minute)
	for _, w := range workers {
		w.stop(t)
	}
	check(t, h.proxy, h.settings.Key, patients, func(int) int { return versions })
	h.proxy.mu.Lock()
	defer h.proxy.mu.Unlock()
	t.Logf("%d patients, %d versions each; %d SIGKILLs in %s (%v); drained %s after the last; requests: %v",
		patients, versions, kills, took.Truncate(time.Second), counts, drained.Truncate(100*time.Millisecond), h.proxy.counts)
}

// A worker is stopped while its request is under way, longer than its lease. Another takes
// over and delivers something newer. Then the old request arrives after all, and the old
// worker wakes up.
func TestStoppedPastItsLease(t *testing.T) {
	t.Parallel()
	h := newHospital(t, "sqlite:"+filepath.Join(t.TempDir(), "registry.db"), "stopped")
	h.proxy.set(true)
	held := &hold{arrived: make(chan struct{}), release: make(chan struct{})}
	h.proxy.holds.Store(held)
	h.save(1, 1)
	first := h.start("", 1)
	<-held.arrived
	if err := first.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	second := h.start("", 1)
	h.save(1, 2)
	taken := h.drain(2 * time.Minute)
	close(held.release) // version 1 arrives at the registry after version 2
	time.Sleep(500 * time.Millisecond)
	if err := first.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	h.proxy.mu.Lock()
	asked := h.proxy.counts["requests"]
	h.proxy.mu.Unlock()
	deadline := time.Now().Add(time.Minute)
	for {
		h.proxy.mu.Lock()
		more := h.proxy.counts["requests"] > asked
		h.proxy.mu.Unlock()
		if more {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("that the registry may have something old was not noticed")
		}
		time.Sleep(50 * time.Millisecond)
	}
	h.drain(30 * time.Second)
	first.stop(t)
	second.stop(t)
	for _, a := range resources(t, serverURL(t), "Procedure", h.settings.Key) {
		if a.day != "2026-01-02" {
			t.Errorf("the registry has %s, not the last version", a.day)
		}
	}
	t.Logf("taken over and delivered after %s; what took effect: %v", taken.Truncate(100*time.Millisecond), h.proxy.effects)
}
