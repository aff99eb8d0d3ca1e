package feedbackreport_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cmd/pijnpoort/internal/feedbackreport"
)

var monday = time.Date(2025, 6, 16, 0, 0, 0, 0, time.UTC)

// write writes a line of a log.
func write(b *strings.Builder, kind string, value any) {
	text, err := json.Marshal(map[string]any{kind: value})
	if err != nil {
		panic(err)
	}
	b.Write(append(text, '\n'))
}

func read(t interface{ Fatal(...any) }, log string, period feedbackreport.Period) *feedbackreport.Report {
	r, err := feedbackreport.Read(strings.NewReader(log), period)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What was told last counts, in whatever order the lines stand.
func TestTheLastFeedbackOnACardCounts(t *testing.T) {
	for name, order := range map[string][]string{"in order": {"overridden", "accepted"}, "late": {"accepted", "overridden"}} {
		var log strings.Builder
		write(&log, "issued", cdshooks.Issued{Card: "c", At: monday})
		for _, outcome := range order {
			at := monday.Add(time.Minute)
			if outcome == "accepted" {
				at = at.Add(time.Minute)
			}
			write(&log, "feedback", cdshooks.Feedback{Card: "c", Outcome: outcome, Timestamp: at})
		}
		if r := read(t, log.String(), feedbackreport.Period{}); r.Cards != 1 || r.Accepted != 1 || r.Overridden != 0 {
			t.Errorf("%s: %+v", name, r.Tally)
		}
	}
}

func TestAPeriodHoldsItsLastDay(t *testing.T) {
	var log strings.Builder
	for _, hours := range []int{-1, 0, 23, 24} {
		write(&log, "issued", cdshooks.Issued{Card: fmt.Sprint(hours), At: monday.Add(time.Duration(hours) * time.Hour)})
	}
	for want, period := range map[int]feedbackreport.Period{
		2: {From: monday, To: monday}, 3: {From: monday}, 4: {},
	} {
		if r := read(t, log.String(), period); r.Cards != want {
			t.Errorf("%+v: %d, want %d", period, r.Cards, want)
		}
	}
}

// A server that is writing leaves half a line at the end.
func TestALineThatIsBeingWrittenIsLeftOut(t *testing.T) {
	var log strings.Builder
	write(&log, "issued", cdshooks.Issued{Card: "c", At: monday})
	whole := log.String()
	write(&log, "feedback", cdshooks.Feedback{Card: "c", Outcome: "accepted", Timestamp: monday})
	for end := len(whole); end < log.Len(); end++ {
		if r := read(t, log.String()[:end], feedbackreport.Period{}); r.Cards != 1 || r.Open != 1 {
			t.Fatalf("cut at %d: %+v", end, r.Tally)
		}
	}
}

func TestAFaultyLineIsTold(t *testing.T) {
	_, err := feedbackreport.Read(strings.NewReader("{}\n\"Jansen\"\n"), feedbackreport.Period{})
	if err == nil || !strings.Contains(err.Error(), "line 2") || strings.Contains(err.Error(), "Jansen") {
		t.Errorf("%v", err)
	}
}

// TestCountsAddUp: every card is counted once, in each division of the cards.
func TestCountsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"a", "b", "c"})
		var log strings.Builder
		cards := rapid.IntRange(0, 30).Draw(t, "cards")
		for i := range cards {
			write(&log, "issued", cdshooks.Issued{Card: fmt.Sprint(i), Service: name.Draw(t, "service"), At: monday,
				About: cdshooks.About{Rules: name.Draw(t, "rules"), Conclusion: name.Draw(t, "conclusion"), Criteria: rapid.SliceOfDistinct(name, rapid.ID[string]).Draw(t, "criteria")}})
		}
		unknown := map[int]bool{}
		for range rapid.IntRange(0, 60).Draw(t, "feedback") {
			f := cdshooks.Feedback{Outcome: rapid.SampledFrom([]string{"accepted", "overridden"}).Draw(t, "outcome"), Timestamp: monday}
			card := rapid.IntRange(0, 40).Draw(t, "card")
			if card >= cards {
				unknown[card] = true
			}
			f.Card, f.Commented = fmt.Sprint(card), rapid.Bool().Draw(t, "commented")
			if rapid.Bool().Draw(t, "reason") {
				f.Reason = &cdshooks.Coding{Code: name.Draw(t, "code")}
			}
			write(&log, "feedback", f)
		}
		r := read(t, log.String(), feedbackreport.Period{})
		if r.Cards != cards || r.UnknownCards != len(unknown) {
			t.Fatalf("%d cards and %d unknown, want %d and %d", r.Cards, r.UnknownCards, cards, len(unknown))
		}
		whole := []feedbackreport.Group{{Tally: r.Tally}}
		for _, division := range [][]feedbackreport.Group{r.Services, r.Conclusions, r.Rules, whole} {
			sum := 0
			for _, g := range division {
				sum += g.Cards
			}
			if sum != cards {
				t.Fatalf("%d cards, want %d", sum, cards)
			}
		}
		for _, division := range [][]feedbackreport.Group{r.Services, r.Conclusions, r.Rules, r.Criteria, whole} {
			for _, g := range division {
				reasons := 0
				for _, reason := range g.Reasons {
					reasons += reason.Cards
				}
				if g.Cards != g.Accepted+g.Overridden+g.Open || reasons != g.Overridden {
					t.Fatalf("%+v", g)
				}
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	var log strings.Builder
	write(&log, "issued", cdshooks.Issued{Card: "c", At: monday, About: cdshooks.About{Criteria: []string{"k"}}})
	write(&log, "feedback", cdshooks.Feedback{Card: "c", Outcome: "overridden", Timestamp: monday})
	f.Add(log.String())
	f.Add("{}\nnull\n[]\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := feedbackreport.Read(strings.NewReader(text), feedbackreport.Period{})
		if err == nil && r.Cards != r.Accepted+r.Overridden+r.Open {
			t.Errorf("%+v", r.Tally)
		}
	})
}
