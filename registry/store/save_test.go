package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

var someBody = []registration.Identifier{id(bsn, "999990019")}

func TestNewerReplacesAndOlderNever(t *testing.T) {
	const early, late = "2025-01-02T10:00:00Z", "2025-01-03T10:00:00+01:00"
	versioned := func(version, start string) store.Item {
		i := procedure("Procedure/1", "", start, false)
		i.Version = version
		return i
	}
	tests := []struct {
		name          string
		first, second store.Item
		want          store.Change // of the second
		start         string       // kept in the end
	}{
		{"newer", procedure("Procedure/1", early, "2025-01-01", false), procedure("Procedure/1", late, "2025-02-02", false), store.Change{Updated: 1}, "2025-02-02"},
		{"older", procedure("Procedure/1", late, "2025-02-02", false), procedure("Procedure/1", early, "2025-01-01", false), store.Change{Older: 1}, "2025-02-02"},
		{"the same", procedure("Procedure/1", early, "2025-01-01", false), procedure("Procedure/1", early, "2025-01-01", false), store.Change{Unchanged: 1}, "2025-01-01"},
		{"newer, and says the same", procedure("Procedure/1", early, "2025-01-01", false), procedure("Procedure/1", late, "2025-01-01", false), store.Change{Unchanged: 1}, "2025-01-01"},
		{"higher version", versioned("9", "2025-01-01"), versioned("10", "2025-02-02"), store.Change{Updated: 1}, "2025-02-02"},
		{"lower version", versioned("10", "2025-01-01"), versioned("9", "2025-02-02"), store.Change{Older: 1}, "2025-01-01"},
		{"versions that do not count", versioned("b", "2025-01-01"), versioned("a", "2025-02-02"), store.Change{Updated: 1}, "2025-02-02"},
		{"no version: the last to arrive", procedure("Procedure/1", "", "2025-02-02", false), procedure("Procedure/1", "", "2025-01-01", false), store.Change{Updated: 1}, "2025-01-01"},
		{"retracted", procedure("Procedure/1", early, "2025-01-01", false), procedure("Procedure/1", late, "2025-01-01", true), store.Change{Retracted: 1}, "2025-01-01"},
		{"retracted long ago", procedure("Procedure/1", late, "2025-01-01", false), procedure("Procedure/1", early, "2025-01-01", true), store.Change{Older: 1}, "2025-01-01"},
		{"restored", procedure("Procedure/1", early, "2025-01-01", true), procedure("Procedure/1", late, "2025-01-01", false), store.Change{Updated: 1}, "2025-01-01"},
		{"another", procedure("Procedure/2", early, "2025-01-01", false), procedure("Procedure/1", early, "2025-01-03", false), store.Change{New: 1}, "2025-01-03"},
	}
	both(t, func(t *testing.T, s *store.Store) {
		for n, test := range tests {
			who := []registration.Identifier{id(mrn, test.name)}
			save(t, s, who, test.first)
			got := save(t, s, who, test.second)
			patient := got.Changes[0].Patient
			if got.Changes[0].Patient = ""; got.Changes[0] != test.want {
				t.Errorf("%d %s: %+v, want %+v", n, test.name, got.Changes[0], test.want)
			}
			p, err := s.Patient(t.Context(), patient)
			if err != nil {
				t.Fatal(err)
			}
			if start := p.Registration.Procedures[0].Start; start != test.start {
				t.Errorf("%s: kept %s, want %s", test.name, start, test.start)
			}
		}
	})
}

