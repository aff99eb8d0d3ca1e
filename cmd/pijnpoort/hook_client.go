package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/neuromodulation"
	"github.com/pijnpoort/pijnpoort/cmd/pijnpoort/internal/caller"
	"github.com/pijnpoort/pijnpoort/config"
)

// client calls the server of the flags, or Pijnpoort itself in this process.
func (c *hookCommand) client(m *Main, settings config.Config) (client *caller.Client, closing func() error, err error) {
	client = &caller.Client{Base: c.URL, Language: settings.Language, HTTP: &http.Client{Timeout: hookTime}}
	if c.URL != "" {
		if client.HTTP.Transport, err = c.transport(); err != nil {
			return nil, nil, usageError{err}
		}
		client.Authorization, err = c.authorization()
		return client, func() error { client.HTTP.CloseIdleConnections(); return nil }, err
	}
	handler, closing, err := c.local(m, settings)
	if err != nil {
		return nil, nil, err
	}
	client.Base, client.HTTP.Transport = "http://"+settings.Addr, caller.InProcess(handler)
	return client, closing, nil
}

// transport trusts and shows the certificates of the flags.
func (c *hookCommand) transport() (http.RoundTripper, error) {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	if c.CA != "" {
		content, err := os.ReadFile(c.CA)
		if err != nil {
			return nil, fmt.Errorf("--ca: %w", opening(err))
		}
		t.TLSClientConfig.RootCAs = x509.NewCertPool()
		if !t.TLSClientConfig.RootCAs.AppendCertsFromPEM(content) {
			return nil, errors.New("--ca: holds no certificate in PEM")
		}
	}
	if c.Cert != "" {
		pair, err := tls.LoadX509KeyPair(c.Cert, c.Cert)
		if err != nil {
			return nil, fmt.Errorf("--cert: %w", opening(err))
		}
		t.TLSClientConfig.Certificates = []tls.Certificate{pair}
	}
	return t, nil
}

// authorization signs JWTs when the flags ask for it; nil when not.
func (c *hookCommand) authorization() (func(url string) (string, error), error) {
	if c.Key == "" {
		return nil, nil
	}
	key, err := os.ReadFile(c.Key)
	if err != nil {
		return nil, usageError{fmt.Errorf("--key: %w", opening(err))}
	}
	sign, err := caller.Signer(c.Issuer, key)
	if err != nil {
		return nil, usageError{fmt.Errorf("--key: %w", err)}
	}
	return sign, nil
}

// local serves the decision services of the settings to this process alone. Nothing is
// kept of a call: it is no call of a record system, on which somebody acts.
func (c *hookCommand) local(m *Main, settings config.Config) (http.Handler, func() error, error) {
	adviser, err := charts{AsOf: c.AsOf, Lang: c.Lang}.adviser(settings)
	if err != nil {
		return nil, nil, err
	}
	no, unbounded := false, 0.0
	settings.CDSHooks.RequireJWT, settings.CDSHooks.RequestsPerSecond, settings.CDSHooks.QuietDays = &no, &unbounded, 0
	if c.FHIRServer != "" { // naming it is leave to call it
		settings.CDSHooks.FHIRServers = append(settings.CDSHooks.FHIRServers, c.FHIRServer)
	}
	logger := slog.New(slog.NewTextHandler(m.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	options, err := settings.Hooks(nil, logger)
	if err != nil {
		return nil, nil, err
	}
	closed := func() error { options.Servers.Close(); return nil }
	options.Services = neuromodulation.Services(neuromodulation.Options{
		Adviser: adviser, Limits: settings.DecodeLimits(), Queries: settings.CDSHooks.Prefetch,
		CoverageInformation: settings.CDSHooks.CoverageInformation})
	if c.AsOf != "" {
		day, _ := time.Parse(time.DateOnly, c.AsOf) // the adviser has read it before
		options.Now = func() time.Time { return day }
	}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	if err := cdshooks.Register(engine, options); err != nil {
		return nil, nil, errors.Join(err, closed())
	}
	return engine, closed, nil
}
