package normalise

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

var clinicalStatuses = []string{"active", "recurrence", "relapse", "inactive", "remission", "resolved"}

// indications makes the Conditions for which neuromodulation is meant or given.
func (b *builder) indications() error {
	for i := range b.registration.Indications {
		item := &b.registration.Indications[i]
		at := place{"indications", i}
		e, err := b.add(indicationProfile, at, item.Origin, item.Key)
		if err != nil || e == nil {
			if err != nil {
				return err
			}
			continue
		}
		b.index("indications", item.Key, e)
		out := encode.Diagnosis{Verification: "provisional", Code: b.coded(at, "code", "indication", item.Code)}
		if item.Confirmed {
			out.Verification = "confirmed"
		}
		if e.Retracted {
			out.Verification = enteredInError
		} else {
			out.Code = beside(out.Code, b.codings(at, item.Codings))
			if slices.Contains(clinicalStatuses, item.ClinicalStatus) {
				out.ClinicalStatus = item.ClinicalStatus
			}
			out.Onset = b.cutDate(at, "onset", item.Onset, ToMonth)
			out.Recorded = b.date(at, "recorded", item.Recorded)
			b.happened(item.Recorded)
		}
		e.build = func(link linker, head encode.Head) encode.Resource {
			out := out
			out.Head, out.Subject = head, link(b.patient)
			return &out
		}
	}
	return nil
}
