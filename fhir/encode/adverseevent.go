package encode

import (
	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	event "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/adverse_event_go_proto"
	"google.golang.org/protobuf/proto"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// AdverseEvent is harm that happened (http://hl7.org/fhir/R4/adverseevent.html).
type AdverseEvent struct {
	Head        // at most one identifier is written
	Event       Concept
	Subject     fhir.Reference
	Date        fhir.DateTime
	Seriousness Concept
	Suspect     []fhir.Reference
}

func (a *AdverseEvent) message() (proto.Message, error) {
	date, err := dateTime(a.Date)
	if err != nil {
		return nil, err
	}
	out := &event.AdverseEvent{
		Id: a.id(), Meta: a.meta(), Identifier: a.identifier(),
		Actuality: &event.AdverseEvent_ActualityCode{Value: codes.AdverseEventActualityCode_ACTUAL},
		Event:     a.Event.message(), Subject: pointer(a.Subject), Date: date, Seriousness: a.Seriousness.message(),
	}
	for _, suspect := range pointers(a.Suspect) {
		out.SuspectEntity = append(out.SuspectEntity, &event.AdverseEvent_SuspectEntity{Instance: suspect})
	}
	return out, nil
}
