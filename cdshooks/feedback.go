package cdshooks

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-json-experiment/json"
	"github.com/google/uuid"
)

// Feedback is what became of a card (https://cds-hooks.hl7.org/2.0/#feedback). What
// the user wrote is not kept: it may be about the patient.
type Feedback struct {
	Card      string    `json:"card"`
	Outcome   string    `json:"outcome"` // accepted or overridden
	Timestamp time.Time `json:"timestamp"`
	// Suggestions are the ids of those accepted.
	Suggestions []string `json:"suggestions,omitempty"`
	Reason      *Coding  `json:"reason,omitempty"` // of overriding
	Commented   bool     `json:"commented,omitzero"`
}

// Issued is a card that was sent.
type Issued struct {
	Card      string    `json:"card"`
	Service   string    `json:"service"`
	Hook      Hook      `json:"hook"`
	Instance  string    `json:"instance,omitempty"` // hookInstance of the call
	At        time.Time `json:"at"`
	Topic     string    `json:"topic,omitempty"` // code
	Indicator Indicator `json:"indicator,omitempty"`
	// Patient stands for the patient, without saying who that is (see
	// FeedbackStore.Pseudonym). It is empty unless overridden cards are left out.
	Patient string `json:"patient,omitempty"`
	About   About  `json:"about"`
}

// Saying stands for what a card says of whom, whatever its words and moment: cards of one
// saying are the same to a user. It is empty when the card does not tell of whom.
func (i *Issued) Saying() string {
	if i.Patient == "" {
		return ""
	}
	about := i.About
	about.Criteria, about.Against = slices.Sorted(slices.Values(about.Criteria)), slices.Sorted(slices.Values(about.Against))
	text, err := json.Marshal([]any{i.Patient, i.Service, i.Topic, i.Indicator, about}, json.Deterministic(true))
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// FeedbackStore keeps what became of cards. It must be safe for concurrent use.
type FeedbackStore interface {
	// Issue notes a card that is sent.
	Issue(Issued) error
	// Add keeps feedback: once it returns, for good. Feedback with the card, outcome
	// and timestamp of earlier feedback changes nothing.
	Add([]Feedback) error
	// Pseudonym stands for a patient of a client: the same for the same two, and of no
	// meaning without a secret that the store keeps.
	Pseudonym(caller, patient string) string
	// Overridden reports whether a card that says the same of the same patient was
	// overridden between two times.
	Overridden(card Issued, from, to time.Time) bool
}

// feedbackRequest is the body of a feedback call.
type feedbackRequest struct {
	Feedback []feedbackItem `json:"feedback"`
}

type feedbackItem struct {
	Card                string `json:"card"`
	Outcome             string `json:"outcome"`
	OutcomeTimestamp    string `json:"outcomeTimestamp"`
	AcceptedSuggestions []struct {
		ID string `json:"id"`
	} `json:"acceptedSuggestions"`
	OverrideReason *struct {
		Reason      *Coding `json:"reason"`
		UserComment string  `json:"userComment"`
	} `json:"overrideReason"`
}

// readFeedback reads a batch; one faulty item refuses all of it. The error is a *Refusal.
func readFeedback(body io.Reader) ([]Feedback, error) {
	var r feedbackRequest
	if err := unmarshal(body, &r); err != nil {
		return nil, err
	}
	if len(r.Feedback) == 0 {
		return nil, badRequest("required", "feedback", "is missing or empty")
	}
	list := make([]Feedback, len(r.Feedback))
	for i := range r.Feedback {
		element, reason := r.Feedback[i].read(&list[i])
		if reason != "" {
			return nil, badRequest("value", "feedback."+element, reason)
		}
	}
	return list, nil
}

// read checks one item; reason says what is wrong with the element.
func (f *feedbackItem) read(to *Feedback) (element, reason string) {
	at, err := time.Parse(time.RFC3339Nano, f.OutcomeTimestamp)
	switch {
	case uuid.Validate(f.Card) != nil:
		return "card", "must be the uuid of a card"
	case f.Outcome != "accepted" && f.Outcome != "overridden":
		return "outcome", "must be accepted or overridden"
	case err != nil:
		return "outcomeTimestamp", "must be a time in UTC such as 2025-06-16T12:00:00Z"
	case f.Outcome == "accepted" && len(f.AcceptedSuggestions) == 0:
		return "acceptedSuggestions", "is missing for an accepted card"
	case f.Outcome == "overridden" && len(f.AcceptedSuggestions) > 0:
		return "acceptedSuggestions", "does not go with an overridden card"
	case f.Outcome == "accepted" && f.OverrideReason != nil:
		return "overrideReason", "does not go with an accepted card"
	}
	*to = Feedback{Card: f.Card, Outcome: f.Outcome, Timestamp: at.UTC()}
	for _, s := range f.AcceptedSuggestions {
		if uuid.Validate(s.ID) != nil {
			return "acceptedSuggestions.id", "must be the uuid of a suggestion"
		}
		to.Suggestions = append(to.Suggestions, s.ID)
	}
	if o := f.OverrideReason; o != nil {
		switch {
		case o.Reason == nil && o.UserComment == "":
			return "overrideReason", "must hold a reason or a comment"
		case o.Reason != nil && (o.Reason.Code == "" || o.Reason.System == ""):
			return "overrideReason.reason", "must hold a code and its system"
		}
		to.Commented = o.UserComment != ""
		if o.Reason != nil {
			to.Reason = &Coding{System: o.Reason.System, Code: o.Reason.Code}
		}
	}
	return "", ""
}

// feedback takes the feedback on a service.
func (s *server) feedback(c *gin.Context) {
	if _, ok := s.find(c); !ok {
		return
	}
	list, err := readFeedback(http.MaxBytesReader(c.Writer, c.Request.Body, s.MaxBytes))
	if err == nil {
		err = s.Feedback.Add(list)
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Data(http.StatusOK, jsonType, []byte("{}"))
}
