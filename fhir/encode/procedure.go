package encode

import (
	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	procedure "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/procedure_go_proto"
	"google.golang.org/protobuf/proto"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Procedure is something that was done, or not done, to a patient
// (http://hl7.org/fhir/R4/procedure.html).
type Procedure struct {
	Head
	Extensions []Extension
	Status     string // completed, not-done, entered-in-error, ...
	Category   Concept
	Code       Concept
	Subject    fhir.Reference
	// Performed is a period where Until is known, else the moment From.
	Performed Period
	Reasons   []Concept
	Because   []fhir.Reference
	Devices   []fhir.Reference // put in, exchanged or taken out
	Performer fhir.Reference
	Function  Concept // of the performer
}

func (p *Procedure) message() (proto.Message, error) {
	status, err := code[codes.EventStatusCode_Value](codes.EventStatusCode_Value_value, "status", p.Status)
	if err != nil {
		return nil, err
	}
	out := &procedure.Procedure{
		Id: p.id(), Meta: p.meta(), Identifier: p.identifiers(), Extension: extensions(p.Extensions),
		Status: &procedure.Procedure_StatusCode{Value: status}, Category: p.Category.message(), Code: p.Code.message(),
		Subject: pointer(p.Subject), ReasonCode: concepts(p.Reasons...), ReasonReference: pointers(p.Because),
	}
	period, err := p.Performed.message()
	switch {
	case err != nil:
		return nil, err
	case period == nil:
	case period.End == nil:
		out.Performed = &procedure.Procedure_PerformedX{Choice: &procedure.Procedure_PerformedX_DateTime{DateTime: period.Start}}
	default:
		out.Performed = &procedure.Procedure_PerformedX{Choice: &procedure.Procedure_PerformedX_Period{Period: period}}
	}
	for _, device := range pointers(p.Devices) {
		out.FocalDevice = append(out.FocalDevice, &procedure.Procedure_FocalDevice{Manipulated: device})
	}
	if actor := pointer(p.Performer); actor != nil {
		out.Performer = []*procedure.Procedure_Performer{{Actor: actor, Function: p.Function.message()}}
	}
	return out, nil
}
