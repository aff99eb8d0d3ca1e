package centre

import (
	"iter"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// Patient is one patient of the centre.
type Patient struct {
	// ID tells patients apart: the same in all clinics of the centre. It leaves in
	// individual reports only.
	ID string
	// Clinic is the identifier ("system|value") of the clinic that sent the patient: where
	// things happened that do not say so themselves.
	Clinic string
	// OptedOut: the patient does not want to be in the registry. Such a patient is counted
	// as received and in no other way.
	OptedOut     bool
	Registration *registration.Registration
}

// Patients is a stream of patients, each of them once. An error ends it.
type Patients = iter.Seq2[Patient, error]
