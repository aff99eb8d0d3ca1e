//go:build crash

package crash

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/test/crash/site"
)

// atOnce is how many deliveries the worker makes at once, and how many bare requests.
const atOnce = 8

// Delivering is not the slower half: in rounds by turns the same resources are sent to the
// server by bare requests and delivered, as many at once. First server and sender share the
// processors; what delivering takes of them must be less than what the server takes, or it
// would be the slower half anywhere. Then each has processors of its own, as on two
// machines: what is slower now is so by waiting.
func TestThroughputBesideTheServerAlone(t *testing.T) {
	h := newHospital(t, "sqlite:"+filepath.Join(t.TempDir(), "registry.db"), "throughput")
	h.settings.Registry, h.settings.Workers = serverURL(t), atOnce // without the proxy, which lets one through at a time
	c := &contest{t: t, hospital: h, patients: size(300, 600), rounds: size(5, 9)}
	postAll(t, serverURL(t), bodies(t, "alone", 1)) // what all have in common is there before
	for range 2 * (c.rounds + 1) {
		c.queues = append(c.queues, h.keep(len(c.queues)*c.patients, c.patients))
	}
	c.server, c.worker = processNamed(t, "java"), h.start("", 1)

	shared := c.run("with the processors shared")
	if mine, its := shared.each(shared.worker), shared.each(shared.server); mine >= its {
		t.Errorf("of a processor a delivery takes us %s, and the server %s", mine, its)
	}
	half := runtime.NumCPU() / 2
	if half == 0 {
		t.Fatal("one processor cannot be shared out")
	}
	setAffinity(t, c.server, 0, half)
	for _, id := range []int{os.Getpid(), c.worker.Process.Pid} {
		setAffinity(t, id, half, runtime.NumCPU())
	}
	defer func() {
		for _, id := range []int{os.Getpid(), c.server} {
			setAffinity(t, id, 0, runtime.NumCPU())
		}
	}()
	apart := c.run("with processors of its own for each")
	c.worker.stop(t)
	switch {
	case apart.share() < 0.9:
		t.Log("others use the machine: which of the two is slower is not judged")
	case apart.ratio() < 0.9:
		t.Errorf("delivering is the slower half: %.2f of what the server takes", apart.ratio())
	}
}

// contest is between bare requests and deliveries.
type contest struct {
	t                *testing.T
	hospital         *hospital
	patients, rounds int
	queues           []func() // each queues the deliveries of a round
	server           int      // its process
	worker           *worker
}

// outcome is what rounds gave: transactions a second, and processors' ticks.
type outcome struct {
	alone, ours    []float64
	client         int // for the bare requests
	worker, server int // for the deliveries
	own, machine   int // for all together, and for all of the machine
	patients       int
}

func (o *outcome) ratio() float64 { return median(o.ours) / median(o.alone) }
func (o *outcome) share() float64 { return float64(o.own) / float64(o.machine) }
func (o *outcome) each(ticks int) time.Duration {
	return time.Duration(ticks) * tick / time.Duration(o.patients)
}

// run does some rounds, after one to warm up.
func (c *contest) run(how string) *outcome {
	c.t.Helper()
	out := &outcome{patients: c.rounds * c.patients}
	for round := range c.rounds + 1 {
		bare := bodies(c.t, fmt.Sprint("alone-", len(c.queues)), c.patients)
		before := usage(c.t)
		alone := c.perSecond(func() { postAll(c.t, serverURL(c.t), bare) })
		between := usage(c.t)
		c.queues[0]()
		c.queues = c.queues[1:]
		queued := usage(c.t)
		ours := c.perSecond(c.hospital.await)
		after := usage(c.t)
		if round == 0 {
			continue
		}
		out.alone, out.ours = append(out.alone, alone), append(out.ours, ours)
		out.client += between.each[os.Getpid()] - before.each[os.Getpid()]
		out.worker += after.each[c.worker.Process.Pid] - queued.each[c.worker.Process.Pid]
		out.server += after.each[c.server] - queued.each[c.server]
		out.own, out.machine = out.own+after.own-before.own, out.machine+after.machine-before.machine
	}
	c.t.Logf("%s, %d rounds of %d patients of 3 resources, %d at once: the server alone takes %.0f transactions/s %.0f, we deliver %.0f/s %.0f: %.2f of it; of a processor a bare request takes the client %s, a delivery the worker %s and the server %s; %.0f%% of what the machine did was ours",
		how, c.rounds, c.patients, atOnce, median(out.alone), out.alone, median(out.ours), out.ours, out.ratio(),
		out.each(out.client), out.each(out.worker), out.each(out.server), 100*out.share())
	return out
}

func (c *contest) perSecond(do func()) float64 {
	began := time.Now()
	do()
	return float64(c.patients) / time.Since(began).Seconds()
}

// keep keeps patients, from a number on, of whom nothing is to be delivered yet, and gives
// what queues their deliveries, in one transaction.
func (h *hospital) keep(from, patients int) (queue func()) {
	h.t.Helper()
	ids := make([]string, patients)
	for n := range ids {
		receipt, err := site.Keep(h.t.Context(), h.store, from+n, 1)
		if err != nil {
			h.t.Fatal(err)
		}
		ids[n] = receipt.Changes[0].Patient
	}
	return func() {
		err := h.store.Update(h.t.Context(), func(ctx context.Context, tx *store.Tx) error {
			for _, id := range ids {
				if err := h.service.Enqueue(ctx, tx, id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

// await waits until nothing is open any more, asking often and little.
func (h *hospital) await() {
	h.t.Helper()
	deadline := time.Now().Add(5 * time.Minute)
	for {
		oldest, err := h.store.Oldest(h.t.Context(), site.Target)
		if err != nil {
			h.t.Fatal(err)
		}
		if oldest.IsZero() {
			return
		}
		if time.Now().After(deadline) {
			h.t.Fatal("deliveries are still open")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// bodies are the transactions that are delivered of patients, for a recipient of its own:
// the same resources with other pseudonyms.
func bodies(t *testing.T, recipient string, patients int) [][]byte {
	t.Helper()
	normaliser, err := site.Normaliser("throughput", recipient)
	if err != nil {
		t.Fatal(err)
	}
	list := make([][]byte, patients)
	for n := range list {
		made, err := normaliser.Normalise(t.Context(), site.Registration(n, 1))
		if err != nil {
			t.Fatal(err)
		}
		documents, err := made.Documents()
		if err != nil {
			t.Fatal(err)
		}
		list[n] = documents[0].Body
	}
	return list
}

// postAll sends transactions, as many at once as the worker does, over connections that
// are kept as the worker keeps them.
func postAll(t *testing.T, url string, bodies [][]byte) {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: atOnce}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	next := make(chan []byte)
	var running sync.WaitGroup
	for range atOnce {
		running.Go(func() {
			for body := range next {
				post(t, client, url, body)
			}
		})
	}
	for _, body := range bodies {
		next <- body
	}
	close(next)
	running.Wait()
}

func post(t *testing.T, client *http.Client, url string, body []byte) {
	response, err := client.Post(url, "application/fhir+json", bytes.NewReader(body))
	if err != nil {
		t.Error(err)
		return
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK || strings.Count(string(text), `"20`) < bytes.Count(body, []byte(`"request"`)) {
		t.Errorf("%s, %v: %s", response.Status, err, text)
	}
}

func median(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
