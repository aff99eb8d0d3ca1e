package encode

import (
	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	organization "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/organization_go_proto"
	patient "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/patient_go_proto"
	"google.golang.org/protobuf/proto"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Patient is a person without anything that names the person
// (http://hl7.org/fhir/R4/patient.html).
type Patient struct {
	Head
	Inactive  bool
	Gender    string // male, female, other, unknown; may be empty
	BirthDate Date   // may be empty
	// Deceased is known of the dead only; DeceasedOn where the date is known too.
	Deceased   bool
	DeceasedOn fhir.DateTime
	Managing   fhir.Reference
}

func (p *Patient) message() (proto.Message, error) {
	out := &patient.Patient{
		Id: p.id(), Meta: p.meta(), Identifier: p.identifiers(),
		Active:               &datatypes.Boolean{Value: !p.Inactive},
		ManagingOrganization: pointer(p.Managing),
	}
	if p.Gender != "" {
		gender, err := code[codes.AdministrativeGenderCode_Value](codes.AdministrativeGenderCode_Value_value, "gender", p.Gender)
		if err != nil {
			return nil, err
		}
		out.Gender = &patient.Patient_GenderCode{Value: gender}
	}
	if p.BirthDate != "" {
		var err error
		if out.BirthDate, err = p.BirthDate.message(); err != nil {
			return nil, err
		}
	}
	died, err := dateTime(p.DeceasedOn)
	switch {
	case err != nil:
		return nil, err
	case died != nil:
		out.Deceased = &patient.Patient_DeceasedX{Choice: &patient.Patient_DeceasedX_DateTime{DateTime: died}}
	case p.Deceased:
		out.Deceased = &patient.Patient_DeceasedX{Choice: &patient.Patient_DeceasedX_Boolean{Boolean: truth(true)}}
	}
	return out, nil
}

// Organization is a clinic (http://hl7.org/fhir/R4/organization.html).
type Organization struct {
	Head
	Name string // may be empty
}

func (o *Organization) message() (proto.Message, error) {
	return &organization.Organization{
		Id: o.id(), Meta: o.meta(), Identifier: o.identifiers(), Active: truth(true), Name: text(o.Name),
	}, nil
}
