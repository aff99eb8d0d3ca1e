package epd_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// recordOfSite maps with a site's own codes, for what has no verified code.
func recordOfSite(t *testing.T, resources ...string) *mapping.Record {
	t.Helper()
	const codes = "system,code,concept\n" +
		"http://site.example,proef,proc-scs-trial\n" +
		"http://site.example,aanvallen,cl-attack-frequency\n" +
		"http://site.example,drg,proc-drg\n" +
		"http://site.example,ipg,proc-ipg-placement\n" +
		"http://site.example,prf,tx-prf-nerve-root\n" +
		"http://site.example,been,gen-body-site-lower-limb\n"
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "codes.csv"), []byte(codes), 0o600); err != nil {
		t.Fatal(err)
	}
	site, err := terminology.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	chart, err := decode.Bundle("test", []byte(bundle(resources...)), decode.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	r := epd.Map(chart, epd.Options{AsOf: day(t, today), Terminology: terminology.Embedded().With(site), IntakeForm: "http://site.example/intake|3", MEDTable: "cdc-clinical-2022"})
	conserves(t, r)
	return r
}

func local(code string) string { return concept("http://site.example|" + code) }

func TestWhatOnlyASiteCanCode(t *testing.T) {
	trial := func(status, timing string) string {
		return resource("Procedure", "t", `"status":"`+status+`"`, `"code":`+local("proef"), timing)
	}
	attacks := func(id, at, value, unit string) string {
		return resource("Observation", id, `"status":"final"`, `"code":`+local("aanvallen"), `"effectiveDateTime":"`+at+`"`,
			`"valueQuantity":{"value":`+value+`,"system":"http://unitsofmeasure.org","code":"`+unit+`"}`)
	}
	cch := condition("c", sct+"230473009")
	running := trial("in-progress", `"performedPeriod":{"start":"2025-06-01"}`)
	for name, c := range map[string]struct {
		resources []string
		facts     map[string]string
	}{
		"trial that ended":      {[]string{trial("completed", `"performedPeriod":{"start":"2025-05-01","end":"2025-05-14"}`)}, map[string]string{"trial-start": "2025-05-01", "trial-done": "true"}},
		"trial that runs":       {[]string{running}, map[string]string{"trial-start": "2025-06-01"}},
		"trial that is planned": {[]string{trial("preparation", `"performedPeriod":{"start":"2025-06-01"}`)}, map[string]string{"trial-start": ""}},
		"attacks":               {[]string{cch, attacks("a", "2025-05-01", "9", "/wk"), attacks("b", "2025-04-01", "5", "/wk")}, map[string]string{"cch.attacks-per-week": "9"}},
		"attacks a day":         {[]string{cch, attacks("a", "2025-05-01", "2", "/d")}, map[string]string{"cch.attacks-per-week": "14"}},
		"attacks in a new course": {[]string{cch, trialForm(item("trial-start", `"valueDate":"2015-01-01"`), item("trial-end", `"valueDate":"2015-01-10"`)),
			response("neuromodulatie-nazorg", item("implant-date", `"valueDate":"2015-02-01"`)),
			resource("ServiceRequest", "s", `"status":"active"`, `"intent":"order"`, `"code":`+concept(intake+"ONS"), `"authoredOn":"2025-06-01"`),
			attacks("a", "2025-05-01", "9", "/wk"), attacks("b", "2014-12-01", "30", "/wk")}, map[string]string{"cch.attacks-per-week": "9"}},
		"attacks, annotated":   {[]string{cch, attacks("a", "2025-05-01", "9", "{attacks}/wk")}, map[string]string{"cch.attacks-per-week": "9"}},
		"attacks, only a name": {[]string{cch, attacks("a", "2025-05-01", "9", "{attacks}")}, map[string]string{"cch.attacks-per-week": ""}},
		"attacks without unit": {[]string{cch, attacks("a", "2025-05-01", "2", "1")}, map[string]string{"cch.attacks-per-week": ""}},
		"attacks in the trial": {[]string{cch, running, attacks("a", "2025-05-01", "9", "/wk"), attacks("b", "2025-06-10", "4", "/wk")},
			map[string]string{"cch.attacks-per-week": "9", "trial-attacks-per-week": "4"}},
		"DRGS":            {[]string{resource("ServiceRequest", "s", `"status":"active"`, `"intent":"order"`, `"code":`+local("drg"))}, map[string]string{"modality": "DRGS"}},
		"PRF":             {[]string{condition("f", sct+"202725007"), resource("Procedure", "q", `"status":"completed"`, `"code":`+local("prf"))}, map[string]string{"fbss.consideration.minv-prf": "tried"}},
		"own intake form": {[]string{resource("QuestionnaireResponse", "q", `"questionnaire":"http://site.example/intake"`, `"status":"completed"`)}, map[string]string{"intake-questionnaire": "completed"}},
		"ours no longer":  {[]string{prom("q", "intakevragenlijst", "2025-06-01")}, map[string]string{"intake-questionnaire": ""}},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, recordOfSite(t, append(c.resources, patient)...), c.facts)
		})
	}
	r := recordOfSite(t, patient, nrs("o", "2025-06-10T08:00:00+02:00", "6", `"bodySite":`+local("been")))
	if r.Score("intake", mapping.NRS, "leg") == nil {
		t.Error("the site's own body site is lost")
	}
	if r.Opioid.Table != "cdc-clinical-2022" {
		t.Errorf("table %q", r.Opioid.Table)
	}
}
