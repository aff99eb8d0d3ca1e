package operations

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/fhir/rest"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/operations/profilecheck"
)

// root is where everything stands.
const root = "/fhir"

// Authenticator knows the callers.
type Authenticator interface {
	// Identify checks the Authorization header of a call to the URL audience, and gives the
	// name of the caller. The error is for the log; the caller is not told why.
	Identify(ctx context.Context, authorization, audience string) (caller string, err error)
}

// Options are what the surface depends on.
type Options struct {
	Adviser *advice.Adviser
	PROM    prom.Config
	// Limits on what is sent; Bytes must be set.
	Limits decode.Limits
	// PublicBase is the URL under which clients reach us, without slash at the end.
	PublicBase string
	// Installation is what the CapabilityStatement calls this one.
	Installation string
	// Registry: package registry is served beside, which takes in and reports.
	Registry bool
	// Callers authenticates who calls an operation; nil lets everybody in. What is
	// only read, the conformance resources, is for everybody.
	Callers Authenticator
	// Normalising makes what $normalise answers; nil is not served.
	Normalising *Normalising
	// Accessed is told of every call of $advise, $score and $normalise before it is answered
	// or refused; nil for none. When it fails the call is refused with status 503.
	Accessed func(context.Context, Access) error
	Log      *slog.Logger
}

// server answers over HTTP.
type server struct {
	Options
	conformance conformance
	checker     *profilecheck.Checker
}

// Register serves the surface on a router, under /fhir. Unknown paths and other
// methods are up to the engine: see NotFound.
func Register(router gin.IRouter, options Options) error {
	if options.Limits.Bytes <= 0 || options.Adviser == nil || options.Log == nil {
		return errors.New("operations: limits, adviser and log must be given")
	}
	known, err := embedded()
	if err != nil {
		return fmt.Errorf("operations: %w", err)
	}
	profiles, err := checker(options.Limits.Depth)
	if err != nil {
		return fmt.Errorf("operations: %w", err)
	}
	s := &server{options, known, profiles}
	statement, err := encode.JSON(s.capability())
	if err != nil {
		return fmt.Errorf("operations: %w", err)
	}
	fhir := router.Group(root, rest.Recover(s.Log))
	fhir.GET("/metadata", func(c *gin.Context) {
		if err := rest.Accept(c, fhirJSON, plainJSON); err != nil {
			s.fail(c, err)
			return
		}
		c.Data(http.StatusOK, fhirJSON, statement)
	})
	for _, kind := range known.types() {
		fhir.GET("/"+kind, func(c *gin.Context) { s.search(c, kind) })
		fhir.GET("/"+kind+"/:id", func(c *gin.Context) { s.read(c, kind) })
	}
	fhir.POST("/$score", s.authenticate, s.score)
	fhir.POST("/$advise", s.authenticate, s.advise)
	fhir.POST("/$validate", s.authenticate, s.validate)
	fhir.POST("/"+checked+"/$validate", s.authenticate, s.validate)
	if options.Normalising != nil {
		fhir.POST("/$normalise", s.authenticate, s.normalise)
	}
	return nil
}

// authenticate lets known clients through. The others are not told why.
func (s *server) authenticate(c *gin.Context) {
	if s.Callers == nil {
		return
	}
	caller, err := s.Callers.Identify(c.Request.Context(), c.GetHeader("Authorization"), s.PublicBase+c.Request.URL.Path)
	if err == nil {
		c.Set(callerKey, caller)
		return
	}
	s.Log.Warn("fhir: caller refused", "reason", err)
	c.Header("WWW-Authenticate", "Bearer")
	_ = s.accessed(c, http.StatusUnauthorized) // told if it fails; nothing goes out
	s.fail(c, refuse(http.StatusUnauthorized, "login", "", "a valid JWT of a client that is known here is needed"))
}

// score answers $score.
func (s *server) score(c *gin.Context) {
	s.answer(c, []string{fhirJSON, plainJSON}, func(body []byte) ([]byte, error) {
		if _, err := simple(c.Request.URL.Query(), body, nil); err != nil {
			return nil, err
		}
		chart, err := s.chart(c, body)
		if err != nil {
			return nil, err
		}
		bundle, err := Scores(chart, prom.Score(chart, s.PROM))
		if err != nil {
			return nil, err
		}
		return encode.JSON(bundle)
	})
}

// advise answers $advise with the verdict, which is no FHIR: a client that takes nothing
// else gets it in a Binary.
func (s *server) advise(c *gin.Context) {
	types := []string{plainJSON, fhirJSON}
	kind, _ := rest.Choose(c, types...) // who takes neither is refused below
	if kind == fhirJSON {
		slices.Reverse(types)
	}
	s.answer(c, types, func(body []byte) ([]byte, error) {
		given, err := simple(c.Request.URL.Query(), body, adviseChoices)
		if err != nil {
			return nil, err
		}
		if given["language"] == "" {
			given["language"] = rest.Language(c.Request, cmp.Or(s.Adviser.Judging.Language, rest.Languages[0]))
		}
		adviser, err := s.adviser(given)
		if err != nil {
			return nil, err
		}
		chart, err := s.chart(c, body)
		if err != nil {
			return nil, err
		}
		_, verdict := adviser.Advise(chart)
		var document bytes.Buffer
		encoder := json.NewEncoder(&document)
		encoder.SetEscapeHTML(false)
		if err = encoder.Encode(verdict); err != nil {
			return nil, err
		}
		c.Header("Content-Language", adviser.Judging.Language)
		if kind == fhirJSON {
			return encode.JSON(&encode.Binary{ContentType: plainJSON, Data: document.Bytes()})
		}
		return document.Bytes(), nil
	})
}

// answer reads a body, has it worked on and sends the outcome, which is in the first
// of the types.
func (s *server) answer(c *gin.Context, types []string, work func(body []byte) ([]byte, error)) {
	start := time.Now()
	err := rest.Accept(c, types...)
	var document []byte
	if err == nil {
		var body []byte
		if body, err = s.body(c); err == nil {
			document, err = work(body)
		}
	}
	if err == nil {
		err = s.accessed(c, http.StatusOK)
	} else {
		_ = s.accessed(c, statusOf(err)) // told if it fails; nothing goes out
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, types[0], document)
	s.Log.Info("fhir: answered", "route", c.FullPath(), "bytes", len(document), "ms", float64(time.Since(start).Microseconds())/1000)
}

// fail sends a refusal; any other error is ours, and logged.
func (s *server) fail(c *gin.Context, err error) { rest.Fail(c, s.Log, err) }
