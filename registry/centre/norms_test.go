package centre_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// operated are patients with a trial in 2025, the first undated of them without a date.
func operated(n, undated int) []centre.Patient {
	var list []centre.Patient
	for i := range n {
		start := "2025-05-05"
		if i < undated {
			start = ""
		}
		list = append(list, patient(fmt.Sprint("p", i), done(trial, start)))
	}
	return list
}

// stated is what a centre states of itself, all well, with changes.
func stated(change map[string]mapping.Value) *mapping.Record {
	r := &mapping.Record{Organization: "Organization/1"}
	for _, fact := range []string{"registered", "local-agreements", "team-scs", "team-drgs", "cooperation-agreement"} {
		r.Add(fact, mapping.BoolValue(true))
	}
	r.Add("offers-ons", mapping.BoolValue(false))
	r.Add("or-class", mapping.NumberValue(mapping.Int(1)))
	r.Add("accountable-centre", mapping.TextValue("Test"))
	for fact, value := range change {
		delete(r.Facts, fact)
		r.Add(fact, value)
	}
	return r
}

func TestVerdictOnTheCentre(t *testing.T) {
	is := func(fact string, value mapping.Value) map[string]mapping.Value {
		return map[string]mapping.Value{fact: value}
	}
	number := func(n int64) mapping.Value { return mapping.NumberValue(mapping.Int(n)) }
	for _, test := range []struct {
		name        string
		n, undated  int
		attestation *mapping.Record
		asOf        mapping.Day
		want        validation.Conclusion
		disagrees   []string
	}{
		{"fifty and all well", 50, 0, stated(nil), asOf, validation.Compliant, nil},
		{"below fifty, in cooperation", 30, 0, stated(nil), asOf, validation.Compliant, nil},
		{"below fifty, alone", 49, 0, stated(is("cooperation-agreement", mapping.BoolValue(false))), asOf, validation.CooperationRequired, nil},
		{"fifty, alone", 50, 0, stated(is("cooperation-agreement", mapping.BoolValue(false))), asOf, validation.Compliant, nil},
		{"nineteen", 19, 0, stated(nil), asOf, validation.NotCompliant, nil},
		{"nineteen while the year runs", 19, 0, stated(nil), mapping.NewDay(2025, 11, 1), validation.NeedsData, nil},
		{"twenty, two of them of a day that is not known", 20, 2, stated(nil), asOf, validation.NeedsData, nil},
		{"nothing stated", 50, 0, nil, asOf, validation.NeedsData, nil},
		{"stated as counted", 50, 0, stated(is("patients-operative", number(50))), asOf, validation.Compliant, nil},
		{"stated within what is possible: that decides", 20, 2, stated(is("patients-operative", number(20))), asOf, validation.Compliant, nil},
		{"stated otherwise, to no effect", 60, 0, stated(is("patients-operative", number(61))), asOf, validation.Compliant, []string{"patients-operative"}},
		{"stated otherwise, across the norm", 19, 0, stated(is("patients-operative", number(21))), asOf, validation.NeedsData, []string{"patients-operative"}},
		{"stated of another year", 50, 0, stated(is("year", number(2019))), asOf, validation.NeedsData, []string{"year"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := centre.Compute(stream(operated(test.n, test.undated)...), centre.Options{Year: 2025, AsOf: test.asOf, Name: "Test", Attestation: test.attestation})
			if err != nil {
				t.Fatal(err)
			}
			if r.Norms.Verdict != test.want {
				for _, c := range r.Norms.Criteria {
					t.Log(c.ID, c.Outcome, c.Missing, c.Evidence)
				}
				t.Errorf("verdict %s, want %s", r.Norms.Verdict, test.want)
			}
			var disagrees []string
			for _, d := range r.Norms.Disagreements {
				disagrees = append(disagrees, d.Fact)
			}
			if !slices.Equal(disagrees, test.disagrees) {
				t.Errorf("disagreements %v, want %v", r.Norms.Disagreements, test.disagrees)
			}
		})
	}
}

