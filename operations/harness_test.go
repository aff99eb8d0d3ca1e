package operations_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/operations"
)

// surface is the surface under test with its log.
type surface struct {
	engine *gin.Engine
	log    bytes.Buffer
}

// doorman knows one caller.
type doorman struct{ audience string }

func (d *doorman) Identify(_ context.Context, authorization, audience string) (string, error) {
	d.audience = audience
	if authorization != "Bearer known" {
		return "", errors.New("unknown issuer")
	}
	return "somebody", nil
}

// serve starts the surface with a limit of 16 kB and ten entries.
func serve(t testing.TB, callers operations.Authenticator, change ...func(*operations.Options)) *surface {
	t.Helper()
	gin.SetMode(gin.TestMode)
	s := &surface{engine: gin.New()}
	s.engine.HandleMethodNotAllowed = true
	s.engine.NoRoute(operations.NotFound)
	options := operations.Options{
		Adviser: &advice.Adviser{}, Limits: decode.Limits{Bytes: 16 << 10, Depth: 20, Entries: 10},
		PublicBase: "https://pijnpoort.hospital.example", Installation: "A hospital", Callers: callers,
		Normalising: normalising(), Log: slog.New(slog.NewJSONHandler(&s.log, nil)),
	}
	for _, c := range change {
		c(&options)
	}
	if err := operations.Register(s.engine, options); err != nil {
		t.Fatal(err)
	}
	return s
}

// call sends a request; headers are pairs of name and value.
func (s *surface) call(method, url, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/fhir+json")
	}
	for k := 0; k < len(headers); k += 2 {
		r.Header.Set(headers[k], headers[k+1])
	}
	w := httptest.NewRecorder()
	s.engine.ServeHTTP(w, r)
	return w
}

// answered is the body of a request that must succeed.
func (s *surface) answered(t *testing.T, method, url, body string) []byte {
	t.Helper()
	w := s.call(method, url, body)
	if w.Code != http.StatusOK {
		t.Fatalf("%s %s: %d %s", method, url, w.Code, w.Body)
	}
	return w.Body.Bytes()
}

// valid demands that the strict parser reads a document.
func valid(t testing.TB, document []byte) {
	t.Helper()
	if err := strict(document); err != nil {
		t.Errorf("not valid R4: %v", err)
	}
}

func strict(document []byte) error {
	u, err := jsonformat.NewUnmarshaller("UTC", fhirversion.R4)
	if err != nil {
		return err
	}
	_, err = u.UnmarshalR4(document)
	return err
}

// bundle is what the tests look at of a Bundle.
type bundle struct {
	Type  string `json:"type"`
	Entry []struct {
		FullURL  string   `json:"fullUrl"`
		Resource resource `json:"resource"`
	} `json:"entry"`
}

type resource struct {
	Type     string      `json:"resourceType"`
	ID       string      `json:"id"`
	Status   string      `json:"status"`
	Code     concept     `json:"code"`
	Category []concept   `json:"category"`
	Subject  reference   `json:"subject"`
	When     string      `json:"effectiveDateTime"`
	By       []reference `json:"performer"`
	Value    *struct {
		Value json.Number `json:"value"`
		Code  string      `json:"code"`
	} `json:"valueQuantity"`
	Absent  concept     `json:"dataAbsentReason"`
	Method  concept     `json:"method"`
	Members []reference `json:"hasMember"`
	Sources []reference `json:"derivedFrom"`
	Notes   []struct {
		Text string `json:"text"`
	} `json:"note"`
	Issues []struct {
		Severity    string `json:"severity"`
		Code        string `json:"code"`
		Diagnostics string `json:"diagnostics"`
	} `json:"issue"`
}

type concept struct {
	Coding []struct {
		System string `json:"system"`
		Code   string `json:"code"`
	} `json:"coding"`
	Text string `json:"text"`
}

// codes are the codes of a concept.
func (c concept) codes() string {
	var list []string
	for _, coding := range c.Coding {
		list = append(list, coding.Code)
	}
	return strings.Join(list, " ")
}

type reference struct {
	Reference string `json:"reference"`
}

func read(t *testing.T, document []byte) bundle {
	t.Helper()
	valid(t, document)
	var b bundle
	if err := json.Unmarshal(document, &b); err != nil {
		t.Fatal(err)
	}
	return b
}

// scored are the Observations of a bundle by our code of the score.
func (b bundle) scored() map[string]resource {
	scores := make(map[string]resource)
	for _, e := range b.Entry {
		if r := e.Resource; r.Type == "Observation" {
			scores[r.Code.Coding[len(r.Code.Coding)-1].Code] = r
		}
	}
	return scores
}

// outcome is the text of the issues of the OperationOutcome in a bundle.
func (b bundle) outcome() string {
	var list []string
	for _, e := range b.Entry {
		for _, i := range e.Resource.Issues {
			list = append(list, i.Severity+": "+i.Diagnostics)
		}
	}
	return strings.Join(list, "\n")
}
