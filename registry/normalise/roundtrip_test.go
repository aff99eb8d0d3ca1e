package normalise_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	godiff "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// What goes to a registry can be read back: the bundle gives the registration again, with
// its verdict, but for what is not sent. What that is, sent.project says.

func chartOf(t testing.TB, document []byte) *fhir.Chart {
	t.Helper()
	chart, err := decode.Bundle("", document, decode.Limits{Bytes: 32 << 20, Depth: 64, Entries: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	if len(chart.Rejected) > 0 || len(chart.Issues) > 0 {
		t.Fatalf("our own bundle is not read whole: %+v %+v", chart.Rejected, chart.Issues)
	}
	for _, skipped := range chart.Skipped {
		if !strings.HasPrefix(skipped.Resource, "Provenance/") {
			t.Errorf("not read: %+v", skipped)
		}
	}
	return chart
}

// reader is an adviser for the day on which everything has happened.
func reader() *advice.Adviser {
	return &advice.Adviser{AsOf: func() mapping.Day { return mapping.NewDay(2035, 1, 1) }}
}

// examples are the example patients as a hospital registers them.
func examples(t *testing.T) map[string]normalise.Registered {
	t.Helper()
	list := make(map[string]normalise.Registered)
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
			list[filepath.Base(file)] = made
		}
	}
	return list
}

// registrations are those of the example patients, of generated ones, one with something
// in every field, and one of which everything is taken back.
func registrations(t *testing.T) map[string]*registration.Registration {
	t.Helper()
	list := map[string]*registration.Registration{"rich": whole(), "taken back": takenBack()}
	for name, made := range examples(t) {
		list[name] = made.Registration
	}
	p := population.Default(60, 11)
	for i := range 60 {
		_, r := p.Patient(i)
		list[fmt.Sprint("generated ", i)] = r
	}
	return list
}

// whole is rich as a chart gives it: codes in order and of lists, answers as the form
// asks them, numbers in their shortest form.
func whole() *registration.Registration {
	r := rich()
	slices.Reverse(r.Indications[0].Codings)
	r.Devices[0].Codings[0].Code = "25937001"
	r.Scores[1].Unit = "{score}"
	r.Responses[0].Answers[0] = registration.Answer{LinkID: "odi.1", Coding: &registration.Coding{System: own + "prom-option", Code: "2"}}
	r.Complications[0].Codings = r.Complications[0].Codings[1:]
	r.Costs[0].Amount = "15250"
	return r
}

// takenBack is rich with every item entered in error, those excepted that share one entry.
func takenBack() *registration.Registration {
	r := rich()
	for i := range r.Indications {
		r.Indications[i].Retracted = true
	}
	for i := range r.Procedures {
		r.Procedures[i].Retracted = true
	}
	for i := range r.Devices {
		r.Devices[i].Retracted = true
	}
	for i := range r.Measurements {
		r.Measurements[i].Retracted = true
	}
	for i := range r.Scores {
		r.Scores[i].Retracted = true
	}
	for i := range r.Responses {
		r.Responses[i].Retracted = true
	}
	for i := range r.Medications {
		r.Medications[i].Retracted = true
	}
	for i := range r.Contacts {
		r.Contacts[i].Retracted = true
	}
	for i := range r.Costs {
		r.Costs[i].Retracted = true
	}
	for i := range r.Judgements {
		r.Judgements[i].Retracted = true
	}
	r.Complications = nil // of a type that has no status to say so: not sent in a collection
	return r
}

// readBack is what a registry can know from a bundle, with the record made of it.
func readBack(t *testing.T, document []byte) (*registration.Registration, []fhir.Fate) {
	t.Helper()
	chart := chartOf(t, document)
	record, _ := reader().Advise(chart)
	scores := prom.Score(chart, prom.Config{})
	return registration.Of(chart, record, &scores, registration.Options{})
}

// remarks are what a reader may remark, with the type of resource.
var remarks = map[string]string{
	"nothing in it is registered":                 "Organization",       // who sends, where nothing happened there
	"what was done is not told: trial or implant": "Procedure",          // the first time neither
	"entered in error":                            "DeviceUseStatement", // which its device says too
}

func TestBundlesAreReadBack(t *testing.T) {
	list := registrations(t)
	for _, name := range slices.Sorted(maps.Keys(list)) {
		r := list[name]
		t.Run(name, func(t *testing.T) {
			n := normaliser(normalise.Collection)
			n.Target.BirthDate, n.Centre.Manufacturers = normalise.ToDay, []string{"Voorbeeld Medical"}
			first := r.Patient.Identifiers[0]
			person, err := pseudonym.Person(first.System, first.Value)
			if err != nil {
				t.Skip("the example patient has a number that is none")
			}
			s := &sent{t, r, person, keys("2026-1"), n.Centre.Clinic.System + "|" + n.Centre.Clinic.Value}
			document := body(t, n, r)
			got, fates := readBack(t, document)
			for i := range got.Team {
				got.Team[i].Origin = registration.Origin{}
			}
			got.Patient.Identifiers = got.Patient.Identifiers[:1]
			if diff := godiff.Diff(s.project(), got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("read back (-sent +read):\n%s", diff)
			}
			for _, f := range fates {
				if !strings.HasPrefix(f.Resource, remarks[f.Reason]+"/") {
					t.Errorf("nothing became of: %+v", f)
				}
			}
			// Without record and scores only what is made of them is lacking.
			bare, _ := registration.Of(chartOf(t, document), nil, nil, registration.Options{})
			bare.Responses, bare.Team = got.Responses, got.Team
			bare.Patient.Identifiers = got.Patient.Identifiers
			if diff := godiff.Diff(got, bare); diff != "" {
				t.Errorf("without a record (-with +without):\n%s", diff)
			}
		})
	}
}

// Dates of birth and death come back as far as the target takes them.
func TestDatesOfThePatientAreReadBackToTheirPrecision(t *testing.T) {
	for precision, want := range map[normalise.Precision][2]string{
		normalise.ToDay: {"1968-04-12", "2025-06-11"}, normalise.ToMonth: {"1968-04", "2025-06"}, normalise.ToYear: {"1968", "2025"}, normalise.NoDate: {"", "true"},
	} {
		n := normaliser(normalise.Collection)
		n.Target.BirthDate = precision
		got, _ := readBack(t, body(t, n, rich()))
		if have := [2]string{got.Patient.BirthDate, got.Patient.Deceased}; have != want {
			t.Errorf("%s: %q, not %q", precision, have, want)
		}
	}
}
