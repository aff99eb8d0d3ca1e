package intake_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// BenchmarkIntake takes one of the example patients as a new one each time: read, checked
// strictly, judged, registered and kept, with its audit event.
func BenchmarkIntake(b *testing.B) {
	for _, kind := range storetest.Kinds {
		b.Run(kind, func(b *testing.B) {
			body, err := os.ReadFile("../../test/patients/fbss-geschikt.json")
			if err != nil {
				b.Fatal(err)
			}
			h := newHarness(b, storetest.Open(b, storetest.URL(b, kind), storetest.Keys(b)), nil)
			b.SetBytes(int64(len(body)))
			for n := 0; b.Loop(); n++ {
				other := strings.Replace(string(body), "999900109", fmt.Sprintf("%09d", n), 1)
				if a := h.post(other); a.status != http.StatusCreated {
					b.Fatalf("%+v", a)
				}
			}
		})
	}
}
