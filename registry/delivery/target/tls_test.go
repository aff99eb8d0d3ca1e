package target_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/delivery/answer"
	"github.com/pijnpoort/pijnpoort/registry/delivery/target"
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
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{certificate, key}
}

// sign gives a certificate with its key, in PEM.
func (a *authority) sign(t *testing.T, name string, until time.Time) (certificate, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: until,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, &private.PublicKey, a.key)
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

// mutual serves only who shows a certificate of an authority, and tells its name.
func mutual(t *testing.T, a *authority, seen chan<- string) string {
	t.Helper()
	certificate, key := a.sign(t, "registry", time.Now().Add(time.Hour))
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		seen <- r.TLS.PeerCertificates[0].Subject.CommonName
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

func TestCertificatesAreReadAnewWhenTheyChange(t *testing.T) {
	hospital, stranger := newAuthority(t, "hospital"), newAuthority(t, "stranger")
	folder := t.TempDir()
	files := target.TLS{Certificate: filepath.Join(folder, "cert.pem"), Key: filepath.Join(folder, "key.pem"), Authorities: filepath.Join(folder, "ca.pem")}
	write := func(name string, content []byte) {
		t.Helper()
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	renew := func(a *authority, name string, until time.Time) {
		certificate, key := a.sign(t, name, until)
		write(files.Certificate, certificate)
		write(files.Key, key)
	}
	seen := make(chan string, 10)
	url := mutual(t, hospital, seen)
	first := time.Now().Add(30 * time.Minute).Truncate(time.Second).UTC()
	renew(hospital, "node-1", first)
	write(files.Authorities, hospital.pem())
	to := newTarget(t, target.Options{URL: url, TLS: files, Circuit: target.Circuit{Refused: time.Millisecond}})
	send := func() answer.Class {
		t.Helper()
		time.Sleep(5 * time.Millisecond) // past the circuit, and for the times of the files to differ
		class, admitted := try(t, to)
		if !admitted {
			t.Fatal("not admitted")
		}
		return class
	}
	if got := send(); got != answer.Delivered || <-seen != "node-1" {
		t.Fatal(got)
	}
	certificates, err := to.Certificates()
	if err != nil || len(certificates) != 2 || certificates[0].Use != "client" || !certificates[0].Expires.Equal(first) || certificates[1].Use != "authority" {
		t.Errorf("%+v, %v", certificates, err)
	}
	renew(hospital, "node-2", first)
	if got := send(); got != answer.Delivered || <-seen != "node-2" {
		t.Error(got)
	}
	write(files.Key, []byte("half written"))
	if got := send(); got != answer.Delivered || <-seen != "node-2" {
		t.Errorf("a key that cannot be read: %s", got)
	}
	renew(stranger, "stranger", first)
	if got := send(); got != answer.Refused {
		t.Errorf("a certificate that the registry does not trust: %s", got)
	}
	renew(hospital, "node-3", first)
	if got := send(); got != answer.Delivered || <-seen != "node-3" {
		t.Errorf("mended: %s", got)
	}
	write(files.Authorities, stranger.pem())
	if got := send(); got != answer.Refused {
		t.Errorf("a registry that we do not trust: %s", got)
	}
}
