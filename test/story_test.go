package test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// A story is what there is to know about a patient with FBSS. It can be told in
// several ways, and the advice must not depend on which.
type story struct {
	female    bool
	onset     string
	confirmed bool
	surgeries int // 1 or 2
	pregnant  bool
	infected  bool
	thinner   string // none, may-stop, may-not-stop
	oxycodone int    // mg, twice a day; 0: none is used
	weight    int    // kg, of somebody of 2 m
	tried     []string
	exercise  string // tried, rejected-with-reason
	leg, back int    // NRS, three times a day on four days
	team      []string
}

func anyStory(t *rapid.T) story {
	some := func(label string, of ...string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(of), 0, len(of), rapid.ID).Draw(t, label)
	}
	return story{
		female:    rapid.Bool().Draw(t, "female"),
		onset:     rapid.SampledFrom([]string{"2019", "2024-06", "2024-12-20", "2025-02-01"}).Draw(t, "onset"),
		confirmed: rapid.IntRange(0, 4).Draw(t, "confirmed") > 0,
		surgeries: rapid.IntRange(1, 2).Draw(t, "surgeries"),
		pregnant:  rapid.IntRange(0, 4).Draw(t, "pregnant") == 0,
		infected:  rapid.IntRange(0, 4).Draw(t, "infected") == 0,
		thinner:   rapid.SampledFrom([]string{"none", "may-stop", "may-not-stop"}).Draw(t, "thinner"),
		oxycodone: rapid.SampledFrom([]int{0, 5, 25, 30, 35}).Draw(t, "oxycodone"),
		weight:    rapid.IntRange(80, 150).Draw(t, "weight"),
		tried:     some("tried", "pregabalin", "amitriptyline", "duloxetine"),
		exercise:  rapid.SampledFrom([]string{"tried", "rejected-with-reason"}).Draw(t, "exercise"),
		leg:       rapid.IntRange(4, 6).Draw(t, "leg"),
		back:      rapid.IntRange(4, 6).Draw(t, "back"),
		team:      some("team", "neurosurgeon", "psychiatrist", "clinical-psychologist", "nurse"),
	}
}

// answers collects what is told in the form.
type answers struct{ general, group []string }

func (a *answers) say(linkID, answer string) {
	item := `{"linkId":"` + linkID + `","answer":[{` + answer + `}]}`
	if strings.HasPrefix(linkID, "fbss.") {
		a.group = append(a.group, item)
		return
	}
	a.general = append(a.general, item)
}

func (a *answers) code(linkID string, codes ...string) {
	for _, code := range codes {
		a.say(linkID, `"valueCoding":{"system":"`+mapping.IntakeSystem+`","code":"`+code+`"}`)
	}
}

// response writes the answers, with the questionnaire as R4 or STU3 has it.
func (a *answers) response(questionnaire string) string {
	return `{"resourceType":"QuestionnaireResponse","id":"q","status":"completed","questionnaire":` + questionnaire +
		`,"subject":{"reference":"Patient/p"},"authored":"2025-06-10","item":[` +
		strings.Join(append(a.general, `{"linkId":"fbss","item":[`+strings.Join(a.group, ",")+`]}`), ",") + `]}`
}

const intakeForm = `"` + mapping.CanonicalBase + `/Questionnaire/neuromodulatie-intake"`

// uncoded is what no code carries, and that something is not there.
func (s story) uncoded() *answers {
	a := &answers{}
	for _, item := range [][2]string{
		{"substance-misuse", "none"}, {"psychiatric-disorder", "none"}, {"intake-questionnaire", "completed"}, {"proms", "completed"},
		{"last-resort", "insufficient-effect"}, {"anticoagulant", s.thinner},
		{"fbss.limb-pain-radicular", "yes"}, {"fbss.mechanism", "neuropathic"},
		{"fbss.consideration.cons-biopsychosocial", "tried"}, {"fbss.consideration.minv-scar-injection", "tried"}, {"fbss.consideration.minv-prf", "tried"},
	} {
		a.code(item[0], item[1])
	}
	a.say("coagulation-disorder", `"valueBoolean":false`)
	a.say("life-expectancy-over-12", `"valueBoolean":true`)
	a.say("fbss.surgically-untreatable", `"valueBoolean":true`)
	a.say("fbss.coanalgesics-complete", `"valueBoolean":true`)
	if !s.infected {
		a.say("active-infection", `"valueBoolean":false`)
	}
	if s.oxycodone == 0 {
		a.say("opioid-med", `"valueInteger":0`)
	}
	return a
}

