package decode

import "github.com/pijnpoort/pijnpoort/fhir"

var patients = resourceTable[fhir.Patient]([]element[fhir.Patient]{
	{name: "identifier", read: func(r *reader, p *fhir.Patient) { many(r, identifiers, &p.Identifier) }},
	{name: "active", read: func(r *reader, p *fhir.Patient) { r.boolean(&p.Active) }},
	{name: "gender", read: func(r *reader, p *fhir.Patient) { r.code(&p.Gender) }},
	{name: "birthDate", read: func(r *reader, p *fhir.Patient) { r.date(&p.BirthDate) }},
	{name: "deceasedBoolean", choice: "deceased", read: func(r *reader, p *fhir.Patient) { r.boolean(&p.DeceasedBoolean) }},
	{name: "deceasedDateTime", choice: "deceased", read: func(r *reader, p *fhir.Patient) { r.dateTime(&p.DeceasedDateTime) }},
}, ignored[fhir.Patient]("", "name", "telecom", "address", "maritalStatus", "multipleBirthBoolean", "multipleBirthInteger",
	"photo", "contact", "communication", "generalPractitioner", "managingOrganization", "link"))

var careTeams = resourceTable[fhir.CareTeam]([]element[fhir.CareTeam]{
	{name: "status", read: func(r *reader, c *fhir.CareTeam) { r.code(&c.Status) }},
	{name: "category", read: func(r *reader, c *fhir.CareTeam) { many(r, concepts, &c.Category) }},
	{name: "subject", read: func(r *reader, c *fhir.CareTeam) { object(r, references, &c.Subject) }},
	{name: "context", read: func(r *reader, _ *fhir.CareTeam) { r.stu3(); r.skip() }},
	{name: "period", read: func(r *reader, c *fhir.CareTeam) { one(r, periods, &c.Period) }},
	{name: "participant", read: func(r *reader, c *fhir.CareTeam) { many(r, careTeamParticipants, &c.Participant) }},
	{name: "reasonCode", read: func(r *reader, c *fhir.CareTeam) { many(r, concepts, &c.ReasonCode) }},
}, ignored[fhir.CareTeam]("", "identifier", "name", "encounter", "reasonReference", "managingOrganization", "telecom", "note"))

var careTeamParticipants = tableOf([]element[fhir.CareTeamParticipant]{
	{name: "role", read: func(r *reader, p *fhir.CareTeamParticipant) { stu3several(r, concepts, &p.Role) }},
	{name: "member", read: func(r *reader, p *fhir.CareTeamParticipant) { object(r, references, &p.Member) }},
	{name: "period", read: func(r *reader, p *fhir.CareTeamParticipant) { one(r, periods, &p.Period) }},
}, ignored[fhir.CareTeamParticipant]("", "id", "extension", "onBehalfOf"))

var encounters = resourceTable[fhir.Encounter]([]element[fhir.Encounter]{
	{name: "identifier", read: func(r *reader, x *fhir.Encounter) { many(r, identifiers, &x.Identifier) }},
	{name: "status", read: func(r *reader, e *fhir.Encounter) { r.code(&e.Status) }},
	{name: "class", read: func(r *reader, e *fhir.Encounter) { one(r, codings, &e.Class) }},
	{name: "type", read: func(r *reader, e *fhir.Encounter) { many(r, concepts, &e.Kind) }},
	{name: "serviceType", read: func(r *reader, e *fhir.Encounter) { one(r, concepts, &e.ServiceType) }},
	{name: "subject", read: func(r *reader, e *fhir.Encounter) { object(r, references, &e.Subject) }},
	{name: "participant", read: func(r *reader, e *fhir.Encounter) { many(r, encounterParticipants, &e.Participant) }},
	{name: "period", read: func(r *reader, e *fhir.Encounter) { one(r, periods, &e.Period) }},
	{name: "reasonCode", choice: "reasonCode", read: func(r *reader, e *fhir.Encounter) { many(r, concepts, &e.ReasonCode) }},
	{name: "reason", choice: "reasonCode", read: func(r *reader, e *fhir.Encounter) { r.stu3(); many(r, concepts, &e.ReasonCode) }},
	{name: "reasonReference", read: func(r *reader, e *fhir.Encounter) { many(r, references, &e.ReasonReference) }},
	{name: "serviceProvider", read: func(r *reader, e *fhir.Encounter) { one(r, references, &e.ServiceProvider) }},
}, ignored[fhir.Encounter]("", "statusHistory", "classHistory", "priority", "episodeOfCare", "basedOn",
	"appointment", "length", "diagnosis", "account", "hospitalization", "location", "partOf"))

