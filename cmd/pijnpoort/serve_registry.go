package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/registry/delivery"
	"github.com/pijnpoort/pijnpoort/registry/intake"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/telemetry"
	"github.com/pijnpoort/pijnpoort/registry/telemetry/health"
)

// registry is all that keeps and delivers: the store, what takes in, what sends, and
// what tells how they are.
type registry struct {
	settings config.Config
	store    *store.Store
	delivery *delivery.Service
	intake   *intake.Intake
	metrics  *telemetry.Metrics
	access   *config.AccessLog // nil: accesses are not logged
	replays  *config.Replays   // nil: no JWTs are asked for
	started  bool
	log      *slog.Logger
}

// openRegistry opens the store and makes what works on it. Nothing is delivered before start.
func openRegistry(ctx context.Context, settings config.Config, log *slog.Logger) (*registry, error) {
	db, err := settings.Store(ctx)
	if err != nil {
		return nil, err
	}
	r := &registry{settings: settings, store: db, log: log}
	if r.delivery, err = settings.Delivery(db, log); err == nil {
		r.intake, err = settings.Intake(db, r.delivery.Changed)
	}
	if err == nil {
		_, err = settings.MarkKey(db) // told now rather than at midnight
	}
	if err == nil {
		r.metrics, err = telemetry.NewMetrics(config.SoftwareVersion, r.delivery)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return r, nil
}

// serve adds the surfaces of the registry: intake, measures, metrics.
func (r *registry) serve(engine *gin.Engine, callers intake.Callers) error {
	engine.GET("/metrics", gin.WrapH(r.metrics.Handler()))
	options := intake.Options{Intake: r.intake, Callers: callers, PublicBase: r.settings.Public(), Log: r.log}
	return errors.Join(
		intake.Register(engine, options),
		centre.Register(engine, centre.Service{
			Patients:     func(ctx context.Context) centre.Patients { return config.StoredPatients(ctx, r.store) },
			Options:      r.centre,
			Submit:       r.submit,
			Named:        r.named,
			Inside:       r.inside,
			Refer:        referStored,
			Authenticate: intake.Authenticated(options),
			Bytes:        r.settings.Limits.Bytes, Log: r.log,
		}))
}

func (r *registry) centre(year int, asOf mapping.Day) (centre.Options, error) {
	return r.settings.CentreOptions(r.settings.Registry.Report, year, asOf)
}

// submit takes in what $submit-data was sent.
func (r *registry) submit(ctx context.Context, bundle []byte) (outcome []byte, status int, err error) {
	result, err := r.intake.Take(ctx, bundle, audit.Party{System: intake.CallerSystem, Value: "$submit-data"}, "")
	if err != nil {
		return nil, 0, err
	}
	return result.Outcome, result.Status(), nil
}

// keeper keeps for the registry what decision hooks are sent, where the site wants that; nil
// where it does not. That something cannot be kept is logged, and does not stand in the way
// of the advice.
func (r *registry) keeper() func(context.Context, *fhir.Chart) {
	if !r.settings.Registry.FromHooks {
		return nil
	}
	return func(ctx context.Context, chart *fhir.Chart) {
		from := audit.Party{System: intake.CallerSystem, Value: "cds-hooks"}
		if _, err := r.intake.TakeChart(ctx, chart, from, ""); err != nil {
			r.log.Error("what a decision hook was sent could not be kept", "error", err)
		}
	}
}

// report computes the annual report of the centre, for the pages.
func (r *registry) report(ctx context.Context, year int) (*centre.Report, error) {
	options, err := r.centre(year, mapping.DayOf(time.Now()))
	if err != nil {
		return nil, err
	}
	return centre.Compute(config.StoredPatients(ctx, r.store), options)
}

// ready answers whether calls should come to this node.
func (r *registry) ready(c *gin.Context) {
	for _, f := range health.Run(c.Request.Context(), r.settings.Readiness(r.store)) {
		if f.Level == health.Failed {
			c.String(http.StatusServiceUnavailable, "%s: %s\n", f.Check, f.Detail)
			return
		}
	}
	c.String(http.StatusOK, "ok\n")
}

// expiryEvery is how often it is looked what has been kept for its term.
const expiryEvery = 24 * time.Hour

// start delivers, marks the audit log, and removes what has been kept for its term, until ctx
// ends. stop waits
// until all are done, deliveries no longer than it has to.
func (r *registry) start(ctx context.Context) (stop func(context.Context) error, err error) {
	if err := r.delivery.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, err
	}
	r.started = true
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { r.markDaily(ctx) })
	running.Go(func() {
		every := time.NewTicker(expiryEvery)
		defer every.Stop()
		for {
			if _, err := expire(ctx, r.settings, r.store); err != nil && ctx.Err() == nil {
				r.log.Error("what has been kept for its term could not be removed", "error", err)
			}
			select {
			case <-ctx.Done():
				return
			case <-every.C:
			}
		}
	})
	return func(deadline context.Context) error {
		cancel()
		running.Wait()
		return r.delivery.Stop(deadline)
	}, nil
}
