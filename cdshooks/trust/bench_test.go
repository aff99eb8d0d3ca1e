package trust_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"

	"github.com/pijnpoort/pijnpoort/cdshooks/trust"
)

// What knowing a caller costs, by the algorithm that the client chooses. Nearly all of it is
// the arithmetic of the signature, which is least for RSA.
func BenchmarkAuthenticate(b *testing.B) {
	small, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	for _, by := range []struct {
		algorithm jwa.SignatureAlgorithm
		key       any
	}{{jwa.ES384(), curve}, {jwa.ES256(), small}, {jwa.RS384(), rsaKey}} {
		b.Run(by.algorithm.String(), func(b *testing.B) {
			key, err := jwk.Import(by.key)
			if err != nil {
				b.Fatal(err)
			}
			public, err := key.PublicKey()
			if err != nil {
				b.Fatal(err)
			}
			if err := public.Set(jwk.KeyIDKey, "k"); err != nil {
				b.Fatal(err)
			}
			keys := jwk.NewSet()
			if err := keys.AddKey(public); err != nil {
				b.Fatal(err)
			}
			document, err := json.Marshal(keys)
			if err != nil {
				b.Fatal(err)
			}
			path := filepath.Join(b.TempDir(), "jwks.json")
			if err := os.WriteFile(path, document, 0o600); err != nil {
				b.Fatal(err)
			}
			c := newClock()
			v, err := trust.New([]trust.Client{{Issuer: issuer, JWKS: path}}, c.now)
			if err != nil {
				b.Fatal(err)
			}
			header := jws.NewHeaders()
			if err := header.Set("kid", "k"); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				claims := fmt.Sprintf(`{"iss":%q,"aud":%q,"iat":%d,"exp":%d,"jti":"%d"}`, issuer, called, c.Load(), c.Load()+300, i)
				token, err := jws.Sign([]byte(claims), jws.WithKey(by.algorithm, by.key, jws.WithProtectedHeaders(header)))
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				if err := v.Authenticate(b.Context(), "Bearer "+string(token), called); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
