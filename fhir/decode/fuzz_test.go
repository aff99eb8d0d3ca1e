package decode_test

import (
	"encoding/json"
	"encoding/xml"
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

// xmlSeeds stand without their first "<".
var xmlSeeds = []string{
	xmlBundle(xmlPatient, xmlCondition(``))[1:], "", "Patient/>", "!DOCTYPE Geheim []>", `?xml version="1.0"?><Patient xmlns="http://hl7.org/fhir"/>`,
	`Patient xmlns="http://hl7.org/fhir"><name><family value="Geheim"/></name><birthDate value="Geheim"><extension url="Geheim"/></birthDate></Patient>`,
	xmlBundle(xmlCondition(`<onsetString value="Geheim"/><Geheim/><onsetDateTime value="Geheim"/><status><Geheim value="&#x1F600;"/></status>`))[1:],
	xmlBundle(`<Geheim><id value="x"/><subject><reference value="Patient/Geheim"/></subject></Geheim>`)[1:],
	xmlBundle(xmlCondition(`<text><div xmlns="http://www.w3.org/1999/xhtml">Geheim<Geheim Geheim="&lt;"/></div></text><code Geheim="Geheim"/>`))[1:],
	`Parameters xmlns="http://hl7.org/fhir"><parameter><name value="Geheim"/><resource><Bundle><entry/></Bundle></resource></parameter></Parameters>`,
	xmlBundle(`<Procedure><contained><Device><id value="a"/></Device></contained><meta><profile value="&#9;"/><profile/></meta><notDone value="true"/></Procedure>`)[1:],
	xmlBundle(`<MedicationRequest><modifierExtension url="Geheim"/><dosageInstruction><doseQuantity><value value="1e5"/></doseQuantity></dosageInstruction></MedicationRequest>`)[1:],
	xmlBundle(`<QuestionnaireResponse><item><answer><valueCoding><code value="a"/></valueCoding><item><linkId value="2"/></item></answer></item></QuestionnaireResponse>`)[1:],
}

func FuzzBundle(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		chart := twice(t, data)
		if chart == nil || strings.HasPrefix(strings.TrimLeft(string(data), "\ufeff \t\r\n"), "<") {
			return
		}
		if !json.Valid(data) {
			t.Fatal("malformed JSON was read")
		}
		if want, flat := entries(data); flat && want != chart.Received() {
			t.Fatalf("%d entries came in, %d have a fate", want, chart.Received())
		}
	})
}

func FuzzXML(f *testing.F) {
	for _, seed := range xmlSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		chart := twice(t, append([]byte("<"), data...))
		if chart == nil {
			return
		}
		if want, flat := xmlEntries(append([]byte("<"), data...)); flat && want != chart.Received() {
			t.Fatalf("%d entries came in, %d have a fate", want, chart.Received())
		}
	})
}

// twice decodes a document two times and checks what holds of every result. The
// chart is nil when the document was refused.
func twice(t *testing.T, data []byte) *fhir.Chart {
	t.Helper()
	limits := decode.Limits{Bytes: 1 << 16, Depth: 30, Entries: 100}
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
		if strings.HasPrefix(string(data), "<") && strings.Contains(refusal.Reason, "JSON") {
			t.Fatalf("XML was rewritten as malformed JSON: %v", err)
		}
		hides(t, err.Error())
		return nil
	}
	for _, fate := range append(chart.Rejected, chart.Skipped...) {
		hides(t, fate.Path+fate.Reason)
	}
	for _, issue := range chart.Issues {
		hides(t, issue.Path+issue.Reason)
	}
	for _, resource := range chart.Resources {
		fhir.Name(resource)
	}
	return chart
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

// xmlEntries is entries for XML.
func xmlEntries(data []byte) (n int, flat bool) {
	var bundle struct {
		XMLName xml.Name
		Entry   []struct {
			Resource []struct {
				Resources []struct{ XMLName xml.Name } `xml:",any"`
			} `xml:"resource"`
		} `xml:"entry"`
	}
	if xml.Unmarshal(data, &bundle) != nil || bundle.XMLName.Local != "Bundle" {
		return 0, false
	}
	for _, entry := range bundle.Entry {
		for _, wrapper := range entry.Resource {
			for _, resource := range wrapper.Resources {
				if kind := resource.XMLName.Local; kind == "Bundle" || kind == "Parameters" {
					return 0, false
				}
			}
		}
	}
	return len(bundle.Entry), true
}

func FuzzCharts(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed + "\n" + condition1 + "\n\n" + bundleOf(patient1)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := decode.Limits{Bytes: 1 << 14, Depth: 30, Entries: 100}
		first := summary(strings.NewReader(string(data)), limits)
		if second := summary(strings.NewReader(string(data)), limits); first != second {
			t.Fatalf("read twice:\n%s\n%s", first, second)
		}
	})
}
