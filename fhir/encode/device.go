package encode

import (
	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	device "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/device_go_proto"
	use "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/device_use_statement_go_proto"
	"google.golang.org/protobuf/proto"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Device is an implanted device or a part of one (http://hl7.org/fhir/R4/device.html).
// Of its UDI it has the device identifier alone: the production identifier holds the
// serial number.
type Device struct {
	Head
	UDI          string // device identifier
	Status       string // active, inactive, entered-in-error, unknown; may be empty
	Manufacturer string
	Model        string
	Type         Concept
	Patient      fhir.Reference
}

func (d *Device) message() (proto.Message, error) {
	out := &device.Device{
		Id: d.id(), Meta: d.meta(), Identifier: d.identifiers(),
		Manufacturer: text(d.Manufacturer), ModelNumber: text(d.Model), Type: d.Type.message(), Patient: pointer(d.Patient),
	}
	if d.UDI != "" {
		out.UdiCarrier = []*device.Device_UdiCarrier{{DeviceIdentifier: text(d.UDI)}}
	}
	if d.Status != "" {
		status, err := code[codes.FHIRDeviceStatusCode_Value](codes.FHIRDeviceStatusCode_Value_value, "status", d.Status)
		if err != nil {
			return nil, err
		}
		out.Status = &device.Device_StatusCode{Value: status}
	}
	return out, nil
}

// DeviceUseStatement is the use of a device by a patient
// (http://hl7.org/fhir/R4/deviceusestatement.html).
type DeviceUseStatement struct {
	Head
	Status  string // active, completed, entered-in-error, ...
	Subject fhir.Reference
	Timing  Period
	Device  fhir.Reference
}

func (d *DeviceUseStatement) message() (proto.Message, error) {
	status, err := code[codes.DeviceUseStatementStatusCode_Value](codes.DeviceUseStatementStatusCode_Value_value, "status", d.Status)
	if err != nil {
		return nil, err
	}
	period, err := d.Timing.message()
	if err != nil {
		return nil, err
	}
	out := &use.DeviceUseStatement{
		Id: d.id(), Meta: d.meta(), Identifier: d.identifiers(),
		Status:  &use.DeviceUseStatement_StatusCode{Value: status},
		Subject: pointer(d.Subject), Device: pointer(d.Device),
	}
	if period != nil {
		out.Timing = &use.DeviceUseStatement_TimingX{Choice: &use.DeviceUseStatement_TimingX_Period{Period: period}}
	}
	return out, nil
}
