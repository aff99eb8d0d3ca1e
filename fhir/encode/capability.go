package encode

import (
	"fmt"

	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	capability "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/capability_statement_go_proto"
	valuesets "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/valuesets_go_proto"
	"google.golang.org/protobuf/proto"
)

// CapabilityStatement says what a server does
// (http://hl7.org/fhir/R4/capabilitystatement.html).
type CapabilityStatement struct {
	ID, Name, Title string
	Date            Date   // a day: when what it says last changed
	Description     string // of the installation
	Base            string // URL of the server
	Resources       []ServedResource
	Operations      []ServedOperation
}

// ServedResource is a resource type that the server has.
type ServedResource struct {
	Type         string
	Interactions []string // read, search-type, ...
	// URISearch are its search parameters, all of type uri.
	URISearch []string
	// Operations are those on the type.
	Operations []ServedOperation
}

// ServedOperation is an operation on the server as a whole, or on a type.
type ServedOperation struct {
	Name          string // without $
	Definition    string // canonical of its OperationDefinition
	Documentation string
}

const jsonFormat = "application/fhir+json"

func (c *CapabilityStatement) message() (proto.Message, error) {
	date, err := c.Date.dateTime()
	if err != nil {
		return nil, err
	}
	rest := &capability.CapabilityStatement_Rest{
		Mode: &capability.CapabilityStatement_Rest_ModeCode{Value: codes.RestfulCapabilityModeCode_SERVER},
	}
	for _, r := range c.Resources {
		served, err := r.message()
		if err != nil {
			return nil, err
		}
		rest.Resource = append(rest.Resource, served)
	}
	rest.Operation = operations(c.Operations)
	return &capability.CapabilityStatement{
		Id: &datatypes.Id{Value: c.ID}, Name: text(c.Name), Title: text(c.Title), Date: date,
		Status:         &capability.CapabilityStatement_StatusCode{Value: codes.PublicationStatusCode_ACTIVE},
		Kind:           &capability.CapabilityStatement_KindCode{Value: codes.CapabilityStatementKindCode_INSTANCE},
		Software:       &capability.CapabilityStatement_Software{Name: text(c.Title)},
		Implementation: &capability.CapabilityStatement_Implementation{Description: text(c.Description), Url: &datatypes.Url{Value: c.Base}},
		FhirVersion:    &capability.CapabilityStatement_FhirVersionCode{Value: codes.FHIRVersionCode_V_4_0_1},
		Format:         []*capability.CapabilityStatement_FormatCode{{Value: jsonFormat}},
		Rest:           []*capability.CapabilityStatement_Rest{rest},
	}, nil
}

func (r *ServedResource) message() (*capability.CapabilityStatement_Rest_Resource, error) {
	kind, err := code[codes.ResourceTypeCode_Value](codes.ResourceTypeCode_Value_value, "type", resourceCode(r.Type))
	if err != nil {
		return nil, err
	}
	out := &capability.CapabilityStatement_Rest_Resource{Type: &capability.CapabilityStatement_Rest_Resource_TypeCode{Value: kind}, Operation: operations(r.Operations)}
	for _, name := range r.Interactions {
		interaction, err := code[valuesets.TypeRestfulInteractionValueSet_Value](valuesets.TypeRestfulInteractionValueSet_Value_value, "interaction", name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Type, err)
		}
		out.Interaction = append(out.Interaction, &capability.CapabilityStatement_Rest_Resource_ResourceInteraction{
			Code: &capability.CapabilityStatement_Rest_Resource_ResourceInteraction_CodeType{Value: interaction}})
	}
	for _, name := range r.URISearch {
		out.SearchParam = append(out.SearchParam, &capability.CapabilityStatement_Rest_Resource_SearchParam{
			Name: text(name),
			Type: &capability.CapabilityStatement_Rest_Resource_SearchParam_TypeCode{Value: codes.SearchParamTypeCode_URI},
		})
	}
	return out, nil
}

// resourceCode spells "ValueSet" as "value-set", from which code finds VALUE_SET.
func resourceCode(name string) string {
	var out []byte
	for i := range len(name) {
		if i > 0 && 'A' <= name[i] && name[i] <= 'Z' {
			out = append(out, '-')
		}
		out = append(out, name[i])
	}
	return string(out)
}

func operations(served []ServedOperation) []*capability.CapabilityStatement_Rest_Resource_Operation {
	var list []*capability.CapabilityStatement_Rest_Resource_Operation
	for _, o := range served {
		list = append(list, &capability.CapabilityStatement_Rest_Resource_Operation{
			Name: text(o.Name), Definition: &datatypes.Canonical{Value: o.Definition}, Documentation: &datatypes.Markdown{Value: o.Documentation},
		})
	}
	return list
}
