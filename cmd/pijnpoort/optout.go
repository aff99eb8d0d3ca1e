package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

type optOutCommand struct{ naming }

// Run notes an objection, and queues the withdrawal of what was delivered.
func (c *optOutCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	return c.object(ctx, m, settings, time.Now(), audit.OptedOut)
}

type optInCommand struct{ naming }

// Run takes an objection back, and queues delivery.
func (c *optInCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	return c.object(ctx, m, settings, time.Time{}, audit.OptedIn)
}

// object notes an objection from a moment on, or with the zero time that there is none.
func (n naming) object(ctx context.Context, m *Main, settings config.Config, from time.Time, kind audit.Kind) error {
	who, err := n.read(m)
	if err != nil {
		return err
	}
	return withStore(ctx, settings, func(s *store.Store) error {
		identifiers, err := who.identifiers(ctx, s)
		if err != nil {
			return err
		}
		var hooks []store.Hook
		if len(settings.Registry.Targets) > 0 {
			service, err := settings.Delivery(s, slog.New(slog.NewJSONHandler(m.Stderr, nil)))
			if err != nil {
				return err
			}
			hooks = append(hooks, service.Objected)
		}
		hooks = append(hooks, noting(settings, kind))
		if from.IsZero() {
			_, err = s.OptIn(ctx, settings.Registry.Tenant, identifiers, hooks...)
		} else {
			_, err = s.OptOut(ctx, settings.Registry.Tenant, identifiers, from, hooks...)
		}
		if err != nil {
			return err
		}
		m.say(settings, "vastgelegd", "noted")
		return nil
	})
}

type rotateCommand struct{}

// Run makes a new key and seals all identifiers with it. The key is in its file before
// anything is sealed with it.
func (c *rotateCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	keys, err := settings.StoreKeys()
	if err != nil {
		return err
	}
	next, err := keys.Rotate()
	if err != nil {
		return err
	}
	if err := next.Save(settings.StoreKeysFile()); err != nil {
		return err
	}
	return withStore(ctx, settings, func(s *store.Store) error {
		n, err := s.Reseal(ctx)
		if err != nil {
			return err
		}
		m.say(settings, "%d patiënten met een nieuwe sleutel verzegeld. Bewaar %s; oudere reservekopieën hebben de oude sleutels nodig, die erin blijven staan.",
			"%d patients sealed with a new key. Keep %s; older backups need the old keys, which stay in it.", n, settings.StoreKeysFile())
		return note(ctx, settings, s, audit.Event{Kind: audit.Resealed})
	})
}
