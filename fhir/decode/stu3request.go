package decode

import "github.com/pijnpoort/pijnpoort/fhir"

// ProcedureRequest and ReferralRequest of STU3 became ServiceRequest in R4. What
// goes where is as in HL7's own maps
// (https://build.fhir.org/ig/HL7/fhir-cross-version/): of a ReferralRequest the
// type is the code, and the services requested are details of the order.

var procedureRequests = resourceTable[fhir.ServiceRequest](stu3requests, []element[fhir.ServiceRequest]{
	{name: "category", read: func(r *reader, s *fhir.ServiceRequest) { many(r, concepts, &s.Category) }},
	{name: "doNotPerform", read: func(r *reader, s *fhir.ServiceRequest) { r.boolean(&s.DoNotPerform) }},
	{name: "code", read: func(r *reader, s *fhir.ServiceRequest) { one(r, concepts, &s.Code) }},
	{name: "performerType", read: func(r *reader, s *fhir.ServiceRequest) { one(r, concepts, &s.PerformerType) }},
	{name: "performer", read: func(r *reader, s *fhir.ServiceRequest) { stu3several(r, references, &s.Performer) }},
	{name: "bodySite", read: func(r *reader, s *fhir.ServiceRequest) { many(r, concepts, &s.BodySite) }},
}, ignored[fhir.ServiceRequest]("", "requisition", "specimen"))

var referralRequests = resourceTable[fhir.ServiceRequest](stu3requests, []element[fhir.ServiceRequest]{
	{name: "type", read: func(r *reader, s *fhir.ServiceRequest) { one(r, concepts, &s.Code) }},
	{name: "serviceRequested", read: func(r *reader, s *fhir.ServiceRequest) { many(r, concepts, &s.OrderDetail) }},
	{name: "specialty", read: func(r *reader, s *fhir.ServiceRequest) { one(r, concepts, &s.PerformerType) }},
	{name: "recipient", read: func(r *reader, s *fhir.ServiceRequest) { many(r, references, &s.Performer) }},
}, ignored[fhir.ServiceRequest]("", "groupIdentifier", "description"))

// stu3requests are the elements that both have.
var stu3requests = append([]element[fhir.ServiceRequest]{
	{name: "status", read: func(r *reader, s *fhir.ServiceRequest) { r.code(&s.Status) }},
	{name: "intent", read: func(r *reader, s *fhir.ServiceRequest) { r.code(&s.Intent) }},
	{name: "subject", read: func(r *reader, s *fhir.ServiceRequest) { object(r, references, &s.Subject) }},
	{name: "context", read: func(r *reader, s *fhir.ServiceRequest) { one(r, references, &s.Encounter) }},
	{name: "occurrenceDateTime", choice: "occurrence", read: func(r *reader, s *fhir.ServiceRequest) { r.dateTime(&s.OccurrenceDateTime) }},
	{name: "occurrencePeriod", choice: "occurrence", read: func(r *reader, s *fhir.ServiceRequest) { one(r, periods, &s.OccurrencePeriod) }},
	{name: "occurrenceTiming", choice: "occurrence", read: func(r *reader, _ *fhir.ServiceRequest) { r.skip() }},
	{name: "authoredOn", read: func(r *reader, s *fhir.ServiceRequest) { r.dateTime(&s.AuthoredOn) }},
	{name: "requester", read: func(r *reader, s *fhir.ServiceRequest) { r.agent(&s.Requester) }},
	{name: "reasonCode", read: func(r *reader, s *fhir.ServiceRequest) { many(r, concepts, &s.ReasonCode) }},
	{name: "reasonReference", read: func(r *reader, s *fhir.ServiceRequest) { many(r, references, &s.ReasonReference) }},
	{name: "note", read: func(r *reader, s *fhir.ServiceRequest) { many(r, annotations, &s.Note) }},
}, ignored[fhir.ServiceRequest]("", "identifier", "definition", "basedOn", "replaces", "priority", "supportingInfo", "relevantHistory")...)

// requester is ProcedureRequest.requester and ReferralRequest.requester.
type requester struct{ agent *fhir.Reference }

var stu3requesters = tableOf([]element[requester]{
	{name: "agent", read: func(r *reader, to *requester) { one(r, references, &to.agent) }},
}, ignored[requester]("", "id", "extension", "onBehalfOf"))

func (r *reader) agent(to **fhir.Reference) {
	var q requester
	object(r, stu3requesters, &q)
	*to = q.agent
}

// requestStatuses are the codes of STU3 that R4 has another one for.
var requestStatuses = map[string]string{"suspended": "on-hold", "cancelled": "revoked"}

// finishSTU3Request marks what was read as STU3, which the type alone tells.
func finishSTU3Request(r *reader, s *fhir.ServiceRequest) {
	r.stu3()
	if status, ok := requestStatuses[s.Status]; ok {
		s.Status = status
	}
}
