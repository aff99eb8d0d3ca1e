package test

import (
	"testing"

	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
	"github.com/pijnpoort/pijnpoort/test/bundles"
	"github.com/pijnpoort/pijnpoort/validation"
)

// What advice on a hook's bundle (40 resources, some 65 KB) costs, part by part,
// beside its two yardsticks in the same run: reading the same bytes into the same
// structs with a JSON library, and parsing them with google/fhir.
func BenchmarkAdvice(b *testing.B) {
	data := bundles.Hook()
	options := epd.Options{AsOf: mapping.NewDay(2025, 6, 16), Terminology: terminology.Embedded()}
	chart, err := decode.Bundle("hook", data, decode.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	record := epd.Map(chart, options)
	google, err := jsonformat.NewUnmarshaller("UTC", fhirversion.R4)
	if err != nil {
		b.Fatal(err)
	}
	parts := []struct {
		name string
		run  func() error
	}{
		{"whole", func() error {
			chart, err := decode.Bundle("hook", data, decode.Limits{})
			if err == nil {
				validation.Judge(epd.Map(chart, options), validation.Options{})
			}
			return err
		}},
		{"decode", func() error { _, err := decode.Bundle("hook", data, decode.Limits{}); return err }},
		{"map", func() error { epd.Map(chart, options); return nil }},
		{"judge", func() error { validation.Judge(record, validation.Options{}); return nil }},
		{"floor/json-library", func() error { _, err := bundles.ByLibrary(data); return err }},
		{"floor/google-fhir", func() error { _, err := google.UnmarshalR4(data); return err }},
	}
	for _, part := range parts {
		b.Run(part.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := part.run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
