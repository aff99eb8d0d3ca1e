package epd_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
)

// Tests write resources as JSON and state the facts they expect: "fact: value",
// several values joined by " | ". The as-of day is 2025-06-16 throughout.
const today = "2025-06-16"

const (
	sct       = "http://snomed.info/sct|"
	icd       = "http://hl7.org/fhir/sid/icd-10|"
	icdNL     = "http://hl7.org/fhir/sid/icd-10-nl|"
	loinc     = "http://loinc.org|"
	atc       = "http://www.whocc.no/atc|"
	intake    = mapping.IntakeSystem + "|"
	patient   = `{"resourceType":"Patient","id":"p","gender":"female","birthDate":"1970-03-10"}`
	confirmed = `"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}]}`
	provision = `"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"provisional"}]}`
	refuted   = `"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"refuted"}]}`
	erroneous = `"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"entered-in-error"}]}`
)

func clinical(code string) string {
	return `"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"` + code + `"}]}`
}

// concept writes a CodeableConcept of codes "system|code".
func concept(codes ...string) string {
	var list []string
	for _, c := range codes {
		system, code, _ := strings.Cut(c, "|")
		list = append(list, `{"system":"`+system+`","code":"`+code+`"}`)
	}
	return `{"coding":[` + strings.Join(list, ",") + `]}`
}

// resource writes a resource of the patient with more elements.
func resource(kind, id string, elements ...string) string {
	about := `"subject":{"reference":"Patient/p"}`
	if kind == "AllergyIntolerance" {
		about = `"patient":{"reference":"Patient/p"}`
	}
	return `{"resourceType":"` + kind + `","id":"` + id + `",` + about + `,` + strings.Join(elements, ",") + `}`
}

// condition writes a confirmed and active Condition.
func condition(id, code string, elements ...string) string {
	return resource("Condition", id, append([]string{`"code":` + concept(code), confirmed, clinical("active")}, elements...)...)
}

// response writes a completed response to one of our forms.
func response(form string, items ...string) string {
	return resource("QuestionnaireResponse", form, `"questionnaire":"`+mapping.CanonicalBase+`/Questionnaire/`+form+`|1.0.0"`,
		`"status":"completed"`, `"authored":"2025-06-10T10:00:00+02:00"`, `"item":[`+strings.Join(items, ",")+`]`)
}

// item writes an item with one answer, such as `"valueBoolean":true`.
func item(linkID string, answers ...string) string {
	for i := range answers {
		answers[i] = "{" + answers[i] + "}"
	}
	return `{"linkId":"` + linkID + `","answer":[` + strings.Join(answers, ",") + `]}`
}

func group(linkID string, items ...string) string {
	return `{"linkId":"` + linkID + `","item":[` + strings.Join(items, ",") + `]}`
}

func coding(code string) string {
	return `"valueCoding":{"system":"` + mapping.IntakeSystem + `","code":"` + code + `"}`
}

func bundle(resources ...string) string {
	var entries []string
	for _, r := range resources {
		entries = append(entries, `{"resource":`+r+`}`)
	}
	return `{"resourceType":"Bundle","type":"collection","entry":[` + strings.Join(entries, ",") + `]}`
}

func day(t testing.TB, s string) mapping.Day {
	t.Helper()
	d, err := mapping.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// record maps resources as of today.
func record(t testing.TB, resources ...string) *mapping.Record {
	t.Helper()
	return recordAsOf(t, today, resources...)
}

func recordAsOf(t testing.TB, asOf string, resources ...string) *mapping.Record {
	t.Helper()
	document := bundle(resources...)
	chart, err := decode.Bundle("test", []byte(document), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range chart.Rejected {
		t.Fatalf("rejected: %+v", r)
	}
	r := epd.Map(chart, epd.Options{AsOf: day(t, asOf)})
	conserves(t, r)
	return r
}

// conserves checks that everything received is accounted for.
func conserves(t testing.TB, r *mapping.Record) {
	t.Helper()
	p := r.Report
	if p.Received != p.Used+len(p.Ignored)+len(p.Rejected) {
		t.Errorf("received %d, used %d, ignored %d, rejected %d", p.Received, p.Used, len(p.Ignored), len(p.Rejected))
	}
	for _, f := range p.Ignored {
		if f.Reason == "" {
			t.Errorf("%s is ignored without a reason", f.Resource)
		}
	}
}

// facts writes the facts of a record, values in alphabetical order.
func facts(r *mapping.Record) map[string]string {
	all := map[string]string{}
	for id, f := range r.Facts {
		var values []string
		for _, v := range f.Values {
			values = append(values, v.String())
		}
		slices.Sort(values)
		all[id] = strings.Join(values, " | ")
	}
	return all
}

func indications(r *mapping.Record) string {
	var codes []string
	for _, i := range r.Indications {
		codes = append(codes, strings.TrimSuffix(i.Code+":"+i.Name, ":"))
	}
	slices.Sort(codes)
	return strings.Join(codes, " ")
}

// reasons are why resources were ignored, by "Type/id".
func reasons(r *mapping.Record) map[string]string {
	all := map[string]string{}
	for _, f := range r.Report.Ignored {
		all[f.Resource] = f.Reason
	}
	return all
}

// want compares facts; a fact expected as "" must have no value.
func want(t *testing.T, r *mapping.Record, expected map[string]string) {
	t.Helper()
	got := facts(r)
	for fact, value := range expected {
		if got[fact] != value {
			t.Errorf("%s: got %q, want %q (ignored: %v)", fact, got[fact], value, reasons(r))
		}
	}
}

// only checks that a record holds no facts but these and those of the Patient.
func only(t *testing.T, r *mapping.Record, expected map[string]string) {
	t.Helper()
	got := facts(r)
	delete(got, "sex")
	delete(got, "birth-date")
	if diff := cmp.Diff(expected, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s\nignored: %v", diff, reasons(r))
	}
}

func evidence(t *testing.T, r *mapping.Record, fact string) []mapping.Evidence {
	t.Helper()
	f := r.Fact(fact)
	if len(f.Values) != 1 {
		t.Fatalf("%s has %d values", fact, len(f.Values))
	}
	return f.Values[0].Evidence
}

func TestSlicesOfTheReportAreNeverNull(t *testing.T) {
	b, err := json.Marshal(record(t, patient).Report)
	if err != nil {
		t.Fatal(err)
	}
	const expected = `{"received":1,"used":1,"ignored":[],"unmapped":[],"rejected":[]}`
	if string(b) != expected {
		t.Errorf("got %s, want %s", b, expected)
	}
}

func TestPatient(t *testing.T) {
	want(t, record(t, patient), map[string]string{"sex": "female", "birth-date": "1970-03-10"})
	partial := record(t, `{"resourceType":"Patient","id":"p","birthDate":"1970-03"}`)
	want(t, partial, map[string]string{"sex": "", "birth-date": "1970-03"})
	if d := partial.Fact("birth-date").Values[0].Date; d.IsExact() {
		t.Error("a month is not a day")
	}
	expected := []mapping.Evidence{{Resource: "Patient/p", Path: "birthDate", Value: "1970-03"}}
	if diff := cmp.Diff(expected, evidence(t, partial, "birth-date")); diff != "" {
		t.Error(diff)
	}
	want(t, record(t, `{"resourceType":"Patient","id":"p","birthDate":"2025-06-17"}`), map[string]string{"birth-date": ""})
}
