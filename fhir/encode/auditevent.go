package encode

import (
	"time"

	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	audit "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/audit_event_go_proto"
	"google.golang.org/protobuf/proto"
)

// AuditEvent is that somebody did something with data
// (http://hl7.org/fhir/R4/auditevent.html). It has no elements for words: what it says is
// in codes and identifiers.
type AuditEvent struct {
	Head     // identifiers are not among its elements
	Type     Coding
	Subtypes []Coding
	Action   string // C, R, U, D or E
	Recorded time.Time
	Outcome  string // success, minor-failure, serious-failure, major-failure
	Purposes []Coding
	Agents   []AuditAgent
	Source   AuditSource
	Entities []AuditEntity
}

// AuditAgent is who took part: a person, a program or an organisation.
type AuditAgent struct {
	Type      Coding
	Kind      string // resource type of who it is; empty where it is not told
	Who       Identifier
	Requestor bool
	// Address is where it is: a name of a machine or, by AddressType, something else.
	Address     string
	AddressType string // machine-name, ip-address, uri
	Policies    []string
}

// AuditSource is what noted it.
type AuditSource struct {
	Site     string
	Kind     string // resource type of the observer
	Observer Identifier
	Type     Coding
}

// AuditEntity is what it was done with.
type AuditEntity struct {
	Kind    string // resource type; empty where it is no resource
	What    Identifier
	Type    Coding
	Role    Coding
	Details []AuditDetail
}

// AuditDetail is something about an entity that its identifier does not tell.
type AuditDetail struct{ Name, Value string }

func (a *AuditEvent) message() (proto.Message, error) {
	action, err := code[codes.AuditEventActionCode_Value](codes.AuditEventActionCode_Value_value, "action", a.Action)
	if err != nil {
		return nil, err
	}
	outcome, err := code[codes.AuditEventOutcomeCode_Value](codes.AuditEventOutcomeCode_Value_value, "outcome", a.Outcome)
	if err != nil {
		return nil, err
	}
	out := &audit.AuditEvent{
		Id: a.id(), Meta: a.meta(),
		Type:     a.Type.message(),
		Action:   &audit.AuditEvent_ActionCode{Value: action},
		Recorded: &datatypes.Instant{ValueUs: a.Recorded.UnixMicro(), Timezone: "Z", Precision: datatypes.Instant_MICROSECOND},
		Outcome:  &audit.AuditEvent_OutcomeCode{Value: outcome},
		Source:   &audit.AuditEvent_Source{Site: text(a.Source.Site), Observer: logical(a.Source.Kind, a.Source.Observer), Type: codings(a.Source.Type)},
	}
	out.Subtype = codings(a.Subtypes...)
	for _, purpose := range a.Purposes {
		out.PurposeOfEvent = append(out.PurposeOfEvent, coded(purpose.System, purpose.Code))
	}
	for _, agent := range a.Agents {
		m, err := agent.message()
		if err != nil {
			return nil, err
		}
		out.Agent = append(out.Agent, m)
	}
	for _, entity := range a.Entities {
		out.Entity = append(out.Entity, entity.message())
	}
	return out, nil
}

func (a AuditAgent) message() (*audit.AuditEvent_Agent, error) {
	out := &audit.AuditEvent_Agent{
		Type: coded(a.Type.System, a.Type.Code), Who: logical(a.Kind, a.Who), Requestor: &datatypes.Boolean{Value: a.Requestor},
	}
	for _, policy := range a.Policies {
		out.Policy = append(out.Policy, uri(policy))
	}
	if a.Address == "" {
		return out, nil
	}
	kind, err := code[codes.AuditEventAgentNetworkTypeCode_Value](codes.AuditEventAgentNetworkTypeCode_Value_value, "agent.network.type", a.AddressType)
	if err != nil {
		return nil, err
	}
	out.Network = &audit.AuditEvent_Agent_Network{Address: text(a.Address), Type: &audit.AuditEvent_Agent_Network_TypeCode{Value: kind}}
	return out, nil
}

func (e AuditEntity) message() *audit.AuditEvent_Entity {
	out := &audit.AuditEvent_Entity{What: logical(e.Kind, e.What), Type: e.Type.message(), Role: e.Role.message()}
	for _, d := range e.Details {
		out.Detail = append(out.Detail, &audit.AuditEvent_Entity_Detail{Type: text(d.Name), Value: &audit.AuditEvent_Entity_Detail_ValueX{
			Choice: &audit.AuditEvent_Entity_Detail_ValueX_StringValue{StringValue: text(d.Value)}}})
	}
	return out
}

// logical is a reference by identifier; kind may be empty.
func logical(kind string, to Identifier) *datatypes.Reference {
	return &datatypes.Reference{Type: uri(kind), Identifier: to.message()}
}

func codings(list ...Coding) []*datatypes.Coding {
	var out []*datatypes.Coding
	for _, c := range list {
		if c != (Coding{}) {
			out = append(out, c.message())
		}
	}
	return out
}
