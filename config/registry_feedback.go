package config

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// FeedbackInStore keeps the feedback on cards in the database, so that several nodes share
// it. Feedback is kept once Add returns; that a card was sent is written soon after.
type FeedbackInStore struct {
	store *store.Store
	log   *slog.Logger

	mu      sync.Mutex
	waiting []store.Card // sent, still to be written

	stop    context.CancelFunc
	stopped sync.WaitGroup
}

var _ cdshooks.FeedbackStore = (*FeedbackInStore)(nil)

const (
	// flushEvery is how long a card that was sent may wait to be written.
	flushEvery = 200 * time.Millisecond
	// mostWaiting cards wait; when the database is away for longer, the oldest are lost.
	mostWaiting = 10_000
	// feedbackTime is how long the database may take over one answer.
	feedbackTime = 5 * time.Second
)

// NewFeedbackInStore keeps feedback in a database until Close.
func NewFeedbackInStore(s *store.Store, log *slog.Logger) *FeedbackInStore {
	ctx, cancel := context.WithCancel(context.Background())
	f := &FeedbackInStore{store: s, log: log, stop: cancel}
	f.stopped.Go(func() {
		every := time.NewTicker(flushEvery)
		defer every.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-every.C:
				if err := f.flush(nil); err != nil {
					f.log.Warn("feedback: cards that were sent are not written yet", "error", err)
				}
			}
		}
	})
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
	f.waiting = append(f.waiting, store.Card{ID: card.Card, At: card.At, Saying: saying(card), Body: body})
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
	return f.flush(list)
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
		for _, card := range cards {
			if err := tx.AddCard(ctx, card); err != nil {
				return err
			}
		}
		return tx.AddFeedback(ctx, feedback)
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
// between two times. When the database cannot tell it was not: the card is shown.
func (f *FeedbackInStore) Overridden(card cdshooks.Issued, from, to time.Time) bool {
	ctx, cancel := context.WithTimeout(context.Background(), feedbackTime)
	defer cancel()
	found, err := f.store.Overridden(ctx, saying(card), from, to)
	if err != nil {
		f.log.Warn("feedback: whether a card was overridden cannot be read", "error", err)
	}
	return found
}

// Close writes what waits. The database stays open.
func (f *FeedbackInStore) Close() error {
	f.stop()
	f.stopped.Wait()
	return f.flush(nil)
}

// saying is what a card says of whom, whatever its words and moment; empty when it does not
// tell of whom.
func saying(card cdshooks.Issued) string {
	if card.Patient == "" {
		return ""
	}
	about := card.About
	about.Criteria, about.Against = slices.Sorted(slices.Values(about.Criteria)), slices.Sorted(slices.Values(about.Against))
	text, err := json.Marshal([]any{card.Patient, card.Service, card.Topic, card.Indicator, about})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
