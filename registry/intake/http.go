package intake

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir/rest"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/telemetry"
)

// Callers knows who may send.
type Callers interface {
	// Identify checks the Authorization header of a call to the URL audience, and gives the
	// name of the caller. The error is for the log; the caller is not told why.
	Identify(ctx context.Context, authorization, audience string) (caller string, err error)
}

// Options are what the surface depends on.
type Options struct {
	Intake *Intake
	// Callers authenticates who sends; nil lets everybody in.
	Callers Callers
	// PublicBase is the URL under which clients reach us, without slash at the end.
	PublicBase string
	Log        *slog.Logger
}

// The paths.
const (
	root        = "/fhir"
	receiptPath = root + "/intake/"
)

// CallerSystem is the system of the names of callers in the audit log.
const CallerSystem = mapping.CanonicalBase + "/sid/caller"

// server answers over HTTP.
type server struct{ Options }

// Register serves POST /fhir and POST /fhir/Bundle, and the receipts of what was sent.
//
// A sending of which something was accepted is answered with 201 and the Location of its
// receipt, the same sending again with 200, and one of which nothing could be accepted with
// 422. The body is an OperationOutcome in any case.
func Register(router gin.IRouter, options Options) error {
	if i := options.Intake; i == nil || i.Store == nil || i.Audit == nil || i.Register == nil || i.Limits.Bytes <= 0 || i.Limits.Depth <= 0 || options.Log == nil {
		return errors.New("intake: store, audit log, registrar, limits and log must be given")
	}
	s := &server{options}
	fhir := router.Group(root, rest.Recover(s.Log), s.authenticate)
	fhir.POST("", s.take)
	fhir.POST("/Bundle", s.take)
	fhir.GET("/intake/:id", s.receipt)
	return nil
}

// Authenticated lets only callers through whom the options know, as Register does: for
// operations on what was taken in.
func Authenticated(options Options) gin.HandlerFunc { return (&server{options}).authenticate }

// callerKey is where the name of the caller stands.
const callerKey = "caller"

// authenticate lets known clients through. The others are not told why.
func (s *server) authenticate(c *gin.Context) {
	if s.Callers == nil {
		return
	}
	caller, err := s.Callers.Identify(c.Request.Context(), c.GetHeader("Authorization"), s.PublicBase+c.Request.URL.Path)
	if err != nil {
		s.Log.Warn("intake: caller refused", "reason", err)
		c.Header("WWW-Authenticate", "Bearer")
		rest.Fail(c, s.Log, rest.Refuse(http.StatusUnauthorized, "login", "", "a valid JWT of a client that is known here is needed"))
		return
	}
	c.Set(callerKey, caller)
}

// party is who sends: the client by its name, else the machine by its address.
func party(c *gin.Context) audit.Party {
	address, _, err := net.SplitHostPort(c.Request.RemoteAddr)
	if err != nil {
		address = ""
	}
	name := c.GetString(callerKey)
	if name == "" {
		name = address
	}
	return audit.Party{System: CallerSystem, Value: name, Address: address, Human: false}
}

func (s *server) take(c *gin.Context) {
	start := time.Now()
	err := rest.Accept(c, rest.FHIRJSON, rest.JSON)
	var body []byte
	if err == nil {
		body, err = rest.Body(c, s.Intake.Limits.Bytes)
	}
	var result *Result
	if err == nil {
		result, err = s.Intake.Take(c.Request.Context(), body, party(c), telemetry.Traceparent(c.GetHeader("traceparent")))
	}
	if err != nil {
		rest.Fail(c, s.Log, err)
		return
	}
	status := result.Status()
	if r := result.Receipt; r != nil {
		c.Header("Location", s.PublicBase+receiptPath+r.ID)
	}
	c.Header("Cache-Control", "no-store")
	c.Data(status, rest.FHIRJSON, result.Outcome)
	s.Log.Info("intake: answered", "route", c.FullPath(), "status", status, "received", result.Received, "accepted", result.Accepted,
		"ignored", result.Ignored, "rejected", result.Rejected, "ms", float64(time.Since(start).Microseconds())/1000)
}

// receipt gives again what was answered to a sending.
func (s *server) receipt(c *gin.Context) {
	err := rest.Accept(c, rest.FHIRJSON, rest.JSON)
	if err != nil {
		rest.Fail(c, s.Log, err)
		return
	}
	r, err := s.Intake.Store.Sending(c.Request.Context(), s.Intake.Tenant, c.Param("id"))
	if errors.Is(err, store.ErrNotFound) {
		err = rest.Refuse(http.StatusNotFound, "not-found", "", "there is no receipt with this id")
	}
	if err != nil {
		rest.Fail(c, s.Log, err)
		return
	}
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, rest.FHIRJSON, r.Answer)
}
