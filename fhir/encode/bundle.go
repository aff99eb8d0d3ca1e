package encode

import (
	"fmt"

	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"
	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	bundle "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/bundle_and_contained_resource_go_proto"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Bundle is a set of resources (http://hl7.org/fhir/R4/bundle.html).
type Bundle struct {
	Type    string // collection, searchset, ...
	Entries []Entry
	// Head is absent in most; its first identifier is that of the Bundle.
	Head
	Timestamp fhir.DateTime // with a time of day; may be absent
}

// Entry is a resource in a Bundle, what is asked about it, or both.
type Entry struct {
	FullURL  string   // may be empty
	Resource Resource // nil where only something is asked
	Request  *Request
}

// Request is what a server is asked to do with an entry
// (http://hl7.org/fhir/R4/http.html#transaction).
type Request struct {
	Method      string // PUT, POST, DELETE, ...
	URL         string // relative to the server's base
	IfNoneExist string // query of a conditional create; may be empty
}

const searchset = "searchset"

func (b *Bundle) message() (proto.Message, error) {
	kind, err := code[codes.BundleTypeCode_Value](codes.BundleTypeCode_Value_value, "type", b.Type)
	if err != nil {
		return nil, err
	}
	timestamp, err := instant(b.Timestamp)
	if err != nil {
		return nil, fmt.Errorf("timestamp: %w", err)
	}
	out := &bundle.Bundle{
		Id: b.id(), Meta: b.meta(), Identifier: b.identifier(),
		Type: &bundle.Bundle_TypeCode{Value: kind}, Timestamp: timestamp,
	}
	if b.Type == searchset {
		out.Total = &datatypes.UnsignedInt{Value: uint32(len(b.Entries))}
	}
	for i, entry := range b.Entries {
		one, err := entry.message()
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", i, err)
		}
		out.Entry = append(out.Entry, one)
	}
	return out, nil
}

func (e *Entry) message() (*bundle.Bundle_Entry, error) {
	out := &bundle.Bundle_Entry{FullUrl: uri(e.FullURL)}
	if e.Resource != nil {
		message, err := e.Resource.message()
		if err != nil {
			return nil, err
		}
		out.Resource = contained(message)
	}
	if e.Request != nil {
		method, err := code[codes.HTTPVerbCode_Value](codes.HTTPVerbCode_Value_value, "method", e.Request.Method)
		if err != nil {
			return nil, err
		}
		out.Request = &bundle.Bundle_Entry_Request{
			Method: &bundle.Bundle_Entry_Request_MethodCode{Value: method},
			Url:    uri(e.Request.URL), IfNoneExist: text(e.Request.IfNoneExist),
		}
	}
	return out, nil
}

// resourceFields are the fields of a ContainedResource by the type they hold.
var resourceFields = func() map[protoreflect.FullName]protoreflect.FieldDescriptor {
	fields := (&bundle.ContainedResource{}).ProtoReflect().Descriptor().Fields()
	byType := make(map[protoreflect.FullName]protoreflect.FieldDescriptor, fields.Len())
	for i := range fields.Len() {
		byType[fields.Get(i).Message().FullName()] = fields.Get(i)
	}
	return byType
}()

// contained wraps a resource in the message that holds one of any type.
func contained(resource proto.Message) *bundle.ContainedResource {
	if already, ok := resource.(*bundle.ContainedResource); ok {
		return already
	}
	out := &bundle.ContainedResource{}
	message := resource.ProtoReflect()
	out.ProtoReflect().Set(resourceFields[message.Descriptor().FullName()], protoreflect.ValueOfMessage(message))
	return out
}

// Document is a resource that exists as JSON, such as one of package profiles.
type Document []byte

func (d Document) message() (proto.Message, error) {
	u, err := jsonformat.NewUnmarshaller("UTC", fhirversion.R4)
	if err != nil {
		return nil, err
	}
	read, err := u.UnmarshalR4(d)
	if err != nil {
		return nil, err
	}
	var inner proto.Message
	read.ProtoReflect().Range(func(_ protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		inner = v.Message().Interface()
		return false
	})
	return inner, nil
}
