package epd_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
)

// anyResource draws a resource that may matter, in any state.
func anyResource(t *rapid.T, id string) string {
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	date := pick("date", "2019", "2024-02", "2025-05-20", "2025-06-12", "2025-06-15", "2025-06-16", "2025-06-17",
		"2025-06-13T08:00:00+02:00", "2025-06-13T06:00:00Z", "2025-06-16T22:30:00Z", "2025-06-14T20:00:00+02:00")
	switch pick("type", "Condition", "Observation", "MedicationStatement", "MedicationRequest", "Procedure", "ServiceRequest",
		"QuestionnaireResponse", "CareTeam", "Encounter", "PractitionerRole", "Basic", "AllergyIntolerance", "ImagingStudy", "MedicationDispense") {
	case "Condition":
		code := pick("code", sct+"202725007", sct+"202723000", sct+"27151001", sct+"128200000", sct+"734986006", sct+"49455004", sct+"230473009",
			sct+"399957001", sct+"66214007", sct+"40733004", sct+"77386006", sct+"74732009", sct+"202664003", sct+"128196005", sct+"429164009",
			sct+"711150003", "http://example.org|x")
		return resource("Condition", id, `"code":`+concept(code), pick("verification", confirmed, provision, refuted, erroneous, `"severity":{"text":"?"}`),
			clinical(pick("clinical", "active", "resolved", "remission")), `"onsetDateTime":"`+date+`"`, `"asserter":{"reference":"PractitionerRole/r1"}`)
	case "Observation":
		code := pick("code", loinc+"72514-3", sct+"225908003", loinc+"38214-3", loinc+"39156-5", loinc+"29463-7", loinc+"8302-2", loinc+"82810-3", sct+"40733004", sct+"77386006", "http://example.org|x")
		value := pick("value", `"valueInteger":6`, `"valueInteger":60`, `"valueQuantity":{"value":6.5,"unit":"cm"}`, `"valueQuantity":{"value":80,"unit":"kg"}`,
			`"valueQuantity":{"value":170,"unit":"cm"}`, `"valueQuantity":{"value":31,"unit":"kg/m2"}`, `"valueCodeableConcept":`+concept(sct+"77386006"),
			`"valueBoolean":true`, `"valueCodeableConcept":`+concept(sct+"373067005"), `"valueString":"6,5"`)
		return resource("Observation", id, `"status":"`+pick("status", "final", "preliminary", "amended")+`"`, `"code":`+concept(code), value,
			`"effectiveDateTime":"`+date+`"`, pick("site", leg, arm, `"issued":"2025-06-16T08:00:00Z"`))
	case "MedicationStatement":
		return resource("MedicationStatement", id, `"status":"`+pick("status", "active", "completed", "not-taken", "unknown", "intended")+`"`,
			`"medicationCodeableConcept":`+concept(atc+pick("code", "N02AA05", "N06AA09", "N02BF02", "B01AC06", "N01BX04", "A10BA02")),
			`"effectivePeriod":{"start":"`+date+`"}`, `"dosage":[{"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}},"route":`+concept(sct+"26643006")+
				`,"doseAndRate":[{"doseQuantity":{"value":10,"unit":"mg"}}]}]`)
	case "MedicationDispense":
		return resource("MedicationDispense", id, `"status":"`+pick("status", "completed", "cancelled", "stopped")+`"`,
			`"medicationCodeableConcept":`+concept(atc+pick("code", "N02AA05", "N06AA09", "B01AC06")), `"whenHandedOver":"`+date+`"`,
			pick("supply", `"daysSupply":{"value":14,"unit":"d"}`, `"note":[]`))
	case "MedicationRequest":
		return resource("MedicationRequest", id, `"status":"`+pick("status", "active", "draft", "stopped")+`"`, `"intent":"`+pick("intent", "order", "plan")+`"`,
			`"medicationCodeableConcept":{"text":"`+pick("name", "OXYCODON TABLET MGA 10MG", "PREGABALINE CAPSULE 75MG", "PARACETAMOL TABLET 500MG")+`"}`, `"authoredOn":"`+date+`"`)
	case "Procedure":
		return resource("Procedure", id, `"status":"`+pick("status", "completed", "in-progress", "not-done", "stopped", "preparation")+`"`, `"statusReason":{"text":"?"}`,
			`"code":`+concept(sct+pick("code", "50172003", "178517008", "161619009", "91251008", "229559001", "3270004", "113091000", "1")), `"performedDateTime":"`+date+`"`)
	case "ServiceRequest":
		return resource("ServiceRequest", id, `"status":"`+pick("status", "active", "revoked", "draft")+`"`, `"intent":"order"`, `"authoredOn":"`+date+`"`,
			`"contained":[{"resourceType":"Condition","id":"k","code":`+concept(sct+"202725007")+`,`+confirmed+`}]`,
			`"code":`+concept(pick("code", sct+"3270004", intake+"DRGS", "http://example.org|x")), `"reasonReference":[{"reference":"`+pick("reason", "Condition/r0", "Condition/r1", "Condition/r2", "#k")+`"}]`,
			`"performerType":`+concept(pick("performer", sct+"394587001", intake+"nurse")))
	case "QuestionnaireResponse":
		if rapid.Bool().Draw(t, "instrument") {
			return prom(id, pick("instrument", "nrs", "odi", "intakevragenlijst", "x"), date)
		}
		r := response(pick("form", "neuromodulatie-intake", "neuromodulatie-proef", "neuromodulatie-twijfel"), pick("item", item("trial-start", `"valueDate":"2025-06-13"`),
			item("off-start", `"valueDate":"2025-06-14"`), item("bmi.min", `"valueDecimal":30`), item("opioid-med", `"valueInteger":0`), item("x", `"valueInteger":1`),
			group("fbss", item("fbss.spine-surgeries", `"valueInteger":1`)), group("crps", item("crps.predominant", coding("leg")))), item("anticoagulant", coding(pick("answer", "none", "may-stop"))))
		return strings.Replace(r, `"id":"neuromodulatie-`, `"id":"`+id+`-`, 1)
	case "CareTeam":
		return resource("CareTeam", id, `"status":"active"`, `"participant":[{"member":{"reference":"PractitionerRole/r1"}},{"role":[`+concept(intake+"nurse")+`]}]`)
	case "Encounter":
		return resource("Encounter", id, `"status":"finished"`, `"class":{"code":"`+pick("class", "AMB", "VR")+`"}`, `"period":{"start":"`+date+`"}`, `"participant":[{"type":[`+concept(intake+"nurse")+`]}]`)
	case "PractitionerRole":
		return `{"resourceType":"PractitionerRole","id":"` + id + `","specialty":[` + concept(sct+pick("specialty", "394591006", "394587001", "1")) + `]}`
	case "AllergyIntolerance":
		return strings.Replace(allergy(pick("clinical", "active", "resolved"), pick("verification", "confirmed", "refuted")), `"id":"m"`, `"id":"`+id+`"`, 1)
	case "ImagingStudy":
		return resource("ImagingStudy", id, `"status":"available"`, `"modality":[{"code":"MR"}]`, `"started":"`+date+`"`)
	}
	return `{"resourceType":"Basic","id":"` + id + `"}`
}

