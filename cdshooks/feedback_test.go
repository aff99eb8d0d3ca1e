package cdshooks_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cdshooks/conformance"
	"github.com/pijnpoort/pijnpoort/fhir"
)

func issue(code, reason string) fhir.Issue {
	return fhir.Issue{Severity: fhir.SeverityError, Code: code, Reason: reason}
}

const (
	cardID       = "4e0a3a1e-3283-4575-ab82-028d55fe2719"
	suggestionID = "e56e1945-20b3-4393-8503-a1a20fd73152"
	accepted     = `{"feedback":[{"card":"` + cardID + `","outcome":"accepted","acceptedSuggestions":[{"id":"` + suggestionID + `"}],"outcomeTimestamp":"2025-06-16T12:00:00.411Z"}]}`
	overridden   = `{"feedback":[{"card":"` + cardID + `","outcome":"overridden","outcomeTimestamp":"2025-06-16T14:00:00+02:00","overrideReason":{"reason":{"system":"https://x.example","code":"r","display":"Reden"},"userComment":"over mevrouw Jansen"}}]}`
)

func TestFeedbackIsKept(t *testing.T) {
	tests := map[string]struct {
		body string
		want cdshooks.Feedback
	}{
		"accepted": {accepted, cdshooks.Feedback{Card: cardID, Outcome: "accepted", Timestamp: now.Add(411 * time.Millisecond), Suggestions: []string{suggestionID}}},
		"overridden, without the words of the user": {overridden, cdshooks.Feedback{Card: cardID, Outcome: "overridden", Timestamp: now,
			Reason: &cdshooks.Coding{System: "https://x.example", Code: "r"}, Commented: true}},
		"overridden without reason": {`{"feedback":[{"card":"` + cardID + `","outcome":"overridden","outcomeTimestamp":"2025-06-16T12:00:00Z"}]}`,
			cdshooks.Feedback{Card: cardID, Outcome: "overridden", Timestamp: now}},
		"members unknown to us": {strings.Replace(accepted, `"outcome"`, `"extension":{"x":1},"outcome"`, 1),
			cdshooks.Feedback{Card: cardID, Outcome: "accepted", Timestamp: now.Add(411 * time.Millisecond), Suggestions: []string{suggestionID}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			store := &memory{}
			h := start(t, func(o *cdshooks.Options) { o.Feedback = store })
			if a := h.do(http.MethodPost, feedbackPath, test.body); a.status != http.StatusOK {
				t.Fatalf("%d %s", a.status, a.body)
			}
			if diff := cmp.Diff([]cdshooks.Feedback{test.want}, store.feedback); diff != "" {
				t.Error(diff)
			}
			if strings.Contains(h.log.String(), "Jansen") {
				t.Error("the words of the user were logged")
			}
		})
	}
}

func TestFaultyFeedbackIsRefusedWhole(t *testing.T) {
	with := func(old, new string) string { return strings.Replace(accepted, old, new, 1) }
	override := func(old, new string) string { return strings.Replace(overridden, old, new, 1) }
	tests := map[string]struct{ body, want string }{
		"not JSON":                        {"{", "not well-formed"},
		"no list":                         {"{}", "feedback is missing"},
		"an empty list":                   {`{"feedback":[]}`, "feedback is missing"},
		"an item by itself":               {`{"card":"` + cardID + `","outcome":"accepted"}`, "feedback is missing"},
		"card that is no UUID":            {with(cardID, "1"), "feedback.card must be the uuid"},
		"another outcome":                 {with(`"accepted"`, `"ignored"`), "feedback.outcome must be"},
		"no timestamp":                    {with("outcomeTimestamp", "timestamp"), "feedback.outcomeTimestamp must be"},
		"timestamp that is a day":         {with("2025-06-16T12:00:00.411Z", "2025-06-16"), "feedback.outcomeTimestamp must be"},
		"accepted without suggestions":    {with(`[{"id":"`+suggestionID+`"}]`, "[]"), "feedback.acceptedSuggestions is missing"},
		"suggestion that is no UUID":      {with(suggestionID, "x"), "feedback.acceptedSuggestions.id must be"},
		"accepted with a reason":          {with(`"outcomeTimestamp"`, `"overrideReason":{"userComment":"x"},"outcomeTimestamp"`), "feedback.overrideReason does not go with"},
		"overridden with suggestions":     {override(`"outcomeTimestamp"`, `"acceptedSuggestions":[{"id":"`+suggestionID+`"}],"outcomeTimestamp"`), "feedback.acceptedSuggestions does not go with"},
		"override reason without content": {`{"feedback":[{"card":"` + cardID + `","outcome":"overridden","outcomeTimestamp":"2025-06-16T12:00:00Z","overrideReason":{}}]}`, "feedback.overrideReason must hold"},
		"reason without system":           {override(`"system":"https://x.example",`, ""), "feedback.overrideReason.reason must hold"},
		"one good and one bad":            {`{"feedback":[` + strings.TrimSuffix(strings.TrimPrefix(accepted, `{"feedback":[`), `]}`) + `,{}]}`, "feedback.card must be"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			store := &memory{}
			h := start(t, func(o *cdshooks.Options) { o.Feedback = store })
			a := h.do(http.MethodPost, feedbackPath, test.body)
			if a.status != http.StatusBadRequest || !strings.Contains(string(a.body), test.want) {
				t.Errorf("%d %s", a.status, a.body)
			}
			if len(store.feedback) > 0 {
				t.Error("some of it was kept")
			}
			if conformance.Schema("feedback.json", []byte(test.body)) == nil {
				t.Error("the schema does not see it")
			}
		})
	}
}

func TestFeedbackElsewhere(t *testing.T) {
	store := &memory{}
	h := start(t, func(o *cdshooks.Options) { o.Feedback = store })
	if a := h.do(http.MethodPost, "/cds-services/anders/feedback", accepted); a.status != http.StatusNotFound {
		t.Errorf("on an unknown service: %d", a.status)
	}
	store.fail = errors.New("de schijf is vol")
	if a := h.do(http.MethodPost, feedbackPath, accepted); a.status != http.StatusInternalServerError {
		t.Errorf("not kept: %d", a.status)
	}
	h.call(view(allSent), http.StatusOK) // a card that cannot be noted is sent all the same
}
