package encode

import (
	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	team "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/care_team_go_proto"
	encounter "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/encounter_go_proto"
	"google.golang.org/protobuf/proto"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// CareTeam is the roles that are filled around a patient, by whom is not told
// (http://hl7.org/fhir/R4/careteam.html).
type CareTeam struct {
	Head
	Status   string // active, entered-in-error, ...
	Subject  fhir.Reference
	Roles    []Coding
	Managing fhir.Reference
}

func (c *CareTeam) message() (proto.Message, error) {
	status, err := code[codes.CareTeamStatusCode_Value](codes.CareTeamStatusCode_Value_value, "status", c.Status)
	if err != nil {
		return nil, err
	}
	out := &team.CareTeam{
		Id: c.id(), Meta: c.meta(), Identifier: c.identifiers(),
		Status: &team.CareTeam_StatusCode{Value: status}, Subject: pointer(c.Subject),
		ManagingOrganization: pointers([]fhir.Reference{c.Managing}),
	}
	for _, role := range c.Roles {
		out.Participant = append(out.Participant, &team.CareTeam_Participant{Role: concepts(Concept{Codings: []Coding{role}})})
	}
	return out, nil
}

// Encounter is a visit or contact (http://hl7.org/fhir/R4/encounter.html).
type Encounter struct {
	Head
	Status   string // finished, entered-in-error, ...
	Class    Coding
	Type     Concept
	Subject  fhir.Reference
	Period   Period
	Provider fhir.Reference
}

func (e *Encounter) message() (proto.Message, error) {
	status, err := code[codes.EncounterStatusCode_Value](codes.EncounterStatusCode_Value_value, "status", e.Status)
	if err != nil {
		return nil, err
	}
	period, err := e.Period.message()
	if err != nil {
		return nil, err
	}
	return &encounter.Encounter{
		Id: e.id(), Meta: e.meta(), Identifier: e.identifiers(),
		Status: &encounter.Encounter_StatusCode{Value: status}, ClassValue: e.Class.message(), Type: concepts(e.Type),
		Subject: pointer(e.Subject), Period: period, ServiceProvider: pointer(e.Provider),
	}, nil
}
