package encode

import (
	provenance "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/provenance_go_proto"
	"google.golang.org/protobuf/proto"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Provenance says by what resources were made
// (http://hl7.org/fhir/R4/provenance.html). It has no identifiers.
type Provenance struct {
	Head
	Targets  []fhir.Reference
	Recorded fhir.DateTime // with a time of day
	Activity Concept
	Agent    fhir.Reference
}

func (p *Provenance) message() (proto.Message, error) {
	recorded, err := instant(p.Recorded)
	if err != nil {
		return nil, err
	}
	return &provenance.Provenance{
		Id: p.id(), Meta: p.meta(), Target: pointers(p.Targets), Recorded: recorded, Activity: p.Activity.message(),
		Agent: []*provenance.Provenance_Agent{{Who: pointer(p.Agent)}},
	}, nil
}
