package store

import (
	"context"
	"fmt"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// OptOut notes that a patient objects to delivery, from a moment on; earlier deliveries are
// to be withdrawn, which is up to the hooks. A patient of whom nothing has come yet can
// object too. It gives the id of the patient.
func (s *Store) OptOut(ctx context.Context, tenant string, identifiers []registration.Identifier, from time.Time, hooks ...Hook) (string, error) {
	return s.object(ctx, tenant, identifiers, from, hooks)
}

// OptIn takes an objection back.
func (s *Store) OptIn(ctx context.Context, tenant string, identifiers []registration.Identifier, hooks ...Hook) (string, error) {
	return s.object(ctx, tenant, identifiers, time.Time{}, hooks)
}

func (s *Store) object(ctx context.Context, tenant string, identifiers []registration.Identifier, from time.Time, hooks []Hook) (string, error) {
	var id string
	err := s.Update(ctx, func(ctx context.Context, tx *Tx) error {
		var absorbed []string
		var err error
		id, absorbed, err = tx.identify(ctx, tenant, who{identifiers: identifiers})
		if err != nil {
			return err
		}
		var changes []Change
		for _, other := range absorbed {
			list, err := tx.merge(ctx, id, other)
			if err != nil {
				return err
			}
			changes = append(changes, list...)
		}
		n, err := affected(tx.db.ExecContext(ctx, `UPDATE patient SET opted_out_at = $2, updated_at = $3
			WHERE id = $1 AND (opted_out_at IS NULL) = $4`, id, at(from), at(tx.now), !from.IsZero()))
		if err != nil {
			return fmt.Errorf("store: objection: %w", err)
		}
		if n == 0 && len(changes) == 0 { // it was so already
			return nil
		}
		changes = append(changes, Change{Patient: id, OptedOut: !from.IsZero()})
		for _, hook := range hooks {
			if err := hook(ctx, tx, changes); err != nil {
				return err
			}
		}
		return nil
	})
	return id, err
}
