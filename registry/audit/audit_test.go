package audit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

var logbook = &audit.Log{Site: "Pijncentrum Voorbeeld", Software: "pijnpoort|1.0.0", Host: "node1"}

func add(t testing.TB, s *store.Store, events ...audit.Event) {
	t.Helper()
	err := s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error { return logbook.Append(ctx, tx, events...) })
	if err != nil {
		t.Fatal(err)
	}
}

// fill writes rows 1 to n, of patients p0, p1 and p2 in turn.
func fill(t testing.TB, s *store.Store, n int) {
	t.Helper()
	for i := range n {
		add(t, s, audit.Event{Kind: audit.Received, Patient: fmt.Sprintf("p%d", i%3), Agent: audit.Party{System: "s", Value: "epd", Address: "10.0.0.7"}})
	}
}

func verify(t testing.TB, s *store.Store, marks ...audit.Mark) audit.Verdict {
	t.Helper()
	v, err := audit.Verify(t.Context(), s, marks...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWhatWasDoneToTheLogIsFound(t *testing.T) {
	const swap = `UPDATE audit SET seq = -1 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = -1`
	tests := []struct {
		name, sql string
		want      []audit.Fault
	}{
		{"nothing", `SELECT 1`, []audit.Fault{}},
		{"body changed", `UPDATE audit SET body = replace(body, 'p0', 'p1') WHERE seq = 4`, []audit.Fault{
			{4, "was changed: its hash is of something else"}, {4, "its patient was changed"}}},
		{"patient changed", `UPDATE audit SET patient = 'p9' WHERE seq = 4`, []audit.Fault{{4, "its patient was changed"}}},
		{"time changed", `UPDATE audit SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 4`, []audit.Fault{{4, "its time was changed"}}},
		{"hash changed", `UPDATE audit SET hash = 'x' WHERE seq = 4`, []audit.Fault{
			{4, "was changed: its hash is of something else"}, {5, "does not follow the row before it"}}},
		{"no event at all", `UPDATE audit SET body = 'x' WHERE seq = 4`, []audit.Fault{
			{4, "was changed: its hash is of something else"}, {4, "is no AuditEvent"}}},
		{"one left out", `DELETE FROM audit WHERE seq = 4`, []audit.Fault{{4, "is missing"}}},
		{"several left out", `DELETE FROM audit WHERE seq IN (4, 5, 6)`, []audit.Fault{{4, "is missing, as are all up to row 6"}}},
		{"the first left out", `DELETE FROM audit WHERE seq = 1`, []audit.Fault{{1, "is missing"}}},
		{"the last left out", `DELETE FROM audit WHERE seq = 9`, []audit.Fault{{9, "is missing"}}},
		{"two in each other's place", swap, []audit.Fault{
			{4, "does not follow the row before it"}, {5, "does not follow the row before it"}, {6, "does not follow the row before it"}}},
		{"one put in after the end", `INSERT INTO audit (seq, at, patient, body, previous, hash) SELECT 10, at, patient, body, previous, hash FROM audit WHERE seq = 9`,
			[]audit.Fault{{10, "does not follow the row before it"}, {10, "stands after the end of the log"}}},
		{"the end set back", `UPDATE audit_chain SET last_seq = 8, last_hash = (SELECT hash FROM audit WHERE seq = 8)`, []audit.Fault{{9, "stands after the end of the log"}}},
		{"the end hidden", `DELETE FROM audit WHERE seq = 9; UPDATE audit_chain SET last_seq = 8`, []audit.Fault{{8, "is not the row with which the log ended"}}},
		{"all gone", `DELETE FROM audit`, []audit.Fault{{1, "is missing, as are all up to row 9"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			storetest.Both(t, func(t *testing.T, s *store.Store) {
				fill(t, s, 9)
				for statement := range strings.SplitSeq(test.sql, ";") {
					storetest.Exec(t, s, statement)
				}
				if v := verify(t, s); !reflect.DeepEqual(v.Faults, test.want) || v.Sound() != (len(test.want) == 0) {
					t.Errorf("found %v, want %v", v.Faults, test.want)
				}
			})
		})
	}
}

func TestAMarkShowsThatTheLogWasWrittenAnew(t *testing.T) {
	storetest.Both(t, func(t *testing.T, s *store.Store) {
		fill(t, s, 5)
		v := verify(t, s)
		mark := audit.Mark{Seq: v.Last, Hash: v.Hash}
		fill(t, s, 5)
		if v := verify(t, s, mark); !v.Sound() || v.Rows != 10 {
			t.Errorf("%+v", v)
		}
		storetest.Exec(t, s, `DELETE FROM audit`)
		storetest.Exec(t, s, `UPDATE audit_chain SET last_seq = 0, last_hash = ''`)
		fill(t, s, 10)
		if v := verify(t, s); !v.Sound() {
			t.Errorf("a whole new chain cannot be told without a mark: %+v", v)
		}
		if v := verify(t, s, mark); v.Sound() {
			t.Error("the mark does not show it")
		}
	})
}

func TestAppendersFollowEachOther(t *testing.T) {
	storetest.Both(t, func(t *testing.T, s *store.Store) {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 10 {
					if err := s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
						return logbook.Append(ctx, tx, audit.Event{Kind: audit.Reported}, audit.Event{Kind: audit.BackedUp})
					}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if v := verify(t, s); !v.Sound() || v.Rows != 160 || v.Last != 160 {
			t.Errorf("%+v", v)
		}
	})
}

func TestWhatIsRolledBackIsNotLogged(t *testing.T) {
	storetest.Both(t, func(t *testing.T, s *store.Store) {
		fill(t, s, 1)
		_ = s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			if err := logbook.Append(ctx, tx, audit.Event{Kind: audit.Erased, Patient: "p0"}); err != nil {
				t.Error(err)
			}
			return context.Canceled
		})
		if v := verify(t, s); !v.Sound() || v.Rows != 1 {
			t.Errorf("%+v", v)
		}
		if err := s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return logbook.Append(ctx, tx, audit.Event{Kind: "thought"})
		}); err == nil {
			t.Error("an event of no kind was logged")
		}
	})
}

