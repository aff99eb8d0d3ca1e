//go:build load

package neuromodulation_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime/debug"
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
	// clients call at once.
	clients = 8
	// perSecond is how many JWTs are signed beforehand for each second of a load.
	perSecond = 2000
	// steady is how many calls a second come in steadily: well below what saturates two
	// processors that serve the clients too.
	steady = 500
	// mostLate is the time in which 99 of 100 calls that come in steadily are answered on a
	// machine of our own, and mostIdle that in which it reads 99 of 100 bodies.
	mostLate = 10 * time.Millisecond
	mostIdle = 3 * time.Millisecond
	// mostEach bounds the work of a call, client included, on a machine that others use.
	mostEach = 5 * time.Millisecond
)

// Eight clients on this machine, 40 resources and a JWT each call, and no error. Once the
// calls come in steadily, 99 of 100 answered in 10 ms where no others use the machine; once
// each client calls as soon as it was answered, which tells how many calls the machine can
// take. Before and after each load, a handler that only reads the body. Server and clients
// are processes of their own.
func TestLoad(t *testing.T) {
	debug.SetGCPercent(800) // what the clients collect, the server must wait for
	who, keys := newCaller(t)
	served, idle := program(t, keys), nothing(t)
	body, lasts := hookRequest(t), seconds(t)
	floor := func(rate int) *result {
		r := load{on: idle, body: body, lasts: lasts / 8, rate: rate,
			right: func(status int, _ []byte) bool { return status == http.StatusOK }}.run(t)
		t.Logf("reading the body only: %s", r)
		return r
	}
	for _, rate := range []int{steady, 0} {
		before := floor(rate)
		for _, by := range []jwa.SignatureAlgorithm{jwa.ES384(), jwa.RS384()} {
			per := perSecond
			if rate > 0 {
				per = rate
			}
			got := load{on: served, body: body, lasts: lasts, rate: rate, authorize: who.stock(t, by, per*int(lasts.Seconds())),
				right: func(status int, answer []byte) bool {
					return status == http.StatusOK && bytes.HasPrefix(answer, []byte(`{"cards":[{`))
				}}.run(t)
			t.Logf("advice with a JWT by %s: %s", by, got)
			after := floor(rate)
			t.Logf("advice by %s takes %s of processor more than reading the body; %.1f times its p50, %.1f times its p99", by,
				got.each(got.server)-(before.each(before.server)+after.each(after.server))/2, ratio(got, before, after, 0.5), ratio(got, before, after, 0.99))
			got.judge(t, before, after)
			before = after
		}
	}
}

// result is what a load gave.
type result struct {
	rate           int // of the load
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

func (r *result) String() string {
	return fmt.Sprintf("%d calls, %.0f a second, of processor %s each in the server and %s in the client, p50 %s, p99 %s, most %s, %d errors; %s",
		len(r.times), float64(len(r.times))/r.lasted.Seconds(), r.each(r.server), r.each(r.client), r.quantile(0.5), r.quantile(0.99), r.quantile(1),
		r.errors, r.busy)
}

// judge holds a load against what is promised; before and after are what reading the body
// took around it.
func (r *result) judge(t *testing.T, before, after *result) {
	t.Helper()
	if r.errors > 0 {
		t.Error("errors")
	}
	if each := r.each(r.server + r.client); each > mostEach {
		t.Errorf("a call takes %s of processor, more than %s", each, mostEach)
	}
	switch late := r.quantile(0.99); {
	case max(before.quantile(0.99), after.quantile(0.99)) > mostIdle: // others are the cause then
		t.Log("the machine is not ours alone: its p99 tells nothing of us")
	case r.rate == 0:
		t.Logf("saturated by %d clients on the same processors", clients)
	case late > mostLate:
		t.Errorf("p99 %s is more than %s", late, mostLate)
	}
}

// ratio holds a quantile against that of the two loads around it.
func ratio(got, before, after *result, q float64) float64 {
	return 2 * float64(got.quantile(q)) / float64(before.quantile(q)+after.quantile(q))
}

// opened is the call for one patient after another: each chart is opened a few times in a
// load, as on a day in a hospital.
type opened struct {
	body []byte
	at   []int // where the number of the patient stands in it
}

// charts is the number of charts; a number has as many digits.
const charts = 10_000

func open(body string) *opened {
	const number = "pat-h-0000"
	body = strings.ReplaceAll(body, bundles.PatientID, number)
	o := &opened{body: []byte(body)}
	for at := 0; ; at += len(number) {
		next := strings.Index(body[at:], number)
		if next < 0 {
			return o
		}
		at += next
		o.at = append(o.at, at+len(number)-4)
	}
}

// next is the body for a patient, until next is called again.
func (o *opened) next(patient int64) io.Reader {
	digits := fmt.Sprintf("%04d", patient%charts)
	for _, at := range o.at {
		copy(o.body[at:], digits)
	}
	return bytes.NewReader(o.body)
}

// load calls one server from all clients at once.
type load struct {
	on    *process
	body  string
	lasts time.Duration
	// rate is how many calls come in a second, at even times, whatever became of those
	// before; 0 is as many as are answered.
	rate      int
	authorize func() (string, error)
	right     func(status int, answer []byte) bool
}

// run makes the calls. Making a request, and signing JWTs, is the client's work, and done
// before the clock of a call runs; a call that is due runs, though no client be free for it.
func (l load) run(t *testing.T) *result {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var mu sync.Mutex
	all := result{rate: l.rate}
	var running sync.WaitGroup
	var calls atomic.Int64
	begin, server, own := time.Now(), processor(t, l.on.id), processor(t, os.Getpid())
	for range clients {
		running.Go(func() {
			var mine result
			chart := open(l.body)
			for {
				number := calls.Add(1)
				request, err := http.NewRequest(http.MethodPost, l.on.url+eligibility, chart.next(number))
				if err == nil {
					request.Header.Set("Content-Type", "application/json")
					err = l.sign(request)
				}
				if err != nil {
					t.Error(err)
					break
				}
				start := time.Now()
				if l.rate > 0 {
					start = begin.Add(time.Duration(number) * time.Second / time.Duration(l.rate))
					time.Sleep(time.Until(start))
				}
				if start.Sub(begin) >= l.lasts {
					break
				}
				response, err := client.Do(request)
				if err != nil {
					mine.errors++
					continue
				}
				answer, err := io.ReadAll(response.Body)
				response.Body.Close()
				mine.times = append(mine.times, time.Since(start))
				if err != nil || !l.right(response.StatusCode, answer) {
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
	all.lasted, all.server, all.client, all.busy = time.Since(begin), processor(t, l.on.id)-server, processor(t, os.Getpid())-own, busy()
	slices.Sort(all.times)
	return &all
}

// sign gives a request its JWT, where the server wants one.
func (l load) sign(request *http.Request) error {
	if l.authorize == nil {
		return nil
	}
	header, err := l.authorize()
	request.Header.Set("Authorization", header)
	return err
}

// busy tells how busy the machine is, which others may be using too.
func busy() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "load not known"
	}
	return "load average " + strings.Join(strings.Fields(string(text))[:3], " ")
}
