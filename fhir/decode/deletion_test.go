package decode_test

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// In a history, the newest first, what was deleted does not count, and what was made anew
// since does.
func TestWhatWasDeletedDoesNotCount(t *testing.T) {
	const gone = `{"request":{"method":"DELETE","url":"Condition/c1"},"response":{"status":"204"}}`
	older, other := `{"resource":`+condition(`"onsetDateTime":"2001"`)+`}`, `{"request":{"method":"DELETE","url":"Condition/c2"}}`
	for name, test := range map[string]struct {
		entries string
		stands  bool
	}{
		"deleted since":          {gone + "," + older, false},
		"made anew":              {older + "," + gone, true},
		"another was deleted":    {other + "," + older, true},
		"by its absolute URL":    {`{"request":{"method":"DELETE","url":"https://ehr.example/fhir/Condition/c1/_history/2"}},` + older, false},
		"an update, no deletion": {`{"request":{"method":"PUT","url":"Condition/c1"}},` + older, true},
	} {
		t.Run(name, func(t *testing.T) {
			chart := read(t, `{"resourceType":"Bundle","type":"history","entry":[{"resource":`+patient1+`},`+test.entries+`]}`)
			stands, told := false, false
			for _, r := range chart.Resources {
				_, is := r.(*fhir.Condition)
				stands = stands || is
			}
			for _, s := range chart.Skipped {
				told = told || s.Reason == decode.Deleted
			}
			if stands != test.stands || told == test.stands || chart.Received() != 3 {
				t.Errorf("stands %v, told %v, received %d, skipped %+v", stands, told, chart.Received(), chart.Skipped)
			}
		})
	}
}
