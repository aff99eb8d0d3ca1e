package decode_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"
	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/test/bundles"
)

// The same resource is read three ways: by us; by us, after google/fhir has read
// and rewritten it; and by a general JSON library into the same structs. All must
// agree on every element.
//
// What is left out of the comparison, and why:
//   - fractions of a second beyond three digits, offset -00:00: google/fhir
//     rewrites them (the generator does not make them);
//   - codes in another case ("Final"): google/fhir corrects them, we keep them;
//   - Value.Kind: a JSON library does not set it.
func FuzzDifferential(f *testing.F) {
	for seed := range uint64(200) {
		f.Add(seed)
	}
	unmarshaller, err := jsonformat.NewUnmarshaller("UTC", fhirversion.R4)
	if err != nil {
		f.Fatal(err)
	}
	marshaller, err := jsonformat.NewMarshaller(false, "", "", fhirversion.R4)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		document := generator{Rand: rand.New(rand.NewPCG(seed, 1))}.resource()
		ours := only(t, []byte(document))

		message, err := unmarshaller.UnmarshalR4([]byte(document))
		if err != nil {
			t.Fatalf("google/fhir refuses what the generator makes: %v\n%s", err, document)
		}
		rewritten, err := marshaller.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(ours, only(t, rewritten), same, sameInstant); diff != "" {
			t.Errorf("after google/fhir: %s\n%s\n%s", diff, document, rewritten)
		}

		library := bundles.Empty(ours.Type())
		if err := json.Unmarshal([]byte(document), library); err != nil {
			t.Fatalf("%v\n%s", err, document)
		}
		if diff := cmp.Diff(library, ours, same, likeLibrary); diff != "" {
			t.Errorf("by a library: %s\n%s", diff, document)
		}
	})
}

// only decodes a document of one resource.
func only(t *testing.T, document []byte) fhir.Resource {
	t.Helper()
	chart, err := decode.Bundle("", document, decode.Limits{})
	if err != nil || len(chart.Resources) != 1 || len(chart.Issues) != 0 {
		t.Fatalf("%v\n%s\n%s", err, fmt.Sprintf("%+v", chart), document)
	}
	return chart.Resources[0]
}

// sameInstant compares dates by what they mean.
var sameInstant = cmp.Comparer(func(a, b fhir.DateTime) bool {
	return a.Precision == b.Precision && a.Time.Equal(b.Time)
})
