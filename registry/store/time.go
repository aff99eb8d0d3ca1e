package store

import (
	"errors"
	"time"
)

// stampLayout sorts as the times it stands for; both databases keep microseconds.
const stampLayout = "2006-01-02T15:04:05.000000Z"

// stamp is a time as the databases have it: text in SQLite, timestamptz in PostgreSQL,
// which takes the same text. The zero time is NULL.
type stamp struct{ *time.Time }

func at(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(stampLayout)
}

// Scan implements sql.Scanner.
func (s stamp) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*s.Time = time.Time{}
	case time.Time:
		*s.Time = v.UTC()
	case string:
		t, err := time.Parse(stampLayout, v)
		if err != nil {
			return errors.New("not a time as it is kept")
		}
		*s.Time = t
	default:
		return errors.New("not a time")
	}
	return nil
}
