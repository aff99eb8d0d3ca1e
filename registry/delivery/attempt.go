package delivery

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// attempt is one try at a delivery.
type attempt struct {
	store.Delivery
	recipient *Recipient
	job       *river.Job[deliverArgs]
	deadline  time.Time
	// registration is what is told, all of it withdrawn when the patient objects.
	registration *registration.Registration
	before       map[string]store.Entry // what the ledger said, by key
	left         map[string]bool        // keys of what is still to be sent
	all          *normalise.Delivery    // what is registered, in parts of at most room bytes
	room         int                    // 0 is not bounded by us
	told         int                    // resources that there are to tell
	// settled: nothing had to be sent, and that has been noted.
	settled bool
}

// take claims a delivery, finds what is to be sent, and notes that the target may have it,
// in one transaction. When there is nothing to send it settles the delivery at once.
func (s *Service) take(ctx context.Context, j *river.Job[deliverArgs]) (*attempt, error) {
	var a *attempt
	err := s.options.Store.Update(ctx, func(ctx context.Context, tx *store.Tx) error {
		a = &attempt{job: j, deadline: time.Now().Add(s.options.Lease.Work)}
		var err error
		if a.Delivery, err = tx.Claim(ctx, j.Args.Delivery); err != nil {
			return err
		}
		a.recipient = s.recipients[a.Target]
		patient, err := tx.Patient(ctx, a.Patient)
		if err != nil {
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
		a.registration = patient.Registration
		objects := !patient.OptedOut.IsZero() && !tx.Now().Before(patient.OptedOut)
		if objects {
			withdraw(a.registration)
		}
		if err := a.normalise(ctx, a.recipient.roomFor(a.ID)); err != nil {
			return s.end(ctx, tx, a, store.StateDead, "it cannot be made into a Bundle: "+err.Error())
		}
		if !a.compare() {
			return s.end(ctx, tx, a, store.StateSuppressed, map[bool]string{true: "the patient objects", false: "the registry has it already"}[objects])
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
	if room > 0 && (n.Target.MaxBytes == 0 || n.Target.MaxBytes > room) {
		n.Target.MaxBytes = room
	}
	a.room = room
	a.all, err = n.Normalise(ctx, a.registration)
	return err
}

// compare finds what the target does not have. What is withdrawn but was never sent stays
// behind. false: there is no news.
func (a *attempt) compare() (news bool) {
	a.left = map[string]bool{}
	for _, e := range a.all.Entries {
		before, sent := a.before[a.key(e)]
		if before.Hash != e.Hash && (sent || !e.Retracted) {
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
			intent := a.entry(e)
			intent.Location, intent.Version = a.before[key].Location, a.before[key].Version
			entries = append(entries, intent)
		}
	}
	return entries
}

// entry is a ledger entry of this attempt without a hash.
func (a *attempt) entry(e *normalise.Entry) store.Entry {
	return store.Entry{Target: a.Target, Patient: a.Patient, Key: a.key(e), Fence: a.Fence}
}

// withdraw marks everything of a registration as retracted.
func withdraw(r *registration.Registration) {
	r.Patient.Retracted = true
	all := reflect.ValueOf(r).Elem()
	for i := range all.NumField() {
		list := all.Field(i)
		if list.Kind() != reflect.Slice {
			continue
		}
		for j := range list.Len() {
			list.Index(j).FieldByName("Retracted").SetBool(true)
		}
	}
}
