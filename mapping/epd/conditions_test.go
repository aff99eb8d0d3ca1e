package epd_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping"
)

func TestConfirmedConditionIsAnIndication(t *testing.T) {
	r := record(t, patient, condition("c", sct+"202725007", `"onsetDateTime":"2023-05-01"`))
	if got := indications(r); got != "fbss" {
		t.Errorf("indications %q", got)
	}
	only(t, r, map[string]string{"fbss.confirmed": "true", "pain-onset": "2023-05-01"})
	expected := []mapping.Evidence{{Resource: "Condition/c", Path: "code.coding[0]", Value: "202725007", Date: "2023-05-01",
		Via: "http://snomed.info/sct|202725007 -> dx-fbss"}}
	if diff := cmp.Diff(expected, evidence(t, r, "fbss.confirmed")); diff != "" {
		t.Error(diff)
	}
	expected = []mapping.Evidence{{Resource: "Condition/c", Path: "onsetDateTime", Value: "2023-05-01", Date: "2023-05-01"}}
	if diff := cmp.Diff(expected, evidence(t, r, "pain-onset")); diff != "" {
		t.Error(diff)
	}
}

func TestIndicationByCode(t *testing.T) {
	for code, expected := range map[string]string{
		sct + "202725007":    "fbss",
		sct + "202723000":    "fnss",
		sct + "128200000":    "crps",
		icdNL + "G90.5":      "crps",
		sct + "193184006":    "pdn",
		sct + "709489006":    "sfn",
		sct + "230473009":    "cch",
		sct + "2177002":      "phn",
		sct + "73590005":     "nerve-injury-neuropathy",
		sct + "6836001":      "nerve-injury-neuropathy",
		sct + "315025001":    "angina",
		sct + "399957001":    "pad",
		icd + "I73.9":        "pad",
		sct + "194828000":    "", // angina, not said to be refractory
		sct + "42345000":     "", // polyneuropathy is not small fibre neuropathy
		icd + "G62.9":        "",
		sct + "128196005":    "", // radicular pain alone
		sct + "82423001":     "", // chronic pain
		sct + "900000000001": "",
	} {
		r := record(t, patient, condition("c", code))
		if got := indications(r); got != expected {
			t.Errorf("%s: indications %q, want %q", code, got, expected)
		}
		if expected != "" {
			want(t, r, map[string]string{expected + ".confirmed": "true"})
		}
	}
}

func TestOnlyConfirmedAndActiveDiagnosesCount(t *testing.T) {
	crps := `"code":` + concept(sct+"128200000")
	onset := `"onsetDateTime":"2024-01-01"`
	zib := `"verificationStatus":` + concept(sct+"410605003")
	for name, c := range map[string]struct {
		elements  []string
		means     string
		confirmed string
	}{
		"confirmed":                      {[]string{confirmed, clinical("active")}, "crps", "true"},
		"confirmed as the zib says":      {[]string{zib, clinical("active")}, "crps", "true"},
		"without clinical status":        {[]string{confirmed}, "crps", "true"},
		"recurrence":                     {[]string{confirmed, clinical("recurrence")}, "crps", "true"},
		"relapse":                        {[]string{confirmed, clinical("relapse")}, "crps", "true"},
		"provisional":                    {[]string{provision, clinical("active")}, "crps", ""},
		"no verification":                {[]string{clinical("active")}, "crps", ""},
		"suspected":                      {[]string{`"verificationStatus":` + concept(sct+"415684004"), clinical("active")}, "crps", ""},
		"two statuses that disagree":     {[]string{`"verificationStatus":` + concept("http://terminology.hl7.org/CodeSystem/condition-ver-status|confirmed", sct+"410590009")}, "crps", ""},
		"resolved":                       {[]string{confirmed, clinical("resolved")}, "", ""},
		"remission":                      {[]string{confirmed, clinical("remission")}, "", ""},
		"inactive":                       {[]string{confirmed, clinical("inactive")}, "", ""},
		"over on the as-of day":          {[]string{confirmed, clinical("active"), `"abatementDateTime":"2025-06-16"`}, "", ""},
		"over later":                     {[]string{confirmed, clinical("active"), `"abatementDateTime":"2025-06-17"`}, "crps", "true"},
		"over at an age that has passed": {[]string{confirmed, `"abatementAge":{"value":54,"system":"http://unitsofmeasure.org","code":"a"}`}, "", ""},
		"over at the present age":        {[]string{confirmed, `"abatementAge":{"value":55,"system":"http://unitsofmeasure.org","code":"a"}`}, "crps", "true"},
		"over between ages":              {[]string{confirmed, `"abatementRange":{"low":{"value":50,"unit":"jaar"},"high":{"value":52,"unit":"jaar"}}`}, "", ""},
		"over, in words":                 {[]string{confirmed, `"abatementString":"sinds vorig jaar"`}, "", ""},
		"over in words, yet active":      {[]string{confirmed, clinical("active"), `"abatementString":"niet"`}, "crps", "true"},
		"over from a period without end": {[]string{confirmed, clinical("active"), `"abatementPeriod":{"start":"2024-01-01"}`}, "crps", "true"},
		"refuted":                        {[]string{refuted, clinical("active")}, "", ""},
		"known absent":                   {[]string{`"verificationStatus":` + concept(sct+"410516002"), clinical("active")}, "", ""},
		"entered in error":               {[]string{erroneous}, "", ""},
		"entered in error and confirmed": {[]string{`"verificationStatus":` + concept("http://terminology.hl7.org/CodeSystem/condition-ver-status|entered-in-error", sct+"410605003")}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := record(t, patient, resource("Condition", "c", append(c.elements, crps, onset)...))
			if got := indications(r); got != c.means {
				t.Errorf("indications %q, want %q", got, c.means)
			}
			onset := ""
			if c.confirmed == "true" {
				onset = "2024-01-01"
			}
			want(t, r, map[string]string{"crps.confirmed": c.confirmed, "pain-onset": onset, "crps.crps-onset": onset})
		})
	}
}

