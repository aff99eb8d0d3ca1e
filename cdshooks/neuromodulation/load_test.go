//go:build load

package neuromodulation_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/feedbacklog"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
	"github.com/pijnpoort/pijnpoort/cdshooks/trust"
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
	issuer  = "https://ehr.example/"
	public  = "https://pijnpoort.example"
	clients = 8
)

// caller makes JWTs.
type caller struct{ key *ecdsa.PrivateKey }

// newCaller makes a client and the file with its public key.
func newCaller(t *testing.T) (*caller, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, err := jwk.Import(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	if err := public.Set(jwk.KeyIDKey, "k"); err != nil {
		t.Fatal(err)
	}
	set := jwk.NewSet()
	if err := set.AddKey(public); err != nil {
		t.Fatal(err)
	}
	document, err := json.Marshal(set)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "jwks.json")
	if err := os.WriteFile(path, document, 0o600); err != nil {
		t.Fatal(err)
	}
	return &caller{key}, path
}

func (c *caller) authorization() (string, error) {
	now := time.Now().Unix()
	header := jws.NewHeaders()
	if err := header.Set("kid", "k"); err != nil {
		return "", err
	}
	claims := fmt.Sprintf(`{"iss":%q,"aud":%q,"iat":%d,"exp":%d,"jti":%q}`, issuer, public+eligibility, now, now+300, uuid.NewString())
	token, err := jws.Sign([]byte(claims), jws.WithKey(jwa.ES384(), c.key, jws.WithProtectedHeaders(header)))
	return "Bearer " + string(token), err
}

// result is what a load gave.
type result struct {
	times  []time.Duration
	errors int
	lasted time.Duration
}

func (r *result) quantile(q float64) time.Duration { return r.times[int(float64(len(r.times)-1)*q)] }

func (r *result) String() string {
	return fmt.Sprintf("%d calls, %.0f a second, p50 %s, p99 %s, most %s, %d errors", len(r.times),
		float64(len(r.times))/r.lasted.Seconds(), r.quantile(0.5), r.quantile(0.99), r.quantile(1), r.errors)
}

// load calls one URL from all clients at once. Signing JWTs is the client's work, and
// done before the clock of a call runs.
func load(t *testing.T, url, body string, lasts time.Duration, authorize func() (string, error), right func(int, []byte) bool) *result {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	defer transport.CloseIdleConnections()
	var mu sync.Mutex
	var all result
	var running sync.WaitGroup
	begin := time.Now()
	for range clients {
		running.Go(func() {
			var own result
			for time.Since(begin) < lasts {
				request, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
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
				response, err := (&http.Client{Transport: transport}).Do(request)
				if err != nil {
					own.errors++
					continue
				}
				answer, err := io.ReadAll(response.Body)
				response.Body.Close()
				own.times = append(own.times, time.Since(start))
				if err != nil || !right(response.StatusCode, answer) {
					own.errors++
				}
			}
			mu.Lock()
			defer mu.Unlock()
			all.times = append(all.times, own.times...)
			all.errors += own.errors
		})
	}
	running.Wait()
	all.lasted = time.Since(begin)
	slices.Sort(all.times)
	return &all
}

// start serves handlers.
func start(t *testing.T, engine *gin.Engine) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(engine)
	t.Cleanup(s.Close)
	return s
}

// Eight clients on this machine, 40 resources and a JWT each call: no error, 99 of 100
// answered in 10 ms; beside it, in the same run, a handler that only reads the body.
func TestLoad(t *testing.T) {
	floorEngine := gin.New()
	floorEngine.POST(eligibility, func(c *gin.Context) {
		_, err := io.Copy(io.Discard, c.Request.Body)
		if err != nil {
			c.Status(http.StatusBadRequest)
			return
		}
		c.Data(http.StatusOK, "application/json", []byte(`{"cards":[]}`))
	})
	who, keys := newCaller(t)
	known, err := trust.New([]trust.Client{{Issuer: issuer, JWKS: keys}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := feedbacklog.Open(filepath.Join(t.TempDir(), "feedback.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	engine := gin.New()
	if err := cdshooks.Register(engine, cdshooks.Options{Language: "nl", Clients: known, PublicBase: public, Feedback: kept,
		Services: neuromodulation.Services(neuromodulation.Options{Adviser: &advice.Adviser{AsOf: asOf}})}); err != nil {
		t.Fatal(err)
	}
	answered := func(status int, answer []byte) bool {
		return status == http.StatusOK && bytes.HasPrefix(answer, []byte(`{"cards":[{`))
	}
	lasts := seconds(t)
	floor := load(t, start(t, floorEngine).URL+eligibility, hookRequest(t), lasts/4, nil, func(status int, _ []byte) bool { return status == http.StatusOK })
	t.Logf("reading the body only: %s", floor)
	got := load(t, start(t, engine).URL+eligibility, hookRequest(t), lasts, who.authorization, answered)
	t.Logf("advice with a JWT:     %s", got)
	if got.errors > 0 || got.quantile(0.99) > 10*time.Millisecond {
		t.Error("errors, or too slow")
	}
}
