package report

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// BenchmarkReport measures the report by the number of patients. What it takes to make the
// patients is in it, and told apart by the metric of patients alone.
func BenchmarkReport(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := centre.Compute(of(population.Default(n, 1)), centre.Options{Year: 2023, AsOf: mapping.NewDay(2024, 12, 31)}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n)/float64(b.N), "µs/patient")
		})
		b.Run(fmt.Sprint(n, "-patients-alone"), func(b *testing.B) {
			for b.Loop() {
				for range population.Default(n, 1).All() {
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n)/float64(b.N), "µs/patient")
		})
	}
}

// live is the memory in use after a collection.
func live() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// What is kept grows by a few numbers a patient, not with what is on record: it is
// measured while the last patient goes by.
func TestMemoryIsBounded(t *testing.T) {
	kept := func(n int) uint64 {
		before, during := live(), uint64(0)
		number := 0
		_, err := centre.Compute(func(yield func(centre.Patient, error) bool) {
			for id, r := range population.Default(n, 1).All() {
				if number++; number == n {
					during = live()
				}
				if !yield(centre.Patient{ID: id, Registration: r}, nil) {
					return
				}
			}
		}, centre.Options{Year: 2023, AsOf: mapping.NewDay(2024, 12, 31)})
		if err != nil {
			t.Fatal(err)
		}
		return during - min(before, during)
	}
	few, many := kept(1_000), kept(9_000)
	perPatient := (float64(many) - float64(few)) / 8_000
	t.Logf("%d bytes with 1,000 patients, %d with 9,000: %.0f a patient", few, many, perPatient)
	if perPatient > 300 {
		t.Errorf("%.0f bytes a patient are kept", perPatient)
	}
}
