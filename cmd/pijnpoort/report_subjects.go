package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// subjects writes who are counted in a Measure, as a MeasureReport of type subject-list, by
// the ids under which they are kept. That they are shown is logged first.
func (c *reportYear) subjects(ctx context.Context, m *Main, settings config.Config, options centre.Options) error {
	if len(c.From) > 0 {
		return usageError{errors.New("--subjects is about who is registered: it does not go with --from")}
	}
	return withStore(ctx, settings, func(s *store.Store) error {
		options.Subjects = &centre.Subjects{Measure: c.Who}
		report, err := centre.Compute(config.StoredPatients(ctx, s), options)
		if err != nil {
			return err
		}
		list, err := centre.SubjectList(report, options.Subjects, referStored)
		if err != nil {
			return err
		}
		if len(list.Groups) == 0 {
			return usageError{fmt.Errorf("--subjects: there is no measure %q (nm-volume-n20, nm-indication, ...)", c.Who)}
		}
		document, err := encode.Pretty(list)
		if err != nil {
			return err
		}
		var events []audit.Event
		for _, patient := range options.Subjects.All() {
			events = append(events, audit.Event{Kind: audit.Read, Patient: patient, Agent: operator()})
		}
		err = s.Update(ctx, func(ctx context.Context, tx *store.Tx) error { return settings.AuditLog().Append(ctx, tx, events...) })
		if err != nil {
			return err
		}
		_, err = m.Stdout.Write(document)
		return err
	})
}
