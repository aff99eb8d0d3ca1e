package decode_test

import (
	"testing"

	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/test/bundles"
)

func BenchmarkBundle(b *testing.B) {
	data := bundles.Hook()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decode.Bundle("hook", data, decode.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFloor is what the same bytes cost in a good JSON library, into the
// same structs, without any of our checks.
func BenchmarkFloor(b *testing.B) {
	data := bundles.Hook()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bundles.ByLibrary(data); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGoogle is what the protocol buffers of google/fhir cost.
func BenchmarkGoogle(b *testing.B) {
	data := bundles.Hook()
	unmarshaller, err := jsonformat.NewUnmarshaller("UTC", fhirversion.R4)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := unmarshaller.UnmarshalR4(data); err != nil {
			b.Fatal(err)
		}
	}
}
