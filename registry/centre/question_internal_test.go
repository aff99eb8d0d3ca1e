package centre

import (
	"encoding/json"
	"testing"
)

// What is taken in is a Bundle, whatever was sent.
func FuzzSubmitted(f *testing.F) {
	f.Add([]byte(`{"resourceType":"Parameters","parameter":[{"name":"measureReport","resource":{"resourceType":"MeasureReport","type":"data-collection","measure":"nm-removed"}},{"name":"resource","resource":{"resourceType":"Patient"}}]}`))
	f.Add([]byte(`{"resourceType":"Parameters","parameter":[{"name":"measureReport","resource":null}]}`))
	f.Add([]byte(`{`))
	f.Fuzz(func(t *testing.T, body []byte) {
		bundle, err := submitted(body)
		if err != nil {
			return
		}
		var b struct {
			ResourceType, Type string
			Entry              []struct{ Resource json.RawMessage }
		}
		if err := json.Unmarshal(bundle, &b); err != nil || b.ResourceType != "Bundle" || b.Type != "collection" {
			t.Errorf("%s: %v", bundle, err)
		}
	})
}
