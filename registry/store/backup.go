package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"time"
)

// A backup is lines of JSON, the same for both databases: a header, a line for each row,
// and an end that says how many rows there were and gives the SHA-256 of their lines. A
// backup without its end, or with another, is not restored.

// backupFormat names the form of a backup.
const backupFormat = "pijnpoort-registry/1"

type header struct {
	Format string    `json:"format"`
	Made   time.Time `json:"made"`
	Keys   string    `json:"keys"` // fingerprint of the keys that open it
}

// line is a row: the name of its table and its values in the order of the columns.
type line struct {
	Table  string            `json:"t"`
	Values []json.RawMessage `json:"v"`
}

// Contents says what a backup holds: rows by table, and a hash that is the same whenever
// the same rows are kept, in whichever database.
type Contents struct {
	Rows map[string]int64 `json:"rows"`
	Hash string           `json:"hash"`
}

// Total is the number of rows.
func (c Contents) Total() int64 {
	var n int64
	for _, rows := range c.Rows {
		n += rows
	}
	return n
}

type end struct {
	End *Contents `json:"end"`
}

// Backup writes all that is kept, as it is at one moment, while others go on writing.
// Identifiers stay sealed: without the key file a backup names nobody.
func (s *Store) Backup(ctx context.Context, to io.Writer) (Contents, error) {
	contents := Contents{Rows: map[string]int64{}}
	err := s.View(ctx, func(r *Reader) error {
		if err := json.NewEncoder(to).Encode(header{backupFormat, s.now().UTC(), s.keys.fingerprint()}); err != nil {
			return err
		}
		sum := sha256.New()
		for _, t := range tables {
			n, err := r.writeTable(ctx, t, to, sum)
			if err != nil {
				return fmt.Errorf("store: back up %s: %w", t.name, err)
			}
			contents.Rows[t.name] = n
		}
		contents.Hash = hex.EncodeToString(sum.Sum(nil))
		return json.NewEncoder(to).Encode(end{&contents})
	})
	return contents, err
}

// Contents reads what Backup would write.
func (s *Store) Contents(ctx context.Context) (Contents, error) { return s.Backup(ctx, io.Discard) }

func (r *Reader) writeTable(ctx context.Context, t table, to io.Writer, sum hash.Hash) (int64, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT `+t.names()+` FROM `+t.name+` ORDER BY `+t.order)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	encoder := json.NewEncoder(io.MultiWriter(to, sum))
	encoder.SetEscapeHTML(false)
	var n int64
	for rows.Next() {
		places, targets := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i, c := range t.columns {
			places[i] = c.form.place()
			targets[i] = c.form.scan(places[i])
		}
		if err := rows.Scan(targets...); err != nil {
			return n, err
		}
		for i, c := range t.columns {
			places[i] = c.form.write(places[i])
		}
		if err := encoder.Encode(map[string]any{"t": t.name, "v": places}); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}
