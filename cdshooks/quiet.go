package cdshooks

import (
	"time"

	"github.com/gin-gonic/gin"
)

// note is what is kept of a card.
func (s *server) note(c *gin.Context, r *request, call *Call, card *Card) Issued {
	note := Issued{
		Card: card.UUID, Service: call.Service, Hook: call.Hook, Instance: r.HookInstance,
		At: s.Now().UTC().Truncate(time.Second), Indicator: card.Indicator, About: card.About,
	}
	if card.Source.Topic != nil {
		note.Topic = card.Source.Topic.Code
	}
	if s.QuietDays > 0 {
		note.Patient = s.Feedback.Pseudonym(c.GetString(callerKey), call.Context.PatientID)
	}
	return note
}

// ahead is how far the clock of a client may be ahead in feedback. What was overridden
// later than that is not believed, lest a card stay away for years.
const ahead = 24 * time.Hour

// quiet reports whether a card is left out, since the same was overridden lately.
func (s *server) quiet(card *Card, note Issued) bool {
	if s.QuietDays <= 0 || card.Insistent {
		return false
	}
	now := s.Now()
	return s.Feedback.Overridden(note, now.AddDate(0, 0, -s.QuietDays), now.Add(ahead))
}
