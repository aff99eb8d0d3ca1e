package delivery

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/delivery/answer"
	"github.com/pijnpoort/pijnpoort/registry/delivery/target"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// result is what came of sending.
type result struct {
	answer.Answer
	bundle string        // id of the last Bundle sent; empty when none was
	taken  []store.Entry // what the target has taken, and what it certainly did not, as before
	gone   []string      // keys of what it does not have
}

// send sends what is left, in as many parts as the target asks for, until all is sent or
// an answer says to stop.
func (s *Service) send(ctx context.Context, a *attempt) result {
	out := result{Answer: answer.Answer{Class: answer.Delivered, Wait: -1}}
	for len(a.left) > 0 {
		document, err := a.all.Only(func(e *normalise.Entry) bool { return a.left[a.key(e)] }).Next()
		if err != nil {
			out.Answer = answer.Answer{Class: answer.Permanent, Wait: -1, Reason: "it cannot be made small enough: " + err.Error()}
			return out
		}
		if out.bundle != "" && !s.goOn(ctx, a, &out) {
			return out
		}
		got := a.recipient.Target.Send(ctx, a.message(document))
		s.metrics.attempt(a.Target, got)
		observe(ctx, got)
		out.bundle = document.ID
		if got.Class == answer.Split {
			if !document.Least && a.shrink(ctx, len(document.Body)) == nil {
				continue
			}
			got = answer.Answer{Class: answer.Permanent, Wait: -1, Reason: got.Reason + ", and it cannot be split"}
		}
		s.metrics.out.WithLabelValues(a.Target).Add(float64(a.note(document, got, &out)))
		if got.Class != answer.Delivered {
			out.Answer = got
		}
		if got.Class != answer.Delivered && (got.Class != answer.Permanent || len(got.Entries) == 0) {
			return out
		}
	}
	return out
}

// goOn is what comes between two parts: what was taken is noted, and there must be time
// and leave for another. false: not now, as the answer says.
func (s *Service) goOn(ctx context.Context, a *attempt, out *result) bool {
	err := s.options.Store.Join(ctx, 0, func(ctx context.Context, tx *store.Tx) error { return out.record(ctx, tx, a) })
	if err != nil {
		out.Answer = answer.Answer{Class: answer.Unknown, Wait: -1, Reason: "what the registry took could not be noted", Unsure: true}
		return false
	}
	out.taken, out.gone = nil, nil
	wait, why, err := a.recipient.Target.Admit(ctx)
	switch {
	case err != nil:
		wait, why = 0, "broken off between two parts"
	case wait > 0:
	case time.Until(a.deadline) < a.recipient.Target.Timeout():
		why = "there are more parts"
	default:
		return true
	}
	out.Answer = answer.Answer{Class: answer.Retry, Wait: wait, Reason: why}
	return false
}

// shrink halves the room, as the target refused a document of this size.
func (a *attempt) shrink(ctx context.Context, refused int) error {
	a.recipient.tried.Store(a.ID, refused/2)
	return a.normalise(ctx, refused/2)
}

// message is a document as it goes out.
func (a *attempt) message(d normalise.Document) target.Message {
	question := answer.Question{Bundle: string(a.recipient.Normaliser.Target.Shape)}
	for _, e := range d.Entries {
		question.Entries = append(question.Entries, answer.Asked{Type: e.Type, Delete: e.Retracted})
	}
	for range d.Requests - len(d.Entries) {
		question.Entries = append(question.Entries, answer.Asked{Type: "Provenance"})
	}
	return target.Message{Body: d.Body, ContentType: d.ContentType, Question: question, Key: a.ID + "-" + d.ID}
}

// note takes from the answer what became of each entry of a document, and counts what was
// taken. Of what may have been done the ledger says so already.
func (a *attempt) note(d normalise.Document, got answer.Answer, out *result) (taken int) {
	if got.Class == answer.Delivered && a.room > 0 { // so much it takes: begin there next time
		a.recipient.room.Store(int64(a.room))
	}
	for i, e := range d.Entries {
		became := answer.Entry{Class: got.Class, Unsure: got.Unsure}
		if i < len(got.Entries) {
			became = got.Entries[i]
		}
		key := a.key(e)
		delete(a.left, key)
		before, known := a.before[key]
		if became.Class == answer.Delivered {
			taken++
		}
		switch {
		case became.Class == answer.Delivered && !e.Retracted:
			entry := a.entry(e)
			entry.Hash, entry.Location, entry.Version = e.Hash, became.Location, became.Version
			out.taken, out.gone = append(out.taken, entry), append(out.gone, a.former(e)...)
		case became.Class == answer.Delivered:
			out.gone = append(append(out.gone, key), a.former(e)...)
		case !became.Unsure && !known:
			out.gone = append(out.gone, key)
		case !became.Unsure:
			before.Fence = a.Fence
			out.taken = append(out.taken, before)
		}
	}
	if last := len(d.Entries); d.Provenance != "" && !a.withdraws() && (last >= len(got.Entries) && got.Class == answer.Delivered || last < len(got.Entries) && got.Entries[last].Class == answer.Delivered) {
		out.taken = append(out.taken, store.Entry{Target: a.Target, Patient: a.Patient, Key: d.Provenance, Fence: a.Fence})
	}
	return taken
}

// record notes in the ledger what the target has and has not.
func (r *result) record(ctx context.Context, tx *store.Tx, a *attempt) error {
	return errors.Join(tx.Record(ctx, r.taken), tx.Forget(ctx, a.Target, r.gone, a.Fence))
}

// forget lets go of what is shared, of a patient of whom the target has nothing else left:
// then nothing keeps him from being erased.
func (r *result) forget(a *attempt) {
	for key := range a.before {
		if a.isShared(key) {
			r.gone = append(r.gone, key)
		}
	}
	r.taken = slices.DeleteFunc(r.taken, func(t store.Entry) bool {
		if a.isShared(t.Key) {
			r.gone = append(r.gone, t.Key)
		}
		return a.isShared(t.Key)
	})
}
