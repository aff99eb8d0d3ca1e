package audit

import (
	"net/netip"
	"strings"
)

// addressType is what an address is, in the words of http://hl7.org/fhir/network-type.
func addressType(address string) string {
	if _, err := netip.ParseAddr(address); err == nil {
		return "ip-address"
	}
	if strings.Contains(address, "://") {
		return "uri"
	}
	return "machine-name"
}
