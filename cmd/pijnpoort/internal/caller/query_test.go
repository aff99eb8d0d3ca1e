package caller

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"
)

// chart is a record for the tests of queries.
const chart = `{"resourceType": "Bundle", "entry": [
 {"resource": {"resourceType": "Patient", "id": "p"}},
 {"resource": {"resourceType": "Observation", "id": "o1", "status": "final", "subject": {"reference": "Patient/p"}, "effectiveDateTime": "2025-06-01T23:30:00+02:00",
   "code": {"coding": [{"system": "http://loinc.org", "code": "72514-3"}]}}},
 {"resource": {"resourceType": "Observation", "id": "o2", "status": "final", "subject": {"reference": "https://ehr.example/fhir/Patient/p"}, "effectivePeriod": {"start": "2025-06-02", "end": "2025-06-04"},
   "code": {"coding": [{"system": "http://snomed.info/sct", "code": "225908003"}, {"system": "http://loinc.org", "code": "72514-3"}]}}},
 {"resource": {"resourceType": "Observation", "id": "o3", "status": "preliminary", "subject": {"reference": "Patient/p"},
   "code": {"coding": [{"code": "72514-3"}]}}},
 {"resource": {"resourceType": "Observation", "id": "o4", "status": "final", "subject": {"reference": "Patient/pp"}, "effectiveDateTime": "2025"}},
 {"resource": {"resourceType": "Procedure", "id": "r1", "subject": {"reference": "Group/p"}, "performedPeriod": {"start": "2024-01-01"}}},
 {"resource": {"resourceType": "QuestionnaireResponse", "id": "q1", "subject": {"reference": "Patient/p"}, "questionnaire": "https://x.example/Questionnaire/odi", "authored": "2025-06-03"}}
]}`

func record(t interface{ Fatal(...any) }, document string) *Record {
	r, err := ReadRecord([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ids are the ids in the answer to a query, in order.
func ids(t *testing.T, r *Record, query string) string {
	t.Helper()
	f, err := r.query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	var answer struct {
		ID    string
		Entry []struct{ Resource struct{ ID string } }
	}
	if err := json.Unmarshal(f.value, &answer, json.MatchCaseInsensitiveNames(true)); err != nil {
		t.Fatal(err)
	}
	list := []string{}
	if answer.ID != "" {
		list = append(list, answer.ID)
	}
	for _, e := range answer.Entry {
		list = append(list, e.Resource.ID)
	}
	return strings.Join(list, " ")
}

func TestQueries(t *testing.T) {
	r := record(t, chart)
	for query, want := range map[string]string{
		"Patient/p":                                 "p",
		"Patient/x":                                 "",
		"Patient?_id=p":                             "p",
		"Observation?patient=p":                     "o1 o2 o3",
		"Observation?patient=Patient/p":             "o1 o2 o3",
		"Observation?subject=Patient/p":             "o1 o2 o3",
		"Procedure?patient=p":                       "", // of a group
		"Procedure?subject=p":                       "r1",
		"Observation?code=http://loinc.org|72514-3": "o1 o2",
		"Observation?code=72514-3":                  "o1 o2 o3",
		"Observation?code=|72514-3":                 "o3",
		"Observation?code=http://snomed.info/sct|":  "o2",
		"Observation?code=http://loinc.org|1,http://snomed.info/sct|225908003": "o2",
		"Observation?status=final,preliminary&patient=p":                       "o1 o2 o3",
		"Observation?status=final&patient=p":                                   "o1 o2",
		"Observation?patient=p&_sort=-date":                                    "o2 o1 o3",
		"Observation?patient=p&_sort=date":                                     "o1 o2 o3",
		"Observation?patient=p&_sort=-date&_count=1":                           "o2",
		"Observation?date=2025-06-01":                                          "o1", // the day in UTC
		"Observation?date=ge2025-06-02":                                        "o2 o4",
		"Observation?date=gt2025-06-04":                                        "o4",
		"Observation?date=lt2025-06-02":                                        "o1 o4",
		"Observation?date=le2025-06-02":                                        "o1 o2 o4",
		"Observation?date=2025":                                                "o1 o2 o4",
		"Observation?date=ge2025-06-01&date=lt2025-06-02":                      "o1 o4",
		"Procedure?date=ge2025":                                                "r1", // goes on
		"QuestionnaireResponse?questionnaire=https://x.example/Questionnaire/odi&authored=eq2025-06": "q1",
		"Encounter?patient=p": "",
	} {
		if got := ids(t, r, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestQueriesBeyondTheSubsetAreNotGuessedAt(t *testing.T) {
	r := record(t, chart)
	for query, want := range map[string]string{
		"Observation?patient=p&_include=x":     "_include",
		"Observation?patient:Patient.name=x":   "patient:Patient.name",
		"Observation?code:in=http://x.example": "code:in",
		"Observation?date=ne2025":              "date",
		"Observation?date=yesterday":           "date",
		"Observation?_sort=status":             "sorts by status",
		"Observation?value-quantity=gt5":       "value-quantity",
		"Observation?patient=%zz":              "not well-formed",
	} {
		if f, err := r.query(query); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s, %v; want an error on %s", query, f.value, err, want)
		}
	}
}

func TestFewerThanFoundIsTold(t *testing.T) {
	f, err := record(t, chart).query("Observation?patient=p&_count=2")
	if err != nil || f.note != "2 of 3 are sent, as its query asks" {
		t.Errorf("%q, %v", f.note, err)
	}
}

// TestASearchAndItsComplement: before a day, or not before it, is every resource with a date.
func TestASearchAndItsComplement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.StringMatching(`20[0-2]\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])`)
		var entries []string
		for i, d := range rapid.SliceOf(day).Draw(t, "days") {
			entries = append(entries, fmt.Sprintf(`{"resource":{"resourceType":"Observation","id":"o%d","effectiveDateTime":%q}}`, i, d))
		}
		r := record(t, `{"resourceType":"Bundle","entry":[`+strings.Join(entries, ",")+`]}`)
		at := day.Draw(t, "day")
		count := func(prefix string) int {
			test, err := condition("date", prefix+at)
			if err != nil {
				t.Fatal(err)
			}
			return len(slices.DeleteFunc(slices.Clone(r.Resources), func(one *Resource) bool { return !test(one) }))
		}
		if all := count("lt") + count("ge"); all != len(r.Resources) {
			t.Fatalf("%d of %d", all, len(r.Resources))
		}
		if all := count("le") + count("gt"); all != len(r.Resources) {
			t.Fatalf("%d of %d", all, len(r.Resources))
		}
		if count("eq") != count("le")-count("lt") {
			t.Fatal("eq is not le without lt")
		}
	})
}

func FuzzQuery(f *testing.F) {
	for _, query := range []string{"Patient/p", "Observation?patient=p&code=a|b,c&date=ge2025-06&_sort=-date&_count=1", "Observation?date=le2025-06-02T10:00:00Z"} {
		f.Add(chart, query)
	}
	f.Add(`{"resourceType":"Observation","subject":{"reference":1},"effectivePeriod":{"start":[]},"code":[null,{"coding":[1,{"code":true}]}]}`, "Observation?subject=x&code=y&date=2025&_sort=date")
	f.Fuzz(func(t *testing.T, document, query string) {
		r, err := ReadRecord([]byte(document))
		if err != nil {
			return
		}
		answer, err := r.query(query)
		if err == nil && !answer.value.IsValid() {
			t.Errorf("not JSON: %s", answer.value)
		}
	})
}
