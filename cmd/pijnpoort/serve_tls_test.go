package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// selfSigned makes a certificate for this machine that is its own authority, and its key.
func selfSigned(t *testing.T, name string) (certificate, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(365 * 24 * time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded})
}

// trusting is a client that trusts a certificate and shows another, if any, each time on a
// connection of its own.
func trusting(t *testing.T, server []byte, own ...[]byte) *http.Client {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(server)
	c := &tls.Config{RootCAs: roots}
	if len(own) > 0 {
		pair, err := tls.X509KeyPair(own[0], own[1])
		if err != nil {
			t.Fatal(err)
		}
		c.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &pair, nil }
	}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: c, DisableKeepAlives: true, ForceAttemptHTTP2: true}, Timeout: time.Minute}
}

// get is the answer on a path, and which HTTP it came by.
func get(c *http.Client, url string) (body, protocol string, err error) {
	response, err := c.Get(url)
	if err != nil {
		return "", "", err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return string(content), response.Proto, err
}

func putFile(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestServeDoesTLSAndFollowsItsFiles(t *testing.T) {
	folder := t.TempDir()
	certFile, keyFile, callersFile := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem"), filepath.Join(folder, "callers.pem")
	first, firstKey := selfSigned(t, "first")
	second, secondKey := selfSigned(t, "second")
	caller, callerKey := selfSigned(t, "caller")
	stranger, strangerKey := selfSigned(t, "stranger")
	putFile(t, certFile, first)
	putFile(t, keyFile, firstKey)
	putFile(t, callersFile, caller)
	settings := filepath.Join(folder, "pijnpoort.yaml")
	putFile(t, settings, fmt.Appendf(nil, "tls: {cert: %q, key: %q, clientCAs: %q}\n", certFile, keyFile, callersFile))
	url, stop := serving(t, "--config="+settings)
	if !strings.HasPrefix(url, "https://") {
		t.Fatalf("announced %s", url)
	}
	known := trusting(t, first, caller, callerKey)
	if body, protocol, err := get(known, url+"/livez"); body != "ok\n" || protocol != "HTTP/2.0" || err != nil {
		t.Errorf("a known caller: %q by %s, %v", body, protocol, err)
	}
	if body, _, err := get(known, url+"/cds-services"); !strings.Contains(body, "neuromodulatie-geschiktheid") || err != nil {
		t.Errorf("discovery: %s, %v", body, err)
	}
	for name, c := range map[string]*http.Client{"without certificate": trusting(t, first), "with that of a stranger": trusting(t, first, stranger, strangerKey)} {
		if _, _, err := get(c, url+"/livez"); err == nil {
			t.Errorf("a caller %s is let in", name)
		}
	}
	putFile(t, certFile, second)
	putFile(t, keyFile, secondKey)
	renewed := trusting(t, second, caller, callerKey)
	var err error
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if _, _, err = get(renewed, url+"/livez"); err == nil {
			break
		}
	}
	if err != nil {
		t.Errorf("after renewal: %v", err)
	}
	if status, log := stop(); status != answered || !strings.Contains(log, "new files are in use") {
		t.Errorf("status %d: %s", status, log)
	}
}

func TestServeSaysWhichTLSKeyIsAtFault(t *testing.T) {
	settings := filepath.Join(t.TempDir(), "pijnpoort.yaml")
	putFile(t, settings, fmt.Appendf(nil, "tls: {cert: %q}\n", settings))
	_, stderr, status := run(t, "serve", "--addr=127.0.0.1:0", "--data="+t.TempDir(), "--config="+settings)
	if status != unanswered || !strings.Contains(stderr, "configuration: tls.key: must be given") {
		t.Errorf("status %d: %s", status, stderr)
	}
}

func TestServeWarnsWhereOthersCanReachItWithoutTLS(t *testing.T) {
	for addr, warned := range map[string]bool{"127.0.0.1:0": false, "0.0.0.0:0": true} {
		ctx, cancel := context.WithCancel(t.Context())
		var log strings.Builder
		out, in := io.Pipe()
		m := Main{Args: []string{"serve", "--addr=" + addr, "--data=" + t.TempDir()}, Stdout: in, Stderr: &log}
		done := make(chan int, 1)
		go func() { done <- m.Run(ctx) }()
		_, err := out.Read(make([]byte, 1)) // it announces, so it serves
		go func() { _, _ = io.Copy(io.Discard, out) }()
		cancel()
		status := <-done
		in.Close()
		if got := strings.Contains(log.String(), "a proxy before it must do TLS"); got != warned || err != nil || status != answered {
			t.Errorf("%s: status %d, warned %v, %v: %s", addr, status, got, err, &log)
		}
	}
}