func TestTheSameSendingChangesNothing(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		hooks := 0
		send := func(identifier, content, start string) *store.Receipt {
			t.Helper()
			r, err := s.Save(t.Context(), sending(identifier, content), []store.Submission{{Identifiers: someBody, Items: []store.Item{procedure("Procedure/1", "", start, false)}}},
				func(context.Context, *store.Tx, []store.Change) error { hooks++; return nil })
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		first := send("s|1", "a", "2025-01-01")
		again := send("s|1", "a", "2025-01-01")
		if first.Repeated || !again.Repeated || again.ID != first.ID || hooks != 1 {
			t.Errorf("first %+v, again %+v, %d hooks", first, again, hooks)
		}
		second := send("s|1", "b", "2025-01-02")
		if second.Repeated || second.Version != 2 || second.Changes[0].Updated != 1 {
			t.Errorf("other content under the same identifier: %+v", second)
		}
		if late := send("s|1", "a", "2025-01-01"); !late.Repeated || late.ID != first.ID || hooks != 2 {
			t.Errorf("the first once more: %+v", late)
		}
		// Without identifier it is the effect that tells.
		send("", "x", "2025-01-03")
		if again := send("", "x", "2025-01-03"); !again.Repeated {
			t.Errorf("the same content: %+v", again)
		}
		send("", "y", "2025-01-04")
		if back := send("", "x", "2025-01-03"); back.Repeated || back.Version != 2 || back.Changes[0].Updated != 1 {
			t.Errorf("put back: %+v", back)
		}
		totals, err := s.Totals(t.Context())
		if err != nil || totals.Sendings != 5 || totals.Received != totals.Accepted+totals.Ignored+totals.Rejected {
			t.Errorf("totals: %+v, %v", totals, err)
		}
		receipt, err := s.Sending(t.Context(), "t", first.ID)
		if err != nil || string(receipt.Answer) != "{}" {
			t.Errorf("receipt: %+v, %v", receipt, err)
		}
		if _, err := s.Sending(t.Context(), "another", first.ID); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("receipt of another tenant: %v", err)
		}
	})
}

func TestAFailingHookKeepsNothing(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		fault := errors.New("no")
		_, err := s.Save(t.Context(), sending("s|1", "a"), []store.Submission{{Identifiers: someBody, Items: []store.Item{procedure("Procedure/1", "", "2025", false)}}},
			func(ctx context.Context, tx *store.Tx, changes []store.Change) error {
				if _, _, err := tx.Queue(ctx, "registry", changes[0].Patient, tx.Now(), ""); err != nil {
					return err
				}
				return fault
			})
		if !errors.Is(err, fault) {
			t.Fatal(err)
		}
		if totals, err := s.Totals(t.Context()); err != nil || totals != (store.Totals{}) {
			t.Errorf("%+v, %v", totals, err)
		}
	})
}

func TestIdentifiersLeadToOnePatient(t *testing.T) {
	item := procedure("Procedure/1", "", "2025", false)
	both(t, func(t *testing.T, s *store.Store) {
		byNumber := save(t, s, []registration.Identifier{id(mrn, "1")}, item).Changes[0].Patient
		both := save(t, s, []registration.Identifier{id(bsn, "999990019"), id(mrn, "1")}, item).Changes[0]
		if both.Patient != byNumber || both.Unchanged != 1 {
			t.Errorf("the BSN came later: %+v", both)
		}
		if got := save(t, s, []registration.Identifier{id(bsn, "999990019"), id(mrn, "2")}, item).Changes[0].Patient; got != byNumber {
			t.Error("a new number in the hospital made another patient")
		}
		_, err := s.Save(t.Context(), sending("", "q"), []store.Submission{{Identifiers: []registration.Identifier{id(bsn, "999990020"), id(mrn, "1")}, Items: []store.Item{item}}})
		if !errors.Is(err, store.ErrIdentity) {
			t.Errorf("another BSN with the same number: %v", err)
		}
		_, err = s.Save(t.Context(), sending("", "q"), []store.Submission{{Identifiers: []registration.Identifier{{System: mrn}}, Items: []store.Item{item}}})
		if !errors.Is(err, store.ErrAnonymous) {
			t.Errorf("no identifier: %v", err)
		}
	})
}