func anyChart(t *rapid.T) []string {
	list := []string{patient}
	for i := range rapid.IntRange(0, 14).Draw(t, "resources") {
		list = append(list, anyResource(t, fmt.Sprint("r", i)))
	}
	return list
}

// meanings is facts with dates by their days: one moment may be written in several ways.
func meanings(r *mapping.Record) map[string]string {
	all := facts(r)
	for id, f := range r.Facts {
		var days []string
		for _, v := range f.Values {
			if v.Kind == mapping.Dated {
				days = append(days, v.Date.First.String()+"/"+v.Date.Last.String())
			}
		}
		if days != nil {
			slices.Sort(days)
			all[id] = strings.Join(days, " | ")
		}
	}
	return all
}

func mapped(t *rapid.T, resources []string) *mapping.Record {
	chart, err := decode.Bundle("test", []byte(bundle(resources...)), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	asOf, _ := mapping.ParseDay(today)
	return epd.Map(chart, epd.Options{AsOf: asOf})
}

func TestEverythingReceivedIsAccountedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		resources := anyChart(t)
		r := mapped(t, resources)
		p := r.Report
		if p.Received != len(resources) || p.Received != p.Used+len(p.Ignored)+len(p.Rejected) {
			t.Fatalf("sent %d, received %d, used %d, ignored %d, rejected %d", len(resources), p.Received, p.Used, len(p.Ignored), len(p.Rejected))
		}
		for _, f := range p.Ignored {
			if f.Reason == "" || f.Resource == "" {
				t.Fatalf("ignored without a reason: %+v", f)
			}
		}
	})
}

