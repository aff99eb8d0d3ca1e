package decode_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

func TestDocumentsGiveEveryLineByItself(t *testing.T) {
	condition := `{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/1"}}`
	medication := `{"resourceType":"Medication","id":"m"}`
	bundle := `{"resourceType":"Bundle","type":"collection","entry":[{"resource":` + condition + `},{"resource":` + medication + `}]}`
	tests := map[string]struct {
		input string
		want  []string // source: resources received, or the error
	}{
		"one document":       {condition, []string{"x: 1"}},
		"one bundle":         {"{\n" + bundle[1:], []string{"x: 2"}},
		"lines":              {condition + "\n\n" + medication + "\n" + bundle + "\n", []string{"x:1: 1", "x:3: 1", "x:4: 2"}},
		"same patient":       {condition + "\n" + condition + "\n", []string{"x:1: 1", "x:2: 1"}},
		"a line not read":    {condition + "\n{\"resourceType\":\"Flag\",\"id\":\"f\"}\n" + condition, []string{"x:1: 1", "x:2: 1", "x:3: 1"}},
		"a damaged line":     {condition + "\n{\"resource\n" + condition + "\n", []string{"x:1: 1", "x:2: error", "x:3: 1"}},
		"a line too long":    {condition + "\n{\"a\":\"" + strings.Repeat("x", 5000) + "\"}\n" + condition, []string{"x:1: 1", "x:2: error", "x:3: 1"}},
		"XML":                {`<Condition xmlns="http://hl7.org/fhir"><subject><reference value="Patient/1"/></subject></Condition>`, []string{"x: 1"}},
		"nothing":            {"", []string{"x: error"}},
		"half a gzip stream": {"\x1f\x8b\x08", []string{"x: error"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for chart, err := range decode.Documents("x", strings.NewReader(test.input), decode.Limits{Bytes: 4000}) {
				if err != nil {
					got = append(got, chart.Source+": error")
					continue
				}
				got = append(got, fmt.Sprintf("%s: %d", chart.Source, chart.Received()))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDocumentsStopWhenNoMoreAreWanted(t *testing.T) {
	given := 0
	for range decode.Documents("x", strings.NewReader(strings.Repeat(`{"resourceType":"Medication","id":"m"}`+"\n", 5)), decode.Limits{}) {
		if given++; given == 2 {
			break
		}
	}
	if given != 2 {
		t.Errorf("%d given", given)
	}
}
