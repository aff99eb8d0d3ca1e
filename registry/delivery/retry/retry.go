// Package retry says when to try again: exponential backoff with jitter and a cap, and
// what a server asks for with Retry-After (RFC 9110, section 10.2.3), within bounds.
package retry

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Backoff spreads attempts in time. The zero value waits as Default does.
type Backoff struct {
	First time.Duration // before the second attempt, on average
	Most  time.Duration // the cap on any wait, jitter included
}

// Default begins at two seconds and waits at most an hour.
var Default = Backoff{First: 2 * time.Second, Most: time.Hour}

// After is the wait after so many attempts: First doubled each time, and of that a
// random part between a half and the whole, so that what failed together does not
// come back together. random gives numbers in [0,1); nil is the usual source.
func (b Backoff) After(attempts int, random func() float64) time.Duration {
	if b.First <= 0 {
		b.First = Default.First
	}
	if b.Most <= 0 {
		b.Most = Default.Most
	}
	if random == nil {
		random = rand.Float64
	}
	whole := b.Most
	if doublings := max(attempts-1, 0); doublings < 40 && b.First<<doublings > 0 {
		whole = min(b.First<<doublings, b.Most)
	}
	return whole/2 + time.Duration(random()*float64(whole-whole/2))
}

// Header reads Retry-After in either form, seconds or an HTTP date, which counts from
// now. It gives a wait from 0 up to most; without a header that can be read, false.
func Header(value string, now time.Time, most time.Duration) (time.Duration, bool) {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseUint(value, 10, 63); err == nil {
		if seconds > uint64(most/time.Second) {
			return most, true
		}
		return time.Duration(seconds) * time.Second, true
	}
	if value != "" && strings.Trim(value, "0123456789") == "" { // more seconds than a number holds
		return most, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return min(max(at.Sub(now), 0), most), true
}
