package caller

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Resource is a resource as it was read.
type Resource struct {
	Type, ID string
	Raw      jsontext.Value

	content map[string]any
	sent    bool // under some key, or as an order
}

// Name is "Type/id".
func (r *Resource) Name() string { return r.Type + "/" + r.ID }

// Record is the resources of a document, in its order.
type Record struct{ Resources []*Resource }

// ReadRecord reads a resource, a Bundle of resources, or NDJSON with either on each line. The
// error says where, without quoting the document.
func ReadRecord(document []byte) (*Record, error) {
	var r Record
	if bytes.HasPrefix(bytes.TrimSpace(document), []byte("<")) {
		return &r, errXML
	}
	lines := ndjson(document)
	if lines == nil {
		return &r, r.read(document, "$")
	}
	for i, line := range lines {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if err := r.read(line, fmt.Sprintf("line %d: $", i+1)); err != nil {
			return &r, err
		}
	}
	return &r, nil
}

// errXML: what is sent are the resources as they came, and a decision service takes JSON.
var errXML = errors.New("is XML; decision services are asked in JSON (advise and map read XML)")

// ndjson are the lines of a document that is no JSON, but of which the first line is; else
// nil.
func ndjson(document []byte) [][]byte {
	lines := bytes.Split(bytes.TrimSpace(document), []byte("\n"))
	if len(lines) < 2 || !jsontext.Value(lines[0]).IsValid() || jsontext.Value(document).IsValid() {
		return nil
	}
	return lines
}

func (r *Record) read(document jsontext.Value, path string) error {
	var head struct {
		ResourceType string `json:"resourceType"`
		ID           string `json:"id"`
		Entry        []struct {
			Resource jsontext.Value `json:"resource"`
		} `json:"entry"`
	}
	if err := json.Unmarshal(document, &head); err != nil {
		return fmt.Errorf("%s is not a FHIR resource in JSON%s", path, where(err))
	}
	if head.ResourceType == "" {
		return fmt.Errorf("%s.resourceType is missing", path)
	}
	if head.ResourceType == "Bundle" {
		for i, e := range head.Entry {
			if e.Resource == nil { // a deletion, or an answer without content
				continue
			}
			if err := r.read(e.Resource, fmt.Sprintf("%s.entry[%d].resource", path, i)); err != nil {
				return err
			}
		}
		return nil
	}
	one := &Resource{Type: head.ResourceType, ID: head.ID, Raw: document.Clone()}
	if err := one.Raw.Compact(); err != nil {
		return fmt.Errorf("%s is not JSON%s", path, where(err))
	}
	if err := json.Unmarshal(document, &one.content); err != nil {
		return fmt.Errorf("%s is not JSON%s", path, where(err))
	}
	r.Resources = append(r.Resources, one)
	return nil
}

// where is the place of a fault, if it is known; never what stands there.
func where(err error) string {
	var syntactic *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return ": an object holds the same name twice"
	case errors.As(err, &syntactic):
		return fmt.Sprintf(": byte %d", syntactic.ByteOffset)
	case errors.As(err, &semantic):
		return ": " + strings.ReplaceAll(strings.TrimPrefix(string(semantic.JSONPointer), "/"), "/", ".") + " has the wrong type"
	}
	return ""
}

// Find is the resource "Type/id", or nil.
func (r *Record) Find(name string) *Resource {
	for _, one := range r.Resources {
		if one.Name() == name {
			return one
		}
	}
	return nil
}

// of are the resources of a type.
func (r *Record) of(kind string) []*Resource {
	var list []*Resource
	for _, one := range r.Resources {
		if one.Type == kind {
			list = append(list, one)
		}
	}
	return list
}

// patient is the id of the one patient; the error says how many there are.
func (r *Record) patient() (string, error) {
	found := r.of("Patient")
	if len(found) != 1 {
		return "", fmt.Errorf("the input holds %d Patients; name the one that is meant", len(found))
	}
	return found[0].ID, nil
}

// text is a member that is a string; empty when it is not there.
func (r *Resource) text(member string) string {
	s, _ := r.content[member].(string)
	return s
}

// draft is the resource as an order that is not signed yet.
func (r *Resource) draft() (*Resource, error) {
	var members map[string]jsontext.Value
	if err := json.Unmarshal(r.Raw, &members); err != nil {
		return nil, fmt.Errorf("order: %w", err)
	}
	id, err := jsontext.AppendQuote(nil, r.ID)
	if err != nil {
		return nil, fmt.Errorf("order: %w", err)
	}
	members["status"], members["id"] = jsontext.Value(`"draft"`), id
	raw, err := json.Marshal(members, json.Deterministic(true))
	return &Resource{Type: r.Type, ID: r.ID, Raw: raw}, err
}
