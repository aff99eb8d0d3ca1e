package delivery_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/delivery"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// keep keeps a registration of a patient, and queues what follows from it.
func (s *site) keep(service *delivery.Service, r *registration.Registration) {
	s.t.Helper()
	sending := store.Sending{Tenant: "hospital", Clinic: agb + "|06010101", Received: 1}
	sending.Content = [32]byte([]byte(fmt.Sprintf("%-32.32s", fmt.Sprint(time.Now().UnixNano()))))
	if _, err := s.store.Save(s.ctx, sending, []store.Submission{store.Submit(r)}, service.Changed); err != nil {
		s.t.Fatal(err)
	}
}

// settle waits until nothing is open, and demands that nothing was given up.
func (s *site) settle() {
	s.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		open := false
		for _, d := range s.deliveries() {
			if d.State == store.StateDead {
				s.t.Fatalf("given up: %s\n%s", d.Reason, s.log.String())
			}
			open = open || d.State.Open()
		}
		if !open {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("still open\n%s", s.log.String())
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// holding are the resources that stand, by what they are known by: not those that were
// withdrawn, nor the clinics, which are of more patients than one. References are left out,
// which may be written in several ways.
func (r *registry) holding() map[string]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := map[string]string{}
	for key, h := range r.resources {
		kind, _, _ := strings.Cut(key, "?")
		if text := comparable(h.Resource); kind != "Organization" && !strings.Contains(text, "entered-in-error") && !strings.Contains(text, `"active":false`) {
			list[kind+" "+strings.Join(append(names(h.Resource), ""), " ")] = text
		}
	}
	return list
}

// settingsNow are the settings that change while a patient's data are at a registry.
type settingsNow struct {
	keys      []int // of pseudonyms, newest first
	include   []string
	birthDate normalise.Precision
}

func (n settingsNow) apply(t testing.TB, to *normalise.Normaliser) {
	t.Helper()
	var keys pseudonym.Keys
	for i, k := range n.keys {
		secret, err := pseudonym.NewSecret(bytes.Repeat([]byte{byte('a' + k)}, 32))
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, pseudonym.Key{ID: fmt.Sprintf("k%d", k), Secret: secret, From: mapping.NewDay(2026, 1, 20-i).String()})
	}
	made, err := keys.At(mapping.NewDay(2026, 2, 1))
	if err != nil {
		t.Fatal(err)
	}
	to.Pseudonyms, to.Target.Include, to.Target.BirthDate = made, n.include, n.birthDate
}