func TestRefutedDiagnosisDeniesTheIndicationThatIsMeantElsewhere(t *testing.T) {
	denied := resource("Condition", "d", `"code":`+concept(sct+"128200000"), refuted)
	only(t, record(t, patient, denied), map[string]string{})
	both := record(t, patient, denied, condition("c", sct+"128200000"))
	want(t, both, map[string]string{"crps.confirmed": "false | true"})
	narrower := resource("Condition", "d", `"code":`+concept(sct+"734986006"), refuted)
	want(t, record(t, patient, narrower, condition("c", sct+"128200000")), map[string]string{"crps.confirmed": "true"})
}

func TestWhatHappensAfterTheAsOfDayIsLeftOut(t *testing.T) {
	for date, expected := range map[string]string{
		`"onsetDateTime":"2025-06-16"`:                "crps",
		`"onsetDateTime":"2025-06-17"`:                "",
		`"onsetDateTime":"2025-06"`:                   "crps",
		`"onsetDateTime":"2025-06-16T23:30:00+02:00"`: "crps",
		`"onsetDateTime":"2025-06-16T22:30:00Z"`:      "", // the 17th in Amsterdam
		`"recordedDate":"2025-06-17"`:                 "",
		`"recordedDate":"2025-06-16"`:                 "crps",
		`"onsetPeriod":{"start":"2025-07-01"}`:        "",
	} {
		r := record(t, patient, condition("c", sct+"128200000", date))
		if got := indications(r); got != expected {
			t.Errorf("%s: indications %q, want %q", date, got, expected)
		}
		if expected == "" && reasons(r)["Condition/c"] != "dated after the as-of day" {
			t.Errorf("%s: %v", date, reasons(r))
		}
	}
}

func TestOnset(t *testing.T) {
	for element, expected := range map[string]string{
		`"onsetDateTime":"2023"`:                                                  "2023",
		`"onsetDateTime":"2023-05"`:                                               "2023-05",
		`"onsetPeriod":{"start":"2023-05-01","end":"2023-05-01"}`:                 "2023-05-01",
		`"onsetPeriod":{"start":"2023-05-01","end":"2023-08"}`:                    "2023-05-01/2023-08",
		`"onsetPeriod":{"start":"2023-05-01"}`:                                    "2023-05-01",
		`"onsetPeriod":{"end":"2023-05-01"}`:                                      "",
		`"onsetAge":{"value":50,"system":"http://unitsofmeasure.org","code":"a"}`: "50 a",
		`"onsetAge":{"value":50,"unit":"dagen"}`:                                  "",
		`"onsetString":"sinds het ongeval"`:                                       "",
		`"recordedDate":"2023-05-01"`:                                             "", // never an onset
	} {
		want(t, record(t, patient, condition("c", sct+"128200000", element)), map[string]string{"pain-onset": expected, "crps.crps-onset": expected})
	}
	age := record(t, patient, condition("c", sct+"128200000", `"onsetAge":{"value":50,"system":"http://unitsofmeasure.org","code":"a"}`))
	d := age.Fact("pain-onset").Values[0].Date
	if d.First.String() != "2020-03-10" || d.Last.String() != "2021-03-09" {
		t.Errorf("aged 50 from %s up to and including %s", d.First, d.Last)
	}
}

