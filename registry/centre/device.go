package centre

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// devicesOf are the devices that a procedure names, as far as they are in the data.
func (h *history) devicesOf(p *procedure) []*registration.Device {
	var list []*registration.Device
	for i := range h.Registration.Devices {
		if d := &h.Registration.Devices[i]; !d.Retracted && slices.Contains(p.Devices, d.Key) {
			list = append(list, d)
		}
	}
	return list
}
