package decode

import "github.com/pijnpoort/pijnpoort/fhir"

var serviceRequests = resourceTable[fhir.ServiceRequest]([]element[fhir.ServiceRequest]{
	{name: "status", read: func(r *reader, s *fhir.ServiceRequest) { r.code(&s.Status) }},
	{name: "intent", read: func(r *reader, s *fhir.ServiceRequest) { r.code(&s.Intent) }},
	{name: "category", read: func(r *reader, s *fhir.ServiceRequest) { many(r, concepts, &s.Category) }},
	{name: "doNotPerform", read: func(r *reader, s *fhir.ServiceRequest) { r.boolean(&s.DoNotPerform) }},
	{name: "code", read: func(r *reader, s *fhir.ServiceRequest) { one(r, concepts, &s.Code) }},
	{name: "orderDetail", read: func(r *reader, s *fhir.ServiceRequest) { many(r, concepts, &s.OrderDetail) }},
	{name: "subject", read: func(r *reader, s *fhir.ServiceRequest) { object(r, references, &s.Subject) }},
	{name: "encounter", read: func(r *reader, s *fhir.ServiceRequest) { one(r, references, &s.Encounter) }},
	{name: "occurrenceDateTime", choice: "occurrence", read: func(r *reader, s *fhir.ServiceRequest) { r.dateTime(&s.OccurrenceDateTime) }},
	{name: "occurrencePeriod", choice: "occurrence", read: func(r *reader, s *fhir.ServiceRequest) { one(r, periods, &s.OccurrencePeriod) }},
	{name: "authoredOn", read: func(r *reader, s *fhir.ServiceRequest) { r.dateTime(&s.AuthoredOn) }},
	{name: "requester", read: func(r *reader, s *fhir.ServiceRequest) { one(r, references, &s.Requester) }},
	{name: "performerType", read: func(r *reader, s *fhir.ServiceRequest) { one(r, concepts, &s.PerformerType) }},
	{name: "performer", read: func(r *reader, s *fhir.ServiceRequest) { many(r, references, &s.Performer) }},
	{name: "reasonCode", read: func(r *reader, s *fhir.ServiceRequest) { many(r, concepts, &s.ReasonCode) }},
	{name: "reasonReference", read: func(r *reader, s *fhir.ServiceRequest) { many(r, references, &s.ReasonReference) }},
	{name: "bodySite", read: func(r *reader, s *fhir.ServiceRequest) { many(r, concepts, &s.BodySite) }},
	{name: "note", read: func(r *reader, s *fhir.ServiceRequest) { many(r, annotations, &s.Note) }},
}, ignored[fhir.ServiceRequest]("occurrence", "occurrenceTiming"),
	ignored[fhir.ServiceRequest]("", "identifier", "basedOn", "replaces", "requisition", "priority", "supportingInfo", "specimen", "insurance"))

var deviceRequests = resourceTable[fhir.DeviceRequest]([]element[fhir.DeviceRequest]{
	{name: "status", read: func(r *reader, d *fhir.DeviceRequest) { r.code(&d.Status) }},
	{name: "intent", read: func(r *reader, d *fhir.DeviceRequest) { r.deviceIntent(&d.Intent) }},
	{name: "codeCodeableConcept", choice: "code", read: func(r *reader, d *fhir.DeviceRequest) { one(r, concepts, &d.CodeCodeableConcept) }},
	{name: "codeReference", choice: "code", read: func(r *reader, d *fhir.DeviceRequest) { one(r, references, &d.CodeReference) }},
	{name: "subject", read: func(r *reader, d *fhir.DeviceRequest) { object(r, references, &d.Subject) }},
	{name: "context", read: func(r *reader, _ *fhir.DeviceRequest) { r.stu3(); r.skip() }},
	{name: "authoredOn", read: func(r *reader, d *fhir.DeviceRequest) { r.dateTime(&d.AuthoredOn) }},
	{name: "reasonCode", read: func(r *reader, d *fhir.DeviceRequest) { many(r, concepts, &d.ReasonCode) }},
	{name: "reasonReference", read: func(r *reader, d *fhir.DeviceRequest) { many(r, references, &d.ReasonReference) }},
}, ignored[fhir.DeviceRequest]("", "identifier", "basedOn", "priority", "parameter", "encounter", "requester", "performer", "note"))

