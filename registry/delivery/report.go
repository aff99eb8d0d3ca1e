package delivery

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Publication is a report to be told to registries.
type Publication struct {
	Report *centre.Report
	// Makers of devices that may be named, besides those that are known.
	Makers []string
	// Counted is when the counting began.
	Counted time.Time
	// By is who asked for it.
	By string
}

// Publish keeps what is told of a centre's year and queues deliveries of it to every target
// that takes reports, in one transaction. What a target has already is not sent to it again;
// a report that changed takes the place of the one before, and a Measure that is no longer
// reported is withdrawn. Reports of one centre and year go out in their order. That a patient
// objects plays no part here: who objects is not among the counted. store.ErrOlder says that a
// report that was counted later is kept already.
func (s *Service) Publish(ctx context.Context, p Publication) ([]store.Delivery, error) {
	var queued []store.Delivery
	err := s.options.Store.Update(ctx, func(ctx context.Context, tx *store.Tx) error {
		queued = nil
		if err := s.keep(ctx, tx, p); err != nil {
			return err
		}
		var jobs []job
		for _, r := range s.options.Recipients {
			if !r.Normaliser.Target.TakesReports() {
				continue
			}
			d, created, err := tx.Queue(ctx, r.Target.Name(), store.ReportID(p.Report.Identifier, p.Report.Year), tx.Now(), traceparent(ctx))
			if err != nil {
				return fmt.Errorf("queue a report: %w", err)
			}
			queued = append(queued, d)
			if created {
				jobs = append(jobs, jobOf(d))
			}
		}
		return s.queue.insert(ctx, tx, jobs...)
	})
	return queued, err
}

// keep keeps what is told of a report in the place of what was told before, and appends to
// the audit that a report was made.
func (s *Service) keep(ctx context.Context, tx *store.Tx, p Publication) error {
	id := store.ReportID(p.Report.Identifier, p.Report.Year)
	if err := tx.LockReport(ctx, p.Report.Identifier, p.Report.Year); err != nil {
		return err
	}
	before, err := publication(ctx, &tx.Reader, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	now, err := centre.Publish(p.Report, before, p.Makers)
	if err != nil {
		return err
	}
	text, err := now.JSON()
	if err != nil {
		return err
	}
	err = tx.SaveReport(ctx, store.Report{Centre: p.Report.Identifier, Year: p.Report.Year, Body: text, Counted: p.Counted})
	if err != nil || s.options.Audit == nil {
		return err
	}
	return s.options.Audit.Append(ctx, tx, audit.Event{
		Kind: audit.Reported, Agent: audit.Party{System: audit.UserSystem, Value: p.By, Human: true}, Trace: traceparent(ctx),
		Objects: []audit.Object{{Kind: "MeasureReport", System: audit.ReportSystem, Value: id,
			Details: []audit.Detail{{Name: "measures", Value: strconv.Itoa(len(now.Measures))}}}},
	})
}

// publication is what is kept of a report.
func publication(ctx context.Context, r *store.Reader, id string) (*centre.Publication, error) {
	kept, err := r.Report(ctx, id)
	if err != nil {
		return nil, err
	}
	return centre.ReadPublication(kept.Body)
}

// reported makes what a target gets of a report.
func reported(p *centre.Publication) subject {
	return func(_ context.Context, n *normalise.Normaliser) (*normalise.Delivery, error) {
		reports, err := p.Reports()
		if err != nil {
			return nil, err
		}
		return n.Reports(reports)
	}
}
