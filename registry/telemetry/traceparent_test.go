package telemetry_test

import (
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/registry/telemetry"
)

func TestTraceparent(t *testing.T) {
	const good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	for header, want := range map[string]string{
		good: good, "": "", good + "0": "", strings.ToUpper(good): "", strings.Replace(good, "-", "0", 1): "",
		strings.Replace(good, "0a", "-a", 1): "", "Jansen": "", strings.Repeat("9", len(good)): "",
	} {
		if got := telemetry.Traceparent(header); got != want {
			t.Errorf("%q: %q", header, got)
		}
	}
}
