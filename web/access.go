package web

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Access is that somebody had a patient judged on the workbench, for a log of who saw what of
// whom.
type Access struct {
	At      time.Time
	User    string // name that was logged in with; empty where nobody need
	Address string // IP address that the connection comes from
	// Patient is the id of the patient in what was given, and Identifiers are those of his
	// Patient; empty when they could not be read.
	Patient     string
	Identifiers []fhir.Identifier
	Failed      bool // the data could not be read
}

// accessed logs what is about to be shown. What cannot be logged is not to be shown.
func (s *server) accessed(c *gin.Context, shown []patient) error {
	if s.Accessed == nil {
		return nil
	}
	user := ""
	if s.Users != nil {
		user, _, _ = c.Request.BasicAuth()
	}
	for _, p := range shown {
		a := Access{At: time.Now(), User: user, Address: c.RemoteIP(), Failed: p.Fault != ""}
		if p.about != nil {
			a.Patient, a.Identifiers = p.about.ID, p.about.Identifier
		}
		if err := s.Accessed(context.WithoutCancel(c.Request.Context()), a); err != nil {
			return err
		}
	}
	return nil
}
