package operations

import (
	"strings"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
)

// Scores is a collection of the scores of a chart, one Observation each, in the
// order of the result. What was sent and gave no score is told in an
// OperationOutcome at the end: resources that could not be read, responses and items
// that were not recognised, responses that were superseded.
//
// Ids are deterministic: the same response scored by the same rule has the same id.
func Scores(chart *fhir.Chart, result prom.Result) (*encode.Bundle, error) {
	b := newBuilder(chart, &result)
	out := &encode.Bundle{Type: "collection"}
	for i := range result.Scores {
		o := b.observation(&result.Scores[i])
		out.Entries = append(out.Entries, encode.Entry{FullURL: urnUUID + o.ID, Resource: o})
	}
	issues := unscored(chart, &result)
	if len(issues) == 0 {
		return out, nil
	}
	outcome := encode.OperationOutcome(issues)
	document, err := encode.JSON(outcome)
	if err != nil {
		return nil, err
	}
	id := uuid.NewSHA1(scoreSpace, document).String()
	out.Entries = append(out.Entries, encode.Entry{FullURL: urnUUID + id, Resource: outcome})
	return out, nil
}

// unscored is what there is to say of the input that gave no score.
func unscored(chart *fhir.Chart, result *prom.Result) []fhir.Issue {
	issues := append([]fhir.Issue{}, chart.Issues...)
	issues = append(issues, fates(chart.Rejected, fhir.SeverityError, "processing")...)
	issues = append(issues, fates(chart.Skipped, fhir.SeverityInformation, "not-supported")...)
	for _, u := range result.Unrecognised {
		reason := u.Reason
		if len(u.Items) > 0 {
			reason += ": " + strings.Join(u.Items, ", ")
		}
		issues = append(issues, fhir.Issue{Severity: fhir.SeverityWarning, Code: "not-supported", Resource: u.Response, Reason: reason})
	}
	return append(issues, fates(result.Superseded, fhir.SeverityInformation, "informational")...)
}

func fates(list []fhir.Fate, severity fhir.Severity, code string) []fhir.Issue {
	issues := make([]fhir.Issue, len(list))
	for i, f := range list {
		issues[i] = fhir.Issue{Severity: severity, Code: code, Resource: f.Resource, Path: f.Path, Reason: f.Reason}
	}
	return issues
}
