package encode

import (
	"fmt"
	"strings"

	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"
	"google.golang.org/protobuf/proto"
)

// Resource is a resource that can be written.
type Resource interface {
	message() (proto.Message, error)
}

// The marshallers keep no state between calls.
var (
	compact = marshaller(jsonformat.NewMarshaller(false, "", "", fhirversion.R4))
	pretty  = marshaller(jsonformat.NewPrettyMarshaller(fhirversion.R4))
)

func marshaller(m *jsonformat.Marshaller, err error) *jsonformat.Marshaller {
	if err != nil {
		panic(err) // R4 is built in
	}
	return m
}

// JSON writes a resource for machines, on one line.
func JSON(r Resource) ([]byte, error) { return write(compact, r) }

// Pretty writes a resource for people and for files: indented, with a newline at
// the end.
func Pretty(r Resource) ([]byte, error) {
	document, err := write(pretty, r)
	if err != nil {
		return nil, err
	}
	return append(document, '\n'), nil
}

func write(m *jsonformat.Marshaller, r Resource) ([]byte, error) {
	message, err := r.message()
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	document, err := m.MarshalResource(message)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return document, nil
}

// code finds the number of a FHIR code in one of the tables of the protos, which
// spell "not-found" as NOT_FOUND.
func code[E ~int32](table map[string]int32, element, code string) (E, error) {
	number, ok := table[strings.ReplaceAll(strings.ToUpper(code), "-", "_")]
	if !ok || number == 0 {
		return 0, fmt.Errorf("%s: %q is not one of its codes", element, code)
	}
	return E(number), nil
}
