package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// numbered is a Patient with a number of the hospital, and further members.
func numbered(id, number string, more ...string) string {
	return fmt.Sprintf(`{"resourceType":"Patient","id":%q,"identifier":[{"system":"urn:mrn","value":%q}]%s}`, id, number, strings.Join(append([]string{""}, more...), ","))
}

func linked(kind, other string) string {
	return fmt.Sprintf(`"link":[{"other":%s,"type":%q}]`, other, kind)
}

// Two patients become one when the record system says so, and never by guess.
func TestTwoRecordsOfOnePatient(t *testing.T) {
	first := bundle("", numbered("1", "1"), procedure("a", "Patient/1", "2025-01-02"))
	second := bundle("", numbered("2", "2"), procedure("b", "Patient/2", "2025-01-03"))
	for name, c := range map[string]struct {
		body     string
		status   int
		issue    string
		patients int
		stays    string // the number of whom stays
	}{
		"both numbers, nothing said": {bundle("", strings.Replace(numbered("3", "1"), `[{`, `[{"system":"urn:mrn","value":"2"},{`, 1)), 422,
			"error Bundle.entry[0].resource rejected: the identifiers of the Patient belong to two patients who are known here; two are made one only when Patient.link says so (replaces, replaced-by)", 2, ""},
		"replaces, by identifier":    {bundle("", numbered("2", "2", linked("replaces", `{"identifier":{"system":"urn:mrn","value":"1"}}`))), 201, "", 1, "2"},
		"replaced by, by identifier": {bundle("", numbered("2", "2", `"active":false`, linked("replaced-by", `{"identifier":{"system":"urn:mrn","value":"1"}}`))), 201, "", 1, "1"},
		"replaced by, in one bundle": {bundle("", numbered("2", "2", linked("replaced-by", `{"reference":"Patient/1"}`)), numbered("1", "1")), 201, "", 1, "1"},
		"see also":                   {bundle("", numbered("2", "2", linked("seealso", `{"identifier":{"system":"urn:mrn","value":"1"}}`))), 201, "", 2, ""},
		"nobody who came along": {bundle("", numbered("2", "2", linked("replaces", `{"reference":"Patient/1"}`))), 201,
			"warning Bundle.entry[0].resource.link[0].other the other record of the patient did not come along and is not named by an identifier: the link is not followed", 2, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t)), nil)
			h.post(first)
			h.post(second)
			a := h.post(c.body)
			if a.status != c.status || strings.Join(a.issues, "\n") != c.issue {
				t.Errorf("%+v", a)
			}
			n := 0
			for p, err := range h.store.Registrations(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				n++
				if c.stays != "" && (p.Registration.Patient.Identity.Value != c.stays || len(p.Registration.Procedures) != 2) {
					t.Errorf("%s stays, with %d procedures", p.Registration.Patient.Identity.Value, len(p.Registration.Procedures))
				}
			}
			if n != c.patients {
				t.Errorf("%d patients", n)
			}
		})
	}
}

// A record and the one that takes its place may come before anything is known of either.
func TestALinkBetweenNewRecords(t *testing.T) {
	both(t, func(t *testing.T, h *harness) {
		h.post(bundle("", numbered("2", "2", linked("replaced-by", `{"reference":"Patient/1"}`)), numbered("1", "1"),
			procedure("a", "Patient/1", "2025-01-02"), procedure("b", "Patient/2", "2025-01-03")))
		h.post(bundle("", numbered("2", "2"), procedure("c", "Patient/2", "2025-01-03")))
		n := 0
		for p, err := range h.store.Registrations(t.Context()) {
			if n++; err != nil || len(p.Registration.Procedures) != 3 {
				t.Errorf("%d procedures, %v", len(p.Registration.Procedures), err)
			}
		}
		if n != 1 {
			t.Errorf("%d patients", n)
		}
	})
}

// The site says by which identifier a patient is known, until he is known by one.
func TestTheIdentifierBehindThePseudonym(t *testing.T) {
	both(t, func(t *testing.T, h *harness) {
		h.intake.Preference = []string{"urn:z", "urn:mrn"}
		who := func(identifiers string) string {
			return fmt.Sprintf(`{"resourceType":"Patient","id":"1","identifier":[%s],"gender":"female"}`, identifiers)
		}
		mrn, z, a := `{"system":"urn:mrn","value":"7"}`, `{"system":"urn:z","value":"8"}`, `{"system":"urn:a","value":"9"}`
		h.post(bundle("", who(a+","+mrn)))
		h.post(bundle("", who(a+","+z+","+mrn)))
		for p, err := range h.store.Registrations(t.Context()) {
			if err != nil || p.Registration.Patient.Identity != (registration.Identifier{System: "urn:mrn", Value: "7"}) {
				t.Errorf("%+v, %v", p.Registration.Patient, err)
			}
		}
	})
}
