package delivery

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// attempt is one try at a delivery.
type attempt struct {
	store.Delivery
	recipient *Recipient
	job       *river.Job[deliverArgs]
	deadline  time.Time
	// told of the subject, all of it withdrawn when the patient objects.
	subject subject
	before  map[string]store.Entry // what the ledger said, by key
	left    map[string]bool        // keys of what is still to be sent
	all     *normalise.Delivery    // what there is of the subject, in parts of at most room bytes
	room    int                    // 0 is not bounded by us
	told    int                    // resources that there are to tell
	objects bool                   // the patient does
	// vanished are the entries of all that withdraw what is no longer among the others.
	vanished []*normalise.Entry
	remnants map[string]string // of what is sent, by key
	// settled: nothing had to be sent, and that has been noted.
	settled bool
}

// take claims a delivery, finds what is to be sent, and notes that the target may have it,
// in one transaction. When there is nothing to send it settles the delivery at once.
func (s *Service) take(ctx context.Context, j *river.Job[deliverArgs]) (*attempt, error) {
	var a *attempt
	err := s.options.Store.Join(ctx, 0, func(ctx context.Context, tx *store.Tx) error {
		a = &attempt{job: j, deadline: time.Now().Add(s.options.Lease.Work)}
		var err error
		if a.Delivery, err = tx.Claim(ctx, j.Args.Delivery); err != nil {
			return err
		}
		a.recipient = s.recipients[a.Target]
		if a.subject, a.objects, err = load(ctx, tx, a.Patient); err != nil {
			return err
		}
		ledger, err := tx.Ledger(ctx, a.Target, a.Patient)
		if err != nil {
			return err
		}
		a.before = map[string]store.Entry{}
		for _, e := range ledger {
			a.before[e.Key] = e
		}
		if err := a.normalise(ctx, a.recipient.roomFor(a.ID)); err != nil {
			return s.end(ctx, tx, a, store.StateDead, "it cannot be made into a Bundle: "+err.Error())
		}
		if !a.compare() {
			return s.end(ctx, tx, a, store.StateSuppressed, map[bool]string{true: "the patient objects", false: "the registry has it already"}[a.objects])
		}
		if err := a.remember(); err != nil {
			return s.end(ctx, tx, a, store.StateDead, "what would withdraw it cannot be made: "+err.Error())
		}
		return tx.Record(ctx, a.intents())
	})
	return a, err
}

// end settles a delivery for which nothing is sent.
func (s *Service) end(ctx context.Context, tx *store.Tx, a *attempt, state store.State, reason string) error {
	a.settled, a.State = true, state
	return errors.Join(tx.Settle(ctx, a.ID, a.Fence, store.Settlement{State: state, Reason: reason}), s.queue.complete(ctx, tx, a.job))
}

// normalise makes what is registered into what the target gets, in parts of at most room
// bytes, or as the settings bound them.
func (a *attempt) normalise(ctx context.Context, room int) (err error) {
	n := *a.recipient.Normaliser
	n.Target.Room = room
	a.room = room
	return a.normalised(ctx, &n)
}

// compare finds what the target does not have. What is withdrawn but was never sent stays
// behind. false: there is no news.
func (a *attempt) compare() (news bool) {
	a.left = map[string]bool{}
	for _, e := range a.all.Entries {
		before, sent := a.sent(e)
		differs := before.Hash != e.Hash
		if e.Retracted { // of which some types say nothing: whatever is there must go
			differs = sent
		}
		if differs && a.all.Tells(e) {
			a.left[a.key(e)] = true
			news = news || !shared(e)
		}
	}
	a.told = len(a.left)
	return news
}

// withdraws reports whether all that the target is told of the patient is withdrawn.
func (a *attempt) withdraws() bool {
	return !slices.ContainsFunc(a.all.Entries, func(e *normalise.Entry) bool { return !e.Retracted && !shared(e) })
}

// shared reports whether an entry is of more patients than one: then it goes along with
// other news, but is none itself.
func shared(e *normalise.Entry) bool { return e.Type == "Organization" }

// key is that of an entry in the ledger, which is kept by patient.
func (a *attempt) key(e *normalise.Entry) string {
	if shared(e) {
		return e.Key() + "|" + a.Patient
	}
	return e.Key()
}

// intents are ledger entries that say: the target may have this. It keeps what was told
// of its place.
func (a *attempt) intents() (entries []store.Entry) {
	for _, e := range a.all.Entries {
		if key := a.key(e); a.left[key] {
			intent, before := a.entry(e), a.before[key]
			intent.Location, intent.Version = before.Location, before.Version
			entries = append(entries, intent)
		}
	}
	return entries
}

// remember makes the remnants of what is sent. What is withdrawn keeps the one it had.
func (a *attempt) remember() (err error) {
	a.remnants = make(map[string]string, len(a.left))
	for _, e := range a.all.Entries {
		key := a.key(e)
		switch before, sent := a.sent(e); {
		case !a.left[key] || shared(e):
		case e.Retracted && sent:
			a.remnants[key] = before.Remnant
		default:
			if a.remnants[key], err = e.Remnant(); err != nil {
				return err
			}
		}
	}
	return nil
}

// entry is a ledger entry of this attempt without a hash.
func (a *attempt) entry(e *normalise.Entry) store.Entry {
	key := a.key(e)
	return store.Entry{Target: a.Target, Patient: a.Patient, Key: key, Fence: a.Fence, Remnant: a.remnants[key]}
}
