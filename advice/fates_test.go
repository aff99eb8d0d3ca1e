package advice

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
)

func read(t *testing.T, source, content string) *fhir.Chart {
	t.Helper()
	chart, err := decode.Bundle(source, []byte(content), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return chart
}

// checkFates demands that every resource received has one fate, as many of each as the
// report counts, and that only what was used gave something.
func checkFates(t *testing.T, chart *fhir.Chart, record *mapping.Record) []Fate {
	t.Helper()
	fates := Fates(chart, record)
	times := map[string]int{}
	for _, f := range fates {
		times[f.Fate]++
		if f.Fate != Used && (f.Reason == "" || len(f.Gave) > 0) {
			t.Errorf("%s was %s for the reason %q and gave %v", f.Resource, f.Fate, f.Reason, f.Gave)
		}
	}
	r := record.Report
	if len(fates) != r.Received || times[Used] != r.Used || times[Ignored] != len(r.Ignored) || times[Rejected] != len(r.Rejected) {
		t.Errorf("received %d, used %d, ignored %d, rejected %d; fates %v", r.Received, r.Used, len(r.Ignored), len(r.Rejected), times)
	}
	return fates
}

func TestFatesOfTheExamplePatientsAddUp(t *testing.T) {
	files, err := filepath.Glob("../test/patients/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no example patients: %v", err)
	}
	adviser := &Adviser{AsOf: func() mapping.Day { day, _ := mapping.ParseDay("2025-06-16"); return day }}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			chart := read(t, file, string(content))
			record := adviser.Map(chart)
			fates := checkFates(t, chart, record)

			// Whatever the record rests on is told of the resource that it came from.
			told := map[string]bool{}
			for _, f := range fates {
				for _, g := range f.Gave {
					told[f.Resource+" "+g.Path+" "+g.Fact] = true
				}
			}
			for id, fact := range record.Facts {
				for _, v := range fact.Values {
					for _, e := range v.Evidence {
						if !told[e.Resource+" "+e.Path+" "+id] {
							t.Errorf("%s %s gave %s, which is not told", e.Resource, e.Path, id)
						}
					}
				}
			}
		})
	}
}

// Resources without id, or with the id of another, have a fate each.
func TestFatesOfResourcesWithOneName(t *testing.T) {
	chart := read(t, "x", `{"resourceType": "Bundle", "type": "collection", "entry": [
		{"resource": {"resourceType": "Patient", "id": "p", "birthDate": "1970-01-01"}},
		{"resource": {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}, "code": {"text": "a"}}},
		{"resource": {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}, "code": {"text": "b"}}},
		{"resource": {"resourceType": "Condition", "subject": {"reference": "Patient/p"}, "code": {"text": "c"}}},
		{"resource": {"resourceType": "Flag", "id": "f"}},
		{"resource": {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}, "code": 1}}
	]}`)
	record := (&Adviser{}).Map(chart)
	fates := checkFates(t, chart, record)
	texts := 0
	for _, f := range fates {
		texts += len(f.Unmapped)
	}
	if texts != 3 {
		t.Errorf("%d texts that mean nothing are told, want 3", texts)
	}
}

func TestTheTableOfFatesHasALineForEveryResource(t *testing.T) {
	chart := read(t, "x", `{"resourceType": "Bundle", "type": "collection", "entry": [
		{"resource": {"resourceType": "Patient", "id": "p", "birthDate": "1970-01-01", "gender": "male"}},
		{"resource": {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"},
			"code": {"coding": [{"system": "urn:oid:1.2.3", "code": "A,\"1", "display": "Pijn;\nweg"}]}}}
	]}`)
	record := (&Adviser{}).Map(chart)
	var b bytes.Buffer
	if err := FatesHeader(&b); err != nil {
		t.Fatal(err)
	}
	if err := FatesCSV(&b, "x", Fates(chart, record)); err != nil {
		t.Fatal(err)
	}
	if err := UnreadableCSV(&b, "y", "no, \"JSON\""); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	resources := 0
	for _, line := range lines[1:] {
		if line[2] == "" && line[3] != "unreadable" {
			resources++
		}
		if text := strings.Join(line, " "); strings.Contains(text, "1970") || strings.Contains(text, "male") {
			t.Errorf("the line holds a value of the patient: %v", line)
		}
	}
	if resources != record.Report.Received {
		t.Errorf("%d lines for %d resources: %v", resources, record.Report.Received, lines)
	}
	if unmapped := lines[len(lines)-2]; unmapped[3] != "unmapped" || unmapped[7] != `A,"1` || unmapped[8] != "Pijn;\nweg" {
		t.Errorf("line of a code: %q", unmapped)
	}
	if last := lines[len(lines)-1]; last[0] != "y" || last[5] != `no, "JSON"` {
		t.Errorf("line of an unreadable input: %q", last)
	}
}
