package store

import (
	"context"
	"fmt"
)

// Totals count what is kept. Received = Accepted + Ignored + Rejected.
type Totals struct {
	Patients, OptedOut, Merged              int
	Items, Retracted                        int
	Sendings                                int
	Received, Accepted, Ignored, Rejected   int
	Deliveries, Ledger, Audit, Cards, Given int // Given: feedback
}

// Totals counts what is kept, at one moment.
func (s *Store) Totals(ctx context.Context) (Totals, error) {
	var t Totals
	err := s.View(ctx, func(r *Reader) error {
		for query, to := range map[string][]any{
			`SELECT count(*), count(opted_out_at), count(merged_into) FROM patient`:              {&t.Patients, &t.OptedOut, &t.Merged},
			`SELECT count(*), COALESCE(sum(CASE WHEN retracted THEN 1 ELSE 0 END), 0) FROM item`: {&t.Items, &t.Retracted},
			`SELECT count(*), COALESCE(sum(received), 0), COALESCE(sum(accepted), 0), COALESCE(sum(ignored), 0), COALESCE(sum(rejected), 0) FROM sending`: {
				&t.Sendings, &t.Received, &t.Accepted, &t.Ignored, &t.Rejected},
			`SELECT count(*) FROM delivery`: {&t.Deliveries},
			`SELECT count(*) FROM ledger`:   {&t.Ledger},
			`SELECT count(*) FROM audit`:    {&t.Audit},
			`SELECT count(*) FROM card`:     {&t.Cards},
			`SELECT count(*) FROM feedback`: {&t.Given},
		} {
			if err := r.db.QueryRowContext(ctx, query).Scan(to...); err != nil {
				return fmt.Errorf("store: totals: %w", err)
			}
		}
		return nil
	})
	return t, err
}