func TestTwoPatientsWhoAreOneAreMerged(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		a := save(t, s, []registration.Identifier{id(bsn, "999990019")}, procedure("Procedure/1", "", "2025-01", false)).Changes[0].Patient
		b := save(t, s, []registration.Identifier{id(mrn, "7")}, procedure("Procedure/2", "", "2025-02", false)).Changes[0].Patient
		if _, err := s.OptOut(t.Context(), "t", []registration.Identifier{id(mrn, "7")}, time.Now()); err != nil {
			t.Fatal(err)
		}
		_, err := s.Save(t.Context(), sending("", "guess"), []store.Submission{{Identifiers: []registration.Identifier{id(bsn, "999990019"), id(mrn, "7")},
			Items: []store.Item{procedure("Procedure/3", "", "2025-03", false)}}})
		if !errors.Is(err, store.ErrTwo) {
			t.Fatalf("nobody said that they are one: %v", err)
		}
		r, err := s.Save(t.Context(), sending("", "told"), []store.Submission{{Identifiers: []registration.Identifier{id(bsn, "999990019")},
			Replaces: []registration.Identifier{id(mrn, "7")}, Items: []store.Item{procedure("Procedure/3", "", "2025-03", false)}}})
		if err != nil {
			t.Fatal(err)
		}
		changes := map[string]store.Change{}
		for _, c := range r.Changes {
			changes[c.Patient] = c
		}
		if got := changes[a]; got.New != 2 || !got.OptedOut {
			t.Errorf("stays: %+v", got)
		}
		if got := changes[b]; got.Retracted != 1 || got.MergedInto != a {
			t.Errorf("goes: %+v", got)
		}
		p, err := s.Patient(t.Context(), b)
		if err != nil || p.MergedInto != a || !p.Registration.Procedures[0].Retracted {
			t.Errorf("what was registered under the other: %+v, %v", p, err)
		}
		if p, err := s.Patient(t.Context(), a); err != nil || len(p.Registration.Procedures) != 3 || p.Registration.Procedures[1].Retracted || p.OptedOut.IsZero() {
			t.Errorf("the one: %+v, %v", p, err)
		}
		n := 0
		for _, err := range s.Registrations(t.Context()) {
			if n++; err != nil {
				t.Error(err)
			}
		}
		if found, err := s.Find(t.Context(), "t", []registration.Identifier{id(mrn, "7")}); n != 1 || found != a || err != nil {
			t.Errorf("%d patients; found %q, %v", n, found, err)
		}
		// And he turns out to be a third, too: whoever was merged goes with him.
		third := save(t, s, []registration.Identifier{id("urn:other", "x")}, procedure("Procedure/4", "", "2025-04", false)).Changes[0].Patient
		_, err = s.Save(t.Context(), sending("", "replaced"), []store.Submission{{Identifiers: []registration.Identifier{id(mrn, "7")},
			ReplacedBy: []registration.Identifier{id("urn:other", "x")}, Items: []store.Item{procedure("Procedure/4", "", "2025-04", false)}}})
		if err != nil {
			t.Fatal(err)
		}
		if p, err := s.Patient(t.Context(), b); err != nil || p.MergedInto != third {
			t.Errorf("merged into %q, not %q: %v", p.MergedInto, third, err)
		}
		if _, err := s.Erase(t.Context(), third, false); err != nil {
			t.Error(err)
		}
		if totals, err := s.Totals(t.Context()); err != nil || totals.Patients != 0 || totals.Items != 0 {
			t.Errorf("after erasing: %+v, %v", totals, err)
		}
	})
}

