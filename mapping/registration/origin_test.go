package registration_test

import (
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// A thing has the same key whenever it is sent.
func TestKeys(t *testing.T) {
	trial := func(head string) string {
		return `{"resourceType":"Procedure",` + head + `"status":"completed","code":` + concept("proc-revision") + `}`
	}
	for name, c := range map[string]struct{ entry, want string }{
		"identifier":                   {`{"resource":` + trial(`"id":"a","identifier":[{"system":"urn:s","value":"1"}],`) + `}`, "Procedure/urn:s|1"},
		"several, the first by name":   {`{"resource":` + trial(`"identifier":[{"system":"urn:z","value":"1"},{"system":"urn:a","value":"2"}],`) + `}`, "Procedure/urn:a|2"},
		"identifier without a system":  {`{"resource":` + trial(`"id":"a","identifier":[{"value":"1"}],`) + `}`, "Procedure/a"},
		"id":                           {`{"resource":` + trial(`"id":"a",`) + `}`, "Procedure/a"},
		"address instead of an id":     {`{"fullUrl":"https://epd.example/fhir/Procedure/a","resource":` + trial("") + `}`, "Procedure/a"},
		"name within the bundle":       {`{"fullUrl":"urn:uuid:0a4f1c1e-93d5-4d35-9d63-1c1f6a5b8210","resource":` + trial("") + `}`, "Procedure/urn:uuid:0a4f1c1e-93d5-4d35-9d63-1c1f6a5b8210"},
		"nothing to be recognised by":  {`{"resource":` + trial("") + `}`, ""},
		"its own type goes for STU3's": {`{"resource":` + trial(`"id":"a","notDone":false,`) + `}`, "Procedure/a"},
	} {
		t.Run(name, func(t *testing.T) {
			chart, err := decode.Bundle("in", []byte(`{"resourceType":"Bundle","type":"collection","entry":[`+c.entry+`]}`), decode.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			r, fates := ofChart(t, chart)
			got := ""
			for _, p := range r.Procedures {
				got += p.Key
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if c.want == "" && (len(fates) == 0 || !strings.Contains(fates[len(fates)-1].Reason, "recognised")) {
				t.Errorf("not said: %v", fates)
			}
		})
	}
}

// A pain specialist is an anaesthesiologist of whom that is said.
func TestProfessions(t *testing.T) {
	for name, c := range map[string]struct{ performer, want string }{
		"function":                 {`{"function":` + concept("role-neurosurgeon") + `,"actor":{"display":"x"}}`, "neurosurgeon"},
		"anaesthesiologist":        {`{"function":` + concept("role-anaesthesiologist") + `,"actor":{"display":"x"}}`, ""},
		"and pain specialist":      {`{"function":` + concept("role-anaesthesiologist", "role-pain-medicine") + `,"actor":{"display":"x"}}`, "anaesthesiologist-pain-specialist"},
		"another":                  {`{"function":` + concept("role-neurologist") + `,"actor":{"display":"x"}}`, "other"},
		"by role":                  {`{"actor":{"reference":"#r"}}`, "neurosurgeon"},
		"by qualification":         {`{"actor":{"reference":"#q"}}`, "clinical-psychologist"},
		"the second performer":     {`{"actor":{"display":"x"}},{"actor":{"reference":"#q"}}`, "clinical-psychologist"},
		"role by its professional": {`{"actor":{"reference":"#rq"}}`, "clinical-psychologist"},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := of(t, procedure("a", concept("proc-revision"), "2024-03-05", `"performer":[`+c.performer+`]`,
				`"contained":[{"resourceType":"PractitionerRole","id":"r","specialty":[`+concept("role-neurosurgeon")+`]},{"resourceType":"PractitionerRole","id":"rq","practitioner":{"reference":"Practitioner/elsewhere"}},`+
					`{"resourceType":"Practitioner","id":"q","qualification":[{"code":`+concept("role-clinical-psychologist")+`}]}]`),
				`{"resourceType":"Practitioner","id":"elsewhere","qualification":[{"code":`+concept("role-clinical-psychologist")+`}]}`)
			if got := r.Procedures[0].Specialty; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestPatient(t *testing.T) {
	for name, c := range map[string]struct{ elements, deceased, gender, identifiers, said string }{
		"died, day known":      {`"deceasedDateTime":"2025-01-02"`, "2025-01-02", "", "", ""},
		"died":                 {`"deceasedBoolean":true`, "true", "", "", ""},
		"lives":                {`"deceasedBoolean":false`, "", "", "", ""},
		"gender that is none":  {`"gender":"V"`, "", "", "", "gender"},
		"citizen number first": {`"identifier":[{"system":"urn:a","value":"1"},{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"999900201"},{"system":"urn:a","value":"1"}]`, "", "", "999900201 1", ""},
		"number of nobody":     {`"identifier":[{"value":"1"}]`, "", "", "", "identifier"},
	} {
		t.Run(name, func(t *testing.T) {
			chart, err := decode.Bundle("in", []byte(`{"resourceType":"Patient","id":"p",`+c.elements+`}`), decode.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			r, fates := ofChart(t, chart)
			var values []string
			for _, i := range r.Patient.Identifiers {
				values = append(values, i.Value)
			}
			if p := r.Patient; p.Deceased != c.deceased || p.Gender != c.gender || strings.Join(values, " ") != c.identifiers {
				t.Errorf("%+v", p)
			}
			if c.said != "" && (len(fates) != 1 || fates[0].Path != c.said) {
				t.Errorf("not said: %v", fates)
			}
		})
	}
}

// Without record and scores what stands in the resources is taken all the same.
func TestOfAChartAlone(t *testing.T) {
	chart, err := decode.Bundle("in", []byte(procedure("a", code(snomed, "3270004"), "2024-03-05")), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	used := 0
	r, _ := registration.Of(chart, nil, nil, registration.Options{Used: func(fhir.Resource) { used++ }})
	if len(r.Procedures) != 1 || used != 1 {
		t.Errorf("%+v, %d used", r, used)
	}
}
