package target

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"
)

// TLS are the files, in PEM, of a connection of our own. They are read anew when they
// change. Empty is as the system has it, without a certificate of ours.
type TLS struct {
	Certificate string // ours, with those between it and the authority
	Key         string // of our certificate
	Authorities string // the only ones whose certificates are trusted
}

// Certificate is one of the certificates that a connection rests on.
type Certificate struct {
	Use     string // client or authority
	Expires time.Time
}

// transport is a round tripper whose certificates follow their files.
type transport struct {
	files TLS

	mu      sync.Mutex
	stamps  [3]stamp
	current *http.Transport
}

// stamp tells versions of a file apart.
type stamp struct {
	changed time.Time
	size    int64
}

func newTransport(files TLS) (*transport, error) {
	if (files.Certificate == "") != (files.Key == "") {
		return nil, errors.New("certificate and key go together")
	}
	t := &transport{files: files}
	_, err := t.latest()
	return t, err
}

// RoundTrip sends a request by the certificates of now. When changed files cannot be
// read, as in the middle of being replaced, those of before stay in use.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	current, err := t.latest()
	if current == nil {
		return nil, err
	}
	return current.RoundTrip(r)
}

// CloseIdleConnections does what http.Client asks of a transport.
func (t *transport) CloseIdleConnections() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.current != nil {
		t.current.CloseIdleConnections()
	}
}

func (t *transport) latest() (*http.Transport, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	stamps, err := t.files.stamps()
	if err != nil || t.current != nil && stamps == t.stamps {
		return t.current, err
	}
	settings, err := t.files.load()
	if err != nil {
		return t.current, err
	}
	if t.current != nil {
		defer t.current.CloseIdleConnections()
	}
	fresh := http.DefaultTransport.(*http.Transport).Clone()
	fresh.TLSClientConfig = settings
	fresh.MaxIdleConnsPerHost, fresh.MaxConnsPerHost = 32, 64
	fresh.MaxResponseHeaderBytes = 64 << 10
	t.current, t.stamps = fresh, stamps
	return fresh, nil
}

func (f TLS) stamps() (stamps [3]stamp, err error) {
	for i, name := range []string{f.Certificate, f.Key, f.Authorities} {
		if name == "" {
			continue
		}
		info, err := os.Stat(name)
		if err != nil {
			return stamps, err
		}
		stamps[i] = stamp{info.ModTime(), info.Size()}
	}
	return stamps, nil
}

func (f TLS) load() (*tls.Config, error) {
	settings := &tls.Config{MinVersion: tls.VersionTLS12}
	if f.Certificate != "" {
		pair, err := tls.LoadX509KeyPair(f.Certificate, f.Key)
		if err != nil {
			return nil, fmt.Errorf("certificate: %w", err)
		}
		settings.Certificates = []tls.Certificate{pair}
	}
	if f.Authorities != "" {
		content, err := os.ReadFile(f.Authorities)
		if err != nil {
			return nil, fmt.Errorf("authorities: %w", err)
		}
		settings.RootCAs = x509.NewCertPool()
		if !settings.RootCAs.AppendCertsFromPEM(content) {
			return nil, errors.New("authorities: holds no certificate")
		}
	}
	return settings, nil
}

// Certificates lists when the certificates in the files expire.
func (t *Target) Certificates() ([]Certificate, error) {
	var found []Certificate
	for _, file := range []struct{ use, name string }{{"client", t.options.TLS.Certificate}, {"authority", t.options.TLS.Authorities}} {
		if file.name == "" {
			continue
		}
		content, err := os.ReadFile(file.name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.use, err)
		}
		for block, rest := pem.Decode(content); block != nil; block, rest = pem.Decode(rest) {
			if block.Type != "CERTIFICATE" {
				continue
			}
			certificate, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file.use, err)
			}
			found = append(found, Certificate{Use: file.use, Expires: certificate.NotAfter})
		}
	}
	return found, nil
}