func TestEveryKindIsAValidAuditEvent(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
	for _, kind := range audit.Kinds() {
		add(t, s, audit.Event{
			Kind: kind, Patient: "p0", Agent: audit.Party{System: audit.UserSystem, Value: "beheer", Address: "10.0.0.7", Human: true},
			Recipient: audit.Party{System: audit.TargetSystem, Value: "registry", Address: "https://registry.example/fhir"},
			Objects:   []audit.Object{{Kind: "Bundle", System: audit.DeliverySystem, Value: "b", Details: []audit.Detail{{Name: "items", Value: "3"}}}}, Trace: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
		})
	}
	for row, err := range s.Audits(t.Context(), "p0") {
		if err != nil {
			t.Fatal(err)
		}
		again, err := encode.JSON(&encode.Bundle{Type: "collection", Entries: []encode.Entry{{Resource: encode.Document(row.Body)}}}) // by the strict reader
		if err != nil || !strings.Contains(string(again), row.Body) {
			t.Errorf("written %s\nread %s: %v", row.Body, again, err)
		}
		var event struct {
			Meta   struct{ Profile []string }
			Agent  []struct{ Requestor bool }
			Entity []struct {
				What struct{ Identifier struct{ System string } }
			}
		}
		if err := json.Unmarshal([]byte(row.Body), &event); err != nil || len(event.Agent) != 2 || event.Agent[0].Requestor == event.Agent[1].Requestor || len(event.Entity) != 3 {
			t.Errorf("%s: %v", row.Body, err)
		}
	}
}

