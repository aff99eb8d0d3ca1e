package cdshooks

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Access is that a service was called, for a log of who was told what of whom. Of what the
// client sent it holds what has the form that the specification asks for, and nothing else.
type Access struct {
	At      time.Time
	Service string // its id; empty when there is none as was called
	Hook    Hook   // empty when the call was refused before it was known
	// Caller is the name of the client; empty when it was not asked, or is not known.
	Caller  string
	Address string // IP address that the connection comes from
	User    string // "Practitioner/1", also after the base of a server; may be empty
	// Patient is the id of the patient at the client, and Identifiers are those of his
	// Patient, once they are known.
	Patient     string
	Identifiers []fhir.Identifier
	Status      int    // of HTTP
	Trace       string // header traceparent, as sent
}

// Concerns tells who the patient of the call is: what is logged of the call names him by it.
func (c *Call) Concerns(identifiers []fhir.Identifier) { c.identifiers = identifiers }

// callKey is where the call of a service is kept, once it is read.
const callKey = "cdshooks.call"

// servicePath is the path of a service, on the router.
const servicePath = "/cds-services/:id"

// accessed logs a call that is about to be answered. The error is a *Refusal: what cannot be
// logged is not answered.
func (s *server) accessed(c *gin.Context, status int) error {
	if s.Accessed == nil || c.Request.Method != http.MethodPost || !strings.HasSuffix(c.FullPath(), servicePath) {
		return nil
	}
	a := Access{At: s.Now(), Caller: c.GetString(callerKey), Address: c.RemoteIP(), Status: status, Trace: c.GetHeader("traceparent")}
	if service, known := s.services[c.Param("id")]; known {
		a.Service = service.ID
	}
	if call, read := c.Value(callKey).(*Call); read {
		if call.logged {
			return nil // a fault while answering
		}
		call.logged = true
		a.Hook, a.User, a.Patient, a.Identifiers = call.Hook, call.Context.UserID, call.Context.PatientID, call.identifiers
	}
	if err := s.Accessed(context.WithoutCancel(c.Request.Context()), a); err != nil {
		s.Log.Error("cdshooks: access not logged", "service", a.Service, "status", status, "error", err)
		return refuse(http.StatusServiceUnavailable, "transient", "", "the call cannot be logged now, and so not be answered")
	}
	return nil
}