func TestPainOnsetIsThatOfTheConditionAskedAbout(t *testing.T) {
	fbss := condition("c", sct+"202725007", `"onsetDateTime":"2023-05-01"`)
	pad := condition("d", sct+"399957001", `"onsetDateTime":"2010-01-01"`)
	cch := condition("e", sct+"230473009", `"onsetDateTime":"2019-01-01"`)
	want(t, record(t, patient, pad), map[string]string{"pain-onset": "2010-01-01"})
	want(t, record(t, patient, fbss, pad), map[string]string{"pain-onset": "2023-05-01"})
	want(t, record(t, patient, fbss, cch), map[string]string{"pain-onset": "2019-01-01 | 2023-05-01"})
	answer := func(date string) string {
		return response("neuromodulatie-intake", item("pain-onset", `"valueDate":"`+date+`"`))
	}
	want(t, record(t, patient, fbss, answer("2023")), map[string]string{"pain-onset": "2023-05-01"})
	want(t, record(t, patient, fbss, answer("2022")), map[string]string{"pain-onset": "2022 | 2023-05-01"})
	if n := len(evidence(t, record(t, patient, fbss, answer("2023")), "pain-onset")); n != 2 {
		t.Errorf("%d pieces of evidence, want both", n)
	}
	request := resource("ServiceRequest", "s", `"status":"active"`, `"intent":"order"`, `"code":`+concept(sct+"3270004"),
		`"reasonReference":[{"reference":"Condition/c"}]`)
	want(t, record(t, patient, fbss, cch, request), map[string]string{"pain-onset": "2023-05-01", "reason": "fbss"})
	// Neuropathy of diabetes need not have hurt from the start.
	want(t, record(t, patient, condition("n", sct+"49455004", `"onsetDateTime":"2015"`)), map[string]string{"pain-onset": ""})
}

func TestUnspecificDiagnosesMeanAnIndicationWithoutConfirmingIt(t *testing.T) {
	diabetic := record(t, patient, condition("c", sct+"49455004"))
	if got := indications(diabetic); got != "pdn" {
		t.Errorf("indications %q", got)
	}
	only(t, diabetic, map[string]string{})
	cluster := record(t, patient, condition("c", icd+"G44.0"))
	if got := indications(cluster); got != "cch" {
		t.Errorf("indications %q", got)
	}
	only(t, cluster, map[string]string{})
	chronic := record(t, patient, condition("c", sct+"230473009"))
	only(t, chronic, map[string]string{"cch.confirmed": "true", "cch.ichd3": "chronic-cluster"})
}

func TestCRPSTypeAndLimb(t *testing.T) {
	lower, upper := `"bodySite":[`+concept(sct+"61685007")+`]`, `"bodySite":[`+concept(sct+"53120007")+`]`
	for name, c := range map[string]struct{ code, element, kind, site string }{
		"type I":                  {sct + "734947007", `"note":[]`, "I", ""},
		"type II":                 {sct + "408751001", `"note":[]`, "II", ""},
		"ICD type I":              {icdNL + "G90.5", lower, "I", "lower-limb"},
		"limb in the code":        {sct + "408749000", `"note":[]`, "II", "lower-limb"},
		"upper limb in code":      {sct + "712537009", `"note":[]`, "", "upper-limb"},
		"body site":               {sct + "128200000", upper, "", "upper-limb"},
		"code and other site":     {sct + "734986006", upper, "", "both"},
		"two body sites":          {sct + "128200000", `"bodySite":[` + concept(sct+"61685007") + `,` + concept(sct+"53120007") + `]`, "", "both"},
		"site that is not a limb": {sct + "128200000", `"bodySite":[` + concept(sct+"69536005") + `]`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			elements := []string{c.element}
			if c.element == `"note":[]` {
				elements = nil
			}
			want(t, record(t, patient, condition("c", c.code, elements...)), map[string]string{"crps.crps-type": c.kind, "crps.site": c.site})
		})
	}
}