func TestADeliveryIsADisclosureAtItsSource(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
	add(t, s, audit.Event{Kind: audit.Delivered, Patient: "p0", Recipient: audit.Party{System: audit.TargetSystem, Value: "registry", Address: "https://registry.example/fhir"},
		Objects: []audit.Object{{Kind: "Bundle", System: audit.DeliverySystem, Value: "b"}}})
	for row, err := range s.Audits(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		const recorded = `"recorded":"`
		from := strings.Index(row.Body, recorded) + len(recorded)
		got := row.Body[:from] + "*" + row.Body[from+strings.IndexByte(row.Body[from:], '"'):]
		const want = `{"action":"R","agent":[` +
			`{"network":{"address":"node1","type":"1"},"requestor":true,"type":{"coding":[{"code":"110153","system":"http://dicom.nema.org/resources/ontology/DCM"}]},"who":{"identifier":{"system":"https://pijnpoort.example/fhir/sid/software","value":"pijnpoort|1.0.0"},"type":"Device"}},` +
			`{"network":{"address":"https://registry.example/fhir","type":"5"},"requestor":false,"type":{"coding":[{"code":"110152","system":"http://dicom.nema.org/resources/ontology/DCM"}]},"who":{"identifier":{"system":"https://pijnpoort.example/fhir/sid/target","value":"registry"}}}],` +
			`"entity":[{"role":{"code":"1","system":"http://terminology.hl7.org/CodeSystem/object-role"},"type":{"code":"1","system":"http://terminology.hl7.org/CodeSystem/audit-entity-type"},"what":{"identifier":{"system":"https://pijnpoort.example/fhir/sid/stored-patient","value":"p0"},"type":"Patient"}},` +
			`{"role":{"code":"4","system":"http://terminology.hl7.org/CodeSystem/object-role"},"type":{"code":"2","system":"http://terminology.hl7.org/CodeSystem/audit-entity-type"},"what":{"identifier":{"system":"https://pijnpoort.example/fhir/sid/delivery","value":"b"},"type":"Bundle"}}],` +
			`"meta":{"profile":["https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PrivacyDisclosure.Source"]},"outcome":"0",` +
			`"purposeOfEvent":[{"coding":[{"code":"HQUALIMP","system":"http://terminology.hl7.org/CodeSystem/v3-ActReason"}]}],"recorded":"*","resourceType":"AuditEvent",` +
			`"source":{"observer":{"identifier":{"system":"https://pijnpoort.example/fhir/sid/software","value":"pijnpoort|1.0.0"},"type":"Device"},"site":"Pijncentrum Voorbeeld","type":[{"code":"4","system":"http://terminology.hl7.org/CodeSystem/security-source-type"}]},` +
			`"subtype":[{"code":"delivered","system":"https://pijnpoort.example/fhir/CodeSystem/audit-event"},{"code":"disclose","system":"http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle"}],` +
			`"type":{"code":"110106","system":"http://dicom.nema.org/resources/ontology/DCM"}}`
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestExportTellsAPatientsEventsAndIsOneItself(t *testing.T) {
	storetest.Both(t, func(t *testing.T, s *store.Store) {
		fill(t, s, 4) // p0, p1, p2, p0
		add(t, s, audit.Event{Kind: audit.Delivered, Patient: "p0", Outcome: audit.Serious, Recipient: audit.Party{System: audit.TargetSystem, Value: "registry", Address: "https://registry.example/fhir"},
			Objects: []audit.Object{{Kind: "Bundle", System: audit.DeliverySystem, Value: "b", Details: []audit.Detail{{Name: "items", Value: "3"}}}}})
		reader := audit.Party{System: audit.UserSystem, Value: "beheer", Human: true}
		var text bytes.Buffer
		n, err := logbook.Export(t.Context(), s, []string{"p0"}, reader, "text", "nl", &text)
		if err != nil || n != 4 {
			t.Fatalf("%d, %v", n, err)
		}
		var lines []string
		for line := range strings.Lines(text.String()) {
			lines = append(lines, strings.TrimSpace(line[len("2026-01-01 00:00:00 +0100"):]))
		}
		want := []string{
			"Gegevens ontvangen en bewaard; door epd (10.0.0.7)",
			"Gegevens ontvangen en bewaard; door epd (10.0.0.7)",
			"Gegevens verstrekt aan een registratie (mislukt); door pijnpoort|1.0.0 (node1); aan registry (https://registry.example/fhir); betreft Bundle b, items 3",
			"Logboek ingezien; door pijnpoort|1.0.0 (node1); door beheer",
		}
		if !reflect.DeepEqual(lines, want) {
			t.Errorf("got %q\nwant %q", lines, want)
		}
		var document bytes.Buffer
		if _, err := logbook.Export(t.Context(), s, []string{"p0"}, reader, "json", "", &document); err != nil {
			t.Fatal(err)
		}
		var events []map[string]any
		if err := json.Unmarshal(document.Bytes(), &events); err != nil || len(events) != 5 {
			t.Errorf("%d events, %v", len(events), err)
		}
		if v := verify(t, s); !v.Sound() {
			t.Errorf("%+v", v)
		}
	})
}

func TestWhatIsOldGoesFromTheStart(t *testing.T) {
	storetest.Both(t, func(t *testing.T, s *store.Store) {
		fill(t, s, 5)
		gone, err := s.Retain(t.Context(), store.Retention{Audit: 1})
		if err != nil || gone.Audit != 5 {
			t.Fatalf("%+v, %v", gone, err)
		}
		fill(t, s, 2)
		if v := verify(t, s); !v.Sound() || v.Rows != 2 || v.First != 6 || v.Last != 7 {
			t.Errorf("%+v", v)
		}
		storetest.Exec(t, s, `DELETE FROM audit WHERE seq = 6`)
		if v := verify(t, s); v.Sound() {
			t.Error("the first that is kept is missing")
		}
	})
}
