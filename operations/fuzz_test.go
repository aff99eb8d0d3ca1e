package operations_test

import (
	"net/http"
	"testing"
)

// FuzzScore: whatever is sent is scored as valid FHIR, or refused with a reason; the
// server never fails.
func FuzzScore(f *testing.F) {
	f.Add(response("odi", header, answers("odi", 10, 2)...))
	f.Add(response("pcs", header+`"status":"amended","encounter":{"reference":"Encounter/e"},"author":{"reference":"#a"},`, answers("pcs", 13, 1)...))
	f.Add(response("nrs", `"authored":"2025-06-04T10:00:00.123456Z","subject":{"identifier":{"system":"urn:x","value":"1"}},`, `{"linkId":"nrs.1","answer":[{"valueDecimal":3.50}]}`))
	f.Add(bundleOf(response("sf12v2", header, answers("sf12v2", 12, 2)...), `{"resourceType":"Flag"}`, `{"resourceType":"Patient","id":"p1"}`))
	s := serve(f, nil)
	f.Fuzz(func(t *testing.T, body string) {
		w := s.call("POST", "/fhir/$score", body, "Content-Type", "application/fhir+json")
		if w.Code >= http.StatusInternalServerError {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		valid(t, w.Body.Bytes())
	})
}
