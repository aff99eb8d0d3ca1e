package main

import (
	"context"
	"errors"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/trust"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/operations"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/intake"
	"github.com/pijnpoort/pijnpoort/web"
)

// watch logs who asks for data of patients, and makes each JWT good for one call.
func (r *registry) watch(ctx context.Context, hooks *cdshooks.Options) error {
	if r.access = r.settings.AccessLog(r.store, r.log); r.access != nil {
		hooks.Accessed = r.access.Hook
	} else {
		r.log.Warn("calls about patients are not logged (registry.audit.access)")
	}
	clients, known := hooks.Clients.(*trust.Verifier)
	if !known {
		return nil
	}
	var err error
	if r.replays, err = config.NewReplays(ctx, r.store, r.log); err == nil {
		clients.Remember(r.replays)
	}
	return err
}

// operated logs calls of operations; nil where none are logged.
func (r *registry) operated() func(context.Context, operations.Access) error {
	if r.access == nil {
		return nil
	}
	return r.access.Operation
}

// paged logs what is judged on the workbench; nil where that is not logged.
func (r *registry) paged() func(context.Context, web.Access) error {
	if r.access == nil {
		return nil
	}
	return r.access.Page
}

// named logs that patients are named to a caller.
func (r *registry) named(c *gin.Context, patients []string) error {
	if r.access == nil {
		return nil
	}
	by := intake.Caller(c)
	return r.access.Named(context.WithoutCancel(c.Request.Context()), by.Value, by.Address, "$evaluate-measure", patients)
}

// markDaily signs the end of the audit log at every midnight, until ctx ends.
func (r *registry) markDaily(ctx context.Context) {
	for {
		timer := time.NewTimer(time.Until(nextMidnight(time.Now())))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
			_ = r.mark(ctx) // it has been logged
		}
	}
}

// nextMidnight is when the next day begins in the Netherlands.
func nextMidnight(now time.Time) time.Time {
	year, month, day := now.In(mapping.Amsterdam).Date()
	return time.Date(year, month, day+1, 0, 0, 0, 0, mapping.Amsterdam)
}

// mark signs the end of the audit log, keeps that beside the data and tells it in the log of
// the program, from which others can keep it.
func (r *registry) mark(ctx context.Context) error {
	mark, err := r.settings.Mark(ctx, r.store, audit.Party{})
	if mark.JWS != "" {
		r.log.Info("audit log marked", "row", mark.Seq, "mark", mark.JWS)
	}
	if err != nil {
		r.log.Error("the audit log could not be marked", "error", err)
	}
	return err
}

// close writes what is to be logged yet, marks the log when the registry has served, and lets
// go of the database.
func (r *registry) close(deadline context.Context) error {
	var faults []error
	if r.access != nil {
		faults = append(faults, r.access.Close(deadline))
	}
	if r.replays != nil {
		faults = append(faults, r.replays.Close())
	}
	if r.started {
		faults = append(faults, r.mark(deadline))
	}
	return errors.Join(append(faults, r.store.Close())...)
}
