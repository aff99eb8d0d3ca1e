package normalise_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	godiff "github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// What goes to a registry can be read back: the bundle gives the registration again, but
// for what is not sent. The tests below say what that is:
//
//   - identifiers, keys and serial numbers, for which there are pseudonyms;
//   - when and in which version something was recorded;
//   - what is derived (means of pain, opioid dose, attacks, scores, judgements), which is
//     held against the bundle itself: see TestWhatIsDerivedIsInTheBundle;
//   - days of onset, roles at contacts, doses of single medicines, sessions, and which
//     device a cost was for.

func chartOf(t testing.TB, document []byte) *fhir.Chart {
	t.Helper()
	chart, err := decode.Bundle("", document, decode.Limits{Bytes: 32 << 20, Depth: 64, Entries: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	if len(chart.Rejected) > 0 || len(chart.Issues) > 0 {
		t.Fatalf("our own bundle is not read whole: %+v %+v", chart.Rejected, chart.Issues)
	}
	return chart
}

// reader is an adviser for the day on which everything has happened.
func reader() *advice.Adviser {
	return &advice.Adviser{AsOf: func() mapping.Day { return mapping.NewDay(2035, 1, 1) }}
}

// registrations are those of the example patients and of generated ones.
func registrations(t *testing.T) map[string]*registration.Registration {
	t.Helper()
	list := make(map[string]*registration.Registration)
	files, err := filepath.Glob("../../test/patients/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no example patients: %v", err)
	}
	for _, file := range files {
		document, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		chart, err := decode.Bundle("", document, decode.Limits{Bytes: 32 << 20, Depth: 64, Entries: 10_000})
		if err != nil {
			t.Fatal(err)
		}
		if made := normalise.Register(reader(), chart); made.Refused() == nil {
			list[filepath.Base(file)] = made.Registration
		}
	}
	p := population.Default(60, 11)
	for i := range 60 {
		_, r := p.Patient(i)
		list[fmt.Sprint("generated ", i)] = r
	}
	return list
}

// sent translates a registration into what a reader of its bundle can know.
type sent struct {
	t      *testing.T
	person pseudonym.Identity
	names  *pseudonym.HMAC
	clinic string
}

func (s *sent) value(purpose string, identity pseudonym.Identity) string {
	list, err := s.names.Pseudonyms(s.t.Context(), pseudonym.Use{Recipient: "nva", Purpose: purpose}, identity)
	if err != nil {
		s.t.Fatal(err)
	}
	return list[0].Value
}

// key is the key of an item as a reader of the bundle knows it.
func (s *sent) key(kind, resource, purpose, key string) string {
	identity, err := s.person.Part(kind, key)
	if err != nil {
		s.t.Fatal(err)
	}
	return resource + "/https://pijnpoort.example/fhir/sid/" + purpose + "/2026-1|" + s.value(purpose, identity)
}

func (s *sent) origin(o registration.Origin, kind, resource, purpose, clinic string) registration.Origin {
	return registration.Origin{Key: s.key(kind, resource, purpose, o.Key), Clinic: clinic, Retracted: o.Retracted}
}

func sorted[T any](list []T, key func(*T) string) []T {
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(key(&a), key(&b)) })
	if len(list) == 0 {
		return nil
	}
	return list
}

