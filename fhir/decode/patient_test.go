package decode_test

import (
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

const (
	uuid1 = "urn:uuid:0a4f1c1e-93d5-4d35-9d63-1c1f6a5b1d01"
	url1  = "https://epd.example/fhir/Patient/p1"
)

func TestSubjectIsThePatient(t *testing.T) {
	const identified = `{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:nr","value":"7"},{"system":"urn:nr","value":"6"}]}`
	for name, c := range map[string]struct {
		fullURL, subject string
		fate             string // "", rejected or skipped
	}{
		"absent":                       {url1, `{}`, ""},
		"only display":                 {url1, `{"display":"de patiënt"}`, ""},
		"relative":                     {url1, `{"reference":"Patient/p1"}`, ""},
		"relative, versioned":          {url1, `{"reference":"Patient/p1/_history/3"}`, ""},
		"absolute":                     {url1, `{"reference":"https://epd.example/fhir/Patient/p1"}`, ""},
		"absolute, versioned":          {url1, `{"reference":"https://epd.example/fhir/Patient/p1/_history/3"}`, ""},
		"urn:uuid":                     {uuid1, `{"reference":"` + uuid1 + `"}`, ""},
		"absolute, fullUrl unknown":    {"", `{"reference":"https://epd.example/fhir/Patient/p1"}`, ""},
		"urn:uuid of the id":           {"", `{"reference":"urn:uuid:p1"}`, ""},
		"identifier":                   {url1, `{"identifier":{"system":"urn:nr","value":"6"}}`, ""},
		"identifier, other system":     {url1, `{"identifier":{"system":"urn:x","value":"8"}}`, ""},
		"identifier of another":        {url1, `{"identifier":{"system":"urn:nr","value":"8"}}`, "rejected"},
		"another id":                   {url1, `{"reference":"Patient/p2"}`, "rejected"},
		"another server":               {url1, `{"reference":"https://other.example/fhir/Patient/p1"}`, "rejected"},
		"another uuid":                 {uuid1, `{"reference":"urn:uuid:00000000-0000-0000-0000-000000000000"}`, "rejected"},
		"right id, identifier another": {url1, `{"reference":"Patient/p1","identifier":{"system":"urn:nr","value":"8"}}`, "rejected"},
		"group":                        {url1, `{"reference":"Group/g1"}`, "skipped"},
		"device by type":               {url1, `{"type":"Device","identifier":{"value":"1"}}`, "skipped"},
	} {
		t.Run(name, func(t *testing.T) {
			fullURL := ""
			if c.fullURL != "" {
				fullURL = `"fullUrl":"` + c.fullURL + `",`
			}
			chart := read(t, `{"resourceType":"Bundle","entry":[
				{"resource":{"resourceType":"Observation","id":"o1","subject":`+c.subject+`}},{`+fullURL+`"resource":`+identified+`}]}`)
			fate := ""
			switch {
			case len(chart.Rejected) == 1:
				fate = "rejected"
			case len(chart.Skipped) == 1:
				fate = "skipped"
			}
			if fate != c.fate || chart.Received() != 2 {
				t.Errorf("got %q (%v %v), want %q", fate, chart.Rejected, chart.Skipped, c.fate)
			}
		})
	}
}

func TestContainedPatient(t *testing.T) {
	observation := func(number string) string {
		return `{"resourceType":"Observation","contained":[{"resourceType":"Patient","id":"x","identifier":[{"system":"urn:nr","value":"` +
			number + `"}]}],"subject":{"reference":"#x"}}`
	}
	chart := read(t, bundleOf(`{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:nr","value":"7"}]}`, observation("7"), observation("8")))
	if len(chart.Resources) != 2 || len(chart.Rejected) != 1 {
		t.Errorf("read %d, rejected %v", len(chart.Resources), chart.Rejected)
	}
}

func TestOneChartIsAboutOnePatient(t *testing.T) {
	about := func(subject string) string {
		return `{"resourceType":"Procedure","subject":{"reference":"` + subject + `"}}`
	}
	for name, c := range map[string]struct {
		document string
		refusal  string
	}{
		"two patients":               {bundleOf(patient1, `{"resourceType":"Patient","id":"p2"}`), "holds 2 patients"},
		"two patients without id":    {bundleOf(`{"resourceType":"Patient"}`, `{"resourceType":"Patient"}`), "holds 2 patients"},
		"the same patient twice":     {bundleOf(patient1, patient1), ""},
		"subjects agree, no Patient": {bundleOf(about("Patient/p1"), about("https://epd.example/fhir/Patient/p1/_history/2"), about("Patient/p1")), ""},
		"subjects differ":            {bundleOf(about("Patient/p1"), about("Patient/p2")), "about 2 patients"},
		"centre's own form": {bundleOf(
			`{"resourceType":"QuestionnaireResponse","subject":{"reference":"Organization/o1"}}`, patient1), ""},
		"appointment of another": {bundleOf(
			`{"resourceType":"Appointment","participant":[{"actor":{"reference":"Practitioner/a"}},{"actor":{"reference":"Patient/p2"}}]}`,
			about("Patient/p1")), "about 2 patients"},
	} {
		t.Run(name, func(t *testing.T) {
			chart, err := decode.Bundle("", []byte(c.document), decode.Limits{})
			switch {
			case c.refusal == "" && err != nil:
				t.Error(err)
			case c.refusal == "" && len(chart.Rejected)+len(chart.Skipped) > 0:
				t.Errorf("rejected %v, skipped %v", chart.Rejected, chart.Skipped)
			case c.refusal != "" && (err == nil || !strings.Contains(err.Error(), c.refusal)):
				t.Errorf("got %v, want %q", err, c.refusal)
			}
		})
	}
}
