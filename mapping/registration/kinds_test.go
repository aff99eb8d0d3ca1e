package registration_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// Each kind of resource: what is taken, as JSON of the list, and what is said of what is not.
func TestOtherResources(t *testing.T) {
	op := procedure("op", concept("proc-revision"), "2024-03-05", `"encounter":{"reference":"Encounter/e"}`)
	gen := `{"resourceType":"Device","id":"g","type":` + concept("device-pulse-generator") + `,"manufacturer":"Voorbeeld","modelNumber":"V1","serialNumber":"S1","identifier":[{"system":"urn:s","value":"1"}]}`
	event := func(more string) string {
		return `{"resourceType":"AdverseEvent","id":"v","actuality":"actual",` + about + `,"date":"2024-05-01"` + more + `}`
	}
	charge := func(more string) string {
		return `{"resourceType":"ChargeItem","id":"c","status":"billed","occurrenceDateTime":"2024-03-05",` + about + more + `}`
	}
	price := `,"priceOverride":{"value":12000.50,"currency":"EUR"}`
	statement := func(medicine, more string) string {
		return `{"resourceType":"MedicationStatement","id":"m",` + about + `,"effectivePeriod":{"start":"2024-01"},"medicationCodeableConcept":` + medicine + more + `}`
	}
	atc := func(value string) string { return code("http://www.whocc.no/atc", value) }
	encounter := func(more string) string {
		return `{"resourceType":"Encounter","id":"e","class":{"code":"AMB"},` + about + `,"period":{"start":"2024-09-01"}` + more + `}`
	}
	nurse := `,"participant":[{"type":[` + concept("role-nurse-specialist") + `]}]`
	for name, c := range map[string]struct {
		resources []string
		list      string
		want      string // JSON
		said      string // "resource: reason"
	}{
		"device":           {[]string{gen}, "devices", `[{"key":"Device/urn:s|1","serial":"S1","manufacturer":"Voorbeeld","model":"V1"}]`, "Device/g: not passed on"},
		"device, in use":   {[]string{gen, `{"resourceType":"DeviceUseStatement","id":"u","status":"completed",` + about + `,"device":{"reference":"Device/g"},"timingPeriod":{"start":"2024-03-05","end":"2024-06"}}`}, "devices", `[{"key":"Device/urn:s|1","serial":"S1","manufacturer":"Voorbeeld","model":"V1","status":"completed","from":"2024-03-05","until":"2024-06"}]`, ""},
		"device in error":  {[]string{strings.Replace(gen, `"id"`, `"status":"entered-in-error","id"`, 1)}, "devices", `[{"key":"Device/urn:s|1","retracted":true}]`, ""},
		"another device":   {[]string{`{"resourceType":"Device","id":"g","type":` + concept("device-peripheral-nerve-stimulator") + `}`}, "devices", ``, "Device/g: nothing in it is registered"},
		"use not resolved": {[]string{`{"resourceType":"DeviceUseStatement","id":"u","status":"active",` + about + `,"device":{"reference":"Device/x"}}`}, "devices", ``, "DeviceUseStatement/u: did not come along"},

		"event by its code":         {[]string{event(`,"event":` + concept("compl-lead-fracture") + `,"seriousness":` + code("http://terminology.hl7.org/CodeSystem/adverse-event-seriousness", "Serious"))}, "complications", `[{"key":"AdverseEvent/v","kind":"lead-fracture","date":"2024-05-01","serious":true}]`, ""},
		"event of a device":         {[]string{gen, event(`,"event":` + code("http://hl7.org/fhir/sid/icd-10", "T85.7") + `,"suspectEntity":[{"instance":{"reference":"Device/g"}}]`)}, "complications", `[{"key":"AdverseEvent/v","kind":"infection","codings":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"T85.7"}],"date":"2024-05-01","device":"Device/urn:s|1"}]`, ""},
		"event of an operation":     {[]string{op, event(`,"event":{"text":"words"},"suspectEntity":[{"instance":{"reference":"Procedure/op"}}]`)}, "complications", `[{"key":"AdverseEvent/v","kind":"other","date":"2024-05-01","procedure":"Procedure/op"}]`, ""},
		"infection of some implant": {[]string{event(`,"event":` + code("http://hl7.org/fhir/sid/icd-10", "T85.7"))}, "complications", ``, "AdverseEvent/v: no neurostimulator is named"},
		"event that did not happen": {[]string{strings.Replace(event(`,"event":`+concept("compl-infection")), `"actual"`, `"potential"`, 1)}, "complications", ``, "AdverseEvent/v: it did not happen"},
		"event of STU3":             {[]string{`{"resourceType":"AdverseEvent","id":"v","category":"AE",` + about + `,"date":"2024-05-01","type":` + concept("compl-hardware") + `}`}, "complications", `[{"key":"AdverseEvent/v","kind":"hardware","date":"2024-05-01"}]`, ""},
		"near miss of STU3":         {[]string{`{"resourceType":"AdverseEvent","id":"v","category":"PAE",` + about + `,"date":"2024-05-01","type":` + concept("compl-hardware") + `}`}, "complications", ``, "AdverseEvent/v: it did not happen"},
		"a diagnosis":               {[]string{condition("d", code("http://hl7.org/fhir/sid/icd-10", "T85.1"), "confirmed", `"onsetDateTime":"2024-05"`, `"abatementDateTime":"2024-07"`)}, "complications", `[{"key":"Condition/d","kind":"hardware","codings":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"T85.1"}],"date":"2024-05","resolvedOn":"2024-07"}]`, ""},
		"a diagnosis refuted":       {[]string{condition("d", concept("compl-infection"), "refuted")}, "complications", `[{"key":"Condition/d","retracted":true,"kind":"infection"}]`, ""},
		"a diagnosis suspected":     {[]string{condition("d", concept("compl-infection"), "provisional")}, "complications", ``, "Condition/d: not confirmed"},
		"of an event once":          {[]string{condition("d", concept("compl-infection"), "confirmed", `"abatementDateTime":"2024-07"`), event(`,"resultingCondition":[{"reference":"Condition/d"}]`)}, "complications", `[{"key":"AdverseEvent/v","kind":"infection","date":"2024-05-01","resolvedOn":"2024-07"}]`, ""},

		"price of material":         {[]string{gen, charge(price + `,"code":{"text":"x"},"productReference":{"reference":"Device/g"}`)}, "costs", `[{"key":"ChargeItem/c","kind":"material","date":"2024-03-05","amount":"12000.5","currency":"EUR","device":"Device/urn:s|1"}]`, ""},
		"price of an operation":     {[]string{op, charge(price + `,"code":{"text":"x"},"service":[{"reference":"Procedure/op"}]`)}, "costs", `[{"key":"ChargeItem/c","kind":"treatment","date":"2024-03-05","amount":"12000.5","currency":"EUR"}]`, ""},
		"price in the contact":      {[]string{op, charge(price + `,"code":{"text":"x"},"context":{"reference":"Encounter/e"}`)}, "costs", `[{"key":"ChargeItem/c","kind":"unspecified","date":"2024-03-05","amount":"12000.5","currency":"EUR"}]`, ""},
		"price by a code":           {[]string{charge(price + `,"code":` + concept("cost-material"))}, "costs", `[{"key":"ChargeItem/c","kind":"material","date":"2024-03-05","amount":"12000.5","currency":"EUR"}]`, ""},
		"price of STU3":             {[]string{charge(`,"priceOverride":{"value":5,"unit":"euro","system":"urn:iso:std:iso:4217","code":"EUR"},"code":` + concept("cost-material"))}, "costs", `[{"key":"ChargeItem/c","kind":"material","date":"2024-03-05","amount":"5","currency":"EUR"}]`, ""},
		"price of something else":   {[]string{charge(price + `,"code":` + concept("tx-tens"))}, "costs", ``, "ChargeItem/c: for no operation"},
		"no amount":                 {[]string{charge(`,"code":` + concept("cost-material"))}, "costs", ``, "ChargeItem/c: no amount"},
		"currency that is none":     {[]string{charge(`,"priceOverride":{"value":5,"currency":"Jan"},"code":` + concept("cost-material"))}, "costs", ``, "ChargeItem/c: without a currency"},
		"no currency":               {[]string{charge(`,"priceOverride":{"value":5},"code":` + concept("cost-material"))}, "costs", ``, "ChargeItem/c: without a currency"},
		"not charged":               {[]string{strings.Replace(charge(price+`,"code":`+concept("cost-material")), "billed", "planned", 1)}, "costs", ``, "ChargeItem/c: planned"},
		"charge entered in error":   {[]string{strings.Replace(charge(price+`,"code":`+concept("cost-material")), "billed", "entered-in-error", 1)}, "costs", `[{"key":"ChargeItem/c","retracted":true,"kind":"material","amount":"","currency":""}]`, ""},
		"opioid":                    {[]string{statement(atc("N02AA05"), `,"status":"active"`)}, "medications", `[{"key":"MedicationStatement/m","codings":[{"system":"http://www.whocc.no/atc","code":"N02AA05"}],"group":"opioid","status":"active","from":"2024-01"}]`, ""},
		"opioid with its dose":      {[]string{statement(atc("N02AA05"), `,"status":"active","dosage":[{"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}},"route":`+code(snomed, "26643006")+`,"doseAndRate":[{"doseQuantity":{"value":20,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}}]}]`)}, "medications", `[{"key":"MedicationStatement/m","codings":[{"system":"http://www.whocc.no/atc","code":"N02AA05"}],"group":"opioid","status":"active","from":"2024-01","dailyMed":"60"}]`, ""},
		"platelet inhibitor":        {[]string{statement(atc("B01AC06"), `,"status":"active"`)}, "medications", `[{"key":"MedicationStatement/m","codings":[{"system":"http://www.whocc.no/atc","code":"B01AC06"}],"group":"anticoagulant","status":"active","from":"2024-01"}]`, ""},
		"by name only":              {[]string{statement(`{"text":"PREGABALINE CAPSULE 75MG"}`, `,"status":"active"`)}, "medications", `[{"key":"MedicationStatement/m","codings":[],"group":"neuropathic","status":"active","from":"2024-01"}]`, "MedicationStatement/m: by name only"},
		"by a product":              {[]string{`{"resourceType":"MedicationRequest","id":"m","status":"active","intent":"order",` + about + `,"authoredOn":"2024-02-01","medicationReference":{"reference":"#x"},"contained":[{"resourceType":"Medication","id":"x","code":` + atc("N03AX16") + `}]}`}, "medications", `[{"key":"MedicationRequest/m","codings":[{"system":"http://www.whocc.no/atc","code":"N03AX16"}],"group":"neuropathic","status":"active","from":"2024-02-01"}]`, ""},
		"status that is none":       {[]string{statement(atc("N02AA05"), `,"status":"mevrouw"`)}, "medications", ``, "MedicationStatement/m: no status that FHIR has here"},
		"not taken":                 {[]string{statement(atc("N02AA05"), `,"status":"not-taken"`)}, "medications", ``, "MedicationStatement/m: not taken"},
		"only planned":              {[]string{`{"resourceType":"MedicationRequest","id":"m","status":"active","intent":"plan",` + about + `,"medicationCodeableConcept":` + atc("N02AA05") + `}`}, "medications", ``, "MedicationRequest/m: planned"},
		"by our own code":           {[]string{statement(code(registration.MedicationGroupSystem, "spasmolytic"), `,"status":"active"`)}, "medications", `[{"key":"MedicationStatement/m","codings":[],"group":"spasmolytic","status":"active","from":"2024-01"}]`, ""},
		"not asked about":           {[]string{statement(atc("C09AA02"), `,"status":"active"`)}, "medications", ``, "MedicationStatement/m: no medicine that is asked about"},
		"medicine entered in error": {[]string{statement(atc("N02AA05"), `,"status":"entered-in-error"`)}, "medications", `[{"key":"MedicationStatement/m","retracted":true,"codings":[],"group":"opioid","status":"entered-in-error"}]`, ""},

		"visit":                     {[]string{encounter(`,"status":"finished"` + nurse)}, "contacts", `[{"key":"Encounter/e","kind":"visit","role":"nurse-specialist","date":"2024-09-01"}]`, ""},
		"virtual":                   {[]string{strings.Replace(encounter(`,"status":"finished"`+nurse), "AMB", "VR", 1)}, "contacts", `[{"key":"Encounter/e","kind":"contact","role":"nurse-specialist","date":"2024-09-01"}]`, ""},
		"not kept":                  {[]string{encounter(`,"status":"cancelled"` + nurse)}, "contacts", ``, "Encounter/e: not a contact that took place"},
		"with somebody unknown":     {[]string{encounter(`,"status":"finished"`)}, "contacts", ``, "Encounter/e: no profession"},
		"by our own kind":           {[]string{encounter(`,"status":"finished","type":[` + code(registration.ContactKindSystem, "visit") + `]`)}, "contacts", `[{"key":"Encounter/e","kind":"visit","date":"2024-09-01"}]`, ""},
		"of an operation":           {[]string{op, encounter(`,"status":"finished"`)}, "contacts", `[{"key":"Encounter/e","kind":"visit","date":"2024-09-01"}]`, ""},
		"appointment":               {[]string{`{"resourceType":"Appointment","id":"x","status":"fulfilled","start":"2024-09-01T10:00:00+02:00","participant":[{"type":[` + concept("role-neurosurgeon") + `],"actor":{"display":"x"},"status":"accepted"},{"actor":{"reference":"Patient/p"},"status":"accepted"}]}`}, "contacts", `[{"key":"Appointment/x","kind":"visit","role":"neurosurgeon","date":"2024-09-01T10:00:00+02:00"}]`, ""},
		"contact entered in error":  {[]string{encounter(`,"status":"entered-in-error"` + nurse)}, "contacts", `[{"key":"Encounter/e","retracted":true,"kind":"visit"}]`, ""},
		"body mass index":           {[]string{`{"resourceType":"Observation","id":"o","status":"final","identifier":[{"system":"urn:o","value":"5"}],` + about + `,"code":` + code("http://loinc.org", "39156-5") + `,"effectiveDateTime":"2024-01-02","valueQuantity":{"value":31.40,"unit":"kg/m2","system":"http://unitsofmeasure.org","code":"kg/m2"}}`}, "measurements", `[{"key":"Observation/urn:o|5","kind":"bmi","date":"2024-01-02","value":"31.4","unit":"kg/m2"}]`, ""},
		"body mass index in error":  {[]string{`{"resourceType":"Observation","id":"o","status":"entered-in-error",` + about + `,"code":` + code("http://loinc.org", "39156-5") + `}`}, "measurements", `[{"key":"Observation/o","retracted":true,"kind":"bmi","value":"","unit":""}]`, ""},
		"visits on a form":          {[]string{`{"resourceType":"QuestionnaireResponse","id":"f","status":"completed","questionnaire":"https://pijnpoort.example/fhir/Questionnaire/neuromodulatie-nazorg",` + about + `,"authored":"2025-01-01","item":[{"linkId":"visit","item":[{"linkId":"visit-date","answer":[{"valueDate":"2024-12-01"}]},{"linkId":"visit-role","answer":[{"valueCoding":{"system":"https://pijnpoort.example/fhir/CodeSystem/intake","code":"neurosurgeon"}}]}]}]}`}, "contacts", `[{"key":"QuestionnaireResponse/f#visit/2024-12-01/neurosurgeon","kind":"visit","role":"neurosurgeon","date":"2024-12-01"}]`, ""},
		"team, that names nobody":   {[]string{`{"resourceType":"CareTeam","id":"t","status":"active","meta":{"lastUpdated":"2025-01-01T10:00:00Z"},` + about + `,"participant":[{"role":[` + concept("role-neurosurgeon") + `],"member":{"reference":"Practitioner/x","display":"naam"}}]}`}, "team", `[{"key":"derived/team/neurosurgeon","updated":"2025-01-01T10:00:00Z","basis":["CareTeam/t"],"role":"neurosurgeon"}]`, ""},
		"event, never known before": {[]string{event(`,"event":{"text":"x"},"suspectEntity":[{"instance":{"reference":"Procedure/sent-before"}},{"instance":{"reference":"Medication/m"}}]`)}, "complications", `[{"key":"AdverseEvent/v","kind":"other","date":"2024-05-01","procedure":"Procedure/sent-before"}]`, "AdverseEvent/v: neither a neurostimulator"},
		"two uses of a device":      {[]string{gen, `{"resourceType":"DeviceUseStatement","id":"u","status":"completed",` + about + `,"device":{"reference":"Device/g"},"timingPeriod":{"start":"2024-03-05"}}`, `{"resourceType":"DeviceUseStatement","id":"w","status":"active",` + about + `,"device":{"reference":"Device/g"},"timingPeriod":{"start":"2023-03-05"}}`}, "devices", `[{"key":"Device/urn:s|1","serial":"S1","manufacturer":"Voorbeeld","model":"V1","status":"active","from":"2023-03-05"}]`, "DeviceUseStatement/w: several statements"},
		"use that is planned":       {[]string{gen, `{"resourceType":"DeviceUseStatement","id":"u","status":"intended",` + about + `,"device":{"reference":"Device/g"}}`}, "devices", `[{"key":"Device/urn:s|1","serial":"S1","manufacturer":"Voorbeeld","model":"V1"}]`, "DeviceUseStatement/u: planned"},
		"two codes of a medicine":   {[]string{statement(`{"coding":[{"system":"`+snomed+`","code":"387173000"},{"system":"http://www.whocc.no/atc","code":"N02AA05"}]}`, `,"status":"active"`)}, "medications", `[{"key":"MedicationStatement/m","codings":[{"system":"http://www.whocc.no/atc","code":"N02AA05"}],"group":"opioid","status":"active","from":"2024-01"}]`, ""},
		"patient, and nobody's key": {nil, "patient", `{"key":"Patient","identifiers":[{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"999900201"}],"birthDate":"1962-08-14","gender":"female"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, fates := of(t, c.resources...)
			body, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			var lists map[string]json.RawMessage
			if err := json.Unmarshal(body, &lists); err != nil {
				t.Fatal(err)
			}
			if got := string(lists[c.list]); got != c.want {
				t.Errorf("got  %s\nwant %s\n%v", got, c.want, fates)
			}
			if resource, reason, ok := strings.Cut(c.said, ": "); ok && !told(fates, resource, reason) {
				t.Errorf("not said: %s\n%v", c.said, fates)
			}
		})
	}
}
