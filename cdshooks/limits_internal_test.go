package cdshooks

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// However many clients come by, few are remembered; one that called of late is.
func TestLimitsRememberFew(t *testing.T) {
	l := newLimits(Rate{PerSecond: 1, Burst: 10})
	now := time.Date(2025, 6, 16, 12, 0, 0, 0, time.UTC)
	for i := range 3 * mostLimited {
		l.wait(fmt.Sprint("client ", i), now)
		l.wait("busy", now)
	}
	if len(l.clients) > mostLimited || len(l.clients) != l.recent.Len() || l.wait("busy", now) == 0 {
		t.Errorf("%d clients, %d in the list", len(l.clients), l.recent.Len())
	}
	l.wait("one", now.Add(l.full))
	if len(l.clients) != 1 {
		t.Errorf("when all may burst again %d are remembered", len(l.clients))
	}
}

// Forgetting makes no difference: never does a client get more calls through than the
// rate and the burst allow.
func TestLimitsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Rate{PerSecond: rapid.Float64Range(0.1, 20).Draw(t, "rate"), Burst: rapid.IntRange(1, 20).Draw(t, "burst")}
		l := newLimits(r)
		begin := time.Date(2025, 6, 16, 12, 0, 0, 0, time.UTC)
		now, through := begin, map[string]int{}
		for range rapid.IntRange(1, 300).Draw(t, "calls") {
			now = now.Add(time.Duration(rapid.Int64Range(0, int64(2*time.Second)).Draw(t, "later")))
			name := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "who")
			if l.wait(name, now) == 0 {
				through[name]++
			}
		}
		most := float64(r.Burst) + r.PerSecond*now.Sub(begin).Seconds() + 1e-6
		for name, n := range through {
			if float64(n) > most {
				t.Fatalf("%s: %d through, at most %f allowed", name, n, most)
			}
		}
	})
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "::ffff:192.0.2.7", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "": "", "x": "x",
	} {
		if got := network(address); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}
