package cdshooks

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// Refusal is the answer to a call that gets no cards, sent as an OperationOutcome.
// Its issues hold no values of the patient.
type Refusal struct {
	Status int // of HTTP
	Issues []fhir.Issue
}

// Error gives the reasons.
func (r *Refusal) Error() string {
	reasons := make([]string, len(r.Issues))
	for i, issue := range r.Issues {
		reasons[i] = issue.Reason
		if !strings.HasPrefix(issue.Reason, issue.Path) {
			reasons[i] = issue.Path + " " + issue.Reason
		}
	}
	return strings.Join(reasons, "; ")
}

// refuse makes a Refusal of one issue; code is one of http://hl7.org/fhir/issue-type.
func refuse(status int, code, path, reason string) *Refusal {
	return &Refusal{status, []fhir.Issue{{Severity: fhir.SeverityError, Code: code, Path: path, Reason: reason}}}
}

// badRequest refuses a request for one of its members.
func badRequest(code, path, reason string) *Refusal {
	return refuse(http.StatusBadRequest, code, path, path+" "+reason)
}

// malformed refuses what is no JSON, or JSON of another shape, saying where but not what.
func malformed(err error) *Refusal {
	var semantic *json.SemanticError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return refuse(http.StatusRequestEntityTooLarge, "too-long", "", fmt.Sprintf("the request is larger than %d bytes", tooLarge.Limit))
	case errors.As(err, &semantic):
		path := strings.ReplaceAll(strings.TrimPrefix(string(semantic.JSONPointer), "/"), "/", ".")
		if path == "" {
			return refuse(http.StatusBadRequest, "structure", "", "the request must be a JSON object")
		}
		return badRequest("structure", path, "has the wrong JSON type")
	case errors.Is(err, jsontext.ErrDuplicateName):
		return refuse(http.StatusBadRequest, "duplicate", "", "an object holds the same name twice")
	}
	return refuse(http.StatusBadRequest, "structure", "", "the request is not well-formed JSON")
}

// internal is the answer when something went wrong here.
func internal() *Refusal {
	return refuse(http.StatusInternalServerError, "exception", "", "the service failed; the failure has been logged")
}

// outcome is the OperationOutcome of a refusal.
func (r *Refusal) outcome() []byte {
	document, err := encode.JSON(encode.OperationOutcome(r.Issues))
	if err != nil {
		panic(err) // the codes are constants
	}
	return document
}
