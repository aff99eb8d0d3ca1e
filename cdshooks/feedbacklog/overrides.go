package feedbacklog

import (
	"time"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

// overrides knows which sayings were overridden, and when last. It is small: cards are
// remembered for as long as feedback on them may be on its way.
type overrides struct {
	cards map[uuid.UUID]sent
	when  map[string]time.Time
	prune time.Time // the next time to forget
}

// sent is a card that was sent.
type sent struct {
	saying string
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
	return &overrides{cards: map[uuid.UUID]sent{}, when: map[string]time.Time{}}
}

// issue notes a card.
func (o *overrides) issue(card *cdshooks.Issued) {
	saying := card.Saying()
	if saying == "" {
		return
	}
	id, err := uuid.Parse(card.Card)
	if err != nil {
		return
	}
	if card.At.After(o.prune) {
		o.forget(card.At)
	}
	o.cards[id] = sent{saying, card.At.Unix()}
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
	at, ok := o.when[card.Saying()]
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
