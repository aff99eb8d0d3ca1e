package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strconv"
	"strings"
)

// each reads the rows of a query, one at a time.
func each[T any](ctx context.Context, db querier, query string, args []any, columns func(*T) []any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := db.QueryContext(ctx, query, args...)
		if err != nil {
			yield(none, fmt.Errorf("store: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var row T
			if err := rows.Scan(columns(&row)...); err != nil {
				yield(none, fmt.Errorf("store: %w", err))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, fmt.Errorf("store: %w", err))
		}
	}
}

// affected is how many rows a statement changed.
func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, fmt.Errorf("store: %w", err)
	}
	return result.RowsAffected()
}

// places are the parameters of so many rows of values: "($1, $2), ($3, $4)".
func places(rows, columns int) string {
	lines := make([]string, rows)
	for row := range lines {
		names := make([]string, columns)
		for column := range names {
			names[column] = "$" + strconv.Itoa(row*columns+column+1)
		}
		lines[row] = "(" + strings.Join(names, ", ") + ")"
	}
	return strings.Join(lines, ", ")
}
