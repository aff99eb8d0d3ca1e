package config

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// TLS is how serve proves who it is, and asks callers to prove who they are. Without a
// certificate it serves plain HTTP, for this machine only or behind a proxy.
type TLS struct {
	// Cert is the file with the certificate and those between it and its root (PEM).
	Cert string `yaml:"cert" validate:"omitempty,file"`
	// Key is the file with the private key of the certificate (PEM).
	Key string `yaml:"key" validate:"omitempty,file"`
	// ClientCAs is the file with the roots (PEM) under which callers must have a
	// certificate; empty asks callers for none.
	ClientCAs string `yaml:"clientCAs" validate:"omitempty,file"`
}

// IsSet reports whether serve does TLS.
func (t TLS) IsSet() bool { return t != TLS{} }

// check checks what can be checked without reading files.
func (t TLS) check() error {
	switch {
	case t.Cert == "":
		return keyError("tls.cert", errors.New("must be given with the other keys of tls"))
	case t.Key == "":
		return keyError("tls.key", errors.New("must be given with the other keys of tls"))
	}
	return nil
}

// cipherSuites are those of TLS 1.2 with forward secrecy and authenticated encryption.
// TLS 1.3 has no others (RFC 9325, section 4.2).
var cipherSuites = []uint16{
	tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
	tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
}

// ServerTLS is the TLS of serve; nil when none is set. It follows its files: what is put
// in their place holds for the next caller, without a restart. Files that are no good
// are logged, and what was there before stays in use. The log also says when the
// certificate is about to expire. All of this is looked at when somebody calls, as those
// do who watch whether we are alive. The error names the key that cannot be used; now is
// the clock, nil for that of the system.
func (c Config) ServerTLS(logger *slog.Logger, now func() time.Time) (*tls.Config, error) {
	if !c.TLS.IsSet() {
		return nil, nil
	}
	if err := c.TLS.check(); err != nil {
		return nil, err
	}
	if now == nil {
		now = time.Now
	}
	files := &tlsFiles{settings: c.TLS, log: logger, now: now}
	if err := files.start(); err != nil {
		return nil, err
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, GetConfigForClient: files.forClient}, nil
}

// expiryDays are how many days before its end a certificate is told of, the first first.
var expiryDays = []int{30, 7, 1, 0}

// expiryStage is how many of expiryDays have passed.
func expiryStage(left time.Duration) int {
	stage := 0
	for stage < len(expiryDays) && left <= time.Duration(expiryDays[stage])*24*time.Hour {
		stage++
	}
	return stage
}

// warnOfExpiry logs that the certificate is about to expire, once for each of expiryDays.
func (f *tlsFiles) warnOfExpiry() {
	left := f.expires.Sub(f.now())
	stage := expiryStage(left)
	if stage <= f.warned {
		return
	}
	f.warned = stage
	until := f.expires.UTC().Format(time.RFC3339)
	if left <= 0 {
		f.log.Error("tls: the certificate has expired; callers will refuse it", "key", "tls.cert", "at", until)
		return
	}
	f.log.Warn("tls: the certificate expires soon", "key", "tls.cert", "at", until, "left", fmt.Sprintf("%.0f hours", left.Hours()))
}