func TestPDNInTheLowerLimb(t *testing.T) {
	want(t, record(t, patient, condition("c", sct+"193184006", `"bodySite":[`+concept(sct+"61685007")+`]`)), map[string]string{"pdn.lower-limb-pain": "true"})
	want(t, record(t, patient, condition("c", sct+"193184006", `"bodySite":[`+concept(sct+"53120007")+`]`)), map[string]string{"pdn.lower-limb-pain": ""})
}

func TestLevelOfPostLaminectomyPainNeedsASecondSource(t *testing.T) {
	unknown := condition("c", icdNL+"M96.1", `"onsetDateTime":"2023-05-01"`)
	lumbar := resource("Procedure", "l", `"status":"completed"`, `"code":`+concept(sct+"50172003"))
	cervical := resource("Procedure", "n", `"status":"completed"`, `"code":`+concept(sct+"178517008"))
	for name, c := range map[string]struct {
		with []string
		want string
	}{
		"alone":                      {nil, ""},
		"lumbar surgery":             {[]string{lumbar}, "fbss"},
		"cervical surgery":           {[]string{cervical}, "fnss"},
		"both":                       {[]string{lumbar, cervical}, ""},
		"planned lumbar surgery":     {[]string{strings.Replace(lumbar, "completed", "preparation", 1)}, ""},
		"leg component":              {[]string{condition("r", sct+"128196005")}, "fbss"},
		"arm component":              {[]string{condition("r", sct+"54404000")}, "fnss"},
		"unconfirmed leg component":  {[]string{resource("Condition", "r", `"code":`+concept(sct+"128196005"), provision)}, ""},
		"radiculopathy of any level": {[]string{condition("r", icd+"M54.1")}, ""},
		"questionnaire group":        {[]string{response("neuromodulatie-intake", group("fnss", item("fnss.limb-pain-radicular", coding("yes"))))}, "fnss"},
	} {
		t.Run(name, func(t *testing.T) {
			r := record(t, append([]string{patient, unknown}, c.with...)...)
			if got := indications(r); got != c.want {
				t.Errorf("indications %q, want %q", got, c.want)
			}
			if c.want == "" {
				if len(r.Report.Issues) != 1 || r.Report.Issues[0].Resource != "Condition/c" || r.Report.Issues[0].Severity != "warning" {
					t.Errorf("issues %+v", r.Report.Issues)
				}
				return
			}
			want(t, r, map[string]string{c.want + ".confirmed": "true", "pain-onset": "2023-05-01"})
			if n := len(evidence(t, r, c.want+".confirmed")); n != 2 {
				t.Errorf("%d pieces of evidence, want that of the condition and of the level", n)
			}
		})
	}
}

func TestExclusions(t *testing.T) {
	for name, c := range map[string]struct {
		code, fact                       string
		active, over, absent, noClinical string
	}{
		"substance misuse":         {sct + "66214007", "substance-misuse", "active", "remission", "none", ""},
		"a kind of misuse":         {sct + "75544000", "substance-misuse", "active", "remission", "", ""},
		"coagulation disorder":     {sct + "64779008", "coagulation-disorder", "true", "", "false", ""},
		"a kind of it":             {icd + "D66", "coagulation-disorder", "true", "", "", ""},
		"infection":                {sct + "40733004", "active-infection", "true", "", "false", ""},
		"bacterial infection":      {sct + "87628006", "active-infection", "true", "", "", ""},
		"psychiatric disorder":     {sct + "74732009", "psychiatric-disorder", "active", "", "none", ""},
		"depression":               {sct + "35489007", "psychiatric-disorder", "active", "", "", ""},
		"pregnancy":                {sct + "77386006", "pregnancy", "yes", "", "no", ""},
		"not pregnant":             {sct + "60001007", "pregnancy", "no", "", "", ""},
		"question about drugs":     {sct + "228366006", "substance-misuse", "", "", "", ""},
		"no drugs":                 {sct + "228367002", "substance-misuse", "", "", "", ""},
		"misuse in the past":       {sct + "44870007", "substance-misuse", "remission", "remission", "", ""},
		"question about pregnancy": {sct + "118185001", "pregnancy", "", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			code := `"code":` + concept(c.code)
			for elements, expected := range map[string]string{
				confirmed + "," + clinical("active"):                                 c.active,
				confirmed + "," + clinical("resolved"):                               c.over,
				confirmed + "," + clinical("active") + `,"abatementDateTime":"2025"`: c.active,
				confirmed + "," + clinical("active") + `,"abatementDateTime":"2024"`: c.over,
				refuted:                              c.absent,
				confirmed:                            c.noClinical,
				provision + "," + clinical("active"): "",
				clinical("active"):                   "",
				erroneous:                            "",
			} {
				r := record(t, patient, resource("Condition", "c", code, elements))
				if got := facts(r)[c.fact]; got != expected {
					t.Errorf("%s: got %q, want %q", elements, got, expected)
				}
			}
		})
	}
}

