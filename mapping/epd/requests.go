package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// request is what a ServiceRequest and a DeviceRequest have in common.
type request struct {
	entry   *entry
	element string
	codes   []fhir.CodeableConcept // what is asked for, with its details
	reasons []fhir.CodeableConcept
	because []fhir.Reference
	date    string
	found   []finding // of all codes
	about   bool      // neuromodulation
}

// modalities says which treatment a code asks for; an empty one is
// neuromodulation of a kind not told.
var modalities = map[terminology.Concept]string{
	"proc-scs-implant":       "SCS",
	"proc-scs-trial":         "SCS",
	"proc-drg":               "DRGS",
	"proc-ons":               "ONS",
	"proc-ons-generator":     "ONS",
	"proc-intrathecal-pump":  "ITDD",
	"device-neurostimulator": "",
}

// settleRequests takes the modality and the reason from requests for
// neuromodulation, and referrals to a psychiatrist.
func (m *mapper) settleRequests() {
	answered := len(m.record.Fact("modality").Values) > 0
	var open []*request // whose code tells nothing, not even that a test is asked for
	about := 0
	for _, e := range m.requests {
		r, ok := m.request(e)
		if !ok {
			continue
		}
		m.modality(r)
		if s, is := e.resource.(*fhir.ServiceRequest); is {
			m.referral(e, s)
		}
		switch {
		case r.about:
			about++
			m.reasons(r)
		case e.used:
		case len(r.found) > 0:
			e.ignore(r.element, noFact)
		case r.isTest():
			e.ignore(r.element, noConcept)
		default:
			open = append(open, r)
		}
	}
	// There is no verified code for some modalities. Where the form gives one and
	// just one request could be meant, that is the request.
	if answered && about == 0 && len(open) == 1 {
		m.reasons(open[0])
		if open[0].entry.used {
			m.issue(open[0].entry, fhir.SeverityInformation, "informational", open[0].element,
				"taken to be the request for the modality that was answered: its code is not known, and there is no other")
		}
	}
	for _, r := range open {
		for i := range r.codes {
			m.unmapped(r.entry, r.element, &r.codes[i])
		}
		r.entry.ignore(r.element, noConcept)
	}
}

// request reads what is asked for; ok is false when the request does not stand.
func (m *mapper) request(e *entry) (*request, bool) {
	r := &request{entry: e, element: "code"}
	var status string
	var at fhir.DateTime
	barred := false
	switch s := e.resource.(type) {
	case *fhir.ServiceRequest:
		status, at = s.Status, s.AuthoredOn
		barred = s.DoNotPerform != nil && *s.DoNotPerform
		if s.Code != nil {
			r.codes = append(r.codes, *s.Code)
		}
		r.codes = append(r.codes, s.OrderDetail...)
		r.reasons, r.because = s.ReasonCode, s.ReasonReference
	case *fhir.DeviceRequest:
		status, at, r.element = s.Status, s.AuthoredOn, "codeCodeableConcept"
		if s.CodeCodeableConcept != nil {
			r.codes = append(r.codes, *s.CodeCodeableConcept)
		}
		if s.CodeReference != nil {
			if device, ok := m.chart.Resolve(s, *s.CodeReference).(*fhir.Device); ok && device.Kind != nil {
				m.use(device)
				r.element = "codeReference"
				r.codes = append(r.codes, *device.Kind)
			}
		}
		r.reasons, r.because = s.ReasonCode, s.ReasonReference
	}
	r.date = at.Text
	switch {
	case status == "revoked" || status == "entered-in-error":
		e.ignore("status", statusReason(status))
	case barred:
		e.ignore("doNotPerform", "an order not to do it")
	case m.later(at):
		e.ignore("authoredOn", afterAsOf)
	default:
		return r, true
	}
	return nil, false
}

// modality takes which neuromodulation is asked for.
func (m *mapper) modality(r *request) {
	for i := range r.codes {
		element := r.element
		if i > 0 && element == "code" {
			element = indexed("orderDetail", i-1)
		}
		found := m.find(&r.codes[i])
		r.found = append(r.found, found...)
		for j := range found {
			code, ok := modalities[found[j].concept]
			r.about = r.about || ok
			if code != "" {
				m.add(r.entry, "modality", mapping.CodeValue(code, r.entry.tells(element, &found[j], r.date)))
			}
		}
		for j, c := range r.codes[i].Coding {
			if c.System == mapping.IntakeSystem && isModality(c.Code) {
				r.about = true
				m.add(r.entry, "modality", mapping.CodeValue(c.Code, r.entry.says(indexed(element+".coding", j), c.Code, r.date)))
			}
		}
	}
}

// isTest reports whether a laboratory test or measurement is asked for.
func (r *request) isTest() bool {
	for i := range r.codes {
		for _, c := range r.codes[i].Coding {
			if c.System == loinc {
				return true
			}
		}
	}
	return false
}

func isModality(code string) bool {
	return code == "SCS" || code == "DRGS" || code == "ONS" || code == "ITDD"
}