// fresh is what a registry that knew nothing would hold after one delivery of what is kept
// of a patient.
func (s *site) fresh(id string, n settingsNow, shape normalise.Shape) map[string]string {
	s.t.Helper()
	kept, err := s.store.Patient(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	other := &registry{resources: map[string]*held{}}
	if !kept.OptedOut.IsZero() {
		return other.holding()
	}
	made := &normalise.Normaliser{Target: normalise.Target{Name: "nva", Recipient: "nva", Shape: shape}, Software: "0.0.0",
		Centre: normalise.Centre{Clinic: registration.Identifier{System: agb, Value: "06010101"}, Name: "Pijncentrum Voorbeeld"}}
	n.apply(s.t, made)
	d, err := made.Normalise(s.t.Context(), kept.Registration)
	if err != nil {
		s.t.Fatal(err)
	}
	documents, err := d.Documents()
	if err != nil {
		s.t.Fatal(err)
	}
	for _, document := range documents {
		var b bundle
		if err := json.Unmarshal(document.Body, &b); err != nil {
			s.t.Fatal(err)
		}
		for _, e := range b.Entry {
			other.do(e.Request.Method, e.Request.URL, e.Request.IfNoneExist, e.Resource)
		}
	}
	return other.holding()
}

// chart draws what is registered of a patient at a moment: every item in one of several
// forms, taken back, or not there at all.
func chart(t *rapid.T, patient, version int) *registration.Registration {
	origin := func(key string) registration.Origin {
		return registration.Origin{Key: key, Version: fmt.Sprint(version), Retracted: rapid.IntRange(0, 4).Draw(t, "retracted") == 0}
	}
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	some := func() bool { return rapid.Bool().Draw(t, "there") }
	r := &registration.Registration{Patient: registration.Patient{
		Origin: registration.Origin{Key: "Patient", Version: fmt.Sprint(version)}, Identifiers: identifiers(patient),
		BirthDate: pick("born", "1970-03-10", "1971-04-11"), Gender: "female"}}
	if some() {
		r.Indications = append(r.Indications, registration.Indication{Origin: origin("Condition/c"), Code: pick("indication", "fbss", "crps"), Confirmed: some()})
	}
	if some() {
		r.Procedures = append(r.Procedures, registration.Procedure{Origin: origin("Procedure/p"), Kind: registration.ProcedureKind(pick("kind", "trial", "implant")),
			Status: "completed", Start: "2026-01-10", Indications: []string{"Condition/c"}, Devices: []string{"Device/d"}})
	}
	if some() { // by another number it is another device, and without a day there is no use of it
		r.Devices = append(r.Devices, registration.Device{Origin: origin("Device/d"), Serial: pick("serial", "", "A1", "B2"), From: pick("from", "", "2026-01-10"), Status: "active"})
	}
	if some() { // in another unit it is not sent
		r.Measurements = append(r.Measurements, registration.Measurement{Origin: origin("derived/bmi"), Kind: "bmi", Date: "2026-01-01", Value: "27.4", Unit: pick("unit", "kg/m2", "kg")})
	}
	if some() {
		r.Responses = append(r.Responses, registration.Response{Origin: origin("QuestionnaireResponse/q"), Status: "completed", Date: "2026-01-05",
			Questionnaire: mapping.CanonicalBase + "/Questionnaire/" + pick("form", "odi", "none")})
		r.Scores = append(r.Scores, registration.Score{Origin: origin("QuestionnaireResponse/q#score"), Instrument: "odi", Scale: pick("scale", "total", "none"), Date: "2026-01-05",
			Value: "38", Unit: "%", Rule: "odi.total/max1-missing@1", Responses: []string{"QuestionnaireResponse/q"}})
	}
	if some() {
		r.Complications = append(r.Complications, registration.Complication{Origin: origin("AdverseEvent/a"), Kind: pick("complication", "infection", "other"), Date: "2026-01-20", Device: "Device/d"})
	}
	if some() {
		r.Team = append(r.Team, registration.Member{Origin: origin("derived/team/neurosurgeon"), Role: "neurosurgeon"})
	}
	if some() {
		r.Judgements = append(r.Judgements, registration.Judgement{Origin: origin("derived/judgement/nva-2021/trial//"), Standpunt: pick("standpunt", "nva-2021", "none"), AsOf: "2026-01-16",
			Phase: "trial", Verdict: "needs-data"})
	}
	return r
}

// Whatever happens to a patient's data, to his objection and to the settings: what stands at
// the registry is what one delivery of the last state would put there, and when he objects
// nothing stands and he can be erased.
func TestNothingStaleStaysAtTheRegistry(t *testing.T) {
	s := open(t, settings{still: true})
	patient := 0
	rapid.Check(t, func(rt *rapid.T) {
		patient++
		shape := rapid.SampledFrom([]normalise.Shape{normalise.Transaction, normalise.Batch}).Draw(rt, "shape")
		s.registry.set(func(r *registry) { r.resources = map[string]*held{} })
		now := settingsNow{keys: []int{0}}
		if _, err := s.store.Save(s.ctx, store.Sending{Tenant: "hospital", Content: [32]byte{byte(patient), byte(patient >> 8)}},
			[]store.Submission{store.Submit(chart(rt, patient, 1))}); err != nil {
			rt.Fatal(err)
		}
		id, err := s.store.Find(t.Context(), "hospital", identifiers(patient))
		if err != nil {
			rt.Fatal(err)
		}
		for version := range rapid.IntRange(1, 4).Draw(rt, "steps") {
			switch rapid.IntRange(0, 5).Draw(rt, "settings") {
			case 0: // a key comes into use beside the one there is
				now.keys = append([]int{now.keys[0] + 1}, now.keys[0])
			case 1: // and takes its place
				now.keys = []int{now.keys[0] + rapid.IntRange(0, 1).Draw(rt, "at once")}
			case 2:
				now.include = rapid.SampledFrom([][]string{nil, {"registry-procedure", "registry-device"}, {"registry-score"}}).Draw(rt, "include")
			case 3:
				now.birthDate = rapid.SampledFrom([]normalise.Precision{normalise.ToYear, normalise.NoDate}).Draw(rt, "birth")
			}
			service, stop := s.running(settings{shape: shape, change: func(n *normalise.Normaliser) { now.apply(t, n) }})
			var failed error
			switch rapid.IntRange(0, 5).Draw(rt, "event") {
			case 0:
				_, failed = s.store.OptOut(t.Context(), "hospital", identifiers(patient), time.Now().Add(-time.Minute), service.Objected)
			case 1:
				_, failed = s.store.OptIn(t.Context(), "hospital", identifiers(patient), service.Objected)
			default:
				s.keep(service, chart(rt, patient, version+2))
			}
			failed = cmpOr(failed, s.store.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error { return service.Enqueue(ctx, tx, id) }))
			if failed != nil {
				rt.Fatal(failed)
			}
			s.settle()
			stop()
			if diff := cmp.Diff(s.fresh(id, now, shape), s.registry.holding()); diff != "" {
				rt.Fatalf("step %d: -what one delivery would put there +what is there\n%s", version, diff)
			}
			if p, err := s.store.Patient(t.Context(), id); err != nil || !p.OptedOut.IsZero() {
				ledger, err := s.store.Ledger(t.Context(), "nva", id)
				if err != nil || len(ledger) > 0 {
					rt.Fatalf("the ledger still has %d lines (%v)", len(ledger), err)
				}
			}
		}
		if _, err := s.store.Erase(t.Context(), id, true); err != nil {
			rt.Fatal(err)
		}
	})
}

