package config

import (
	"context"
	"fmt"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/telemetry/health"
)

// markAge is how old the newest mark of the log may be; one is made every day.
const markAge = 48 * time.Hour

// AuditChecks look after the marks of the audit log. That the log is what they say is for
// audit verify, which reads all of it.
func (c Config) AuditChecks(s *store.Store) []health.Check {
	return []health.Check{{Name: "audit marks", Run: func(ctx context.Context) (health.Level, string) { return c.checkMarks(ctx, s, time.Now()) }}}
}

func (c Config) checkMarks(ctx context.Context, s *store.Store, now time.Time) (health.Level, string) {
	keys, err := c.MarkKeys(s)
	if err != nil {
		return health.Failed, err.Error()
	}
	marks, faults, err := c.Marks(keys)
	if err != nil {
		return health.Failed, err.Error()
	}
	if len(faults) > 0 {
		return health.Failed, fmt.Sprintf("%s (%d faults: pijnpoort audit verify)", faults[0].Reason, len(faults))
	}
	chain, err := s.Chain(ctx)
	if err != nil {
		return health.Failed, err.Error()
	}
	var newest audit.Mark
	for _, m := range marks {
		if m.At.After(newest.At) {
			newest = m
		}
	}
	by := "signed by " + keys[0].String()
	switch {
	case chain.LastSeq == 0:
		return health.OK, "nothing is logged yet; " + by
	case len(marks) == 0:
		return health.Warning, "the log was never marked: pijnpoort audit mark, or let it serve past midnight"
	case newest.Seq > chain.LastSeq:
		return health.Failed, "the log ends before its newest mark: pijnpoort audit verify"
	case now.Sub(newest.At) > markAge:
		return health.Warning, fmt.Sprintf("the newest mark is %d days old", int(now.Sub(newest.At).Hours()/24))
	}
	return health.OK, fmt.Sprintf("%d, the newest of %s; %s", len(marks), newest.At.Format(time.DateTime), by)
}