var encounterParticipants = tableOf([]element[fhir.EncounterParticipant]{
	{name: "type", read: func(r *reader, p *fhir.EncounterParticipant) { many(r, concepts, &p.Kind) }},
	{name: "individual", read: func(r *reader, p *fhir.EncounterParticipant) { object(r, references, &p.Individual) }},
}, ignored[fhir.EncounterParticipant]("", "id", "extension", "period"))

var appointments = resourceTable[fhir.Appointment]([]element[fhir.Appointment]{
	{name: "identifier", read: func(r *reader, x *fhir.Appointment) { many(r, identifiers, &x.Identifier) }},
	{name: "status", read: func(r *reader, a *fhir.Appointment) { r.code(&a.Status) }},
	{name: "serviceType", read: func(r *reader, a *fhir.Appointment) { many(r, concepts, &a.ServiceType) }},
	{name: "start", read: func(r *reader, a *fhir.Appointment) { r.instant(&a.Start) }},
	{name: "end", read: func(r *reader, a *fhir.Appointment) { r.instant(&a.End) }},
	{name: "participant", read: func(r *reader, a *fhir.Appointment) { many(r, appointmentParticipants, &a.Participant) }},
}, ignored[fhir.Appointment]("", "cancelationReason", "serviceCategory", "specialty", "appointmentType",
	"reasonCode", "reasonReference", "priority", "description", "supportingInformation", "minutesDuration", "slot",
	"created", "comment", "patientInstruction", "basedOn", "requestedPeriod"))

var appointmentParticipants = tableOf([]element[fhir.AppointmentParticipant]{
	{name: "type", read: func(r *reader, p *fhir.AppointmentParticipant) { many(r, concepts, &p.Kind) }},
	{name: "actor", read: func(r *reader, p *fhir.AppointmentParticipant) { object(r, references, &p.Actor) }},
	{name: "status", read: func(r *reader, p *fhir.AppointmentParticipant) { r.code(&p.Status) }},
}, ignored[fhir.AppointmentParticipant]("", "id", "extension", "required", "period"))

var practitioners = resourceTable[fhir.Practitioner]([]element[fhir.Practitioner]{
	{name: "qualification", read: func(r *reader, p *fhir.Practitioner) { many(r, qualifications, &p.Qualification) }},
}, ignored[fhir.Practitioner]("", "identifier", "active", "name", "telecom", "address", "gender", "birthDate", "photo", "communication"))

var qualifications = tableOf([]element[fhir.Qualification]{
	{name: "code", read: func(r *reader, q *fhir.Qualification) { one(r, concepts, &q.Code) }},
}, ignored[fhir.Qualification]("", "id", "extension", "identifier", "period", "issuer"))

var practitionerRoles = resourceTable[fhir.PractitionerRole]([]element[fhir.PractitionerRole]{
	{name: "practitioner", read: func(r *reader, p *fhir.PractitionerRole) { one(r, references, &p.Practitioner) }},
	{name: "organization", read: func(r *reader, p *fhir.PractitionerRole) { one(r, references, &p.Organization) }},
	{name: "code", read: func(r *reader, p *fhir.PractitionerRole) { many(r, concepts, &p.Code) }},
	{name: "specialty", read: func(r *reader, p *fhir.PractitionerRole) { many(r, concepts, &p.Specialty) }},
}, ignored[fhir.PractitionerRole]("", "identifier", "active", "period", "location", "healthcareService", "telecom",
	"availableTime", "notAvailable", "availabilityExceptions", "endpoint"))

var organizations = resourceTable[fhir.Organization]([]element[fhir.Organization]{
	{name: "identifier", read: func(r *reader, o *fhir.Organization) { many(r, identifiers, &o.Identifier) }},
	{name: "type", read: func(r *reader, o *fhir.Organization) { many(r, concepts, &o.Kind) }},
	{name: "name", read: func(r *reader, o *fhir.Organization) { r.string(&o.Name) }},
}, ignored[fhir.Organization]("", "active", "alias", "telecom", "address", "partOf", "contact", "endpoint"))

var locations = resourceTable[fhir.Location]([]element[fhir.Location]{
	{name: "managingOrganization", read: func(r *reader, l *fhir.Location) { one(r, references, &l.ManagingOrganization) }},
}, ignored[fhir.Location]("", "identifier", "status", "operationalStatus", "name", "alias", "description", "mode", "type", "telecom",
	"address", "physicalType", "position", "partOf", "hoursOfOperation", "availabilityExceptions", "endpoint"))
