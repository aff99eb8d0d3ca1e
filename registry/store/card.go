package store

import (
	"context"
	"encoding/base64"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// Card is a card of a decision hook that was sent.
type Card struct {
	ID string
	At time.Time
	// Saying stands for what the card says of whom: the same of two cards that are the
	// same to a user. Empty where that is not asked.
	Saying string
	Body   []byte // JSON
}

// Feedback is what became of a card.
type Feedback struct {
	Card, Outcome string
	At            time.Time
	Body          []byte // JSON
}

// cardsAtOnce is how many cards one statement keeps.
const cardsAtOnce = 100

// AddCards keeps that cards were sent. A known id changes nothing.
func (tx *Tx) AddCards(ctx context.Context, cards []Card) error {
	for some := range slices.Chunk(cards, cardsAtOnce) {
		rows, values := make([]string, len(some)), make([]any, 0, 4*len(some))
		for i, c := range some {
			rows[i] = fmt.Sprintf("($%d, $%d, $%d, $%d)", 4*i+1, 4*i+2, 4*i+3, 4*i+4)
			values = append(values, c.ID, at(c.At), c.Saying, string(c.Body))
		}
		_, err := tx.db.ExecContext(ctx, `INSERT INTO card (id, at, saying, body) VALUES `+strings.Join(rows, ", ")+` ON CONFLICT (id) DO NOTHING`, values...)
		if err != nil {
			return fmt.Errorf("store: keep cards: %w", err)
		}
	}
	return nil
}

// AddFeedback keeps feedback. That of which card, outcome and time are known changes nothing.
func (tx *Tx) AddFeedback(ctx context.Context, list []Feedback) error {
	for _, f := range list {
		_, err := tx.db.ExecContext(ctx, `INSERT INTO feedback (card, outcome, at, body) VALUES ($1, $2, $3, $4)
			ON CONFLICT (card, outcome, at) DO NOTHING`, f.Card, f.Outcome, at(f.At), string(f.Body))
		if err != nil {
			return fmt.Errorf("store: keep feedback: %w", err)
		}
	}
	return nil
}

// Cards reads the cards that were sent, the first sent first.
func (r *Reader) Cards(ctx context.Context) iter.Seq2[Card, error] {
	return each(ctx, r.db, `SELECT id, at, saying, body FROM card ORDER BY at, id`, nil, func(c *Card) []any {
		return []any{&c.ID, stamp{&c.At}, &c.Saying, &c.Body}
	})
}

// Feedback reads all feedback, the first given first.
func (r *Reader) Feedback(ctx context.Context) iter.Seq2[Feedback, error] {
	return each(ctx, r.db, `SELECT card, outcome, at, body FROM feedback ORDER BY at, card, outcome`, nil, func(f *Feedback) []any {
		return []any{&f.Card, &f.Outcome, stamp{&f.At}, &f.Body}
	})
}

// Override is that a card was overridden.
type Override struct {
	Saying string // of the card
	At     time.Time
}

// Overrides reads which sayings were overridden since a time, in no order.
func (r *Reader) Overrides(ctx context.Context, since time.Time) iter.Seq2[Override, error] {
	return each(ctx, r.db, `SELECT card.saying, feedback.at FROM feedback JOIN card ON card.id = feedback.card
		WHERE feedback.outcome = 'overridden' AND feedback.at >= $1 AND card.saying <> ''`, []any{at(since)}, func(o *Override) []any {
		return []any{&o.Saying, stamp{&o.At}}
	})
}

// Pseudonym stands for words: the same for the same, and of no meaning without the keys.
func (s *Store) Pseudonym(words ...string) string {
	return base64.RawURLEncoding.EncodeToString(s.keys.mac(append([]string{"pseudonym"}, words...)...))
}
