package epd_test

import (
	"strings"
	"testing"
)

// What Dutch EPDs really send: the idioms of the zibs (zib2017, zib2020 and their
// nl-core profiles) and of the vendors, each with what it must and must not mean.
func TestDutchIdioms(t *testing.T) {
	const (
		scales = "urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.9.1|"
		prk    = "urn:oid:2.16.840.1.113883.2.4.4.10|"
	)
	observed := func(code, at string, elements ...string) string {
		return resource("Observation", "o", append([]string{`"status":"final"`, `"code":` + concept(code), `"effectiveDateTime":"` + at + `"`}, elements...)...)
	}
	score := func(value string, elements ...string) string {
		return observed(sct+"225908003", "2025-06-10T08:00:00+02:00", append([]string{`"valueInteger":` + value}, elements...)...)
	}
	method := func(code string) string { return `"method":` + concept(scales+code) }
	quantity := func(value, unit string) string {
		return `"valueQuantity":{"value":` + value + `,"unit":"` + unit + `","system":"http://unitsofmeasure.org","code":"` + unit + `"}`
	}
	further := `"extension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-Problem.FurtherSpecificationProblemName","valueString":"status na"}]`
	laterality := `"extension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-AnatomicalLocation.Laterality","valueCodeableConcept":` + concept(sct+"24028007") + `}]`
	crps := func(elements ...string) string { return condition("c", sct+"128200000", elements...) }
	coded := func(codes ...string) string {
		return resource("Condition", "c", `"code":`+concept(codes...), confirmed, clinical("active"))
	}
	other := func(text string) string {
		return `"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-NullFlavor","code":"OTH"}],"text":"` + text + `"}`
	}
	for name, c := range map[string]struct {
		resources []string
		facts     map[string]string
		pain      string
	}{
		"pain score, NRS in the method":           {[]string{score("6", method("NRS"))}, nil, "intake nrs 6"},
		"pain score, VAS of 10 in the method":     {[]string{score("6", method("VAS10"))}, nil, "intake vas 60"},
		"pain score, VAS of 100 in the method":    {[]string{score("6", method("VAS100"))}, nil, "intake vas 6"},
		"pain score, no method, above ten":        {[]string{score("60")}, nil, "intake vas 60"},
		"pain score, no method, up to ten":        {[]string{score("6")}, nil, ""},
		"pain score, 11 on a scale to ten":        {[]string{score("11", method("NRS"))}, nil, ""},
		"pain score, value absent for a reason":   {[]string{observed(sct+"225908003", "2025-06-10", method("NRS"), `"dataAbsentReason":`+concept("http://terminology.hl7.org/CodeSystem/data-absent-reason|unknown"))}, nil, ""},
		"pain score, faces scale":                 {[]string{observed(loinc+"38221-8", "2025-06-10", `"valueInteger":6`)}, nil, ""},
		"pain score, half past eleven at night":   {[]string{observed(loinc+"72514-3", "2025-06-16T21:30:00Z", `"valueInteger":6`)}, nil, "intake nrs 6"},
		"pain score, after midnight in Amsterdam": {[]string{observed(loinc+"72514-3", "2025-06-16T22:30:00Z", `"valueInteger":6`)}, nil, ""},

		"question about drugs as a code":     {[]string{observed(sct+"228366006", "2025-06-01", `"valueCodeableConcept":`+concept(sct+"228367002"))}, map[string]string{"substance-misuse": ""}, ""},
		"question about pregnancy as a code": {[]string{observed(sct+"118185001", "2025-06-01", `"hasMember":[{"reference":"Observation/x"}]`)}, map[string]string{"pregnancy": ""}, ""},
		"negative in the value":              {[]string{observed(loinc+"82810-3", "2025-06-01", `"valueCodeableConcept":`+concept(sct+"60001007"))}, map[string]string{"pregnancy": "no"}, ""},
		"negative as a problem":              {[]string{resource("Condition", "c", `"code":`+concept(sct+"64779008"), `"verificationStatus":`+concept(sct+"410516002"))}, map[string]string{"coagulation-disorder": "false"}, ""},
		"history only":                       {[]string{condition("c", sct+"44870007")}, map[string]string{"substance-misuse": "remission"}, ""},
		"history of surgery only":            {[]string{condition("f", sct+"202725007"), condition("c", sct+"161619009")}, map[string]string{"fbss.spine-surgeries": ""}, ""},

		"certainty by HL7 and SNOMED": {[]string{resource("Condition", "c", `"code":`+concept(sct+"128200000"), clinical("active"),
			`"verificationStatus":`+concept("http://terminology.hl7.org/CodeSystem/condition-ver-status|confirmed", sct+"410605003"))}, map[string]string{"crps.confirmed": "true"}, ""},
		"certainty: suspected":  {[]string{resource("Condition", "c", `"code":`+concept(sct+"128200000"), `"verificationStatus":`+concept(sct+"415684004"))}, map[string]string{"crps.confirmed": ""}, ""},
		"certainty: possible":   {[]string{resource("Condition", "c", `"code":`+concept(sct+"128200000"), `"verificationStatus":`+concept(sct+"410590009"))}, map[string]string{"crps.confirmed": ""}, ""},
		"certainty unknown":     {[]string{resource("Condition", "c", `"code":`+concept(sct+"128200000"), `"verificationStatus":`+concept("http://terminology.hl7.org/CodeSystem/v3-NullFlavor|UNK"))}, map[string]string{"crps.confirmed": ""}, ""},
		"no status of any kind": {[]string{resource("Condition", "c", `"code":`+concept(sct+"128200000"))}, map[string]string{"crps.confirmed": ""}, ""},

		"laterality on a body site":        {[]string{crps(`"bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"56459004"}],` + laterality + `}]`)}, map[string]string{"crps.site": "lower-limb"}, ""},
		"laterality without a body site":   {[]string{crps(`"bodySite":[{` + laterality + `}]`)}, map[string]string{"crps.confirmed": "true", "crps.site": ""}, ""},
		"further specification of a name":  {[]string{resource("Condition", "c", `"code":{"coding":[{"system":"http://snomed.info/sct","code":"128200000"}],`+further+`}`, confirmed, clinical("active"))}, map[string]string{"crps.confirmed": ""}, ""},
		"birth date absent for a reason":   {[]string{`{"resourceType":"Patient","id":"p","_birthDate":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}}`}, map[string]string{"birth-date": ""}, ""},
		"NullFlavor OTH with text":         {[]string{resource("Condition", "c", other("CRPS type I"), confirmed, clinical("active"))}, map[string]string{"crps.confirmed": ""}, ""},
		"NullFlavor OTH beside a code":     {[]string{coded("http://terminology.hl7.org/CodeSystem/v3-NullFlavor|OTH", sct+"128200000")}, map[string]string{"crps.confirmed": "true"}, ""},
		"two codes, one coarser":           {[]string{coded(icdNL+"G90.5", sct+"128200000")}, map[string]string{"crps.confirmed": "true", "crps.crps-type": "I"}, ""},
		"SNOMED id of fourteen digits":     {[]string{condition("c", sct+"31641000146105")}, map[string]string{"crps.confirmed": "", "fbss.confirmed": ""}, ""},
		"SNOMED id of fifteen digits":      {[]string{condition("c", sct+"350471000119102")}, map[string]string{"sfn.confirmed": "true"}, ""},
		"year only":                        {[]string{crps(`"onsetDateTime":"2001"`)}, map[string]string{"pain-onset": "2001", "crps.crps-onset": "2001"}, ""},
		"period that starts where it ends": {[]string{crps(`"onsetPeriod":{"start":"2024-02-01","end":"2024-02-01"}`)}, map[string]string{"pain-onset": "2024-02-01"}, ""},

		"weight in grams":             {[]string{observed(loinc+"29463-7", "2025-06-01", quantity("81500", "g")), strings.Replace(observed(loinc+"8302-2", "2025-06-01", quantity("160", "cm")), `"id":"o"`, `"id":"h"`, 1)}, map[string]string{"bmi": "31.8359375"}, ""},
		"height in metres":            {[]string{observed(loinc+"29463-7", "2025-06-01", quantity("80", "kg")), strings.Replace(observed(loinc+"8302-2", "2025-06-01", quantity("1.6", "m")), `"id":"o"`, `"id":"h"`, 1)}, map[string]string{"bmi": "31.25"}, ""},
		"height of many decimals":     {[]string{observed(loinc+"29463-7", "2025-06-01", quantity("90", "kg")), strings.Replace(observed(loinc+"8302-2", "2025-06-01", quantity("149.9997", "cm")), `"id":"o"`, `"id":"h"`, 1)}, map[string]string{"bmi": "40.0001600005"}, ""},
		"height in centimetres as kg": {[]string{observed(loinc+"29463-7", "2025-06-01", quantity("80", "cm"))}, map[string]string{"bmi": ""}, ""},

		"procedure of unknown status":        {[]string{condition("f", sct+"202725007"), resource("Procedure", "x", `"status":"unknown"`, `"code":`+concept(sct+"50172003"))}, map[string]string{"fbss.spine-surgeries": ""}, ""},
		"medication of unknown status":       {[]string{crps(), resource("MedicationRequest", "x", `"status":"unknown"`, `"intent":"order"`, `"medicationCodeableConcept":`+concept(atc+"N06AA09"))}, map[string]string{"crps.coanalgesic": ""}, ""},
		"planned treatment":                  {[]string{crps(), resource("ServiceRequest", "x", `"status":"active"`, `"intent":"order"`, `"code":`+concept(sct+"91251008"))}, map[string]string{"crps.consideration.cons-exercise": ""}, ""},
		"medicine by G-Standaard and a name": {[]string{crps(), resource("MedicationStatement", "x", `"status":"active"`, `"medicationCodeableConcept":{"coding":[{"system":"`+strings.TrimSuffix(prk, "|")+`","code":"1","display":"AMITRIPTYLINE TABLET 25MG"}]}`)}, map[string]string{"crps.coanalgesic": "amitriptyline"}, ""},
		"implant on the day summer begins":   {[]string{resource("Procedure", "x", `"status":"completed"`, `"code":`+concept(sct+"3270004"), `"performedDateTime":"2024-03-30T23:30:00Z"`)}, map[string]string{"implant-date": "2024-03-30T23:30:00Z"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			list := c.resources
			if !strings.Contains(list[0], `"Patient"`) || strings.Contains(list[0], `"subject"`) {
				list = append(list, patient)
			}
			r := record(t, list...)
			want(t, r, c.facts)
			pain := ""
			for _, p := range r.Pain {
				pain += p.Window + " " + string(p.Scale) + " " + p.Mean.RatString()
			}
			if pain != c.pain {
				t.Errorf("pain %q, want %q (%v)", pain, c.pain, reasons(r))
			}
		})
	}
}

