package bundles

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Base is the server that the fullUrls of the bundles name.
const Base = "https://epd.ziekenhuis.example/fhir/"

// PatientID is the id of the patient whom Hook is about.
const PatientID = "pat-hook-1"

// Hook is what a Dutch EPD sends along with a decision hook: a collection Bundle
// of 40 resources, some 60 KB, compact JSON. The patient, born 1968-04-12, is
// prepared for spinal cord stimulation (FBSS with leg pain): coded diagnoses,
// pain scores three times a day from 2025-05-12 up to and including 2025-05-15,
// weight, height and INR, medication with dosage, procedures, and a
// QuestionnaireResponse to neuromodulatie-intake authored on 2025-05-20.
func Hook() []byte {
	var entries []string
	add := func(resource string) {
		entries = append(entries, entry(resource))
	}
	add(patient())
	add(organization())
	add(practitioner("prac-1", "Anesthesioloog-pijnspecialist"))
	add(practitioner("prac-2", "Klinisch psycholoog"))
	for _, c := range conditions {
		add(c.json())
	}
	for day := range 4 {
		for reading := range 3 {
			add(painScore(day, reading))
		}
	}
	for _, m := range measurements {
		add(m.json())
	}
	for _, m := range medications {
		add(m.json())
	}
	for _, p := range prescriptions {
		add(p.json())
	}
	for _, s := range statements {
		add(s.json())
	}
	for _, p := range procedures {
		add(p.json())
	}
	add(careTeam())
	add(encounter())
	add(intake())
	return []byte(`{"resourceType":"Bundle","id":"hook","type":"collection","timestamp":"2025-05-21T09:00:00+02:00","entry":[` +
		strings.Join(entries, ",") + `]}`)
}

// entry wraps a resource, whose type and id come first.
func entry(resource string) string {
	var head struct{ ResourceType, ID string }
	if err := json.Unmarshal([]byte(resource), &head); err != nil {
		panic(fmt.Sprintf("malformed resource: %v\n%s", err, resource))
	}
	return fmt.Sprintf(`{"fullUrl":%q,"resource":%s}`, Base+head.ResourceType+"/"+head.ID, resource)
}

// head opens a resource as EPDs do: profile, version and a narrative.
func head(kind, id, profile, narrative string) string {
	return fmt.Sprintf(`{"resourceType":%q,"id":%q,"meta":{"versionId":"1","lastUpdated":"2025-05-20T16:04:05.123+02:00",`+
		`"source":"urn:epd:productie","profile":["http://nictiz.nl/fhir/StructureDefinition/%s"],`+
		`"tag":[{"system":"http://terminology.hl7.org/CodeSystem/common-tags","code":"actionable"}]},`+
		`"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>%s. Deze samenvatting is door het EPD `+
		`opgesteld bij de laatste wijziging van het dossier; de gecodeerde gegevens gaan voor.</p></div>"},`+
		`"extension":[{"url":"http://epd.ziekenhuis.example/fhir/StructureDefinition/vastgelegd-door","valueString":"polikliniek pijngeneeskunde"}],`+
		`"identifier":[{"use":"official","system":"https://epd.ziekenhuis.example/id/%s","value":%q}]`,
		kind, id, profile, narrative, strings.ToLower(kind), "epd-"+id)
}

const subject = `"subject":{"reference":"Patient/` + PatientID + `","type":"Patient","display":"de patiënt"}`

func concept(codes ...coding) string {
	var parts []string
	for _, c := range codes {
		parts = append(parts, fmt.Sprintf(`{"system":%q,"code":%q,"display":%q}`, c.system, c.code, c.display))
	}
	return fmt.Sprintf(`{"coding":[%s],"text":%q}`, strings.Join(parts, ","), codes[0].display)
}

type coding struct{ system, code, display string }

const (
	snomed = "http://snomed.info/sct"
	loinc  = "http://loinc.org"
	icd10  = "http://hl7.org/fhir/sid/icd-10-nl"
	atc    = "http://www.whocc.no/atc"
	ucum   = "http://unitsofmeasure.org"
)

func patient() string {
	return `{"resourceType":"Patient","id":"` + PatientID + `","meta":{"profile":["http://nictiz.nl/fhir/StructureDefinition/nl-core-Patient"]},` +
		`"identifier":[{"use":"official","system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"123456782"}],"active":true,` +
		`"name":[{"use":"official","text":"Testpersoon, M. (Mieke)","family":"Testpersoon","given":["Mieke"]}],` +
		`"telecom":[{"system":"phone","value":"+31 00 000 00 00","use":"home"}],"gender":"female","birthDate":"1968-04-12",` +
		`"address":[{"use":"home","line":["Nergensstraat 1"],"city":"Utrecht","postalCode":"0000 AA","country":"NL"}]}`
}

func organization() string {
	return head("Organization", "org-1", "nl-core-HealthcareProvider-Organization", "Ziekenhuis Voorbeeld, pijncentrum") +
		`,"active":true,"type":[` + concept(coding{"http://terminology.hl7.org/CodeSystem/organization-type", "prov", "Zorgaanbieder"}) +
		`],"name":"Ziekenhuis Voorbeeld"}`
}

func practitioner(id, role string) string {
	return head("Practitioner", id, "nl-core-HealthProfessional-Practitioner", role) +
		`,"qualification":[{"code":{"text":` + fmt.Sprintf("%q", role) + `}}]}`
}

func day(n int) string {
	return time.Date(2025, 5, 12+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}
