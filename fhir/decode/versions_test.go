package decode_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
)

func TestOfSeveralVersionsTheNewestStands(t *testing.T) {
	version := func(meta, onset string) string {
		return condition(fmt.Sprintf(`"meta":{%s},"onsetDateTime":"%s"`, meta, onset))
	}
	for name, c := range map[string]struct {
		older, newer string // meta
		want         []string
	}{
		"by lastUpdated":                   {`"lastUpdated":"2025-01-01T00:00:00Z"`, `"lastUpdated":"2025-01-02T00:00:00Z"`, []string{"2002"}},
		"by the instant, not its letters":  {`"lastUpdated":"2025-01-02T00:30:00+02:00"`, `"lastUpdated":"2025-01-01T23:00:00Z"`, []string{"2002"}},
		"by versionId":                     {`"versionId":"9"`, `"versionId":"10"`, []string{"2002"}},
		"lastUpdated before versionId":     {`"versionId":"3","lastUpdated":"2025-01-01T00:00:00Z"`, `"versionId":"2","lastUpdated":"2025-01-02T00:00:00Z"`, []string{"2002"}},
		"the same instant, then versionId": {`"versionId":"1","lastUpdated":"2025-01-01T00:00:00Z"`, `"versionId":"2","lastUpdated":"2025-01-01T00:00:00Z"`, []string{"2002"}},
		"neither tells":                    {`"source":"a"`, `"source":"b"`, []string{"2001", "2002"}},
		"only one tells":                   {`"lastUpdated":"2025-01-01T00:00:00Z"`, `"source":"b"`, []string{"2001", "2002"}},
		"versions that are no numbers":     {`"versionId":"a"`, `"versionId":"b"`, []string{"2001", "2002"}},
		"the same version twice":           {`"versionId":"2"`, `"versionId":"2"`, []string{"2001", "2002"}},
	} {
		t.Run(name, func(t *testing.T) {
			first, second := version(c.older, "2001"), version(c.newer, "2002")
			for _, document := range []string{bundleOf(patient1, first, second), bundleOf(second, patient1, first)} {
				chart := read(t, document)
				var got []string
				for _, r := range chart.Resources {
					if c, ok := r.(*fhir.Condition); ok {
						got = append(got, c.OnsetDateTime.Text)
					}
				}
				slices.Sort(got)
				if !slices.Equal(got, c.want) {
					t.Errorf("onsets %v, want %v", got, c.want)
				}
				if chart.Received() != 3 || len(chart.Skipped) != 2-len(c.want) {
					t.Errorf("received %d, skipped %+v", chart.Received(), chart.Skipped)
				}
				if found, _ := chart.Resolve(chart.Patient, fhir.Reference{Reference: "Condition/c1"}).(*fhir.Condition); len(c.want) == 1 && (found == nil || found.OnsetDateTime.Text != "2002") {
					t.Errorf("a reference leads to %+v", found)
				}
			}
		})
	}
}

func TestVersionsOfMixedKindDoNotOustEachOther(t *testing.T) {
	metas := []string{`"lastUpdated":"2025-01-01T00:00:00Z","versionId":"3"`, `"lastUpdated":"2025-01-02T00:00:00Z","versionId":"1"`, `"versionId":"2"`}
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		list := []string{patient1}
		for _, i := range order {
			list = append(list, condition(`"meta":{`+metas[i]+`}`))
		}
		chart := read(t, bundleOf(list...))
		if len(chart.Resources) != 3 || len(chart.Skipped) != 1 {
			t.Errorf("%v: %d resources, skipped %+v", order, len(chart.Resources), chart.Skipped)
		}
	}
}

func TestTheNewestVersionOfThePatientIsThePatient(t *testing.T) {
	version := func(number, birth string) string {
		return `{"resourceType":"Patient","id":"p1","meta":{"versionId":"` + number + `"},"birthDate":"` + birth + `"}`
	}
	for _, document := range []string{bundleOf(version("1", "1970"), version("2", "1971")), bundleOf(version("2", "1971"), condition1, version("1", "1970"))} {
		chart := read(t, document)
		if chart.Patient.BirthDate.Text != "1971" || len(chart.Skipped) != 1 || chart.Skipped[0].Resource != "Patient/p1" {
			t.Errorf("born %s, skipped %+v", chart.Patient.BirthDate.Text, chart.Skipped)
		}
	}
}

func TestOneIdAtTwoServersIsTwoResources(t *testing.T) {
	document := `{"resourceType":"Bundle","type":"collection","entry":[{"resource":` + patient1 + `},` +
		`{"fullUrl":"https://a.example/fhir/Condition/c1","resource":` + condition(`"meta":{"versionId":"1"}`) + `},` +
		`{"fullUrl":"https://b.example/fhir/Condition/c1","resource":` + condition(`"meta":{"versionId":"2"}`) + `}]}`
	if chart := read(t, document); len(chart.Resources) != 3 || len(chart.Skipped) != 0 {
		t.Errorf("%d resources, skipped %+v", len(chart.Resources), chart.Skipped)
	}
}
