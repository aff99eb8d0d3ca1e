package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Report is what registries are told of a centre's calendar year: counts, nothing of a
// person. It is the subject of deliveries as a patient is; see ReportID.
type Report struct {
	Centre string // identifier "system|value"
	Year   int
	// Body is what is told, as package centre writes it (centre.Publication).
	Body []byte
	// Counted is when the counting began: what was registered later may not be in it.
	Counted time.Time
}

// reportPrefix begins the id of every report, and of no patient.
const reportPrefix = "report/"

// ReportID is the id of the report of a centre's year, as the subject of deliveries.
func ReportID(centre string, year int) string {
	return reportPrefix + strconv.Itoa(year) + "/" + centre
}

// IsReport reports whether the subject of a delivery is a report of the centre, and not a
// patient.
func IsReport(subject string) bool { return strings.HasPrefix(subject, reportPrefix) }

// ID is that of the report; see ReportID.
func (r Report) ID() string { return ReportID(r.Centre, r.Year) }

// Report reads a report by id, or gives ErrNotFound.
func (r *Reader) Report(ctx context.Context, id string) (Report, error) {
	var report Report
	var body string
	err := r.db.QueryRowContext(ctx, `SELECT centre, year, body, counted_at FROM report WHERE id = $1`, id).
		Scan(&report.Centre, &report.Year, &body, stamp{&report.Counted})
	if errors.Is(err, sql.ErrNoRows) {
		return report, ErrNotFound
	}
	if err != nil {
		return report, fmt.Errorf("store: read a report: %w", err)
	}
	report.Body = []byte(body)
	return report, nil
}

// SaveReport keeps a report in the place of an earlier one of the same centre and year.
// ErrOlder: the one that is kept was counted later.
func (tx *Tx) SaveReport(ctx context.Context, r Report) error {
	n, err := affected(tx.db.ExecContext(ctx, `INSERT INTO report (id, centre, year, body, counted_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET body = excluded.body, counted_at = excluded.counted_at
		WHERE report.counted_at <= excluded.counted_at`, r.ID(), r.Centre, r.Year, string(r.Body), at(r.Counted)))
	if err == nil && n == 0 {
		err = ErrOlder
	}
	return err
}

// LockReport makes transactions that keep or deliver the report of a centre's year wait for
// each other, also before there is one.
func (tx *Tx) LockReport(ctx context.Context, centre string, year int) error {
	return tx.lock(ctx, []string{ReportID(centre, year)})
}
