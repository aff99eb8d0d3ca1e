package test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// What says nothing about the patient must not change the advice, and what is not
// understood must never make it more certain.

const unheardOf = `{"coding":[{"system":"https://epd.example/codes","code":"X-1","display":"onbekend"}]}`

// irrelevant are resources that tell nothing that is asked.
var irrelevant = []string{
	about("Observation", "x1", `"status":"final"`, `"code":`+code(loinc, "8867-4"), `"valueQuantity":{"value":72,"unit":"/min"}`),
	about("Condition", "x2", `"code":`+code(sct, "38341003"), `"clinicalStatus":`+hl7("clinical", "active"), `"verificationStatus":`+hl7("ver-status", "confirmed")),
	about("Procedure", "x3", `"status":"completed"`, `"code":`+unheardOf),
	about("MedicationStatement", "x4", `"status":"active"`, `"medicationCodeableConcept":`+code(atc, "C10AA01")),
	about("FamilyMemberHistory", "x5", `"status":"completed"`, `"condition":[{"code":`+code(sct, "40733004")+`}]`),
	about("Goal", "x6", `"lifecycleStatus":"proposed"`, `"description":`+code(sct, "77386006")),
	about("Flag", "x7", `"status":"active"`, `"code":`+code(sct, "66214007")),
	about("ServiceRequest", "x8", `"status":"active"`, `"intent":"plan"`, `"code":`+code(sct, "91251008")),
	`{"resourceType":"Practitioner","id":"x9"}`,
}

// withoutFates is the advice without what became of the resources.
func withoutFates(all map[string]string) map[string]string {
	delete(all, "received")
	return all
}

func TestAdviceDependsOnlyOnWhatIsSaid(t *testing.T) {
	offset := regexp.MustCompile(`"(\d{4}-\d\d-\d\d)T(\d\d):00:00\+02:00"`)
	changes := map[string]func(*rapid.T, []string) string{
		"the order": func(t *rapid.T, list []string) string {
			return collection(rapid.Permutation(list).Draw(t, "order"))
		},
		"something irrelevant": func(t *rapid.T, list []string) string {
			return collection(append(list, rapid.SliceOfNDistinct(rapid.SampledFrom(irrelevant), 1, 4, rapid.ID).Draw(t, "irrelevant")...))
		},
		"two pages": func(t *rapid.T, list []string) string {
			at := rapid.IntRange(0, len(list)).Draw(t, "at")
			return `{"resourceType":"Bundle","type":"batch-response","entry":[{"resource":` + collection(list[:at]) + `},{"resource":` + collection(list[at:]) + `}]}`
		},
		"pages that overlap": func(t *rapid.T, list []string) string {
			at := rapid.IntRange(0, len(list)).Draw(t, "at")
			return collection(append(list[:len(list):len(list)], list[:at]...))
		},
		"other ids": func(_ *rapid.T, list []string) string {
			named := regexp.MustCompile(`"(id":"|reference":"[A-Za-z]+/)([^"]+)"`)
			return named.ReplaceAllString(collection(list), `"${1}a-$2"`)
		},
		"meta": func(t *rapid.T, list []string) string {
			i := rapid.IntRange(0, len(list)-1).Draw(t, "which")
			list = append([]string(nil), list...)
			list[i] = strings.Replace(list[i], `"id":`, `"meta":{"versionId":"3","lastUpdated":"2025-06-15T10:00:00Z","profile":["https://epd.example/p"],"tag":[{"code":"t"}]},"id":`, 1)
			return collection(list)
		},
		"an older version": func(t *rapid.T, list []string) string {
			i := rapid.IntRange(1, len(list)-1).Draw(t, "which")
			kind := regexp.MustCompile(`"resourceType":"(\w+)","id":"([^"]+)"`).FindStringSubmatch(list[i])
			list = append([]string(nil), list...)
			list[i] = strings.Replace(list[i], `"id":`, `"meta":{"versionId":"2"},"id":`, 1)
			older := `{"resourceType":"` + kind[1] + `","id":"` + kind[2] + `","meta":{"versionId":"1"},"subject":{"reference":"Patient/p"},"status":"completed","code":` + code(sct, "40733004") + `}`
			return collection(append(list, older))
		},
		"another offset": func(_ *rapid.T, list []string) string {
			return offset.ReplaceAllStringFunc(collection(list), func(s string) string {
				part := offset.FindStringSubmatch(s)
				hour, _ := strconv.Atoi(part[2])
				return fmt.Sprintf(`"%sT%02d:00:00Z"`, part[1], hour-2)
			})
		},
		"a narrative": func(_ *rapid.T, list []string) string {
			return strings.ReplaceAll(collection(list), `"subject":`, `"language":"nl-NL","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">zwanger</div>"},"subject":`)
		},
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				list := anyStory(t).coded()
				told := withoutFates(advice(t, collection(list)))
				if diff := cmp.Diff(told, withoutFates(advice(t, change(t, list)))); diff != "" {
					t.Fatalf("(-told +%s):\n%s", name, diff)
				}
			})
		})
	}
}

func TestWhatIsNotUnderstoodNeverMakesMoreCertain(t *testing.T) {
	known := regexp.MustCompile(`\{"coding":\[\{"system":"(` + sct + `|` + loinc + `|` + atc + `)","code":"[^"]+"\}\]\}`)
	rapid.Check(t, func(t *rapid.T) {
		list := anyStory(t).coded()
		told := advice(t, collection(list))
		i := rapid.IntRange(1, len(list)-1).Draw(t, "which")
		changed := append([]string(nil), list...)
		changed[i] = known.ReplaceAllString(list[i], unheardOf)
		if changed[i] == list[i] {
			return
		}
		for id, outcome := range advice(t, collection(changed)) {
			if told[id] == "not-met" && outcome == "met" {
				t.Fatalf("%s is met where a code is not understood: %s", id, list[i])
			}
		}
	})
}
