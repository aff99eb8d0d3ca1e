package delivery_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store"
)

// atOnceAnswered is a registry that costs nothing: it takes every entry, and keeps none.
func atOnceAnswered(b *testing.B) string {
	b.Helper()
	entry := `{"response":{"status":"200 OK","etag":"W/\"1\""}}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		n := bytes.Count(body, []byte(`"fullUrl"`))
		fmt.Fprintf(w, `{"resourceType":"Bundle","type":"transaction-response","entry":[%s]}`, strings.TrimSuffix(strings.Repeat(entry+",", n), ","))
	}))
	b.Cleanup(server.Close)
	return server.URL
}

// processor is what this process has used of it.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkDeliver is our own floor: what a delivery costs beside the registry, which
// answers at once. Claim, bundle, request, settlement, audit and queue, by as many at
// once. What it takes of the processor tells more than its time, where others use the
// machine too.
func BenchmarkDeliver(b *testing.B) {
	for _, workers := range []int{1, 4, 16} {
		b.Run(fmt.Sprint(workers, "-workers"), func(b *testing.B) {
			s := open(b, settings{still: true, url: atOnceAnswered(b), workers: workers})
			for n := range b.N {
				s.save(n, procedure("p1", "trial", "completed", 1))
			}
			delivered := func() int {
				counts, err := s.store.DeliveryCounts(context.WithoutCancel(b.Context()))
				if err != nil {
					b.Fatal(err)
				}
				return counts["nva"][store.StateDelivered]
			}
			used := processor(b)
			b.ResetTimer()
			s.start(s.service)
			for delivered() < b.N {
				time.Sleep(20 * time.Millisecond)
			}
			b.StopTimer()
			b.ReportMetric(float64((processor(b)-used).Microseconds())/float64(b.N), "cpu-us/op")
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "deliveries/s")
		})
	}
}
