package terminologyserver

import (
	"context"
	"net/url"
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/mapping/coverage"
)

// Validate adds to the codes in a report that are still to map whether the server knows
// them and what it calls them (https://hl7.org/fhir/R4/codesystem-operation-validate-code.html):
// a code that no system has is a slip of the pen, not a gap in our lists. What was
// found before an error stays.
func Validate(ctx context.Context, server *client.Server, report *coverage.Report) error {
	var asked []*coverage.Code
	for _, c := range report.Codes {
		if c.ToMap() && c.System != "" && c.Code != "" && len(asked) < maxAsked {
			asked = append(asked, c)
		}
	}
	for part := range slices.Chunk(asked, batchSize) {
		questions := make([]string, len(part))
		for i, c := range part {
			questions[i] = "CodeSystem/$validate-code?" + url.Values{"url": {c.System}, "code": {c.Code}}.Encode()
		}
		answers, err := ask(ctx, server, questions)
		if err != nil {
			return err
		}
		for i, a := range answers {
			if known := a.parameter("result").Boolean; known != nil {
				part[i].Server = &coverage.Known{Valid: *known, Display: a.parameter("display").String}
			}
		}
	}
	return nil
}
