package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/trust"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/operations"
	"github.com/pijnpoort/pijnpoort/registry/intake"
	"github.com/pijnpoort/pijnpoort/registry/telemetry"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
	"github.com/pijnpoort/pijnpoort/web"
)

type serveCommand struct {
	Addr string `help:"Where to listen; over the settings." placeholder:"HOST:PORT"`
	Data string `help:"Folder for what must be kept; over the settings." placeholder:"FOLDER"`
}

// Times that bound what a client can hold up.
const (
	headerTime   = 10 * time.Second
	requestTime  = time.Minute
	answerTime   = 10 * time.Second // beyond it, so that who sends too slowly is told
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
	m.collectLess()
	listener, err := net.Listen("tcp", settings.Addr)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	settings.Addr = listener.Addr().String() // the port too, when any would do
	if listener, settings, err = secured(listener, settings, logger); err != nil {
		return errors.Join(err, listener.Close())
	}
	house, err := open(ctx, m, settings, logger)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return errors.Join(m.serve(ctx, listener, house.engine, logger, settings), house.close())
}

// house is everything that runs while serving.
type house struct {
	engine  *gin.Engine
	closing []func(context.Context) error // in the order of opening
}

// open opens everything; what was opened before a fault is closed again.
func open(ctx context.Context, m *Main, settings config.Config, logger *slog.Logger) (*house, error) {
	h := new(house)
	if err := h.open(ctx, m, settings, logger); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *house) open(ctx context.Context, m *Main, settings config.Config, logger *slog.Logger) error {
	stopTraces, err := telemetry.Traces(ctx, config.SoftwareVersion, m.Environ)
	if err != nil {
		return err
	}
	h.closing = append(h.closing, stopTraces)
	kept, err := openRegistry(ctx, settings, logger)
	if err != nil {
		return err
	}
	h.closing = append(h.closing, kept.close)
	engine, closing, err := routes(ctx, settings, kept, logger)
	if err != nil {
		return err
	}
	h.engine = engine
	h.closing = append(h.closing, func(context.Context) error { return closing() })
	stopDelivery, err := kept.start(ctx)
	if err != nil {
		return err
	}
	h.closing = append(h.closing, stopDelivery)
	stopTerminology, err := followTerminology(ctx, settings, logger)
	if err != nil {
		return err
	}
	h.closing = append(h.closing, func(context.Context) error { stopTerminology(); return nil })
	return nil
}

// close closes what was opened last first, and lets what is under way finish for a while.
func (h *house) close() error {
	deadline, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	var faults []error
	for _, one := range slices.Backward(h.closing) {
		faults = append(faults, one(deadline))
	}
	return errors.Join(faults...)
}

// collectLess lets the heap grow further between garbage collections, up to a gibibyte,
// which saves a fifth of the processor time of a call. GOGC and GOMEMLIMIT go over it.
func (m *Main) collectLess() {
	set := func(name string) bool {
		return slices.ContainsFunc(m.Environ, func(entry string) bool { return strings.HasPrefix(entry, name+"=") })
	}
	if !set("GOGC") {
		debug.SetGCPercent(400)
	}
	if !set("GOMEMLIMIT") {
		debug.SetMemoryLimit(1 << 30)
	}
}

// secured makes a listener do TLS when the settings have it, and the public base follow.
// The listener is never nil.
func secured(listener net.Listener, settings config.Config, logger *slog.Logger) (net.Listener, config.Config, error) {
	secure, err := settings.ServerTLS(logger, nil)
	switch {
	case err != nil:
		return listener, settings, err
	case secure != nil:
		listener = tls.NewListener(listener, secure)
		if settings.PublicBase == "" {
			settings.PublicBase = "https://" + settings.Addr
		}
	case !settings.IsLoopback():
		logger.Warn("serving without TLS on an address that others can reach: a proxy before it must do TLS, or set tls.cert and tls.key", "addr", settings.Addr)
	}
	return listener, settings, nil
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
		Handler: answeringHEAD(handler), ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, WriteTimeout: requestTime + answerTime, IdleTimeout: idleTime,
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

// answeringHEAD answers HEAD as it would GET, which load balancers and link checkers count on
// (https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2); net/http leaves the body out.
func answeringHEAD(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			get := *r
			get.Method = http.MethodGet
			r = &get
		}
		next.ServeHTTP(w, r)
	})
}

