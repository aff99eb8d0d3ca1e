package encode

import (
	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	guidance "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/guidance_response_go_proto"
	"google.golang.org/protobuf/proto"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// GuidanceResponse is the outcome of judging a patient by a set of rules
// (http://hl7.org/fhir/R4/guidanceresponse.html).
type GuidanceResponse struct {
	Head
	Extensions []Extension
	Module     string // canonical of the rules
	Status     string // success, data-required, entered-in-error, ...
	Subject    fhir.Reference
	Occurrence fhir.DateTime
	Because    []fhir.Reference
}

func (g *GuidanceResponse) message() (proto.Message, error) {
	status, err := code[codes.GuidanceResponseStatusCode_Value](codes.GuidanceResponseStatusCode_Value_value, "status", g.Status)
	if err != nil {
		return nil, err
	}
	occurred, err := dateTime(g.Occurrence)
	if err != nil {
		return nil, err
	}
	return &guidance.GuidanceResponse{
		Id: g.id(), Meta: g.meta(), Identifier: g.identifiers(), Extension: extensions(g.Extensions),
		Module: &guidance.GuidanceResponse_ModuleX{
			Choice: &guidance.GuidanceResponse_ModuleX_Canonical{Canonical: &datatypes.Canonical{Value: g.Module}}},
		Status:  &guidance.GuidanceResponse_StatusCode{Value: status},
		Subject: pointer(g.Subject), OccurrenceDateTime: occurred, ReasonReference: pointers(g.Because),
	}, nil
}
