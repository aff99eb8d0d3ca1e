package feedbacklog

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

// saying is what a card says of whom: two cards with one saying are the same to a user.
type saying [16]byte

// sayingOf is the saying of a card; ok is false when it does not tell of whom. The words
// do not count, nor the moment; the urgency does, and every criterion in the way.
func sayingOf(card *cdshooks.Issued) (s saying, ok bool) {
	if card.Patient == "" {
		return s, false
	}
	about := card.About
	about.Criteria, about.Against = slices.Sorted(slices.Values(about.Criteria)), slices.Sorted(slices.Values(about.Against))
	text, err := json.Marshal([]any{card.Patient, card.Service, card.Topic, card.Indicator, about})
	if err != nil {
		return s, false
	}
	sum := sha256.Sum256(text)
	return saying(sum[:16]), true
}

// overrides knows which sayings were overridden, and when last. It is small: cards are
// remembered for as long as feedback on them may be on its way.
type overrides struct {
	cards map[uuid.UUID]sent
	when  map[saying]time.Time
	prune time.Time // the next time to forget
}

// sent is a card that was sent.
type sent struct {
	saying saying
	at     int64 // seconds
}

const (
	// awaited is how long after a card its feedback may come. What comes later is kept,
	// but quiets nothing.
	awaited = 30 * 24 * time.Hour
	// longest is for how long an override may still matter.
	longest = 366 * 24 * time.Hour
	// pruneEvery is how often what no longer matters is forgotten.
	pruneEvery = 24 * time.Hour
)

func newOverrides() *overrides {
	return &overrides{cards: map[uuid.UUID]sent{}, when: map[saying]time.Time{}}
}

// issue notes a card.
func (o *overrides) issue(card *cdshooks.Issued) {
	s, ok := sayingOf(card)
	if !ok {
		return
	}
	id, err := uuid.Parse(card.Card)
	if err != nil {
		return
	}
	if card.At.After(o.prune) {
		o.forget(card.At)
	}
	o.cards[id] = sent{s, card.At.Unix()}
}

// add takes up feedback.
func (o *overrides) add(f *cdshooks.Feedback) {
	if f.Outcome != "overridden" {
		return
	}
	id, err := uuid.Parse(f.Card)
	if err != nil {
		return
	}
	if card, ok := o.cards[id]; ok && f.Timestamp.After(o.when[card.saying]) {
		o.when[card.saying] = f.Timestamp
	}
}

// last is when a card that says the same was last overridden.
func (o *overrides) last(card *cdshooks.Issued) (time.Time, bool) {
	s, ok := sayingOf(card)
	if !ok {
		return time.Time{}, false
	}
	at, ok := o.when[s]
	return at, ok
}

// forget drops what no longer matters.
func (o *overrides) forget(now time.Time) {
	for id, card := range o.cards {
		if now.Unix()-card.at > int64(awaited/time.Second) {
			delete(o.cards, id)
		}
	}
	for s, at := range o.when {
		if now.Sub(at) > longest {
			delete(o.when, s)
		}
	}
	o.prune = now.Add(pruneEvery)
}
