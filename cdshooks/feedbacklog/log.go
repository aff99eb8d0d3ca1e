// Package feedbacklog keeps the feedback on cards in a file of JSON lines that only
// grows. Feedback is on disk before Add returns; that a card was sent is written
// without waiting for the disk. Nothing in it is about a patient, but for a pseudonym
// where a site leaves out cards that were overridden; it means nothing without the key
// beside the file.
package feedbacklog

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

// line is one line: a card that was sent, or what became of one.
type line struct {
	Issued   *cdshooks.Issued   `json:"issued,omitempty"`
	Feedback *cdshooks.Feedback `json:"feedback,omitempty"`
}

// key is what makes feedback the same.
type key struct {
	card, outcome string
	at            time.Time
}

func keyOf(f cdshooks.Feedback) key { return key{f.Card, f.Outcome, f.Timestamp.UTC()} }

// Log is a cdshooks.FeedbackStore. One process at a time may have it open.
type Log struct {
	mu   sync.Mutex
	file *os.File
	end  int64 // of the file
	seen map[key]bool
	said *overrides
	// secret makes pseudonyms.
	secret []byte
}

// Open opens a file, or makes it with its folder; beside it stands the key for
// pseudonyms, with "key" for extension. A last line that was not finished,
// as a crash leaves it, is cut off; any other faulty line is an error that names it.
func Open(path string) (*Log, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	secret, err := openSecret(strings.TrimSuffix(path, filepath.Ext(path)) + ".key")
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	l := &Log{file: file, seen: map[key]bool{}, said: newOverrides(), secret: secret}
	end, err := read(file, l.take)
	if err == nil {
		err = l.cut(end)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), file.Close())
	}
	return l, nil
}

// read reads all whole lines; end is where they end.
func read(from io.Reader, take func(line)) (end int64, err error) {
	lines := bufio.NewReader(from)
	for number := 1; ; number++ {
		text, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return end, nil
		}
		if err != nil {
			return end, err
		}
		var read line
		if err := json.Unmarshal(text, &read); err != nil {
			return end, fmt.Errorf("line %d is not one of feedback", number)
		}
		take(read)
		end += int64(len(text))
	}
}

// take takes up what a line says.
func (l *Log) take(read line) {
	if read.Issued != nil {
		l.said.issue(read.Issued)
	}
	if read.Feedback != nil {
		l.seen[keyOf(*read.Feedback)] = true
		l.said.add(read.Feedback)
	}
}

// cut ends the file at a place, and writes on from there.
func (l *Log) cut(end int64) error {
	if err := l.file.Truncate(end); err != nil {
		return err
	}
	l.end = end
	_, err := l.file.Seek(end, io.SeekStart)
	return err
}

// Issue notes that a card was sent.
func (l *Log) Issue(card cdshooks.Issued) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.write(line{Issued: &card}); err != nil {
		return err
	}
	l.said.issue(&card)
	return nil
}

// Add keeps feedback that is new. When it fails nothing of the batch counts as kept.
func (l *Log) Add(feedback []cdshooks.Feedback) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var lines []line
	added := map[key]bool{}
	for i := range feedback {
		if k := keyOf(feedback[i]); !l.seen[k] && !added[k] {
			added[k] = true
			lines = append(lines, line{Feedback: &feedback[i]})
		}
	}
	if len(lines) == 0 {
		return nil
	}
	if err := l.write(lines...); err != nil {
		return err
	}
	if err := l.file.Sync(); err != nil {
		return err
	}
	for _, one := range lines {
		l.take(one)
	}
	return nil
}

// Overridden reports whether a card that says the same of the same patient was
// overridden between two times.
func (l *Log) Overridden(card cdshooks.Issued, from, to time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	at, ok := l.said.last(&card)
	return ok && !at.Before(from) && !at.After(to)
}

// write appends lines, whole or not at all.
func (l *Log) write(lines ...line) error {
	var text bytes.Buffer
	for _, one := range lines {
		if err := json.NewEncoder(&text).Encode(one); err != nil {
			return err
		}
	}
	if _, err := l.file.Write(text.Bytes()); err != nil {
		return errors.Join(err, l.cut(l.end))
	}
	l.end += int64(text.Len())
	return nil
}

// Close closes the file.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return errors.Join(l.file.Sync(), l.file.Close())
}
