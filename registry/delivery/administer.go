package delivery

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Count is how many deliveries there are to a target. All = Delivered + Pending +
// Suppressed + Dead + Cancelled + Superseded.
type Count struct {
	Target                                                           string
	Known                                                            bool // it stands in the settings
	All, Delivered, Pending, Suppressed, Dead, Cancelled, Superseded int
	States                                                           map[store.State]int
	Oldest                                                           time.Time // of the pending; zero when there is none
}

// Counts counts the deliveries to each target that stands in the settings or has any.
func (s *Service) Counts(ctx context.Context) ([]Count, error) {
	byTarget, err := s.options.Store.DeliveryCounts(ctx)
	if err != nil {
		return nil, err
	}
	for name := range s.recipients {
		if byTarget[name] == nil {
			byTarget[name] = map[store.State]int{}
		}
	}
	var counts []Count
	for _, name := range slices.Sorted(maps.Keys(byTarget)) {
		c := Count{Target: name, Known: s.recipients[name] != nil, States: byTarget[name]}
		closed := map[store.State]*int{store.StateDelivered: &c.Delivered, store.StateSuppressed: &c.Suppressed, store.StateDead: &c.Dead,
			store.StateCancelled: &c.Cancelled, store.StateSuperseded: &c.Superseded}
		for state, n := range c.States {
			c.All += n
			if state.Open() {
				c.Pending += n
			} else {
				*closed[state] += n
			}
		}
		if c.Oldest, err = s.options.Store.Oldest(ctx, name); err != nil {
			return nil, err
		}
		counts = append(counts, c)
	}
	return counts, nil
}

// Redrive queues a delivery anew that was given up, cancelled or suppressed; by is who
// asked for it. store.ErrState says that there is nothing to queue anew.
func (s *Service) Redrive(ctx context.Context, id, by string) (store.Delivery, error) {
	var d store.Delivery
	err := s.options.Store.Update(ctx, func(ctx context.Context, tx *store.Tx) error {
		var err error
		if d, err = tx.Redrive(ctx, id); err != nil {
			return err
		}
		if err := s.administered(ctx, tx, audit.Redriven, d, by); err != nil {
			return err
		}
		again := jobOf(d)
		again.hurry = true
		return s.queue.insert(ctx, tx, again)
	})
	return d, err
}

// Cancel ends a delivery that is open; by is who asked for it. What it would have told is
// told by the next delivery of the patient.
func (s *Service) Cancel(ctx context.Context, id, by string) (store.Delivery, error) {
	var d store.Delivery
	err := s.options.Store.Update(ctx, func(ctx context.Context, tx *store.Tx) error {
		var err error
		if d, err = tx.Cancel(ctx, id, "cancelled by hand"); err != nil {
			return err
		}
		return s.administered(ctx, tx, audit.Cancelled, d, by)
	})
	return d, err
}
