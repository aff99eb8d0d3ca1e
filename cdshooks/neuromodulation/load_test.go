//go:build load

package neuromodulation_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"

	"github.com/pijnpoort/pijnpoort/test/bundles"
)

// LOAD_SECONDS is how long each load lasts; default 60.
func seconds(t *testing.T) time.Duration {
	t.Helper()
	n := 60
	if s := os.Getenv("LOAD_SECONDS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	return time.Duration(n) * time.Second
}

const (
	// clients call at once, each the next time when it has been answered.
	clients = 8
	// perSecond is how many JWTs are signed beforehand for each second of a load.
	perSecond = 1000
	// mostLate is the time in which 99 of 100 calls are answered on a machine of our own.
	mostLate = 10 * time.Millisecond
	// mostEach bounds the work of a call, client included, on a machine that others use.
	mostEach = 5 * time.Millisecond
)

// Eight clients on this machine, 40 resources and a JWT each call: no error, and 99 of 100
// answered in 10 ms where no others use the machine. Before and after each load, a handler
// that only reads the body. Server and clients are processes of their own.
func TestLoad(t *testing.T) {
	who, keys := newCaller(t)
	served, idle := program(t, keys), nothing(t)
	body, lasts := charts(hookRequest(t)), seconds(t)
	floor := func() *result {
		r := load(t, idle, body, lasts/8, nil, func(status int, _ []byte) bool { return status == http.StatusOK })
		t.Logf("reading the body only: %s", r)
		return r
	}
	before := floor()
	for _, by := range []jwa.SignatureAlgorithm{jwa.ES384(), jwa.RS384()} {
		tokens := who.stock(t, by, perSecond*int(lasts.Seconds()))
		got := load(t, served, body, lasts, tokens, func(status int, answer []byte) bool {
			return status == http.StatusOK && bytes.HasPrefix(answer, []byte(`{"cards":[{`))
		})
		t.Logf("advice with a JWT by %s: %s", by, got)
		after := floor()
		t.Logf("advice by %s takes %s of processor more than reading the body; %.1f times its p50, %.1f times its p99", by,
			got.each(got.server)-(before.each(before.server)+after.each(after.server))/2, ratio(got, before, after, 0.5), ratio(got, before, after, 0.99))
		got.judge(t)
		before = after
	}
}

// result is what a load gave.
type result struct {
	times          []time.Duration
	errors         int
	lasted         time.Duration
	server, client time.Duration // of processor
	busy           string
}

func (r *result) quantile(q float64) time.Duration { return r.times[int(float64(len(r.times)-1)*q)] }

// each is a time of a processor per call: what does not change much when others use the
// machine too.
func (r *result) each(used time.Duration) time.Duration {
	return (used / time.Duration(len(r.times))).Round(time.Microsecond)
}

// share is the part of the processors that server and clients had.
func (r *result) share() float64 {
	return (r.server + r.client).Seconds() / (r.lasted.Seconds() * float64(runtime.NumCPU()))
}

func (r *result) String() string {
	return fmt.Sprintf("%d calls, %.0f a second, of processor %s each in the server and %s in the client, p50 %s, p99 %s, most %s, %d errors; %.0f%% of the machine, %s",
		len(r.times), float64(len(r.times))/r.lasted.Seconds(), r.each(r.server), r.each(r.client), r.quantile(0.5), r.quantile(0.99), r.quantile(1),
		r.errors, 100*r.share(), r.busy)
}

// judge holds a load against what is promised.
func (r *result) judge(t *testing.T) {
	t.Helper()
	if r.errors > 0 {
		t.Error("errors")
	}
	if each := r.each(r.server + r.client); each > mostEach {
		t.Errorf("a call takes %s of processor, more than %s", each, mostEach)
	}
	switch share := r.share(); {
	case share < 0.85: // of what is late then, others are the cause
		t.Logf("only %.0f%% of the machine was ours: its p99 tells nothing of us", 100*share)
	case r.quantile(0.99) > mostLate:
		t.Errorf("p99 %s is more than %s", r.quantile(0.99), mostLate)
	}
}

// ratio holds a quantile against that of the two loads around it.
func ratio(got, before, after *result, q float64) float64 {
	return 2 * float64(got.quantile(q)) / float64(before.quantile(q)+after.quantile(q))
}

// charts gives the call for one patient after another: each chart is opened a few times in
// a load, as on a day in a hospital.
func charts(body string) func() string {
	var opened atomic.Int64
	around := strings.Split(body, bundles.PatientID)
	return func() string { return strings.Join(around, fmt.Sprintf("pat-h-%04d", opened.Add(1)%10_000)) }
}

// load calls one server from all clients at once. Making a request, and signing JWTs, is
// the client's work, and done before the clock of a call runs.
func load(t *testing.T, on *process, body func() string, lasts time.Duration, authorize func() (string, error), right func(int, []byte) bool) *result {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var mu sync.Mutex
	var all result
	var running sync.WaitGroup
	begin, server, own := time.Now(), processor(t, on.id), processor(t, os.Getpid())
	for range clients {
		running.Go(func() {
			var mine result
			for time.Since(begin) < lasts {
				request, err := http.NewRequest(http.MethodPost, on.url+eligibility, strings.NewReader(body()))
				if err != nil {
					t.Error(err)
					return
				}
				request.Header.Set("Content-Type", "application/json")
				if authorize != nil {
					header, err := authorize()
					if err != nil {
						t.Error(err)
						return
					}
					request.Header.Set("Authorization", header)
				}
				start := time.Now()
				response, err := client.Do(request)
				if err != nil {
					mine.errors++
					continue
				}
				answer, err := io.ReadAll(response.Body)
				response.Body.Close()
				mine.times = append(mine.times, time.Since(start))
				if err != nil || !right(response.StatusCode, answer) {
					mine.errors++
				}
			}
			mu.Lock()
			defer mu.Unlock()
			all.times = append(all.times, mine.times...)
			all.errors += mine.errors
		})
	}
	running.Wait()
	if len(all.times) == 0 {
		t.Fatal("no call was answered")
	}
	all.lasted, all.server, all.client, all.busy = time.Since(begin), processor(t, on.id)-server, processor(t, os.Getpid())-own, busy()
	slices.Sort(all.times)
	return &all
}

// busy tells how busy the machine is, which others may be using too.
func busy() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "load not known"
	}
	return "load average " + strings.Join(strings.Fields(string(text))[:3], " ")
}
