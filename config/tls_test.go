package config

import (
	"crypto/tls"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestACertificateIsRenewedWhileServing(t *testing.T) {
	a, s := newAuthority(t, "root"), newSecured(t)
	cert, key := a.sign(t, "first", noon.AddDate(1, 0, 0))
	s.put(t, cert, key)
	s.start(t)
	s.want(t, a, "first")

	cert, key = a.sign(t, "second", noon.AddDate(2, 0, 0))
	s.put(t, cert, key)
	s.want(t, a, "first") // not looked yet
	s.later()
	s.want(t, a, "second")
	if !strings.Contains(s.log.String(), "new files are in use") {
		t.Errorf("log: %s", &s.log)
	}
}

func TestBadFilesLeaveWhatWasInUse(t *testing.T) {
	a := newAuthority(t, "root")
	next, nextKey := a.sign(t, "second", noon.AddDate(1, 0, 0))
	old, oldKey := a.sign(t, "old", noon.AddDate(0, 0, -1))
	for name, test := range map[string]struct {
		change func(t *testing.T, s *secured)
		told   string
	}{
		"no PEM":            {func(t *testing.T, s *secured) { write(t, s.settings.TLS.Cert, []byte("certificate")) }, "failed to find any PEM data"},
		"key not yet there": {func(t *testing.T, s *secured) { write(t, s.settings.TLS.Cert, next) }, "does not match"},
		"expired":           {func(t *testing.T, s *secured) { s.put(t, old, oldKey) }, "tls.cert: has expired at 2025-06-15T12:00:00Z"},
		"gone":              {func(t *testing.T, s *secured) { _ = os.Remove(s.settings.TLS.Key) }, "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSecured(t)
			cert, key := a.sign(t, "first", noon.AddDate(1, 0, 0))
			s.put(t, cert, key)
			s.start(t)
			test.change(t, s)
			for range 3 {
				s.later()
				s.want(t, a, "first")
			}
			if n := strings.Count(s.log.String(), "level=ERROR"); n != 1 || !strings.Contains(s.log.String(), test.told) {
				t.Errorf("told %d times, want once %q:\n%s", n, test.told, &s.log)
			}
			s.put(t, next, nextKey) // mended
			s.later()
			s.want(t, a, "second")
		})
	}
}

func TestCallersNeedACertificateOfTheirAuthority(t *testing.T) {
	a, callers, strangers, s := newAuthority(t, "root"), newAuthority(t, "callers"), newAuthority(t, "strangers"), newSecured(t)
	cert, key := a.sign(t, "server", noon.AddDate(1, 0, 0))
	s.put(t, cert, key)
	s.settings.TLS.ClientCAs = filepath.Join(t.TempDir(), "callers.pem")
	write(t, s.settings.TLS.ClientCAs, callers.pem())
	s.start(t)
	sessions := tls.NewLRUClientSessionCache(8)
	caller := func(from *authority) *tls.Config {
		c := &tls.Config{RootCAs: pool(a), ClientSessionCache: sessions}
		if from != nil {
			pair, err := tls.X509KeyPair(from.sign(t, "caller", noon.AddDate(1, 0, 0)))
			if err != nil {
				t.Fatal(err)
			}
			c.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &pair, nil }
		}
		return c
	}
	known := caller(callers)
	if name, _, err := s.greet(known); name != "server" || err != nil {
		t.Errorf("a known caller: %q, %v", name, err)
	}
	for name, c := range map[string]*tls.Config{"without certificate": caller(nil), "of another authority": caller(strangers)} {
		if _, _, err := s.greet(c); err == nil {
			t.Errorf("a caller %s is let in", name)
		}
	}
	write(t, s.settings.TLS.ClientCAs, strangers.pem())
	s.later()
	if _, _, err := s.greet(known); err == nil {
		t.Error("a caller whose authority is gone is let in, or resumes")
	}
	if _, _, err := s.greet(caller(strangers)); err != nil {
		t.Errorf("a caller of the new authority: %v", err)
	}
}

func TestOnlyTLSOfTodayIsSpoken(t *testing.T) {
	a, s := newAuthority(t, "root"), newSecured(t)
	cert, key := a.sign(t, "server", noon.AddDate(1, 0, 0))
	s.put(t, cert, key)
	s.start(t)
	trusting := func(from, to uint16, suites ...uint16) *tls.Config {
		return &tls.Config{RootCAs: pool(a), MinVersion: from, MaxVersion: to, CipherSuites: suites, NextProtos: []string{"h2"}}
	}
	for name, c := range map[string]*tls.Config{"TLS 1.2": trusting(tls.VersionTLS12, tls.VersionTLS12), "TLS 1.3": trusting(tls.VersionTLS12, tls.VersionTLS13)} {
		if _, state, err := s.greet(c); err != nil || state.Version != c.MaxVersion || state.NegotiatedProtocol != "h2" {
			t.Errorf("%s: %x %q, %v", name, state.Version, state.NegotiatedProtocol, err)
		}
	}
	for name, c := range map[string]*tls.Config{
		"TLS 1.1": trusting(tls.VersionTLS10, tls.VersionTLS11),
		"CBC":     trusting(tls.VersionTLS12, tls.VersionTLS12, tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA),
	} {
		if _, _, err := s.greet(c); err == nil {
			t.Errorf("%s is spoken", name)
		}
	}
}

func TestExpiryIsToldOnceAtEachStage(t *testing.T) {
	a, s := newAuthority(t, "root"), newSecured(t)
	cert, key := a.sign(t, "server", noon.AddDate(0, 0, 40))
	s.put(t, cert, key)
	s.start(t)
	for _, test := range []struct {
		days int // that have passed
		told int // so far
	}{{0, 0}, {9, 0}, {10, 1}, {20, 1}, {33, 2}, {38, 2}, {39, 3}, {40, 4}, {41, 4}} {
		s.clock = noon.AddDate(0, 0, test.days)
		for range 3 {
			s.later()
			_, _, _ = s.greet(&tls.Config{RootCAs: pool(a)})
		}
		if got := strings.Count(s.log.String(), "tls.cert"); got != test.told {
			t.Errorf("after %d days told %d times, want %d\n%s", test.days, got, test.told, &s.log)
		}
	}
	if !strings.Contains(s.log.String(), "has expired") {
		t.Errorf("log: %s", &s.log)
	}
}

func TestTLSNamesTheKeyAtFault(t *testing.T) {
	a, s := newAuthority(t, "root"), newSecured(t)
	cert, key := a.sign(t, "server", noon.AddDate(1, 0, 0))
	s.put(t, cert, key)
	good, junk := s.settings.TLS, file(t, "junk")
	expired := filepath.Join(t.TempDir(), "expired.pem")
	old, oldKey := a.sign(t, "old", noon.AddDate(0, 0, -1))
	write(t, expired, append(old, oldKey...))
	for want, settings := range map[string]TLS{
		"tls.key: must be given":             {Cert: good.Cert},
		"tls.cert: must be given":            {ClientCAs: good.Cert},
		"tls.cert and tls.key: ":             {Cert: junk, Key: good.Key},
		"tls.clientCAs: holds no":            {Cert: good.Cert, Key: good.Key, ClientCAs: junk},
		"tls.cert: has expired at 2025-06-1": {Cert: expired, Key: expired},
	} {
		c := Config{TLS: settings}
		_, err := c.ServerTLS(slog.New(slog.DiscardHandler), func() time.Time { return noon })
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", settings, err, want)
		}
	}
	if none, err := Default().ServerTLS(nil, nil); none != nil || err != nil {
		t.Errorf("nothing set: %v, %v", none, err)
	}
}
