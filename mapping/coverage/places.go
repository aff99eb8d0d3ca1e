package coverage

import "github.com/pijnpoort/pijnpoort/fhir"

// place is an element whose meaning the mapping asks for.
type place struct {
	element  string // "Condition.code"
	concept  *fhir.CodeableConcept
	medicine bool // where no code tells the ingredient its name may
}

// places collects the places of one resource and what it contains.
type places struct {
	list []place
	kind string
}

func placesOf(r fhir.Resource) []place {
	var p places
	p.resource(r)
	return p.list
}

func (p *places) one(element string, c *fhir.CodeableConcept) {
	if c != nil {
		p.list = append(p.list, place{element: p.kind + "." + element, concept: c})
	}
}

func (p *places) all(element string, list []fhir.CodeableConcept) {
	for i := range list {
		p.one(element, &list[i])
	}
}

func (p *places) medicine(element string, c *fhir.CodeableConcept) {
	if c != nil {
		p.list = append(p.list, place{element: p.kind + "." + element, concept: c, medicine: true})
	}
}

// prescribed is a medicine by code, or by a reference that has but a name.
func (p *places) prescribed(c *fhir.CodeableConcept, r *fhir.Reference) {
	p.medicine("medicationCodeableConcept", c)
	if r != nil && r.Reference == "" && r.Display != "" {
		p.medicine("medicationReference.display", &fhir.CodeableConcept{Text: r.Display})
	}
}

func (p *places) dosages(element string, list []fhir.Dosage) {
	for i := range list {
		p.one(element+".route", list[i].Route)
	}
}

// resource is the list of what is asked, by type.
func (p *places) resource(r fhir.Resource) {
	p.kind = r.Type()
	switch r := r.(type) {
	case *fhir.Condition:
		p.one("code", r.Code)
		p.all("bodySite", r.BodySite)
	case *fhir.Observation:
		p.observation(r)
	case *fhir.Procedure:
		p.one("category", r.Category)
		p.one("code", r.Code)
		p.all("reasonCode", r.ReasonCode)
		p.all("complication", r.Complication)
	case *fhir.AdverseEvent:
		p.one("event", r.Event)
	case *fhir.ChargeItem:
		p.one("code", r.Code)
	case *fhir.MedicationStatement:
		p.prescribed(r.MedicationCodeableConcept, r.MedicationReference)
		p.dosages("dosage", r.Dosage)
	case *fhir.MedicationRequest:
		p.prescribed(r.MedicationCodeableConcept, r.MedicationReference)
		p.dosages("dosageInstruction", r.DosageInstruction)
	case *fhir.Medication:
		p.medicine("code", r.Code)
		for i := range r.Ingredient {
			p.medicine("ingredient.itemCodeableConcept", r.Ingredient[i].ItemCodeableConcept)
		}
	case *fhir.AllergyIntolerance:
		p.medicine("code", r.Code)
	case *fhir.ImagingStudy:
		p.all("procedureCode", r.ProcedureCode)
	case *fhir.DiagnosticReport:
		p.one("code", r.Code)
	case *fhir.ServiceRequest:
		p.one("code", r.Code)
		p.all("orderDetail", r.OrderDetail)
		p.one("performerType", r.PerformerType)
		p.all("reasonCode", r.ReasonCode)
	case *fhir.DeviceRequest:
		p.one("codeCodeableConcept", r.CodeCodeableConcept)
		p.all("reasonCode", r.ReasonCode)
	case *fhir.Device:
		p.one("type", r.Kind)
	case *fhir.CareTeam:
		for i := range r.Participant {
			p.all("participant.role", r.Participant[i].Role)
		}
	case *fhir.PractitionerRole:
		p.all("code", r.Code)
		p.all("specialty", r.Specialty)
	case *fhir.Practitioner:
		for i := range r.Qualification {
			p.one("qualification.code", r.Qualification[i].Code)
		}
	}
	for _, contained := range r.Head().Contained {
		p.resource(contained)
	}
}

// observation leaves out the coded values: only those of questions that are known
// by their code are read.
func (p *places) observation(o *fhir.Observation) {
	p.one("code", o.Code)
	p.one("bodySite", o.BodySite)
	p.one("method", o.Method)
	for i := range o.Component {
		p.one("component.code", o.Component[i].Code)
	}
}
