package decode_test

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
)

func TestDispenseIsReadAsAStatement(t *testing.T) {
	for name, c := range map[string]struct{ elements, status, start, end string }{
		"handed over, with a supply": {`"status":"completed","whenHandedOver":"2025-05-01T10:00:00+02:00","daysSupply":{"value":30,"unit":"d"}`, "active", "2025-05-01T10:00:00+02:00", "2025-05-31"},
		"days by UCUM":               {`"status":"completed","whenHandedOver":"2025-05-01","daysSupply":{"value":14.5,"unit":"dag","system":"http://unitsofmeasure.org","code":"d"}`, "active", "2025-05-01", "2025-05-15"},
		"prepared":                   {`"status":"completed","whenPrepared":"2025-05-01","daysSupply":{"value":1}`, "active", "2025-05-01", "2025-05-02"},
		"without a supply":           {`"status":"completed","whenHandedOver":"2025-05-01"`, "completed", "2025-05-01", ""},
		"a supply in weeks":          {`"status":"completed","whenHandedOver":"2025-05-01","daysSupply":{"value":2,"code":"wk"}`, "completed", "2025-05-01", ""},
		"at least":                   {`"status":"completed","whenHandedOver":"2025-05-01","daysSupply":{"value":2,"comparator":">="}`, "completed", "2025-05-01", ""},
		"of a month":                 {`"status":"completed","whenHandedOver":"2025-05","daysSupply":{"value":30}`, "completed", "2025-05", ""},
		"a supply of nothing":        {`"status":"completed","whenHandedOver":"2025-05-01","daysSupply":{"value":0}`, "completed", "2025-05-01", ""},
		"undated":                    {`"status":"completed","daysSupply":{"value":30}`, "completed", "", ""},
		"prepared, not given":        {`"status":"in-progress","whenPrepared":"2025-05-01","daysSupply":{"value":30}`, "intended", "2025-05-01", ""},
		"cancelled":                  {`"status":"cancelled"`, "not-taken", "", ""},
		"declined":                   {`"status":"declined","statusReasonCodeableConcept":{"text":"x"}`, "not-taken", "", ""},
		"stopped":                    {`"status":"stopped","whenHandedOver":"2025-05-01"`, "stopped", "2025-05-01", ""},
		"in error":                   {`"status":"entered-in-error","whenHandedOver":"2025-05-01","daysSupply":{"value":30}`, "entered-in-error", "2025-05-01", ""},
		"STU3: not done":             {`"status":"completed","notDone":true`, "not-taken", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			chart := read(t, bundleOf(patient1, `{"resourceType":"MedicationDispense","id":"d","subject":{"reference":"Patient/p1"},`+
				`"authorizingPrescription":[{"reference":"MedicationRequest/r"}],`+c.elements+`}`))
			if len(chart.Rejected) > 0 {
				t.Fatal(chart.Rejected)
			}
			s, ok := chart.Resources[1].(*fhir.MedicationStatement)
			if !ok || fhir.Name(s) != "MedicationDispense/d" || len(s.BasedOn) != 1 {
				t.Fatalf("read as %s %+v", fhir.Name(chart.Resources[1]), s)
			}
			start, end := s.EffectiveDateTime.Text, ""
			if s.EffectivePeriod != nil {
				start, end = s.EffectivePeriod.Start.Text, s.EffectivePeriod.End.Text
			}
			if s.Status != c.status || start != c.start || end != c.end {
				t.Errorf("%s from %q to %q, want %s from %q to %q", s.Status, start, end, c.status, c.start, c.end)
			}
		})
	}
}

func TestDispenseAndStatementOfOneIdAreTwo(t *testing.T) {
	of := func(kind, version string) string {
		return `{"resourceType":"` + kind + `","id":"x","meta":{"versionId":"` + version + `"},"status":"completed","subject":{"reference":"Patient/p1"}}`
	}
	if chart := read(t, bundleOf(patient1, of("MedicationDispense", "1"), of("MedicationStatement", "2"))); len(chart.Resources) != 3 {
		t.Errorf("skipped %+v", chart.Skipped)
	}
}