// Who objected before anything came of him is no second patient.
func TestAnObjectionIsNoSecondPatient(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		a := save(t, s, []registration.Identifier{id(mrn, "7")}, procedure("Procedure/1", "", "2025-01", false)).Changes[0].Patient
		if _, err := s.OptOut(t.Context(), "t", []registration.Identifier{id(bsn, "999990019")}, time.Now()); err != nil {
			t.Fatal(err)
		}
		save(t, s, []registration.Identifier{id(bsn, "999990019"), id(mrn, "7")}, procedure("Procedure/2", "", "2025-02", false))
		if p, err := s.Patient(t.Context(), a); err != nil || p.OptedOut.IsZero() || len(p.Registration.Procedures) != 2 {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

// Two BSNs are two persons, whoever says otherwise.
func TestNobodyHasTwoBSNs(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		save(t, s, []registration.Identifier{id(bsn, "999990019")}, procedure("Procedure/1", "", "2025-01", false))
		save(t, s, []registration.Identifier{id(bsn, "999990020")}, procedure("Procedure/1", "", "2025-01", false))
		for _, sub := range []store.Submission{
			{Identifiers: []registration.Identifier{id(bsn, "999990019")}, Replaces: []registration.Identifier{id(bsn, "999990020")}},
			{Identifiers: []registration.Identifier{id(mrn, "7"), id(bsn, "999990019")}, ReplacedBy: []registration.Identifier{id(bsn, "999990020")}},
			{Identifiers: []registration.Identifier{id(bsn, "999990019"), id(bsn, "999990020")}},
		} {
			if _, err := s.Save(t.Context(), sending("", "two"), []store.Submission{sub}); !errors.Is(err, store.ErrIdentity) {
				t.Errorf("%+v: %v", sub, err)
			}
		}
	})
}

// The identifier that a patient was first known by stays the one of his pseudonyms, whatever
// becomes known later, and in whatever order it is sent.
func TestTheIdentityOfAPatientStays(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		item := procedure("Procedure/1", "", "2025-01", false)
		patient := save(t, s, []registration.Identifier{id(bsn, "123456789"), id(mrn, "7"), id("urn:a", "x")}, item).Changes[0].Patient
		for _, sent := range [][]registration.Identifier{
			{id("urn:a", "x"), id(mrn, "7")}, {id(bsn, "999990019"), id("urn:a", "x")}, {id("urn:0", "x"), id(bsn, "999990019")}} {
			save(t, s, sent, item)
			p, err := s.Patient(t.Context(), patient)
			if err != nil || p.Registration.Patient.Identity != id(mrn, "7") {
				t.Errorf("%+v, %v", p.Registration.Patient, err)
			}
		}
	})
}

func TestTwoClinics(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		const other = "http://fhir.nl/fhir/NamingSystem/agb-z|06020202"
		send := func(clinic, key string) string {
			sent := sending("", clinic)
			sent.Clinic = clinic
			r, err := s.Save(t.Context(), sent, []store.Submission{{Identifiers: someBody, Items: []store.Item{procedure(key, "", "2025", false)}}})
			if err != nil {
				t.Fatal(err)
			}
			return r.Changes[0].Patient
		}
		send(other, "Procedure/1")
		p, err := s.Patient(t.Context(), send(clinic, "Procedure/2"))
		if err != nil {
			t.Fatal(err)
		}
		if g := p.Registration.Procedures; p.Clinic != clinic || g[0].Clinic != other || g[1].Clinic != "" {
			t.Errorf("%s: %+v", p.Clinic, g)
		}
	})
}

func TestFaultyItemsAreRefused(t *testing.T) {
	both(t, func(t *testing.T, s *store.Store) {
		for name, item := range map[string]store.Item{
			"kind":    {Kind: "secrets", Origin: registration.Origin{Key: "x"}, JSON: []byte(`{}`)},
			"no key":  {Kind: "scores", JSON: []byte(`{}`)},
			"no JSON": {Kind: "scores", Origin: registration.Origin{Key: "x"}, JSON: []byte(`{`)},
			"null":    {Kind: "scores", Origin: registration.Origin{Key: "x"}, JSON: []byte(`null`)},
		} {
			if _, err := s.Save(t.Context(), sending("", name), []store.Submission{{Identifiers: someBody, Items: []store.Item{item}}}); err == nil {
				t.Errorf("%s: taken", name)
			}
		}
	})
}
