//go:build oracle

package validator

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// fault is one thing that may not be in a bundle, put into the example of a delivery.
type fault struct {
	name string
	// put changes a bundle, whose resources are given by type.
	put func(bundle object, byType map[string]object)
	// refused is a part of the message by which HAPI must refuse it; gofhir tells whether
	// the other validator sees it too.
	refused string
	gofhir  bool
}

type object = map[string]any

func first(o object, key string) object { return o[key].([]any)[0].(object) }

// address is the full URL of the first resource of a type.
func address(bundle object, kind string) any {
	for _, e := range bundle["entry"].([]any) {
		if e.(object)["resource"].(object)["resourceType"] == kind {
			return e.(object)["fullUrl"]
		}
	}
	return nil
}

var faults = []fault{
	{"name", func(_ object, r map[string]object) { r["Patient"]["name"] = []any{object{"family": "Voorbeeld"}} }, "Patient.name: max allowed = 0", true},
	{"address", func(_ object, r map[string]object) { r["Patient"]["address"] = []any{object{"city": "Utrecht"}} }, "Patient.address: max allowed = 0", true},
	{"burgerservicenummer", func(_ object, r map[string]object) {
		i := first(r["Patient"], "identifier")
		i["system"], i["value"] = "http://fhir.nl/fhir/NamingSystem/bsn", "999990019"
	}, "pijnpoort-sid-patient", true},
	{"pseudonym too short", func(_ object, r map[string]object) { first(r["Condition"], "identifier")["value"] = "abc" }, "pijnpoort-pseudonym", false},
	{"pseudonym of another type", func(_ object, r map[string]object) {
		first(r["Condition"], "identifier")["system"] = "https://pijnpoort.example/fhir/sid/procedure/2026-1"
	}, "pijnpoort-sid-condition", true},
	{"narrative", func(_ object, r map[string]object) {
		r["Condition"]["text"] = object{"status": "generated", "div": `<div xmlns="http://www.w3.org/1999/xhtml">x</div>`}
	}, "Condition.text: max allowed = 0", true},
	{"contained", func(_ object, r map[string]object) {
		r["Condition"]["contained"] = []any{object{"resourceType": "Patient", "id": "p"}}
		r["Condition"]["subject"] = object{"reference": "#p"}
	}, "Condition.contained: max allowed = 0", true},
	{"note", func(_ object, r map[string]object) { r["Procedure"]["note"] = []any{object{"text": "x"}} }, "Procedure.note: max allowed = 0", true},
	{"words of a code", func(_ object, r map[string]object) { r["Condition"]["code"].(object)["text"] = "x" }, "Condition.code.text: max allowed = 0", true},
	{"display", func(_ object, r map[string]object) { first(r["Condition"]["code"].(object), "coding")["display"] = "x" }, "display: max allowed = 0", true},
	{"code of the hospital", func(_ object, r map[string]object) {
		code := r["Condition"]["code"].(object)
		code["coding"] = append(code["coding"].([]any), object{"system": "https://ziekenhuis.example/codes", "code": "1"})
	}, "pijnpoort-public", false},
	{"indication that is none", func(_ object, r map[string]object) {
		first(r["Condition"]["code"].(object), "coding")["code"] = "headache"
	}, "headache", false},
	{"wrong system", func(_ object, r map[string]object) {
		first(r["Procedure"]["category"].(object), "coding")["system"] = "http://snomed.info/sct"
	}, "procedure-kind-values", true},
	{"no subject", func(_ object, r map[string]object) { delete(r["Procedure"], "subject") }, "Procedure.subject: minimum required = 1", true},
	{"subject that is no patient", func(bundle object, r map[string]object) {
		r["Procedure"]["subject"] = object{"reference": address(bundle, "Device")}
	}, "Invalid Resource target type", false},
	{"reference to nothing", func(_ object, r map[string]object) {
		r["Procedure"]["subject"] = object{"reference": "urn:uuid:00000000-0000-4000-8000-000000000000"}
	}, "pijnpoort-resolved", false},
	{"day that is none", func(_ object, r map[string]object) { r["Procedure"]["performedDateTime"] = "2024-02-31" }, "2024-02-31", false},
	{"serial number", func(_ object, r map[string]object) { r["Device"]["serialNumber"] = "X1" }, "Device.serialNumber: max allowed = 0", true},
	{"barcode", func(_ object, r map[string]object) { first(r["Device"], "udiCarrier")["carrierHRF"] = "(01)1(21)X1" }, "carrierHRF: max allowed = 0", true},
	{"pain above its scale", func(_ object, r map[string]object) { r["Observation"]["valueQuantity"].(object)["value"] = 11 }, "pijnpoort-pain-scale", true},
	{"pain without value", func(_ object, r map[string]object) { delete(r["Observation"], "valueQuantity") }, "pijnpoort-measured", true},
	{"answer in words", func(_ object, r map[string]object) {
		first(r["QuestionnaireResponse"], "item")["answer"] = []any{object{"valueString": "x"}}
	}, "valueString", true},
	{"words of a question", func(_ object, r map[string]object) {
		first(r["QuestionnaireResponse"], "item")["text"] = "x"
	}, "QuestionnaireResponse.item.text: max allowed = 0", true},
	{"extension of another", func(_ object, r map[string]object) {
		r["Patient"]["extension"] = []any{object{"url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace", "valueAddress": object{"city": "Utrecht"}}}
	}, "Patient.extension: max allowed = 0", true},
	{"criterion that is none", func(_ object, r map[string]object) {
		for _, e := range r["GuidanceResponse"]["extension"].([]any) {
			if strings.HasSuffix(e.(object)["url"].(string), "criterion-outcome") {
				first(e.(object), "extension")["valueCode"] = "no-such-criterion"
			}
		}
	}, "no-such-criterion", false},
	{"profile that is none", func(_ object, r map[string]object) {
		r["Patient"]["meta"] = object{"profile": []any{"https://pijnpoort.example/fhir/StructureDefinition/registry-person|1.0.0"}}
	}, "registry-person", false},
	{"no profile", func(_ object, r map[string]object) { delete(r["Patient"], "meta") }, "pijnpoort-claimed", true},
	{"two patients", func(bundle object, r map[string]object) {
		bundle["entry"] = append(bundle["entry"].([]any), object{"fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000001", "resource": r["Patient"]})
	}, "pijnpoort-one-patient", true},
	{"no receiver", func(bundle object, _ map[string]object) { delete(bundle["meta"].(object), "tag") }, "Bundle.meta.tag: minimum required = 1", true},
}

// example is the delivery that faults are put into.
const example = root + "/profiles/guide/examples/Bundle-example-collection.json"

// faulty gives a bundle per fault, by its name.
func faulty(t *testing.T) map[string][]byte {
	t.Helper()
	document, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	made := map[string][]byte{}
	for _, f := range faults {
		var bundle object
		if err := json.Unmarshal(document, &bundle); err != nil {
			t.Fatal(err)
		}
		byType := map[string]object{}
		for _, e := range bundle["entry"].([]any) {
			resource := e.(object)["resource"].(object)
			if kind := resource["resourceType"].(string); byType[kind] == nil {
				byType[kind] = resource
			}
		}
		f.put(bundle, byType)
		if made[f.name], err = json.Marshal(bundle); err != nil {
			t.Fatal(err)
		}
	}
	return made
}
