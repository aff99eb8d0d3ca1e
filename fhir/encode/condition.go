package encode

import (
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	condition "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/condition_go_proto"
	"google.golang.org/protobuf/proto"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Diagnosis is a Condition: a disease or complaint (http://hl7.org/fhir/R4/condition.html).
type Diagnosis struct {
	Head
	ClinicalStatus string // code of condition-clinical; may be empty
	Verification   string // code of condition-ver-status
	Code           Concept
	Subject        fhir.Reference
	Onset          fhir.DateTime
	Recorded       fhir.DateTime
}

const (
	conditionClinical = "http://terminology.hl7.org/CodeSystem/condition-clinical"
	conditionVerified = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
)

func (c *Diagnosis) message() (proto.Message, error) {
	onset, err := dateTime(c.Onset)
	if err != nil {
		return nil, err
	}
	recorded, err := dateTime(c.Recorded)
	if err != nil {
		return nil, err
	}
	out := &condition.Condition{
		Id: c.id(), Meta: c.meta(), Identifier: c.identifiers(),
		ClinicalStatus:     statusConcept(conditionClinical, c.ClinicalStatus),
		VerificationStatus: statusConcept(conditionVerified, c.Verification),
		Code:               c.Code.message(), Subject: pointer(c.Subject), RecordedDate: recorded,
	}
	if onset != nil {
		out.Onset = &condition.Condition_OnsetX{Choice: &condition.Condition_OnsetX_DateTime{DateTime: onset}}
	}
	return out, nil
}

// statusConcept is a status that is a concept; nil when it is not known.
func statusConcept(system, status string) *datatypes.CodeableConcept {
	if status == "" {
		return nil
	}
	return coded(system, status)
}
