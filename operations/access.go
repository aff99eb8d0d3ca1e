package operations

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/rest"
)

// Access is that an operation was called that reads the data of a patient, for a log of who
// was told what of whom.
type Access struct {
	At        time.Time
	Operation string // "$advise"
	Caller    string // the name of the client; empty when it was not asked, or is not known
	Address   string // IP address that the connection comes from
	// Patient is the id of the patient in what was sent, and Identifiers are those of his
	// Patient; empty when it was refused before they were known.
	Patient     string
	Identifiers []fhir.Identifier
	Status      int    // of HTTP
	Trace       string // header traceparent, as sent
}

// callerKey and chartKey are where the name of the client and what was read are kept during
// a call.
const (
	callerKey = "operations.caller"
	chartKey  = "operations.chart"
)

// logged are the operations of which is told. To validate reads no patient: it judges the form of
// a document, and says nothing of what stands in it.
var logged = map[string]string{root + "/$advise": "$advise", root + "/$score": "$score", root + "/$normalise": "$normalise"}

// accessed logs a call that is about to be answered or refused. The error is a refusal: what
// cannot be logged is not answered.
func (s *server) accessed(c *gin.Context, status int) error {
	operation := logged[c.FullPath()]
	if s.Accessed == nil || operation == "" {
		return nil
	}
	a := Access{At: time.Now(), Operation: operation, Caller: c.GetString(callerKey), Address: c.RemoteIP(), Status: status, Trace: c.GetHeader("traceparent")}
	if chart, read := c.Value(chartKey).(*fhir.Chart); read {
		a.Patient, a.Identifiers = whose(chart)
	}
	if err := s.Accessed(context.WithoutCancel(c.Request.Context()), a); err != nil {
		s.Log.Error("fhir: access not logged", "route", c.FullPath(), "status", status, "error", err)
		return refuse(http.StatusServiceUnavailable, "transient", "", "the call cannot be logged now, and so not be answered")
	}
	return nil
}

// whose is the patient of a chart: by his Patient, else by who a resource says it is about.
func whose(chart *fhir.Chart) (id string, identifiers []fhir.Identifier) {
	if chart.Patient != nil {
		return chart.Patient.ID, chart.Patient.Identifier
	}
	for _, r := range chart.Resources {
		var subject fhir.Reference
		switch about := r.(type) {
		case *fhir.QuestionnaireResponse:
			subject = about.Subject
		case *fhir.Observation:
			subject = about.Subject
		case *fhir.Condition:
			subject = about.Subject
		case *fhir.Procedure:
			subject = about.Subject
		}
		if subject.Identifier != nil {
			identifiers = []fhir.Identifier{*subject.Identifier}
		}
		if _, name := fhir.SplitReference(subject.Reference); strings.HasPrefix(name, "Patient/") {
			id = strings.TrimPrefix(name, "Patient/")
		}
		if id != "" || identifiers != nil {
			return id, identifiers
		}
	}
	return "", nil
}

// statusOf is the status with which an error is told.
func statusOf(err error) int {
	var r *rest.Refusal
	if errors.As(err, &r) {
		return r.Status
	}
	return http.StatusInternalServerError
}
