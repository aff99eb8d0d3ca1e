package intake_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// Whatever is sent gets an OperationOutcome of which the counts add up.
func FuzzIntake(f *testing.F) {
	files, err := filepath.Glob("../../test/patients/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files[:3] {
		body, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(body))
	}
	f.Add(bundle("", patient("1", bsn1), patient("2", bsn2), procedure("a", "Patient/1", "2025-01-02"), procedure("b", "Patient/2", "2025")))
	f.Add(bundle(`,"identifier":{"value":"1"}`, bundle("", patient("1", bsn1)), `{"resourceType":"Parameters","parameter":[{"part":[{"resource":`+patient("2", bsn2)+`}]}]}`))
	f.Add(`{"resourceType":"Bundle","entry":[1,{"resource":[]},{"fullUrl":7,"resource":{"resourceType":"Patient"}}]}`)
	h := newHarness(f, storetest.Open(f, storetest.URL(f, "sqlite"), storetest.Keys(f)), nil)
	f.Add(bundle("", patient("1", bsn1), procedure("a", "Patient?identifier=http://fhir.nl/fhir/NamingSystem/bsn|"+bsn1, "2025-01-02")))
	f.Add(bundle("", numbered("2", "2", linked("replaces", `{"reference":"Patient?identifier=urn:mrn|1"}`)), numbered("1", "1")))
	f.Fuzz(func(t *testing.T, body string) {
		one := *h
		one.t = t
		a := one.post(body)
		if a.status >= http.StatusInternalServerError {
			t.Errorf("%d: %v", a.status, a.issues)
		}
		if (a.status == http.StatusCreated || a.status == http.StatusOK) != (a.location != "") {
			t.Errorf("%d with Location %q", a.status, a.location)
		}
	})
}

// Patients mixed in any way are kept as if each had been sent alone, and every resource is
// counted once.
func TestMixedPatientsAreKeptAsIfSentAlone(t *testing.T) {
	together := newHarness(t, storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t)), nil)
	round := 0
	rapid.Check(t, func(r *rapid.T) {
		round++
		together.intake.Tenant = strconv.Itoa(round) // in which nobody is known yet
		before := together.totals()
		people := rapid.IntRange(1, 4).Draw(r, "people")
		var resources []string
		want := map[string]int{}
		for p := range people {
			id, bsn := string(rune('a'+p)), "99999000"+string(rune('0'+p))
			resources = append(resources, patient(id, bsn))
			want[bsn] = 0
			for n := range rapid.IntRange(0, 3).Draw(r, "procedures") {
				resources = append(resources, procedure(id+string(rune('0'+n)), "Patient/"+id, "2025-01-02"))
				want[bsn]++
			}
		}
		mixed := rapid.Permutation(resources).Draw(r, "order")
		a := together.post(bundle("", mixed...))
		if a.status != http.StatusCreated || len(a.issues) > 0 {
			r.Fatalf("%+v", a)
		}
		if got := together.totals(); got.Received != before.Received+len(mixed) || got.Accepted != got.Received || got.Patients != before.Patients+people {
			r.Fatalf("%+v", got)
		}
		for bsn, procedures := range want {
			id, err := together.store.Find(t.Context(), together.intake.Tenant, []registration.Identifier{{System: registration.BSN, Value: bsn}})
			if err != nil {
				r.Fatal(err)
			}
			p, err := together.store.Patient(t.Context(), id)
			if err != nil || len(p.Registration.Procedures) != procedures {
				r.Fatalf("%d procedures, want %d: %v", len(p.Registration.Procedures), procedures, err)
			}
		}
	})
}

// The same sending from many at once is kept once.
func TestTheSameSendingFromManyAtOnce(t *testing.T) {
	both(t, func(t *testing.T, h *harness) {
		const head = `,"identifier":{"system":"urn:x","value":"1"}`
		body := bundle(head, patient("1", bsn1), procedure("a", "Patient/1", "2025-01-02"))
		var mu sync.Mutex
		statuses := map[int]int{}
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				a := h.post(body)
				mu.Lock()
				defer mu.Unlock()
				statuses[a.status]++
			})
		}
		all.Wait()
		if statuses[201] != 1 || statuses[200] != 19 {
			t.Errorf("statuses: %v", statuses)
		}
		if totals := h.totals(); totals.Sendings != 1 || totals.Patients != 1 || totals.Audit != 1 {
			t.Errorf("%+v", totals)
		}
	})
}

// No answer, log or row in plain holds what only the patient's data held.
func TestNothingOfThePatientGetsOut(t *testing.T) {
	h := newHarness(t, storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t)), nil)
	secret := func(resource string) string { return strings.ReplaceAll(resource, `"female"`, `"geheim1"`) }
	for _, body := range []string{
		bundle(`,"identifier":{"system":"urn:x","value":"geheim2"}`, patient("geheim3", bsn1), procedure("geheim4", "Patient/geheim3", "2025-01-02")),
		bundle("", secret(patient("geheim3", bsn1)), procedure("geheim4", "Patient/geheim3", "geheim5")),
		bundle("", patient("geheim3", "geheim6"), `{"resourceType":"Procedure","geheim7":"geheim8","id":"geheim9"}`, `{"resourceType":"Geheim"}`),
		`{"resourceType":"geheim"}`, `{"geheim":"geheim`,
	} {
		a := h.post(body)
		if text := strings.Join(a.issues, "\n"); strings.Contains(text, "eheim") {
			t.Errorf("answered: %s", text)
		}
	}
	if log := h.log.String(); strings.Contains(log, "eheim") || strings.Contains(log, bsn1) {
		t.Errorf("logged: %s", log)
	}
	for row, err := range h.store.Audits(t.Context(), "") {
		if err != nil || strings.Contains(row.Body, "eheim") || strings.Contains(row.Body, bsn1) {
			t.Errorf("in the audit log: %s, %v", row.Body, err)
		}
	}
}