func cmpOr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// What the settings leave out from now on is withdrawn, and the audit says that they did it.
func TestWhatTheSettingsLeaveOutIsWithdrawnAndAudited(t *testing.T) {
	s := open(t, settings{still: true})
	r := &registration.Registration{Patient: registration.Patient{Origin: registration.Origin{Key: "Patient"}, Identifiers: identifiers(1)},
		Procedures:   []registration.Procedure{procedure("Procedure/p", "trial", "completed", 1)},
		Measurements: []registration.Measurement{{Origin: registration.Origin{Key: "derived/bmi"}, Kind: "bmi", Value: "27", Unit: "kg/m2"}}}
	first, stop := s.running(settings{})
	s.keep(first, r)
	s.settle()
	stop()
	second, stop := s.running(settings{change: func(n *normalise.Normaliser) { n.Target.Include = []string{"registry-procedure"} }})
	defer stop()
	r.Procedures[0].Start, r.Procedures[0].Version = "2026-01-11", "2"
	s.keep(second, r)
	s.settle()
	if diff := cmp.Diff([]string{"entered-in-error <nil>"}, s.registry.statuses("Observation")); diff != "" {
		t.Error(diff)
	}
	s.keep(second, r)
	r.Procedures[0].Start, r.Procedures[0].Version = "2026-01-12", "3"
	s.keep(second, r)
	s.settle()
	sent := s.registry.sent()
	if types := sent[len(sent)-1].Types; slices.Contains(types, "Observation") {
		t.Errorf("what was withdrawn is sent again: %v", types)
	}
	var details []string
	for row, err := range s.store.Audits(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		details = append(details, auditDetail(t, row.Body, "left-out"))
	}
	if diff := cmp.Diff([]string{"0", "1", "0"}, details); diff != "" {
		t.Error(diff)
	}
}

// auditDetail is a detail of an event.
func auditDetail(t testing.TB, body, name string) string {
	t.Helper()
	var event struct {
		Entity []struct {
			Detail []struct{ Type, ValueString string }
		}
	}
	if err := json.Unmarshal([]byte(body), &event); err != nil {
		t.Fatal(err)
	}
	for _, e := range event.Entity {
		for _, d := range e.Detail {
			if d.Type == name {
				return d.ValueString
			}
		}
	}
	return ""
}

