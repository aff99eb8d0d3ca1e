package epd_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping"
)

func TestWhyAResourceWasIgnored(t *testing.T) {
	for name, c := range map[string]struct{ resource, reason string }{
		"unknown code":                       {condition("x", "http://example.org|1"), "no concept matches its code"},
		"no code":                            {resource("Condition", "x", confirmed), "it has no code"},
		"known, not asked":                   {condition("x", sct+"279039007"), "nothing that is asked depends on this code"},
		"too broad":                          {condition("x", sct+"42345000"), "the code is too broad to mean small fibre neuropathy"},
		"component, provisional":             {resource("Condition", "x", `"code":`+concept(sct+"128196005"), provision), "not confirmed"},
		"level, refuted":                     {resource("Condition", "x", `"code":`+concept(sct+"27151001"), refuted), "refuted"},
		"level, over":                        {resource("Condition", "x", `"code":`+concept(sct+"27151001"), confirmed, clinical("resolved")), "no longer active"},
		"anticoagulant problem, provisional": {resource("Condition", "x", `"code":`+concept(sct+"711150003"), provision), "not confirmed"},
		"surgery in history, refuted":        {resource("Condition", "x", `"code":`+concept(sct+"429164009"), refuted), "refuted"},
		"planned procedure":                  {resource("Procedure", "x", `"status":"preparation"`, `"code":`+concept(sct+"91251008")), "status preparation does not count"},
		"no status":                          {resource("Encounter", "x", `"class":{"code":"AMB"}`), "status is missing"},
		"planned medication":                 {resource("MedicationRequest", "x", `"status":"active"`, `"intent":"plan"`), "planned, not ordered"},
		"later medication":                   {resource("MedicationRequest", "x", `"status":"active"`, `"intent":"order"`, `"authoredOn":"2025-06-17"`), "dated after the as-of day"},
		"type not read":                      {`{"resourceType":"Basic","id":"x"}`, ""},
		"nobody refers to it":                {`{"resourceType":"Organization","id":"x"}`, "nothing that was used refers to it"},
		"older BMI":                          {resource("Observation", "x", `"status":"final"`, `"code":`+concept(loinc+"39156-5"), `"effectiveDateTime":"2020"`, `"valueQuantity":{"value":31,"unit":"kg/m2"}`), "there is a newer measurement"},
		"BMI as a finding":                   {resource("Observation", "x", `"status":"final"`, `"code":`+concept(loinc+"39156-5"), `"valueCodeableConcept":`+concept(sct+"414916001")), "no quantity"},
		"BMI, at least":                      {resource("Observation", "x", `"status":"final"`, `"code":`+concept(loinc+"39156-5"), `"valueQuantity":{"value":31,"comparator":">"}`), "no exact value"},
		"weight without unit":                {resource("Observation", "x", `"status":"final"`, `"code":`+concept(loinc+"29463-7"), `"valueQuantity":{"value":80}`), "unit is missing"},
		"later allergy":                      {resource("AllergyIntolerance", "x", `"code":`+concept(atc+"N06AA09"), `"recordedDate":"2025-06-17"`), "dated after the as-of day"},
		"team later":                         {resource("CareTeam", "x", `"status":"active"`, `"period":{"start":"2025-06-17"}`), "dated after the as-of day"},
		"team over":                          {resource("CareTeam", "x", `"status":"active"`, `"period":{"end":"2025-06-15"}`), "over before the as-of day"},
		"visit without date":                 {resource("Encounter", "x", `"status":"finished"`), "no date"},
		"visit later":                        {resource("Encounter", "x", `"status":"finished"`, `"period":{"start":"2025-06-17"}`), "dated after the as-of day"},
		"booked visit":                       {`{"resourceType":"Appointment","id":"x","status":"booked","start":"2025-06-01T09:00:00+02:00"}`, "status booked does not count"},
		"kept visit, later":                  {`{"resourceType":"Appointment","id":"x","status":"fulfilled","start":"2025-06-17T09:00:00+02:00"}`, "dated after the as-of day"},
		"device unknown":                     {resource("DeviceUseStatement", "x", `"status":"active"`, `"device":{"reference":"Device/other"}`), "the device did not come along"},
		"opioid that stopped":                {medication("MedicationStatement", "x", "stopped", "N02AA05"), "this opioid is stopped"},
	} {
		t.Run(name, func(t *testing.T) {
			newer := resource("Observation", "newer", `"status":"final"`, `"code":`+concept(loinc+"39156-5"), `"effectiveDateTime":"2025-01-01"`, `"valueQuantity":{"value":32,"unit":"kg/m2"}`)
			r := record(t, patient, newer, c.resource)
			for resource, reason := range reasons(r) {
				if strings.HasSuffix(resource, "/x") && (reason == c.reason || c.reason == "" && reason != "") {
					return
				}
			}
			t.Errorf("reasons %v, want %q", reasons(r), c.reason)
		})
	}
}

func TestCodesThatMeanNothingAreListed(t *testing.T) {
	r := record(t, patient,
		`{"resourceType":"Condition","id":"a","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://example.org","code":"1","display":"Iets"}]}}`,
		`{"resourceType":"Condition","id":"b","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-NullFlavor","code":"OTH"}],"text":"fractuur"}}`,
		`{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://example.org","code":"2"},{"system":"http://snomed.info/sct","code":"202725007"}]}}`)
	expected := []mapping.Unmapped{
		{Resource: "Condition/a", Path: "code.coding[0]", System: "http://example.org", Code: "1", Display: "Iets"},
		{Resource: "Condition/b", Path: "code.text", Display: "fractuur"},
	}
	if diff := cmp.Diff(expected, r.Report.Unmapped); diff != "" {
		t.Error(diff)
	}
}

func TestReasonsHoldNoValues(t *testing.T) {
	// What is said about a resource must be safe to log.
	r := record(t, patient, pain("o", "2025-06-10T08:00:00+02:00", `"valueInteger":77`, loinc+"72514-3"),
		response("neuromodulatie-intake", item("bmi", `"valueString":"77"`)))
	for _, f := range r.Report.Ignored {
		if strings.Contains(f.Reason, "77") {
			t.Errorf("reason %q", f.Reason)
		}
	}
	for _, i := range r.Report.Issues {
		if strings.Contains(i.Reason, "77") {
			t.Errorf("issue %q", i.Reason)
		}
	}
}
