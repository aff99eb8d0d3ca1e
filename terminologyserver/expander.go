package terminologyserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/pijnpoort/pijnpoort/fhir/client"
)

// Expander keeps a folder with the kinds of our codes up to date.
type Expander struct {
	Server *client.Server
	Folder Folder
	// MaxAge is how old what is kept may be before it is asked for again; default a day.
	MaxAge time.Duration
	Log    *slog.Logger
	// Now is for tests; nil is time.Now.
	Now func() time.Time
}

// maxFailures is how many concepts in a row may fail before the server is left alone.
const maxFailures = 3

func (e *Expander) maxAge() time.Duration {
	if e.MaxAge <= 0 {
		return 24 * time.Hour
	}
	return e.MaxAge
}

func (e *Expander) now() time.Time {
	if e.Now == nil {
		return time.Now()
	}
	return e.Now()
}

// Refresh asks for what is not kept or too old. What fails stays as it was. The error
// joins what failed, by concept.
func (e *Expander) Refresh(ctx context.Context) error {
	var faults []error
	changed, row := false, 0
	for _, g := range groups() {
		if asked := e.Folder.askedAt(g.concept); e.now().Sub(asked) < e.maxAge() {
			continue
		}
		kinds, err := expand(ctx, e.Server, g.roots)
		if err == nil {
			err = e.Folder.keep(g.concept, kinds, e.now())
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", g.concept, err))
			if errors.Is(err, ErrNoRoot) { // it answers, and lacks these codes only
				continue
			}
			if row++; row == maxFailures {
				break
			}
			continue
		}
		changed, row = true, 0
	}
	if changed {
		faults = append(faults, e.Folder.touch())
	}
	return errors.Join(faults...)
}

// retry is how soon a server that failed is asked again, when that is before MaxAge.
const retry = 15 * time.Minute

// Run refreshes now and whenever what is kept grows too old, until ctx ends. It logs
// what fails; no error of it is one of the program.
func (e *Expander) Run(ctx context.Context) {
	for {
		wait := e.maxAge()
		if err := e.Refresh(ctx); err != nil && ctx.Err() == nil {
			wait = min(wait, retry)
			e.Log.Warn("terminology server: what was kept stays in use", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}
