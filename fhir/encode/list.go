package encode

import (
	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	list "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/list_go_proto"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// subjectList is a List (http://hl7.org/fhir/R4/list.html) of who was counted, as it is
// contained in a report of type subject-list.
func subjectList(id string, subjects []fhir.Reference) *list.List {
	out := &list.List{
		Id:     &datatypes.Id{Value: id},
		Status: &list.List_StatusCode{Value: codes.ListStatusCode_CURRENT},
		Mode:   &list.List_ModeCode{Value: codes.ListModeCode_SNAPSHOT},
	}
	for _, to := range pointers(subjects) {
		out.Entry = append(out.Entry, &list.List_Entry{Item: to})
	}
	if len(out.Entry) == 0 {
		out.EmptyReason = coded("http://terminology.hl7.org/CodeSystem/list-empty-reason", "nilknown")
	}
	return out
}
