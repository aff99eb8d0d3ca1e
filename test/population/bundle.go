package population

import (
	"encoding/json"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// object is a JSON object.
type object = map[string]any

// Bundle is a registration as a hospital might send it: a collection in FHIR R4, in
// codes of ours where no public code says the same. What is derived (means of pain,
// scores) is not in it, and does not come back.
func Bundle(id string, r *registration.Registration) []byte {
	b := &bundle{id: id}
	b.patient(&r.Patient)
	for i := range r.Indications {
		b.indication(&r.Indications[i])
	}
	for i := range r.Contacts {
		b.contact(&r.Contacts[i])
	}
	for i := range r.Devices {
		b.device(&r.Devices[i])
	}
	for i := range r.Procedures {
		b.procedure(&r.Procedures[i])
	}
	for i := range r.Measurements {
		b.measurement(&r.Measurements[i])
	}
	for i := range r.Medications {
		b.medication(&r.Medications[i])
	}
	for i := range r.Responses {
		b.response(&r.Responses[i])
	}
	for i := range r.Complications {
		b.complication(&r.Complications[i])
	}
	for i := range r.Costs {
		b.cost(&r.Costs[i])
	}
	out, err := json.Marshal(object{"resourceType": "Bundle", "type": "collection", "entry": b.entries})
	if err != nil {
		panic(err) // strings, numbers and lists of them only
	}
	return out
}

type bundle struct {
	id      string
	entries []object
}

// resource starts one with the identifier and the version of its origin.
func (b *bundle) resource(o *registration.Origin) object {
	kind, _, _ := strings.Cut(o.Key, "/")
	r := object{"resourceType": kind, "id": local(o.Key)}
	if system, value, ok := strings.Cut(strings.TrimPrefix(o.Key, kind+"/"), "|"); ok {
		identifier := object{"system": system, "value": value}
		if kind == "QuestionnaireResponse" || kind == "AdverseEvent" {
			r["identifier"] = identifier
		} else {
			r["identifier"] = []object{identifier}
		}
	}
	meta := object{}
	put(meta, "versionId", o.Version)
	put(meta, "lastUpdated", o.Updated)
	if len(meta) > 0 {
		r["meta"] = meta
	}
	b.entries = append(b.entries, object{"resource": r})
	return r
}

// local is the id of the resource of a key.
func local(key string) string {
	_, value, ok := strings.Cut(key, "|")
	if !ok {
		_, value, _ = strings.Cut(key, "/")
	}
	return value
}

func put(to object, name, value string) {
	if value != "" {
		to[name] = value
	}
}

// about is the reference to the patient.
func (b *bundle) about() object { return object{"reference": "Patient/" + b.id} }

func refer(key string) object {
	kind, _, _ := strings.Cut(key, "/")
	return object{"reference": kind + "/" + local(key)}
}

// at is a reference to a clinic by its identifier.
func at(clinic string) object {
	system, value, _ := strings.Cut(clinic, "|")
	return object{"type": "Organization", "identifier": object{"system": system, "value": value}}
}

func own(system, code string) object {
	return object{"coding": []object{{"system": "https://pijnpoort.example/fhir/CodeSystem/" + system, "code": code}}}
}

func concept(codings []registration.Coding) object {
	list := make([]object, len(codings))
	for i, c := range codings {
		list[i] = object{"system": c.System, "code": c.Code}
	}
	return object{"coding": list}
}

func number(s string) json.Number { return json.Number(s) }
