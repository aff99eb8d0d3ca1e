package encode

import (
	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	statement "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/medication_statement_go_proto"
	"google.golang.org/protobuf/proto"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// MedicationStatement is the use of a medicine
// (http://hl7.org/fhir/R4/medicationstatement.html).
type MedicationStatement struct {
	Head
	Status     string // active, completed, not-taken, entered-in-error, ...
	Medication Concept
	Subject    fhir.Reference
	Effective  Period
}

func (m *MedicationStatement) message() (proto.Message, error) {
	status, err := code[codes.MedicationStatementStatusCodes_Value](codes.MedicationStatementStatusCodes_Value_value, "status", m.Status)
	if err != nil {
		return nil, err
	}
	period, err := m.Effective.message()
	if err != nil {
		return nil, err
	}
	out := &statement.MedicationStatement{
		Id: m.id(), Meta: m.meta(), Identifier: m.identifiers(),
		Status: &statement.MedicationStatement_StatusCode{Value: status},
		Medication: &statement.MedicationStatement_MedicationX{
			Choice: &statement.MedicationStatement_MedicationX_CodeableConcept{CodeableConcept: m.Medication.message()}},
		Subject: pointer(m.Subject),
	}
	if period != nil {
		out.Effective = &statement.MedicationStatement_EffectiveX{Choice: &statement.MedicationStatement_EffectiveX_Period{Period: period}}
	}
	return out, nil
}
