package decode_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each pair must give the same resource: the first as STU3 has it, the second as R4.
func TestSTU3IsConverted(t *testing.T) {
	for name, c := range map[string]struct{ kind, stu3, r4 string }{
		"clinicalStatus": {"Condition", `"clinicalStatus":"active"`,
			`"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]}`},
		"verificationStatus": {"Condition", `"verificationStatus":"refuted"`,
			`"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"refuted"}]}`},
		"verificationStatus unknown": {"Condition", `"verificationStatus":"unknown"`, `"code":{"x":1}`},
		"assertedDate":               {"Condition", `"assertedDate":"2020"`, `"recordedDate":"2020"`},
		"context":                    {"Condition", `"context":{"reference":"Encounter/1"}`, `"encounter":{"reference":"Encounter/1"}`},
		"abatementBoolean": {"Condition", `"clinicalStatus":"active","abatementBoolean":true`,
			`"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"inactive"}]}`},
		"abatementBoolean false": {"Condition", `"abatementBoolean":false,"recordedDate":"2020"`, `"recordedDate":"2020"`},
		"allergy status": {"AllergyIntolerance", `"verificationStatus":"confirmed","assertedDate":"2021"`,
			`"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"confirmed"}]},"recordedDate":"2021"`},
		"notDone":              {"Procedure", `"status":"completed","notDone":true,"notDoneReason":{"text":"x"}`, `"status":"not-done","statusReason":{"text":"x"}`},
		"done":                 {"Procedure", `"notDone":false,"status":"completed"`, `"status":"completed"`},
		"notDone in error":     {"Procedure", `"notDone":true,"status":"entered-in-error"`, `"status":"entered-in-error"`},
		"status suspended":     {"Procedure", `"status":"suspended"`, `"status":"on-hold"`},
		"status aborted":       {"Procedure", `"status":"aborted"`, `"status":"stopped"`},
		"performer.role":       {"Procedure", `"performer":[{"role":{"text":"x"},"actor":{"display":"y"}}]`, `"performer":[{"function":{"text":"x"},"actor":{"display":"y"}}]`},
		"taken n":              {"MedicationStatement", `"status":"active","taken":"n","reasonNotTaken":[{"text":"x"}]`, `"status":"not-taken","statusReason":[{"text":"x"}]`},
		"taken y":              {"MedicationStatement", `"status":"active","taken":"y"`, `"status":"active"`},
		"taken na":             {"MedicationStatement", `"status":"active","taken":"na"`, `"status":"active"`},
		"taken unk":            {"MedicationStatement", `"status":"active","taken":"unk"`, `"status":"unknown"`},
		"taken in error":       {"MedicationStatement", `"status":"entered-in-error","taken":"n"`, `"status":"entered-in-error"`},
		"requester.agent":      {"MedicationRequest", `"status":"active","requester":{"agent":{"reference":"Practitioner/1"}}`, `"status":"active"`},
		"one category":         {"MedicationRequest", `"category":{"text":"x"}`, `"category":[{"text":"x"}]`},
		"dose in dosage":       {"MedicationRequest", `"dosageInstruction":[{"doseQuantity":{"value":1},"rateRatio":{"numerator":{"value":2}}}]`, `"dosageInstruction":[{"doseAndRate":[{"doseQuantity":{"value":1},"rateRatio":{"numerator":{"value":2}}}]}]`},
		"dose range in dosage": {"MedicationStatement", `"dosage":[{"doseRange":{"low":{"value":1}}}]`, `"dosage":[{"doseAndRate":[{"doseRange":{"low":{"value":1}}}]}]`},
		"ingredient.amount":    {"Medication", `"ingredient":[{"amount":{"numerator":{"value":5}}}]`, `"ingredient":[{"strength":{"numerator":{"value":5}}}]`},
		"comment":              {"Observation", `"comment":"x"`, `"note":[{"text":"x"}]`},
		"related":              {"Observation", `"related":[{"type":"has-member","target":{"display":"x"}},{"type":"derived-from","target":{"display":"y"}}]`, `"hasMember":[{"display":"x"}],"derivedFrom":[{"display":"y"}]`},
		"one interpretation":   {"Observation", `"interpretation":{"text":"x"}`, `"interpretation":[{"text":"x"}]`},
		"parent":               {"QuestionnaireResponse", `"parent":[{"display":"x"}],"context":{"display":"y"}`, `"partOf":[{"display":"x"}],"encounter":{"display":"y"}`},
		"questionnaire":        {"QuestionnaireResponse", `"questionnaire":{"reference":"Questionnaire/odi"}`, `"questionnaire":"Questionnaire/odi"`},
		"option":               {"Questionnaire", `"item":[{"linkId":"1","option":[{"valueInteger":1}]}]`, `"item":[{"linkId":"1","answerOption":[{"valueInteger":1}]}]`},
		"whenUsed":             {"DeviceUseStatement", `"whenUsed":{"start":"2020"},"indication":[{"text":"x"}]`, `"timingPeriod":{"start":"2020"},"reasonCode":[{"text":"x"}]`},
		"intent":               {"DeviceRequest", `"intent":{"coding":[{"code":"order"}]}`, `"intent":"order"`},
		"udi":                  {"Device", `"udi":{"carrierHRF":"x"},"model":"y"`, `"udiCarrier":[{"carrierHRF":"x"}],"modelNumber":"y"`},
		"reason":               {"Encounter", `"reason":[{"text":"x"}]`, `"reasonCode":[{"text":"x"}]`},
		"imaging":              {"ImagingStudy", `"patient":{"reference":"Patient/1"},"modalityList":[{"code":"MR"}]`, `"subject":{"reference":"Patient/1"},"modality":[{"code":"MR"}]`},
		"codedDiagnosis":       {"DiagnosticReport", `"codedDiagnosis":[{"text":"x"}],"category":{"text":"y"}`, `"conclusionCode":[{"text":"x"}],"category":[{"text":"y"}]`},
		"one role":             {"CareTeam", `"participant":[{"role":{"text":"x"}}]`, `"participant":[{"role":[{"text":"x"}]}]`},
		"stop type": {"MedicationRequest",
			`"status":"active","context":{},"modifierExtension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/zib-Medication-StopType","valueCodeableConcept":{"coding":[{"system":"urn:oid:2.16.840.1.113883.2.4.3.11.60.20.77.5.2.1","code":"2"}]}}]`,
			`"status":"stopped","modifierExtension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-StopType","valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"410546004"}]}}]`},
	} {
		t.Run(name, func(t *testing.T) {
			stu3 := read(t, `{"resourceType":"`+c.kind+`","id":"x",`+c.stu3+`}`)
			r4 := read(t, `{"resourceType":"`+c.kind+`","id":"x",`+c.r4+`}`)
			if len(stu3.Resources) != 1 || len(r4.Resources) != 1 {
				t.Fatalf("rejected %v, %v", stu3.Rejected, r4.Rejected)
			}
			ignore := cmp.Options{}
			switch name {
			case "verificationStatus unknown": // the R4 side needs some element
				ignore = append(ignore, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Code" }, cmp.Ignore()))
			case "stop type": // kept as sent
				ignore = append(ignore, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Extension" }, cmp.Ignore()))
			}
			if diff := cmp.Diff(r4.Resources[0], stu3.Resources[0], same, ignore); diff != "" {
				t.Error(diff)
			}
			if !stu3.Resources[0].Head().Origin.STU3 || len(stu3.Issues) != 1 || stu3.Issues[0].Code != "informational" || stu3.Issues[0].Resource != c.kind+"/x" {
				t.Errorf("not marked: %+v %v", stu3.Resources[0].Head().Origin, stu3.Issues)
			}
			if r4.Resources[0].Head().Origin.STU3 || len(r4.Issues) != 0 {
				t.Errorf("R4 marked as STU3: %v", r4.Issues)
			}
		})
	}
}

func TestSTU3AndR4MixedInOneResourceIsRejected(t *testing.T) {
	for name, c := range map[string]struct{ resource, reason string }{
		"two dates":          {condition(`"recordedDate":"2020","assertedDate":"2021"`), "more than one recordedDate[x]"},
		"two encounters":     {condition(`"context":{},"encounter":{}`), "more than one encounter[x]"},
		"dose beside R4":     {`{"resourceType":"MedicationStatement","dosage":[{"doseAndRate":[{}],"doseQuantity":{}}]}`, "beside doseAndRate"},
		"R4 beside dose":     {`{"resourceType":"MedicationStatement","dosage":[{"doseQuantity":{},"doseAndRate":[{}]}]}`, "beside a dose"},
		"status of no known": {condition(`"clinicalStatus":"actief"`), "none that STU3 has"},
		"taken of no known":  {`{"resourceType":"MedicationStatement","taken":"nee"}`, "not a code that STU3 has"},
	} {
		t.Run(name, func(t *testing.T) {
			chart := read(t, c.resource)
			if len(chart.Rejected) != 1 || !strings.Contains(chart.Rejected[0].Reason, c.reason) {
				t.Errorf("rejected %v, want a reason with %q", chart.Rejected, c.reason)
			}
		})
	}
}

func TestStopType(t *testing.T) {
	const stop = `"modifierExtension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-StopType","valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"CODE"}]}}]`
	for name, c := range map[string]struct{ kind, code, status, want string }{
		"stopped":             {"MedicationRequest", "410546004", "active", `stopped`},
		"interrupted":         {"MedicationRequest", "385655000", "unknown", `on-hold`},
		"cancelled":           {"MedicationRequest", "89925002", "active", `cancelled`},
		"in error":            {"MedicationRequest", "410546004", "entered-in-error", `entered-in-error`},
		"statement stopped":   {"MedicationStatement", "410546004", "active", `stopped`},
		"statement cancelled": {"MedicationStatement", "89925002", "active", `not-taken`},
		"not understood":      {"MedicationRequest", "1", "active", ``},
		"of another type":     {"Procedure", "410546004", "active", ``},
	} {
		t.Run(name, func(t *testing.T) {
			chart := read(t, `{"resourceType":"`+c.kind+`","status":"`+c.status+`",`+strings.Replace(stop, "CODE", c.code, 1)+`}`)
			if c.want == "" {
				if len(chart.Rejected) != 1 {
					t.Error("not rejected")
				}
				return
			}
			want := read(t, `{"resourceType":"`+c.kind+`","status":"`+c.want+`"}`)
			ignore := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Extension" }, cmp.Ignore())
			if diff := cmp.Diff(want.Resources, chart.Resources, same, ignore); diff != "" {
				t.Error(diff)
			}
			if len(chart.Resources[0].Head().Extension) != 1 {
				t.Error("the stop type is not kept")
			}
		})
	}
}
