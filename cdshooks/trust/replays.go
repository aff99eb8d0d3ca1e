package trust

import (
	"context"
	"sync"
	"time"
)

// Replays remembers which JWTs were used, so that each is good for one call. Several
// nodes behind one address need one that they share. It must be safe for concurrent use.
type Replays interface {
	// First reports whether an id is used for the first time, and remembers it until
	// the time given. The error is for a store that cannot tell: the call is then refused.
	First(ctx context.Context, id string, until time.Time) (bool, error)
}

// Memory is a Replays in the memory of one process. A restart forgets, so a JWT that was
// seen before it can be used once more until it expires.
type Memory struct {
	most int
	now  func() time.Time

	mu    sync.Mutex
	until map[string]time.Time
	sweep time.Time // when to forget what has expired
}

// MostRemembered is how many JWTs NewMemory remembers when not told: at 50 calls a second
// of JWTs that live for five minutes there are 18,000 at a time, in some 3 MB.
const MostRemembered = 1 << 20

// NewMemory makes a Memory of so many JWTs at most; 0 is MostRemembered, nil for now is
// time.Now. When it is full of JWTs that can still be used, new ones are refused: forgetting
// one would let it be used again.
func NewMemory(most int, now func() time.Time) *Memory {
	if most <= 0 {
		most = MostRemembered
	}
	if now == nil {
		now = time.Now
	}
	return &Memory{most: most, now: now, until: map[string]time.Time{}}
}

// sweepEvery is how often what has expired is forgotten.
const sweepEvery = time.Minute

// First implements Replays.
func (m *Memory) First(_ context.Context, id string, until time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if now.After(m.sweep) {
		m.forget(now)
	}
	if _, used := m.until[id]; used {
		return false, nil
	}
	if len(m.until) >= m.most {
		return false, errFull
	}
	m.until[id] = until
	return true, nil
}

// forget drops what has expired. A map keeps the room of what was once in it; one that
// was much fuller is made anew.
func (m *Memory) forget(now time.Time) {
	before := len(m.until)
	for id, expired := range m.until {
		if now.After(expired) {
			delete(m.until, id)
		}
	}
	if len(m.until) < before/4 {
		smaller := make(map[string]time.Time, len(m.until))
		for id, expires := range m.until {
			smaller[id] = expires
		}
		m.until = smaller
	}
	m.sweep = now.Add(sweepEvery)
}

// Len is how many JWTs are remembered.
func (m *Memory) Len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.until)
}
