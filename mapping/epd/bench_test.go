package epd_test

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/test/bundles"
)

// BenchmarkMap maps what an EPD sends along with a decision hook: 40 resources.
func BenchmarkMap(b *testing.B) {
	chart, err := decode.Bundle("hook", bundles.Hook(), decode.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	options := epd.Options{AsOf: day(b, today)}
	b.ReportAllocs()
	for b.Loop() {
		epd.Map(chart, options)
	}
}
