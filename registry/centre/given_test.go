package centre_test

import (
	"fmt"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/centre"
)

// The clinics of the tests.
const (
	clinicA = "http://fhir.nl/fhir/NamingSystem/agb-z|06010101"
	clinicB = "http://fhir.nl/fhir/NamingSystem/agb-z|06020202"
)

// asOf is the day of reporting of the tests: after the year and its windows.
var asOf = mapping.NewDay(2026, 6, 30)

// patient is a patient of clinic A with procedures.
func patient(id string, procedures ...registration.Procedure) centre.Patient {
	r := &registration.Registration{Procedures: procedures}
	for i := range r.Procedures {
		if r.Procedures[i].Key == "" {
			r.Procedures[i].Key = fmt.Sprintf("Procedure/%s-%d", id, i)
		}
	}
	return centre.Patient{ID: id, Clinic: clinicA, Registration: r}
}

// done is a procedure that was completed.
func done(kind registration.ProcedureKind, start string) registration.Procedure {
	return registration.Procedure{Kind: kind, Status: "completed", Start: start, Modality: "SCS"}
}

// with changes a procedure.
func with(p registration.Procedure, change func(*registration.Procedure)) registration.Procedure {
	change(&p)
	return p
}

// stream gives patients one by one.
func stream(list ...centre.Patient) centre.Patients {
	return func(yield func(centre.Patient, error) bool) {
		for _, p := range list {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// report computes the report of 2025.
func report(t *testing.T, list ...centre.Patient) *centre.Report {
	t.Helper()
	r, err := centre.Compute(stream(list...), centre.Options{Year: 2025, AsOf: asOf, Name: "Test"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// written is a resource as JSON.
func written(t *testing.T, r encode.Resource) []byte {
	t.Helper()
	document, err := encode.JSON(r)
	if err != nil {
		t.Fatal(err)
	}
	return document
}
