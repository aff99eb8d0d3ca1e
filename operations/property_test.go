package operations_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"pgregory.net/rapid"
)

// Whatever stands in the elements that an Observation takes over from a response, it is
// scored as valid FHIR or refused with a reason.
func TestWhateverIsTakenOver(t *testing.T) {
	s := serve(t, nil)
	rapid.Check(t, func(draw *rapid.T) {
		odd := func(name string, usual ...string) string {
			text := rapid.OneOf(rapid.SampledFrom(usual), rapid.String(), rapid.StringMatching(`[A-Za-z]{1,9}/[ -~]{0,20}`)).Draw(draw, name)
			literal, err := json.Marshal(text)
			if err != nil {
				draw.Fatal(err)
			}
			return string(literal)
		}
		body := `{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":` + odd("fullUrl", "urn:uuid:7155008a-264c-567c-bf7a-3fcc9e6b4664", "https://epd.example/fhir/QuestionnaireResponse/1") +
			`,"resource":{"resourceType":"QuestionnaireResponse","status":` + odd("status", "completed", "amended", "stopped") +
			`,"questionnaire":"` + base + `nrs","authored":` + odd("authored", "2025", "2025-06-04", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999-14:00", "2025-06-04T10:00:00-00:00") +
			`,"subject":{"reference":` + odd("subject", "Patient/1", "#p", "urn:oid:1.2") + `,"type":` + odd("type", "Patient") +
			`,"identifier":{"system":` + odd("system", "http://fhir.nl/fhir/NamingSystem/bsn") + `,"value":` + odd("value", "1") + `}}` +
			`,"encounter":{"reference":` + odd("encounter", "Encounter/1") + `},"author":{"reference":` + odd("author", "Practitioner/1", "Device/1") +
			`},"item":[{"linkId":"nrs.1","answer":[{"valueDecimal":6}]},{"linkId":` + odd("linkId", "x") + `,"answer":[{"valueString":"y"}]}]}}]}`
		w := s.call("POST", "/fhir/$score", body)
		if w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
			draw.Fatalf("%d %s\n%s", w.Code, w.Body, s.log.String())
		}
		if err := strict(w.Body.Bytes()); err != nil {
			draw.Fatalf("%v\nsent %s\ngot %s", err, body, w.Body)
		}
	})
}
