package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/registry/delivery"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// deliverable says what stands in the way of delivering a report with these flags.
func (c *reportYear) deliverable() error {
	switch {
	case len(c.From) > 0:
		return errors.New("--deliver tells registries what is registered: it does not go with --from")
	case c.Unmasked || c.Who != "":
		return errors.New("--deliver withholds small counts and tells of nobody: it goes with neither --unmasked nor --subjects")
	}
	return nil
}

// deliver queues the report for the registries and prints the deliveries: id, target, state.
func (c *reportYear) deliver(ctx context.Context, m *Main, settings config.Config, options centre.Options) error {
	return m.withDelivery(ctx, settings, func(s *store.Store, service *delivery.Service) error {
		counted := time.Now()
		report, err := centre.Compute(config.StoredPatients(ctx, s), options)
		if err != nil {
			return err
		}
		queued, err := service.Publish(ctx, delivery.Publication{Report: report, Makers: options.Makers, Counted: counted, By: operator().Value})
		if err != nil {
			return err
		}
		if len(queued) == 0 {
			return errors.New("no registry in the settings takes reports (registry.targets; include must have registry-measure-report, or be empty)")
		}
		for _, d := range queued {
			fmt.Fprintf(m.Stdout, "%s %s %s\n", d.ID, d.Target, d.State)
		}
		return nil
	})
}
