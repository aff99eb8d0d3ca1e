package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/delivery"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// deliverCommand is the group of what has to do with deliveries to registries.
type deliverCommand struct {
	Run     deliverRunCommand `cmd:"" help:"Deliver, without serving anything, until stopped."`
	List    listCommand       `cmd:"" help:"List deliveries, the oldest first, and count them."`
	Show    showCommand       `cmd:"" help:"Show one delivery, and what the registry has of the patient."`
	All     deliverAllCommand `cmd:"" help:"Queue a delivery of every patient: for a registry that is new, or whose settings changed. What it has already is not sent again."`
	Redrive redriveCommand    `cmd:"" help:"Take up again what was given up, cancelled or suppressed."`
	Cancel  cancelCommand     `cmd:"" help:"Cancel deliveries that are still to be made."`
}

// withDelivery opens the store and a service that is not started, for some work.
func (m *Main) withDelivery(ctx context.Context, settings config.Config, work func(s *store.Store, service *delivery.Service) error) error {
	return withStore(ctx, settings, func(s *store.Store) error {
		service, err := settings.Delivery(s, slog.New(slog.NewJSONHandler(m.Stderr, nil)))
		if err != nil {
			return err
		}
		return work(s, service)
	})
}

type deliverRunCommand struct {
	UntilEmpty bool `help:"Stop when nothing waits any more."`
}

// Run delivers until ctx ends, then lets what is under way finish.
func (c *deliverRunCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	return m.withDelivery(ctx, settings, func(_ *store.Store, service *delivery.Service) error {
		if err := service.Start(context.WithoutCancel(ctx)); err != nil {
			return err
		}
		m.say(settings, "levert aan", "delivering")
		err := c.wait(ctx, service)
		deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
		defer cancel()
		return errors.Join(err, service.Stop(deadline))
	})
}

// emptyPoll is how often it is looked whether anything waits.
const emptyPoll = 200 * time.Millisecond

// wait waits until ctx ends or, if asked for, nothing waits any more.
func (c *deliverRunCommand) wait(ctx context.Context, service *delivery.Service) error {
	ticker := time.NewTicker(emptyPoll)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		if !c.UntilEmpty {
			continue
		}
		counts, err := service.Counts(ctx)
		if err != nil {
			return err
		}
		pending := 0
		for _, n := range counts {
			pending += n.Pending
		}
		if pending == 0 {
			return nil
		}
	}
}

type deliverAllCommand struct {
	Target string `arg:"" help:"Name of the target in the settings."`
}

// Run queues, and tells how many.
func (c *deliverAllCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	return m.withDelivery(ctx, settings, func(_ *store.Store, service *delivery.Service) error {
		queued, err := service.EnqueueAll(ctx, c.Target, operator().Value)
		if err == nil {
			_, err = fmt.Fprintf(m.Stdout, "%d\n", queued)
		}
		return err
	})
}

type redriveCommand struct {
	IDs    []string `arg:"" optional:"" name:"id" help:"Ids of deliveries."`
	Dead   bool     `help:"All that were given up."`
	Target string   `help:"With --dead: only those to this target." placeholder:"NAME"`
}

// Run takes up again. It goes on after one that cannot be, and tells.
func (c *redriveCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	if c.Dead == (len(c.IDs) > 0) {
		return usageError{errors.New("give ids, or --dead")}
	}
	return m.withDelivery(ctx, settings, func(s *store.Store, service *delivery.Service) error {
		ids := c.IDs
		if c.Dead {
			for d, err := range s.Deliveries(ctx, store.Filter{Target: c.Target, States: []store.State{store.StateDead}}) {
				if err != nil {
					return err
				}
				ids = append(ids, d.ID)
			}
		}
		return m.each(ids, func(id string) (store.Delivery, error) { return service.Redrive(ctx, id, operator().Value) })
	})
}

type cancelCommand struct {
	IDs []string `arg:"" name:"id" help:"Ids of deliveries."`
}

// Run cancels. It goes on after one that cannot be, and tells.
func (c *cancelCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	return m.withDelivery(ctx, settings, func(_ *store.Store, service *delivery.Service) error {
		return m.each(c.IDs, func(id string) (store.Delivery, error) { return service.Cancel(ctx, id, operator().Value) })
	})
}

// each does something to deliveries, and prints what state they have then.
func (m *Main) each(ids []string, do func(id string) (store.Delivery, error)) error {
	failed := false
	for _, id := range ids {
		d, err := do(id)
		if err != nil {
			failed = true
			fmt.Fprintf(m.Stderr, "pijnpoort: %v\n", noDelivery(id, err))
			continue
		}
		fmt.Fprintf(m.Stdout, "%s %s\n", d.ID, d.State)
	}
	if failed {
		return errUnanswered
	}
	return nil
}

// noDelivery says which delivery is not there.
func noDelivery(id string, err error) error {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return fmt.Errorf("there is no delivery %q", id)
	case errors.Is(err, store.ErrState):
		return fmt.Errorf("delivery %s is not in a state in which that can be done", id)
	}
	return err
}
