package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

type restoreCommand struct {
	File string `arg:"" help:"A backup, compressed or not; - is standard input."`
}

// Run restores a backup and verifies the audit log that came with it.
func (c *restoreCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	from := m.Stdin
	if c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer file.Close()
		from = file
	}
	plain, err := decompressed(from)
	if err != nil {
		return err
	}
	return withStore(ctx, settings, func(s *store.Store) error {
		contents, err := s.Restore(ctx, plain)
		if err != nil {
			return err
		}
		m.say(settings, "%d rijen teruggezet; SHA-256 %s", "%d rows restored; SHA-256 %s", contents.Total(), contents.Hash)
		verdict, err := audit.Verify(ctx, s, audit.Mark{})
		if err != nil {
			return err
		}
		if err := note(ctx, settings, s, audit.Event{Kind: audit.Restored, Objects: []audit.Object{object(contents)}}); err != nil {
			return err
		}
		if !verdict.Sound() {
			return errors.New("the audit log in the backup is not as it was written: see pijnpoort audit verify")
		}
		return nil
	})
}

// decompressed undoes gzip where the input starts as gzip does.
func decompressed(input io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(input, 1<<20)
	if magic, _ := b.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return b, nil
	}
	return gzip.NewReader(b)
}
