package decode_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// generator writes random valid R4 resources, with the elements that the
// structs of package fhir have.
type generator struct {
	*rand.Rand
	comparator bool // may stand in a Quantity; not in a SimpleQuantity
}

// generated are the types it writes.
var generated = []fhir.Resource{
	new(fhir.AdverseEvent), new(fhir.AllergyIntolerance), new(fhir.Appointment), new(fhir.CareTeam), new(fhir.ChargeItem), new(fhir.Condition), new(fhir.Device),
	new(fhir.DeviceRequest), new(fhir.DeviceUseStatement), new(fhir.DiagnosticReport), new(fhir.Encounter), new(fhir.GuidanceResponse),
	new(fhir.ImagingStudy), new(fhir.Location), new(fhir.Medication), new(fhir.MedicationRequest), new(fhir.MedicationStatement),
	new(fhir.Observation), new(fhir.Organization), new(fhir.Patient), new(fhir.Practitioner), new(fhir.PractitionerRole),
	new(fhir.Procedure), new(fhir.Questionnaire), new(fhir.QuestionnaireResponse), new(fhir.ServiceRequest),
}

// resource writes a resource of a random type.
func (g generator) resource() string {
	of := generated[g.IntN(len(generated))]
	members := append([]string{fmt.Sprintf(`"resourceType":%q`, of.Type())}, g.members(reflect.TypeOf(of).Elem(), 0)...)
	return "{" + strings.Join(members, ",") + "}"
}

// required are the elements without which google/fhir refuses a type, beside
// status, intent, subject and patient.
var required = map[string]bool{
	"Observation.code": true, "DiagnosticReport.code": true, "Component.code": true, "Qualification.code": true,
	"Performer.actor": true, "FocalDevice.manipulated": true, "Encounter.class": true, "Appointment.participant": true,
	"DeviceUseStatement.device": true, "ResponseItem.linkId": true, "QuestionnaireItem.linkId": true,
	"QuestionnaireItem.type": true, "AdverseEvent.actuality": true, "ChargeItem.code": true, "SuspectEntity.instance": true, "Annotation.text": true, "Extension.url": true,
	"ImagingSeries.uid": true, "ImagingSeries.modality": true,
}

// choices are the x[x], by the prefix of their elements; true when required.
var choices = map[string]map[string]bool{
	"Condition":           {"onset": false, "abatement": false},
	"Observation":         {"effective": false},
	"Procedure":           {"performed": false},
	"DiagnosticReport":    {"effective": false},
	"MedicationStatement": {"medication": true, "effective": false},
	"MedicationRequest":   {"medication": true, "reported": false},
	"Ingredient":          {"item": true},
	"Dosage":              {"asNeeded": false},
	"DoseAndRate":         {"dose": false, "rate": false},
	"Repeat":              {"bounds": false},
	"Patient":             {"deceased": false},
	"ServiceRequest":      {"occurrence": false},
	"DeviceRequest":       {"code": true},
	"DeviceUseStatement":  {"timing": false},
	"ChargeItem":          {"occurrence": false, "product": false},
	"GuidanceResponse":    {"module": true},
}

// kinds are the types that the value[x] of an owner may have.
var kinds = map[string][]string{
	"Observation":  {"Quantity", "CodeableConcept", "String", "Boolean", "Integer", "Range", "Ratio", "Time", "DateTime", "Period"},
	"Component":    {"Quantity", "CodeableConcept", "String", "Boolean", "Integer", "Range", "Ratio", "Time", "DateTime", "Period"},
	"Answer":       {"Boolean", "Decimal", "Integer", "Date", "DateTime", "Time", "String", "URI", "Coding", "Quantity", "Reference"},
	"AnswerOption": {"Integer", "Date", "Time", "String", "Coding", "Reference"},
}

