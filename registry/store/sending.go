package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"

	"github.com/google/uuid"
)

const sendingColumns = `id, version, received_at, received, accepted, ignored, rejected, answer`

// one reads the first row of sendingColumns; nil when there is none.
func one(rows *sql.Rows, err error) (*Receipt, error) {
	if err != nil {
		return nil, fmt.Errorf("store: read a sending: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	r := &Receipt{}
	if err := rows.Scan(&r.ID, &r.Version, stamp{&r.Received}, &r.Total, &r.Accepted, &r.Ignored, &r.Rejected, &r.Answer); err != nil {
		return nil, fmt.Errorf("store: read a sending: %w", err)
	}
	return r, rows.Err()
}

// Sending reads the receipt of a sending, or gives ErrNotFound.
func (r *Reader) Sending(ctx context.Context, tenant, id string) (*Receipt, error) {
	receipt, err := one(r.db.QueryContext(ctx, `SELECT `+sendingColumns+` FROM sending WHERE tenant = $1 AND id = $2`, tenant, id))
	if err == nil && receipt == nil {
		err = ErrNotFound
	}
	return receipt, err
}

// sending finds what came before with the same identifier and content; nil is nothing.
func (tx *Tx) sending(ctx context.Context, tenant, identifier, content string) (*Receipt, error) {
	return one(tx.db.QueryContext(ctx, `SELECT `+sendingColumns+` FROM sending
		WHERE tenant = $1 AND identifier = $2 AND content = $3 ORDER BY version LIMIT 1`, tenant, identifier, content))
}

func (tx *Tx) addSending(ctx context.Context, sending Sending, identifier string) (*Receipt, error) {
	r := &Receipt{Received: tx.now, Answer: sending.Answer, Total: sending.Received, Ignored: sending.Ignored, Rejected: sending.Rejected,
		Accepted: sending.Received - sending.Ignored - sending.Rejected}
	err := tx.db.QueryRowContext(ctx, `SELECT COALESCE(max(version), 0) + 1 FROM sending WHERE tenant = $1 AND identifier = $2`,
		sending.Tenant, identifier).Scan(&r.Version)
	if err != nil {
		return nil, fmt.Errorf("store: keep a sending: %w", err)
	}
	r.ID = uuid.NewString()
	_, err = tx.db.ExecContext(ctx, `INSERT INTO sending (id, tenant, identifier, content, version, received_at, received, accepted, ignored, rejected, answer)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, r.ID, sending.Tenant, identifier, hex.EncodeToString(sending.Content[:]),
		r.Version, at(r.Received), r.Total, r.Accepted, r.Ignored, r.Rejected, string(sending.Answer))
	if err != nil {
		return nil, fmt.Errorf("store: keep a sending: %w", err)
	}
	return r, nil
}
