package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// Audit is a row of the audit log; package audit says what is in it and how the rows hang
// together.
type Audit struct {
	Seq            int64 // from 1, without gaps
	At             time.Time
	Patient        string // id; empty when it is about none
	Body           string
	Previous, Hash string
}

// Chain says where the audit log starts and ends.
type Chain struct {
	FirstSeq      int64  // of the first row that is kept
	FirstPrevious string // hash of the row before it, which is kept no longer
	LastSeq       int64
	LastHash      string
}

// Chain reads where the audit log starts and ends.
func (r *Reader) Chain(ctx context.Context) (Chain, error) { return r.chain(ctx, "") }

func (r *Reader) chain(ctx context.Context, how string) (Chain, error) {
	var c Chain
	err := r.db.QueryRowContext(ctx, `SELECT first_seq, first_previous, last_seq, last_hash FROM audit_chain WHERE id = 1`+how).
		Scan(&c.FirstSeq, &c.FirstPrevious, &c.LastSeq, &c.LastHash)
	if err != nil {
		return c, fmt.Errorf("store: audit log: %w", err)
	}
	return c, nil
}

// auditColumns are how many parameters a row of the log takes.
const auditColumns = 6

// AddAudits appends rows, of which when, whom and what are given; link makes the hash of
// each. Other transactions that append wait until this one ends, so append last. It gives
// where the log ends then.
func (tx *Tx) AddAudits(ctx context.Context, rows []Audit, link func(previous, body string) string) (Chain, error) {
	end, err := tx.chain(ctx, tx.dialect.forUpdate)
	if err != nil || len(rows) == 0 {
		return end, err
	}
	for some := range slices.Chunk(rows, mostParameters/auditColumns) {
		places, args := make([]string, len(some)), make([]any, 0, auditColumns*len(some))
		for i, a := range some {
			places[i] = "(" + parameters(len(args)+1, auditColumns) + ")"
			a.Seq, a.Previous, a.Hash = end.LastSeq+1, end.LastHash, link(end.LastHash, a.Body)
			end.LastSeq, end.LastHash = a.Seq, a.Hash
			args = append(args, a.Seq, at(a.At), a.Patient, a.Body, a.Previous, a.Hash)
		}
		_, err := tx.db.ExecContext(ctx, `INSERT INTO audit (seq, at, patient, body, previous, hash) VALUES `+strings.Join(places, ", "), args...)
		if err != nil {
			return end, fmt.Errorf("store: audit log: %w", err)
		}
	}
	if _, err := tx.db.ExecContext(ctx, `UPDATE audit_chain SET last_seq = $1, last_hash = $2 WHERE id = 1`, end.LastSeq, end.LastHash); err != nil {
		return end, fmt.Errorf("store: audit log: %w", err)
	}
	return end, nil
}

// Audits reads the audit log in its order; of one patient when ids of his are given, those who
// were merged into him included. An empty id is none.
func (r *Reader) Audits(ctx context.Context, patient ...string) iter.Seq2[Audit, error] {
	query, args := `SELECT seq, at, patient, body, previous, hash FROM audit ORDER BY seq`, []any(nil)
	for _, id := range patient {
		if id != "" {
			args = append(args, id)
		}
	}
	if len(args) > 0 {
		his := parameters(1, len(args))
		query = `SELECT seq, at, patient, body, previous, hash FROM audit
			WHERE patient IN (` + his + `) OR patient IN (SELECT id FROM patient WHERE merged_into IN (` + his + `)) ORDER BY seq`
	}
	return each(ctx, r.db, query, args, func(a *Audit) []any {
		return []any{&a.Seq, stamp{&a.At}, &a.Patient, &a.Body, &a.Previous, &a.Hash}
	})
}

// cutAudit removes rows from the start of the chain, up to the first that is kept.
func (tx *Tx) cutAudit(ctx context.Context, before time.Time) (int64, error) {
	c, err := tx.chain(ctx, tx.dialect.forUpdate)
	if err != nil {
		return 0, err
	}
	var last int64 // that goes
	var hash string
	err = tx.db.QueryRowContext(ctx, `SELECT seq, hash FROM audit
		WHERE seq < COALESCE((SELECT min(seq) FROM audit WHERE at >= $1), $2) ORDER BY seq DESC LIMIT 1`, at(before), c.LastSeq+1).Scan(&last, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("store: audit log: %w", err)
	}
	if _, err := tx.db.ExecContext(ctx, `UPDATE audit_chain SET first_seq = $1, first_previous = $2 WHERE id = 1`, last+1, hash); err != nil {
		return 0, fmt.Errorf("store: audit log: %w", err)
	}
	return affected(tx.db.ExecContext(ctx, `DELETE FROM audit WHERE seq <= $1`, last))
}
