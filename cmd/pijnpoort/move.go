package main

import (
	"context"
	"errors"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

type moveCommand struct {
	To string `arg:"" help:"The other database: postgres://... or sqlite:PATH. A password can stand in PGPASSWORD, where others on the machine do not see it." placeholder:"URL"`
}

// Run copies all that is kept to another database, with the same keys.
func (c *moveCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	keys, err := settings.StoreKeys()
	if err != nil {
		return err
	}
	return withStore(ctx, settings, func(from *store.Store) error {
		to, err := settings.OpenStore(ctx, c.To, keys)
		if err != nil {
			return err
		}
		contents, err := store.Move(ctx, from, to)
		if err == nil {
			m.say(settings, "%d rijen gekopieerd en vergeleken; SHA-256 %s. Zet nu database in de instellingen.",
				"%d rows copied and compared; SHA-256 %s. Now set database in the settings.", contents.Total(), contents.Hash)
			err = note(ctx, settings, to, audit.Event{Kind: audit.Restored, Objects: []audit.Object{object(contents)}})
		}
		return errors.Join(err, to.Close())
	})
}
