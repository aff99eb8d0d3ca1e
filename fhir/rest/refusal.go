package rest

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// Refusal is why a request is not answered. Its issues hold no values of a patient.
type Refusal struct {
	Status int // of HTTP
	Issues []fhir.Issue
}

// Error gives the reasons.
func (r *Refusal) Error() string {
	reasons := make([]string, len(r.Issues))
	for i, issue := range r.Issues {
		reasons[i] = strings.TrimSpace(issue.Path + " " + issue.Reason)
	}
	return strings.Join(reasons, "; ")
}

// Refuse makes a refusal of one issue; code is one of http://hl7.org/fhir/issue-type.
func Refuse(status int, code, path, reason string) *Refusal {
	return &Refusal{status, []fhir.Issue{{Severity: fhir.SeverityError, Code: code, Path: path, Reason: reason}}}
}

// Internal is the refusal when something went wrong here.
func Internal() *Refusal {
	return Refuse(http.StatusInternalServerError, "exception", "", "the service failed; the failure has been logged")
}

// tooMuch are the issue types of documents that exceed a limit.
var tooMuch = map[string]bool{"too-long": true, "too-costly": true}

// Unreadable is the refusal of a body that decode refused; any other error stays as it is.
func Unreadable(err error) error {
	var fault *decode.Error
	if !errors.As(err, &fault) {
		return err
	}
	status := http.StatusBadRequest
	if tooMuch[fault.Code] {
		status = http.StatusRequestEntityTooLarge
	}
	return Refuse(status, fault.Code, fault.Path, fault.Reason)
}

// Send answers with an OperationOutcome.
func (r *Refusal) Send(c *gin.Context) {
	document, err := encode.JSON(encode.OperationOutcome(r.Issues))
	if err != nil {
		c.AbortWithStatus(http.StatusInternalServerError) // a code of ours that FHIR lacks
		return
	}
	c.Header("Cache-Control", "no-store")
	c.Data(r.Status, FHIRJSON, document)
	c.Abort()
}

// Fail sends a refusal; any other error is ours, and logged. What the caller did wrong is
// logged as a warning, that he is not known excepted: the caller of Fail knows more of it.
func Fail(c *gin.Context, log *slog.Logger, err error) {
	var r *Refusal
	if !errors.As(err, &r) {
		log.Error("fhir: failed", "route", c.FullPath(), "error", err)
		r = Internal()
	} else if r.Status < http.StatusInternalServerError && r.Status != http.StatusUnauthorized {
		log.Warn("fhir: refused", "route", c.FullPath(), "status", r.Status, "reason", r)
	}
	r.Send(c)
}

// Recover answers a panic with an OperationOutcome. What the panic says may quote data, so
// only where it happened is logged.
func Recover(log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			if failure := recover(); failure != nil {
				if failure == http.ErrAbortHandler {
					panic(failure)
				}
				log.Error("fhir: panic", "type", fmt.Sprintf("%T", failure), "stack", string(debug.Stack()))
				Internal().Send(c)
			}
		}()
		c.Next()
	}
}
