//go:build containers

package containers

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/test/population"
)

const (
	patients = 60
	senders  = 4
	workers  = 4 // of a node, by default: deliveries that it has under way at once
	// drainTime is the most that delivering may take: what a killed node had under way
	// waits until its lease is over.
	drainTime = 4 * time.Minute
)

// rescued are the jobs that the queue found without the worker that had them.
const rescued = "river_job WHERE errors::text LIKE '%Stuck job rescued%'"

// Two nodes take in patients and deliver them; one is killed in the middle. Then everything
// is sent again, to the node that is left and a new one; and then the database forgets what
// was delivered, as after the restore of an old copy, so that everything is delivered again.
func TestTwoNodesOneKilled(t *testing.T) {
	h := newHospital(t)
	one, other := h.node(), h.node()
	sent := people()
	want := expected(t, other, sent)

	began := time.Now()
	rerouted := h.sendAll(sent, one, other, func() {
		for h.count("delivery WHERE state = 'sending'") <= workers { // more than one node can have
			if time.Since(began) > drainTime {
				t.Fatal("the two nodes never have work at the same time")
			}
			time.Sleep(time.Millisecond)
		}
		h.kill(one)
	})
	if rerouted == 0 {
		t.Error("the killed node was not missed by anyone who sends")
	}
	took := h.drain(other)
	takenOver := h.count(rescued)
	if takenOver == 0 {
		t.Error("the killed node had nothing under way that the other took over")
	}
	delivered := history(t, h.registry)
	for fault, n := range faults(want, delivered) {
		t.Errorf("of %d resources %d are %s", len(want), n, fault)
	}
	t.Logf("%d patients (%d resources) sent to two nodes, one killed: %d sendings went to the other node, %d deliveries were taken over, all delivered %s after the last sending",
		len(sent), len(want), rerouted, takenOver, took.Truncate(100*time.Millisecond))

	third := h.node()
	h.sendAgain(sent, other, third)
	h.same("sent again", delivered)

	known := h.count("ledger")
	for _, n := range []*node{other, third} {
		if status := h.stop(n); status != 0 {
			t.Errorf("asked to stop, a node ended with status %d", status)
		}
	}
	h.forget()
	h.drain(h.node())
	if n := h.count("ledger"); n != known {
		t.Errorf("the ledger knows %d resources, not %d", n, known)
	}
	h.same("delivered again", delivered)
}

// people are bundles of patients as a hospital sends them.
func people() (list []string) {
	for id, registered := range population.Default(patients, 9).All() {
		list = append(list, string(population.Bundle(id, registered)))
	}
	return list
}

// sendAll sends everything, half to either node, and to the other one when a node does
// not answer; it gives how often that was. Halfway it calls middle, during which sending
// goes on, up to the last quarter.
func (h *hospital) sendAll(sent []string, one, other *node, middle func()) int {
	h.t.Helper()
	var rerouted atomic.Int64
	var running sync.WaitGroup
	queue, half, over := make(chan int), make(chan struct{}), make(chan struct{})
	for range senders {
		running.Go(func() {
			for n := range queue {
				to := []*node{one, other}
				if n%2 == 1 {
					slices.Reverse(to)
				}
				status, err := h.send(sent[n], to[0])
				if err != nil {
					rerouted.Add(1)
					status, err = h.send(sent[n], to[1])
				}
				if err != nil || status != http.StatusCreated && status != http.StatusOK {
					h.t.Errorf("patient %d: status %d, %v", n, status, err)
				}
			}
		})
	}
	running.Go(func() {
		defer close(queue)
		for n := range sent {
			switch n {
			case len(sent) / 2:
				close(half)
			case len(sent) * 3 / 4:
				<-over
			}
			queue <- n
		}
	})
	defer running.Wait() // also when middle ends the test
	func() {
		defer close(over)
		<-half
		middle()
	}()
	running.Wait()
	return int(rerouted.Load())
}

// send sends a bundle to a node.
func (h *hospital) send(body string, to *node) (status int, err error) {
	response, err := http.Post(to.url+"/fhir", "application/fhir+json", strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	outcome, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode >= http.StatusBadRequest {
		h.t.Logf("status %d: %s", response.StatusCode, bytes.TrimSpace(outcome[:min(len(outcome), 1000)]))
	}
	return response.StatusCode, err
}

// sendAgain sends everything to both nodes once more: they know it, and deliver nothing.
func (h *hospital) sendAgain(sent []string, nodes ...*node) {
	h.t.Helper()
	before := h.states()
	for n, body := range sent {
		for _, to := range nodes {
			if status, err := h.send(body, to); err != nil || status != http.StatusOK {
				h.t.Errorf("patient %d, sent again: status %d, %v", n, status, err)
			}
		}
	}
	if after := h.states(); !maps.Equal(before, after) {
		h.t.Errorf("deliveries were %v and are %v", before, after)
	}
}

// forget has the database know nothing of what was delivered, as after the restore of a
// copy from before.
func (h *hospital) forget() {
	h.t.Helper()
	for _, statement := range []string{
		"DELETE FROM ledger",
		"UPDATE delivery SET state = 'queued', attempts = 0, sent_at = NULL, finished_at = NULL WHERE (patient, place) IN (SELECT patient, max(place) FROM delivery GROUP BY patient)",
	} {
		if _, err := h.db.ExecContext(h.t.Context(), statement); err != nil {
			h.t.Fatal(err)
		}
	}
}

// same checks that the FHIR server has what it had, in the versions that it had.
func (h *hospital) same(when string, before map[string][]string) {
	h.t.Helper()
	if after := history(h.t, h.registry); !reflect.DeepEqual(before, after) {
		h.t.Errorf("%s: the FHIR server had %d resources and has %d, or other versions of them", when, len(before), len(after))
	}
}

// count counts rows.
func (h *hospital) count(from string) (n int) {
	h.t.Helper()
	if err := h.db.QueryRowContext(h.t.Context(), "SELECT count(*) FROM "+from).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

// states counts the deliveries by state.
func (h *hospital) states() map[string]int {
	h.t.Helper()
	rows, err := h.db.QueryContext(h.t.Context(), "SELECT state, count(*) FROM delivery GROUP BY state")
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			h.t.Fatal(err)
		}
		counts[state] = n
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return counts
}

// drain waits until all is delivered, with nothing under way and nothing given up, and
// gives how long that took. The node is one that does it.
func (h *hospital) drain(by *node) time.Duration {
	h.t.Helper()
	began := time.Now()
	for {
		states := h.states()
		rest := 0
		for state, n := range states {
			if state != "delivered" && state != "suppressed" && state != "superseded" {
				rest += n
			}
		}
		switch {
		case rest == 0 && states["delivered"] >= patients:
			return time.Since(began)
		case states["dead"] > 0:
			h.t.Fatalf("deliveries were given up: %v", states)
		case time.Since(began) > drainTime:
			h.t.Fatalf("after %s: %v; running: %v", drainTime, states, by.IsRunning())
		}
		time.Sleep(100 * time.Millisecond)
	}
}
