package normalise

import (
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// procedureStatuses are the codes of Procedure.status.
var procedureStatuses = []string{"preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", enteredInError}

// procedures makes the Procedures: what was done, when, where and why.
func (b *builder) procedures() error {
	for i := range b.registration.Procedures {
		item := &b.registration.Procedures[i]
		at := place{"procedures", i}
		e, err := b.add(procedureProfile, at, item.Origin, item.Key)
		if err != nil || e == nil {
			if err != nil {
				return err
			}
			continue
		}
		b.index("procedures", item.Key, e)
		out := encode.Procedure{
			Status: status(e, item.Status, procedureStatuses...), Category: b.coded(at, "kind", "procedure-kind", string(item.Kind)),
		}
		if e.Retracted {
			e.build = func(link linker, head encode.Head) encode.Resource {
				out := out
				out.Head, out.Subject = head, link(b.patient)
				return &out
			}
			continue
		}
		b.happened(item.Start, item.End)
		out.Code = encode.Concept{Codings: b.codings(at, item.Codings)}
		out.Performed = b.period(at, item.Start, item.End)
		out.Extensions = b.extension(at, "modality", "modality", item.Modality)
		for _, kind := range item.Possible {
			out.Extensions = append(out.Extensions, b.extension(at, "possible-kind", "procedure-kind", string(kind))...)
		}
		for _, reason := range b.codings(at, item.Reasons) {
			out.Reasons = append(out.Reasons, encode.Concept{Codings: []encode.Coding{reason}})
		}
		clinic := b.clinic(at, item.Clinic)
		if clinic != nil {
			out.Function = b.coded(at, "specialty", "intake", item.Specialty)
		} else if item.Specialty != "" {
			b.leave(at, "specialty", "the clinic is not sent, and R4 has no place for a specialty without who did it")
		}
		indications, devices := b.find("indications", item.Indications...), b.find("devices", item.Devices...)
		e.build = func(link linker, head encode.Head) encode.Resource {
			out := out
			out.Head, out.Subject, out.Performer = head, link(b.patient), optional(link, clinic)
			out.Because, out.Devices = links(link, indications), links(link, devices)
			return &out
		}
	}
	return nil
}
