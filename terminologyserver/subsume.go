package terminologyserver

import (
	"context"
	"net/url"
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/mapping/coverage"
)

const (
	// maxAsked is the number of codes that are asked about, the most frequent first.
	maxAsked = 200
	// batchSize is the number of questions in one call.
	batchSize = 100
)

// Subsume adds to the codes of SNOMED CT in a report that are still to map of which of
// ours they are a kind (https://hl7.org/fhir/R4/codesystem-operation-subsumes.html).
// That is a suggestion: it changes the meaning of no code. What was found before an
// error stays.
func Subsume(ctx context.Context, server *client.Server, report *coverage.Report) error {
	ours := coverage.VerifiedCodes(snomed)
	asked := 0
	for _, c := range report.Codes {
		if !c.ToMap() || !isSNOMED[c.System] || !isConceptID(c.Code) {
			continue
		}
		if asked++; asked > maxAsked {
			return nil
		}
		for part := range slices.Chunk(ours, batchSize) {
			answers, err := subsumes(ctx, server, part, c.Code)
			if err != nil {
				return err
			}
			for i, yes := range answers {
				if yes {
					c.Below = append(c.Below, coverage.Subsumption{Concept: part[i].Concept, Code: part[i].Code, Display: part[i].Display})
				}
			}
		}
	}
	return nil
}

// isSNOMED are the names by which records call SNOMED CT.
var isSNOMED = map[string]bool{snomed: true, "https://snomed.info/sct": true, "urn:oid:2.16.840.1.113883.6.96": true, "2.16.840.1.113883.6.96": true}

// subsumes tells, for each of ours, whether the code is a kind of it.
func subsumes(ctx context.Context, server *client.Server, ours []coverage.Verified, code string) ([]bool, error) {
	questions := make([]string, len(ours))
	for i, v := range ours {
		questions[i] = "CodeSystem/$subsumes?" + url.Values{"system": {snomed}, "codeA": {v.Code}, "codeB": {code}}.Encode()
	}
	answers, err := ask(ctx, server, questions)
	if err != nil {
		return nil, err
	}
	is := make([]bool, len(ours))
	for i, a := range answers {
		is[i] = slices.Contains([]string{"subsumes", "equivalent"}, a.parameter("outcome").Code)
	}
	return is, nil
}
