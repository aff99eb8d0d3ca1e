package store

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// Filter chooses deliveries; what is empty chooses all.
type Filter struct {
	Target, Patient string
	States          []State
	Limit           int
}

// Deliveries reads deliveries, the first made first.
func (r *Reader) Deliveries(ctx context.Context, f Filter) iter.Seq2[Delivery, error] {
	where, args := []string{"1 = 1"}, []any{}
	and := func(column, value string) {
		if value != "" {
			args = append(args, value)
			where = append(where, fmt.Sprintf("%s = $%d", column, len(args)))
		}
	}
	and("target", f.Target)
	and("patient", f.Patient)
	if len(f.States) > 0 {
		where = append(where, "state IN ("+quoted(f.States)+")")
	}
	query := `SELECT ` + deliveryColumns + ` FROM delivery WHERE ` + strings.Join(where, " AND ") + ` ORDER BY created_at, id`
	if f.Limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", f.Limit)
	}
	return each(ctx, r.db, query, args, func(d *Delivery) []any { return d.columns() })
}

// quoted lists states for a statement. Those that are not of ours are left out.
func quoted(states []State) string {
	list := []string{"''"}
	for _, s := range states {
		if slices.Contains(States(), s) {
			list = append(list, "'"+string(s)+"'")
		}
	}
	return strings.Join(list, ", ")
}

// DeliveryCounts counts deliveries by target and state.
func (r *Reader) DeliveryCounts(ctx context.Context) (map[string]map[State]int, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT target, state, count(*) FROM delivery GROUP BY target, state`)
	if err != nil {
		return nil, fmt.Errorf("store: count deliveries: %w", err)
	}
	defer rows.Close()
	counts := map[string]map[State]int{}
	for rows.Next() {
		var target string
		var state State
		var n int
		if err := rows.Scan(&target, &state, &n); err != nil {
			return nil, fmt.Errorf("store: count deliveries: %w", err)
		}
		if counts[target] == nil {
			counts[target] = map[State]int{}
		}
		counts[target][state] = n
	}
	return counts, rows.Err()
}

// Oldest is when the oldest open delivery to a target was made; zero when none is open.
func (r *Reader) Oldest(ctx context.Context, target string) (time.Time, error) {
	var t time.Time
	err := r.db.QueryRowContext(ctx, `SELECT min(created_at) FROM delivery WHERE target = $1 AND state IN (`+quoted(open)+`)`, target).Scan(stamp{&t})
	if err != nil {
		return t, fmt.Errorf("store: oldest delivery: %w", err)
	}
	return t, nil
}