// project is the part of a registration that is read back.
func (s *sent) project(r *registration.Registration) registration.Registration {
	var out registration.Registration
	present := make(map[string]bool)
	for i := range r.Indications {
		present[r.Indications[i].Key] = true
	}
	for i := range r.Devices {
		present[r.Devices[i].Key] = true
	}
	for _, x := range r.Indications {
		x.Origin = s.origin(x.Origin, "indications", "Condition", "condition", "")
		x.Onset = x.Onset[:min(len(x.Onset), 7)]
		out.Indications = append(out.Indications, x)
	}
	for _, x := range r.Procedures {
		if x.Retracted {
			x = registration.Procedure{Origin: x.Origin, Kind: x.Kind, Status: "entered-in-error"}
			x.Origin = s.origin(x.Origin, "procedures", "Procedure", "procedure", "")
			out.Procedures = append(out.Procedures, x)
			continue
		}
		clinic := cmp.Or(x.Clinic, s.clinic)
		x.Origin = s.origin(x.Origin, "procedures", "Procedure", "procedure", clinic)
		x.Indications = s.keys(present, x.Indications, "indications", "Condition", "condition")
		x.Devices = nil // by their serial numbers: see below
		x.Encounter = ""
		out.Procedures = append(out.Procedures, x)
	}
	for _, x := range r.Medications {
		x.Origin = s.origin(x.Origin, "medications", "MedicationStatement", "medication-statement", "")
		x.Codings = slices.DeleteFunc(slices.Clone(x.Codings), func(c registration.Coding) bool { return c.System != atc })
		x.DailyMED = ""
		out.Medications = append(out.Medications, x)
	}
	for _, x := range r.Responses {
		x.Origin = s.origin(x.Origin, "responses", "QuestionnaireResponse", "questionnaire-response", "")
		out.Responses = append(out.Responses, x)
	}
	for _, x := range r.Complications {
		x.Origin = s.origin(x.Origin, "complications", "AdverseEvent", "adverse-event", "")
		x.Device, x.Procedure, x.ResolvedOn = "", "", ""
		out.Complications = append(out.Complications, x)
	}
	for _, x := range r.Costs {
		x.Origin = s.origin(x.Origin, "costs", "ChargeItem", "charge-item", "")
		x.Device = ""
		out.Costs = append(out.Costs, x)
	}
	for _, x := range r.Team {
		out.Team = append(out.Team, registration.Member{Role: x.Role})
	}
	return tidy(out)
}

func (s *sent) keys(present map[string]bool, keys []string, kind, resource, purpose string) []string {
	var list []string
	for _, k := range keys {
		if present[k] {
			list = append(list, s.key(kind, resource, purpose, k))
		}
	}
	slices.Sort(list)
	return list
}

// tidy puts items in one order.
func tidy(r registration.Registration) registration.Registration {
	r.Indications = sorted(r.Indications, func(x *registration.Indication) string { return x.Key })
	r.Procedures = sorted(r.Procedures, func(x *registration.Procedure) string { return x.Key })
	r.Medications = sorted(r.Medications, func(x *registration.Medication) string { return x.Key })
	r.Responses = sorted(r.Responses, func(x *registration.Response) string { return x.Key })
	r.Complications = sorted(r.Complications, func(x *registration.Complication) string { return x.Key })
	r.Costs = sorted(r.Costs, func(x *registration.Cost) string { return x.Key })
	r.Team = sorted(r.Team, func(x *registration.Member) string { return x.Role })
	return r
}

// back is what was read back, without what only the first reader knew.
func back(r *registration.Registration) registration.Registration {
	out := registration.Registration{Indications: r.Indications, Procedures: r.Procedures, Medications: r.Medications, Responses: r.Responses,
		Complications: r.Complications, Costs: r.Costs}
	for i := range out.Procedures {
		out.Procedures[i].Devices = nil
	}
	for i := range out.Complications {
		out.Complications[i].Device = ""
	}
	for _, x := range r.Team {
		out.Team = append(out.Team, registration.Member{Role: x.Role})
	}
	return tidy(out)
}

func TestBundlesAreReadBack(t *testing.T) {
	for name, r := range registrations(t) {
		t.Run(name, func(t *testing.T) {
			n := normaliser(normalise.Collection)
			n.Target.BirthDate = normalise.ToDay
			first := r.Patient.Identifiers[0]
			person, err := pseudonym.Person(first.System, first.Value)
			if err != nil {
				t.Skip("the example patient has a number that is none")
			}
			s := &sent{t, person, keys("2026-1"), n.Centre.Clinic.System + "|" + n.Centre.Clinic.Value}
			got := normalise.Register(reader(), chartOf(t, body(t, n, r))).Registration
			if diff := godiff.Diff(s.project(r), back(got)); diff != "" {
				t.Errorf("read back (-sent +read):\n%s", diff)
			}
			patient := got.Patient
			if patient.BirthDate != r.Patient.BirthDate || patient.Gender != r.Patient.Gender || !strings.HasSuffix(patient.Identifiers[0].Value, s.value("patient", person)) {
				t.Errorf("patient: %+v", patient)
			}
		})
	}
}

