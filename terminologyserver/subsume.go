package terminologyserver

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/mapping/coverage"
)

const (
	// maxAsked is the number of codes that are asked about, the most frequent first.
	maxAsked = 200
	// batchSize is the number of questions in one call.
	batchSize = 100
)

// ErrNoBatch says that a server does not answer several questions in one call.
var ErrNoBatch = errors.New("the terminology server did not answer a batch of $subsumes")

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

// bundle is a batch and its answer.
type bundle struct {
	ResourceType string  `json:"resourceType"`
	Type         string  `json:"type"`
	Entry        []entry `json:"entry"`
}

type entry struct {
	Request  *request `json:"request,omitzero"`
	Resource *outcome `json:"resource,omitzero"`
}

type request struct {
	Method string `json:"method"`
	URL    string `json:"url"`
}

// outcome holds the elements of the Parameters that answer.
type outcome struct {
	Parameter []struct {
		Name string `json:"name"`
		Code string `json:"valueCode"`
	} `json:"parameter"`
}

// subsumes tells, for each of ours, whether the code is a kind of it.
func subsumes(ctx context.Context, server *client.Server, ours []coverage.Verified, code string) ([]bool, error) {
	batch := bundle{ResourceType: "Bundle", Type: "batch"}
	for _, v := range ours {
		query := url.Values{"system": {snomed}, "codeA": {v.Code}, "codeB": {code}}
		batch.Entry = append(batch.Entry, entry{Request: &request{"GET", "CodeSystem/$subsumes?" + query.Encode()}})
	}
	content, err := json.Marshal(batch)
	if err != nil {
		return nil, err
	}
	document, err := server.Operation(ctx, "", content)
	if err != nil {
		return nil, err
	}
	var answer bundle
	if json.Unmarshal(document, &answer) != nil || answer.Type != "batch-response" || len(answer.Entry) != len(ours) {
		return nil, ErrNoBatch
	}
	is := make([]bool, len(ours))
	answered := false
	for i, e := range answer.Entry {
		told := e.Resource.told()
		is[i] = told == "subsumes" || told == "equivalent"
		answered = answered || told != ""
	}
	if !answered {
		return nil, ErrNoBatch
	}
	return is, nil
}

// told is the answer to one question; empty when the server could not answer it.
func (o *outcome) told() string {
	if o == nil {
		return ""
	}
	for _, p := range o.Parameter {
		if p.Name == "outcome" {
			return p.Code
		}
	}
	return ""
}
