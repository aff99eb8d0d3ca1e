package neuromodulation

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
	"github.com/pijnpoort/pijnpoort/validation"
)

// order is an order of the call that asks for neuromodulation.
type order struct {
	name string // "Type/id"
	// step is the step of care that it asks for; byRecord leaves that to what is recorded.
	step validation.Phase
}

// byRecord: the order's code fits a trial as well as a definitive system.
const byRecord validation.Phase = ""

// placements are the concepts that ask for neuromodulation, with the step that they
// ask for. A trial is judged by what must hold before it begins.
var placements = map[terminology.Concept]validation.Phase{
	"proc-scs-trial":         validation.Preparation,
	"proc-ons-generator":     validation.Definitive,
	"device-neurostimulator": validation.Definitive,
	"proc-scs-implant":       byRecord,
	"proc-drg":               byRecord,
	"proc-ons":               byRecord,
	"proc-intrathecal-pump":  byRecord,
}

// replaceable are placements that for a patient who has a system are as likely a new
// generator for it, on which the standpunt says nothing.
var replaceable = map[terminology.Concept]bool{"device-neurostimulator": true}

// patientReferral is the code of sending a patient to a colleague, who is to judge. It stands as
// the category of an order, or as its code, with what for in the detail or the reason.
var patientReferral = fhir.Coding{System: "http://snomed.info/sct", Code: "3457005"}

// neuromodulation are the orders of the call that ask for neuromodulation: by a code for
// it, or because what is known of neuromodulation rests on them.
func (c *chart) neuromodulation(record *mapping.Record, codes *terminology.Terminology) []order {
	var list []order
	implanted := len(record.Fact("implant-date").Values) > 0
	for _, r := range c.Resources {
		name := fhir.Name(r)
		if !slices.Contains(c.orders, name) {
			continue
		}
		step, asks := c.step(r, codes, implanted)
		if asks || restsOn(record, name) {
			list = append(list, order{name, step})
		}
	}
	return list
}

// restsOn reports whether a request for neuromodulation was read from a resource.
func restsOn(record *mapping.Record, name string) bool {
	for _, fact := range []string{"modality", "reason"} {
		for _, v := range record.Fact(fact).Values {
			if slices.ContainsFunc(v.Evidence, func(e mapping.Evidence) bool { return e.Resource == name }) {
				return true
			}
		}
	}
	return false
}

// step is the step of care that an order asks for by its codes; asks is false when none
// of them is for neuromodulation, or when the order does not stand.
func (c *chart) step(r fhir.Resource, codes *terminology.Terminology, implanted bool) (step validation.Phase, asks bool) {
	var concepts []fhir.CodeableConcept
	switch r := r.(type) {
	case *fhir.ServiceRequest:
		if !stands(r.Status) || r.DoNotPerform != nil && *r.DoNotPerform {
			return byRecord, false
		}
		if slices.ContainsFunc(r.Category, isReferral) || r.Code != nil && isReferral(*r.Code) {
			return validation.Referral, false // what for, the mapping tells
		}
		concepts = slices.Clone(r.OrderDetail)
		if r.Code != nil {
			concepts = append(concepts, *r.Code)
		}
	case *fhir.DeviceRequest:
		if !stands(r.Status) {
			return byRecord, false
		}
		if r.CodeCodeableConcept != nil {
			concepts = append(concepts, *r.CodeCodeableConcept)
		}
		if r.CodeReference != nil {
			if device, ok := c.Resolve(r, *r.CodeReference).(*fhir.Device); ok && device.Kind != nil {
				concepts = append(concepts, *device.Kind)
			}
		}
	}
	for i := range concepts {
		for _, concept := range codes.Match(&concepts[i]).Concepts() {
			of, placement := placements[concept]
			if placement && !(implanted && replaceable[concept]) {
				step, asks = later(step, of), true
			}
		}
	}
	return step, asks
}

func stands(status string) bool { return status != "revoked" && status != "entered-in-error" }

func isReferral(c fhir.CodeableConcept) bool {
	return slices.ContainsFunc(c.Coding, func(coding fhir.Coding) bool {
		return coding.System == patientReferral.System && coding.Code == patientReferral.Code
	})
}

// later is the later of two steps of care.
func later(a, b validation.Phase) validation.Phase {
	if slices.Index(validation.Phases, b) > slices.Index(validation.Phases, a) {
		return b
	}
	return a
}

// phaseOf is the phase to judge when these are ordered for a patient who is in a phase by
// the record. Several orders are judged by the furthest step.
func phaseOf(orders []order, recorded validation.Phase) validation.Phase {
	if len(orders) == 0 {
		return recorded
	}
	step := byRecord
	for _, o := range orders {
		step = later(step, o.step)
	}
	switch {
	case step != byRecord:
		return step
	case recorded == validation.Trial: // who orders a placement while the trial runs, orders the definitive one
		return validation.Definitive
	case slices.Contains([]validation.Phase{validation.Aftercare, validation.Doubt, validation.Centre}, recorded):
		return validation.Preparation // an order for a patient who has a system begins a new course
	}
	return recorded
}

// terminology is what codes mean at the site.
func (o Options) terminology() *terminology.Terminology {
	switch {
	case o.Adviser.Terminology != nil:
		return o.Adviser.Terminology()
	case o.Adviser.Mapping.Terminology != nil:
		return o.Adviser.Mapping.Terminology
	}
	return terminology.Embedded()
}

// fetchDispatched fetches orders that are being dispatched and did not come along; it
// reports whether there is more to read now, in call.Data.
func fetchDispatched(call *cdshooks.Call, c *chart) (further bool) {
	var queries []string
	for _, reference := range call.Context.DispatchedOrders {
		parts := relative.FindStringSubmatch(reference)
		known := slices.ContainsFunc(c.Resources, func(r fhir.Resource) bool { return fhir.Name(r) == reference })
		if !known && parts != nil && (parts[1] == "ServiceRequest" || parts[1] == "DeviceRequest") {
			queries = append(queries, reference)
		}
	}
	if queries == nil {
		return false
	}
	for _, datum := range call.Fetch(queries...) {
		if datum.State == cdshooks.Complete {
			call.Data, further = append(call.Data, datum), true
		}
	}
	return further
}
