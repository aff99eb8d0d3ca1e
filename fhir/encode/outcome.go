package encode

import (
	"errors"

	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	outcome "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/operation_outcome_go_proto"
	"github.com/pijnpoort/pijnpoort/fhir"
	"google.golang.org/protobuf/proto"
)

// OperationOutcome is what went wrong, or all that is to be said
// (http://hl7.org/fhir/R4/operationoutcome.html). It needs one issue at least.
type OperationOutcome []fhir.Issue

var errNoIssue = errors.New("an OperationOutcome without issue")

func (o OperationOutcome) message() (proto.Message, error) {
	out := &outcome.OperationOutcome{}
	for _, issue := range o {
		severity, err := code[codes.IssueSeverityCode_Value](codes.IssueSeverityCode_Value_value, "severity", string(issue.Severity))
		if err != nil {
			return nil, err
		}
		kind, err := code[codes.IssueTypeCode_Value](codes.IssueTypeCode_Value_value, "code", issue.Code)
		if err != nil {
			return nil, err
		}
		line := &outcome.OperationOutcome_Issue{
			Severity:    &outcome.OperationOutcome_Issue_SeverityCode{Value: severity},
			Code:        &outcome.OperationOutcome_Issue_CodeType{Value: kind},
			Diagnostics: text(diagnostics(issue)),
		}
		if issue.Path != "" {
			line.Expression = []*datatypes.String{text(issue.Path)}
		}
		out.Issue = append(out.Issue, line)
	}
	if len(out.Issue) == 0 {
		return nil, errNoIssue
	}
	return out, nil
}

// diagnostics names the resource before the reason.
func diagnostics(issue fhir.Issue) string {
	if issue.Resource == "" {
		return issue.Reason
	}
	return issue.Resource + ": " + issue.Reason
}
