package config

import (
	"context"
	"sync"
	"time"
)

// repeater does things again and again, beside the rest, until it is stopped.
type repeater struct {
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
}

func newRepeater() *repeater {
	ctx, cancel := context.WithCancel(context.Background())
	return &repeater{ctx: ctx, cancel: cancel}
}

// every does something at intervals.
func (r *repeater) every(interval time.Duration, do func()) {
	r.running.Go(func() {
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-r.ctx.Done():
				return
			case <-ticker.C:
				do()
			}
		}
	})
}

// stop waits for what is being done, and nothing is done any more.
func (r *repeater) stop() {
	r.cancel()
	r.running.Wait()
}
