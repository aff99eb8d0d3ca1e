package delivery

import (
	"context"
	"fmt"
	"strconv"

	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// EnqueueAll queues a delivery of every patient to a target: for a registry that is new, or
// whose settings changed. What the registry has already is not sent again. It is how many were
// queued, beside those that were; by is who asked for it.
func (s *Service) EnqueueAll(ctx context.Context, target, by string) (queued int, err error) {
	recipient := s.recipients[target]
	if recipient == nil {
		return 0, fmt.Errorf("delivery: no target is named %q", target)
	}
	var patients []string
	flush := func() error {
		created := 0
		err := s.options.Store.Update(ctx, func(ctx context.Context, tx *store.Tx) error {
			created = 0
			var jobs []job
			for _, patient := range patients {
				d, isNew, err := s.enqueue(ctx, tx, recipient, patient)
				if err != nil {
					return err
				}
				if isNew {
					jobs = append(jobs, jobOf(d))
				}
			}
			created = len(jobs)
			return s.queue.insert(ctx, tx, jobs...)
		})
		queued, patients = queued+created, patients[:0]
		return err
	}
	for id, err := range s.options.Store.PatientIDs(ctx) {
		if err != nil {
			return queued, err
		}
		if patients = append(patients, id); len(patients) == sweepSize {
			if err := flush(); err != nil {
				return queued, err
			}
		}
	}
	if err := flush(); err != nil {
		return queued, err
	}
	return queued, s.queuedAll(ctx, target, by, queued)
}

// queuedAll appends to the audit that deliveries of all patients were queued.
func (s *Service) queuedAll(ctx context.Context, target, by string, queued int) error {
	if s.options.Audit == nil {
		return nil
	}
	event := s.event(audit.Queued, store.Delivery{Target: target})
	event.Agent = audit.Party{System: audit.UserSystem, Value: by, Human: true}
	event.Objects = []audit.Object{{System: audit.TargetSystem, Value: target, Details: []audit.Detail{{Name: "queued", Value: strconv.Itoa(queued)}}}}
	return s.options.Store.Update(ctx, func(ctx context.Context, tx *store.Tx) error { return s.options.Audit.Append(ctx, tx, event) })
}
