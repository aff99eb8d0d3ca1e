package cql

import "time"

// notReimbursed are the conditions for which neuromodulation is not reimbursed;
// "other" stands for one that the standpunt does not name.
var notReimbursed = []string{"phn", "nerve-injury-neuropathy", "angina", "pad", "other"}

var conditionCode = map[string]string{"fbss": "202725007", "fnss": "202723000", "crps": "128200000",
	"pdn": "193184006", "sfn": "709489006", "cch": "230473009",
	"phn": "2177002", "nerve-injury-neuropathy": "73590005", "angina": "315025001", "pad": "399957001", "other": "203082005"}

// recordBeside records the conditions that are not reimbursed, as a Condition or as
// a group of the form; which condition is another one, only the form or the request says.
func (d *draft) recordBeside() {
	for _, name := range d.beside {
		if name == "other" || d.random.Intn(2) == 0 {
			truths(true)(d, name+".confirmed")
		} else {
			d.add(newCondition(conditionCode[name], "confirmed", "active"))
		}
	}
}

// recordReason says for which of the recorded conditions it is asked, if at all: on
// the form or in the request.
func (d *draft) recordReason() {
	recorded := append(append([]string{}, d.indications...), d.beside...)
	names := someOf(d.random, recorded, 1+d.random.Intn(2))
	switch d.random.Intn(4) {
	case 0:
		codes(names...)(d, "reason")
	case 1:
		d.requestFor(names)
	}
}

// requestFor adds a request for SCS with its reasons, by code or, for another
// condition, by reference.
func (d *draft) requestFor(names []string) {
	request := object{"resourceType": "ServiceRequest", "status": "active", "intent": "order", "code": concept(snomed, implantation),
		"authoredOn": d.asOf.Format(time.DateOnly)}
	var reasons []object
	for _, name := range names {
		if name != "other" {
			reasons = append(reasons, concept(snomed, conditionCode[name]))
			continue
		}
		c := newCondition(conditionCode[name], "confirmed", "active")
		c["id"] = d.id + "-other"
		d.add(c)
		request["reasonReference"] = []object{{"reference": "Condition/" + d.id + "-other"}}
	}
	if len(reasons) > 0 {
		request["reasonCode"] = reasons
	}
	d.add(request)
}

// recordImplant records, for some, when a system was implanted: before or after the
// list of care without effect took effect.
func (d *draft) recordImplant() {
	var past []string
	for _, literal := range []string{"2015", "2018-06-30", "2019-12", "2019-12-31", "2020-01-01", "2020", "2020-05-14"} {
		if literal <= d.asOf.Format(time.DateOnly)[:len(literal)] {
			past = append(past, literal)
		}
	}
	at := func() string { return past[d.random.Intn(len(past))] }
	switch d.random.Intn(8) {
	case 0:
		date(at())(d, "existing-implant")
	case 1:
		both(date(at()), date(at()))(d, "existing-implant")
	case 2:
		if len(d.indications) > 0 { // readings after an implantation are not of the intake
			date(at())(d, "existing-implant")
			return
		}
		d.add(object{"resourceType": "Procedure", "status": "completed", "code": concept(snomed, implantation), "performedDateTime": at()})
	}
}

// implantation is the SNOMED CT code for the implantation of a neurostimulator.
const implantation = "3270004"
