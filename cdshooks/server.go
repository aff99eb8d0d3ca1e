package cdshooks

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/gin-gonic/gin"
)

const (
	jsonType = "application/json"
	fhirType = "application/fhir+json"
)

// server answers over HTTP.
type server struct {
	Options
	services  map[string]*Service
	discovery discovery
	limits    *limits
}

// Register serves the services on a router, under /cds-services. The error says what
// is wrong with the options. Other methods are up to the engine (see MethodNotAllowed).
func Register(router gin.IRouter, options Options) error {
	options, err := options.withDefaults()
	if err != nil {
		return err
	}
	s := &server{Options: options, services: map[string]*Service{}, limits: newLimits(options.Rate)}
	for i := range options.Services {
		s.services[options.Services[i].ID] = &options.Services[i]
	}
	if s.discovery, err = newDiscovery(options.Services); err != nil {
		return err
	}
	s.route(router, "/cds-services", s.discover, http.MethodGet, http.MethodHead)
	s.route(router, servicePath, s.call, http.MethodPost)
	if s.Feedback != nil {
		s.route(router, "/cds-services/:id/feedback", s.feedback, http.MethodPost)
	}
	return s.describe(router)
}

// route serves a path with the methods given, and browsers that ask first.
func (s *server) route(router gin.IRouter, path string, handle gin.HandlerFunc, served ...string) {
	for _, method := range served {
		router.Handle(method, path, s.recover, s.allowOrigin, s.authenticate, s.limit, s.accept, handle)
	}
	allow := strings.Join(append(served, http.MethodOptions), ", ")
	router.OPTIONS(path, s.recover, s.allowOrigin, func(c *gin.Context) {
		c.Header("Allow", allow)
		c.Status(http.StatusNoContent)
	})
}

// MethodNotAllowed is for the NoMethod of an engine that handles other methods than
// those served: an OperationOutcome with status 405.
func MethodNotAllowed(c *gin.Context) {
	r := refuse(http.StatusMethodNotAllowed, "not-supported", "", "the method is not served here; see the header Allow")
	c.Data(r.Status, fhirType, r.outcome())
}

// recover answers a failure of ours with an OperationOutcome.
func (s *server) recover(c *gin.Context) {
	defer func() {
		if failure := recover(); failure != nil {
			if failure == http.ErrAbortHandler {
				panic(failure)
			}
			// Its message may quote data, so only where it happened is logged.
			s.Log.Error("cdshooks: panic", "type", fmt.Sprintf("%T", failure), "stack", string(debug.Stack()))
			s.fail(c, internal())
		}
	}()
	c.Next()
}

// callerKey is where the name of the client is kept during a call.
const callerKey = "cdshooks.caller"

// authenticate lets known clients through. The others are not told why.
func (s *server) authenticate(c *gin.Context) {
	if s.Clients == nil {
		return
	}
	caller, err := s.Clients.Identify(c.Request.Context(), c.GetHeader("Authorization"), s.PublicBase+c.Request.URL.Path)
	if err == nil {
		c.Set(callerKey, caller)
		return
	}
	s.limit(c) // by address: who tries much is told to slow down
	if c.IsAborted() {
		return
	}
	s.Log.Warn("cdshooks: caller refused", "reason", err)
	c.Header("WWW-Authenticate", "Bearer")
	s.fail(c, refuse(http.StatusUnauthorized, "login", "", "a valid JWT of a client that is known here is needed"))
}

// accept refuses bodies that are not JSON, or compressed.
func (s *server) accept(c *gin.Context) {
	if c.Request.Method != http.MethodPost {
		return
	}
	kind, parameters, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	charset, encoding := strings.ToLower(parameters["charset"]), c.GetHeader("Content-Encoding")
	if err != nil || kind != jsonType && kind != fhirType || charset != "" && charset != "utf-8" || encoding != "" && encoding != "identity" {
		s.fail(c, refuse(http.StatusUnsupportedMediaType, "not-supported", "", "the body must be application/json in UTF-8, not compressed"))
	}
}

// find is the service that the path names; without it the call has been answered.
func (s *server) find(c *gin.Context) (*Service, bool) {
	service, ok := s.services[c.Param("id")]
	if !ok {
		s.fail(c, refuse(http.StatusNotFound, "not-found", "", "there is no service with this id; see /cds-services"))
	}
	return service, ok
}

// call answers a call of a service.
func (s *server) call(c *gin.Context) {
	service, ok := s.find(c)
	if !ok {
		return
	}
	start := s.Now()
	r, err := readRequest(http.MaxBytesReader(c.Writer, c.Request.Body, s.MaxBytes), service)
	if err != nil {
		s.fail(c, err)
		return
	}
	call := &Call{Service: service.ID, Hook: r.Hook, Context: r.context, Extension: r.Extension, Language: s.language(c)}
	c.Set(callKey, call)
	fetching, cancel := context.WithTimeout(c.Request.Context(), s.FetchTime)
	defer cancel()
	call.more = func(queries []string) []Datum { return r.fetchAll(fetching, s.Servers, queries) }
	call.Data, err = gather(fetching, r, service.Prefetch, s.Servers, start)
	var response Response
	if err == nil {
		response, err = service.Advise(c.Request.Context(), call)
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	advised := len(response.Cards)
	s.respond(c, r, call, &response)
	s.Log.Info("cdshooks: answered", "service", service.ID, "hook", string(r.Hook), "cards", len(response.Cards),
		"quiet", advised-len(response.Cards), "ms", float64(s.Now().Sub(start).Microseconds())/1000)
}

// respond sends cards, but for those that were overridden lately, and notes that they
// were sent.
func (s *server) respond(c *gin.Context, r *request, call *Call, response *Response) {
	sent := make([]Card, 0, len(response.Cards))
	notes := make([]Issued, 0, len(response.Cards))
	for _, card := range response.Cards {
		card.finish()
		note := s.note(c, r, call, &card)
		if s.quiet(&card, note) {
			continue
		}
		for _, l := range s.Links {
			card.Links = append(card.Links, l.on(&card, call))
		}
		sent, notes = append(sent, card), append(notes, note)
	}
	response.Cards = sent
	document, err := response.document()
	if err == nil {
		err = s.accessed(c, http.StatusOK)
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	if s.Feedback != nil {
		for _, note := range notes {
			if err := s.Feedback.Issue(note); err != nil { // advice is worth more than knowing later what became of it
				s.Log.Error("cdshooks: card not noted", "error", err)
			}
		}
	}
	c.Header("Content-Language", call.Language)
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, jsonType, document)
}

// fail sends a Refusal; any other error is ours, and logged.
func (s *server) fail(c *gin.Context, err error) {
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		s.Log.Error("cdshooks: failed", "error", err)
		refusal = internal()
	} else if refusal.Status != http.StatusUnauthorized {
		s.Log.Warn("cdshooks: refused", "status", refusal.Status, "reason", refusal)
	}
	_ = s.accessed(c, refusal.Status) // it has been told; nothing of the patient goes out
	c.Header("Content-Language", "en")
	c.Header("Cache-Control", "no-store")
	c.Data(refusal.Status, fhirType, refusal.outcome())
	c.Abort()
}
