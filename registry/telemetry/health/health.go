// Package health looks after the program's own condition: checks, each with a finding in
// words that an administrator can act on. None names a patient.
package health

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Level is how bad a finding is.
type Level string

// The levels.
const (
	OK      Level = "ok"
	Warning Level = "warning" // it works, but not for long, or not as it should
	Failed  Level = "failed"
)

// Finding is what a check found.
type Finding struct {
	Check  string `json:"check"`
	Level  Level  `json:"level"`
	Detail string `json:"detail"`
}

// Check looks at one thing.
type Check struct {
	Name string
	Run  func(ctx context.Context) (Level, string)
}

// Limit is how long one check may take.
const Limit = 10 * time.Second

// Run does checks side by side, and gives the findings in their order.
func Run(ctx context.Context, checks []Check) []Finding {
	findings := make([]Finding, len(checks))
	var running sync.WaitGroup
	for i, c := range checks {
		running.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, Limit)
			defer cancel()
			level, detail := c.Run(ctx)
			findings[i] = Finding{c.Name, level, detail}
		})
	}
	running.Wait()
	return findings
}

// Worst is the worst level of findings; without any it is OK.
func Worst(findings []Finding) Level {
	worst := OK
	for _, f := range findings {
		if f.Level == Failed || f.Level == Warning && worst == OK {
			worst = f.Level
		}
	}
	return worst
}

// The days before which the end of a certificate is told as failing, and as a warning.
const (
	urgentDays = 1
	soonDays   = 30
)

// Expiry judges when something expires.
func Expiry(what string, at, now time.Time) (Level, string) {
	days := int(at.Sub(now).Hours() / 24)
	switch {
	case at.Before(now):
		return Failed, fmt.Sprintf("%s expired on %s", what, at.Format(time.DateOnly))
	case days < urgentDays:
		return Failed, fmt.Sprintf("%s expires within a day", what)
	case days < soonDays:
		return Warning, fmt.Sprintf("%s expires in %d days, on %s", what, days, at.Format(time.DateOnly))
	}
	return OK, fmt.Sprintf("%s is valid until %s", what, at.Format(time.DateOnly))
}

// Skew judges how far our clock is from another: tokens and certificates bear little.
func Skew(other, now time.Time) (Level, string) {
	off := now.Sub(other).Abs().Truncate(time.Second)
	switch {
	case off > time.Minute:
		return Failed, fmt.Sprintf("the clocks differ by %s: set the time", off)
	case off > 10*time.Second:
		return Warning, fmt.Sprintf("the clocks differ by %s", off)
	}
	return OK, fmt.Sprintf("the clocks differ by %s", off)
}

// Age judges how long the oldest of what waits has waited.
func Age(oldest, now time.Time, soon, late time.Duration) (Level, string) {
	if oldest.IsZero() {
		return OK, "nothing waits"
	}
	waited := now.Sub(oldest).Truncate(time.Second)
	switch {
	case waited > late:
		return Failed, fmt.Sprintf("the oldest has waited %s", waited)
	case waited > soon:
		return Warning, fmt.Sprintf("the oldest has waited %s", waited)
	}
	return OK, fmt.Sprintf("the oldest has waited %s", waited)
}
