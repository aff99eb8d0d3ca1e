package config

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// FeedbackInStore keeps the feedback on cards in the database, so that several nodes share
// it. Feedback is kept once Add returns; that a card was sent is written soon after.
type FeedbackInStore struct {
	store *store.Store
	quiet time.Duration // for how long overrides matter; 0 is not at all
	log   *slog.Logger

	mu      sync.Mutex
	waiting []store.Card // sent, still to be written

	reading    sync.Mutex // overrides are read one after another, so that the latest stand
	overridden atomic.Pointer[map[string][]time.Time]

	background *repeater
}

var _ cdshooks.FeedbackStore = (*FeedbackInStore)(nil)

const (
	// flushEvery is how long a card that was sent may wait to be written.
	flushEvery = 200 * time.Millisecond
	// mostWaiting cards wait; when the database is away for longer, the oldest are lost.
	mostWaiting = 10_000
	// rereadEvery is how often the overrides are read that other nodes were told of.
	rereadEvery = 10 * time.Second
	// feedbackTime is how long the database may take over one answer.
	feedbackTime = 5 * time.Second
)

// NewFeedbackInStore keeps feedback in a database until Close. What was overridden in the
// last days is kept at hand; 0 is nothing.
func NewFeedbackInStore(s *store.Store, days int, log *slog.Logger) *FeedbackInStore {
	f := &FeedbackInStore{store: s, log: log, background: newRepeater()}
	f.overridden.Store(&map[string][]time.Time{})
	f.background.every(flushEvery, func() {
		if err := f.flush(nil); err != nil {
			f.log.Warn("feedback: cards that were sent are not written yet", "error", err)
		}
	})
	if days > 0 {
		f.quiet = time.Duration(days+1) * 24 * time.Hour // days begin at different times in different places
		f.reread()
		f.background.every(rereadEvery, f.reread)
	}
	return f
}

// Issue notes a card that is sent.
func (f *FeedbackInStore) Issue(card cdshooks.Issued) error {
	body, err := json.Marshal(card)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.waiting) >= mostWaiting {
		f.waiting = f.waiting[1:]
	}
	f.waiting = append(f.waiting, store.Card{ID: card.Card, At: card.At, Saying: card.Saying(), Body: body})
	return nil
}

// Add keeps feedback, and before it the cards that wait.
func (f *FeedbackInStore) Add(feedback []cdshooks.Feedback) error {
	list := make([]store.Feedback, len(feedback))
	for i, one := range feedback {
		body, err := json.Marshal(one)
		if err != nil {
			return err
		}
		list[i] = store.Feedback{Card: one.Card, Outcome: one.Outcome, At: one.Timestamp, Body: body}
	}
	if err := f.flush(list); err != nil {
		return err
	}
	if f.quiet > 0 {
		f.reread()
	}
	return nil
}

// flush writes the cards that wait, and feedback.
func (f *FeedbackInStore) flush(feedback []store.Feedback) error {
	f.mu.Lock()
	cards := f.waiting
	f.waiting = nil
	f.mu.Unlock()
	if len(cards) == 0 && len(feedback) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), feedbackTime)
	defer cancel()
	err := f.store.Update(ctx, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.AddCards(ctx, cards), tx.AddFeedback(ctx, feedback))
	})
	if err != nil {
		f.mu.Lock()
		f.waiting = append(cards, f.waiting...)
		f.waiting = f.waiting[max(0, len(f.waiting)-mostWaiting):]
		f.mu.Unlock()
		return fmt.Errorf("feedback: %w", err)
	}
	return nil
}

// Pseudonym stands for a patient of a client.
func (f *FeedbackInStore) Pseudonym(caller, patient string) string {
	return f.store.Pseudonym("card", caller, patient)
}

// Overridden reports whether a card that says the same of the same patient was overridden
// between two times. It reads no database: at another node an override counts some seconds
// later, and when the database cannot tell the card is shown.
func (f *FeedbackInStore) Overridden(card cdshooks.Issued, from, to time.Time) bool {
	return slices.ContainsFunc((*f.overridden.Load())[card.Saying()], func(at time.Time) bool {
		return !at.Before(from) && !at.After(to)
	})
}

// reread reads what was overridden lately.
func (f *FeedbackInStore) reread() {
	f.reading.Lock()
	defer f.reading.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), feedbackTime)
	defer cancel()
	found := map[string][]time.Time{}
	for override, err := range f.store.Overrides(ctx, time.Now().Add(-f.quiet)) {
		if err != nil {
			f.log.Warn("feedback: which cards were overridden cannot be read", "error", err)
			return
		}
		found[override.Saying] = append(found[override.Saying], override.At)
	}
	f.overridden.Store(&found)
}

// Close writes what waits. The database stays open.
func (f *FeedbackInStore) Close() error {
	f.background.stop()
	return f.flush(nil)
}
