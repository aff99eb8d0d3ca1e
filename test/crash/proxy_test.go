//go:build crash

package crash

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// proxy stands before the FHIR server, breaks what goes through it, and remembers what
// took effect.
type proxy struct {
	*httptest.Server
	to    string
	dead  *http.Client
	holds atomic.Pointer[hold]

	mu      sync.Mutex
	random  *rand.Rand
	calm    bool
	counts  map[string]int
	effects map[string][]string // by procedure: the versions that took effect, in order
}

// hold keeps one request back.
type hold struct {
	arrived, release chan struct{}
	once             sync.Once
}

func newProxy(t *testing.T, to string, seed uint64) *proxy {
	t.Helper()
	p := &proxy{to: to, random: rand.New(rand.NewPCG(seed, seed)), counts: map[string]int{}, effects: map[string][]string{},
		dead: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}}
	p.Server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.Close)
	return p
}

// faults are what goes wrong, of a thousand requests.
var faults = []struct {
	name string
	odds int
}{{"answer lost after the effect", 50}, {"503 with Retry-After", 50}, {"502 after the effect", 15}, {"slower than we wait", 10}, {"connection refused", 15}}

func (p *proxy) draw() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counts["requests"]++
	if p.calm {
		return ""
	}
	n := p.random.IntN(1000)
	for _, f := range faults {
		if n -= f.odds; n < 0 {
			p.counts[f.name]++
			return f.name
		}
	}
	return ""
}

func (p *proxy) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if h := p.holds.Load(); h != nil {
		h.once.Do(func() {
			p.holds.Store(nil)
			close(h.arrived)
			<-h.release
		})
	}
	fault := p.draw()
	switch fault {
	case "503 with Retry-After":
		after := "1"
		if len(body)%2 == 0 {
			after = time.Now().Add(time.Second).UTC().Format(http.TimeFormat)
		}
		w.Header().Set("Retry-After", after)
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	case "connection refused":
		panic(http.ErrAbortHandler)
	}
	response, err := p.forward(r, body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer response.Body.Close()
	answer, _ := io.ReadAll(response.Body)
	switch fault {
	case "answer lost after the effect":
		panic(http.ErrAbortHandler)
	case "502 after the effect":
		w.WriteHeader(http.StatusBadGateway)
		return
	case "slower than we wait":
		time.Sleep(4 * time.Second)
	}
	w.Header().Set("Content-Type", response.Header.Get("Content-Type"))
	w.WriteHeader(response.StatusCode)
	_, _ = w.Write(answer)
}

// forward passes a request on, and notes its effect. Requests about the same thing go one
// at a time, so that the order noted is the order of the effects.
func (p *proxy) forward(r *http.Request, body []byte) (*http.Response, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	request, err := http.NewRequest(r.Method, p.to, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header = r.Header.Clone()
	request.Header.Del("Accept-Encoding") // the transport asks by itself, and unpacks
	response, err := p.dead.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		p.counts["not taken by the server"]++
		return response, nil
	}
	for _, procedure := range procedures(body) {
		p.effects[procedure.key] = append(p.effects[procedure.key], procedure.version)
	}
	return response, nil
}

type sentProcedure struct{ key, version string }

// procedures are those in a transaction.
func procedures(body []byte) (list []sentProcedure) {
	var b struct {
		Entry []struct {
			Resource struct {
				ResourceType      string
				Identifier        []struct{ Value string }
				PerformedDateTime string
			}
		}
	}
	if json.Unmarshal(body, &b) != nil {
		return nil
	}
	for _, e := range b.Entry {
		if r := e.Resource; r.ResourceType == "Procedure" && len(r.Identifier) > 0 {
			list = append(list, sentProcedure{r.Identifier[0].Value, strings.Clone(r.PerformedDateTime)})
		}
	}
	return list
}

// set makes the proxy pass everything on, or not.
func (p *proxy) set(calm bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calm = calm
}