func TestEveryValueHasEvidenceFromWhatWasUsed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := mapped(t, anyChart(t))
		ignored := map[string]bool{}
		for _, f := range r.Report.Ignored {
			ignored[f.Resource] = true
		}
		check := func(what string, list []mapping.Evidence) {
			if len(list) == 0 {
				t.Fatalf("%s has no evidence", what)
			}
			for _, e := range list {
				if e.Resource == "" || e.Path == "" || e.Value == "" || ignored[e.Resource] {
					t.Fatalf("%s rests on %+v (ignored: %t)", what, e, ignored[e.Resource])
				}
			}
		}
		for id, f := range r.Facts {
			if definition, _, _ := mapping.DefinitionOf(id); definition == nil {
				t.Fatalf("%s is no fact of the standpunt", id)
			}
			for _, v := range f.Values {
				check(id, v.Evidence)
			}
		}
		for _, i := range r.Indications {
			check(i.Code, i.Evidence)
		}
		for _, p := range r.Pain {
			check(p.Window, p.Evidence)
		}
	})
}

func TestOrderOfTheInputDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		resources := anyChart(t)
		shuffled := slices.Clone(resources)
		for i := len(shuffled) - 1; i > 0; i-- {
			j := rapid.IntRange(0, i).Draw(t, "swap")
			shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
		}
		a, b := mapped(t, resources), mapped(t, shuffled)
		if diff := cmp.Diff(meanings(a), meanings(b)); diff != "" {
			t.Fatalf("facts differ:\n%s", diff)
		}
		if indications(a) != indications(b) || scores(a) != scores(b) {
			t.Fatalf("%s, %s\n%s\n%s", indications(a), indications(b), scores(a), scores(b))
		}
		if x, y := written(t, a.Opioid), written(t, b.Opioid); x != y {
			t.Fatalf("dose %s, %s", x, y)
		}
		if a.Report.Used != b.Report.Used {
			t.Fatalf("used %d, %d", a.Report.Used, b.Report.Used)
		}
	})
}

func TestSameInputSameRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		resources := anyChart(t)
		a, b := mapped(t, resources), mapped(t, resources)
		if written(t, a) != written(t, b) {
			t.Fatal("two records of one chart differ")
		}
	})
}

func written(t *rapid.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestWithoutLaterResourcesTheRecordIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		resources := anyChart(t)
		early := slices.DeleteFunc(slices.Clone(resources), func(r string) bool { return strings.Contains(r, `"2025-06-17"`) })
		if diff := cmp.Diff(meanings(mapped(t, early)), meanings(mapped(t, resources))); diff != "" {
			t.Fatalf("what comes later matters:\n%s", diff)
		}
	})
}

func TestEmptyResourcesSayNothing(t *testing.T) {
	// A chart built by hand, without ids, still gives every resource a name.
	chart := &fhir.Chart{Resources: []fhir.Resource{&fhir.Condition{}, &fhir.Observation{Status: "final"}, &fhir.Procedure{Status: "completed"},
		&fhir.MedicationStatement{Status: "active"}, &fhir.AllergyIntolerance{}, &fhir.ServiceRequest{}, &fhir.DeviceRequest{}, &fhir.QuestionnaireResponse{},
		&fhir.CareTeam{}, &fhir.Encounter{}, &fhir.Appointment{}, &fhir.DeviceUseStatement{}, &fhir.ImagingStudy{}, &fhir.DiagnosticReport{}, &fhir.Patient{}}}
	chart.Index()
	r := epd.Map(chart, epd.Options{AsOf: day(t, today)})
	conserves(t, r)
	if len(r.Facts) != 0 {
		t.Errorf("empty resources say something: %v", facts(r))
	}
}
