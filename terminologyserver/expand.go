package terminologyserver

import (
	"context"
	"errors"

	"github.com/go-json-experiment/json"

	"github.com/pijnpoort/pijnpoort/fhir/client"
)

const (
	pageSize = 1000
	// maxKinds is the most codes that one concept may get. An answer with more does
	// not fit the question.
	maxKinds = 20_000
)

// What a server can answer wrongly, beside the errors of package client.
var (
	ErrNoExpansion = errors.New("the terminology server answered with no expansion of SNOMED CT codes")
	ErrIncomplete  = errors.New("the terminology server did not give the whole expansion")
	ErrTooMany     = errors.New("the terminology server gave more codes than the question can have")
	ErrNoRoot      = errors.New("the terminology server knows none of the codes that were asked about")
)

// code is a code with its name.
type code struct {
	Code    string `json:"code"`
	Display string `json:"display,omitempty"`
}

// The resources of the request (https://hl7.org/fhir/R4/valueset-operation-expand.html).
type (
	parameters struct {
		ResourceType string      `json:"resourceType"`
		Parameter    []parameter `json:"parameter"`
	}
	parameter struct {
		Name     string    `json:"name"`
		Resource *valueSet `json:"resource,omitzero"`
		Integer  *int      `json:"valueInteger,omitzero"`
		Boolean  *bool     `json:"valueBoolean,omitzero"`
	}
	valueSet struct {
		ResourceType string  `json:"resourceType"`
		Status       string  `json:"status"`
		Compose      compose `json:"compose"`
	}
	compose struct {
		Include []include `json:"include"`
	}
	include struct {
		System string   `json:"system"`
		Filter []filter `json:"filter"`
	}
	filter struct {
		Property string `json:"property"`
		Op       string `json:"op"`
		Value    string `json:"value"`
	}
)

// expansion is the answer. Codes within codes are kinds too.
type expansion struct {
	ResourceType string `json:"resourceType"`
	Expansion    *struct {
		Total    *int       `json:"total"`
		Contains []contains `json:"contains"`
	} `json:"expansion"`
}

type contains struct {
	System   string     `json:"system"`
	Code     string     `json:"code"`
	Display  string     `json:"display"`
	Abstract bool       `json:"abstract"`
	Contains []contains `json:"contains"`
}

// expand asks for all kinds of the roots, themselves included, page by page.
func expand(ctx context.Context, server *client.Server, roots []string) ([]code, error) {
	found := map[string]bool{}
	var kinds []code
	for {
		page, total, err := expandPage(ctx, server, roots, len(kinds))
		if err != nil {
			return nil, err
		}
		fresh := 0
		for _, c := range page {
			if !found[c.Code] {
				found[c.Code] = true
				kinds = append(kinds, c)
				fresh++
			}
		}
		switch {
		case len(kinds) > maxKinds:
			return nil, ErrTooMany
		case total != nil && len(kinds) < *total && fresh == 0:
			return nil, ErrIncomplete
		case total != nil && len(kinds) < *total, total == nil && fresh >= pageSize:
			continue
		}
		for _, root := range roots {
			if found[root] {
				return kinds, nil
			}
		}
		return nil, ErrNoRoot
	}
}

func expandPage(ctx context.Context, server *client.Server, roots []string, offset int) (page []code, total *int, err error) {
	set := &valueSet{ResourceType: "ValueSet", Status: "active"}
	for _, root := range roots {
		set.Compose.Include = append(set.Compose.Include, include{snomed, []filter{{"concept", "is-a", root}}})
	}
	count, flat := pageSize, true
	request, err := json.Marshal(parameters{"Parameters", []parameter{
		{Name: "valueSet", Resource: set}, {Name: "count", Integer: &count}, {Name: "offset", Integer: &offset}, {Name: "excludeNested", Boolean: &flat},
	}})
	if err != nil {
		return nil, nil, err
	}
	document, err := server.Operation(ctx, "ValueSet/$expand", request)
	if err != nil {
		return nil, nil, err
	}
	var answer expansion
	if json.Unmarshal(document, &answer) != nil || answer.ResourceType != "ValueSet" || answer.Expansion == nil {
		return nil, nil, ErrNoExpansion
	}
	page, ok := flatten(nil, answer.Expansion.Contains)
	if !ok {
		return nil, nil, ErrNoExpansion
	}
	return page, answer.Expansion.Total, nil
}

// flatten is the codes of a tree; ok is false when one is no code of SNOMED CT.
func flatten(list []code, tree []contains) (_ []code, ok bool) {
	for _, c := range tree {
		if c.Code != "" && !c.Abstract {
			if c.System != snomed || !isConceptID(c.Code) {
				return nil, false
			}
			list = append(list, code{c.Code, c.Display})
		}
		if list, ok = flatten(list, c.Contains); !ok {
			return nil, false
		}
	}
	return list, true
}

// isConceptID reports whether a code has the shape of a SNOMED CT identifier: 6 to 18 digits.
func isConceptID(code string) bool {
	for i := range len(code) {
		if code[i] < '0' || code[i] > '9' {
			return false
		}
	}
	return len(code) >= 6 && len(code) <= 18
}
