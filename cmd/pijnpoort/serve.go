package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/operations"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

type serveCommand struct {
	Addr string `help:"Where to listen; over the settings." placeholder:"HOST:PORT"`
	Data string `help:"Folder for what must be kept; over the settings." placeholder:"FOLDER"`
}

// Times that bound what a client can hold up.
const (
	headerTime   = 10 * time.Second
	requestTime  = time.Minute
	idleTime     = 2 * time.Minute
	shutdownTime = 20 * time.Second // for requests that are being answered when asked to stop
)

// Run serves until ctx ends, then lets running requests finish.
func (c *serveCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	if c.Addr != "" {
		settings.Addr = c.Addr
	}
	if c.Data != "" {
		settings.Data = c.Data
	}
	logger := slog.New(slog.NewJSONHandler(m.Stderr, nil))
	listener, err := net.Listen("tcp", settings.Addr)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	settings.Addr = listener.Addr().String() // the port too, when any would do
	handler, closing, err := routes(ctx, settings, logger)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	stop, err := followTerminology(ctx, settings, logger)
	if err != nil {
		return errors.Join(err, listener.Close(), closing())
	}
	defer stop()
	return errors.Join(m.serve(ctx, listener, handler, logger, settings), closing())
}

// followTerminology keeps what the terminology server tells up to date, beside the
// serving, until ctx ends or stop is called. Nothing waits for it.
func followTerminology(ctx context.Context, settings config.Config, logger *slog.Logger) (stop func(), err error) {
	expander, err := settings.Expander(logger)
	if expander == nil || err != nil {
		return func() {}, err
	}
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { expander.Run(ctx) })
	return func() { cancel(); running.Wait() }, nil
}

// serve answers requests until ctx ends.
func (m *Main) serve(ctx context.Context, listener net.Listener, handler *gin.Engine, logger *slog.Logger, settings config.Config) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, WriteTimeout: requestTime, IdleTimeout: idleTime,
		ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
	}
	m.announce(handler, settings)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(deadline); err != nil {
		return fmt.Errorf("stop serving: %w", err)
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// surfaces are what the paths that are served are for; only these are announced.
var surfaces = map[string]standpunt.Text{
	"/cds-services":              {NL: "beslishulp (CDS Hooks)", EN: "decision support (CDS Hooks)"},
	"/cds-services/:id":          {NL: "een advies vragen", EN: "ask for advice"},
	"/cds-services/:id/feedback": {NL: "zeggen wat er met een advies is gedaan", EN: "say what became of advice"},
	"/fhir/metadata":             {NL: "wat de FHIR-server kan (CapabilityStatement)", EN: "what the FHIR server does (CapabilityStatement)"},
	"/fhir/$advise":              {NL: "een patiënt beoordelen", EN: "judge a patient"},
	"/fhir/$score":               {NL: "vragenlijsten scoren", EN: "score questionnaires"},
	"/livez":                     {NL: "draait het?", EN: "is it running?"},
	"/readyz":                    {NL: "neemt het vragen aan?", EN: "does it take calls?"},
}

// announce prints what is served and where.
func (m *Main) announce(engine *gin.Engine, settings config.Config) {
	fmt.Fprintf(m.Stdout, "%s: http://%s\n", title(settings), settings.Addr)
	paths := map[string]bool{}
	for _, r := range engine.Routes() {
		paths[r.Path] = true
	}
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if _, told := surfaces[path]; !told { // a conformance resource, which metadata lists
			continue
		}
		fmt.Fprintln(m.Stdout, strings.TrimRight(fmt.Sprintf("  %-30s %s", path, surfaces[path].In(settings.Language)), " "))
	}
}

// title names the program and the site.
func title(settings config.Config) string {
	if settings.Site.Name == "" {
		return "Pijnpoort"
	}
	return "Pijnpoort, " + settings.Site.Name
}

// routes is everything that is served. Once ctx ends it is alive but no longer ready.
// closing lets go of what it keeps open.
func routes(ctx context.Context, settings config.Config, logger *slog.Logger) (engine *gin.Engine, closing func() error, err error) {
	gin.SetMode(gin.ReleaseMode)
	engine = gin.New()
	engine.HandleMethodNotAllowed = true
	engine.NoMethod(cdshooks.MethodNotAllowed)
	engine.Use(recovered(logger))
	engine.GET("/livez", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	engine.GET("/readyz", func(c *gin.Context) {
		if ctx.Err() != nil {
			c.String(http.StatusServiceUnavailable, "stopping\n")
			return
		}
		c.String(http.StatusOK, "ok\n")
	})
	hooks, closing, err := settings.Hooks(logger)
	if err != nil {
		return nil, nil, err
	}
	if err := errors.Join(cdshooks.Register(engine, hooks), serveFHIR(engine, settings, hooks.Clients, logger)); err != nil {
		return nil, nil, errors.Join(err, closing())
	}
	return engine, closing, nil
}

// serveFHIR adds the FHIR surface, for the same callers as the decision hooks.
func serveFHIR(engine *gin.Engine, settings config.Config, callers operations.Authenticator, logger *slog.Logger) error {
	adviser, err := settings.Adviser()
	if err != nil {
		return err
	}
	proms, err := settings.PROM()
	if err != nil {
		return err
	}
	engine.NoRoute(operations.NotFound)
	return operations.Register(engine, operations.Options{
		Adviser: adviser, PROM: proms, Limits: settings.DecodeLimits(), PublicBase: settings.Public(),
		Installation: title(settings), Callers: callers, Log: logger,
	})
}

// recovered turns a panic into status 500. The log says where, not what: the
// message of a panic can hold data of a patient.
func recovered(logger *slog.Logger) gin.HandlerFunc {
	return gin.CustomRecoveryWithWriter(nil, func(c *gin.Context, _ any) {
		logger.Error("panic while answering", "method", c.Request.Method, "route", c.FullPath())
		c.AbortWithStatus(http.StatusInternalServerError)
	})
}
