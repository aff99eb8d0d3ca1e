package registration_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

var asOf = mapping.NewDay(2025, 6, 16)

// of registers a patient of whom these resources came in. In them, @kind:CODE stands
// for a code of the hospital that its own list maps, @own:SYSTEM:CODE for one of ours.
func of(t testing.TB, resources ...string) (*registration.Registration, []fhir.Fate) {
	t.Helper()
	entries := []string{`{"resource":{"resourceType":"Patient","id":"p","identifier":[{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"999900201"}],"birthDate":"1962-08-14","gender":"female"}}`}
	for _, r := range resources {
		entries = append(entries, `{"resource":`+r+`}`)
	}
	chart, err := decode.Bundle("in", []byte(`{"resourceType":"Bundle","type":"collection","entry":[`+strings.Join(entries, ",")+`]}`), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	skipped := slices.DeleteFunc(slices.Clone(chart.Skipped), func(f fhir.Fate) bool { return f.Reason == decode.Superseded })
	if len(chart.Rejected)+len(skipped) > 0 {
		t.Fatalf("not read: %v %v", chart.Rejected, skipped)
	}
	return ofChart(t, chart)
}

func ofChart(t testing.TB, chart *fhir.Chart) (*registration.Registration, []fhir.Fate) {
	t.Helper()
	record := epd.Map(chart, epd.Options{AsOf: asOf, Terminology: hospital})
	scores := prom.Score(chart, prom.Config{})
	return registration.Of(chart, record, &scores, registration.Options{Terminology: hospital})
}

// hospital is our terminology with a list of a hospital.
var hospital = func() *terminology.Terminology {
	dir, err := os.MkdirTemp("", "codes")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	list := "system,code,concept\n"
	for _, concept := range terminology.Embedded().All() {
		list += local + "," + string(concept) + "," + string(concept) + "\n"
	}
	list += local + ",all-in-one,proc-scs-trial\n" + local + ",all-in-one,proc-ipg-placement\n"
	list += local + ",system,proc-scs-implant\n" + local + ",system,proc-ipg-placement\n"
	if err := os.WriteFile(filepath.Join(dir, "codes.csv"), []byte(list), 0o600); err != nil {
		panic(err)
	}
	site, err := terminology.Load(dir)
	if err != nil {
		panic(err)
	}
	return terminology.Embedded().With(site)
}()

// local is the code system of the hospital: a code for every concept, by its name.
const local = "https://ziekenhuis.example/codes"

// concept is a CodeableConcept of codes of the hospital.
func concept(codes ...string) string {
	var list []string
	for _, c := range codes {
		list = append(list, `{"system":"`+local+`","code":"`+c+`"}`)
	}
	return `{"coding":[` + strings.Join(list, ",") + `]}`
}

// code is a CodeableConcept of one code.
func code(system, code string) string {
	return `{"coding":[{"system":"` + system + `","code":"` + code + `"}]}`
}

const snomed = "http://snomed.info/sct"

// about is the reference to the patient.
const about = `"subject":{"reference":"Patient/p"}`

// procedure is a completed procedure with an id, a code and a day; more are further elements.
func procedure(id, codes, day string, more ...string) string {
	elements := []string{`"resourceType":"Procedure","id":"` + id + `","code":` + codes, about}
	if !strings.Contains(strings.Join(more, ""), `"status"`) {
		elements = append(elements, `"status":"completed"`)
	}
	if day != "" {
		elements = append(elements, `"performedDateTime":"`+day+`"`)
	}
	return "{" + strings.Join(append(elements, more...), ",") + "}"
}

// told reports whether a fate of the resource gives the reason.
func told(fates []fhir.Fate, resource, reason string) bool {
	for _, f := range fates {
		if f.Resource == resource && strings.Contains(f.Reason, reason) {
			return true
		}
	}
	return false
}
