package store

import (
	"context"
	"encoding/base64"
	"fmt"
	"iter"
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

// AddCard keeps that a card was sent. The same id again changes nothing.
func (tx *Tx) AddCard(ctx context.Context, c Card) error {
	_, err := tx.db.ExecContext(ctx, `INSERT INTO card (id, at, saying, body) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`,
		c.ID, at(c.At), c.Saying, string(c.Body))
	if err != nil {
		return fmt.Errorf("store: keep a card: %w", err)
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

// Overridden reports whether a card with a saying was overridden between two times.
func (r *Reader) Overridden(ctx context.Context, saying string, from, to time.Time) (bool, error) {
	var found bool
	err := r.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM card JOIN feedback ON feedback.card = card.id
		WHERE card.saying = $1 AND card.saying <> '' AND feedback.outcome = 'overridden' AND feedback.at >= $2 AND feedback.at <= $3)`,
		saying, at(from), at(to)).Scan(&found)
	if err != nil {
		return false, fmt.Errorf("store: read feedback: %w", err)
	}
	return found, nil
}

// Pseudonym stands for words: the same for the same, and of no meaning without the keys.
func (s *Store) Pseudonym(words ...string) string {
	return base64.RawURLEncoding.EncodeToString(s.keys.mac(append([]string{"pseudonym"}, words...)...))
}
