package epd_test

import "testing"

// The code of an implantation in the spine is that of a whole system, unless something else
// tells that it was the electrode of a trial.
func TestImplantationOrElectrodeOfATrial(t *testing.T) {
	placed := func(id, code, at string) string {
		return resource("Procedure", id, `"status":"completed"`, `"code":`+code, `"performedDateTime":"`+at+`"`)
	}
	spine, generator, trial := concept(sct+"3270004"), local("ipg"), local("proef")
	for name, c := range map[string]struct {
		resources []string
		want      map[string]string
	}{
		"alone": {[]string{placed("a", spine, "2025-01-10")},
			map[string]string{"implant-date": "2025-01-10", "existing-implant": "2025-01-10", "trial-start": ""}},
		"a generator followed": {[]string{placed("g", generator, "2025-02-10"), placed("a", spine, "2025-01-10")},
			map[string]string{"implant-date": "2025-02-10", "existing-implant": "2025-02-10", "trial-start": "2025-01-10"}},
		"a generator long after": {[]string{placed("a", spine, "2024-01-10"), placed("g", generator, "2025-02-10")},
			map[string]string{"implant-date": "2024-01-10", "trial-start": ""}},
		"a generator the same day": {[]string{placed("a", spine, "2025-01-10"), placed("g", generator, "2025-01-10")},
			map[string]string{"implant-date": "2025-01-10", "trial-start": ""}},
		"a generator without electrode": {[]string{placed("g", generator, "2025-01-10")},
			map[string]string{"implant-date": "", "trial-start": ""}},
		"another electrode before the generator": {[]string{placed("a", spine, "2025-01-10"), placed("b", spine, "2025-02-01"), placed("g", generator, "2025-02-10")},
			map[string]string{"implant-date": "2025-01-10 | 2025-02-10", "trial-start": "2025-02-01"}},
		"a code of a trial beside it": {[]string{placed("a", `{"coding":[{"system":"http://snomed.info/sct","code":"3270004"},{"system":"http://site.example","code":"proef"}]}`, "2025-01-10")},
			map[string]string{"implant-date": "", "existing-implant": "", "trial-start": "2025-01-10"}},
		"a trial, then an implantation": {[]string{placed("t", trial, "2025-01-10"), placed("a", spine, "2025-02-10")},
			map[string]string{"implant-date": "2025-02-10", "trial-start": "2025-01-10"}},
		"a form says that the trial began": {[]string{placed("a", spine, "2025-01-10"), response("neuromodulatie-proef", item("trial-start", `"valueDate":"2025-01-10"`))},
			map[string]string{"implant-date": "", "existing-implant": "", "trial-start": "2025-01-10"}},
		"a form says that it was another day": {[]string{placed("a", spine, "2025-01-10"), response("neuromodulatie-proef", item("trial-start", `"valueDate":"2025-01-03"`))},
			map[string]string{"implant-date": "2025-01-10", "trial-start": "2025-01-03"}},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, recordOfSite(t, append([]string{patient}, c.resources...)...), c.want)
		})
	}
}
