package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// deviceUse takes since when the patient has a neurostimulator.
func (m *mapper) deviceUse(e *entry, d *fhir.DeviceUseStatement) {
	path, start, end := "timingDateTime", d.TimingDateTime, fhir.DateTime{}
	if d.TimingPeriod != nil {
		path, start, end = "timingPeriod.start", d.TimingPeriod.Start, d.TimingPeriod.End
	}
	device, _ := m.chart.Resolve(d, d.Device).(*fhir.Device)
	if device == nil {
		e.ignore("device", "the device did not come along")
		return
	}
	f := has(m.lookUp(e, "device.type", device.Kind), "device-neurostimulator")
	date, dated := mapping.DateOf(start)
	switch {
	case f == nil:
	case d.Status != "active":
		e.ignore("status", statusReason(d.Status))
	case m.later(start):
		e.ignore(path, afterAsOf)
	case m.over(end):
		e.ignore("timingPeriod.end", "no longer in use")
	case !dated:
		e.ignore(path, "date of implantation not recorded")
	default:
		m.use(device)
		m.add(e, "existing-implant", mapping.DateValue(date, withVia(e.says(path, start.Text, start.Text), f.how())))
	}
}
