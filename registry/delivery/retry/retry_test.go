package retry_test

import (
	"net/http"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/registry/delivery/retry"
)

func TestBackoffDoublesUpToItsCap(t *testing.T) {
	b := retry.Backoff{First: 2 * time.Second, Most: time.Minute}
	most := func() float64 { return 1 }
	least := func() float64 { return 0 }
	for _, test := range []struct {
		attempts   int
		from, upTo time.Duration
	}{
		{0, time.Second, 2 * time.Second}, {1, time.Second, 2 * time.Second}, {2, 2 * time.Second, 4 * time.Second},
		{5, 16 * time.Second, 32 * time.Second}, {6, 30 * time.Second, time.Minute}, {1000, 30 * time.Second, time.Minute},
	} {
		if from, upTo := b.After(test.attempts, least), b.After(test.attempts, most); from != test.from || upTo != test.upTo {
			t.Errorf("after %d attempts: %s to %s, want %s to %s", test.attempts, from, upTo, test.from, test.upTo)
		}
	}
}

func TestBackoffStaysWithinItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := retry.Backoff{First: time.Duration(rapid.Int64Range(-1, int64(time.Hour)).Draw(t, "first")), Most: time.Duration(rapid.Int64Range(-1, int64(24*time.Hour)).Draw(t, "most"))}
		wait := b.After(rapid.IntRange(-5, 1<<40).Draw(t, "attempts"), nil)
		most := b.Most
		if most <= 0 {
			most = retry.Default.Most
		}
		if wait < 0 || wait > most {
			t.Fatalf("%s, of at most %s", wait, most)
		}
	})
}

func TestRetryAfterInBothForms(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"0": 0, "7": 7 * time.Second, " 30 ": 30 * time.Second, "3601": time.Hour, "99999999999999999999999": time.Hour,
		"Sun, 01 Mar 2026 12:00:30 GMT":  30 * time.Second,
		"Sunday, 01-Mar-26 12:00:30 GMT": 30 * time.Second, // the old forms that RFC 9110 still asks to read
		"Sun Mar  1 12:00:30 2026":       30 * time.Second,
		"Sun, 01 Mar 2026 11:00:00 GMT":  0, // past
		"Mon, 01 Mar 2027 12:00:00 GMT":  time.Hour,
	} {
		if got, ok := retry.Header(value, now, time.Hour); !ok || got != want {
			t.Errorf("%q: %s, %v", value, got, ok)
		}
	}
	for _, value := range []string{"", "-1", "1.5", "soon", "2026-03-01T12:00:30Z", "1e3"} {
		if got, ok := retry.Header(value, now, time.Hour); ok {
			t.Errorf("%q was read as %s", value, got)
		}
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"", "0", "120", "-5", "18446744073709551616", "Sun, 06 Nov 1994 08:49:37 GMT", http.TimeFormat} {
		f.Add(seed)
	}
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, value string) {
		if wait, ok := retry.Header(value, now, time.Hour); wait < 0 || wait > time.Hour || !ok && wait != 0 {
			t.Errorf("%q: %s", value, wait)
		}
	})
}
