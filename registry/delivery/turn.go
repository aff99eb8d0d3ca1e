package delivery

import (
	"context"
	"sync"
	"time"
)

// standardWorkers is how many deliveries are made at once where the settings do not say.
const standardWorkers = 8

// ahead is how many jobs are fetched beyond those that are worked on: then the next is
// there when one is done, although many are fetched at a time.
const ahead = 16

// turnWait is how long a job that was fetched waits for its turn, before it goes back into
// the queue: the registry is slow then, and other nodes may have time.
const turnWait = 500 * time.Millisecond

// turn waits until less than Workers deliveries to the recipient are being made, and gives
// what ends the turn; nil when that took too long. What was sent is settled after it: so
// the registry has something to do meanwhile.
func (r *Recipient) turn(ctx context.Context) (leave func()) {
	free := time.NewTimer(turnWait)
	defer free.Stop()
	select {
	case r.turns <- struct{}{}:
		return sync.OnceFunc(func() { <-r.turns })
	case <-free.C:
	case <-ctx.Done():
	}
	return nil
}

// company is how long settling waits for others to be committed with, or for one who claims;
// enough is how many deliveries must be under way for them to be likely to come.
const (
	company = 10 * time.Millisecond
	enough  = 4
)

// patience is how long to wait for company now. Who claims has none: the registry waits.
func (s *Service) patience() time.Duration {
	if s.underWay.Load() >= enough {
		return company
	}
	return 0
}
