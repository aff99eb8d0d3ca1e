package config

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// authority signs certificates.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority(t *testing.T, name string) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true,
		BasicConstraintsValid: true, NotBefore: noon.AddDate(-1, 0, 0), NotAfter: noon.AddDate(9, 0, 0), KeyUsage: x509.KeyUsageCertSign}
	a := &authority{key: key}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err == nil {
		a.certificate, err = x509.ParseCertificate(der)
	}
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// noon is when the tests take place.
var noon = time.Date(2025, 6, 16, 12, 0, 0, 0, time.UTC)

// sign makes a certificate for this machine, and its key, both in PEM.
func (a *authority) sign(t *testing.T, name string, until time.Time) (certificate, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, NotBefore: noon.AddDate(-1, 0, 0), NotAfter: until,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, private.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded})
}

func (a *authority) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
}

// pool trusts these authorities.
func pool(authorities ...*authority) *x509.CertPool {
	p := x509.NewCertPool()
	for _, a := range authorities {
		p.AddCert(a.certificate)
	}
	return p
}

// secured is a server whose TLS files the test changes, with a clock that it sets.
type secured struct {
	settings Config
	clock    time.Time
	log      bytes.Buffer
	tls      *tls.Config
}

func newSecured(t *testing.T) *secured {
	t.Helper()
	folder := t.TempDir()
	s := &secured{settings: Default(), clock: noon}
	s.settings.TLS = TLS{Cert: filepath.Join(folder, "cert.pem"), Key: filepath.Join(folder, "key.pem")}
	return s
}

// put writes the certificate and key to their files.
func (s *secured) put(t *testing.T, certificate, key []byte) {
	t.Helper()
	write(t, s.settings.TLS.Cert, certificate)
	write(t, s.settings.TLS.Key, key)
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path+".new", content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

func (s *secured) start(t *testing.T) {
	t.Helper()
	var err error
	s.tls, err = s.settings.ServerTLS(slog.New(slog.NewTextHandler(&s.log, nil)), func() time.Time { return s.clock })
	if err != nil {
		t.Fatal(err)
	}
}

// later lets the clock go on until files are looked at again.
func (s *secured) later() { s.clock = s.clock.Add(lookEvery) }

// greet makes a connection, over which the server says who it is. Both sides may refuse.
func (s *secured) greet(client *tls.Config) (name string, state tls.ConnectionState, err error) {
	here, there := net.Pipe()
	defer here.Close()
	go func() {
		server := tls.Server(there, s.tls)
		if server.Handshake() == nil {
			_, _ = io.WriteString(server, "hello")
		}
		server.Close()
	}()
	client = client.Clone()
	client.Time, client.ServerName = func() time.Time { return noon }, "127.0.0.1"
	connection := tls.Client(here, client)
	if _, err = io.ReadFull(connection, make([]byte, len("hello"))); err != nil {
		return "", state, err
	}
	state = connection.ConnectionState()
	return state.PeerCertificates[0].Subject.CommonName, state, nil
}

// want demands that callers who trust an authority meet a certificate of this name.
func (s *secured) want(t *testing.T, trusts *authority, name string) {
	t.Helper()
	if got, _, err := s.greet(&tls.Config{RootCAs: pool(trusts)}); got != name || err != nil {
		t.Errorf("met %q, %v; want %q", got, err, name)
	}
}
