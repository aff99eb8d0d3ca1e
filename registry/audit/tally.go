package audit

import (
	"maps"
	"slices"
	"sync"
)

// tally counts refused calls about nobody known.
type tally struct {
	mu     sync.Mutex
	counts map[refusedCall]*Access
}

// refusedCall is what refused calls are counted by.
type refusedCall struct {
	kind                             Kind
	caller, address, service, status string
}

// mostCounted is how many are told apart; others are counted as those of one caller without
// name and address.
const mostCounted = 1000

func newTally() *tally { return &tally{counts: map[refusedCall]*Access{}} }

// take counts an access, if it is a refused call about nobody.
func (t *tally) take(a Access) bool {
	if len(a.Subject) > 0 || a.Patient != "" || a.Outcome == "" || a.Outcome == Success || len(a.Objects) == 0 {
		return false
	}
	key := refusedCall{kind: a.Kind, caller: a.Agent.Value, address: a.Agent.Address, service: a.Objects[0].Value}
	for _, d := range a.Objects[0].Details {
		key.status += d.Name + "=" + d.Value + ";"
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	known := t.counts[key]
	if known == nil && len(t.counts) >= mostCounted {
		key.caller, key.address = others, ""
		a.Agent.Value, a.Agent.Address = others, ""
		known = t.counts[key]
	}
	if known == nil {
		a.Calls = 0
		a.Trace, a.User = "", Party{}
		known = &a
		t.counts[key] = known
	}
	known.Calls++
	if a.At.After(known.At) {
		known.At = a.At
	}
	return true
}

// others is the name of callers who are not told apart.
const others = "others"

// drain appends what was counted to a batch, and begins anew. They are told at the time of
// the last call.
func (t *tally) drain(batch []Access) []Access {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, a := range slices.SortedFunc(maps.Values(t.counts), func(a, b *Access) int { return a.At.Compare(b.At) }) {
		batch = append(batch, *a)
	}
	clear(t.counts)
	return batch
}
