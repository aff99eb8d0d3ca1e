package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

type eraseCommand struct {
	naming
	Force bool `help:"Also while a registry still holds data of the patient, which can then no longer be withdrawn from here."`
}

// Run erases a patient.
func (c *eraseCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	who, err := c.read(m)
	if err != nil {
		return err
	}
	return withStore(ctx, settings, func(s *store.Store) error {
		id, err := who.find(ctx, s, settings.Registry.Tenant)
		if err != nil {
			return err
		}
		gone, err := s.Erase(ctx, id, c.Force, noting(settings, audit.Erased))
		if errors.Is(err, store.ErrDelivered) {
			return fmt.Errorf("%w: data opt-out, then wait for the withdrawal, or erase --force", err)
		}
		if err != nil {
			return err
		}
		m.say(settings, "gewist: %d gegevens, %d verstrekkingen, %d regels over wat registraties hebben", "erased: %d items, %d deliveries, %d lines of what registries hold",
			gone.Items, gone.Deliveries, gone.Ledger)
		return nil
	})
}

type expireCommand struct{}

// Run removes what has been kept for its term.
func (c *expireCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	return withStore(ctx, settings, func(s *store.Store) error {
		gone, err := expire(ctx, settings, s)
		if err != nil {
			return err
		}
		m.say(settings, "verwijderd: %d ontvangstbewijzen, %d verstrekkingen, %d kaarten, %d terugmeldingen, %d regels van het logboek",
			"removed: %d receipts, %d deliveries, %d cards, %d feedback, %d rows of the log", gone.Sendings, gone.Deliveries, gone.Cards, gone.Feedback, gone.Audit)
		return nil
	})
}

// expire removes what has been kept for its term, and notes in the audit log how much.
func expire(ctx context.Context, settings config.Config, s *store.Store) (store.Removed, error) {
	gone, err := s.Retain(ctx, settings.Retention())
	if err != nil || gone == (store.Removed{}) {
		return gone, err
	}
	details := []audit.Detail{{Name: "sendings", Value: fmt.Sprint(gone.Sendings)}, {Name: "deliveries", Value: fmt.Sprint(gone.Deliveries)},
		{Name: "cards", Value: fmt.Sprint(gone.Cards)}, {Name: "feedback", Value: fmt.Sprint(gone.Feedback)}, {Name: "audit", Value: fmt.Sprint(gone.Audit)}}
	return gone, note(ctx, settings, s, audit.Event{Kind: audit.Expired,
		Objects: []audit.Object{{System: audit.SoftwareSystem, Value: "registry.store", Details: details}}})
}
