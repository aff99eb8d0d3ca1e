package cdshooks

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-json-experiment/json"
	"golang.org/x/text/language"
)

const (
	jsonType = "application/json"
	fhirType = "application/fhir+json"
)

// server answers over HTTP.
type server struct {
	Options
	services  map[string]*Service
	discovery *discovery
}

// Register serves the services on a router, under /cds-services. The error says what
// is wrong with the options. Other methods are up to the engine (see MethodNotAllowed).
func Register(router gin.IRouter, options Options) error {
	options, err := options.withDefaults()
	if err != nil {
		return err
	}
	s := &server{Options: options, services: map[string]*Service{}}
	for i := range options.Services {
		s.services[options.Services[i].ID] = &options.Services[i]
	}
	if s.discovery, err = newDiscovery(options.Services); err != nil {
		return err
	}
	s.route(router, "/cds-services", s.discovery.get, http.MethodGet, http.MethodHead)
	s.route(router, "/cds-services/:id", s.call, http.MethodPost)
	if s.Feedback != nil {
		s.route(router, "/cds-services/:id/feedback", s.feedback, http.MethodPost)
	}
	return nil
}

// route serves a path with the methods given, and browsers that ask first.
func (s *server) route(router gin.IRouter, path string, handle gin.HandlerFunc, served ...string) {
	for _, method := range served {
		router.Handle(method, path, s.recover, s.allowOrigin, s.authenticate, s.accept, handle)
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

// authenticate lets known clients through. The others are not told why.
func (s *server) authenticate(c *gin.Context) {
	if s.Clients == nil {
		return
	}
	err := s.Clients.Authenticate(c.Request.Context(), c.GetHeader("Authorization"), s.PublicBase+c.Request.URL.Path)
	if err != nil {
		s.Log.Warn("cdshooks: caller refused", "reason", err)
		c.Header("WWW-Authenticate", "Bearer")
		s.fail(c, refuse(http.StatusUnauthorized, "login", "", "a valid JWT of a client that is known here is needed"))
	}
}

// accept refuses bodies that are not JSON.
func (s *server) accept(c *gin.Context) {
	if c.Request.Method != http.MethodPost {
		return
	}
	kind, parameters, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	charset := strings.ToLower(parameters["charset"])
	if err != nil || kind != jsonType && kind != fhirType || charset != "" && charset != "utf-8" {
		s.fail(c, refuse(http.StatusUnsupportedMediaType, "not-supported", "", "the body must be application/json in UTF-8"))
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
	call := &Call{Service: service.ID, Hook: r.Hook, Context: r.context, Language: s.language(c)}
	fetching, cancel := context.WithTimeout(c.Request.Context(), s.FetchTime)
	defer cancel()
	call.more = func(queries []string) []Datum { return r.fetchAll(fetching, s.Servers, queries) }
	call.Data, err = gather(fetching, r, service.Prefetch, s.Servers, start)
	var cards []Card
	if err == nil {
		cards, err = service.Advise(c.Request.Context(), call)
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	s.respond(c, call, cards)
	s.Log.Info("cdshooks: answered", "service", service.ID, "hook", string(r.Hook), "cards", len(cards),
		"ms", float64(s.Now().Sub(start).Microseconds())/1000)
}

// respond sends cards and notes that they were sent.
func (s *server) respond(c *gin.Context, call *Call, cards []Card) {
	response := Response{Cards: []Card{}}
	for _, card := range cards {
		card.finish()
		response.Cards = append(response.Cards, card)
	}
	document, err := json.Marshal(response)
	if err != nil {
		s.fail(c, err)
		return
	}
	if s.Feedback != nil {
		for _, card := range response.Cards {
			err := s.Feedback.Issue(Issued{Card: card.UUID, Service: call.Service, Hook: call.Hook, At: s.Now().UTC().Truncate(time.Second), About: card.About})
			if err != nil { // advice is worth more than knowing later what became of it
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
	c.Header("Cache-Control", "no-store")
	c.Data(refusal.Status, fhirType, refusal.outcome())
	c.Abort()
}

var languages = language.NewMatcher([]language.Tag{language.Dutch, language.English})

// language is what the caller prefers of what we speak.
func (s *server) language(c *gin.Context) string {
	preferred, _, err := language.ParseAcceptLanguage(c.GetHeader("Accept-Language"))
	if err != nil || len(preferred) == 0 {
		return s.Language
	}
	_, index, confidence := languages.Match(preferred...)
	if confidence == language.No {
		return s.Language
	}
	return []string{"nl", "en"}[index]
}
