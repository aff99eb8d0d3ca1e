package registration_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

const base = "https://pijnpoort.example/fhir/"

// claiming is the meta of a resource that claims a profile of delivered bundles.
func claiming(profile string) string {
	return `"meta":{"profile":["` + base + `StructureDefinition/` + profile + `|9.9.9"]}`
}

// extension is an extension of ours with a code.
func extension(id, code string) string {
	return `{"url":"` + base + `StructureDefinition/` + id + `","valueCode":"` + code + `"}`
}

func observation(id string, more ...string) string {
	return "{" + strings.Join(append([]string{`"resourceType":"Observation","id":"` + id + `","status":"final"`, about}, more...), ",") + "}"
}

func TestDeliveredMeasurementsStandAsTheyAre(t *testing.T) {
	measurement := func(kind string) string { return `"code":` + code(base+"CodeSystem/measurement", kind) }
	days := `"effectivePeriod":{"start":"2024-12-01","end":"2024-12-04"}`
	seven := `"valueQuantity":{"value":7.10,"code":"{score}","unit":"points"}`
	for name, c := range map[string]struct {
		resource string
		want     []registration.Measurement
		dropped  string
	}{
		"pain": {
			resource: observation("o", claiming("registry-pain"), measurement("pain-nrs"), days, seven,
				`"extension":[`+extension("pain-window", "intake")+`],"bodySite":`+code(base+"CodeSystem/body-site", "leg")),
			want: []registration.Measurement{{Origin: registration.Origin{Key: "Observation/o"}, Kind: "pain-nrs", Window: "intake", Site: "leg",
				From: "2024-12-01", To: "2024-12-04", Value: "7.1", Unit: "{score}"}},
		},
		"an interval": {
			resource: observation("o", claiming("registry-opioid-dose"), measurement("opioid-dose"), `"effectiveDateTime":"2025-06-01"`,
				`"valueRange":{"low":{"value":60,"code":"mg/d"},"high":{"value":120,"code":"mg/d"}}`, `"method":`+code(base+"CodeSystem/med-table", "nl-2019")),
			want: []registration.Measurement{{Origin: registration.Origin{Key: "Observation/o"}, Kind: "opioid-dose", Date: "2025-06-01",
				Value: "60", High: "120", Unit: "mg/d", Method: "nl-2019"}},
		},
		"taken back": {
			resource: strings.Replace(observation("o", claiming("registry-bmi"), measurement("bmi")), "final", "entered-in-error", 1),
			want:     []registration.Measurement{{Origin: registration.Origin{Key: "Observation/o", Retracted: true}, Kind: "bmi"}},
		},
		"our code alone claims nothing":    {resource: observation("o", measurement("attacks"), days, seven), dropped: "nothing in it is registered"},
		"the profile alone claims nothing": {resource: observation("o", claiming("registry-attacks"), days, seven, `"code":{"text":"x"}`), dropped: "nothing in it is registered"},
		"another profile than the code's":  {resource: observation("o", claiming("registry-bmi"), measurement("attacks"), days, seven), dropped: "nothing in it is registered"},
		"no value":                         {resource: observation("o", claiming("registry-bmi"), measurement("bmi"), days), dropped: "no number"},
		"half an interval": {resource: observation("o", claiming("registry-bmi"), measurement("bmi"), days, `"valueRange":{"low":{"value":60}}`),
			dropped: "no number"},
		"a bound": {resource: observation("o", claiming("registry-bmi"), measurement("bmi"), days, `"valueQuantity":{"value":60,"comparator":"<"}`),
			dropped: "no number"},
		"later": {resource: observation("o", claiming("registry-bmi"), measurement("bmi"), `"effectiveDateTime":"2031"`, seven),
			dropped: "dated after the day of the record"},
	} {
		t.Run(name, func(t *testing.T) {
			r, fates := of(t, c.resource)
			if diff := cmp.Diff(c.want, r.Measurements); diff != "" {
				t.Error(diff)
			}
			if c.dropped != "" && !told(fates, "Observation/o", c.dropped) {
				t.Errorf("fates: %+v", fates)
			}
		})
	}
}

// A mean that was delivered is no reading, from which to make another mean; an EPD's own
// observation beside it is.
func TestNothingIsDerivedFromWhatWasDelivered(t *testing.T) {
	nrs := `"code":{"coding":[{"system":"http://loinc.org","code":"72514-3"},{"system":"` + base + `CodeSystem/measurement","code":"pain-nrs"}]}`
	value := `"valueQuantity":{"value":6,"system":"http://unitsofmeasure.org","code":"{score}"}`
	day := `"effectiveDateTime":"2025-05-12"`
	r, _ := of(t, observation("delivered", claiming("registry-pain"), nrs, day, value))
	if len(r.Measurements) != 1 || r.Measurements[0].Key != "Observation/delivered" {
		t.Errorf("delivered: %+v", r.Measurements)
	}
	r, _ = of(t, observation("own", nrs, day, value))
	if len(r.Measurements) != 1 || !strings.HasPrefix(r.Measurements[0].Key, "derived/pain/") {
		t.Errorf("of the EPD: %+v", r.Measurements)
	}
}

