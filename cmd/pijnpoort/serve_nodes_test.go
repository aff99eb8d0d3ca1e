package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lestrrat-go/jwx/v3/jwk"

	"github.com/pijnpoort/pijnpoort/cmd/pijnpoort/internal/caller"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// sender makes the keys of a client: what signs for it, and the file that we know it by.
func sender(t *testing.T, issuer string) (sign func(url string) (string, error), jwks string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := jwk.Import(private)
	if err != nil {
		t.Fatal(err)
	}
	if err := jwk.AssignKeyID(key); err != nil {
		t.Fatal(err)
	}
	secret, err := json.Marshal(key)
	if err != nil {
		t.Fatal(err)
	}
	if sign, err = caller.Signer(issuer, secret); err != nil {
		t.Fatal(err)
	}
	public, err := key.PublicKey()
	if err != nil {
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
	return sign, writeFile(t, string(document))
}

// A JWT is good for one call: on PostgreSQL on all nodes together, and with the embedded
// database also after a restart.
func TestAJWTIsGoodForOneCall(t *testing.T) {
	const public, path = "https://pijnpoort.example", "/cds-services/neuromodulatie-geschiktheid"
	call, err := os.ReadFile("../../test/patients/hooks/patient-view-fbss-onvolledig.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			sign, jwks := sender(t, "https://ehr.example/")
			data := t.TempDir()
			content := fmt.Sprintf("publicBase: %s\ncdshooks: {requireJWT: true, clients: [{issuer: 'https://ehr.example/', jwks: %q}]}\n", public, jwks)
			if kind == "postgres" {
				content += fmt.Sprintf("database: %q\n", storetest.URL(t, kind))
			}
			settings := filepath.Join(t.TempDir(), "pijnpoort.yaml")
			if err := os.WriteFile(settings, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			start := func() (string, func() (int, string)) { return serving(t, "--data="+data, "--config="+settings) }
			ask := func(node, token string, want int) {
				t.Helper()
				request, err := http.NewRequest(http.MethodPost, node+path, strings.NewReader(string(call)))
				if err != nil {
					t.Fatal(err)
				}
				request.Header.Set("Content-Type", "application/json")
				request.Header.Set("Authorization", token)
				response, err := http.DefaultClient.Do(request)
				if err != nil {
					t.Fatal(err)
				}
				response.Body.Close()
				if response.StatusCode != want {
					t.Errorf("%s, want %d", response.Status, want)
				}
			}
			token, err := sign(public + path)
			if err != nil {
				t.Fatal(err)
			}
			one, stop := start()
			ask(one, token, http.StatusOK)
			ask(one, token, http.StatusUnauthorized)
			if kind == "postgres" {
				other, stopOther := start()
				ask(other, token, http.StatusUnauthorized)
				if token, err = sign(public + path); err != nil {
					t.Fatal(err)
				}
				ask(other, token, http.StatusOK)
				ask(one, token, http.StatusUnauthorized)
				if status, log := stopOther(); status != answered {
					t.Error(log)
				}
			}
			if status, log := stop(); status != answered {
				t.Error(log)
			}
			again, stop := start()
			ask(again, token, http.StatusUnauthorized)
			if status, log := stop(); status != answered {
				t.Error(log)
			}
		})
	}
}
