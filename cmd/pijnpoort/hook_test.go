package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lestrrat-go/jwx/v3/jwk"
)

// keyPair makes a key for JWTs: the file with the private JWK, and that with the set of the
// public one.
func keyPair(t *testing.T) (private, public string) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := jwk.Import(secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := key.Set(jwk.KeyIDKey, "k1"); err != nil {
		t.Fatal(err)
	}
	open, err := key.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	set := jwk.NewSet()
	if err := set.AddKey(open); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, content := range map[string]any{"private.json": key, "jwks.json": set} {
		text, err := json.Marshal(content)
		if err != nil {
			t.Fatal(err)
		}
		putFile(t, filepath.Join(folder, name), text)
	}
	return filepath.Join(folder, "private.json"), filepath.Join(folder, "jwks.json")
}

const incomplete = "../../test/patients/fbss-onvolledig.json"

func TestHookCallsAServerThatAsksForAJWT(t *testing.T) {
	private, public := keyPair(t)
	settings := filepath.Join(t.TempDir(), "pijnpoort.yaml")
	putFile(t, settings, fmt.Appendf(nil, "cdshooks: {requireJWT: true, clients: [{issuer: \"https://ehr.example/\", jwks: %q}]}\n", public))
	url, stop := serving(t, "--config="+settings)
	stdout, stderr, status := run(t, "hook", incomplete, "--url="+url, "--issuer=https://ehr.example/", "--key="+private)
	if status != answered || !strings.HasPrefix(stdout, "Nog niet te beoordelen voor SCS bij FBSS") {
		t.Errorf("status %d: %s%s", status, stdout, stderr)
	}
	for name, flags := range map[string][]string{"no JWT": nil, "another issuer": {"--issuer=https://other.example/", "--key=" + private}} {
		_, stderr, status := run(t, append([]string{"hook", incomplete, "--url=" + url + "/cds-services"}, flags...)...)
		if status != unanswered || !strings.Contains(stderr, "discovery: status 401") {
			t.Errorf("%s: status %d: %s", name, status, stderr)
		}
	}
	if _, stderr, status := run(t, "hook", incomplete, "--url="+url, "--issuer=https://ehr.example/", "--key="+public); status != wrongUsage ||
		!strings.Contains(stderr, "--key: ") {
		t.Errorf("a public key: status %d: %s", status, stderr)
	}
	if status, log := stop(); status != answered {
		t.Errorf("status %d: %s", status, log)
	}
}

// The URL for which a JWT is meant is that of TLS, also where the settings name none.
func TestHookCallsAServerOverTLSThatAsksForACertificateToo(t *testing.T) {
	private, public := keyPair(t)
	certificate, key := selfSigned(t, "server")
	own, ownKey := selfSigned(t, "caller")
	folder := t.TempDir()
	for name, content := range map[string][]byte{"cert.pem": certificate, "key.pem": key, "callers.pem": own, "caller.pem": append(own, ownKey...)} {
		putFile(t, filepath.Join(folder, name), content)
	}
	settings := filepath.Join(folder, "pijnpoort.yaml")
	putFile(t, settings, fmt.Appendf(nil, "tls: {cert: %[1]s/cert.pem, key: %[1]s/key.pem, clientCAs: %[1]s/callers.pem}\n"+
		"cdshooks: {requireJWT: true, clients: [{issuer: \"https://ehr.example/\", jwks: %[2]q}]}\n", folder, public))
	url, stop := serving(t, "--config="+settings)
	defer stop()
	call := []string{"hook", incomplete, "--url=" + url, "--issuer=https://ehr.example/", "--key=" + private, "--ca=" + folder + "/cert.pem"}
	stdout, stderr, status := run(t, append(call, "--cert="+folder+"/caller.pem")...)
	if status != answered || !strings.HasPrefix(stdout, "Nog niet te beoordelen") {
		t.Errorf("status %d: %s%s", status, stdout, stderr)
	}
	if _, stderr, status := run(t, call...); status != unanswered || !strings.Contains(stderr, "pijnpoort: hook: Get ") {
		t.Errorf("without certificate: status %d: %s", status, stderr)
	}
	if _, stderr, status := run(t, "hook", incomplete, "--url="+url, "--ca="+settings); status != wrongUsage || !strings.Contains(stderr, "--ca: holds no certificate") {
		t.Errorf("no roots: status %d: %s", status, stderr)
	}
}

