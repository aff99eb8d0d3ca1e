package fhir

// ServiceRequest is an order or referral (https://hl7.org/fhir/R4/servicerequest.html).
type ServiceRequest struct {
	Header
	Status             string            `json:"status,omitempty"`
	Intent             string            `json:"intent,omitempty"`
	Category           []CodeableConcept `json:"category,omitempty"`
	DoNotPerform       *bool             `json:"doNotPerform,omitempty"`
	Code               *CodeableConcept  `json:"code,omitempty"`
	OrderDetail        []CodeableConcept `json:"orderDetail,omitempty"`
	Subject            Reference         `json:"subject,omitzero"`
	Encounter          *Reference        `json:"encounter,omitempty"`
	OccurrenceDateTime DateTime          `json:"occurrenceDateTime,omitzero"`
	OccurrencePeriod   *Period           `json:"occurrencePeriod,omitempty"`
	AuthoredOn         DateTime          `json:"authoredOn,omitzero"`
	Requester          *Reference        `json:"requester,omitempty"`
	PerformerType      *CodeableConcept  `json:"performerType,omitempty"`
	Performer          []Reference       `json:"performer,omitempty"`
	ReasonCode         []CodeableConcept `json:"reasonCode,omitempty"`
	ReasonReference    []Reference       `json:"reasonReference,omitempty"`
	BodySite           []CodeableConcept `json:"bodySite,omitempty"`
	Note               []Annotation      `json:"note,omitempty"`
}

// Type implements Resource.
func (*ServiceRequest) Type() string { return "ServiceRequest" }

// DeviceRequest is an order for a device (https://hl7.org/fhir/R4/devicerequest.html).
type DeviceRequest struct {
	Header
	Status              string            `json:"status,omitempty"`
	Intent              string            `json:"intent,omitempty"`
	CodeCodeableConcept *CodeableConcept  `json:"codeCodeableConcept,omitempty"`
	CodeReference       *Reference        `json:"codeReference,omitempty"`
	Subject             Reference         `json:"subject,omitzero"`
	AuthoredOn          DateTime          `json:"authoredOn,omitzero"`
	ReasonCode          []CodeableConcept `json:"reasonCode,omitempty"`
	ReasonReference     []Reference       `json:"reasonReference,omitempty"`
}

// Type implements Resource.
func (*DeviceRequest) Type() string { return "DeviceRequest" }

// DeviceUseStatement says that a patient has or had a device
// (https://hl7.org/fhir/R4/deviceusestatement.html).
type DeviceUseStatement struct {
	Header
	Identifier      []Identifier      `json:"identifier,omitempty"`
	Status          string            `json:"status,omitempty"`
	Subject         Reference         `json:"subject,omitzero"`
	TimingDateTime  DateTime          `json:"timingDateTime,omitzero"`
	TimingPeriod    *Period           `json:"timingPeriod,omitempty"`
	RecordedOn      DateTime          `json:"recordedOn,omitzero"`
	Device          Reference         `json:"device,omitzero"`
	ReasonCode      []CodeableConcept `json:"reasonCode,omitempty"`
	ReasonReference []Reference       `json:"reasonReference,omitempty"`
	BodySite        *CodeableConcept  `json:"bodySite,omitempty"`
}

// Type implements Resource.
func (*DeviceUseStatement) Type() string { return "DeviceUseStatement" }

// Device is a device (https://hl7.org/fhir/R4/device.html).
type Device struct {
	Header
	Identifier      []Identifier     `json:"identifier,omitempty"`
	Status          string           `json:"status,omitempty"`
	Kind            *CodeableConcept `json:"type,omitempty"`
	Patient         Reference        `json:"patient,omitzero"`
	UDICarrier      []UDICarrier     `json:"udiCarrier,omitempty"`
	Manufacturer    string           `json:"manufacturer,omitempty"`
	ManufactureDate DateTime         `json:"manufactureDate,omitzero"`
	ModelNumber     string           `json:"modelNumber,omitempty"`
	LotNumber       string           `json:"lotNumber,omitempty"`
	SerialNumber    string           `json:"serialNumber,omitempty"`
}

// UDICarrier is Device.udiCarrier.
type UDICarrier struct {
	DeviceIdentifier string `json:"deviceIdentifier,omitempty"`
	CarrierHRF       string `json:"carrierHRF,omitempty"`
}

// Type implements Resource.
func (*Device) Type() string { return "Device" }
