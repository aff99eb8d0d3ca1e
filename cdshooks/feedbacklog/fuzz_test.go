package feedbacklog_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pijnpoort/pijnpoort/cdshooks/feedbacklog"
)

// Whatever is in the file, it is read or refused; what was read stays, and what is added
// can be read again.
func FuzzOpen(f *testing.F) {
	for _, text := range []string{"", "{}\n", `{"issued":{"card":"c1","patient":"p","at":"2025-06-16T12:00:00Z","about":{}}}` + "\n",
		`{"feedback":{"card":"c1","outcome":"overridden","timestamp":"2025-06-16T12:00:00Z"}}` + "\n{", "null\n", "[]\n", "\x00\n"} {
		f.Add([]byte(text))
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(folder, "feedback.jsonl")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := feedbacklog.Open(path)
		if err != nil {
			return
		}
		add(t, l, accepted("c9"))
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if l, err = feedbacklog.Open(path); err != nil {
			t.Fatalf("not read again: %v", err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
