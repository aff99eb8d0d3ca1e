package centre_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// generated is a stream of a generated population.
func generated(patients int) centre.Patients {
	return func(yield func(centre.Patient, error) bool) {
		for id, r := range population.Default(patients, 3).All() {
			if !yield(centre.Patient{ID: id, Registration: r}, nil) {
				return
			}
		}
	}
}

func refer(patient string) fhir.Reference {
	return fhir.Reference{Type: "Patient", Identifier: &fhir.Identifier{System: "https://example.org/stored", Value: patient}}
}

// listed is a subject-list as it is read: by group and population the count and the list.
type listed struct {
	Type      string
	Contained []struct {
		ID    string
		Entry []struct {
			Item struct{ Identifier struct{ Value string } }
		}
	}
	Group []struct {
		Code       struct{ Coding []struct{ Code string } }
		Population []struct {
			Code           struct{ Coding []struct{ Code string } }
			Count          int
			SubjectResults struct{ Reference string }
		}
		Stratifier []any
	}
}

func (l listed) of(t *testing.T, reference string) []string {
	t.Helper()
	names := []string{}
	for _, list := range l.Contained {
		if "#"+list.ID == reference {
			for _, e := range list.Entry {
				names = append(names, e.Item.Identifier.Value)
			}
			return names
		}
	}
	t.Fatalf("there is no list %q", reference)
	return nil
}

// Who are in a population are as many as it counts, where it counts patients, and everybody
// in a numerator is in its denominator. So it is for every Measure.
func TestSubjectListsHoldWhoWereCounted(t *testing.T) {
	summary := populated(t, 300)
	seen := map[string]bool{}
	for _, f := range summary.Figures {
		if seen[f.Measure] {
			continue
		}
		seen[f.Measure] = true
		subjects := &centre.Subjects{Measure: f.Measure}
		r, err := centre.Compute(generated(300), centre.Options{Year: 2023, AsOf: mapping.NewDay(2024, 12, 31), Name: "Test", Identifier: clinicA, Subjects: subjects})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(summary, r); diff != "" {
			t.Fatalf("asking who they are changes the report: %s", diff)
		}
		report, err := centre.SubjectList(r, subjects, refer)
		if err != nil {
			t.Fatal(err)
		}
		var list listed
		if err := json.Unmarshal(written(t, report), &list); err != nil {
			t.Fatal(err)
		}
		if list.Type != "subject-list" || len(list.Group) == 0 {
			t.Fatalf("%s: %s with %d groups", f.Measure, list.Type, len(list.Group))
		}
		for _, g := range list.Group {
			figure := r.Figure(f.Measure, g.Code.Coding[0].Code)
			in := map[string][]string{}
			for _, p := range g.Population {
				code := p.Code.Coding[0].Code
				names := list.of(t, p.SubjectResults.Reference)
				in[code] = names
				if slices.Contains(names, "") || len(slices.Compact(slices.Sorted(slices.Values(names)))) != len(names) {
					t.Errorf("%s/%s %s: somebody is in it twice, or nobody", f.Measure, figure.ID, code)
				}
				people := figure.Unit == centre.OfPatients && figure.ID != "outcome-component" && f.Measure != "nm-prom-change" // which count a patient per part, and per moment
				if people && len(names) != p.Count || (len(names) == 0) != (p.Count == 0) && figure.Kind != centre.Rate || len(names) > p.Count && figure.Kind != centre.Rate {
					t.Errorf("%s/%s %s: %d counted, %d in the list", f.Measure, figure.ID, code, p.Count, len(names))
				}
			}
			for _, name := range in["numerator"] {
				if !slices.Contains(in["denominator"], name) {
					t.Errorf("%s/%s: somebody is in the numerator and not in the denominator", f.Measure, figure.ID)
				}
			}
			if g.Stratifier != nil {
				t.Errorf("%s is divided", f.Measure)
			}
		}
		if !report.OfPersons() {
			t.Errorf("%s passes for a summary", f.Measure)
		}
	}
}

func TestIndividualReportIsOfOnePatient(t *testing.T) {
	all := &centre.Subjects{Measure: "nm-textbook-outcome"}
	options := centre.Options{Year: 2023, AsOf: mapping.NewDay(2024, 12, 31), Identifier: clinicA, Subjects: all}
	r, err := centre.Compute(generated(200), options)
	if err != nil {
		t.Fatal(err)
	}
	reached, identifiers := 0, map[string]bool{}
	for _, s := range all.Of("textbook-outcome") {
		options.Subjects = nil
		own, err := centre.Compute(centre.Only(generated(200), s.Patient), options)
		if err != nil {
			t.Fatal(err)
		}
		if own.Received.Patients != 1 {
			t.Fatalf("of %d patients", own.Received.Patients)
		}
		report, err := centre.Individual(own, "nm-textbook-outcome", refer("pseudonym-"+s.Patient))
		if err != nil {
			t.Fatal(err)
		}
		if report.Type != "individual" || !report.OfPersons() || identifiers[report.Identifiers[0].Value] {
			t.Errorf("%+v", report.Head)
		}
		identifiers[report.Identifiers[0].Value] = true
		reached += own.Figure("nm-textbook-outcome", "textbook-outcome").Numerator
	}
	if want := r.Figure("nm-textbook-outcome", "textbook-outcome").Numerator; reached != want || len(identifiers) == 0 {
		t.Errorf("%d reached it one by one, %d together", reached, want)
	}
}

// What tells of persons is refused on its way to a registry.
func TestReportsOfPersonsCannotBeDelivered(t *testing.T) {
	subjects := &centre.Subjects{Measure: "nm-indication"}
	r, err := centre.Compute(generated(60), centre.Options{Year: 2023, AsOf: mapping.NewDay(2024, 12, 31), Identifier: clinicA, Subjects: subjects})
	if err != nil {
		t.Fatal(err)
	}
	list, err := centre.SubjectList(r, subjects, refer)
	if err != nil {
		t.Fatal(err)
	}
	one, err := centre.Individual(r, "nm-indication", refer("a"))
	if err != nil {
		t.Fatal(err)
	}
	n := normalise.Normaliser{Target: normalise.Target{Name: "nva", Recipient: "nva", Shape: normalise.Transaction}}
	for _, report := range []*encode.MeasureReport{list, one} {
		if _, err := n.Reports([]*encode.MeasureReport{report}); err != normalise.ErrPerson {
			t.Errorf("%s: %v", report.Type, err)
		}
	}
	p, err := centre.Publish(r, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := p.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range subjects.All() {
		if strings.Contains(string(text), `"`+id+`"`) {
			t.Errorf("what is kept to be told names a patient")
		}
	}
}
