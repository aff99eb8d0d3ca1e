package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// complicationKind is the kind of complication that concepts mean. A code for the
// infection of some implant means ours only where the context ties it to one.
func (r *reader) complicationKind(concepts []terminology.Concept, tied bool) (kind string, ok bool) {
	for _, c := range concepts {
		if kind, ok := strings.CutPrefix(string(c), "compl-"); ok {
			return kind, true
		}
	}
	switch {
	case slices.Contains(concepts, "proc-complication"):
		return "hardware", true
	case tied && slices.Contains(concepts, "proc-complication-unspecific"):
		return "infection", true
	}
	return "", false
}

// complications takes adverse events, complications of operations, and diagnoses that
// are complications.
func (r *reader) complications() {
	each(r, r.adverseEvent)
	for _, o := range r.procedures {
		if !o.item.Retracted {
			r.ofOperation(o)
		}
	}
	each(r, r.complicationDiagnosis)
}

func (r *reader) adverseEvent(a *fhir.AdverseEvent) {
	if a.Actuality == "potential" {
		r.drop(a, "actuality", "it did not happen")
		return
	}
	when, path := a.Date, "date"
	if when.IsZero() {
		when, path = a.Detected, "detected"
	}
	if when.IsZero() {
		when, path = a.RecordedDate, "recordedDate"
	}
	if r.later(when) {
		r.drop(a, path, afterAsOf)
		return
	}
	one := Complication{Date: when.Text}
	for i, s := range a.SuspectEntity {
		key, x := r.refer(a, s.Instance, "Device")
		if key == "" {
			key, x = r.refer(a, s.Instance, "Procedure")
		}
		switch {
		case slices.ContainsFunc(r.out.Devices, func(d Device) bool { return d.Key == key }):
			one.Device = least(one.Device, key)
		case r.operationOf(key) != "":
			one.Procedure = least(one.Procedure, r.operationOf(key))
		case x == nil && strings.HasPrefix(key, "Device/"):
			one.Device = least(one.Device, key)
		case x == nil && strings.HasPrefix(key, "Procedure/"):
			one.Procedure = least(one.Procedure, key)
		default:
			r.drop(a, at("suspectEntity", i), "neither a neurostimulator nor an operation on one")
		}
	}
	concepts := r.concepts(a.Event)
	codings := r.codings(a, "event", a.Event)
	resulting := ""
	for _, reference := range a.ResultingCondition {
		if c, ok := r.chart.Resolve(a, reference).(*fhir.Condition); ok {
			concepts = append(concepts, r.concepts(c.Code)...)
			if abated, _ := period(c.AbatementPeriod, c.AbatementDateTime); !abated.IsZero() {
				resulting = abated.Text
			}
			if _, ok := r.complicationKind(r.concepts(c.Code), true); ok {
				r.serve(c)
			}
		}
	}
	tied := one.Device != "" || one.Procedure != ""
	kind, ok := r.complicationKind(concepts, tied)
	switch {
	case ok:
	case tied:
		kind = "other"
	default:
		r.drop(a, "event", "no complication of neuromodulation, and no neurostimulator is named")
		return
	}
	o, ok := r.origin(a, r.clinic(a, []*fhir.Reference{a.Location}, []*fhir.Reference{a.Encounter}))
	if !ok {
		return
	}
	r.serve(a)
	one.Origin, one.Kind, one.Codings, one.ResolvedOn = o, kind, codings, resulting
	one.Serious = seriousness(a.Seriousness)
	r.out.Complications = append(r.out.Complications, one)
}

// operationOf is the key of an operation taken from the procedure with the key.
func (r *reader) operationOf(key string) string {
	for _, o := range r.procedures {
		if own := o.item.Key; key != "" && (own == key || strings.HasPrefix(own, key+"#")) {
			return own
		}
	}
	return ""
}

// least keeps the first key in the alphabet, so that order has no say.
func least(a, b string) string {
	if a == "" || b < a {
		return b
	}
	return a
}

// seriousness reads http://terminology.hl7.org/CodeSystem/adverse-event-seriousness;
// nil when not told.
func seriousness(c *fhir.CodeableConcept) *bool {
	if c != nil {
		for _, coding := range c.Coding {
			switch coding.Code {
			case "Serious", "serious":
				return new(true)
			case "Non-serious", "non-serious":
				return new(false)
			}
		}
	}
	return nil
}

// ofOperation takes the complications that an operation names itself.
func (r *reader) ofOperation(o *operation) {
	p := o.resource
	if i := strings.IndexByte(o.item.Key, '#'); i >= 0 && r.operationOf(o.item.Key[:i]) != o.item.Key {
		return // another part of the procedure has them
	}
	for i := range p.Complication {
		path := at("complication", i)
		kind, ok := r.complicationKind(r.concepts(&p.Complication[i]), true)
		if !ok {
			r.drop(p, path, "no complication that we know")
			continue
		}
		one := Complication{
			Origin: o.item.part("complication." + kind), Kind: kind, Date: o.item.Start,
			Codings: r.codings(p, path, &p.Complication[i]), Procedure: o.item.Key,
		}
		if len(o.item.Devices) == 1 {
			one.Device = o.item.Devices[0]
		}
		r.out.Complications = append(r.out.Complications, one)
	}
}

// complicationDiagnosis takes a diagnosis that is a complication of our treatment by
// its code alone, unless an adverse event told it already.
func (r *reader) complicationDiagnosis(c *fhir.Condition) {
	if r.served[c] {
		return
	}
	concepts := r.concepts(c.Code)
	kind, ok := r.complicationKind(concepts, false)
	if !ok {
		if _, vague := r.complicationKind(concepts, true); vague {
			r.drop(c, "code", "an infection of some implant; that it is a neurostimulator is not told")
		}
		return
	}
	onset, _ := period(c.OnsetPeriod, c.OnsetDateTime)
	if onset.IsZero() {
		onset = c.RecordedDate
	}
	sure := verification(c)
	erroneous := sure == "entered-in-error" || sure == "refuted"
	switch {
	case erroneous:
	case sure != "confirmed":
		r.drop(c, "verificationStatus", "not confirmed")
		return
	case r.later(onset):
		r.drop(c, "onset", afterAsOf)
		return
	}
	o, ok := r.origin(c, r.clinic(c, []*fhir.Reference{c.Encounter}))
	if !ok {
		return
	}
	r.serve(c)
	one := Complication{Origin: o, Kind: kind}
	if one.Retracted = erroneous; !erroneous {
		abated, _ := period(c.AbatementPeriod, c.AbatementDateTime)
		one.Date, one.ResolvedOn = onset.Text, abated.Text
		one.Codings = r.codings(c, "code", c.Code)
	}
	r.out.Complications = append(r.out.Complications, one)
}
