package registration

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// stimulators are the concepts of a device that make it one of ours. A stimulator of
// a peripheral nerve may be a test device, so it is none.
var stimulators = []terminology.Concept{"device-neurostimulator", "device-pulse-generator", "device-stimulation-electrode"}

// devices takes neurostimulators and their parts. What an operation names was taken with it.
func (r *reader) devices() {
	each(r, func(d *fhir.Device) { r.device(d, false) })
	each(r, r.deviceUse)
}

// device takes a device that is ours by its type, as a registry was told, or because an
// operation of ours put it in, exchanged it or took it out.
func (r *reader) device(d *fhir.Device, named bool) {
	if r.served[d] {
		return
	}
	concepts := r.concepts(d.Kind)
	if !named && !claims(d, "device") && !slices.ContainsFunc(concepts, func(c terminology.Concept) bool { return slices.Contains(stimulators, c) }) {
		return
	}
	o, ok := r.origin(d, "")
	if !ok {
		return
	}
	r.serve(d)
	if o.Retracted = d.Status == "entered-in-error"; o.Retracted {
		r.out.Devices = append(r.out.Devices, Device{Origin: o})
		return
	}
	one := Device{
		Origin: o, Codings: r.codings(d, "type", d.Kind), Serial: d.SerialNumber,
		Manufacturer: d.Manufacturer, Model: d.ModelNumber,
	}
	if d.Status != "" {
		one.Status = r.status(d, d.Status, deviceStatuses)
	}
	for i, u := range d.UDICarrier {
		switch {
		case u.DeviceIdentifier == "":
			r.drop(d, at("udiCarrier", i), "no device identifier; the carrier holds the serial number too and is not passed on")
		case one.UDI == "" || u.DeviceIdentifier < one.UDI:
			one.UDI = u.DeviceIdentifier
		}
	}
	r.out.Devices = append(r.out.Devices, one)
}

// deviceUse takes from when until when a device is in use.
func (r *reader) deviceUse(u *fhir.DeviceUseStatement) {
	device, _ := r.chart.Resolve(u, u.Device).(*fhir.Device)
	if device == nil {
		r.drop(u, "device", "the device did not come along")
		return
	}
	start, end := period(u.TimingPeriod, u.TimingDateTime)
	if r.later(start) {
		r.drop(u, "timing", afterAsOf)
		return
	}
	key := r.key(device)
	at := slices.IndexFunc(r.out.Devices, func(d Device) bool { return d.Key == key })
	switch {
	case at < 0:
		r.drop(u, "device", "no neurostimulator")
		return
	case u.Status == "entered-in-error":
		r.drop(u, "status", "entered in error")
		return
	case u.Status == "intended":
		r.drop(u, "status", "planned, not in use")
		return
	}
	r.serve(u)
	d := &r.out.Devices[at]
	own := Origin{Updated: u.Meta.LastUpdated.Text}
	if d.From != "" && d.From != start.Text {
		r.drop(u, "timing", "several statements about the use of one device: the first is taken")
		if start.Text == "" || start.Text > d.From {
			return
		}
	}
	d.From, d.Until, d.Status = start.Text, end.Text, r.status(u, u.Status, deviceStatuses)
	if own.Compare(&d.Origin) > 0 || d.Updated == "" {
		d.Updated = own.Updated
	}
	d.Version = "" // of two resources there is none
}
