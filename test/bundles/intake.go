package bundles

import (
	"fmt"
	"strings"
)

const intakeSystem = "https://pijnpoort.example/fhir/CodeSystem/intake"

// answers of the intake: linkId and the answer's JSON.
var intakeAnswers = [][2]string{
	{"modality", coded("SCS")}, {"reason", coded("fbss")},
	{"substance-misuse", coded("none")}, {"pregnancy", coded("not-possible")}, {"coagulation-disorder", `"valueBoolean":false`},
	{"anticoagulant", coded("none")}, {"active-infection", `"valueBoolean":false`}, {"life-expectancy-over-12", `"valueBoolean":true`},
	{"intake-questionnaire", coded("completed")}, {"proms", coded("completed")}, {"psychiatric-disorder", coded("none")},
	{"last-resort", coded("insufficient-effect")}, {"psychosocial.coping", coded("mild")}, {"psychosocial.expectations", coded("none")},
}

var intakeGroup = [][2]string{
	{"fbss.confirmed", `"valueBoolean":true`}, {"fbss.limb-pain-radicular", coded("yes")}, {"fbss.mechanism", coded("neuropathic")},
	{"fbss.predominant", coded("leg")}, {"fbss.spine-surgeries", `"valueInteger":2`}, {"fbss.surgically-untreatable", `"valueBoolean":true`},
	{"fbss.coanalgesic", coded("pregabalin")}, {"fbss.consideration.cons-exercise", coded("tried")},
	{"fbss.consideration.minv-tens", coded("rejected-with-reason")},
}

func coded(code string) string {
	return fmt.Sprintf(`"valueCoding":{"system":%q,"code":%q}`, intakeSystem, code)
}

func items(answers [][2]string) string {
	var list []string
	for _, a := range answers {
		list = append(list, fmt.Sprintf(`{"linkId":%q,"text":%q,"answer":[{%s}]}`, a[0], "Vraag "+a[0], a[1]))
	}
	return strings.Join(list, ",")
}

func intake() string {
	return `{"resourceType":"QuestionnaireResponse","id":"intake-1","questionnaire":"https://pijnpoort.example/fhir/Questionnaire/neuromodulatie-intake",` +
		`"status":"completed",` + subject + `,"encounter":{"reference":"Encounter/enc-1"},"authored":"2025-05-20T09:30:00+02:00",` +
		`"author":{"reference":"Practitioner/prac-1"},"item":[` + items(intakeAnswers) +
		`,{"linkId":"fbss","text":"Failed back surgery syndroom","item":[` + items(intakeGroup) + `]}]}`
}
