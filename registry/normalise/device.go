package normalise

import (
	"regexp"
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

// hibcc is a device identifier of HIBCC: labeler, product and unit of measure.
var hibcc = regexp.MustCompile(`^[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]$`)

// udi is a device identifier: a GTIN-14 of GS1 with its check digit, or one of HIBCC.
// Anything longer may hold the serial number.
func (b *builder) udi(at place, text string) string {
	switch {
	case text == "" || isGTIN(text):
		return text
	case hibcc.MatchString(strings.TrimPrefix(text, "+")) && !nineDigits.MatchString(text):
		return strings.TrimPrefix(text, "+")
	}
	b.leave(at, "udi", "not a device identifier of GS1 (14 digits with the right check digit) or HIBCC")
	return ""
}

// isGTIN reports whether a text is a GTIN-14 (GS1 General Specifications, section 7.9).
func isGTIN(text string) bool {
	if len(text) != 14 || !digits.MatchString(text) {
		return false
	}
	sum := 0
	for i := range 14 {
		weight := 3
		if i%2 == 1 {
			weight = 1
		}
		sum += weight * int(text[i]-'0')
	}
	return sum%10 == 0
}

// manufacturers are the makers of neurostimulators by the begin of how they are written.
var manufacturers = []string{
	"Abbott", "Advanced Neuromodulation Systems", "Biotronik", "Boston Scientific", "Curonix", "Mainstay Medical", "Medtronic",
	"Nalu Medical", "Nevro", "Nuvectra", "Saluda Medical", "Spinal Modulation", "St. Jude Medical", "Stimwave",
}

// manufacturer is the name of a known maker; other words are not sent.
func (b *builder) manufacturer(at place, text string) string {
	if text == "" {
		return ""
	}
	for _, known := range append(slices.Clip(b.Centre.Manufacturers), manufacturers...) {
		first, _, _ := strings.Cut(known, " ")
		if strings.EqualFold(text, known) || strings.HasPrefix(strings.ToLower(text)+" ", strings.ToLower(known)+" ") ||
			strings.EqualFold(text, first) && len(first) > len("St.") {
			return known
		}
	}
	b.leave(at, "manufacturer", "not a maker that is known (registry.manufacturers)")
	return ""
}

// modelNumber is what a model number looks like: some letters, some digits, a suffix.
var (
	modelNumber = regexp.MustCompile(`^[A-Z]{0,6}[- ]?[0-9]{2,6}(-?[A-Z0-9]{1,4})?$`)
	postcode    = regexp.MustCompile(`^[1-9][0-9]{3} ?[A-Z]{2}$`)
	nineDigits  = regexp.MustCompile(`[0-9]{9}`)
)

// model is a model number. Words are not sent, nor what may be the serial number.
func (b *builder) model(at place, maker string, item *registration.Device) string {
	text := strings.ToUpper(strings.TrimSpace(item.Model))
	switch {
	case text == "":
		return ""
	case maker == "":
		b.leave(at, "model", "the number of a maker that is not sent")
		return ""
	case postcode.MatchString(text) || !modelNumber.MatchString(text) || nineDigits.MatchString(strings.NewReplacer("-", "", " ", "").Replace(text)) || strings.EqualFold(text, item.Serial):
		b.leave(at, "model", "not a model number")
		return ""
	}
	return text
}
