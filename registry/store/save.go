package store

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// Sending is what arrived in one go, as far as it is remembered.
type Sending struct {
	Tenant string
	// Clinic ("system|value") that sent it.
	Clinic string
	// Identifier is the sender's own, such as Bundle.identifier as "system|value"; kept
	// as a keyed hash. Empty when there is none.
	Identifier string
	// Content is a hash of all that was sent.
	Content [32]byte
	// Received = accepted + Ignored + Rejected, in resources.
	Received, Ignored, Rejected int
	// Answer is what the sender was told; it holds no data of a patient.
	Answer []byte
	// Trace is a W3C traceparent; hooks find it in Tx.Trace.
	Trace string
}

// SubmissionError is that what a sending says of one patient cannot be kept, and so nothing
// of the sending.
type SubmissionError struct {
	Patient int // which of the submissions, from 0
	Err     error
}

// Error names the submission by its number.
func (e *SubmissionError) Error() string {
	return fmt.Sprintf("%v (patient %d of the sending)", e.Err, e.Patient+1)
}

// Unwrap gives the reason.
func (e *SubmissionError) Unwrap() error { return e.Err }

// Submission is what a sending says of one patient.
type Submission struct {
	// Identifiers are best first: the first that can be one is what the patient is known
	// by at registries from then on (registration.Patient.Identity).
	Identifiers []registration.Identifier
	// Replaces and ReplacedBy are identifiers of what the sender says to be other records of
	// the same person, which this one takes the place of, or which take its place. Without
	// them two patients who are kept are never made one.
	Replaces, ReplacedBy []registration.Identifier
	// Items are those of registration.Items. The one that is the person has a key when the
	// person himself was sent; else it says nothing.
	Items []Item
	// Revise, when set, gives the items instead, once it is known what is kept of the
	// patient. It may be called again, and must not change what it is given.
	Revise func(known *registration.Registration) *registration.Registration
}

// Submit is a registration as it is saved.
func Submit(r *registration.Registration) Submission {
	return Submission{Identifiers: r.Patient.Identifiers, Items: slices.Collect(registration.Items(r))}
}

// Change is what a sending did to a patient: each item counts once.
type Change struct {
	Patient                                   string
	New, Updated, Retracted, Unchanged, Older int
	// MergedInto is the patient that this one turned out to be.
	MergedInto string
	// OptedOut: he objects to delivery.
	OptedOut bool
}

// Any reports whether anything changed.
func (c Change) Any() bool { return c.New+c.Updated+c.Retracted > 0 }

// Hook does in the same transaction what follows from changes, such as queuing deliveries.
type Hook func(ctx context.Context, tx *Tx, changes []Change) error

// Receipt says what became of a sending.
type Receipt struct {
	ID string
	// Version counts the contents that came under the same identifier, from 1.
	Version  int
	Received time.Time
	// Repeated: it had come before, and changed nothing now.
	Repeated bool
	Answer   []byte
	Changes  []Change
	// Accepted, Ignored and Rejected add up to Total.
	Total, Accepted, Ignored, Rejected int
}

// Save keeps what a sending says of patients, all of it or nothing, and runs the hooks in
// the same transaction.
//
// The same content under the same identifier is the same sending: it changes nothing, and
// the first receipt is given again. Without an identifier the content is read anew, since
// it may put back what another sending has changed since; if it changes nothing it is a
// repetition too.
func (s *Store) Save(ctx context.Context, sending Sending, submissions []Submission, hooks ...Hook) (*Receipt, error) {
	var receipt *Receipt
	err := s.Update(ctx, func(ctx context.Context, tx *Tx) error {
		var err error
		receipt, err = tx.save(ctx, sending, submissions, hooks)
		return err
	})
	return receipt, err
}

