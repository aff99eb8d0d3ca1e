package conformance

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/pijnpoort/pijnpoort/cdshooks/contract"
)

// base is where the schemas are thought to be served, for references between them.
const base = "https://pijnpoort.example/schemas/cds-hooks/"

// compiler compiles the schemas that the service publishes.
var compiler = sync.OnceValues(func() (map[string]*jsonschema.Schema, error) {
	schemas, err := contract.Schemas()
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for name, content := range schemas {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := c.AddResource(base+name, document); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	compiled := make(map[string]*jsonschema.Schema, len(schemas))
	for name := range schemas {
		if compiled[name], err = c.Compile(base + name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return compiled, nil
})

// Schema checks a document by one of the schemas that the service publishes, such as
// "request.json", and tells what is wrong with it.
func Schema(name string, document []byte) []string {
	schemas, err := compiler()
	if err != nil {
		return []string{err.Error()}
	}
	schema := schemas[name]
	if schema == nil {
		return []string{"there is no schema " + name}
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		return []string{"$: is not JSON"}
	}
	var invalid *jsonschema.ValidationError
	switch err := schema.Validate(value); {
	case errors.As(err, &invalid):
		return faults(invalid)
	case err != nil:
		return []string{err.Error()}
	}
	return nil
}

// faults are the deepest reasons.
func faults(e *jsonschema.ValidationError) (list []string) {
	if len(e.Causes) == 0 {
		return []string{e.Error()}
	}
	for _, cause := range e.Causes {
		list = append(list, faults(cause)...)
	}
	return list
}
