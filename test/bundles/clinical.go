package bundles

import "fmt"

type condition struct {
	id, onset, status, certainty string
	code                         []coding
	site                         string
}

var conditions = []condition{
	{"con-1", "2021-03", "active", "confirmed", []coding{{snomed, "202725007", "Failed back surgery syndroom lumbaal"}, {icd10, "M96.1", "Postlaminectomie-syndroom"}}, ""},
	{"con-2", "2021-03-15", "active", "confirmed", []coding{{snomed, "23056005", "Ischias"}, {icd10, "M54.3", "Ischias"}}, "30021000"},
	{"con-3", "2015", "active", "confirmed", []coding{{snomed, "38341003", "Hypertensie"}, {icd10, "I10", "Essentiële hypertensie"}}, ""},
	{"con-4", "2019-11-02", "resolved", "confirmed", []coding{{snomed, "76107001", "Lumbale kanaalstenose"}}, ""},
	{"con-5", "2022-09", "remission", "confirmed", []coding{{snomed, "35489007", "Depressieve stoornis"}, {icd10, "F32.9", "Depressieve episode"}}, ""},
	{"con-6", "2024-06-01", "active", "provisional", []coding{{snomed, "73211009", "Diabetes mellitus"}}, ""},
}

func (c condition) json() string {
	site := ""
	if c.site != "" {
		site = `,"bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"` + c.site + `","display":"onderbeen"}],"extension":[{"url":` +
			`"http://nictiz.nl/fhir/StructureDefinition/ext-AnatomicalLocation.Laterality","valueCodeableConcept":` +
			concept(coding{snomed, "24028007", "Rechts"}) + `}]}]`
	}
	return head("Condition", c.id, "nl-core-Problem", c.code[0].display) +
		`,"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"` + c.status + `"}]}` +
		`,"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"` + c.certainty + `"}]}` +
		`,"category":[` + concept(coding{snomed, "282291009", "Diagnose"}) + `],"code":` + concept(c.code...) + site + `,` + subject +
		`,"onsetDateTime":"` + c.onset + `","recordedDate":"2025-01-14T10:20:00+01:00","asserter":{"reference":"Practitioner/prac-1"}` +
		`,"note":[{"text":"Beloop besproken op de polikliniek; zie brief."}]}`
}

// scores are the pain scores (NRS) of the four days, three a day.
var scores = [4][3]int{{7, 8, 7}, {6, 7, 8}, {7, 7, 7}, {8, 7, 6}}

func painScore(n, reading int) string {
	clock := [3]string{"09:00:00", "14:30:00", "21:15:00"}[reading]
	return head("Observation", fmt.Sprintf("pain-%d-%d", n+1, reading+1), "nl-core-PainScore", "Pijnscore") +
		`,"status":"final","category":[` + concept(coding{"http://terminology.hl7.org/CodeSystem/observation-category", "survey", "Survey"}) +
		`],"code":` + concept(coding{loinc, "72514-3", "Pijnscore NRS 0-10"}, coding{snomed, "225908003", "Pijnscore"}) + `,` + subject +
		`,"effectiveDateTime":"` + day(n) + `T` + clock + `+02:00","issued":"` + day(n) + `T` + clock + `.500+02:00"` +
		`,"performer":[{"reference":"Patient/` + PatientID + `"}],"valueInteger":` + fmt.Sprint(scores[n][reading]) +
		`,"method":` + concept(coding{"urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.9.1", "NRS", "Numeric Rating Scale"}) +
		`,"bodySite":` + concept(coding{snomed, "30021000", "Been"}) + `}`
}

type measurement struct {
	id, display, loinc, value, unit, code string
}

var measurements = []measurement{
	{"weight", "Lichaamsgewicht", "29463-7", "81.50", "kg", "kg"},
	{"height", "Lichaamslengte", "8302-2", "172", "cm", "cm"},
	{"inr", "INR", "6301-6", "1.0", "{INR}", "{INR}"},
}

func (m measurement) json() string {
	return head("Observation", m.id, "nl-core-"+m.id, m.display) + `,"status":"final","code":` + concept(coding{loinc, m.loinc, m.display}) + `,` + subject +
		`,"effectiveDateTime":"2025-05-09T08:45:00+02:00","performer":[{"reference":"Practitioner/prac-1"}],"valueQuantity":{"value":` + m.value +
		`,"unit":"` + m.unit + `","system":"` + ucum + `","code":"` + m.code + `"}` +
		`,"referenceRange":[{"text":"volgens laboratorium"}],"component":[{"code":` + concept(coding{snomed, "248160001", "Kleding"}) +
		`,"valueCodeableConcept":` + concept(coding{snomed, "373067005", "Nee"}) + `}]}`
}

type procedure struct {
	id, status, performed string
	code                  coding
}

var procedures = []procedure{
	{"proc-1", "completed", `"performedDateTime":"2020-02-10"`, coding{snomed, "44946007", "Lumbale discectomie"}},
	{"proc-2", "completed", `"performedDateTime":"2021-01-18"`, coding{snomed, "387731002", "Laminectomie"}},
	{"proc-3", "completed", `"performedPeriod":{"start":"2022-04-01","end":"2022-07-01"}`, coding{snomed, "91251008", "Fysiotherapie"}},
	{"proc-4", "not-done", `"performedDateTime":"2023-10"`, coding{snomed, "229559001", "TENS"}},
}

func (p procedure) json() string {
	return head("Procedure", p.id, "nl-core-Procedure-event", p.code.display) + `,"status":"` + p.status + `","category":` +
		concept(coding{snomed, "387713003", "Chirurgische verrichting"}) + `,"code":` + concept(p.code) + `,` + subject + `,` + p.performed +
		`,"performer":[{"actor":{"reference":"Practitioner/prac-1"}}],"reasonReference":[{"reference":"Condition/con-1"}],"bodySite":[` +
		concept(coding{snomed, "122496007", "Lumbale wervelkolom"}) + `],"note":[{"text":"Zie operatieverslag."}]}`
}

func careTeam() string {
	return head("CareTeam", "team-1", "nl-core-CareTeam", "Neuromodulatieteam") + `,"status":"active",` + subject +
		`,"period":{"start":"2025-02-01"},"participant":[` +
		`{"role":[` + concept(coding{"https://pijnpoort.example/fhir/CodeSystem/intake", "anaesthesiologist-pain-specialist", "Pijnspecialist"}) + `],"member":{"reference":"Practitioner/prac-1"}},` +
		`{"role":[` + concept(coding{"https://pijnpoort.example/fhir/CodeSystem/intake", "clinical-psychologist", "Klinisch psycholoog"}) + `],"member":{"reference":"Practitioner/prac-2"}}]}`
}

func encounter() string {
	return head("Encounter", "enc-1", "nl-core-Encounter", "Polikliniekbezoek") +
		`,"status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB","display":"poliklinisch"},"type":[` +
		concept(coding{snomed, "11429006", "Consult"}) + `],` + subject +
		`,"participant":[{"individual":{"reference":"Practitioner/prac-1"}}],"period":{"start":"2025-05-20T09:00:00+02:00","end":"2025-05-20T09:40:00+02:00"}}`
}
