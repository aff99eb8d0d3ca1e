package operations

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// Normalising makes the bundles that registries get; what it makes them by stands in
// another room.
type Normalising struct {
	// Targets, Shapes and Precisions are what can be chosen.
	Targets, Shapes, Precisions []string
	// Make makes the bundle of a chart. An error that is an Unanswerable is the sender's.
	Make func(ctx context.Context, a *advice.Adviser, chart *fhir.Chart, choice NormaliseChoice) (Normalised, error)
}

// NormaliseChoice is what the caller of $normalise chose; empty is as the site has set.
type NormaliseChoice struct{ Target, Shape, BirthDate string }

// Normalised is a bundle, and what of the chart is not in it.
type Normalised struct {
	Bundle []byte
	Issues []fhir.Issue
}

// Unanswerable is why no bundle can be made of a chart. It holds no value of a patient.
type Unanswerable struct{ Reason string }

// Error gives the reason.
func (u Unanswerable) Error() string { return u.Reason }

// lineShape is the shape that is no Bundle, and so no answer of an operation.
const lineShape = "ndjson"

// choices are the simple parameters of $normalise.
func (n *Normalising) choices() map[string]choice {
	return map[string]choice{
		"asOf": adviseChoices["asOf"], "standpunt": adviseChoices["standpunt"],
		"target":    {wants: oneOf(n.Targets)},
		"shape":     {wants: oneOf(n.Shapes)},
		"birthDate": {wants: oneOf(n.Precisions)},
	}
}

func oneOf(names []string) string { return "one of: " + strings.Join(names, ", ") }

// choose takes over what the caller chose.
func (n *Normalising) choose(given map[string]string) (NormaliseChoice, error) {
	var chosen NormaliseChoice
	for name, list := range map[string]struct {
		to    *string
		known []string
	}{"target": {&chosen.Target, n.Targets}, "shape": {&chosen.Shape, n.Shapes}, "birthDate": {&chosen.BirthDate, n.Precisions}} {
		value, ok := given[name]
		if !ok {
			continue
		}
		if !slices.Contains(list.known, value) || value == lineShape {
			known := slices.DeleteFunc(slices.Clone(list.known), func(s string) bool { return s == lineShape })
			return chosen, refuse(http.StatusBadRequest, "value", name, "must be "+oneOf(known))
		}
		*list.to = value
		delete(given, name)
	}
	return chosen, nil
}

// outcomeWanted reports whether the caller wants to be told what became of the input
// instead of the bundle (http://hl7.org/fhir/R4/http.html#return).
func outcomeWanted(c *gin.Context) bool {
	return slices.Contains(strings.FieldsFunc(c.GetHeader("Prefer"), func(r rune) bool { return r == ';' || r == ',' || r == ' ' }), "return=OperationOutcome")
}

// normalise answers $normalise: the bundle that a registry gets of a patient, or, where the
// caller prefers an OperationOutcome, what is not in it.
func (s *server) normalise(c *gin.Context) {
	s.answer(c, []string{fhirJSON, plainJSON}, func(body []byte) ([]byte, error) {
		given, err := simple(c.Request.URL.Query(), body, s.Normalising.choices())
		if err != nil {
			return nil, err
		}
		chosen, err := s.Normalising.choose(given)
		if err != nil {
			return nil, err
		}
		adviser, err := s.adviser(given)
		if err != nil {
			return nil, err
		}
		chart, err := s.chart(c, body)
		if err != nil {
			return nil, err
		}
		made, err := s.Normalising.Make(c.Request.Context(), adviser, chart, chosen)
		var unanswerable Unanswerable
		switch {
		case errors.As(err, &unanswerable):
			return nil, refuse(http.StatusUnprocessableEntity, "processing", "", unanswerable.Reason)
		case err != nil:
			return nil, err
		case outcomeWanted(c):
			return encode.JSON(told(left(chart, made.Issues), "everything that was sent is in the bundle"))
		}
		return made.Bundle, nil
	})
}

// left is all of a chart that is not in what was made of it.
func left(chart *fhir.Chart, issues []fhir.Issue) []fhir.Issue {
	list := append([]fhir.Issue{}, chart.Issues...)
	list = append(list, fates(chart.Rejected, fhir.SeverityError, "processing")...)
	list = append(list, fates(chart.Skipped, fhir.SeverityInformation, "not-supported")...)
	return append(list, issues...)
}

// told is issues as an OperationOutcome, which needs one: good says that there are none.
func told(issues []fhir.Issue, good string) encode.OperationOutcome {
	if len(issues) == 0 {
		issues = []fhir.Issue{{Severity: fhir.SeverityInformation, Code: "informational", Reason: good}}
	}
	return issues
}