// surfaces are what the paths that are served are for; only these are announced.
var surfaces = map[string]standpunt.Text{
	"/":                               {NL: "de werkbank, voor in een browser", EN: "the workbench, for a browser"},
	"/cds-services":                   {NL: "beslishulp (CDS Hooks)", EN: "decision support (CDS Hooks)"},
	"/cds-services/:id":               {NL: "een advies vragen", EN: "ask for advice"},
	"/cds-services/:id/feedback":      {NL: "zeggen wat er met een advies is gedaan", EN: "say what became of advice"},
	cdshooks.OpenAPIPath:              {NL: "beschrijving van de beslishulp voor programma's (OpenAPI)", EN: "description of the decision support for programs (OpenAPI)"},
	"/fhir/metadata":                  {NL: "wat de FHIR-server kan (CapabilityStatement)", EN: "what the FHIR server does (CapabilityStatement)"},
	"/fhir/$advise":                   {NL: "een patiënt beoordelen", EN: "judge a patient"},
	"/fhir/$normalise":                {NL: "de bundel voor een kwaliteitsregistratie maken", EN: "make the bundle for a quality registry"},
	"/fhir/$score":                    {NL: "vragenlijsten scoren", EN: "score questionnaires"},
	"/fhir/$validate":                 {NL: "een bundel tegen de profielen houden", EN: "hold a bundle against the profiles"},
	"/fhir":                           {NL: "gegevens aanleveren voor de kwaliteitsregistratie", EN: "send data for the quality registry"},
	"/fhir/Measure/$evaluate-measure": {NL: "een maat van het jaarverslag berekenen", EN: "compute a measure of the annual report"},
	"/metrics":                        {NL: "metingen voor Prometheus", EN: "measurements for Prometheus"},
	"/report":                         {NL: "het jaarverslag van het centrum, voor in een browser", EN: "the annual report of the centre, for a browser"},
	"/livez":                          {NL: "draait het?", EN: "is it running?"},
	"/readyz":                         {NL: "neemt het vragen aan?", EN: "does it take calls?"},
}

// announce prints what is served and where.
func (m *Main) announce(engine *gin.Engine, settings config.Config) {
	scheme := "http"
	if settings.TLS.IsSet() {
		scheme = "https"
	}
	fmt.Fprintf(m.Stdout, "%s: %s://%s\n", settings.Title(), scheme, settings.Addr)
	paths := map[string]bool{}
	for _, r := range engine.Routes() {
		paths[r.Path] = true
	}
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if _, told := surfaces[path]; !told { // a conformance resource, which metadata lists
			continue
		}
		fmt.Fprintln(m.Stdout, strings.TrimRight(fmt.Sprintf("  %-33s %s", path, surfaces[path].In(settings.Language)), " "))
	}
}

// routes is everything that is served. Once ctx ends it is alive but no longer ready.
// closing lets go of what it keeps open.
func routes(ctx context.Context, settings config.Config, kept *registry, logger *slog.Logger) (engine *gin.Engine, closing func() error, err error) {
	gin.SetMode(gin.ReleaseMode)
	engine = gin.New()
	engine.HandleMethodNotAllowed = true
	engine.NoMethod(cdshooks.MethodNotAllowed)
	engine.Use(recovered(logger), otelgin.Middleware("pijnpoort"), kept.metrics.Observe)
	engine.GET("/livez", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	engine.GET("/readyz", func(c *gin.Context) {
		if ctx.Err() != nil {
			c.String(http.StatusServiceUnavailable, "stopping\n")
			return
		}
		kept.ready(c)
	})
	hooks, err := settings.Hooks(kept.keeper(), logger)
	if err != nil {
		return nil, nil, err
	}
	if err := kept.watch(ctx, &hooks); err != nil {
		return nil, nil, err
	}
	feedback := config.NewFeedbackInStore(kept.store, settings.CDSHooks.QuietDays, logger)
	hooks.Feedback, closing = feedback, feedback.Close
	clients, _ := hooks.Clients.(*trust.Verifier) // nil lets everybody in
	var senders intake.Callers
	if clients != nil {
		senders = clients
	}
	if err := errors.Join(cdshooks.Register(engine, hooks), servePages(engine, settings, kept, logger),
		serveFHIR(engine, settings, hooks.Clients, kept.operated(), logger), kept.serve(engine, senders)); err != nil {
		return nil, nil, errors.Join(err, closing())
	}
	return engine, closing, nil
}

// servePages adds the pages for people, where they are to be served.
func servePages(engine *gin.Engine, settings config.Config, kept *registry, logger *slog.Logger) error {
	pages, err := settings.Pages(logger)
	if pages == nil || err != nil {
		return err
	}
	pages.Report, pages.Subjects, pages.Accessed = kept.report, kept.subjects, kept.paged()
	return web.Register(engine, *pages)
}

// serveFHIR adds the FHIR surface, for the same callers as the decision hooks.
func serveFHIR(engine *gin.Engine, settings config.Config, callers operations.Authenticator, accessed func(context.Context, operations.Access) error, logger *slog.Logger) error {
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
		Installation: settings.Title(), Callers: callers, Normalising: settings.Normalising(), Registry: true, Accessed: accessed, Log: logger,
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
