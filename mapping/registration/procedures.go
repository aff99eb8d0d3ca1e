package registration

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// operation is one thing that was done in a procedure.
type operation struct {
	resource *fhir.Procedure
	item     Procedure
	possible []ProcedureKind
}

// done reports whether it was carried out, wholly or begun.
func (o *operation) done() bool {
	return !o.item.Retracted && (o.item.Status == "completed" || o.item.Status == "in-progress")
}

// is reports whether it is told to be the kind.
func (o *operation) is(kind ProcedureKind) bool { return len(o.possible) == 1 && o.possible[0] == kind }

// day is the local day on which it was done; ok is false when that is not known exactly.
func (o *operation) day() (day mapping.Day, ok bool) {
	date, ok := DateOf(o.item.Start)
	return date.First, ok && date.IsExact()
}

// operations takes the operations on neurostimulators, once all of them and the
// devices are known.
func (r *reader) operations() {
	r.tell()
	for _, o := range r.procedures {
		if len(o.possible) == 1 {
			o.item.Kind = o.possible[0]
		} else {
			o.item.Kind, o.item.Possible = Unspecified, o.possible
			if !o.item.Retracted {
				r.drop(o.resource, "code", "what was done is not told: "+alternatives(o.possible))
			}
		}
		r.out.Procedures = append(r.out.Procedures, o.item)
	}
}

func alternatives(kinds []ProcedureKind) string {
	if len(kinds) == 0 {
		return "any kind"
	}
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	return strings.Join(words, " or ")
}

// operation takes what one procedure says by itself.
func (r *reader) operation(p *fhir.Procedure) {
	what, modality, named := r.said(p)
	erroneous := p.Status == "entered-in-error"
	start, end := period(p.PerformedPeriod, p.PerformedDateTime)
	switch {
	case len(what) == 0 && erroneous && p.Code == nil && p.Category == nil:
		what = done{nil} // withdrawn in case it was one of ours
	case len(what) == 0 && !named:
		r.drop(p, "code", "no operation on a neurostimulator")
		return
	case !erroneous && r.whole(p) != nil:
		r.serve(p)
		r.drop(p, "partOf", "part of another operation of that day, with which it is taken")
		return
	case len(what) == 0:
		what = done{nil}
	case p.Status == "preparation":
		r.drop(p, "status", "planned, not done")
		return
	case r.later(start) && !erroneous:
		r.drop(p, "performed", afterAsOf)
		return
	}
	o, ok := r.origin(p, r.clinic(p, behalf(p), actors(p), []*fhir.Reference{p.Location}, []*fhir.Reference{p.Encounter}))
	if !ok {
		return
	}
	r.serve(p)
	o.Retracted = erroneous
	item := Procedure{Origin: o, Status: cmp.Or(r.status(p, p.Status, procedureStatuses), "unknown"), Modality: modality}
	if !erroneous {
		r.details(p, &item)
		item.Start, item.End = start.Text, end.Text
	}
	for _, kinds := range what {
		one := item
		if len(what) > 1 {
			one.Origin = o.part(partName(kinds))
		}
		r.procedures = append(r.procedures, &operation{p, one, kinds})
	}
}

// partName names one of several operations in a procedure; it stays the same when
// later data tell the kind more exactly.
func partName(kinds []ProcedureKind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return strings.Join(names, "-or-")
}

// hints are concepts beside the code that may tell what the code leaves open.
func (r *reader) hints(p *fhir.Procedure) (concepts []terminology.Concept) {
	concepts = append(concepts, r.concepts(p.Category)...)
	for i := range p.UsedCode {
		concepts = append(concepts, r.concepts(&p.UsedCode[i])...)
	}
	for _, order := range p.BasedOn {
		if request, ok := r.chart.Resolve(p, order).(*fhir.ServiceRequest); ok {
			concepts = append(concepts, r.concepts(request.Code)...)
		}
	}
	return concepts
}

// details takes what a procedure says beside what was done and when.
func (r *reader) details(p *fhir.Procedure, item *Procedure) {
	item.Codings = r.codings(p, "code", p.Code)
	item.Indications = r.reasons(p, item.Origin)
	for i := range p.ReasonCode {
		item.Reasons = append(item.Reasons, r.revisionReason(p, at("reasonCode", i), &p.ReasonCode[i])...)
	}
	for i, d := range p.FocalDevice {
		key, x := r.refer(p, d.Manipulated, "Device")
		if device, ok := x.(*fhir.Device); ok && key != "" {
			r.device(device, true)
		}
		if key == "" {
			r.drop(p, at("focalDevice", i)+".manipulated", "the device did not come along and cannot be recognised")
		} else if !slices.Contains(item.Devices, key) {
			item.Devices = append(item.Devices, key)
		}
	}
	slices.Sort(item.Devices)
	item.Specialty = r.specialty(p)
	if p.Encounter != nil {
		if key, _ := r.refer(p, *p.Encounter, "Encounter"); key != "" {
			item.Encounter = key
		} else {
			r.drop(p, "encounter", "the contact did not come along and cannot be recognised")
		}
	}
	if p.PerformedString != "" || p.PerformedAge != nil || p.PerformedRange != nil {
		r.drop(p, "performed", "no date")
	}
}

// causes are the reasons to revise, exchange or take out, beside complications.
var causes = map[terminology.Concept]string{
	"reason-battery-depleted": "battery-depleted", "reason-loss-of-effect": "loss-of-effect", "reason-patient-request": "patient-request",
}

// revisionReason is our code of a reason, with the public codes beside it.
func (r *reader) revisionReason(p *fhir.Procedure, path string, c *fhir.CodeableConcept) []Coding {
	concepts := r.concepts(c)
	code, ok := meaning(causes, concepts)
	if !ok {
		code, ok = r.complicationKind(concepts, true)
	}
	if !ok {
		if _, indication := meaning(diagnoses, concepts); !indication {
			r.drop(p, path, "no reason that we know")
		}
		return nil
	}
	return append([]Coding{{RevisionReasonSystem, code}}, r.codings(p, path, c)...)
}

func behalf(p *fhir.Procedure) (list []*fhir.Reference) {
	for i := range p.Performer {
		list = append(list, p.Performer[i].OnBehalfOf)
	}
	return list
}

func actors(p *fhir.Procedure) (list []*fhir.Reference) {
	for i := range p.Performer {
		list = append(list, &p.Performer[i].Actor)
	}
	return list
}