func TestDeliveredScoresStandAsTheyAre(t *testing.T) {
	score := func(id, instrument string, more ...string) string {
		return observation(id, append(more, claiming("registry-score"), `"code":`+code(base+"CodeSystem/prom-score", instrument), `"effectiveDateTime":"2025-06-04"`,
			`"method":`+code(base+"CodeSystem/prom-rule", "odi.total/max1-missing@1"), `"derivedFrom":[{"reference":"QuestionnaireResponse/q"}]`)...)
	}
	r, fates := of(t,
		score("a", "odi.total", `"valueQuantity":{"value":38,"code":"%"}`, `"extension":[`+extension("prom-moment", "6-months")+`]`),
		score("b", "gpe.value", `"dataAbsentReason":`+code("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown")),
		score("c", "odi.nothing", `"valueQuantity":{"value":38,"code":"%"}`))
	want := []registration.Score{
		{Origin: registration.Origin{Key: "Observation/a"}, Instrument: "odi", Scale: "total", Date: "2025-06-04", Value: "38", Unit: "%",
			Rule: "odi.total/max1-missing@1", Moment: "6-months", Responses: []string{"QuestionnaireResponse/q"}},
		{Origin: registration.Origin{Key: "Observation/b"}, Instrument: "gpe", Scale: "value", Date: "2025-06-04", NotScoreable: "the bundle does not tell why",
			Unit: "{score}", Rule: "odi.total/max1-missing@1", Responses: []string{"QuestionnaireResponse/q"}},
	}
	if diff := cmp.Diff(want, r.Scores); diff != "" {
		t.Error(diff)
	}
	if !told(fates, "Observation/c", "a score that no instrument has") {
		t.Errorf("fates: %+v", fates)
	}
}

func TestDeliveredJudgements(t *testing.T) {
	guidance := func(id, module string, more ...string) string {
		return "{" + strings.Join(append([]string{`"resourceType":"GuidanceResponse","id":"` + id + `","status":"success","moduleCanonical":"` + module + `"`, about,
			`"occurrenceDateTime":"2025-06-16"`}, more...), ",") + "}"
	}
	outcome := `{"url":"` + base + `StructureDefinition/criterion-outcome","extension":[{"url":"outcome","valueCode":"met"},{"url":"criterion","valueCode":"incl-age-18"}]}`
	all := `"extension":[` + strings.Join([]string{extension("verdict", "needs-data"), extension("phase", "trial"), extension("modality", "SCS"), outcome,
		extension("missing-fact", "life-expectancy-months")}, ",") + `]`
	ours := base + "PlanDefinition/standpunt-nva-2021"
	r, fates := of(t,
		`{"resourceType":"Condition","id":"c",`+about+`,"code":`+concept("dx-fbss")+`,"recordedDate":"2025-01-01"}`,
		guidance("a", ours+"|1.0.0", claiming("registry-judgement"), all, `"reasonReference":[{"reference":"Condition/c"}]`),
		guidance("b", ours, claiming("registry-judgement"), `"reasonReference":[{"reference":"Condition/gone"}]`),
		guidance("c", ours, all),
		guidance("d", "https://other.example/PlanDefinition/x", claiming("registry-judgement"), all))
	want := []registration.Judgement{
		{Origin: registration.Origin{Key: "GuidanceResponse/a"}, Standpunt: "nva-2021", AsOf: "2025-06-16", Phase: "trial", Verdict: "needs-data", Indication: "fbss",
			Modality: "SCS", Outcomes: []registration.Outcome{{Criterion: "incl-age-18", Outcome: "met"}}, Missing: []string{"life-expectancy-months"}},
		{Origin: registration.Origin{Key: "GuidanceResponse/b"}, Standpunt: "nva-2021", AsOf: "2025-06-16"},
	}
	if diff := cmp.Diff(want, r.Judgements); diff != "" {
		t.Error(diff)
	}
	for id, reason := range map[string]string{"b": "no indication that came along", "c": "no judgement by the standpunt", "d": "no judgement by the standpunt"} {
		if !told(fates, "GuidanceResponse/"+id, reason) {
			t.Errorf("%s: %+v", id, fates)
		}
	}
}

func TestDeliveredDevicesAreTakenWithoutAType(t *testing.T) {
	device := func(id, meta string) string {
		return `{"resourceType":"Device","id":"` + id + `",` + meta + `"status":"active","manufacturer":"Medtronic","patient":{"reference":"Patient/p"}}`
	}
	r, fates := of(t, device("a", claiming("registry-device")+","), device("b", ""))
	if len(r.Devices) != 1 || r.Devices[0].Key != "Device/a" || !told(fates, "Device/b", "nothing in it is registered") {
		t.Errorf("devices: %+v\n%+v", r.Devices, fates)
	}
}

func TestOurKindOfContactGoesBeforeTheClass(t *testing.T) {
	r, _ := of(t, `{"resourceType":"Encounter","id":"e","status":"finished",`+about+`,"class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
		"type":[`+code(base+"CodeSystem/contact-kind", "contact")+`],"period":{"start":"2025-02-01"}}`)
	want := []registration.Contact{{Origin: registration.Origin{Key: "Encounter/e"}, Kind: "contact", Date: "2025-02-01"}}
	if diff := cmp.Diff(want, r.Contacts); diff != "" {
		t.Error(diff)
	}
}
