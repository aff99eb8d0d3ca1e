package delivery_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/delivery"
)

// Patients who were kept before there was a registry go to it when asked for; who objects
// does not, and a second time nothing is sent.
func TestEveryPatientGoesToANewRegistry(t *testing.T) {
	s := open(t, settings{})
	for patient := range 3 {
		s.put(patient, []registration.Procedure{procedure("p1", "trial", "completed", 1)})
	}
	if _, err := s.store.OptOut(t.Context(), "hospital", identifiers(2), time.Now().Add(-time.Minute)); err != nil {
		t.Fatal(err)
	}
	if list := s.deliveries(); len(list) != 0 {
		t.Fatalf("%d deliveries were queued already", len(list))
	}
	for _, want := range []delivery.Count{{All: 3, Delivered: 2, Suppressed: 1}, {All: 6, Delivered: 2, Suppressed: 4}} {
		if queued, err := s.service.EnqueueAll(t.Context(), "nva", "somebody"); queued != 3 || err != nil {
			t.Fatalf("%d queued, %v", queued, err)
		}
		s.settle()
		counts, err := s.service.Counts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := counts[0]; got.All != want.All || got.Delivered != want.Delivered || got.Suppressed != want.Suppressed {
			t.Errorf("%+v", counts)
		}
	}
	if n := len(s.registry.sent()); n != 2 {
		t.Errorf("%d requests", n)
	}
	if diff := cmp.Diff([]string{"delivered success", "delivered success", "queued success", "queued success"}, slices.Sorted(slices.Values(s.audited()))); diff != "" {
		t.Error(diff)
	}
	if _, err := s.service.EnqueueAll(t.Context(), "another", "somebody"); err == nil {
		t.Error("there is no such registry")
	}
}