// members writes the elements of a struct.
func (g generator) members(of reflect.Type, depth int) []string {
	var list []string
	chosen := g.choose(of)
	for i := range of.NumField() {
		field := of.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Type == reflect.TypeFor[fhir.Header]():
			list = append(list, g.header()...)
		case field.Type == reflect.TypeFor[fhir.Value]():
			list = append(list, g.value(of.Name())...)
		case name == "-" || name == "" || name == "extension":
		case field.Type.Kind() == reflect.Slice && depth > 4, name == "comparator" && !g.comparator:
		case g.wanted(of.Name(), name, chosen):
			list = append(list, fmt.Sprintf("%q:%s", name, g.element(field.Type, of.Name(), name, depth)))
		}
	}
	if of == reflect.TypeFor[fhir.Coding]() && g.IntN(8) == 0 {
		list = append(list, `"extension":[{"url":"`+fhir.OrdinalValue+`","valueDecimal":`+g.decimal()+`}]`)
	}
	g.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// choose picks one element of each x[x].
func (g generator) choose(of reflect.Type) map[string]string {
	chosen := map[string]string{}
	for _, prefix := range slices.Sorted(mapKeys(choices[of.Name()])) {
		var names []string
		for i := range of.NumField() {
			if name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ","); isChoice(name, prefix) {
				names = append(names, name)
			}
		}
		if choices[of.Name()][prefix] || g.IntN(2) == 0 {
			chosen[prefix] = names[g.IntN(len(names))]
		} else {
			chosen[prefix] = "none"
		}
	}
	return chosen
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func isChoice(name, prefix string) bool {
	return len(name) > len(prefix) && strings.HasPrefix(name, prefix) && 'A' <= name[len(prefix)] && name[len(prefix)] <= 'Z'
}

func (g generator) wanted(owner, name string, chosen map[string]string) bool {
	for prefix, choice := range chosen {
		if isChoice(name, prefix) {
			return name == choice
		}
	}
	always := name == "status" || name == "intent" || name == "subject" || name == "patient" && owner != "Device"
	return always || required[owner+"."+name] || g.IntN(2) == 0
}

func (g generator) header() []string {
	list := []string{fmt.Sprintf(`"id":"id-%d"`, g.IntN(1000))}
	if g.IntN(2) == 0 {
		list = append(list, `"meta":{"profile":["http://example.org/p"],"lastUpdated":"2024-05-06T07:08:09.123+02:00","versionId":"3"}`)
	}
	return list
}

// value writes a value[x] for an owner.
func (g generator) value(owner string) []string {
	allowed := kinds[owner]
	if owner != "AnswerOption" && g.IntN(4) == 0 {
		return nil
	}
	kind := allowed[g.IntN(len(allowed))]
	g.comparator = kind == "Quantity"
	field, _ := reflect.TypeFor[fhir.Value]().FieldByName(kind)
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return []string{fmt.Sprintf("%q:%s", name, g.element(field.Type, "Value", name, 3))}
}

// element writes the value of an element.
func (g generator) element(of reflect.Type, owner, name string, depth int) string {
	switch {
	case of == reflect.TypeFor[fhir.DateTime]():
		return fmt.Sprintf("%q", g.date(owner, name))
	case of == reflect.TypeFor[fhir.Decimal]():
		if integers[name] {
			return fmt.Sprint(1 + g.IntN(2_000_000_000))
		}
		return g.decimal()
	case of == reflect.TypeFor[fhir.Reference]():
		return g.reference()
	case of.Kind() == reflect.Pointer:
		return g.element(of.Elem(), owner, name, depth)
	case of.Kind() == reflect.Bool:
		return fmt.Sprint(g.IntN(2) == 0)
	case of.Kind() == reflect.Slice:
		var items []string
		for range 1 + g.IntN(2) {
			items = append(items, g.element(of.Elem(), owner, name, depth))
		}
		return "[" + strings.Join(items, ",") + "]"
	case of.Kind() == reflect.Struct:
		members := g.members(of, depth+1)
		if len(members) == 0 { // FHIR has no empty objects
			return `{"id":"x"}`
		}
		return "{" + strings.Join(members, ",") + "}"
	}
	return fmt.Sprintf("%q", g.text(owner, name))
}

