package terminologyserver

import (
	"context"
	"errors"

	"github.com/go-json-experiment/json"

	"github.com/pijnpoort/pijnpoort/fhir/client"
)

// ErrNoBatch says that a server does not answer several questions in one call.
var ErrNoBatch = errors.New("the terminology server did not answer a batch of questions")

// bundle is a batch and its answer (https://hl7.org/fhir/R4/http.html#transaction).
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

// outcome holds the elements of the Parameters that answer one question.
type outcome struct {
	Parameter []told `json:"parameter"`
}

// told is one parameter of an answer.
type told struct {
	Name    string `json:"name"`
	Code    string `json:"valueCode,omitzero"`
	String  string `json:"valueString,omitzero"`
	Boolean *bool  `json:"valueBoolean,omitzero"`
}

// parameter is the one with a name; a zero one when the server could not answer.
func (o *outcome) parameter(name string) told {
	if o != nil {
		for _, p := range o.Parameter {
			if p.Name == name {
				return p
			}
		}
	}
	return told{}
}

// ask puts several questions in one call, each the relative URL of an operation, and
// gives the answers in their order. It is ErrNoBatch when none is answered.
func ask(ctx context.Context, server *client.Server, questions []string) ([]*outcome, error) {
	batch := bundle{ResourceType: "Bundle", Type: "batch"}
	for _, q := range questions {
		batch.Entry = append(batch.Entry, entry{Request: &request{"GET", q}})
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
	if json.Unmarshal(document, &answer) != nil || answer.Type != "batch-response" || len(answer.Entry) != len(questions) {
		return nil, ErrNoBatch
	}
	answers := make([]*outcome, len(questions))
	answered := false
	for i, e := range answer.Entry {
		answers[i] = e.Resource
		answered = answered || e.Resource != nil && len(e.Resource.Parameter) > 0
	}
	if !answered {
		return nil, ErrNoBatch
	}
	return answers, nil
}
