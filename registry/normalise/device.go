package normalise

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

var (
	useStatuses = []string{"active", "completed", enteredInError, "intended", "stopped", "on-hold"}
	// deviceStatuses are those of a Device by that of its use.
	deviceStatuses = map[string]string{"active": "active", "completed": "inactive", "stopped": "inactive", "inactive": "inactive"}
)

// devices makes the Devices, and the use of those of which the time is known. One with a
// serial number is known by it: two items with the same number are one device.
func (b *builder) devices() error {
	for i, group := range b.sameDevices() {
		item := group[0]
		at := place{"devices", i}
		key := "key:" + item.Key
		if item.Serial != "" {
			key = "serial:" + item.Serial
		}
		e, err := b.add(deviceProfile, at, item.Origin, key)
		if err != nil {
			return err
		}
		for _, same := range group {
			b.seen(same.Updated)
			b.index("devices", same.Key, e)
		}
		if e != nil {
			b.device(at, e, item)
		}
		if err := b.deviceUse(at, e, item, key); err != nil {
			return err
		}
	}
	return nil
}

// sameDevices are the devices by serial number, each filled in from the others with the
// number, in the order of their keys.
func (b *builder) sameDevices() [][]*registration.Device {
	sorted := make([]*registration.Device, len(b.registration.Devices))
	for i := range sorted {
		copied := b.registration.Devices[i]
		sorted[i] = &copied
	}
	slices.SortStableFunc(sorted, func(a, b *registration.Device) int { return strings.Compare(a.Key, b.Key) })
	var groups [][]*registration.Device
	bySerial := make(map[string]int)
	for _, d := range sorted {
		if k, known := bySerial[d.Serial]; known && d.Serial != "" {
			fill(groups[k][0], d)
			groups[k] = append(groups[k], d)
			continue
		}
		bySerial[d.Serial] = len(groups)
		groups = append(groups, []*registration.Device{d})
	}
	return groups
}

// fill takes over what one device lacks and another tells. A device is retracted when all
// that tell of it are.
func fill(to, from *registration.Device) {
	for _, pair := range [][2]*string{
		{&to.UDI, &from.UDI}, {&to.Manufacturer, &from.Manufacturer}, {&to.Model, &from.Model},
		{&to.Status, &from.Status}, {&to.From, &from.From}, {&to.Until, &from.Until},
	} {
		if *pair[0] == "" {
			*pair[0] = *pair[1]
		}
	}
	to.Codings = append(slices.Clip(to.Codings), from.Codings...)
	to.Retracted = to.Retracted && from.Retracted
}

func (b *builder) device(at place, e *Entry, item *registration.Device) {
	out := encode.Device{Status: deviceStatuses[item.Status]}
	if out.Status == "" {
		out.Status = "unknown"
	}
	if e.Retracted {
		out.Status = enteredInError
	} else {
		out.UDI = b.udi(at, item.UDI)
		out.Manufacturer = b.manufacturer(at, item.Manufacturer)
		out.Model = b.model(at, out.Manufacturer, item)
		out.Type = encode.Concept{Codings: b.codings(at, item.Codings)}
	}
	e.build = func(link linker, head encode.Head) encode.Resource {
		out := out
		out.Head, out.Patient = head, link(b.patient)
		return &out
	}
}

// deviceUse makes the use of a device of which the time is known.
func (b *builder) deviceUse(at place, device *Entry, item *registration.Device, key string) error {
	if device == nil || item.From == "" && item.Until == "" {
		return nil
	}
	e, err := b.add(deviceUseProfile, at, item.Origin, "use:"+key)
	if err != nil || e == nil {
		return err
	}
	out := encode.DeviceUseStatement{Status: status(e, item.Status, useStatuses...)}
	if out.Status == "unknown" { // which the type lacks
		out.Status = "active"
		if item.Until != "" {
			out.Status = "completed"
		}
	}
	if !e.Retracted {
		out.Timing = b.period(at, item.From, item.Until)
		b.happened(item.From, item.Until)
	}
	e.build = func(link linker, head encode.Head) encode.Resource {
		out := out
		out.Head, out.Subject, out.Device = head, link(b.patient), link(device)
		return &out
	}
	return nil
}

// udi is a device identifier without the serial number.
func (b *builder) udi(at place, text string) string {
	known, ok := DeviceIdentifier(text)
	if !ok && text != "" {
		b.leave(at, "udi", "not a device identifier of GS1 (14 digits with the right check digit) or HIBCC")
	}
	return known
}

// manufacturer is the name of a known maker; other words are not sent.
func (b *builder) manufacturer(at place, text string) string {
	known, ok := b.Centre.Maker(text)
	if !ok && text != "" {
		b.leave(at, "manufacturer", "not a maker that is known (registry.manufacturers)")
	}
	return known
}

// model is a model number. Words are not sent, nor what may be the serial number.
func (b *builder) model(at place, maker string, item *registration.Device) string {
	if strings.TrimSpace(item.Model) == "" {
		return ""
	}
	if maker == "" {
		b.leave(at, "model", "the number of a maker that is not sent")
		return ""
	}
	number, ok := ModelNumber(item.Model)
	if !ok || strings.EqualFold(number, item.Serial) {
		b.leave(at, "model", "not a model number")
		return ""
	}
	return number
}