var deviceUseStatements = resourceTable[fhir.DeviceUseStatement]([]element[fhir.DeviceUseStatement]{
	{name: "identifier", read: func(r *reader, x *fhir.DeviceUseStatement) { many(r, identifiers, &x.Identifier) }},
	{name: "status", read: func(r *reader, d *fhir.DeviceUseStatement) { r.code(&d.Status) }},
	{name: "subject", read: func(r *reader, d *fhir.DeviceUseStatement) { object(r, references, &d.Subject) }},
	{name: "timingDateTime", choice: "timing", read: func(r *reader, d *fhir.DeviceUseStatement) { r.dateTime(&d.TimingDateTime) }},
	{name: "timingPeriod", choice: "timing", read: func(r *reader, d *fhir.DeviceUseStatement) { one(r, periods, &d.TimingPeriod) }},
	// In STU3 timing[x] is how often, whenUsed the period of use.
	{name: "whenUsed", choice: "timing", read: func(r *reader, d *fhir.DeviceUseStatement) { stu3one(r, periods, &d.TimingPeriod) }},
	{name: "recordedOn", read: func(r *reader, d *fhir.DeviceUseStatement) { r.dateTime(&d.RecordedOn) }},
	{name: "device", read: func(r *reader, d *fhir.DeviceUseStatement) { object(r, references, &d.Device) }},
	{name: "reasonCode", choice: "reasonCode", read: func(r *reader, d *fhir.DeviceUseStatement) { many(r, concepts, &d.ReasonCode) }},
	{name: "indication", choice: "reasonCode", read: func(r *reader, d *fhir.DeviceUseStatement) { r.stu3(); many(r, concepts, &d.ReasonCode) }},
	{name: "reasonReference", read: func(r *reader, d *fhir.DeviceUseStatement) { many(r, references, &d.ReasonReference) }},
	{name: "bodySite", read: func(r *reader, d *fhir.DeviceUseStatement) { one(r, concepts, &d.BodySite) }},
}, ignored[fhir.DeviceUseStatement]("", "timingTiming", "basedOn", "derivedFrom", "source", "note"))

var devices = resourceTable[fhir.Device]([]element[fhir.Device]{
	{name: "identifier", read: func(r *reader, x *fhir.Device) { many(r, identifiers, &x.Identifier) }},
	{name: "status", read: func(r *reader, d *fhir.Device) { r.code(&d.Status) }},
	{name: "type", read: func(r *reader, d *fhir.Device) { one(r, concepts, &d.Kind) }},
	{name: "patient", read: func(r *reader, d *fhir.Device) { object(r, references, &d.Patient) }},
	{name: "udiCarrier", choice: "udiCarrier", read: func(r *reader, d *fhir.Device) { many(r, udiCarriers, &d.UDICarrier) }},
	{name: "udi", choice: "udiCarrier", read: func(r *reader, d *fhir.Device) { r.stu3(); stu3several(r, udiCarriers, &d.UDICarrier) }},
	{name: "manufacturer", read: func(r *reader, d *fhir.Device) { r.string(&d.Manufacturer) }},
	{name: "manufactureDate", read: func(r *reader, d *fhir.Device) { r.dateTime(&d.ManufactureDate) }},
	{name: "modelNumber", choice: "modelNumber", read: func(r *reader, d *fhir.Device) { r.string(&d.ModelNumber) }},
	{name: "model", choice: "modelNumber", read: func(r *reader, d *fhir.Device) { r.stu3(); r.string(&d.ModelNumber) }},
	{name: "lotNumber", read: func(r *reader, d *fhir.Device) { r.string(&d.LotNumber) }},
	{name: "serialNumber", read: func(r *reader, d *fhir.Device) { r.string(&d.SerialNumber) }},
}, ignored[fhir.Device]("", "definition", "statusReason", "distinctIdentifier", "expirationDate", "deviceName",
	"partNumber", "specialization", "version", "property", "owner", "contact", "location", "url", "note", "safety", "parent"))

var udiCarriers = tableOf([]element[fhir.UDICarrier]{
	{name: "deviceIdentifier", read: func(r *reader, u *fhir.UDICarrier) { r.string(&u.DeviceIdentifier) }},
	{name: "carrierHRF", read: func(r *reader, u *fhir.UDICarrier) { r.string(&u.CarrierHRF) }},
}, ignored[fhir.UDICarrier]("", "id", "extension", "issuer", "jurisdiction", "carrierAIDC", "entryType"))
