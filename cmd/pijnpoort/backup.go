package main

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

type backupCommand struct {
	File string `arg:"" help:"Where to; - is standard output. A name that ends in .gz is compressed."`
}

// Run writes a backup, whole or not at all.
func (c *backupCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	return withStore(ctx, settings, func(s *store.Store) error {
		contents, err := c.write(ctx, m, s)
		if err != nil {
			return err
		}
		if c.File != "-" {
			m.say(settings, "%d rijen naar %s; SHA-256 %s", "%d rows to %s; SHA-256 %s", contents.Total(), c.File, contents.Hash)
		}
		return note(ctx, settings, s, audit.Event{Kind: audit.BackedUp, Objects: []audit.Object{object(contents)}})
	})
}

func (c *backupCommand) write(ctx context.Context, m *Main, s *store.Store) (contents store.Contents, err error) {
	if c.File == "-" {
		return s.Backup(ctx, m.Stdout)
	}
	file, err := os.CreateTemp(filepath.Dir(c.File), filepath.Base(c.File)+".*") // mode 0600
	if err != nil {
		return contents, err
	}
	contents, err = compressed(c.File, file, func(to io.Writer) (store.Contents, error) { return s.Backup(ctx, to) })
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), c.File)
	}
	if err != nil {
		return contents, errors.Join(err, os.Remove(file.Name()))
	}
	return contents, nil
}

// compressed writes through gzip when the name asks for it.
func compressed(name string, to io.Writer, write func(io.Writer) (store.Contents, error)) (store.Contents, error) {
	if !strings.HasSuffix(name, ".gz") {
		return write(to)
	}
	zip := gzip.NewWriter(to)
	contents, err := write(zip)
	return contents, errors.Join(err, zip.Close())
}

// backupSystem is the system of the hashes that tell backups apart.
const backupSystem = mapping.CanonicalBase + "/sid/backup"

// object is a backup as the audit log names it.
func object(contents store.Contents) audit.Object {
	return audit.Object{System: backupSystem, Value: contents.Hash, Details: []audit.Detail{{Name: "rows", Value: strconv.FormatInt(contents.Total(), 10)}}}
}
