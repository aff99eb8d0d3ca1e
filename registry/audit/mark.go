package audit

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Mark is an end of the chain that was kept elsewhere. The zero value is none.
type Mark struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
	// At is when it was made, Site where.
	At   time.Time `json:"at,omitzero"`
	Site string    `json:"site,omitempty"`
}

// Signed is a mark as it is handed on: a JWS in compact form (RFC 7515), of which the payload
// is the Mark as JSON.
type Signed struct {
	Mark
	JWS string
}

// MarkEnd notes in the log that it is marked, and signs its end, which is that note. Kept
// by somebody else, it shows later that up to here nothing was changed, left out or cut off.
func (l *Log) MarkEnd(ctx context.Context, s *store.Store, key *Key, by Party) (Signed, error) {
	var out Signed
	err := s.Update(ctx, func(ctx context.Context, tx *store.Tx) error {
		end, err := l.append(ctx, tx, Event{Kind: LogMarked, Agent: by, Objects: []Object{{System: KeySystem, Value: key.ID()}}})
		out.Mark = Mark{Seq: end.LastSeq, Hash: end.LastHash, At: tx.Now(), Site: l.Site}
		return err
	})
	if err != nil {
		return out, err
	}
	payload, err := json.Marshal(out.Mark)
	if err == nil {
		out.JWS, err = key.sign(payload)
	}
	if err != nil {
		return out, fmt.Errorf("audit: sign a mark: %w", err)
	}
	return out, nil
}

// KeepMark adds a mark to a file, a line each, which is made where it is not there: once it
// returns the mark is on disk.
func KeepMark(file string, mark Signed) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, mark.JWS+"\n")
	return errors.Join(err, out.Sync(), out.Close())
}

// markBytes bounds a line of marks.
const markBytes = 16 << 10

// ReadMarks reads marks, a JWS on each line, and verifies who signed them. What is wrong with
// a line is a fault, of which Seq is 0; the lines around it are read all the same.
func ReadMarks(from io.Reader, keys []*Key) ([]Mark, []Fault, error) {
	var marks []Mark
	var faults []Fault
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 0, 4096), markBytes)
	number := 1
	for ; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		mark, err := readMark(line, keys)
		if err != nil {
			faults = append(faults, Fault{Reason: fmt.Sprintf("the mark on line %d %v", number, err)})
			continue
		}
		marks = append(marks, mark)
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return marks, append(faults, Fault{Reason: fmt.Sprintf("the mark on line %d is longer than any mark; nothing after it was read", number)}), nil
	}
	return marks, faults, lines.Err()
}

func readMark(line string, keys []*Key) (Mark, error) {
	payload, _, err := verify(line, keys)
	if err != nil {
		return Mark{}, err
	}
	var mark Mark
	if json.Unmarshal(payload, &mark) != nil || mark.Seq < 1 || mark.Hash == "" {
		return Mark{}, errors.New("tells no end of a log")
	}
	return mark, nil
}
