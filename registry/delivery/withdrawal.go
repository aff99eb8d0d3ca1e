package delivery

import (
	"context"
	"strings"

	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// A target must not keep what a delivery would not send: an item that is derived no longer,
// a profile that the settings now leave out, a patient under a pseudonym that is no longer
// his. So what the ledger knows and the delivery does not hold is withdrawn with what was
// remembered of it (normalise.Entry.Remnant), leaves the ledger, and may come back later.

// normalised makes what the target is to have, with the withdrawal of what it has beyond that.
func (a *attempt) normalised(ctx context.Context, n *normalise.Normaliser) (err error) {
	a.all, err = a.subject(ctx, n)
	if err != nil && a.objects { // then nothing of the patient has to be understood
		a.all, err = n.Nothing(), nil
	}
	if err != nil {
		return err
	}
	beyond := make(map[string]string)
	for key, before := range a.before {
		beyond[key] = before.Remnant
	}
	for _, e := range a.all.Entries {
		for _, key := range a.keys(e) {
			delete(beyond, key)
		}
	}
	stands := !a.withdraws()
	for key := range beyond {
		if a.isShared(key) || stands && normalise.IsProvenance(key) {
			delete(beyond, key)
		}
	}
	a.vanished, err = a.all.Withdraw(beyond)
	return err
}

// keys are those that the ledger may have for an entry: that of its newest pseudonym, by
// which it is noted, and those of older ones.
func (a *attempt) keys(e *normalise.Entry) []string {
	if shared(e) {
		return []string{a.key(e)}
	}
	return e.Keys()
}

// sent is what the ledger has of an entry, under whatever pseudonym.
func (a *attempt) sent(e *normalise.Entry) (before store.Entry, ok bool) {
	for _, key := range a.keys(e) {
		if before, ok = a.before[key]; ok {
			return before, true
		}
	}
	return store.Entry{}, false
}

// former are the keys under which the ledger has an entry beside the one by which it is noted.
func (a *attempt) former(e *normalise.Entry) (keys []string) {
	for _, key := range a.keys(e)[1:] {
		if _, ok := a.before[key]; ok {
			keys = append(keys, key)
		}
	}
	return keys
}

// isShared reports whether a key of the ledger is of a resource of more patients than one.
func (a *attempt) isShared(key string) bool { return strings.HasSuffix(key, "|"+a.Patient) }

// leftOut counts what is withdrawn because the settings of the target have it no longer.
func (a *attempt) leftOut() (n int) {
	for _, e := range a.vanished {
		if !a.recipient.Normaliser.Target.Takes(e.Profile) {
			n++
		}
	}
	return n
}
