package trust

import (
	"sync"
	"time"
)

// replays remembers what was used, until it has expired.
type replays struct {
	mu    sync.Mutex
	until map[string]time.Time
	sweep time.Time // when to forget what has expired
}

func newReplays() *replays { return &replays{until: map[string]time.Time{}} }

// sweepEvery is how often what has expired is forgotten.
const sweepEvery = time.Minute

// first reports whether an id is used for the first time, and remembers it.
func (r *replays) first(id string, now, until time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now.After(r.sweep) {
		for old, expired := range r.until {
			if now.After(expired) {
				delete(r.until, old)
			}
		}
		r.sweep = now.Add(sweepEvery)
	}
	if _, used := r.until[id]; used {
		return false
	}
	r.until[id] = until
	return true
}