func (s story) patient() string {
	gender := map[bool]string{true: "female", false: "male"}[s.female]
	return `{"resourceType":"Patient","id":"p","birthDate":"1980-03-10","gender":"` + gender + `"}`
}

// about writes a resource of the patient.
func about(kind, id string, elements ...string) string {
	return `{"resourceType":"` + kind + `","id":"` + id + `","subject":{"reference":"Patient/p"},` + strings.Join(elements, ",") + `}`
}

func code(system, code string) string {
	return `{"coding":[{"system":"` + system + `","code":"` + code + `"}]}`
}

const (
	sct      = "http://snomed.info/sct"
	loinc    = "http://loinc.org"
	atc      = "http://www.whocc.no/atc"
	zibScale = "urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.9.1"
	uzi      = "urn:oid:2.16.840.1.113883.2.4.15.111"
)

var (
	atcOf     = map[string]string{"pregabalin": "N02BF02", "amitriptyline": "N06AA09", "duloxetine": "N06AX21"}
	nameOf    = map[string]string{"pregabalin": "PREGABALINE CAPSULE 75MG", "amitriptyline": "AMITRIPTYLINE TABLET 25MG", "duloxetine": "DULOXETINE CAPSULE MSR 30MG"}
	uziOf     = map[string]string{"neurosurgeon": "01.025", "psychiatrist": "01.035", "clinical-psychologist": "25.061", "nurse": "30.000"}
	diaryDays = []string{"2025-05-12", "2025-05-13", "2025-05-14", "2025-05-15"}
)

func hl7(list, code string) string {
	return `{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-` + list + `","code":"` + code + `"}]}`
}

func (s story) certainty() string {
	return map[bool]string{true: "confirmed", false: "provisional"}[s.confirmed]
}

// coded tells all that codes can in R4, by SNOMED CT, LOINC and ATC.
func (s story) coded() []string {
	problem := func(id, snomed, certainty, onset string) string {
		return about("Condition", id, `"code":`+code(sct, snomed), `"clinicalStatus":`+hl7("clinical", "active"),
			`"verificationStatus":`+hl7("ver-status", certainty), `"onsetDateTime":"`+onset+`"`)
	}
	list := []string{s.patient(), problem("fbss", "202725007", s.certainty(), s.onset)}
	for i := range s.surgeries {
		list = append(list, about("Procedure", fmt.Sprint("operation", i), `"status":"completed"`, `"code":`+code(sct, "178618008"), fmt.Sprintf(`"performedDateTime":"201%d-01-15"`, i)))
	}
	if s.infected {
		list = append(list, problem("infection", "40733004", "confirmed", "2025-06-01"))
	}
	list = append(list, about("Observation", "pregnancy", `"status":"final"`, `"code":`+code(loinc, "82810-3"), `"effectiveDateTime":"2025-06-01"`,
		`"valueCodeableConcept":`+code(sct, map[bool]string{true: "77386006", false: "60001007"}[s.pregnant])))
	if s.thinner != "none" {
		list = append(list, about("MedicationStatement", "thinner", `"status":"active"`, `"medicationCodeableConcept":`+code(atc, "B01AA07")))
	}
	if s.oxycodone > 0 {
		list = append(list, about("MedicationStatement", "oxycodone", `"status":"active"`, `"medicationCodeableConcept":`+code(atc, "N02AA05"),
			`"dosage":[{"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}},"route":`+code(sct, "26643006")+
				fmt.Sprintf(`,"doseAndRate":[{"doseQuantity":{"value":%d,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}}]}]`, s.oxycodone)))
	}
	for _, drug := range s.tried {
		list = append(list, about("MedicationStatement", drug, `"status":"stopped"`, `"medicationCodeableConcept":`+code(atc, atcOf[drug])))
	}
	status := map[string]string{"tried": `"status":"completed"`, "rejected-with-reason": `"status":"not-done","statusReason":{"text":"te belastend"}`}[s.exercise]
	list = append(list,
		measured("weight", "29463-7", fmt.Sprint(s.weight), "kg"), measured("height", "8302-2", "200", "cm"),
		about("Procedure", "exercise", status, `"code":`+code(sct, "91251008")),
		about("ServiceRequest", "request", `"status":"active"`, `"intent":"order"`, `"code":`+code(sct, "3270004"), `"reasonReference":[{"reference":"Condition/fbss"}]`),
	)
	for _, day := range diaryDays {
		for _, clock := range []string{"08", "14", "20"} {
			id, at := day+"-"+clock, day+"T"+clock+":00:00+02:00"
			list = append(list,
				pain("leg-"+id, at, "61685007", fmt.Sprintf(`"code":%s,"valueInteger":%d`, code(loinc, "72514-3"), s.leg)),
				pain("back-"+id, at, "77568009", fmt.Sprintf(`"code":%s,"valueInteger":%d`, code(loinc, "72514-3"), s.back)))
		}
	}
	if len(s.team) > 0 {
		var members []string
		for _, role := range s.team {
			members = append(members, `{"role":[`+code(mapping.IntakeSystem, role)+`],"member":{"reference":"Practitioner/`+role+`"}}`)
		}
		list = append(list, about("CareTeam", "team", `"status":"active"`, `"participant":[`+strings.Join(members, ",")+`]`))
	}
	return append(list, s.uncoded().response(intakeForm))
}

