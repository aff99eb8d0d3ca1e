package feedbacklog_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/feedbacklog"
)

var at = time.Date(2025, 6, 16, 12, 0, 0, 411e6, time.UTC)

func accepted(card string) cdshooks.Feedback {
	return cdshooks.Feedback{Card: card, Outcome: "accepted", Timestamp: at, Suggestions: []string{"s"}}
}

func open(t *testing.T, path string) *feedbacklog.Log {
	t.Helper()
	l, err := feedbacklog.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func add(t *testing.T, l *feedbacklog.Log, feedback ...cdshooks.Feedback) {
	t.Helper()
	if err := l.Add(feedback); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "feedback.jsonl")
	l := open(t, path)
	if err := l.Issue(cdshooks.Issued{Card: "c1", Service: "raad", Hook: cdshooks.PatientView, At: at.Truncate(time.Second),
		About: cdshooks.About{Rules: "r1", Conclusion: "needs-data", Criteria: []string{"k"}}}); err != nil {
		t.Fatal(err)
	}
	add(t, l, accepted("c1"), cdshooks.Feedback{Card: "c2", Outcome: "overridden", Timestamp: at,
		Reason: &cdshooks.Coding{System: "https://x.example", Code: "r"}, Commented: true})
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	want := `{"issued":{"card":"c1","service":"raad","hook":"patient-view","at":"2025-06-16T12:00:00Z","about":{"rules":"r1","conclusion":"needs-data","criteria":["k"]}}}
{"feedback":{"card":"c1","outcome":"accepted","timestamp":"2025-06-16T12:00:00.411Z","suggestions":["s"]}}
{"feedback":{"card":"c2","outcome":"overridden","timestamp":"2025-06-16T12:00:00.411Z","reason":{"system":"https://x.example","code":"r"},"commented":true}}
`
	if got := content(t, path); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The same feedback changes nothing: in one batch, in a later one, after a restart,
// with its time written otherwise.
func TestRepeats(t *testing.T) {
	path := filepath.Join(t.TempDir(), "feedback.jsonl")
	l := open(t, path)
	add(t, l, accepted("c1"), accepted("c1"))
	add(t, l, accepted("c1"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(t, path)
	again := accepted("c1")
	again.Timestamp = at.In(time.FixedZone("", 7200))
	add(t, l, again, accepted("c2"))
	later := accepted("c1")
	later.Timestamp = at.Add(time.Minute)
	add(t, l, later)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(content(t, path), "\n"); got != 3 {
		t.Errorf("%d lines:\n%s", got, content(t, path))
	}
}

// Wherever a crash cuts the file off, what was whole stays and the next line is whole.
func TestCrash(t *testing.T) {
	path := filepath.Join(t.TempDir(), "feedback.jsonl")
	l := open(t, path)
	add(t, l, accepted("c1"))
	add(t, l, accepted("c2"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	whole := []byte(content(t, path))
	first := bytes.IndexByte(whole, '\n') + 1
	for end := first; end < len(whole); end++ {
		if err := os.WriteFile(path, whole[:end], 0o600); err != nil {
			t.Fatal(err)
		}
		l := open(t, path)
		add(t, l, accepted("c1"), accepted("c2"))
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if got := content(t, path); got != string(whole) {
			t.Fatalf("cut at %d:\n%s", end, got)
		}
	}
}

func TestAFileOfSomethingElseIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "feedback.jsonl")
	if err := os.WriteFile(path, []byte("{\"feedback\":{}}\nnonsense\n{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := feedbacklog.Open(path); err == nil || !strings.Contains(err.Error(), "line 2") || strings.Contains(err.Error(), "nonsense") {
		t.Errorf("error %v", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "feedback.jsonl")
	l := open(t, path)
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for i := range 10 {
				if err := l.Issue(cdshooks.Issued{Card: fmt.Sprint(w, i)}); err != nil {
					t.Error(err)
				}
				if err := l.Add([]cdshooks.Feedback{accepted(fmt.Sprint(i))}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	text := content(t, path)
	if issued, feedback := strings.Count(text, `"issued"`), strings.Count(text, `"feedback"`); issued != 40 || feedback != 10 {
		t.Errorf("%d cards, %d feedback", issued, feedback)
	}
	if err := open(t, path).Close(); err != nil {
		t.Error(err)
	}
}
