package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
)

// errBackup says that what is to be restored is not a whole backup.
var errBackup = errors.New("store: not a whole backup")

// Restore puts a backup into a database that holds nothing yet: all of it, or nothing when
// the backup is not whole, was changed, or was made with other keys.
func (s *Store) Restore(ctx context.Context, from io.Reader) (Contents, error) {
	var contents Contents
	err := s.once(ctx, func(ctx context.Context, tx *Tx) error { // once: the reader cannot be read again
		if err := tx.empty(ctx); err != nil {
			return err
		}
		var err error
		contents, err = tx.restore(ctx, bufio.NewReaderSize(from, 1<<20))
		return err
	})
	return contents, err
}

// empty reports with ErrNotEmpty that some table holds something.
func (tx *Tx) empty(ctx context.Context) error {
	for _, t := range tables {
		if t.one {
			continue
		}
		var some bool
		if err := tx.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+t.name+`)`).Scan(&some); err != nil {
			return fmt.Errorf("store: restore: %w", err)
		}
		if some {
			return ErrNotEmpty
		}
	}
	return nil
}

func (tx *Tx) restore(ctx context.Context, from *bufio.Reader) (Contents, error) {
	contents := Contents{Rows: map[string]int64{}}
	for _, t := range tables {
		contents.Rows[t.name] = 0
	}
	first, err := from.ReadBytes('\n')
	var head header
	if err != nil || json.Unmarshal(first, &head) != nil || head.Format != backupFormat {
		return contents, fmt.Errorf("%w: it does not start as one of ours (%s)", errBackup, backupFormat)
	}
	if head.Keys != tx.keys.fingerprint() {
		return contents, ErrKeys
	}
	sum := sha256.New()
	for number := 2; ; number++ {
		text, err := from.ReadBytes('\n')
		if err != nil {
			return contents, fmt.Errorf("%w: it ends at line %d", errBackup, number)
		}
		var last end
		if json.Unmarshal(text, &last) == nil && last.End != nil {
			contents.Hash = hex.EncodeToString(sum.Sum(nil))
			if last.End.Hash != contents.Hash || !maps.Equal(last.End.Rows, contents.Rows) {
				return contents, fmt.Errorf("%w: its rows are not those that were written", errBackup)
			}
			if _, err := from.ReadByte(); err != io.EOF {
				return contents, fmt.Errorf("%w: something stands after its end", errBackup)
			}
			return contents, nil
		}
		_, _ = sum.Write(text)
		if err := tx.restoreLine(ctx, text, contents.Rows); err != nil {
			return contents, fmt.Errorf("%w (line %d)", err, number)
		}
	}
}

// restoreLine adds the row of a line.
func (tx *Tx) restoreLine(ctx context.Context, content []byte, rows map[string]int64) error {
	var row line
	if err := json.Unmarshal(content, &row); err != nil {
		return fmt.Errorf("%w: a line is no row", errBackup)
	}
	t, ok := tableOf(row.Table)
	if !ok || len(row.Values) != len(t.columns) {
		return fmt.Errorf("%w: a row is of no table of ours", errBackup)
	}
	args := make([]any, len(t.columns))
	for i, c := range t.columns {
		var err error
		if args[i], err = c.form.read(row.Values[i]); err != nil {
			return fmt.Errorf("%w: %s.%s: %w", errBackup, t.name, c.name, err)
		}
	}
	if t.one {
		if _, err := tx.db.ExecContext(ctx, `DELETE FROM `+t.name); err != nil {
			return fmt.Errorf("store: restore %s: %w", t.name, err)
		}
	}
	if _, err := tx.db.ExecContext(ctx, t.insert(), args...); err != nil {
		return fmt.Errorf("store: restore %s: %w", t.name, err)
	}
	rows[t.name]++
	return nil
}

// Move copies all that one database holds to another, which must hold nothing yet, and
// compares what arrived, row for row by its hash. The source stays as it is; nothing may
// write to it meanwhile.
func Move(ctx context.Context, from, to *Store) (Contents, error) {
	pipe, into := io.Pipe()
	wrote := make(chan error, 1)
	go func() {
		_, err := from.Backup(ctx, into)
		wrote <- errors.Join(err, into.CloseWithError(err))
	}()
	contents, err := to.Restore(ctx, pipe)
	_ = pipe.CloseWithError(errors.New("store: moving has stopped"))
	if failed := <-wrote; err == nil {
		err = failed
	}
	if err != nil {
		return contents, err
	}
	for _, s := range []*Store{from, to} {
		now, err := s.Contents(ctx)
		if err != nil {
			return contents, err
		}
		if now.Hash != contents.Hash {
			return contents, fmt.Errorf("store: what %s holds differs from what was moved", s.Dialect())
		}
	}
	return contents, nil
}

// Reseal seals the identifiers of all patients with the newest key, after which the older
// ones are needed for older backups only. It gives how many were sealed anew.
func (s *Store) Reseal(ctx context.Context) (int, error) {
	n := 0
	err := s.Update(ctx, func(ctx context.Context, tx *Tx) error {
		n = 0
		var ids []string
		for id, err := range each(ctx, tx.db, `SELECT id FROM patient ORDER BY id`, nil, func(id *string) []any { return []any{id} }) {
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		for _, id := range ids {
			row, err := tx.patientRow(ctx, id, "")
			if err != nil {
				return err
			}
			content, err := tx.sealed(id, row.sealed)
			if err != nil {
				return err
			}
			if _, err := tx.db.ExecContext(ctx, `UPDATE patient SET identifiers = $2 WHERE id = $1`, id, content); err != nil {
				return fmt.Errorf("store: reseal: %w", err)
			}
			n++
		}
		return nil
	})
	return n, err
}
