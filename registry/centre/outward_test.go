package centre_test

import (
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/centre"
)

// devices are patients with one device each, as it was written down.
func devices(list ...registration.Device) []centre.Patient {
	var patients []centre.Patient
	for i, d := range list {
		id := string(rune('a' + i))
		d.Key = "Device/" + id
		p := patient(id, with(done(registration.Implant, "2025-03-01"), func(p *registration.Procedure) { p.Devices = []string{d.Key} }))
		p.Registration.Devices = []registration.Device{d}
		patients = append(patients, p)
	}
	return patients
}

// What people typed into the fields of a device does not leave with the counts, as it does
// not leave with the device; what is left out is one stratum, and nothing gets lost.
func TestDevicesLeaveByKnownNamesOnly(t *testing.T) {
	const gtin = "00643169000001" // with the right check digit, see below
	var list []registration.Device
	for range 6 {
		list = append(list,
			registration.Device{Manufacturer: "MEDTRONIC Nederland", Model: "977a260", UDI: gtin},
			registration.Device{Manufacturer: "Medtronic", Model: "977A260"},
			registration.Device{Manufacturer: "van mevrouw Voorbeeld, tel. 0612345678", Model: "zie brief dr. Voorbeeld", UDI: "(01)00643169000001(21)SERIAL"},
			registration.Device{Manufacturer: "Eigen Merk BV", Model: "1234 AB"})
	}
	patients := devices(list...)
	r, err := centre.Compute(stream(patients...), centre.Options{Year: 2025, AsOf: asOf, Name: "Test", Identifier: clinicA})
	if err != nil {
		t.Fatal(err)
	}
	leaves := func(makers ...string) string {
		collection, err := centre.Collection(r, centre.Reporting{Makers: makers})
		if err != nil {
			t.Fatal(err)
		}
		return string(written(t, collection))
	}
	p, err := centre.Publish(r, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := p.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"a Bundle": leaves(), "what is kept to be sent": string(kept)} {
		for _, secret := range []string{"Voorbeeld", "0612345678", "SERIAL", "Eigen Merk", "1234 AB", "Nederland"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
		for _, want := range []string{`"Medtronic"`, `"977A260"`, `"other"`} {
			if !strings.Contains(text, want) {
				t.Errorf("%s has no %s", name, want)
			}
		}
	}
	if !strings.Contains(leaves("Eigen Merk BV"), "Eigen Merk BV") {
		t.Error("a maker that the site knows is left out")
	}
	for _, m := range p.Measures {
		for _, f := range m.Figures {
			for _, s := range f.Stratifiers {
				all := 0
				for _, stratum := range s.Strata {
					all += stratum.Initial
				}
				if all != f.Initial {
					t.Errorf("%s by %s: %d of %d", f.ID, s.Code, all, f.Initial)
				}
			}
		}
	}
	if inside := r.Figure("nm-indication", "placed-material").Stratum("manufacturer", "Eigen Merk BV"); inside.Numerator != 6 {
		t.Errorf("inside the centre what was written down is told: %+v", inside)
	}
	if got := r.Figure("nm-indication", "placed-material").Stratum("udi-di", gtin); got.Numerator != 6 {
		t.Errorf("%+v", got)
	}
}

// Of a year of which nothing is on record registries are not told that nothing was done.
func TestAYearOfWhichNothingIsOnRecordIsNotPublished(t *testing.T) {
	r := report(t, patient("p", done(trial, "2023-05-05")))
	r.Identifier = clinicA
	if _, err := centre.Publish(r, nil, nil); err == nil || !strings.Contains(err.Error(), "on record") {
		t.Errorf("it is published: %v", err)
	}
}

func TestAPublicationIsReadAsItWasWritten(t *testing.T) {
	first, err := centre.Publish(populated(t, 200), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := first.JSON()
	if err != nil {
		t.Fatal(err)
	}
	read, err := centre.ReadPublication(text)
	if err != nil {
		t.Fatal(err)
	}
	later := populated(t, 200)
	later.AsOf = mapping.NewDay(2025, 6, 1)
	again, err := centre.Publish(later, read, nil)
	if err != nil {
		t.Fatal(err)
	}
	reports, err := first.Reports()
	if err != nil {
		t.Fatal(err)
	}
	same, err := again.Reports()
	if err != nil || len(same) != len(reports) {
		t.Fatal(len(same), err)
	}
	for i := range reports {
		if string(written(t, reports[i])) != string(written(t, same[i])) {
			t.Errorf("%s is told anew though its figures are the same", reports[i].Measure)
		}
	}
	for _, bad := range []string{"", "[]", `{"measures": 1}`, `{"identifier":"a|b","measures":[{"asOf":"gisteren"}]}`} {
		p, err := centre.ReadPublication([]byte(bad))
		if err == nil {
			_, err = p.Reports()
		}
		if err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
