package delivery_test

import (
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store"
)

// BenchmarkDeliver is what a delivery costs beside the registry, which is in memory here:
// claim, bundle, request, settlement, audit and queue.
func BenchmarkDeliver(b *testing.B) {
	s := open(b, settings{still: true})
	for n := range b.N {
		s.save(n, procedure("p1", "trial", "completed", 1))
	}
	b.ResetTimer()
	s.start(s.service)
	for {
		counts, err := s.service.Counts(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		if counts[0].States[store.StateDelivered] == b.N {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
}
