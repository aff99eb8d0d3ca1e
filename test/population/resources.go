package population

import "github.com/pijnpoort/pijnpoort/mapping/registration"

func (b *bundle) patient(p *registration.Patient) {
	r := b.resource(&p.Origin)
	r["id"] = b.id
	var identifiers []object
	for _, i := range p.Identifiers {
		identifiers = append(identifiers, object{"system": i.System, "value": i.Value})
	}
	r["resourceType"], r["identifier"] = "Patient", identifiers
	put(r, "birthDate", p.BirthDate)
	put(r, "gender", p.Gender)
}

func (b *bundle) indication(i *registration.Indication) {
	r := b.resource(&i.Origin)
	r["subject"], r["code"] = b.about(), own("indication", i.Code)
	r["clinicalStatus"] = object{"coding": []object{{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": i.ClinicalStatus}}}
	r["verificationStatus"] = object{"coding": []object{{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status",
		"code": map[bool]string{true: "confirmed", false: "provisional"}[i.Confirmed]}}}
	put(r, "onsetDateTime", i.Onset)
	put(r, "recordedDate", i.Recorded)
}

func (b *bundle) contact(c *registration.Contact) {
	r := b.resource(&c.Origin)
	r["status"], r["subject"] = "finished", b.about()
	r["class"] = object{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": map[string]string{"visit": "AMB", "contact": "VR"}[c.Kind]}
	r["period"] = object{"start": c.Date}
	r["participant"] = []object{{"type": []object{own("intake", c.Role)}}}
	r["serviceProvider"] = at(c.Clinic)
}

func (b *bundle) device(d *registration.Device) {
	r := b.resource(&d.Origin)
	r["patient"] = b.about()
	put(r, "manufacturer", d.Manufacturer)
	put(r, "modelNumber", d.Model)
	put(r, "serialNumber", d.Serial)
	if d.UDI != "" {
		r["udiCarrier"] = []object{{"deviceIdentifier": d.UDI}}
	}
	use := b.resource(&registration.Origin{Key: "DeviceUseStatement/use-" + local(d.Key), Updated: d.Updated})
	period := object{}
	put(period, "start", d.From)
	put(period, "end", d.Until)
	use["status"], use["subject"], use["device"], use["timingPeriod"] = d.Status, b.about(), refer(d.Key), period
}

func (b *bundle) procedure(p *registration.Procedure) {
	r := b.resource(&p.Origin)
	r["status"], r["subject"] = p.Status, b.about()
	if p.Kind == registration.Unspecified {
		r["code"] = concept(p.Codings)
	} else {
		r["category"] = own("procedure-kind", string(p.Kind))
	}
	if p.Modality != "" {
		r["extension"] = []object{{"url": "https://pijnpoort.example/fhir/StructureDefinition/modality", "valueCode": p.Modality}}
	}
	put(r, "performedDateTime", p.Start)
	performer := object{"actor": at(p.Clinic)}
	if p.Specialty != "" {
		performer["function"] = own("intake", p.Specialty)
	}
	r["performer"] = []object{performer}
	var reasons, devices []object
	for _, key := range p.Indications {
		reasons = append(reasons, refer(key))
	}
	for _, key := range p.Devices {
		devices = append(devices, object{"manipulated": refer(key)})
	}
	if reasons != nil {
		r["reasonReference"] = reasons
	}
	if devices != nil {
		r["focalDevice"] = devices
	}
	if p.Reasons != nil {
		r["reasonCode"] = []object{concept(p.Reasons)}
	}
	if p.Encounter != "" {
		r["encounter"] = refer(p.Encounter)
	}
}

func (b *bundle) measurement(m *registration.Measurement) {
	if m.Kind != "bmi" {
		return
	}
	r := b.resource(&m.Origin)
	r["status"], r["subject"], r["effectiveDateTime"] = "final", b.about(), m.Date
	r["code"] = object{"coding": []object{{"system": "http://loinc.org", "code": "39156-5"}}}
	r["valueQuantity"] = object{"value": number(m.Value), "unit": "kg/m2", "system": "http://unitsofmeasure.org", "code": "kg/m2"}
}

func (b *bundle) medication(m *registration.Medication) {
	r := b.resource(&m.Origin)
	r["status"], r["subject"], r["medicationCodeableConcept"] = m.Status, b.about(), concept(m.Codings)
	r["effectivePeriod"] = object{"start": m.From}
}

func (b *bundle) response(q *registration.Response) {
	r := b.resource(&q.Origin)
	var items []object
	for _, a := range q.Answers {
		answer := object{}
		if a.Coding != nil {
			answer["valueCoding"] = object{"system": a.Coding.System, "code": a.Coding.Code}
		} else {
			answer["valueDecimal"] = number(a.Number)
		}
		items = append(items, object{"linkId": a.LinkID, "answer": []object{answer}})
	}
	r["questionnaire"], r["status"], r["subject"], r["authored"], r["item"] = q.Questionnaire, q.Status, b.about(), q.Date, items
}

func (b *bundle) complication(c *registration.Complication) {
	r := b.resource(&c.Origin)
	r["actuality"], r["subject"], r["date"], r["event"] = "actual", b.about(), c.Date, own("complication", c.Kind)
	if c.Serious != nil {
		r["seriousness"] = object{"coding": []object{{"system": "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness",
			"code": map[bool]string{true: "Serious", false: "Non-serious"}[*c.Serious]}}}
	}
	if c.Device != "" {
		r["suspectEntity"] = []object{{"instance": refer(c.Device)}}
	}
	r["location"] = at(c.Clinic)
}

func (b *bundle) cost(c *registration.Cost) {
	r := b.resource(&c.Origin)
	r["status"], r["subject"], r["occurrenceDateTime"], r["code"] = "billed", b.about(), c.Date, own("cost-kind", c.Kind)
	r["priceOverride"] = object{"value": number(c.Amount), "currency": c.Currency}
	r["performingOrganization"] = at(c.Clinic)
	if c.Device != "" {
		r["productReference"] = refer(c.Device)
	}
}