var integers = map[string]bool{"valueInteger": true, "sequence": true, "count": true, "countMax": true, "frequency": true, "frequencyMax": true}

func (g generator) decimal() string {
	return []string{"0", "-0.50", "7.10", "3", "1.0E-3", "100000000000000000000.000", "-12.5e+2"}[g.IntN(7)]
}

// reference names no type, since google/fhir checks which types may stand where.
func (g generator) reference() string {
	return fmt.Sprintf(`{"reference":"urn:uuid:0a4f1c1e-93d5-4d35-9d63-1c1f6a5b%04d","display":%q}`, g.IntN(10000), g.words())
}

// date writes at most milliseconds, the precision that google/fhir writes back.
func (g generator) date(owner, name string) string {
	instants := []string{"2024-05-06T07:08:09Z", "2020-02-29T23:59:59.123+01:00", "1999-12-31T00:00:00-05:30"}
	dates := []string{"2024", "2024-05", "2024-02-29", "1970-01-01"}
	switch {
	case name == "issued", name == "effectiveInstant", owner == "Appointment":
		return instants[g.IntN(3)]
	case name == "birthDate", name == "valueDate":
		return dates[g.IntN(4)]
	}
	return append(dates, instants...)[g.IntN(7)]
}

func (g generator) words() string {
	return []string{"x", "é\"\\/\n\t😀", "pijn in het been", "a  b", "<b>&amp;"}[g.IntN(5)]
}

// statuses are the codes of a required binding, by type.
var statuses = map[string][]string{
	"Observation":            {"final", "entered-in-error", "preliminary"},
	"Procedure":              {"completed", "not-done", "in-progress"},
	"ImagingStudy":           {"available"},
	"DiagnosticReport":       {"final", "partial"},
	"MedicationStatement":    {"active", "not-taken", "on-hold"},
	"MedicationRequest":      {"active", "stopped", "draft"},
	"Medication":             {"active", "inactive"},
	"CareTeam":               {"active", "proposed"},
	"Encounter":              {"finished", "planned"},
	"Appointment":            {"booked", "noshow"},
	"AppointmentParticipant": {"accepted", "declined"},
	"ServiceRequest":         {"active", "revoked"},
	"DeviceRequest":          {"active", "completed"},
	"DeviceUseStatement":     {"active", "completed"},
	"Device":                 {"active", "inactive"},
	"QuestionnaireResponse":  {"completed", "amended"},
	"ChargeItem":             {"billable", "billed"},
	"Questionnaire":          {"draft", "active"},
	"GuidanceResponse":       {"success", "data-required"},
}

var texts = map[string]string{
	"intent": "order", "gender": "female", "comparator": "<=", "durationUnit": "h", "periodUnit": "wk", "dayOfWeek": "mon",
	"when": "MORN", "timeOfDay": "08:30:00", "valueTime": "23:59:59", "valueCode": "a b", "valueUri": "urn:x:y",
	"system": "http://snomed.info/sct", "code": "225908003", "url": "http://example.org/q", "definition": "http://example.org/d",
	"questionnaire": "http://example.org/q|1", "answerValueSet": "http://example.org/v", "category": "food", "linkId": "fbss.confirmed", "type": "choice",
	"uid": "1.2.3", "actuality": "potential", "currency": "EUR", "moduleCanonical": "http://example.org/m|1",
}

// text writes a string that the element may have.
func (g generator) text(owner, name string) string {
	if name == "status" {
		return statuses[owner][g.IntN(len(statuses[owner]))]
	}
	if text, ok := texts[name]; ok {
		return text
	}
	return g.words()
}
