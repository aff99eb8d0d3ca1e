package centre

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// The reports about persons stay inside the centre: package normalise refuses to send them.

// SubjectList is the report of a Measure that tells of every population who are in it, in a
// contained List. It is not divided, and withholds no count. A count can be more than its
// list is long: of procedures, events or systems, a patient can have several.
func SubjectList(r *Report, subjects *Subjects, refer func(patient string) fhir.Reference) (*encode.MeasureReport, error) {
	report, err := r.inside(subjects.Measure, "subject-list", "")
	if err != nil {
		return nil, err
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.Measure != subjects.Measure {
			continue
		}
		g := group(f, false)
		g.Stratifiers = nil
		for k, p := range g.Populations {
			g.Populations[k].Subjects = []fhir.Reference{}
			for _, patient := range subjects.in(f, p.Code) {
				g.Populations[k].Subjects = append(g.Populations[k].Subjects, refer(patient))
			}
		}
		report.Groups = append(report.Groups, g)
	}
	return report, nil
}

// Individual is the report of a Measure for one patient, of a report that was computed over
// that patient alone.
func Individual(r *Report, measure string, subject fhir.Reference) (*encode.MeasureReport, error) {
	of := subject.Reference + "|"
	if id := subject.Identifier; id != nil {
		of += id.System + "|" + id.Value
	}
	own := sha256.Sum256([]byte(of))
	report, err := r.inside(measure, "individual", hex.EncodeToString(own[:16]))
	if err != nil {
		return nil, err
	}
	report.Subject = subject
	for i := range r.Figures {
		if f := &r.Figures[i]; f.Measure == measure {
			report.Groups = append(report.Groups, group(f, false))
		}
	}
	return report, nil
}

// inside is the head of a report about persons. Its identifier is never that of a summary.
func (r *Report) inside(measure, kind, of string) (*encode.MeasureReport, error) {
	report, err := r.head(measure, MeasureVersion)
	if err != nil {
		return nil, err
	}
	report.Type = kind
	for _, part := range slices.DeleteFunc([]string{kind, of}, func(s string) bool { return s == "" }) {
		report.Identifiers[0].Value += "/" + part
	}
	return report, nil
}

// Only is the stream without all patients but one; empty where that one is not in it.
func Only(patients Patients, id string) Patients {
	return func(yield func(Patient, error) bool) {
		for p, err := range patients {
			if err == nil && p.ID != id {
				continue
			}
			if !yield(p, err) || err != nil || p.ID == id {
				return
			}
		}
	}
}