func (tx *Tx) save(ctx context.Context, sending Sending, submissions []Submission, hooks []Hook) (*Receipt, error) {
	name := sending.Identifier
	if name == "" {
		name = "content:" + hex.EncodeToString(sending.Content[:])
	}
	identifier := hex.EncodeToString(tx.keys.mac("sending", sending.Tenant, name))
	if err := tx.lockAll(ctx, identifier, sending.Tenant, submissions); err != nil {
		return nil, err
	}
	before, err := tx.sending(ctx, sending.Tenant, identifier, hex.EncodeToString(sending.Content[:]))
	if err != nil {
		return nil, err
	}
	if before != nil && sending.Identifier != "" {
		before.Repeated = true
		return before, nil
	}
	changes, err := tx.saveAll(ctx, sending, submissions)
	if err != nil {
		return nil, err
	}
	if before != nil && !slices.ContainsFunc(changes, Change.Any) {
		before.Repeated, before.Changes = true, changes
		return before, nil
	}
	receipt, err := tx.addSending(ctx, sending, identifier)
	if err != nil {
		return nil, err
	}
	receipt.Changes, tx.Sending, tx.Trace = changes, receipt.ID, sending.Trace
	for _, hook := range hooks {
		if err := hook(ctx, tx, changes); err != nil {
			return nil, err
		}
	}
	return receipt, nil
}

// lockAll takes at once all that the sending may have to wait for.
func (tx *Tx) lockAll(ctx context.Context, identifier, tenant string, submissions []Submission) error {
	names := []string{identifier}
	for _, s := range submissions {
		names = append(names, tx.keys.tokens(tenant, known(slices.Concat(s.Identifiers, s.Replaces, s.ReplacedBy)))...)
	}
	return tx.lock(ctx, names)
}

// saveAll keeps all submissions. The changes are in the order of the patients' ids.
func (tx *Tx) saveAll(ctx context.Context, sending Sending, submissions []Submission) ([]Change, error) {
	byPatient := map[string]Change{}
	count := func(c Change) {
		sum := byPatient[c.Patient]
		sum.Patient, sum.MergedInto, sum.OptedOut = c.Patient, c.MergedInto, c.OptedOut
		sum.New, sum.Updated, sum.Retracted = sum.New+c.New, sum.Updated+c.Updated, sum.Retracted+c.Retracted
		sum.Unchanged, sum.Older = sum.Unchanged+c.Unchanged, sum.Older+c.Older
		byPatient[c.Patient] = sum
	}
	for n, submission := range submissions {
		items, key, err := submission.checked()
		if err != nil {
			return nil, &SubmissionError{n, err}
		}
		id, absorbed, err := tx.identify(ctx, sending.Tenant, who{
			identifiers: submission.Identifiers, replaces: submission.Replaces, replacedBy: submission.ReplacedBy, clinic: sending.Clinic, key: key})
		if err != nil {
			return nil, &SubmissionError{n, err}
		}
		for _, other := range absorbed {
			list, err := tx.merge(ctx, id, other)
			if err != nil {
				return nil, err
			}
			for _, c := range list {
				count(c)
			}
		}
		if items, err = tx.revised(ctx, id, submission, items); err != nil {
			return nil, err
		}
		change, err := tx.saveItems(ctx, id, sending.Clinic, items)
		if err != nil {
			return nil, err
		}
		count(change)
	}
	changes := make([]Change, 0, len(byPatient))
	for _, c := range byPatient {
		changes = append(changes, c)
	}
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.Patient, b.Patient) })
	return changes, nil
}

// revised are the items of a submission once it is known what is kept of the patient.
func (tx *Tx) revised(ctx context.Context, patient string, s Submission, items []Item) ([]Item, error) {
	if s.Revise == nil {
		return items, nil
	}
	known, err := tx.Patient(ctx, patient)
	if err != nil {
		return nil, err
	}
	items, _, err = Submit(s.Revise(known.Registration)).checked()
	return items, err
}

// checked are the items as they are kept, and the key that the person was sent with.
func (s Submission) checked() (items []Item, key string, err error) {
	for _, i := range s.Items {
		if i.Kind != person {
			if err := check(i); err != nil {
				return nil, "", err
			}
			items = append(items, i)
			continue
		}
		if i.Key == "" {
			continue
		}
		var p registration.Patient
		if json.Unmarshal(i.JSON, &p) != nil {
			return nil, "", errItem
		}
		p.Origin = i.Origin
		key, items = i.Key, append(items, withoutIdentifiers(p))
	}
	return items, key, nil
}