// fhirServer serves the resources of a patient to who has the token, and counts what is read.
func fhirServer(t *testing.T, path string) (url string, read map[string]int) {
	t.Helper()
	document, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var bundle struct {
		Entry []struct{ Resource json.RawMessage }
	}
	if err := json.Unmarshal(document, &bundle); err != nil {
		t.Fatal(err)
	}
	byType, read := map[string][]json.RawMessage{}, map[string]int{}
	for _, e := range bundle.Entry {
		var head struct{ ResourceType string }
		if err := json.Unmarshal(e.Resource, &head); err != nil {
			t.Fatal(err)
		}
		byType[head.ResourceType] = append(byType[head.ResourceType], e.Resource)
	}
	answers := make(chan struct{}, 1) // one at a time, for read
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answers <- struct{}{}
		defer func() { <-answers }()
		if r.Header.Get("Authorization") != "Bearer open-sesame" {
			http.Error(w, "{}", http.StatusUnauthorized)
			return
		}
		kind, id, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/fhir/"), "/")
		read[kind]++
		w.Header().Set("Content-Type", "application/fhir+json")
		if id != "" {
			_, _ = w.Write(byType[kind][0])
			return
		}
		entries := []map[string]any{}
		for _, resource := range byType[kind] {
			entries = append(entries, map[string]any{"resource": resource})
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries})
	}))
	t.Cleanup(s.Close)
	return s.URL + "/fhir", read
}

func TestHookLeavesWhatIsOmittedToTheFHIRServer(t *testing.T) {
	url, read := fhirServer(t, incomplete)
	token := filepath.Join(t.TempDir(), "token")
	putFile(t, token, []byte("open-sesame\n"))
	leaving := []string{"hook", incomplete, "--as-of=2025-06-16", "--fhir-server=" + url, "--omit=conditions", "--omit=observations"}
	if _, stderr, status := run(t, leaving...); status != unanswered || !strings.Contains(stderr, "prefetch.conditions") {
		t.Errorf("without token: status %d: %s", status, stderr)
	}
	leaving = append(leaving, "--token="+token)
	sent, _, _ := run(t, "hook", incomplete, "--as-of=2025-06-16")
	fetched, stderr, status := run(t, leaving...)
	if status != answered || fetched != sent {
		t.Errorf("status %d: %s%s", status, fetched, stderr)
	}
	if printed, _, _ := run(t, append(leaving, "--request")...); !strings.Contains(printed, url) || strings.Contains(printed, "open-sesame") {
		t.Errorf("printed: %s", printed)
	}
	if read["Condition"] != 1 || read["Observation"] != 1 || read["Procedure"] != 0 {
		t.Errorf("read: %v", read)
	}
}

func TestHookTellsWhereAnAnswerDoesNotConform(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprint(w, `{"services": [{"hook": "patient-view", "id": "raad", "title": "Raad", "description": "", "prefetch": {"patient": "Patient/{{context.patientId}}"}}]}`)
			return
		}
		fmt.Fprint(w, `{"cards": [{"summary": "Bel de apotheek", "indicator": "info", "source": {"label": "Raad"}}], "systemActions": []}`)
	}))
	defer s.Close()
	stdout, stderr, status := run(t, "hook", incomplete, "--service=raad", "--url="+s.URL)
	if status != unanswered || !strings.HasPrefix(stdout, "Bel de apotheek\n\nTer informatie · Raad\n") {
		t.Errorf("status %d: %s", status, stdout)
	}
	for _, want := range []string{
		"discovery does not conform: $.services[0].description: is null or empty",
		"the answer does not conform: $.systemActions: is null or empty",
		"the answer does not conform: $.cards[0].uuid: is missing",
		"no query of the service asks for Condition, of which the input holds 1",
	} {
		if !strings.Contains(stderr, want) {
			t.Errorf("not told %q:\n%s", want, stderr)
		}
	}
}

func TestHookTellsARefusalWithoutOperationOutcome(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "<html>", http.StatusBadGateway)
	}))
	defer s.Close()
	_, stderr, status := run(t, "hook", "../../test/patients/hooks/patient-view-phn-niet-vergoed.json", "--url="+s.URL)
	if status != unanswered || !strings.Contains(stderr, "refused with status 502 Bad Gateway") || !strings.Contains(stderr, "without an OperationOutcome") {
		t.Errorf("status %d: %s", status, stderr)
	}
}

func TestCardsAsText(t *testing.T) {
	for name, test := range map[string]struct{ markdown, want string }{
		"a table":       {"| A | B |\n| --- | --- |\n| x \\| y | z &gt; 1 |\n", "• A · B\n• x | y · z > 1\n"},
		"emphasis":      {"**Nodig** en \\*niet\\*\n", "Nodig en *niet*\n"},
		"a long line":   {"- " + strings.Repeat("woord ", 20) + "\n", "  - " + strings.Repeat("woord ", 15) + "woord\n    woord woord woord woord\n"},
		"nothing":       {"", "\n"},
		"unknown marks": {"~~weg~~\n", "~~weg~~\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := plainText(&b, test.markdown); err != nil || b.String() != test.want {
				t.Errorf("got  %q\nwant %q, %v", b.String(), test.want, err)
			}
		})
	}
}
