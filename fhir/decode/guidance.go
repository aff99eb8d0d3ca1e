package decode

import "github.com/pijnpoort/pijnpoort/fhir"

var guidanceResponses = resourceTable[fhir.GuidanceResponse]([]element[fhir.GuidanceResponse]{
	{name: "identifier", read: func(r *reader, g *fhir.GuidanceResponse) { stu3several(r, identifiers, &g.Identifier) }},
	{name: "moduleCanonical", choice: "module", read: func(r *reader, g *fhir.GuidanceResponse) { r.uri(&g.ModuleCanonical) }},
	{name: "status", read: func(r *reader, g *fhir.GuidanceResponse) { r.code(&g.Status) }},
	{name: "subject", read: func(r *reader, g *fhir.GuidanceResponse) { object(r, references, &g.Subject) }},
	{name: "occurrenceDateTime", read: func(r *reader, g *fhir.GuidanceResponse) { r.dateTime(&g.OccurrenceDateTime) }},
	{name: "reasonReference", read: func(r *reader, g *fhir.GuidanceResponse) { stu3several(r, references, &g.ReasonReference) }},
}, ignored[fhir.GuidanceResponse]("module", "moduleUri", "moduleCodeableConcept", "module"),
	ignored[fhir.GuidanceResponse]("", "requestIdentifier", "requestId", "encounter", "context", "performer", "reasonCode", "reasonCodeableConcept",
		"note", "evaluationMessage", "outputParameters", "result", "dataRequirement"))
