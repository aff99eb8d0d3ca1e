package decode_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// secret stands in the seeds where a patient's data would: none of it may get out.
const secret = "Geheim"

var seeds = []string{
	patient1, condition1, bundleOf(patient1, condition1), "", "{}", "[]", "null",
	`{"resourceType":"Patient","name":[{"family":"Geheim"}],"birthDate":"Geheim","Geheim":null}`,
	`{"resourceType":"Condition","onsetString":"Geheim","onsetDateTime":"Geheim","status":{"Geheim":1,"Geheim":2}}`,
	`{"resourceType":"Bundle","entry":[{"fullUrl":"urn:Geheim","resource":{"resourceType":"Geheim","id":"x","subject":{"reference":"Patient/Geheim"}}}]}`,
	`{"resourceType":"Observation","valueString":"Geheim","valueInteger":1,"code":"Geheim","_code":{"Geheim":[null]},"extension":[{"url":"Geheim"}]}`,
	`{"resourceType":"Parameters","parameter":[{"name":"Geheim","resource":{"resourceType":"Bundle","entry":[{}]}}]}`,
	`{"resourceType":"Procedure","notDone":true,"context":{"display":"\ud83d\ude00 Geheim"},"contained":[{"resourceType":"Device","id":"a"}]}`,
	`{"resourceType":"MedicationRequest","dosageInstruction":[{"doseQuantity":{"value":1e5}}],"modifierExtension":[{"url":"Geheim"}]}`,
	`{"resourceType":"QuestionnaireResponse","item":[{"linkId":"1","answer":[{"valueCoding":{"code":"a"},"item":[{"linkId":"2"}]}]}]}`,
}

func FuzzBundle(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := decode.Limits{Bytes: 1 << 20, Depth: 30, Entries: 100}
		chart, err := decode.Bundle("in", data, limits)
		again, errAgain := decode.Bundle("in", data, limits)
		if !reflect.DeepEqual(chart, again) || !reflect.DeepEqual(err, errAgain) {
			t.Fatal("decoding twice gives two results")
		}
		if err != nil {
			var refusal *decode.Error
			if !errors.As(err, &refusal) || refusal.Code == "" || refusal.Reason == "" || chart != nil {
				t.Fatalf("not a full refusal: %#v", err)
			}
			hides(t, err.Error())
			return
		}
		if !json.Valid(data) {
			t.Fatal("malformed JSON was read")
		}
		for _, fate := range append(chart.Rejected, chart.Skipped...) {
			hides(t, fate.Path+fate.Reason)
		}
		for _, issue := range chart.Issues {
			hides(t, issue.Path+issue.Reason)
		}
		if want, flat := entries(data); flat && want != chart.Received() {
			t.Fatalf("%d entries came in, %d have a fate", want, chart.Received())
		}
		for _, resource := range chart.Resources {
			fhir.Name(resource)
		}
	})
}

func hides(t *testing.T, text string) {
	t.Helper()
	if strings.Contains(text, secret) {
		t.Fatalf("tells a secret: %s", text)
	}
}

// entries counts the entries of a Bundle that holds no other containers.
func entries(data []byte) (n int, flat bool) {
	var bundle struct {
		ResourceType string
		Entry        []struct{ Resource struct{ ResourceType any } }
	}
	if json.Unmarshal(data, &bundle) != nil || bundle.ResourceType != "Bundle" {
		return 0, false
	}
	for _, entry := range bundle.Entry {
		if kind := entry.Resource.ResourceType; kind == "Bundle" || kind == "Parameters" {
			return 0, false
		}
	}
	return len(bundle.Entry), true
}

func FuzzCharts(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed + "\n" + condition1 + "\n\n" + bundleOf(patient1)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		first := summary(strings.NewReader(string(data)), decode.Limits{Bytes: 1 << 16})
		if second := summary(strings.NewReader(string(data)), decode.Limits{Bytes: 1 << 16}); first != second {
			t.Fatalf("read twice:\n%s\n%s", first, second)
		}
	})
}