// Each clinic is judged by its own numbers, and both by those of who came to either: who came
// to both counts once.
func TestVerdictPerClinicAndTogether(t *testing.T) {
	at := func(clinic string, start string) registration.Procedure {
		return with(done(trial, start), func(p *registration.Procedure) { p.Clinic = clinic })
	}
	var list []centre.Patient
	for i := range 45 { // 45 in A, 15 of them in B too, and 10 in B alone
		p := patient(fmt.Sprint("a", i), at(clinicA, "2025-02-02"))
		if i < 15 {
			p = patient(fmt.Sprint("a", i), at(clinicA, "2025-02-02"), at(clinicB, "2025-08-08"))
		}
		list = append(list, p)
	}
	for i := range 10 {
		list = append(list, patient(fmt.Sprint("b", i), at(clinicB, "2025-03-03")))
	}
	no := mapping.BoolValue(false)
	for _, test := range []struct {
		name              string
		extra             []centre.Patient
		change            map[string]mapping.Value
		together          kleene.Outcome
		joint, a, b       validation.Conclusion
		countJoint, ca, c int
	}{
		{"alone", nil, map[string]mapping.Value{"cooperation-agreement": no}, kleene.NotMet, validation.Compliant, validation.CooperationRequired, validation.CooperationRequired, 55, 45, 25},
		{"under an agreement", nil, nil, kleene.Met, validation.Compliant, validation.Compliant, validation.Compliant, 55, 45, 25},
		{"the numbers that the centre states are not those of a clinic", nil, map[string]mapping.Value{"patients-operative": mapping.NumberValue(mapping.Int(55))},
			kleene.Met, validation.Compliant, validation.Compliant, validation.Compliant, 55, 45, 25},
		{"where it happened is not told of one", []centre.Patient{{ID: "u", Registration: &registration.Registration{Procedures: []registration.Procedure{with(done(trial, "2025-04-04"), func(p *registration.Procedure) { p.Key = "u" })}}}},
			nil, kleene.Met, validation.Compliant, validation.Compliant, validation.Compliant, 56, 45, 25},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := centre.Compute(stream(append(slices.Clone(list), test.extra...)...), centre.Options{Year: 2025, AsOf: asOf, Name: "Test", Attestation: stated(test.change)})
			if err != nil {
				t.Fatal(err)
			}
			n := r.Norms
			if n.Together != test.together || len(n.Clinics) != 2 || n.Clinics[0].Clinic != clinicA || n.Clinics[1].Clinic != clinicB {
				t.Fatalf("together %s, clinics %+v", n.Together, n.Clinics)
			}
			if n.Verdict != test.joint || n.Clinics[0].Verdict != test.a || n.Clinics[1].Verdict != test.b {
				t.Errorf("joint %s, A %s, B %s", n.Verdict, n.Clinics[0].Verdict, n.Clinics[1].Verdict)
			}
			if n.Norms[0].Count != test.countJoint || n.Clinics[0].Norms[0].Count != test.ca || n.Clinics[1].Norms[0].Count != test.c {
				t.Errorf("counted %d, %d, %d", n.Norms[0].Count, n.Clinics[0].Norms[0].Count, n.Clinics[1].Norms[0].Count)
			}
			if possible := n.Clinics[0].Norms[0].Possible; possible != len(test.extra) {
				t.Errorf("%d more are possible in A", possible)
			}
			for _, j := range n.Clinics {
				if len(j.Disagreements) > 0 {
					t.Errorf("%s: %v", j.Clinic, j.Disagreements)
				}
				for _, norm := range j.Norms {
					if norm.Base == centre.Implantations {
						t.Error("a clinic is held against what an agreement asks of both together")
					}
				}
			}
		})
	}
}

