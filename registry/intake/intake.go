package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/fhir/rest"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Registrar makes of a chart what is registered.
type Registrar func(chart *fhir.Chart) normalise.Registered

// Intake takes what is sent, and keeps it.
type Intake struct {
	Store    *store.Store
	Audit    *audit.Log
	Register Registrar
	// Limits on what is sent; Bytes and Depth must be set.
	Limits decode.Limits
	// Tenant and Clinic ("system|value") are whose data it is.
	Tenant, Clinic string
	// Preference says by which of his identifiers a patient is known at registries.
	Preference pseudonym.Preference
	// Hooks run in the transaction, such as what queues deliveries.
	Hooks []store.Hook
}

// Result says what became of a sending.
type Result struct {
	// Receipt is nil when nothing was accepted.
	Receipt *store.Receipt
	// Outcome is an OperationOutcome: the counts, and an issue for every entry that was
	// not accepted. It names entries by their place, and holds nothing of their content.
	Outcome []byte
	// Received = Accepted + Ignored + Rejected, in resources.
	Received, Accepted, Ignored, Rejected int
}

// Status is the status of HTTP that tells it: 201 when something was accepted, 200 when the
// same was accepted before, 422 when nothing was.
func (r *Result) Status() int {
	switch {
	case r.Receipt == nil:
		return http.StatusUnprocessableEntity
	case r.Receipt.Repeated:
		return http.StatusOK
	}
	return http.StatusCreated
}

// Take takes a document: a Bundle or Parameters with resources, or one resource. from is who
// sent it. The error is a *rest.Refusal when the document as a whole cannot be read.
func (i *Intake) Take(ctx context.Context, body []byte, from audit.Party, trace string) (*Result, error) {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
		return nil, rest.Refuse(http.StatusUnsupportedMediaType, "not-supported", "", "the body is XML; what is sent here must be JSON")
	}
	readable := byIdentifier(body)
	groups, err := i.split(readable)
	if err != nil {
		return nil, rest.Unreadable(err)
	}
	raw := locate(readable)
	l := newLedger()
	l.requests(body)
	var parts []part
	everybody := peopleOf(groups)
	for _, g := range groups {
		if p, ok := i.part(g, raw, l); ok {
			p.links = everybody.links(p.patient, raw, l)
			parts = append(parts, p)
		}
	}
	sending := store.Sending{Tenant: i.Tenant, Clinic: i.Clinic, Identifier: identifierOf(body), Content: contentOf(body), Trace: trace}
	return i.keep(ctx, sending, parts, l, from)
}

// TakeChart takes a chart that was read already, such as that of a decision hook. Nothing
// of it is checked as R4.
func (i *Intake) TakeChart(ctx context.Context, chart *fhir.Chart, from audit.Party, trace string) (*Result, error) {
	l := newLedger()
	var parts []part
	if p, ok := i.part(group{chart: chart}, nil, l); ok {
		parts = append(parts, p)
	}
	sending := store.Sending{Tenant: i.Tenant, Clinic: i.Clinic, Content: contentOfParts(parts), Trace: trace}
	return i.keep(ctx, sending, parts, l, from)
}

// keep keeps the parts in one transaction. A patient whose identifiers contradict what is
// known is left out, and told.
func (i *Intake) keep(ctx context.Context, sending store.Sending, parts []part, l *ledger, from audit.Party) (*Result, error) {
	for {
		outcome, err := l.outcome()
		if err != nil {
			return nil, err
		}
		result := &Result{Outcome: outcome, Received: l.received(), Accepted: l.counts[accepted], Ignored: l.counts[ignored], Rejected: l.counts[rejected]}
		if result.Accepted == 0 {
			return result, nil
		}
		sending.Received, sending.Ignored, sending.Rejected, sending.Answer = result.Received, result.Ignored, result.Rejected, outcome
		submissions := make([]store.Submission, len(parts))
		for n, p := range parts {
			submissions[n] = i.submission(p)
		}
		result.Receipt, err = i.Store.Save(ctx, sending, submissions, append(append([]store.Hook{}, i.Hooks...), i.audit(from))...)
		var fault *store.SubmissionError
		if errors.As(err, &fault) && refusals[fault.Err] != "" {
			l.withdraw(parts[fault.Patient].accepted, refusals[fault.Err])
			parts = append(parts[:fault.Patient:fault.Patient], parts[fault.Patient+1:]...)
			continue
		}
		if err != nil {
			return nil, err
		}
		if r := result.Receipt; r.Repeated {
			result.Outcome, result.Received, result.Accepted, result.Ignored, result.Rejected = r.Answer, r.Total, r.Accepted, r.Ignored, r.Rejected
		}
		return result, nil
	}
}

// refusals are why what is said of one patient is not kept, by the fault.
var refusals = map[error]string{
	store.ErrIdentity:  "the identifiers of the Patient belong to different patients",
	store.ErrAnonymous: "the Patient has no identifier with system and value",
	store.ErrTwo: "the identifiers of the Patient belong to two patients who are known here; two are made one only when " +
		"Patient.link says so (replaces, replaced-by)",
}

// audit is the hook that logs what was received, of every patient.
func (i *Intake) audit(from audit.Party) store.Hook {
	return func(ctx context.Context, tx *store.Tx, changes []store.Change) error {
		sending := audit.Object{Kind: "Bundle", System: audit.SendingSystem, Value: tx.Sending}
		events := make([]audit.Event, len(changes))
		for n, c := range changes {
			events[n] = audit.Event{Kind: audit.Received, Patient: c.Patient, Agent: from, Objects: []audit.Object{sending}, Trace: tx.Trace}
			if c.MergedInto != "" {
				events[n].Kind = audit.Merged
				events[n].Objects = append(events[n].Objects, audit.Object{Kind: "Patient", System: audit.PatientSystem, Value: c.MergedInto})
			}
		}
		return i.Audit.Append(ctx, tx, events...)
	}
}

// contentOf tells documents apart by what they say: spaces and the order of members do not count.
func contentOf(body []byte) [32]byte {
	canonical := jsontext.Value(append([]byte{}, body...))
	if err := canonical.Canonicalize(); err != nil {
		canonical = body
	}
	return sha256.Sum256(canonical)
}

// contentOfParts is contentOf for what was registered.
func contentOfParts(parts []part) [32]byte {
	sum := sha256.New()
	for _, p := range parts {
		for item := range registration.Items(p.registered.Registration) {
			_, _ = sum.Write(append(item.JSON, '\n'))
		}
		for _, identifier := range p.registered.Registration.Patient.Identifiers {
			_, _ = sum.Write([]byte(identifier.System + "|" + identifier.Value + "\n"))
		}
	}
	return [32]byte(sum.Sum(nil))
}
