package normalise

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

var medicationStatuses = []string{"active", "completed", enteredInError, "intended", "stopped", "on-hold", "not-taken"}

// medications makes the use of the medicines that the standpunt asks about: the group,
// and the ATC code where it is known.
func (b *builder) medications() error {
	for i := range b.registration.Medications {
		item := &b.registration.Medications[i]
		at := place{"medications", i}
		e, err := b.add(medicationProfile, at, item.Origin, item.Key)
		if err != nil || e == nil {
			if err != nil {
				return err
			}
			continue
		}
		out := encode.MedicationStatement{Status: status(e, item.Status, medicationStatuses...), Medication: b.coded(at, "group", "medication-group", item.Group)}
		if !e.Retracted {
			codes := slices.DeleteFunc(b.codings(at, item.Codings), func(c encode.Coding) bool { return c.System != atc })
			out.Medication = beside(out.Medication, codes)
			out.Effective = b.period(at, item.From, item.Until)
			b.happened(item.From, item.Until)
		}
		if len(out.Medication.Codings) == 0 {
			out.Medication = unknownConcept
		}
		e.build = func(link linker, head encode.Head) encode.Resource {
			out := out
			out.Head, out.Subject = head, link(b.patient)
			return &out
		}
	}
	return nil
}
