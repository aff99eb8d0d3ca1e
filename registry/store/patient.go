package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// Patient is what is kept of one patient.
type Patient struct {
	ID     string
	Tenant string
	// Clinic ("system|value") sent last. Items that came from another clinic say so
	// themselves (registration.Origin).
	Clinic string
	// OptedOut is when he objected to delivery; zero when he did not.
	OptedOut time.Time
	// Updated is when something was last changed.
	Updated time.Time
	// MergedInto is the id of the patient that this one turned out to be. All that was
	// registered under this id is retracted.
	MergedInto string
	// Registration holds the identifiers too.
	Registration *registration.Registration
}

// patientRow is a row of a patient, opened.
type patientRow struct {
	Patient
	sealed sealed
}

const patientColumns = `p.id, p.tenant, p.clinic, p.identifiers, p.opted_out_at, p.merged_into, p.updated_at`

// rawPatient is a row as it is scanned, still sealed.
type rawPatient struct {
	Patient
	content []byte
	merged  sql.NullString
}

// columns are where patientColumns go.
func (p *rawPatient) columns() []any {
	return []any{&p.ID, &p.Tenant, &p.Clinic, &p.content, stamp{&p.OptedOut}, &p.merged, stamp{&p.Updated}}
}

// opened opens what lies sealed.
func (r *Reader) opened(p *rawPatient) (*patientRow, error) {
	row := &patientRow{Patient: p.Patient}
	row.MergedInto = p.merged.String
	document, err := r.keys.open(row.ID, p.content)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(document, &row.sealed); err != nil {
		return nil, errSealed
	}
	return row, nil
}

// patientRow reads the row of a patient; how is the end of the statement.
func (r *Reader) patientRow(ctx context.Context, id, how string) (*patientRow, error) {
	var raw rawPatient
	err := r.db.QueryRowContext(ctx, `SELECT `+patientColumns+` FROM patient p WHERE p.id = $1`+how, id).Scan(raw.columns()...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("store: read a patient: %w", err)
	}
	return r.opened(&raw)
}

// Patient reads a patient by id, or gives ErrNotFound.
func (r *Reader) Patient(ctx context.Context, id string) (*Patient, error) {
	row, err := r.patientRow(ctx, id, "")
	if err != nil {
		return nil, err
	}
	rows, err := r.db.QueryContext(ctx, `SELECT `+itemColumns+` FROM item i WHERE i.patient = $1 ORDER BY i.kind, i.key`, id)
	if err != nil {
		return nil, fmt.Errorf("store: read items: %w", err)
	}
	defer rows.Close()
	a := assembly{row: row}
	for rows.Next() {
		var i storedItem
		if err := rows.Scan(i.columns()...); err != nil {
			return nil, fmt.Errorf("store: read items: %w", err)
		}
		a.add(i)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("store: read items: %w", err)
	}
	return a.patient()
}

// PatientIDs are the ids of all patients but those that turned out to be another.
func (r *Reader) PatientIDs(ctx context.Context) iter.Seq2[string, error] {
	return each(ctx, r.db, `SELECT id FROM patient WHERE merged_into IS NULL ORDER BY id`, nil, func(id *string) []any { return []any{id} })
}

// Registrations reads all patients, in the order of their ids, as they are at one moment;
// one is held at a time. Patients who were merged into another are left out. Those who
// opted out are in it: what a centre counts for itself is not delivery.
func (s *Store) Registrations(ctx context.Context) iter.Seq2[*Patient, error] {
	return func(yield func(*Patient, error) bool) {
		err := s.View(ctx, func(r *Reader) error { return r.registrations(ctx, yield) })
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// errStopped says that the caller of an iterator wants no more.
var errStopped = errors.New("stopped")

func (r *Reader) registrations(ctx context.Context, yield func(*Patient, error) bool) error {
	rows, err := r.db.QueryContext(ctx, `SELECT `+patientColumns+`, `+itemColumns+`
		FROM patient p LEFT JOIN item i ON i.patient = p.id WHERE p.merged_into IS NULL ORDER BY p.id, i.kind, i.key`)
	if err != nil {
		return fmt.Errorf("store: read registrations: %w", err)
	}
	defer rows.Close()
	var a assembly
	give := func() error {
		if a.row == nil {
			return nil
		}
		p, err := a.patient()
		if err != nil {
			return err
		}
		if !yield(p, nil) {
			return errStopped
		}
		return nil
	}
	for rows.Next() {
		var raw rawPatient
		var i storedItem
		if err := rows.Scan(append(raw.columns(), i.columns()...)...); err != nil {
			return fmt.Errorf("store: read registrations: %w", err)
		}
		if a.row == nil || a.row.ID != raw.ID {
			if err := give(); err != nil {
				return err
			}
			row, err := r.opened(&raw)
			if err != nil {
				return err
			}
			a = assembly{row: row}
		}
		if i.kind.Valid {
			a.add(i)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("store: read registrations: %w", err)
	}
	return give()
}
