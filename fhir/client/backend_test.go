package client

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jwt"
)

func ecKey(t *testing.T, curve elliptic.Curve) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return inPEM(t, key)
}

func inPEM(t *testing.T, key any) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// authority is an authorisation server that checks assertions with the public half of
// a key, refuses one that it has seen, and counts.
func authority(t *testing.T, key jwk.Key, life int, now *time.Time) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	public, err := jwk.PublicKeyOf(key)
	if err != nil {
		t.Fatal(err)
	}
	seen, given := map[string]bool{}, &atomic.Int64{}
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		algorithm := algorithms[key.KeyType().String()]
		claims, err := jwt.ParseString(r.FormValue("client_assertion"), jwt.WithKey(algorithm, public),
			jwt.WithAudience(server.URL+"/token"), jwt.WithIssuer("pijnpoort"), jwt.WithSubject("pijnpoort"), jwt.WithRequiredClaim("jti"),
			jwt.WithClock(jwt.ClockFunc(func() time.Time { return *now })))
		id, _ := "", false
		if err == nil {
			id, _ = claims.JwtID()
		}
		expires := time.Time{}
		if err == nil {
			expires, _ = claims.Expiration()
		}
		if err != nil || seen[id] || expires.Sub(*now) > 5*time.Minute || r.FormValue("grant_type") != "client_credentials" ||
			r.FormValue("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" || r.FormValue("scope") != "system/*.cruds" {
			http.Error(w, `{"error":"invalid_client"}`, http.StatusBadRequest)
			return
		}
		seen[id] = true
		fmt.Fprintf(w, `{"access_token":"token-%d","token_type":"bearer","expires_in":%d,"scope":"system/*.cruds"}`, given.Add(1), life)
	}))
	t.Cleanup(server.Close)
	return server, given
}

func TestBackendAsksForATokenWithASignedAssertion(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, document := range map[string][]byte{"ES384": ecKey(t, elliptic.P384()), "RS384": inPEM(t, rsaKey)} {
		t.Run(name, func(t *testing.T) {
			key, err := ParseKey(document)
			if err != nil {
				t.Fatal(err)
			}
			now := time.Now()
			server, given := authority(t, key, 300, &now)
			b, err := NewBackend(BackendOptions{TokenURL: server.URL + "/token", ClientID: "pijnpoort", Key: key, Scope: "system/*.cruds", HTTP: server.Client()})
			if err != nil {
				t.Fatal(err)
			}
			b.now = func() time.Time { return now }
			steps := []struct {
				after  time.Duration
				forget string
				want   string
			}{
				{0, "", "token-1"}, {4 * time.Minute, "", "token-1"}, // kept
				{35 * time.Second, "", "token-2"},                              // near its end
				{0, "token-1", "token-2"}, {time.Second, "token-2", "token-3"}, // refused by the FHIR server
			}
			for i, step := range steps {
				now = now.Add(step.after)
				b.Forget(step.forget)
				if got, err := b.Token(t.Context()); err != nil || got != step.want {
					t.Errorf("step %d: %q, %v; want %s", i, got, err, step.want)
				}
			}
			if given.Load() != 3 {
				t.Errorf("%d tokens were asked for", given.Load())
			}
		})
	}
}

func TestBackendTellsWhyThereIsNoToken(t *testing.T) {
	key, err := ParseKey(ecKey(t, elliptic.P384()))
	if err != nil {
		t.Fatal(err)
	}
	answer := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); _, _ = io.WriteString(w, body) }
	}
	for name, test := range map[string]struct {
		handle http.HandlerFunc
		want   error
	}{
		"refused":     {answer(401, `{"error":"invalid_client"}`), ErrUnauthorized},
		"bad request": {answer(400, `{}`), ErrUnauthorized},
		"failing":     {answer(503, ``), StatusError(503)},
		"not JSON":    {answer(200, `<html>`), ErrUnauthorized},
		"no token":    {answer(200, `{"token_type":"bearer"}`), ErrUnauthorized},
		"other type":  {answer(200, `{"token_type":"mac","access_token":"x"}`), ErrUnauthorized},
		"two headers": {answer(200, `{"token_type":"bearer","access_token":"x\r\nX: y"}`), ErrUnauthorized},
	} {
		server := httptest.NewServer(test.handle)
		b, err := NewBackend(BackendOptions{TokenURL: server.URL, ClientID: "pijnpoort", Key: key, HTTP: server.Client()})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Token(t.Context()); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
		server.Close()
		if _, err := b.Token(t.Context()); !errors.Is(err, ErrUnsent) {
			t.Errorf("%s, then gone: %v", name, err)
		}
	}
}

func TestBackendOptionsAreChecked(t *testing.T) {
	good, err := ParseKey(ecKey(t, elliptic.P384()))
	if err != nil {
		t.Fatal(err)
	}
	small, err := ParseKey(ecKey(t, elliptic.P256()))
	if err != nil {
		t.Fatal(err)
	}
	public, err := good.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	for want, options := range map[string]BackendOptions{
		"absolute": {TokenURL: "token", ClientID: "x", Key: good},
		"https":    {TokenURL: "http://auth.example/token", ClientID: "x", Key: good},
		"client":   {TokenURL: "https://auth.example/token", Key: good},
		"no key":   {TokenURL: "https://auth.example/token", ClientID: "x"},
		"private":  {TokenURL: "https://auth.example/token", ClientID: "x", Key: public},
		"P-384":    {TokenURL: "https://auth.example/token", ClientID: "x", Key: small},
	} {
		if _, err := NewBackend(options); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func FuzzParseKey(f *testing.F) {
	f.Add([]byte(`{"kty":"EC","crv":"P-384","x":"","y":"","d":""}`))
	f.Add([]byte(`{"keys":[]}`))
	f.Add([]byte("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----"))
	f.Fuzz(func(t *testing.T, document []byte) {
		key, err := ParseKey(document)
		if err == nil && key == nil {
			t.Error("no key and no error")
		}
	})
}
