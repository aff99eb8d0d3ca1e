package trust_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
	"go.uber.org/goleak"

	"github.com/pijnpoort/pijnpoort/cdshooks/trust"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	issuer = "https://ehr.example/"
	called = "https://pijnpoort.example/cds-services/raad"
)

// clock can be set.
type clock struct{ atomic.Int64 }

func (c *clock) now() time.Time { return time.Unix(c.Load(), 0) }

func newClock() *clock {
	c := &clock{}
	c.Store(time.Date(2025, 6, 16, 12, 0, 0, 0, time.UTC).Unix())
	return c
}

// The keys of the client, and one of somebody else's under the same name.
var (
	curve, other = newCurve(), newCurve()
	rsaKey, _    = rsa.GenerateKey(rand.Reader, 2048)
)

func newCurve() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

// set is the JWK Set of the client.
func set(t *testing.T) []byte {
	t.Helper()
	keys := jwk.NewSet()
	for kid, private := range map[string]any{"ec": curve, "rsa": rsaKey} {
		key, err := jwk.Import(private)
		if err != nil {
			t.Fatal(err)
		}
		public, err := key.PublicKey()
		if err != nil {
			t.Fatal(err)
		}
		if err := public.Set(jwk.KeyIDKey, kid); err != nil {
			t.Fatal(err)
		}
		if err := keys.AddKey(public); err != nil {
			t.Fatal(err)
		}
	}
	document, err := json.Marshal(keys)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// server serves a JWK Set, and counts.
func server(t *testing.T, document []byte) (url string, fetches *atomic.Int32) {
	t.Helper()
	fetches = &atomic.Int32{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fetches.Add(1)
		if _, err := w.Write(document); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(s.Close)
	t.Cleanup(http.DefaultTransport.(*http.Transport).CloseIdleConnections)
	return s.URL + "/jwks.json", fetches
}

// token is a JWT that is in order, but for what is changed.
type token struct {
	algorithm jwa.SignatureAlgorithm
	key       any
	header    map[string]any
	claims    map[string]any
}

func good(c *clock, id string) *token {
	return &token{jwa.ES384(), curve, map[string]any{"kid": "ec", "typ": "JWT"}, map[string]any{
		"iss": issuer, "aud": called, "iat": c.Load(), "exp": c.Load() + 300, "jti": id}}
}

func (k *token) sign(t *testing.T) string {
	t.Helper()
	payload, err := json.Marshal(k.claims)
	if err != nil {
		t.Fatal(err)
	}
	header := jws.NewHeaders()
	for name, value := range k.header {
		if err := header.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	signed, err := jws.Sign(payload, jws.WithKey(k.algorithm, k.key, jws.WithProtectedHeaders(header)))
	if err != nil {
		t.Fatal(err)
	}
	return string(signed)
}

func verifier(t *testing.T, c *clock, clients ...trust.Client) *trust.Verifier {
	t.Helper()
	v, err := trust.New(clients, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestJWTs(t *testing.T) {
	c := newClock()
	url, _ := server(t, set(t))
	at := func(d time.Duration) int64 { return c.now().Add(d).Unix() }
	tests := map[string]struct {
		change func(*token)
		want   string // empty: accepted
	}{
		"ES384":                      {nil, ""},
		"RS384":                      {func(k *token) { k.algorithm, k.key, k.header["kid"] = jwa.RS384(), rsaKey, "rsa" }, ""},
		"PS384":                      {func(k *token) { k.algorithm, k.key, k.header["kid"] = jwa.PS384(), rsaKey, "rsa" }, ""},
		"several audiences":          {func(k *token) { k.claims["aud"] = []string{"https://x.example", called} }, ""},
		"without typ":                {func(k *token) { delete(k.header, "typ") }, ""},
		"jku on the list":            {func(k *token) { k.header["jku"] = url }, ""},
		"clock ahead, a little":      {func(k *token) { k.claims["iat"] = at(50 * time.Second) }, ""},
		"expired, a little":          {func(k *token) { k.claims["exp"] = at(-50 * time.Second) }, ""},
		"clock ahead":                {func(k *token) { k.claims["iat"] = at(2 * time.Minute) }, "not in time"},
		"not yet":                    {func(k *token) { k.claims["nbf"] = at(2 * time.Minute) }, "not in time"},
		"expired":                    {func(k *token) { k.claims["exp"] = at(-2 * time.Minute) }, "not in time"},
		"for longer than we recall":  {func(k *token) { k.claims["exp"] = at(2 * time.Hour) }, "not in time"},
		"no exp":                     {func(k *token) { delete(k.claims, "exp") }, "not in time"},
		"no iat":                     {func(k *token) { delete(k.claims, "iat") }, "not in time"},
		"no jti":                     {func(k *token) { delete(k.claims, "jti") }, "jti is lacking"},
		"no aud":                     {func(k *token) { delete(k.claims, "aud") }, "audience"},
		"aud of another service":     {func(k *token) { k.claims["aud"] = called + "/feedback" }, "audience"},
		"aud of which ours is part":  {func(k *token) { k.claims["aud"] = called + "x" }, "audience"},
		"another issuer":             {func(k *token) { k.claims["iss"] = "https://elsewhere.example/" }, "issuer"},
		"no issuer":                  {func(k *token) { delete(k.claims, "iss") }, "issuer"},
		"HMAC":                       {func(k *token) { k.algorithm, k.key = jwa.HS384(), []byte(strings.Repeat("k", 48)) }, "algorithm not accepted"},
		"HMAC with the public key":   {func(k *token) { k.algorithm, k.key = jwa.HS256(), set(t) }, "algorithm not accepted"},
		"another curve's algorithm":  {func(k *token) { k.algorithm, k.key = jwa.RS384(), rsaKey }, "signature does not match"},
		"a key of somebody else":     {func(k *token) { k.key = other }, "signature does not match"},
		"a kid that is not known":    {func(k *token) { k.header["kid"] = "ec2" }, "no key with this kid"},
		"no kid":                     {func(k *token) { delete(k.header, "kid") }, "kid, typ or crit"},
		"another type":               {func(k *token) { k.header["typ"] = "at+jwt" }, "kid, typ or crit"},
		"an extension of the header": {func(k *token) { k.header["crit"], k.header["x"] = []string{"x"}, "y" }, "kid, typ or crit"},
		"a jku of its own":           {func(k *token) { k.header["jku"] = "https://elsewhere.example/jwks.json" }, "jku is not"},
	}
	v := verifier(t, c, trust.Client{Issuer: issuer, JWKS: url})
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			k := good(c, name)
			if name == "no jti" {
				k.claims["jti"] = ""
			}
			if test.change != nil {
				test.change(k)
			}
			err := v.Authenticate(t.Context(), "Bearer "+k.sign(t), called)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestWhatIsNoJWT(t *testing.T) {
	c := newClock()
	url, _ := server(t, set(t))
	v := verifier(t, c, trust.Client{Issuer: issuer, JWKS: url})
	signed := good(c, "1").sign(t)
	parts := strings.Split(signed, ".")
	encode := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	for name, header := range map[string]string{
		"nothing":             "",
		"another scheme":      "Basic " + signed,
		"no token":            "Bearer ",
		"words":               "Bearer x y z",
		"unsigned":            "Bearer " + encode(`{"alg":"none","typ":"JWT","kid":"ec"}`) + "." + parts[1] + ".",
		"unsigned, otherwise": "Bearer " + encode(`{"alg":"None","typ":"JWT","kid":"ec"}`) + "." + parts[1] + "." + parts[2],
		"signature cut off":   "Bearer " + parts[0] + "." + parts[1] + ".",
		"claims changed":      "Bearer " + parts[0] + "." + encode(`{"iss":"`+issuer+`"}`) + "." + parts[2],
		"claims no JSON":      "Bearer " + parts[0] + "." + encode(`x`) + "." + parts[2],
		"too long":            "Bearer " + strings.Repeat("a", 20<<10),
	} {
		if err := v.Authenticate(t.Context(), header, called); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if err := v.Authenticate(t.Context(), "bearer "+signed, called); err != nil {
		t.Errorf("after all that the good one is refused: %v", err)
	}
}

func TestAJWTIsGoodForOneCall(t *testing.T) {
	c := newClock()
	url, _ := server(t, set(t))
	v := verifier(t, c, trust.Client{Issuer: issuer, JWKS: url})
	header := "Bearer " + good(c, "1").sign(t)
	var accepted atomic.Int32
	var calls sync.WaitGroup
	for range 20 {
		calls.Go(func() {
			if v.Authenticate(t.Context(), header, called) == nil {
				accepted.Add(1)
			}
		})
	}
	calls.Wait()
	if accepted.Load() != 1 {
		t.Errorf("accepted %d times", accepted.Load())
	}
	c.Add(int64(time.Hour / time.Second))
	if err := v.Authenticate(t.Context(), header, called); err == nil {
		t.Error("accepted again when it had expired")
	}
}

func TestTenants(t *testing.T) {
	c := newClock()
	url, _ := server(t, set(t))
	v := verifier(t, c, trust.Client{Issuer: issuer, JWKS: url, Tenant: "ziekenhuis"})
	for tenant, want := range map[string]bool{"ziekenhuis": true, "elders": false, "": false} {
		k := good(c, "tenant "+tenant)
		if tenant != "" {
			k.claims["tenant"] = tenant
		}
		if err := v.Authenticate(t.Context(), "Bearer "+k.sign(t), called); (err == nil) != want {
			t.Errorf("%q: %v", tenant, err)
		}
	}
}

// Keys are fetched once, again after an hour, and for unknown kids now and then only.
func TestKeysAreKept(t *testing.T) {
	c := newClock()
	url, fetches := server(t, set(t))
	v := verifier(t, c, trust.Client{Issuer: issuer, JWKS: url})
	ask := func(id, kid string) error {
		k := good(c, id)
		k.header["kid"] = kid
		return v.Authenticate(t.Context(), "Bearer "+k.sign(t), called)
	}
	steps := []struct {
		name    string
		later   time.Duration
		kid     string
		fetches int32
		ok      bool
	}{
		{"first call", 0, "ec", 1, true},
		{"second call", 0, "ec", 1, true},
		{"unknown kid at once", 0, "x", 1, false},
		{"unknown kid later", time.Minute, "x", 2, false},
		{"another unknown kid at once", 0, "y", 2, false},
		{"after an hour", time.Hour + time.Second, "ec", 3, true},
	}
	for _, step := range steps {
		c.Add(int64(step.later / time.Second))
		if err := ask(step.name, step.kid); (err == nil) != step.ok || fetches.Load() != step.fetches {
			t.Errorf("%s: %v, %d fetches", step.name, err, fetches.Load())
		}
	}
}

func TestKeysThatCannotBeFetchedAgainAreUsedForADay(t *testing.T) {
	c := newClock()
	var down atomic.Bool
	document := set(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if down.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write(document)
	}))
	defer s.Close()
	defer http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	v := verifier(t, c, trust.Client{Issuer: issuer, JWKS: s.URL})
	for i, step := range []struct {
		later time.Duration
		down  bool
		ok    bool
	}{{0, false, true}, {2 * time.Hour, true, true}, {23 * time.Hour, true, false}, {time.Minute, false, true}} {
		c.Add(int64(step.later / time.Second))
		down.Store(step.down)
		if err := v.Authenticate(t.Context(), "Bearer "+good(c, string(rune('a'+i))).sign(t), called); (err == nil) != step.ok {
			t.Errorf("step %d: %v", i, err)
		}
	}
}

func TestKeysInAFile(t *testing.T) {
	c := newClock()
	path := filepath.Join(t.TempDir(), "jwks.json")
	if err := os.WriteFile(path, set(t), 0o600); err != nil {
		t.Fatal(err)
	}
	v := verifier(t, c, trust.Client{Issuer: issuer, JWKS: path})
	k := good(c, "1")
	k.header["jku"] = "https://ehr.example/jwks.json" // agreed out of band: not looked at
	if err := v.Authenticate(t.Context(), "Bearer "+k.sign(t), called); err != nil {
		t.Error(err)
	}
}

func TestFaultyClients(t *testing.T) {
	faulty := filepath.Join(t.TempDir(), "jwks.json")
	if err := os.WriteFile(faulty, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, jwks := range map[string]string{
		"no keys": "", "keys without TLS": "http://ehr.example/jwks.json", "file that is not there": "/does/not/exist", "file of something else": faulty,
	} {
		if _, err := trust.New([]trust.Client{{Issuer: issuer, JWKS: jwks}}, nil); err == nil || !strings.Contains(err.Error(), issuer) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
