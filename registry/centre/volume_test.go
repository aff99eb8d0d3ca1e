package centre_test

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/centre"
)

const (
	trial       = registration.Trial
	implant     = registration.Implant
	generator   = registration.Generator
	revision    = registration.Revision
	replacement = registration.Replacement
	explant     = registration.Explant
	unspecified = registration.Unspecified
)

// counts are numbers by base; what is not named must be 0.
type counts map[centre.Base]int

// What of one patient counts in 2025, in each reading.
func TestVolumeOfOnePatient(t *testing.T) {
	in := func(p registration.Procedure, clinic string) registration.Procedure {
		return with(p, func(p *registration.Procedure) { p.Clinic = clinic })
	}
	status := func(p registration.Procedure, status string) registration.Procedure {
		return with(p, func(p *registration.Procedure) { p.Status = status })
	}
	perhaps := func(start string, kinds ...registration.ProcedureKind) registration.Procedure {
		return with(done(unspecified, start), func(p *registration.Procedure) { p.Possible = kinds })
	}
	// what a new patient with an electrode counts for
	all := counts{centre.Operative: 1, centre.OperativeWithExplant: 1, centre.OperativeWithGenerator: 1, centre.Applied: 1, centre.AppliedOperative: 1,
		centre.New: 1, centre.Implantations: 1, centre.ImplantationsSCS: 1}
	plus := func(base counts, more counts) counts {
		sum := counts{}
		for b, n := range base {
			sum[b] += n
		}
		for b, n := range more {
			sum[b] += n
		}
		return sum
	}
	for _, test := range []struct {
		name       string
		procedures []registration.Procedure
		count      counts
		possible   counts
	}{
		{"a trial", []registration.Procedure{done(trial, "2025-03-01")}, all, nil},
		{"a trial and the definitive placement count once", []registration.Procedure{done(trial, "2025-03-01"), done(generator, "2025-03-15")},
			plus(all, counts{centre.UnderTreatment: 1}), nil},
		{"a trial in December and the generator in January: the year of the trial", []registration.Procedure{done(trial, "2024-12-20"), done(generator, "2025-01-05")},
			counts{centre.OperativeWithGenerator: 1, centre.Applied: 1, centre.UnderTreatment: 1}, nil},
		{"begun before midnight of New Year in Amsterdam", []registration.Procedure{with(done(trial, "2025-12-31T22:30:00Z"), func(p *registration.Procedure) { p.End = "2026-01-01T00:30:00+01:00" })}, all, nil},
		{"begun after midnight in Amsterdam, before it in UTC", []registration.Procedure{done(trial, "2025-12-31T23:30:00Z")}, nil, nil},
		{"only the month known", []registration.Procedure{done(trial, "2025-12")}, all, nil},
		{"two revisions of a system of before: one patient, two implantations", []registration.Procedure{done(implant, "2020-01-01"), done(revision, "2025-02-01"), done(revision, "2025-08-01")},
			counts{centre.Operative: 1, centre.OperativeWithExplant: 1, centre.OperativeWithGenerator: 1, centre.Applied: 1, centre.AppliedOperative: 1, centre.UnderTreatment: 1,
				centre.Implantations: 2, centre.ImplantationsSCS: 2}, nil},
		{"a generator only", []registration.Procedure{done(implant, "2019-01-01"), done(replacement, "2025-02-01")}, counts{centre.Applied: 1, centre.UnderTreatment: 1}, nil},
		{"a removal only", []registration.Procedure{done(implant, "2019-01-01"), done(explant, "2025-02-01")}, counts{centre.OperativeWithExplant: 1, centre.UnderTreatment: 1}, nil},
		{"removed before the year", []registration.Procedure{done(implant, "2019-01-01"), done(explant, "2024-12-31")}, nil, nil},
		{"cancelled", []registration.Procedure{status(done(trial, "2025-03-01"), "not-done")}, nil, nil},
		{"entered in error", []registration.Procedure{status(done(trial, "2025-03-01"), "entered-in-error")}, nil, nil},
		{"retracted", []registration.Procedure{with(done(trial, "2025-03-01"), func(p *registration.Procedure) { p.Retracted = true })}, nil, nil},
		{"status not told: perhaps", []registration.Procedure{status(done(trial, "2025-03-01"), "unknown")}, nil,
			counts{centre.Operative: 1, centre.OperativeWithExplant: 1, centre.OperativeWithGenerator: 1, centre.Applied: 1, centre.AppliedOperative: 1, centre.Implantations: 1, centre.ImplantationsSCS: 1}},
		{"date not told: perhaps", []registration.Procedure{done(trial, "")}, nil,
			counts{centre.Operative: 1, centre.OperativeWithExplant: 1, centre.OperativeWithGenerator: 1, centre.Applied: 1, centre.AppliedOperative: 1, centre.Implantations: 1, centre.ImplantationsSCS: 1}},
		{"a date told beside one that is not: once", []registration.Procedure{done(trial, "2025-03-01"), done(revision, "")},
			counts{centre.Operative: 1, centre.OperativeWithExplant: 1, centre.OperativeWithGenerator: 1, centre.Applied: 1, centre.AppliedOperative: 1, centre.HistoryUnknown: 1, centre.Implantations: 1, centre.ImplantationsSCS: 1},
			counts{centre.New: 1, centre.Implantations: 1, centre.ImplantationsSCS: 1}},
		{"trial or implant, either counts", []registration.Procedure{perhaps("2025-03-01", trial, implant)}, all, nil},
		{"revision or removal: perhaps", []registration.Procedure{done(implant, "2018-05-05"), perhaps("2025-03-01", revision, explant)},
			counts{centre.OperativeWithExplant: 1, centre.UnderTreatment: 1},
			counts{centre.Operative: 1, centre.OperativeWithGenerator: 1, centre.Applied: 1, centre.AppliedOperative: 1, centre.Implantations: 1, centre.ImplantationsSCS: 1}},
		{"a revision first: whether new is not known", []registration.Procedure{done(revision, "2025-03-01")},
			counts{centre.Operative: 1, centre.OperativeWithExplant: 1, centre.OperativeWithGenerator: 1, centre.Applied: 1, centre.AppliedOperative: 1, centre.UnderTreatment: 1, centre.HistoryUnknown: 1, centre.Implantations: 1, centre.ImplantationsSCS: 1},
			counts{centre.New: 1}},
		{"ONS", []registration.Procedure{with(done(implant, "2025-03-01"), func(p *registration.Procedure) { p.Modality = "ONS" })},
			counts{centre.Operative: 1, centre.OperativeWithExplant: 1, centre.OperativeWithGenerator: 1, centre.Applied: 1, centre.AppliedOperative: 1, centre.UnderTreatment: 1, centre.New: 1, centre.Implantations: 1, centre.ONS: 1, centre.ONSOperative: 1}, nil},
		{"modality not told", []registration.Procedure{with(done(implant, "2025-03-01"), func(p *registration.Procedure) { p.Modality = "" })},
			plus(all, counts{centre.UnderTreatment: 1, centre.ImplantationsSCS: -1}), counts{centre.ONS: 1, centre.ONSOperative: 1, centre.ImplantationsSCS: 1}},
		{"in two clinics: once in the centre", []registration.Procedure{in(done(trial, "2025-03-01"), clinicA), in(done(implant, "2025-03-20"), clinicB)},
			plus(all, counts{centre.UnderTreatment: 1}), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := report(t, patient("p", test.procedures...))
			for _, v := range r.Volumes {
				if v.Year != 2025 || v.Clinic != "" {
					continue
				}
				want, perhaps := test.count[v.Base], test.possible[v.Base]
				if v.Count != want || v.Possible != perhaps {
					t.Errorf("%s: %d and %d possible, want %d and %d", v.Base, v.Count, v.Possible, want, perhaps)
				}
			}
		})
	}
}
