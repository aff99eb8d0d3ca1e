//go:build load

package neuromodulation_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
)

const (
	issuer = "https://ehr.example/"
	public = "https://pijnpoort.example"
)

// caller signs JWTs; the id of each key is the algorithm it is for.
type caller map[jwa.SignatureAlgorithm]any

// newCaller makes a client, and the file with its public keys.
func newCaller(t *testing.T) (c caller, path string) {
	t.Helper()
	curve, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	primes, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	c = caller{jwa.ES384(): curve, jwa.RS384(): primes}
	set := jwk.NewSet()
	for algorithm, key := range c {
		private, err := jwk.Import(key)
		if err != nil {
			t.Fatal(err)
		}
		public, err := private.PublicKey()
		if err != nil {
			t.Fatal(err)
		}
		if err := public.Set(jwk.KeyIDKey, algorithm.String()); err != nil {
			t.Fatal(err)
		}
		if err := set.AddKey(public); err != nil {
			t.Fatal(err)
		}
	}
	document, err := json.Marshal(set)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "jwks.json")
	if err := os.WriteFile(path, document, 0o600); err != nil {
		t.Fatal(err)
	}
	return c, path
}

// authorization signs a JWT for one call.
func (c caller) authorization(by jwa.SignatureAlgorithm) (string, error) {
	now := time.Now().Unix()
	header := jws.NewHeaders()
	if err := header.Set("kid", by.String()); err != nil {
		return "", err
	}
	claims := fmt.Sprintf(`{"iss":%q,"aud":%q,"iat":%d,"exp":%d,"jti":%q}`, issuer, public+eligibility, now, now+3000, uuid.NewString())
	token, err := jws.Sign([]byte(claims), jws.WithKey(by, c[by], jws.WithProtectedHeaders(header)))
	return "Bearer " + string(token), err
}

// stock signs so many JWTs before a load, so that the work of the client does not slow the
// calls: both run on this machine. Beyond the stock they are signed during it.
func (c caller) stock(t *testing.T, by jwa.SignatureAlgorithm, n int) func() (string, error) {
	t.Helper()
	ready := make(chan string, n)
	var signing sync.WaitGroup
	for range runtime.NumCPU() {
		signing.Go(func() {
			for range n / runtime.NumCPU() {
				token, err := c.authorization(by)
				if err != nil {
					t.Error(err)
					return
				}
				ready <- token
			}
		})
	}
	signing.Wait()
	return func() (string, error) {
		select {
		case token := <-ready:
			return token, nil
		default:
			return c.authorization(by)
		}
	}
}
