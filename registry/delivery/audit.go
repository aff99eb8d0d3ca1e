package delivery

import (
	"context"
	"strconv"

	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/delivery/answer"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// disclosed appends to the audit what came of an attempt, when something went out or the
// delivery was given up.
func (s *Service) disclosed(ctx context.Context, tx *store.Tx, a *attempt, out result, next store.Settlement) error {
	if s.options.Audit == nil || out.bundle == "" && next.State != store.StateDead {
		return nil
	}
	event := s.event(audit.Delivered, a.Delivery)
	event.Outcome = map[answer.Class]audit.Outcome{answer.Delivered: audit.Success, answer.Permanent: audit.Serious}[out.Class]
	switch {
	case event.Outcome == "":
		event.Outcome = audit.Minor // refused for now, or not known: it is tried again
	case out.Class == answer.Delivered && a.withdraws():
		event.Kind = audit.Withdrawn
	}
	if next.State == store.StateDead {
		event.Kind, event.Outcome = audit.Failed, audit.Serious
	}
	event.Objects = append(event.Objects, audit.Object{Kind: "Bundle", System: audit.DeliverySystem, Value: out.bundle,
		Details: []audit.Detail{{Name: "attempt", Value: strconv.Itoa(a.Attempts)}, {Name: "resources", Value: strconv.Itoa(a.told)},
			{Name: "vanished", Value: strconv.Itoa(len(a.vanished))}, {Name: "left-out", Value: strconv.Itoa(a.leftOut())}}})
	return s.options.Audit.Append(ctx, tx, event)
}

// administered appends to the audit that somebody had a hand in a delivery.
func (s *Service) administered(ctx context.Context, tx *store.Tx, kind audit.Kind, d store.Delivery, by string) error {
	if s.options.Audit == nil {
		return nil
	}
	event := s.event(kind, d)
	event.Agent = audit.Party{System: audit.UserSystem, Value: by, Human: true}
	return s.options.Audit.Append(ctx, tx, event)
}

// event is an event of a delivery.
func (s *Service) event(kind audit.Kind, d store.Delivery) audit.Event {
	out := audit.Event{Kind: kind, Patient: d.Patient, Trace: d.Trace, Recipient: audit.Party{System: audit.TargetSystem, Value: d.Target}}
	if store.IsReport(d.Patient) { // which is about no patient
		out.Patient, out.Objects = "", []audit.Object{{Kind: "MeasureReport", System: audit.ReportSystem, Value: d.Patient}}
	}
	if r := s.recipients[d.Target]; r != nil {
		out.Recipient.Value, out.Recipient.Address = r.Normaliser.Target.Recipient, r.Target.URL()
	}
	return out
}
