package registration_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// Words of people, and codes that may be words, are nowhere in a registration.
func TestNoWordsOfPeople(t *testing.T) {
	const words = "Geheim"
	said := `"text":"` + words + `"`
	with := func(concept string) string { // a text, a display and a code that is no code
		return strings.Replace(concept, `{"coding":[{`, `{`+said+`,"coding":[{"system":"`+snomed+`","code":"`+words+`","display":"`+words+`"},{"display":"`+words+`",`, 1)
	}
	note := `"note":[{"text":"` + words + `"}]`
	r, fates := of(t,
		condition("c", with(code(snomed, "202725007")), "confirmed", note, `"onsetString":"`+words+`"`),
		procedure("a", with(code(snomed, "3270004")), "", note, `"performedString":"`+words+`"`, `"category":`+with(concept("tx-tens")),
			`"reasonCode":[`+with(concept("compl-infection"))+`]`, `"complication":[`+with(concept("compl-infection"))+`]`,
			`"statusReason":{`+said+`}`, `"outcome":{`+said+`}`, `"performer":[{"function":`+with(concept("role-nurse"))+`,"actor":{"display":"`+words+`"}}]`,
			`"focalDevice":[{"manipulated":{"reference":"#d","display":"`+words+`"}}]`, `"contained":[{"resourceType":"Device","id":"d","type":{`+said+`}}]`),
		procedure("b", concept("proc-explant"), "2024-01-01", `"status":"`+words+`"`),
		`{"resourceType":"AdverseEvent","id":"v","actuality":"actual",`+about+`,"event":`+with(concept("compl-infection"))+`,"seriousness":`+code("urn:x", words)+`,"outcome":{`+said+`}}`,
		`{"resourceType":"ChargeItem","id":"k","status":"billed",`+about+`,"code":`+with(concept("cost-material"))+`,"priceOverride":{"value":5,"currency":"`+words+`"}}`,
		`{"resourceType":"MedicationStatement","id":"m","status":"active",`+about+`,"medicationCodeableConcept":`+with(code("http://www.whocc.no/atc", "N02AA05"))+`,"dosage":[{`+said+`}]}`,
		`{"resourceType":"Encounter","id":"e","status":"finished","class":{"code":"AMB"},`+about+`,"period":{"start":"2024-09-01"},"participant":[{"type":[`+with(concept("role-nurse"))+`],"individual":{"display":"`+words+`"}}]}`,
		filled("q", "gpe", "completed", "2024-02-20", `gpe.1="valueString":"`+words+`"`),
		filled("o", "neuromodulatie-intake", "completed", "2024-02-20", `other.confirmed="valueBoolean":true`, `other.name="valueString":"`+words+`"`),
		`{"resourceType":"CareTeam","id":"t","status":"active",`+about+`,"participant":[{"role":[`+with(concept("role-nurse"))+`],"member":{"display":"`+words+`"}}]}`,
	)
	body, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if at := strings.Index(string(body), words); at >= 0 {
		t.Errorf("in %s", body[max(0, at-200):at+len(words)])
	}
	for _, f := range fates {
		if strings.Contains(f.Reason+f.Path, words) {
			t.Errorf("in a fate: %+v", f)
		}
	}
	if len(r.Indications) == 0 || len(r.Procedures) != 2 || len(r.Complications) != 2 || len(r.Medications) != 1 || len(r.Contacts) != 1 || len(r.Responses) != 1 || len(r.Team) != 1 {
		t.Errorf("not all was taken: %s", body)
	}
}
