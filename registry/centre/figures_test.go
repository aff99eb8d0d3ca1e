package centre_test

import (
	"fmt"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/centre"
)

// value is what a figure of one patient shows in short: numerator/denominator and what is
// missing or left out, by reason.
func value(v centre.Value) string {
	s := fmt.Sprintf("%d/%d", v.Numerator, v.Denominator)
	for _, reasons := range []map[string]int{v.Why, v.Excluded} {
		for reason := range reasons {
			s += " " + reason
		}
	}
	return s
}

// What of one patient is in a figure of 2025.
func TestFigureOfOnePatient(t *testing.T) {
	device := func(p registration.Procedure, keys ...string) registration.Procedure {
		return with(p, func(p *registration.Procedure) { p.Devices = keys })
	}
	in := func(p registration.Procedure, encounter string) registration.Procedure {
		return with(p, func(p *registration.Procedure) { p.Encounter = encounter })
	}
	cost := func(kind, amount, currency, date string) func(*registration.Registration) {
		return func(r *registration.Registration) {
			r.Costs = append(r.Costs, registration.Cost{Kind: kind, Amount: amount, Currency: currency, Date: date})
		}
	}
	died := func(day string) func(*registration.Registration) {
		return func(r *registration.Registration) { r.Patient.Deceased = day }
	}
	event := func(kind, date string) func(*registration.Registration) {
		return func(r *registration.Registration) {
			r.Complications = append(r.Complications, registration.Complication{Kind: kind, Date: date})
		}
	}
	for _, test := range []struct {
		name       string
		measure    string
		figure     string
		want       string
		procedures []registration.Procedure
		more       []func(*registration.Registration)
	}{
		{"a trial with a generator after it", "nm-trial-conversion", "conversion", "1/1", []registration.Procedure{done(trial, "2025-03-01"), done(generator, "2025-03-15")}, nil},
		{"a trial of which the electrode is taken out", "nm-trial-conversion", "conversion", "0/1", []registration.Procedure{done(trial, "2025-03-01"), done(explant, "2025-03-15")}, nil},
		{"a trial, and nothing is known after it", "nm-trial-conversion", "conversion", "0/0 no-outcome-recorded", []registration.Procedure{done(trial, "2025-03-01")}, nil},
		{"a trial that may still lead to a system", "nm-trial-conversion", "conversion", "0/0 pending", []registration.Procedure{done(trial, "2025-12-31")}, nil},
		{"a system a year later belongs to no trial", "nm-trial-conversion", "conversion", "0/0 no-outcome-recorded", []registration.Procedure{done(trial, "2025-01-01"), done(implant, "2026-01-01")}, nil},
		{"a trial of last year is of last year", "nm-trial-conversion", "conversion", "0/0", []registration.Procedure{done(trial, "2024-12-30"), done(implant, "2025-01-10")}, nil},
		{"in one session it was no trial", "nm-trial-conversion", "conversion", "0/0 all-in-one", []registration.Procedure{in(done(trial, "2025-03-01"), "e"), in(done(implant, "2025-03-01"), "e")}, nil},
		{"a first trial before a second", "nm-trial-conversion", "conversion", "1/1 repeated", []registration.Procedure{done(trial, "2025-03-01"), done(trial, "2025-04-01"), done(implant, "2025-04-20")}, nil},

		{"two stages", "nm-allinone", "single-stage", "0/1", []registration.Procedure{done(trial, "2025-03-01"), done(implant, "2025-03-15")}, nil},
		{"one session", "nm-allinone", "single-stage", "1/1", []registration.Procedure{in(done(trial, "2025-03-01"), "e"), in(done(generator, "2025-03-02"), "e")}, nil},
		{"electrode and generator on one day, no trial", "nm-allinone", "single-stage", "1/1", []registration.Procedure{done(implant, "2025-03-01"), done(generator, "2025-03-01")}, nil},
		{"no trial on record is not no trial", "nm-allinone", "single-stage", "0/0 no-trial-recorded", []registration.Procedure{done(implant, "2025-03-01")}, nil},

		{"a revision", "nm-revision", "revision", "1/1", []registration.Procedure{done(implant, "2020-01-01"), done(revision, "2025-03-01")}, nil},
		{"a revision of the electrode of a trial is of no system", "nm-revision", "revision", "0/1", []registration.Procedure{done(trial, "2025-01-01"), done(revision, "2025-01-03"), done(implant, "2025-01-20")}, nil},
		{"a system of which the placement is not known", "nm-revision", "revision", "0/0 placement-unknown", []registration.Procedure{done(revision, "2025-03-01")}, nil},
		{"dead, nobody knows since when", "nm-revision", "revision", "0/0 end-unknown", []registration.Procedure{done(implant, "2020-01-01")}, []func(*registration.Registration){died("true")}},
		{"dead before the year", "nm-revision", "revision", "0/0", []registration.Procedure{done(implant, "2020-01-01")}, []func(*registration.Registration){died("2024-06-01")}},

		{"a generator exchanged", "nm-battery", "longevity", "1/1", []registration.Procedure{done(implant, "2020-01-01"), done(replacement, "2025-01-01")}, nil},
		{"of which the month is known", "nm-battery", "longevity", "0/0 placement-unknown", []registration.Procedure{done(implant, "2020-01-01"), done(replacement, "2025-01")}, nil},

		{"removed in the year", "nm-removed", "removed", "1/1", []registration.Procedure{done(implant, "2020-01-01"), done(explant, "2025-06-01")}, nil},
		{"still in place", "nm-removed", "removed", "0/1", []registration.Procedure{done(implant, "2020-01-01")}, nil},
		{"removed later", "nm-removed", "removed", "0/1", []registration.Procedure{done(implant, "2020-01-01"), done(explant, "2026-02-01")}, nil},
		{"the electrode of a trial is no system", "nm-removed", "removed", "0/0", []registration.Procedure{done(trial, "2025-05-01"), done(explant, "2025-06-01")}, nil},
		{"removed and placed anew", "nm-removed", "removed", "1/2", []registration.Procedure{done(implant, "2020-01-01"), done(explant, "2025-06-01"), done(implant, "2025-09-01")}, nil},

		{"events of the year", "nm-adverse-event", "adverse-events", "1/1 date-unknown", []registration.Procedure{done(implant, "2020-01-01")},
			[]func(*registration.Registration){event("infection", "2025-05-05"), event("other", ""), event("other", "2024-05-05")}},

		{"costs add up", "nm-cost", "cost", "1/1", []registration.Procedure{done(implant, "2025-01-01")}, []func(*registration.Registration){cost("material", "0.10", "EUR", "2025-01-01"), cost("treatment", "0.20", "EUR", "2025-02-01")}},
		{"no amount is not nothing", "nm-cost", "cost", "0/0 no-cost-recorded", []registration.Procedure{done(implant, "2025-01-01")}, []func(*registration.Registration){cost("material", "1", "EUR", "2024-12-31")}},
		{"another currency", "nm-cost", "cost", "0/0 other-currency", []registration.Procedure{done(implant, "2025-01-01")}, []func(*registration.Registration){cost("material", "1", "EUR", "2025-01-01"), cost("material", "1", "USD", "2025-01-01")}},

		{"material that is named but not sent", "nm-indication", "placed-material", "0/0 no-device-recorded", []registration.Procedure{device(done(implant, "2025-01-01"), "Device/1")}, nil},
		{"material", "nm-indication", "placed-material", "1/1", []registration.Procedure{device(done(implant, "2025-01-01"), "Device/1")},
			[]func(*registration.Registration){func(r *registration.Registration) {
				r.Devices = []registration.Device{{Origin: registration.Origin{Key: "Device/1"}, Manufacturer: "M"}}
			}}},
	} {
		t.Run(test.figure+": "+test.name, func(t *testing.T) {
			p := patient("p", test.procedures...)
			for _, change := range test.more {
				change(p.Registration)
			}
			if got := value(report(t, p).Figure(test.measure, test.figure).Value); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

// Days of exposure: from placement, in the year, to removal, death or the day of reporting.
func TestExposure(t *testing.T) {
	for _, test := range []struct {
		procedures []registration.Procedure
		died       string
		days       int
	}{
		{[]registration.Procedure{done(implant, "2020-01-01")}, "", 365},
		{[]registration.Procedure{done(implant, "2025-12-31")}, "", 1},
		{[]registration.Procedure{done(implant, "2025-01-01"), done(explant, "2025-01-11")}, "", 10},
		{[]registration.Procedure{done(implant, "2024-01-01")}, "2025-02-01", 31},
	} {
		p := patient("p", test.procedures...)
		p.Registration.Patient.Deceased = test.died
		if f := report(t, p).Figure("nm-revision", "revision"); f.Days != test.days {
			t.Errorf("%v: %d days, want %d", test.procedures, f.Days, test.days)
		}
	}
}
