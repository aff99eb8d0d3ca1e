package config

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"
)

// tlsFiles is the TLS that files tell, and follows what becomes of them.
type tlsFiles struct {
	settings TLS
	log      *slog.Logger
	now      func() time.Time

	mu      sync.Mutex
	current *tls.Config   // of the last good files
	expires time.Time     // the certificate of current
	warned  int           // stage of expiry that was told
	seen    []fs.FileInfo // the files when they were last read, good or not
	looked  time.Time     // when it was last looked whether they changed
}

// lookEvery is how long files may have changed without being noticed.
const lookEvery = 2 * time.Second

// start reads the files for the first time.
func (f *tlsFiles) start() error {
	f.seen, f.looked = f.stat(), f.now()
	var err error
	if f.current, f.expires, err = f.read(); err != nil {
		return err
	}
	f.warnOfExpiry()
	return nil
}

// forClient is the TLS for a caller who arrives now.
func (f *tlsFiles) forClient(*tls.ClientHelloInfo) (*tls.Config, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := f.now(); now.Sub(f.looked) >= lookEvery || now.Before(f.looked) {
		f.looked = now
		f.follow()
		f.warnOfExpiry()
	}
	return f.current, nil
}

// follow reads files that have changed. A certificate and its key are put in place one
// after the other: in between they do not match, which is told, and mended a look later.
func (f *tlsFiles) follow() {
	found := f.stat()
	if sameFiles(found, f.seen) {
		return
	}
	f.seen = found
	next, expires, err := f.read()
	if err != nil {
		f.log.Error("tls: new files are not used, the earlier ones stay in use", "error", err)
		return
	}
	f.current, f.expires, f.warned = next, expires, 0
	f.log.Info("tls: new files are in use", "expires", expires.UTC().Format(time.RFC3339))
}

// stat is the state of the files, in order; nil for one that is not there.
func (f *tlsFiles) stat() []fs.FileInfo {
	paths := []string{f.settings.Cert, f.settings.Key, f.settings.ClientCAs}
	found := make([]fs.FileInfo, len(paths))
	for i, path := range paths {
		if path == "" {
			continue
		}
		if info, err := os.Stat(path); err == nil {
			found[i] = info
		}
	}
	return found
}

// sameFiles reports whether files did not change: they are the same, as long, and not
// written to since.
func sameFiles(a, b []fs.FileInfo) bool {
	for i := range a {
		switch {
		case a[i] == nil && b[i] == nil:
		case a[i] == nil || b[i] == nil, !os.SameFile(a[i], b[i]), a[i].Size() != b[i].Size(), !a[i].ModTime().Equal(b[i].ModTime()):
			return false
		}
	}
	return true
}

// read makes the TLS of the files. The error names the key whose file is no good, and
// quotes nothing of it.
func (f *tlsFiles) read() (*tls.Config, time.Time, error) {
	certificate, err := tls.LoadX509KeyPair(f.settings.Cert, f.settings.Key)
	if err != nil {
		return nil, time.Time{}, keyError("tls.cert and tls.key", err)
	}
	expires := certificate.Leaf.NotAfter
	if !f.now().Before(expires) {
		return nil, time.Time{}, keyError("tls.cert", errors.New("has expired at "+expires.UTC().Format(time.RFC3339)))
	}
	next := &tls.Config{
		MinVersion: tls.VersionTLS12, CipherSuites: cipherSuites, NextProtos: []string{"h2", "http/1.1"},
		Certificates: []tls.Certificate{certificate}, Time: f.now,
	}
	if f.settings.ClientCAs == "" {
		return next, expires, nil
	}
	roots, err := readRoots(f.settings.ClientCAs)
	if err != nil {
		return nil, time.Time{}, keyError("tls.clientCAs", err)
	}
	next.ClientCAs, next.ClientAuth = roots, tls.RequireAndVerifyClientCert
	next.SessionTicketsDisabled = true // else a caller whose root is gone could resume
	return next, expires, nil
}

func readRoots(path string) (*x509.CertPool, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(content) {
		return nil, errors.New("holds no certificate in PEM")
	}
	return roots, nil
}