// Under whatever key a patient was sent, an objection withdraws it, and he can be erased
// without force: also when that key is out of use, and when he cannot be sent at all any more.
func TestAnObjectionReachesEveryPseudonym(t *testing.T) {
	for name, after := range map[string]func(n *normalise.Normaliser, t testing.TB){
		"a key beside the old one": func(n *normalise.Normaliser, t testing.TB) { settingsNow{keys: []int{1, 0}}.apply(t, n) },
		"a key in place of it":     func(n *normalise.Normaliser, t testing.TB) { settingsNow{keys: []int{1}}.apply(t, n) },
		"no pseudonym can be made": func(n *normalise.Normaliser, t testing.TB) { n.Pseudonyms = noPseudonyms{} },
		"another recipient of old": func(n *normalise.Normaliser, t testing.TB) {
			settingsNow{keys: []int{0}}.apply(t, n)
			n.Target.Scope = "x"
		},
		"a profile that is left out": func(n *normalise.Normaliser, t testing.TB) {
			settingsNow{keys: []int{0}, include: []string{"registry-score"}}.apply(t, n)
		},
		"nothing that is any different": func(n *normalise.Normaliser, t testing.TB) { settingsNow{keys: []int{0}}.apply(t, n) },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, settings{still: true})
			service, stop := s.running(settings{change: func(n *normalise.Normaliser) { settingsNow{keys: []int{0}}.apply(t, n) }})
			s.keep(service, &registration.Registration{
				Patient:       registration.Patient{Origin: registration.Origin{Key: "Patient"}, Identifiers: identifiers(1)},
				Procedures:    []registration.Procedure{procedure("Procedure/p", "trial", "completed", 1)},
				Devices:       []registration.Device{{Origin: registration.Origin{Key: "Device/d"}, From: "2026-01-10", Status: "active"}},
				Complications: []registration.Complication{{Origin: registration.Origin{Key: "AdverseEvent/a"}, Kind: "infection"}}})
			s.settle()
			stop()
			if n := len(s.registry.holding()); n != 5 {
				t.Fatalf("%d resources", n)
			}
			service, stop = s.running(settings{change: func(n *normalise.Normaliser) { after(n, t) }})
			defer stop()
			id, err := s.store.OptOut(t.Context(), "hospital", identifiers(1), time.Now().Add(-time.Minute), service.Objected)
			if err != nil {
				t.Fatal(err)
			}
			s.settle()
			if left := slices.Collect(maps.Keys(s.registry.holding())); len(left) > 0 {
				t.Errorf("still there: %v", left)
			}
			if n := len(s.registry.versions("Procedure")); n != 1 {
				t.Errorf("%d procedures: withdrawn under another name", n)
			}
			if _, err := s.store.Erase(t.Context(), id, false); err != nil {
				t.Error(err)
			}
		})
	}
}

// noPseudonyms makes none.
type noPseudonyms struct{}

func (noPseudonyms) Pseudonyms(context.Context, pseudonym.Use, pseudonym.Identity) ([]pseudonym.Pseudonym, error) {
	return nil, pseudonym.ErrEmpty
}

// A type that cannot be withdrawn by a status stays where nothing can be deleted: that is
// told, and nothing is sent over and over for it.
func TestWhatCannotBeWithdrawnIsNotTriedForEver(t *testing.T) {
	s := open(t, settings{shape: normalise.Collection})
	s.registry.set(func(r *registry) { r.plain = true })
	r := &registration.Registration{Patient: registration.Patient{Origin: registration.Origin{Key: "Patient"}, Identifiers: identifiers(1)},
		Complications: []registration.Complication{{Origin: registration.Origin{Key: "AdverseEvent/a", Version: "1"}, Kind: "infection"}}}
	s.keep(s.service, r)
	s.settle()
	r.Complications[0].Retracted, r.Complications[0].Version = true, "2"
	s.keep(s.service, r)
	s.settle()
	if n := len(s.registry.sent()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// A Provenance tells what was so when it was sent; it goes when all else of the patient goes.
func TestAnObjectionTakesProvenancesBack(t *testing.T) {
	s := open(t, settings{change: func(n *normalise.Normaliser) { n.Target.AllowClientIDs = true }})
	r := &registration.Registration{Patient: registration.Patient{Origin: registration.Origin{Key: "Patient"}, Identifiers: identifiers(1)},
		Procedures: []registration.Procedure{procedure("Procedure/p", "trial", "completed", 1)}}
	r.Procedures[0].Updated = "2026-01-11T10:00:00Z"
	s.keep(s.service, r)
	s.settle()
	r.Procedures[0].Version, r.Procedures[0].Updated, r.Procedures[0].Start = "2", "2026-01-12T10:00:00Z", "2026-01-09"
	s.keep(s.service, r)
	s.settle()
	provenances := func() (n int) {
		for key := range s.registry.holding() {
			if strings.HasPrefix(key, "Provenance") {
				n++
			}
		}
		return n
	}
	if n := provenances(); n != 2 {
		t.Fatalf("%d of two deliveries", n)
	}
	id, err := s.store.OptOut(t.Context(), "hospital", identifiers(1), time.Now().Add(-time.Minute), s.service.Objected)
	if err != nil {
		t.Fatal(err)
	}
	s.settle()
	if n := provenances(); n != 1 { // that of the withdrawal
		t.Errorf("%d are left", n)
	}
	if _, err := s.store.Erase(t.Context(), id, false); err != nil {
		t.Error(err)
	}
}