func measured(id, loincCode, value, unit string) string {
	return about("Observation", id, `"status":"final"`, `"code":`+code(loinc, loincCode), `"effectiveDateTime":"2025-06-01"`,
		`"valueQuantity":{"value":`+value+`,"unit":"`+unit+`","system":"http://unitsofmeasure.org","code":"`+unit+`"}`)
}

func pain(id, at, site, score string) string {
	return about("Observation", id, `"status":"final"`, `"effectiveDateTime":"`+at+`"`, `"bodySite":`+code(sct, site), score)
}

// asForm tells everything in the form.
func (s story) asForm() []string {
	a := s.uncoded()
	if s.confirmed {
		a.say("fbss.confirmed", `"valueBoolean":true`)
		a.say("pain-onset", `"valueDate":"`+s.onset+`"`)
	}
	a.say("fbss.spine-surgeries", fmt.Sprintf(`"valueInteger":%d`, s.surgeries))
	a.code("pregnancy", map[bool]string{true: "yes", false: "no"}[s.pregnant])
	if s.infected {
		a.say("active-infection", `"valueBoolean":true`)
	}
	if s.oxycodone > 0 {
		a.say("opioid-med", fmt.Sprintf(`"valueInteger":%d`, 3*s.oxycodone))
	}
	a.say("bmi", fmt.Sprintf(`"valueDecimal":%d.%02d`, s.weight/4, s.weight%4*25))
	a.code("fbss.coanalgesic", s.tried...)
	a.code("fbss.consideration.cons-exercise", s.exercise)
	a.code("fbss.predominant", map[int]string{-1: "back", 0: "equal", 1: "leg"}[max(-1, min(1, s.leg-s.back))])
	a.say("intake-nrs", fmt.Sprintf(`"valueInteger":%d`, s.leg))
	a.code("modality", "SCS")
	a.code("reason", "fbss")
	a.code("team", s.team...)
	return []string{s.patient(), a.response(intakeForm)}
}

// asSTU3 is coded in the way of STU3.
func (s story) asSTU3() []string {
	var list []string
	for _, r := range s.coded() {
		for _, change := range [][2]string{
			{`"clinicalStatus":` + hl7("clinical", "active"), `"clinicalStatus":"active","assertedDate":"2025-06-01"`},
			{`"verificationStatus":` + hl7("ver-status", "confirmed"), `"verificationStatus":"confirmed"`},
			{`"verificationStatus":` + hl7("ver-status", "provisional"), `"verificationStatus":"provisional"`},
			{`"status":"not-done","statusReason":`, `"status":"completed","notDone":true,"notDoneReason":`},
			{`"status":"active","medicationCodeableConcept"`, `"status":"active","taken":"y","medicationCodeableConcept"`},
			{`"doseAndRate":[{"doseQuantity":`, `"doseQuantity":`}, {`"code":"mg"}}]}]`, `"code":"mg"}}]`},
			{`"questionnaire":` + intakeForm, `"questionnaire":{"reference":` + intakeForm + `}`},
			{`"resourceType":"ServiceRequest"`, `"resourceType":"ProcedureRequest"`},
			{`"effectiveDateTime"`, `"context":{"reference":"Encounter/e"},"effectiveDateTime"`},
		} {
			r = strings.ReplaceAll(r, change[0], change[1])
		}
		list = append(list, r)
	}
	return list
}

