package feedbacklog_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/feedbacklog"
)

// card is a card on a patient.
func card(patient string) cdshooks.Issued {
	return cdshooks.Issued{Card: uuid.NewString(), Service: "raad", At: at, Topic: "t", Patient: patient,
		About: cdshooks.About{Rules: "r1", Conclusion: "c", Criteria: []string{"k"}}}
}

func overridden(card cdshooks.Issued, at time.Time) cdshooks.Feedback {
	return cdshooks.Feedback{Card: card.Card, Outcome: "overridden", Timestamp: at}
}

func TestOverridden(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "feedback.jsonl"))
	defer l.Close()
	sent := card("p")
	if err := l.Issue(sent); err != nil {
		t.Fatal(err)
	}
	add(t, l, overridden(sent, at))
	later, nobody := card("p"), card("")
	for name, test := range map[string]struct {
		card     cdshooks.Issued
		from, to time.Time
		want     bool
	}{
		"the same, of another call": {later, at, at, true},
		"overridden too long ago":   {later, at.Add(time.Second), at.Add(time.Hour), false},
		"overridden in the future":  {later, at.Add(-time.Hour), at.Add(-time.Second), false},
		"another patient":           {card("q"), at, at, false},
		"no patient":                {nobody, at, at, false},
	} {
		if got := l.Overridden(test.card, test.from, test.to); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// The same patient of the same client has one pseudonym, here and after a restart; in
// another installation another.
func TestPseudonyms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "feedback.jsonl")
	l := open(t, path)
	p := l.Pseudonym("https://ehr.example/", "p1")
	if p == l.Pseudonym("https://ehr.example/", "p2") || p == l.Pseudonym("https://elsewhere.example/", "p1") ||
		l.Pseudonym("ab", "c") == l.Pseudonym("a", "bc") || strings.Contains(p, "p1") || len(p) < 20 {
		t.Errorf("pseudonym %s", p)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(t, path)
	defer l.Close()
	if l.Pseudonym("https://ehr.example/", "p1") != p {
		t.Error("another after a restart")
	}
	other := open(t, filepath.Join(t.TempDir(), "feedback.jsonl"))
	defer other.Close()
	if other.Pseudonym("https://ehr.example/", "p1") == p {
		t.Error("the same in another installation")
	}
	info, err := os.Stat(strings.TrimSuffix(path, "jsonl") + "key")
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

func TestAFaultyKeyIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "feedback.jsonl")
	for _, key := range []string{"", "nonsense", strings.Repeat("00", 31)} {
		if err := os.WriteFile(strings.TrimSuffix(path, "jsonl")+"key", []byte(key), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := feedbacklog.Open(path); err == nil || !strings.Contains(err.Error(), "feedback.key") {
			t.Errorf("%q: %v", key, err)
		}
	}
}

// What no longer matters is not kept in memory: a year of cards costs what a month does.
func TestCardsAreForgotten(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "feedback.jsonl"))
	defer l.Close()
	first := card("first")
	for day := range 60 {
		c := first
		if day > 0 {
			c = card(fmt.Sprint(day))
		}
		c.At = at.AddDate(0, 0, day)
		if err := l.Issue(c); err != nil {
			t.Fatal(err)
		}
	}
	add(t, l, overridden(first, at.AddDate(0, 0, 60)))
	if l.Overridden(first, at, at.AddDate(1, 0, 0)) {
		t.Error("feedback after two months still quiets")
	}
}