func TestPlaceholderDateIsNoDate(t *testing.T) {
	r := record(t, patient, condition("c", sct+"128200000", `"onsetDateTime":"${DATE, T, D, -30}"`))
	want(t, r, map[string]string{"crps.confirmed": "true", "pain-onset": "", "crps.crps-onset": ""})
	if len(r.Report.Issues) != 1 || r.Report.Issues[0].Resource != "Condition/c" || !strings.HasSuffix(r.Report.Issues[0].Path, "onsetDateTime") {
		t.Errorf("issues %+v", r.Report.Issues)
	}
}

func TestFurtherSpecificationIsRemarkedOn(t *testing.T) {
	specified := strings.Replace(condition("c", sct+"64779008"), `"code":{`, `"code":{"extension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-Problem.FurtherSpecificationProblemName","valueString":"bij broer"}],`, 1)
	r := record(t, patient, specified)
	want(t, r, map[string]string{"coagulation-disorder": ""})
	if len(r.Report.Issues) != 1 || r.Report.Issues[0].Path != "code.extension" || strings.Contains(r.Report.Issues[0].Reason, "broer") {
		t.Errorf("issues %+v", r.Report.Issues)
	}
	denied := strings.Replace(specified, confirmed, refuted, 1)
	want(t, record(t, patient, denied), map[string]string{"coagulation-disorder": ""})
}
