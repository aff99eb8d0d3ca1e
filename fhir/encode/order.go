package encode

import (
	"time"

	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	request "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/service_request_go_proto"
	task "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/task_go_proto"
	valuesets "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/valuesets_go_proto"
	"google.golang.org/protobuf/proto"
)

// Referral is a ServiceRequest, not signed yet, that asks a profession to see the
// patient (http://hl7.org/fhir/R4/servicerequest.html).
type Referral struct {
	ID         string
	Subject    string // "Patient/id"
	Encounter  string // "Encounter/id"; may be empty
	Code       string // what is asked, in words
	Performer  Coding // the profession
	Reason     string // in words
	Conditions []string
	AuthoredOn Date // a day
}

func (r *Referral) message() (proto.Message, error) {
	authored, err := r.AuthoredOn.dateTime()
	if err != nil {
		return nil, err
	}
	out := &request.ServiceRequest{
		Id:            &datatypes.Id{Value: r.ID},
		Status:        &request.ServiceRequest_StatusCode{Value: codes.RequestStatusCode_DRAFT},
		Intent:        &request.ServiceRequest_IntentCode{Value: codes.RequestIntentCode_ORDER},
		Code:          inWords(r.Code),
		Subject:       reference(r.Subject),
		PerformerType: &datatypes.CodeableConcept{Coding: []*datatypes.Coding{r.Performer.message()}},
		ReasonCode:    []*datatypes.CodeableConcept{inWords(r.Reason)},
		AuthoredOn:    authored,
	}
	if r.Encounter != "" {
		out.Encounter = reference(r.Encounter)
	}
	for _, c := range r.Conditions {
		out.ReasonReference = append(out.ReasonReference, reference(c))
	}
	return out, nil
}

// FormTask is a Task, not accepted yet, to have a Questionnaire filled in, coded as in
// Structured Data Capture (http://hl7.org/fhir/uv/sdc/CodeSystem-temp.html).
type FormTask struct {
	ID            string
	For           string // "Patient/id"
	Encounter     string // "Encounter/id"; may be empty
	Description   string
	Questionnaire string // canonical
	AuthoredOn    Date   // a day
}

const structuredDataCapture = "http://hl7.org/fhir/uv/sdc/CodeSystem/temp"

func (t *FormTask) message() (proto.Message, error) {
	authored, err := t.AuthoredOn.dateTime()
	if err != nil {
		return nil, err
	}
	out := &task.Task{
		Id:          &datatypes.Id{Value: t.ID},
		Status:      &task.Task_StatusCode{Value: codes.TaskStatusCode_DRAFT},
		Intent:      &task.Task_IntentCode{Value: valuesets.TaskIntentValueSet_PROPOSAL},
		Code:        coded(structuredDataCapture, "complete-questionnaire"),
		Description: text(t.Description),
		ForValue:    reference(t.For),
		AuthoredOn:  authored,
		Input: []*task.Task_Parameter{{
			Type: coded(structuredDataCapture, "questionnaire"),
			Value: &task.Task_Parameter_ValueX{Choice: &task.Task_Parameter_ValueX_Canonical{
				Canonical: &datatypes.Canonical{Value: t.Questionnaire}}},
		}},
	}
	if t.Encounter != "" {
		out.Encounter = reference(t.Encounter)
	}
	return out, nil
}

func inWords(words string) *datatypes.CodeableConcept {
	return &datatypes.CodeableConcept{Text: text(words)}
}

func coded(system, code string) *datatypes.CodeableConcept {
	return &datatypes.CodeableConcept{Coding: []*datatypes.Coding{Coding{System: system, Code: code}.message()}}
}

// dateTime is a day as a dateTime.
func (a Date) dateTime() (*datatypes.DateTime, error) {
	day, err := time.Parse(time.DateOnly, string(a))
	if err != nil {
		return nil, errDate
	}
	return &datatypes.DateTime{ValueUs: day.UnixMicro(), Timezone: "UTC", Precision: datatypes.DateTime_DAY}, nil
}
