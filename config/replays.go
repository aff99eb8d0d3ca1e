package config

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks/trust"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Replays remembers which JWTs were used. On PostgreSQL the database decides, so that each is
// good for one call on all nodes together. With the embedded database there is one process:
// its memory decides, which costs nothing, and what it knows is written soon after, so that
// a restart does not forget it.
type Replays struct {
	store  *store.Store
	log    *slog.Logger
	memory *trust.Memory // nil: the database decides

	mu      sync.Mutex
	waiting []store.Token // used, still to be written

	background *repeater
}

var _ trust.Replays = (*Replays)(nil)

const (
	// writeTokensEvery is how long a JWT that was used may wait to be written.
	writeTokensEvery = 200 * time.Millisecond
	// forgetTokensEvery is how often those that have expired are removed, forgetAfter how
	// long after: the clocks of nodes differ.
	forgetTokensEvery = 5 * time.Minute
	forgetAfter       = 5 * time.Minute
	// tokenTime is how long the database may take.
	tokenTime = 5 * time.Second
)

// NewReplays remembers in a database until Close.
func NewReplays(ctx context.Context, s *store.Store, log *slog.Logger) (*Replays, error) {
	r := &Replays{store: s, log: log, background: newRepeater()}
	if s.SQLite() != nil {
		r.memory = trust.NewMemory(0, nil)
		for token, err := range s.Tokens(ctx, time.Now()) {
			if err != nil {
				return nil, fmt.Errorf("JWTs that were used: %w", err)
			}
			if _, err := r.memory.First(ctx, token.Hash, token.Until); err != nil {
				return nil, fmt.Errorf("JWTs that were used: %w", err)
			}
		}
	}
	r.background.every(writeTokensEvery, r.told(r.flush))
	r.background.every(forgetTokensEvery, r.told(r.forget))
	return r, nil
}

// First implements trust.Replays.
func (r *Replays) First(ctx context.Context, id string, until time.Time) (bool, error) {
	token := store.Token{Hash: r.store.TokenHash(id), Until: until}
	if r.memory == nil {
		ctx, cancel := context.WithTimeout(ctx, tokenTime)
		defer cancel()
		return r.store.UseToken(ctx, token)
	}
	first, err := r.memory.First(ctx, token.Hash, until)
	if first && err == nil {
		r.mu.Lock()
		r.waiting = append(r.waiting, token)
		r.mu.Unlock()
	}
	return first, err
}

// forget removes what has expired.
func (r *Replays) forget() error {
	ctx, cancel := context.WithTimeout(r.background.ctx, tokenTime)
	defer cancel()
	_, err := r.store.ForgetTokens(ctx, time.Now().Add(-forgetAfter))
	return err
}

// told does something, and logs that it failed.
func (r *Replays) told(do func() error) func() {
	return func() {
		if err := do(); err != nil && r.background.ctx.Err() == nil {
			r.log.Warn("JWTs that were used cannot be noted in the database", "error", err)
		}
	}
}

// flush writes what waits. What cannot be written waits on, as long as it can be used.
func (r *Replays) flush() error {
	r.mu.Lock()
	tokens := r.waiting
	r.waiting = nil
	r.mu.Unlock()
	if len(tokens) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), tokenTime)
	defer cancel()
	err := r.store.Update(ctx, func(ctx context.Context, tx *store.Tx) error { return tx.AddTokens(ctx, tokens) })
	if err != nil {
		now := time.Now()
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, t := range tokens {
			if t.Until.After(now) {
				r.waiting = append(r.waiting, t)
			}
		}
	}
	return err
}

// Close writes what waits. The database stays open.
func (r *Replays) Close() error {
	r.background.stop()
	return r.flush()
}
