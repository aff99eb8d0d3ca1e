package decode_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// dated is a statement with so many dates that are none.
func dated(n int, more string) string {
	dates := strings.Join(slices.Repeat([]string{`"x"`}, n), ",")
	return `{"resourceType":"MedicationStatement","id":"m","subject":{"reference":"Patient/p1"},"dosage":[{"timing":{"event":[` + dates + `]}}]` + more + `}`
}

func TestManyRemarksAreCounted(t *testing.T) {
	stu3 := slices.Repeat([]string{condition(`"assertedDate":"2020"`)}, 1200)
	for name, c := range map[string]struct {
		document string
		told     int // issues about single elements
		others   int
		more     string
	}{
		"as many as are told":          {bundleOf(dated(1000, "")), 1000, 0, ""},
		"one more":                     {bundleOf(dated(1001, "")), 1000, 0, "1 more elements"},
		"over several resources":       {bundleOf(dated(700, ""), dated(700, "")), 1000, 0, "400 more elements"},
		"of a rejected entry, none":    {bundleOf(dated(5000, `,"status":1`), dated(3, "")), 3, 0, ""},
		"rejected after many":          {bundleOf(dated(1005, ""), dated(5000, `,"status":1`)), 1000, 0, "5 more elements"},
		"issues of resources are told": {bundleOf(append(stu3, dated(1500, ""))...), 1000, 1200, "500 more elements"},
		"NDJSON":                       {dated(700, "") + "\n" + dated(800, "") + "\n" + dated(2500, ""), 1000, 0, "3000 more elements"},
		"NDJSON, a Bundle":             {bundleOf(dated(1001, "")) + "\n" + bundleOf(patient2), 1000, 0, "1 more elements"},
	} {
		t.Run(name, func(t *testing.T) {
			for chart, err := range decode.Charts("in", strings.NewReader(c.document), decode.Limits{}) {
				if err != nil {
					t.Fatal(err)
				}
				told, others, more := 0, 0, ""
				for _, issue := range chart.Issues {
					switch {
					case issue.Severity == fhir.SeverityInformation:
						others++
					case issue.Code == "too-costly":
						more += issue.Reason
					default:
						told++
					}
				}
				if told != c.told || others != c.others || !strings.Contains(more, c.more) || (more == "") != (c.more == "") {
					t.Errorf("got %d, %d, %q; want %d, %d, %q", told, others, more, c.told, c.others, c.more)
				}
				break // the first chart
			}
		})
	}
}

func TestRemarksOfSharedResourcesAreCounted(t *testing.T) {
	device := func(id string) string {
		return fmt.Sprintf(`{"resourceType":"Device","id":%q,"manufactureDate":"x"}`, id)
	}
	use := func(id string) string {
		return fmt.Sprintf(`{"resourceType":"DeviceUseStatement","subject":{"reference":"Patient/p1"},"device":{"reference":"Device/%s"}}`, id)
	}
	input := strings.Join([]string{device("a"), device("b"), dated(999, ""), use("a"), use("b")}, "\n")
	for chart := range decode.Charts("in", strings.NewReader(input), decode.Limits{}) {
		if last := chart.Issues[len(chart.Issues)-1]; len(chart.Issues) != 1001 || !strings.HasPrefix(last.Reason, "1 more") {
			t.Errorf("%d issues, the last %q", len(chart.Issues), last.Reason)
		}
	}
}