// What is derived, measured and judged is in the bundle as the registration has it.
func TestWhatIsDerivedIsInTheBundle(t *testing.T) {
	for name, r := range registrations(t) {
		t.Run(name, func(t *testing.T) {
			b := read(t, body(t, normaliser(normalise.Collection), r))
			var want, got []string
			for _, j := range r.Judgements {
				facts := []string{"standpunt-" + j.Standpunt, j.AsOf, j.Phase, j.Verdict, j.Modality}
				for _, o := range j.Outcomes {
					facts = append(facts, o.Criterion+" "+o.Outcome)
				}
				want = append(want, strings.Join(append(facts, j.Missing...), "\n"))
			}
			for _, g := range b.of("GuidanceResponse") {
				module := g["moduleCanonical"].(string)
				facts := []string{module[strings.LastIndexByte(module, '/')+1:], g["occurrenceDateTime"].(string), extended(g, "phase"), extended(g, "verdict"), extended(g, "modality")}
				for _, e := range g["extension"].([]any) {
					if parts, ok := e.(map[string]any)["extension"].([]any); ok {
						facts = append(facts, parts[0].(map[string]any)["valueCode"].(string)+" "+parts[1].(map[string]any)["valueCode"].(string))
					}
				}
				for _, e := range g["extension"].([]any) {
					if e := e.(map[string]any); strings.HasSuffix(e["url"].(string), "/missing-fact") {
						facts = append(facts, e["valueCode"].(string))
					}
				}
				got = append(got, strings.Join(facts, "\n"))
			}
			for _, m := range r.Measurements {
				if !m.Retracted {
					want = append(want, strings.Join([]string{m.Kind, m.Window, m.Site, m.Date + m.From + m.To, m.Value, m.High, m.Unit}, " "))
				}
			}
			for _, o := range b.of("Observation") {
				coding := o["code"].(map[string]any)["coding"].([]any)
				if last := coding[len(coding)-1].(map[string]any); strings.HasSuffix(last["system"].(string), "/measurement") && o["status"] != "entered-in-error" {
					got = append(got, measurement(o, last["code"].(string)))
				}
			}
			slices.Sort(want)
			slices.Sort(got)
			if diff := godiff.Diff(want, got); diff != "" {
				t.Errorf("in the bundle (-registration +bundle):\n%s", diff)
			}
		})
	}
}

// extended is the code of an extension.
func extended(resource map[string]any, id string) string {
	list, _ := resource["extension"].([]any)
	for _, e := range list {
		if e := e.(map[string]any); strings.HasSuffix(e["url"].(string), "/"+id) {
			return e["valueCode"].(string)
		}
	}
	return ""
}

func measurement(o map[string]any, kind string) string {
	text := func(object any, name string) string {
		m, _ := object.(map[string]any)
		if m[name] == nil {
			return ""
		}
		return fmt.Sprint(m[name])
	}
	value, high, unit := text(o["valueQuantity"], "value"), "", text(o["valueQuantity"], "code")
	if interval, ok := o["valueRange"].(map[string]any); ok {
		value, high, unit = text(interval["low"], "value"), text(interval["high"], "value"), text(interval["low"], "code")
	}
	site := ""
	if s, ok := o["bodySite"].(map[string]any); ok {
		site = text(s["coding"].([]any)[0], "code")
	}
	when := text(o, "effectiveDateTime") + text(o["effectivePeriod"], "start") + text(o["effectivePeriod"], "end")
	return strings.Join([]string{kind, extended(o, "pain-window"), site, when, value, high, unit}, " ")
}
