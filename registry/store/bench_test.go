package store_test

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// someItems are what one sending of a patient may hold.
func someItems(n int) []store.Item {
	items := []store.Item{someone(id(mrn, "x"))}
	for i := range n {
		items = append(items, procedure(fmt.Sprintf("Procedure/%d", i), "", "2025-01-02", false))
	}
	return items
}

// BenchmarkSave saves sendings of a new patient with 20 items each, one after the other.
func BenchmarkSave(b *testing.B) {
	for _, kind := range kinds {
		b.Run(kind, func(b *testing.B) {
			s := storetest.Open(b, storetest.URL(b, kind), storetest.Keys(b))
			items := someItems(20)
			for n := 0; b.Loop(); n++ {
				save(b, s, []registration.Identifier{id(mrn, fmt.Sprint(n))}, items...)
			}
		})
	}
}

// BenchmarkSaveAtOnce is BenchmarkSave by 16 at once.
func BenchmarkSaveAtOnce(b *testing.B) {
	for _, kind := range kinds {
		b.Run(kind, func(b *testing.B) {
			s := storetest.Open(b, storetest.URL(b, kind), storetest.Keys(b))
			items := someItems(20)
			var next atomic.Int64
			b.SetParallelism(max(1, 16/runtime.GOMAXPROCS(0)))
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					save(b, s, []registration.Identifier{id(mrn, fmt.Sprint(next.Add(1)))}, items...)
				}
			})
		})
	}
}

// patientsVariable says how many patients TestStreaming streams.
const patientsVariable = "PIJNPOORT_TEST_PATIENTS"

// All patients are streamed in memory that does not grow with their number.
func TestStreaming(t *testing.T) {
	patients := 3000
	if n, err := strconv.Atoi(os.Getenv(patientsVariable)); err == nil {
		patients = n
	}
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			s := storetest.Open(t, storetest.URL(t, kind), storetest.Keys(t))
			const perSave, items = 500, 8
			start := time.Now()
			for from := 0; from < patients; from += perSave {
				var list []store.Submission
				for n := from; n < min(from+perSave, patients); n++ {
					list = append(list, store.Submission{Identifiers: []registration.Identifier{id(mrn, fmt.Sprint(n))}, Items: someItems(items)})
				}
				if _, err := s.Save(t.Context(), sending("", fmt.Sprint(from)), list); err != nil {
					t.Fatal(err)
				}
			}
			saved := time.Since(start)
			runtime.GC()
			var before, now runtime.MemStats
			runtime.ReadMemStats(&before)
			start = time.Now()
			seen, most := 0, uint64(0)
			for p, err := range s.Registrations(t.Context()) {
				if err != nil || len(p.Registration.Procedures) != items {
					t.Fatalf("%+v, %v", p, err)
				}
				if seen++; seen%1000 == 0 {
					runtime.ReadMemStats(&now)
					most = max(most, now.HeapAlloc)
				}
			}
			if seen != patients {
				t.Errorf("%d of %d patients", seen, patients)
			}
			if grown := int64(most) - int64(before.HeapAlloc); grown > 64<<20 {
				t.Errorf("the heap grew by %d MiB", grown>>20)
			}
			t.Logf("%d patients: saved in %v, streamed in %v (%.0f patients/s), heap at most %d MiB", patients, saved.Round(time.Millisecond),
				time.Since(start).Round(time.Millisecond), float64(patients)/time.Since(start).Seconds(), most>>20)
		})
	}
}