func TestWhyAConditionWithoutClinicalStatusSaysNothing(t *testing.T) {
	r := record(t, patient, resource("Condition", "c", `"code":`+concept(sct+"40733004"), confirmed))
	if got := reasons(r)["Condition/c"]; got != "whether it is active is not stated" {
		t.Errorf("reason %q", got)
	}
}

func TestSpinalCordCompressionBelongsToFNSS(t *testing.T) {
	fnss := condition("f", sct+"202723000")
	want(t, record(t, patient, fnss, condition("c", sct+"202664003")), map[string]string{"fnss.spinal-cord-compression": "true"})
	want(t, record(t, patient, fnss, resource("Condition", "c", `"code":`+concept(sct+"202664003"), refuted)), map[string]string{"fnss.spinal-cord-compression": "false"})
	want(t, record(t, patient, fnss, resource("Condition", "c", `"code":`+concept(sct+"65260001"), refuted)), map[string]string{"fnss.spinal-cord-compression": ""})
	only(t, record(t, patient, condition("c", sct+"202664003")), map[string]string{})
}

func TestDiagnosedBy(t *testing.T) {
	by := func(element string) string { return condition("c", sct+"709489006", element) }
	neurologist := `{"resourceType":"PractitionerRole","id":"r","specialty":[` + concept(sct+"394591006") + `]}`
	for name, c := range map[string]struct {
		resources []string
		want      string
	}{
		"specialty":     {[]string{by(`"asserter":{"reference":"PractitionerRole/r"}`), neurologist}, "neurologist"},
		"qualification": {[]string{by(`"asserter":{"reference":"Practitioner/q"}`), `{"resourceType":"Practitioner","id":"q","qualification":[{"code":` + concept(sct+"419192003") + `}]}`}, "internist"},
		"role of a practitioner": {[]string{by(`"asserter":{"reference":"PractitionerRole/r"}`), `{"resourceType":"PractitionerRole","id":"r","practitioner":{"reference":"Practitioner/q"}}`,
			`{"resourceType":"Practitioner","id":"q","qualification":[{"code":` + concept(sct+"394591006") + `}]}`}, "neurologist"},
		"contained":      {[]string{by(`"contained":[` + strings.Replace(neurologist, `"id":"r"`, `"id":"x"`, 1) + `],"asserter":{"reference":"#x"}`)}, "neurologist"},
		"other":          {[]string{by(`"asserter":{"reference":"PractitionerRole/r"}`), strings.Replace(neurologist, "394591006", "394610002", 1)}, "other"},
		"not understood": {[]string{by(`"asserter":{"reference":"PractitionerRole/r"}`), strings.Replace(neurologist, "394591006", "1", 1)}, ""},
		"the patient":    {[]string{by(`"asserter":{"reference":"Patient/p"}`)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, append(c.resources, patient)...), map[string]string{"sfn.diagnosed-by": c.want})
		})
	}
	used := record(t, patient, by(`"asserter":{"reference":"PractitionerRole/r"}`), neurologist).Report.Used
	if used != 3 {
		t.Errorf("used %d: a role that told who diagnosed counts as used", used)
	}
}

func TestBodySiteTellsTheLevelOfPostLaminectomyPain(t *testing.T) {
	for site, expected := range map[string]string{
		"45048000": "fnss", // neck
		"53120007": "fnss", // upper limb
		"61685007": "fbss", // lower limb
		"77568009": "",     // back: lumbar or thoracic
	} {
		r := record(t, patient, condition("c", icdNL+"M96.1", `"bodySite":[`+concept(sct+site)+`]`))
		if got := indications(r); got != expected {
			t.Errorf("%s: indications %q, want %q", site, got, expected)
		}
	}
}
