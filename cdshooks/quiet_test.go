package cdshooks_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/feedbacklog"
)

// keep opens a place for feedback that is closed at the end.
func keep(t *testing.T, path string) *feedbacklog.Log {
	t.Helper()
	l, err := feedbacklog.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// quiet leaves out for so many days what was overridden.
func quiet(store cdshooks.FeedbackStore, clock *set, days int) func(*cdshooks.Options) {
	return func(o *cdshooks.Options) { o.Feedback, o.Now, o.QuietDays = store, clock.now, days }
}

// override tells that a card was overridden, at a time.
func (h *house) override(card any, at time.Time) {
	h.t.Helper()
	body := `{"feedback":[{"card":"` + card.(string) + `","outcome":"overridden","outcomeTimestamp":"` + at.UTC().Format(time.RFC3339Nano) + `"}]}`
	if a := h.do(http.MethodPost, feedbackPath, body); a.status != http.StatusOK {
		h.t.Fatalf("%d %s", a.status, a.body)
	}
}

// shown reports whether a call gives a card, and its uuid.
func (h *house) shown(body string, header ...string) (any, bool) {
	h.t.Helper()
	a := h.call(body, http.StatusOK, header...)
	if string(a.body) == `{"cards":[]}` {
		return nil, false
	}
	return cards(h.t, a)[0]["uuid"], true
}

// What was overridden stays away for as long as the site has set; what is new does not.
func TestWhatWasOverriddenStaysAway(t *testing.T) {
	clock := &set{}
	h := start(t, quiet(keep(t, filepath.Join(t.TempDir(), "feedback.jsonl")), clock, 7))
	h.cards[0].About = cdshooks.About{Rules: "r1", Conclusion: "needs-data", Criteria: []string{"a", "b"}}
	card, _ := h.shown(view(allSent))
	if _, again := h.shown(view(allSent)); !again {
		t.Fatal("gone before it was overridden")
	}
	h.override(card, clock.now())
	if _, again := h.shown(view(allSent)); again {
		t.Error("shown again at once")
	}
	other := strings.ReplaceAll(view(allSent), "p1", "p2")
	if _, is := h.shown(other); !is {
		t.Error("gone for another patient")
	}
	first := h.cards[0]
	for name, change := range map[string]func(*cdshooks.Card){
		"by other rules":                     func(c *cdshooks.Card) { c.About.Rules = "r2" },
		"with another conclusion":            func(c *cdshooks.Card) { c.About.Conclusion = "not-eligible" },
		"with a criterion more":              func(c *cdshooks.Card) { c.About.Criteria = []string{"a", "b", "c"} },
		"with a criterion that is now known": func(c *cdshooks.Card) { c.About.Against = []string{"b"} },
		"that is more urgent":                func(c *cdshooks.Card) { c.Indicator = cdshooks.Warning },
		"on another topic": func(c *cdshooks.Card) {
			c.Source.Topic = &cdshooks.Coding{System: "https://x.example/topics", Code: "u"}
		},
		"that insists": func(c *cdshooks.Card) { c.Insistent = true },
	} {
		h.cards[0] = first
		change(&h.cards[0])
		if _, is := h.shown(view(allSent)); !is {
			t.Errorf("a card %s stays away", name)
		}
	}
	h.cards[0] = first
	h.cards[0].Summary, h.cards[0].About.Criteria = "In andere woorden", []string{"b", "a"}
	if _, is := h.shown(view(allSent), "Accept-Language", "en"); is {
		t.Error("the same in other words is shown")
	}
	clock.advance(7*24*time.Hour + time.Second)
	if _, is := h.shown(view(allSent)); !is {
		t.Error("it stays away for longer than set")
	}
}

func TestOnlyOverridingQuiets(t *testing.T) {
	clock := &set{}
	h := start(t, quiet(keep(t, filepath.Join(t.TempDir(), "feedback.jsonl")), clock, 7))
	card, _ := h.shown(view(allSent))
	if a := h.do(http.MethodPost, feedbackPath, strings.Replace(accepted, cardID, card.(string), 1)); a.status != http.StatusOK {
		t.Fatal(a.status)
	}
	if _, is := h.shown(view(allSent)); !is {
		t.Error("gone after it was accepted")
	}
	h.override(card, clock.now().AddDate(1, 0, 0))
	if _, is := h.shown(view(allSent)); !is {
		t.Error("a clock that is a year ahead quiets")
	}
	h.override(cardID, clock.now())
	if _, is := h.shown(view(allSent)); !is {
		t.Error("overriding a card that we did not send quiets")
	}
}

// It survives a restart, and the file says of no patient who it is.
func TestQuietAfterARestart(t *testing.T) {
	clock, path := &set{}, filepath.Join(t.TempDir(), "feedback.jsonl")
	store := keep(t, path)
	h := start(t, quiet(store, clock, 7))
	body := strings.ReplaceAll(view(allSent), "p1", "patient-4711")
	card, _ := h.shown(body)
	h.override(card, clock.now())
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	h = start(t, quiet(keep(t, path), clock, 7))
	if _, again := h.shown(body); again {
		t.Error("forgotten")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "4711") || !strings.Contains(string(text), `"patient":"`) || !strings.Contains(string(text), `"instance":"`+instance) {
		t.Errorf("%s", text)
	}
}

// A site that shows every card keeps no pseudonyms.
func TestNoPseudonymsUnlessNeeded(t *testing.T) {
	clock, path := &set{}, filepath.Join(t.TempDir(), "feedback.jsonl")
	h := start(t, quiet(keep(t, path), clock, 0))
	card, _ := h.shown(view(allSent))
	h.override(card, clock.now())
	if _, again := h.shown(view(allSent)); !again {
		t.Error("left out")
	}
	if text, err := os.ReadFile(path); err != nil || strings.Contains(string(text), `"patient":"`) {
		t.Errorf("%v: %s", err, text)
	}
}

// Calls and feedback that cross each other: once feedback was answered, no call shows the card.
func TestQuietAtOnce(t *testing.T) {
	clock := &set{}
	h := start(t, quiet(keep(t, filepath.Join(t.TempDir(), "feedback.jsonl")), clock, 7))
	var users sync.WaitGroup
	for n := range 8 {
		users.Go(func() {
			body := strings.ReplaceAll(view(allSent), "p1", "p"+string(rune('a'+n)))
			card, shown := h.shown(body)
			if !shown {
				t.Error("not shown")
				return
			}
			h.override(card, clock.now())
			for range 5 {
				if _, again := h.shown(body); again {
					t.Error("shown again")
				}
			}
		})
	}
	users.Wait()
}

func TestQuietTakesAPlaceForFeedback(t *testing.T) {
	if err := cdshooks.Register(nil, cdshooks.Options{QuietDays: 1}); err == nil {
		t.Error("accepted without")
	}
}
