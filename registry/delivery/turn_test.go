package delivery_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store"
)

// A registry is never asked more at once than the settings say, however slow it is; who
// waits for his turn has not been tried.
func TestNoMoreAtOnceThanIsSet(t *testing.T) {
	const workers, patients = 2, 6
	var now, most atomic.Int64
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		for n := now.Add(1); ; {
			if before := most.Load(); n <= before || most.CompareAndSwap(before, n) {
				break
			}
		}
		time.Sleep(700 * time.Millisecond) // longer than a job waits for its turn
		now.Add(-1)
		entries := slices.Repeat([]string{`{"response":{"status":"200 OK","etag":"W/\"1\""}}`}, bytes.Count(body, []byte(`"fullUrl"`)))
		fmt.Fprintf(w, `{"resourceType":"Bundle","type":"transaction-response","entry":[%s]}`, strings.Join(entries, ","))
	}))
	t.Cleanup(slow.Close)
	s := open(t, settings{still: true, url: slow.URL, workers: workers})
	for n := range patients {
		s.save(n, procedure("p1", "trial", "completed", 1))
	}
	s.start(s.service)
	for _, d := range s.wait(slices.Repeat([]store.State{store.StateDelivered}, patients)...) {
		if d.Attempts != 1 {
			t.Errorf("it was tried %d times", d.Attempts)
		}
	}
	if most.Load() != workers {
		t.Errorf("%d at once", most.Load())
	}
}