// otherwise tells it by ICD-10-NL, G-Standaard, UZI roles, the pain scale of the zib,
// names of medicines, other units and other offsets of the same instants.
func (s story) otherwise() []string {
	const icdNL, prk = "http://hl7.org/fhir/sid/icd-10-nl", "urn:oid:2.16.840.1.113883.2.4.4.10"
	problem := func(id, icd, certainty, onset string) string {
		return about("Condition", id, `"code":`+code(icdNL, icd), `"clinicalStatus":`+hl7("clinical", "active"),
			`"verificationStatus":`+code(sct, map[string]string{"confirmed": "410605003", "provisional": "415684004"}[certainty]),
			`"onsetPeriod":{"start":"`+onset+`","end":"`+onset+`"}`)
	}
	list := []string{s.patient(), problem("fbss", "M96.1", s.certainty(), s.onset)}
	for i := range s.surgeries {
		list = append(list, about("Procedure", fmt.Sprint("operation", i), `"status":"completed"`, `"code":`+code(sct, "50172003"), fmt.Sprintf(`"performedPeriod":{"start":"201%d-01"}`, i)))
	}
	if s.infected {
		list = append(list, problem("infection", "B99", "confirmed", "2025-06-01"))
	}
	list = append(list, about("Condition", "pregnancy", `"code":`+code(sct, map[bool]string{true: "77386006", false: "60001007"}[s.pregnant]),
		`"clinicalStatus":`+hl7("clinical", "active"), `"verificationStatus":`+hl7("ver-status", "confirmed"), `"recordedDate":"2025-06-01"`))
	if s.thinner != "none" {
		list = append(list, about("MedicationRequest", "thinner", `"status":"active"`, `"intent":"order"`, `"medicationCodeableConcept":{"text":"ACENOCOUMAROL TABLET 1MG"}`))
	}
	if s.oxycodone > 0 {
		list = append(list, `{"resourceType":"Medication","id":"product","code":{"coding":[{"system":"`+prk+`","code":"57614","display":"OXYCODON TABLET MGA 10MG"}]}}`,
			about("MedicationRequest", "oxycodone", `"status":"active"`, `"intent":"order"`, `"medicationReference":{"reference":"Medication/product"}`,
				fmt.Sprintf(`"dosageInstruction":[{"timing":{"repeat":{"timeOfDay":["08:00:00","20:00:00"]}},"doseAndRate":[{"doseQuantity":{"value":%d.%d,"unit":"stuk"}}]}]`, s.oxycodone/10, s.oxycodone%10)))
	}
	for _, drug := range s.tried {
		list = append(list, about("MedicationStatement", drug, `"status":"completed"`, `"medicationCodeableConcept":{"text":"`+nameOf[drug]+`"}`))
	}
	exercise := map[string]string{"tried": `"status":"stopped"`, "rejected-with-reason": `"status":"not-done","statusReason":{"text":"te belastend"}`}[s.exercise]
	list = append(list,
		measured("weight", "29463-7", fmt.Sprint(s.weight*1000), "g"), measured("height", "8302-2", "2", "m"),
		about("Procedure", "exercise", exercise, `"code":`+code(sct, "91251008")),
		about("ServiceRequest", "request", `"status":"active"`, `"intent":"order"`, `"code":`+code(mapping.IntakeSystem, "SCS"), `"reasonReference":[{"reference":"Condition/fbss"}]`),
	)
	scale := func(value int) string {
		return fmt.Sprintf(`"code":%s,"method":%s,"valueInteger":%d`, code(sct, "225908003"), code(zibScale, "VAS100"), 10*value)
	}
	for _, day := range diaryDays {
		for _, clock := range []string{"06", "12", "18"} {
			id, at := day+"-"+clock, day+"T"+clock+":00:00Z"
			list = append(list, pain("leg-"+id, at, "68367000", scale(s.leg)), pain("back-"+id, at, "52612000", scale(s.back)))
		}
	}
	if len(s.team) > 0 {
		var members []string
		for _, role := range s.team {
			list = append(list, `{"resourceType":"PractitionerRole","id":"`+role+`","code":[`+code(uzi, uziOf[role])+`]}`)
			members = append(members, `{"member":{"reference":"PractitionerRole/`+role+`"}}`)
		}
		list = append(list, about("CareTeam", "team", `"status":"active"`, `"participant":[`+strings.Join(members, ",")+`]`))
	}
	return append(list, s.uncoded().response(intakeForm))
}

// collection is a Bundle of the resources.
func collection(resources []string) string {
	var entries []string
	for _, r := range resources {
		entries = append(entries, `{"resource":`+r+`}`)
	}
	return `{"resourceType":"Bundle","type":"collection","entry":[` + strings.Join(entries, ",") + `]}`
}