// That of a year nothing is on record does not say that nothing was done.
func TestAYearOfWhichNothingIsOnRecordIsNotBelowTheNorm(t *testing.T) {
	r, err := centre.Compute(stream(patient("p", done(trial, "2023-05-05"))), centre.Options{Year: 2025, AsOf: asOf, Name: "Test", Attestation: stated(nil)})
	if err != nil {
		t.Fatal(err)
	}
	if r.Norms.Verdict != validation.NeedsData {
		t.Errorf("verdict %s", r.Norms.Verdict)
	}
	for _, n := range r.Norms.Norms {
		if n.Base == centre.Operative && (!n.Unrecorded || n.Outcome != kleene.Undecided) {
			t.Errorf("%+v", n)
		}
	}
	r, err = centre.Compute(stream(patient("p", with(done(trial, "2025-05-05"), func(p *registration.Procedure) { p.Status = "not-done" }))),
		centre.Options{Year: 2025, AsOf: asOf, Name: "Test", Attestation: stated(nil)})
	if err != nil {
		t.Fatal(err)
	}
	if r.Norms.Verdict != validation.NotCompliant {
		t.Errorf("of a year in which the one procedure was cancelled the verdict is %s", r.Norms.Verdict)
	}
}

func TestAttestationIsNotChanged(t *testing.T) {
	a := stated(nil)
	before := len(a.Facts)
	if _, err := centre.Compute(stream(operated(3, 0)...), centre.Options{Year: 2025, AsOf: asOf, Attestation: a}); err != nil {
		t.Fatal(err)
	}
	if len(a.Facts) != before {
		t.Error("the record of the centre was changed")
	}
}

func TestNormCountsWhatTheOptionsSay(t *testing.T) {
	list := operated(19, 0)
	list = append(list, patient("x", done(implant, "2020-01-01"), done(explant, "2025-02-02")), patient("g", done(generator, "2025-03-03")))
	for _, test := range []struct {
		options centre.Options
		base    centre.Base
		count   int
	}{
		{centre.Options{}, centre.Operative, 19},
		{centre.Options{CountExplants: true}, centre.OperativeWithExplant, 20},
		{centre.Options{CountGenerators: true}, centre.OperativeWithGenerator, 20},
	} {
		test.options.Year, test.options.AsOf = 2025, asOf
		r, err := centre.Compute(stream(list...), test.options)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range r.Norms.Norms {
			if n.Criterion == "centre-volume-20" && n.Decides != (n.Base == test.base) {
				t.Errorf("%s decides: %v", n.Base, n.Decides)
			}
			if n.Decides && n.Base == test.base && n.Count != test.count {
				t.Errorf("%s: %d, want %d", n.Base, n.Count, test.count)
			}
		}
	}
}

func TestComputeRefuses(t *testing.T) {
	good := centre.Options{Year: 2025, AsOf: asOf}
	one := patient("p", done(trial, "2025-01-01"))
	for name, test := range map[string]struct {
		patients centre.Patients
		options  centre.Options
	}{
		"a patient twice":         {stream(one, patient("q"), one), good},
		"a patient without id":    {stream(patient("")), good},
		"no registration":         {stream(centre.Patient{ID: "p"}), good},
		"a year that is to come":  {stream(one), centre.Options{Year: 2027, AsOf: asOf}},
		"no day of reporting":     {stream(one), centre.Options{Year: 2025}},
		"a stream that breaks":    {func(yield func(centre.Patient, error) bool) { yield(centre.Patient{}, fmt.Errorf("lost")) }, good},
		"a year before there was": {stream(one), centre.Options{Year: 1900, AsOf: asOf}},
	} {
		if r, err := centre.Compute(test.patients, test.options); err == nil || r != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhoOptedOutIsReceivedAndNotCounted(t *testing.T) {
	p := patient("p", done(trial, "2025-01-01"))
	p.OptedOut = true
	r := report(t, p, patient("q", done(trial, "2025-01-01")))
	if r.Received.Patients != 2 || r.Received.OptedOut != 1 || r.Received.Counted != 1 || r.Volume(2025, "", centre.Operative).Count != 1 {
		t.Errorf("%+v, %d counted", r.Received, r.Volume(2025, "", centre.Operative).Count)
	}
}
