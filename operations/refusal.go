package operations

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// refusal is why a request is not answered. Its issues hold no values of a patient.
type refusal struct {
	status int // of HTTP
	issues []fhir.Issue
}

// Error gives the reasons.
func (r *refusal) Error() string {
	reasons := make([]string, len(r.issues))
	for i, issue := range r.issues {
		reasons[i] = strings.TrimSpace(issue.Path + " " + issue.Reason)
	}
	return strings.Join(reasons, "; ")
}

// refuse makes a refusal of one issue; code is one of http://hl7.org/fhir/issue-type.
func refuse(status int, code, path, reason string) *refusal {
	return &refusal{status, []fhir.Issue{{Severity: fhir.SeverityError, Code: code, Path: path, Reason: reason}}}
}

// tooMuch are the issue types of documents that exceed a limit.
var tooMuch = map[string]bool{"too-long": true, "too-costly": true}

// unreadable is the refusal of a body that decode refused.
func unreadable(err error) error {
	var fault *decode.Error
	if !errors.As(err, &fault) {
		return err
	}
	status := http.StatusBadRequest
	if tooMuch[fault.Code] {
		status = http.StatusRequestEntityTooLarge
	}
	return refuse(status, fault.Code, fault.Path, fault.Reason)
}

// send answers with an OperationOutcome.
func (r *refusal) send(c *gin.Context) {
	document, err := encode.JSON(encode.OperationOutcome(r.issues))
	if err != nil {
		c.AbortWithStatus(http.StatusInternalServerError) // a code of ours that FHIR lacks
		return
	}
	c.Header("Cache-Control", "no-store")
	c.Data(r.status, fhirJSON, document)
	c.Abort()
}

// NotFound is for the NoRoute of an engine: an OperationOutcome under /fhir, the bare
// status elsewhere.
func NotFound(c *gin.Context) {
	if !strings.HasPrefix(c.Request.URL.Path, root+"/") {
		c.Status(http.StatusNotFound)
		return
	}
	refuse(http.StatusNotFound, "not-found", "", "nothing is served here; see "+root+"/metadata").send(c)
}
