package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// kinds are the databases that every test runs on.
var kinds = storetest.Kinds

func urlOf(t testing.TB, kind string) string { return storetest.URL(t, kind) }

func newKeys(t testing.TB) *store.Keys { return storetest.Keys(t) }

func openAt(t testing.TB, url string, keys *store.Keys) *store.Store {
	return storetest.Open(t, url, keys)
}

// both runs a test on an empty, migrated database of each kind.
func both(t *testing.T, test func(t *testing.T, s *store.Store)) { storetest.Both(t, test) }

const (
	bsn    = "http://fhir.nl/fhir/NamingSystem/bsn"
	mrn    = "https://hospital.example/mrn"
	clinic = "http://fhir.nl/fhir/NamingSystem/agb-z|06010101"
)

func id(system, value string) registration.Identifier {
	return registration.Identifier{System: system, Value: value}
}

// procedure is an item as a sending brings it.
func procedure(key, updated, start string, retracted bool) store.Item {
	return store.Item{Kind: "procedures", Origin: registration.Origin{Key: key, Updated: updated, Retracted: retracted},
		JSON: fmt.Appendf(nil, `{"key":%q,"updated":%q,"retracted":%t,"kind":"implant","status":"completed","start":%q}`, key, updated, retracted, start)}
}

func someone(identifiers ...registration.Identifier) store.Item {
	var list []string
	for _, i := range identifiers {
		list = append(list, fmt.Sprintf(`{"system":%q,"value":%q}`, i.System, i.Value))
	}
	return store.Item{Kind: "patient", Origin: registration.Origin{Key: "Patient/" + identifiers[0].System + "|" + identifiers[0].Value},
		JSON: fmt.Appendf(nil, `{"key":"Patient/%s|%s","identifiers":[%s],"birthDate":"1970-03-10","gender":"female"}`,
			identifiers[0].System, identifiers[0].Value, strings.Join(list, ","))}
}

// save saves what one sending without identifier says of one patient.
func save(t testing.TB, s *store.Store, identifiers []registration.Identifier, items ...store.Item) *store.Receipt {
	t.Helper()
	receipt, err := s.Save(t.Context(), sending("", fmt.Sprint(items)), []store.Submission{{Identifiers: identifiers, Items: items}})
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

func sending(identifier, content string) store.Sending {
	var sum [32]byte
	copy(sum[:], content)
	return store.Sending{Tenant: "t", Clinic: clinic, Identifier: identifier, Content: sum, Received: 1, Answer: []byte("{}")}
}

func TestWhatIsSavedIsReadBack(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		ids := []registration.Identifier{id(bsn, "999990019"), id(mrn, "42")}
		r := save(t, s, ids, someone(ids...), procedure("Procedure/1", "2025-01-02T10:00:00Z", "2025-01-02", false))
		if len(r.Changes) != 1 || r.Changes[0].New != 2 || r.Repeated {
			t.Fatalf("receipt: %+v", r)
		}
		for _, by := range ids {
			found, err := s.Find(t.Context(), "t", []registration.Identifier{by})
			if err != nil || found != r.Changes[0].Patient {
				t.Errorf("by %s: %q, %v", by.System, found, err)
			}
		}
		if _, err := s.Find(t.Context(), "another", ids); err != store.ErrNotFound {
			t.Errorf("in another tenant: %v", err)
		}
		p, err := s.Patient(t.Context(), r.Changes[0].Patient)
		if err != nil {
			t.Fatal(err)
		}
		g := p.Registration
		if g.Patient.Gender != "female" || g.Patient.Key != "Patient/"+bsn+"|999990019" || len(g.Patient.Identifiers) != 2 || g.Patient.Identifiers[0] != ids[0] {
			t.Errorf("patient: %+v", g.Patient)
		}
		if len(g.Procedures) != 1 || g.Procedures[0].Key != "Procedure/1" || g.Procedures[0].Start != "2025-01-02" || p.Clinic != clinic || g.Procedures[0].Clinic != "" {
			t.Errorf("procedures: %+v, clinic %q", g.Procedures, p.Clinic)
		}
		n := 0
		for p, err := range s.Registrations(t.Context()) {
			if n++; err != nil || p.ID != r.Changes[0].Patient || len(p.Registration.Procedures) != 1 {
				t.Errorf("stream: %+v, %v", p, err)
			}
		}
		if n != 1 {
			t.Errorf("%d patients in the stream", n)
		}
	})
}

func TestReady(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			s, err := store.Open(t.Context(), urlOf(t, kind), newKeys(t))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if err := s.Ready(t.Context()); err == nil {
				t.Error("ready before the tables are there")
			}
			for range 2 { // the second time there is nothing to do
				if err := s.Migrate(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.Ready(t.Context()); err != nil {
				t.Error(err)
			}
			ended, cancel := context.WithCancel(t.Context())
			cancel()
			if err := s.Ready(ended); err == nil {
				t.Error("ready without waiting for the database")
			}
		})
	}
}
