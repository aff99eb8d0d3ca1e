package epd_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping"
)

func TestAnswersInAllStyles(t *testing.T) {
	quantity := func(value, unit string) string {
		return `"valueQuantity":{"value":` + value + `,"system":"http://unitsofmeasure.org","code":"` + unit + `"}`
	}
	for name, c := range map[string]struct{ item, fact, want string }{
		"boolean":                     {item("coagulation-disorder", `"valueBoolean":false`), "coagulation-disorder", "false"},
		"boolean as a string":         {item("coagulation-disorder", `"valueString":"false"`), "coagulation-disorder", ""},
		"coding":                      {item("last-resort", coding("insufficient-effect")), "last-resort", "insufficient-effect"},
		"coding without system":       {item("last-resort", `"valueCoding":{"code":"intolerable"}`), "last-resort", "intolerable"},
		"coding of another system":    {item("last-resort", `"valueCoding":{"system":"http://example.org","code":"intolerable"}`), "last-resort", ""},
		"string that holds the code":  {item("last-resort", `"valueString":"intolerable"`), "last-resort", "intolerable"},
		"code that is not the item's": {item("last-resort", coding("perhaps")), "last-resort", ""},
		"coding without code":         {item("last-resort", `"valueCoding":{"display":"ja"}`), "last-resort", ""},
		"integer":                     {item("life-expectancy-months", `"valueInteger":18`), "life-expectancy-months", "18"},
		"decimal":                     {item("bmi", `"valueDecimal":31.20`), "bmi", "31.2"},
		"number as a string":          {item("bmi", `"valueString":"31"`), "bmi", ""},
		"quantity":                    {item("bmi", quantity("31.2", "kg/m2")), "bmi", "31.2"},
		"quantity of another kind":    {item("bmi", quantity("31.2", "kg")), "bmi", ""},
		"months":                      {item("life-expectancy-months", quantity("9", "mo")), "life-expectancy-months", "9"},
		"years as months":             {item("life-expectancy-months", quantity("2", "a")), "life-expectancy-months", "24"},
		"at least":                    {item("life-expectancy-months", `"valueQuantity":{"value":12,"comparator":">","unit":"mo"}`), "life-expectancy-months", "12.."},
		"interval":                    {item("bmi.min", `"valueDecimal":30`) + "," + item("bmi.max", `"valueDecimal":34`), "bmi", "30..34"},
		"interval, one end":           {item("bmi.max", `"valueDecimal":34`), "bmi", "..34"},
		"interval, ends reversed":     {item("bmi.min", `"valueDecimal":34`) + "," + item("bmi.max", `"valueDecimal":30`), "bmi", ""},
		"date":                        {item("pain-onset", `"valueDate":"2023-05-01"`), "pain-onset", "2023-05-01"},
		"partial date":                {item("pain-onset", `"valueDate":"2023"`), "pain-onset", "2023"},
		"dateTime":                    {item("pain-onset", `"valueDateTime":"2023-05-01"`), "pain-onset", "2023-05-01"},
		"date after the as-of day":    {item("existing-implant", `"valueDate":"2025-06-17"`), "existing-implant", ""},
		"several codes":               {item("team", coding("neurosurgeon"), coding("nurse")), "team", "neurosurgeon | nurse"},
		"contradiction":               {item("bmi", `"valueDecimal":30`, `"valueDecimal":31`), "bmi", "30 | 31"},
		"the same twice":              {item("bmi", `"valueDecimal":30`, `"valueDecimal":30.0`), "bmi", "30"},
		"member of a family":          {item("psychosocial.coping", coding("mild")), "psychosocial.coping", "mild"},
		"in an unknown group":         {group("algemeen", item("bmi", `"valueDecimal":30`)), "bmi", "30"},
		"under an answer":             {`{"linkId":"coagulation-disorder","answer":[{"valueBoolean":true,"item":[` + item("bmi", `"valueDecimal":30`) + `]}]}`, "bmi", "30"},
		"in its indication":           {group("fbss", item("fbss.predominant", coding("leg"))), "fbss.predominant", "leg"},
		"mm":                          {group("sfn", item("sfn.limb-vas", quantity("60", "mm"))), "sfn.limb-vas", "60"},
		"cm":                          {group("sfn", item("sfn.limb-vas", quantity("6.1", "cm"))), "sfn.limb-vas", "61"},
		"points":                      {group("sfn", item("sfn.limb-nrs", quantity("6", "{score}"))), "sfn.limb-nrs", "6"},
		"attacks a day":               {group("cch", item("cch.attacks-per-week", quantity("2", "/d"))), "cch.attacks-per-week", "14"},
		"drug outcome":                {group("cch", item("cch.drug-outcome.lithium", coding("failed"))), "cch.drug-outcome.lithium", "failed"},
		"consideration":               {group("fbss", item("fbss.consideration.cons-exercise", coding("not-considered"))), "fbss.consideration.cons-exercise", "not-considered"},
		"co-analgesic":                {group("fbss", item("fbss.coanalgesic", coding("duloxetine"), coding("gabapentin:rejected-with-reason"))), "fbss.coanalgesic", "duloxetine | gabapentin:rejected-with-reason"},
		"unknown co-analgesic":        {group("fbss", item("fbss.coanalgesic", coding("aspirin"))), "fbss.coanalgesic", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := record(t, patient, response("neuromodulatie-intake", strings.Split(c.item, "\x00")...))
			want(t, r, map[string]string{c.fact: c.want})
			if c.want == "" && len(r.Report.Issues)+len(r.Report.Unmapped) == 0 {
				t.Error("an answer that was not taken must be reported")
			}
		})
	}
}

func TestEvidenceOfAnAnswer(t *testing.T) {
	r := record(t, patient, response("neuromodulatie-intake", group("fbss", item("fbss.predominant", coding("leg")))))
	expected := []mapping.Evidence{{Resource: "QuestionnaireResponse/neuromodulatie-intake", Path: "item[fbss.predominant].answer[0].valueCoding",
		Value: "leg", Date: "2025-06-10T10:00:00+02:00", Via: "item fbss.predominant"}}
	if diff := cmp.Diff(expected, evidence(t, r, "fbss.predominant")); diff != "" {
		t.Error(diff)
	}
}

func TestGroupMeansItsIndication(t *testing.T) {
	answer := item("fnss.mechanism", coding("neuropathic"))
	for name, c := range map[string]struct {
		items []string
		want  string
	}{
		"with an answer":          {[]string{group("fnss", answer)}, "fnss"},
		"nested":                  {[]string{group("deel", group("fnss", answer))}, "fnss"},
		"empty among others":      {[]string{group("fnss", answer), `{"linkId":"crps"}`}, "fnss"},
		"empty, and the only one": {[]string{`{"linkId":"crps"}`}, "crps"},
		"another condition":       {[]string{group("other", item("other.name", `"valueString":"fibromyalgie"`))}, "other:fibromyalgie"},
		"no group":                {[]string{item("bmi", `"valueDecimal":30`)}, ""},
		"two":                     {[]string{group("fnss", answer), group("crps", item("crps.crps-type", coding("I")))}, "crps fnss"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := indications(record(t, patient, response("neuromodulatie-intake", c.items...))); got != c.want {
				t.Errorf("indications %q, want %q", got, c.want)
			}
		})
	}
}

func TestWhichResponsesCount(t *testing.T) {
	base := response("neuromodulatie-intake", item("bmi", `"valueDecimal":30`))
	for name, c := range map[string]struct{ response, want string }{
		"completed":           {base, "30"},
		"amended":             {strings.Replace(base, `"completed"`, `"amended"`, 1), "30"},
		"in progress":         {strings.Replace(base, `"completed"`, `"in-progress"`, 1), ""},
		"stopped":             {strings.Replace(base, `"completed"`, `"stopped"`, 1), ""},
		"entered in error":    {strings.Replace(base, `"completed"`, `"entered-in-error"`, 1), ""},
		"without version":     {strings.Replace(base, `|1.0.0`, ``, 1), "30"},
		"another form":        {strings.Replace(base, `pijnpoort.example/fhir/Questionnaire/neuromodulatie-intake`, `example.org/x`, 1), ""},
		"written later":       {strings.Replace(base, `2025-06-10`, `2025-06-17`, 1), ""},
		"written on the day":  {strings.Replace(base, `2025-06-10`, `2025-06-16`, 1), "30"},
		"part of a form":      {strings.Replace(base, "Questionnaire/neuromodulatie-intake", "Questionnaire/neuromodulatie-intake-aanvulling-x", 1), "30"},
		"trial form asks too": {strings.Replace(base, `neuromodulatie-intake|`, `neuromodulatie-proef|`, 1), "30"},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, patient, c.response), map[string]string{"bmi": c.want})
		})
	}
	other := strings.Replace(strings.Replace(base, `"id":"neuromodulatie-intake"`, `"id":"second"`, 1), `:30}`, `:31}`, 1)
	want(t, record(t, patient, base, other), map[string]string{"bmi": "30 | 31"})
	amendment := strings.Replace(strings.Replace(base, `"completed"`, `"amended"`, 1), `:30}`, `:31}`, 1)
	want(t, record(t, patient, base, amendment), map[string]string{"bmi": "31"})
	want(t, record(t, patient, amendment, base), map[string]string{"bmi": "31"})
}

func TestUnknownItemsAreListed(t *testing.T) {
	r := record(t, patient, response("neuromodulatie-intake", item("schoenmaat", `"valueInteger":42`), item("year", `"valueInteger":2025`)))
	var paths []string
	for _, u := range r.Report.Unmapped {
		paths = append(paths, u.Path)
	}
	if got := strings.Join(paths, " "); got != "item[schoenmaat] item[year]" {
		t.Errorf("unmapped %s", got)
	}
}

func TestTrialAndDoubtForms(t *testing.T) {
	want(t, record(t, patient,
		response("neuromodulatie-proef", item("trial-start", `"valueDate":"2025-06-02"`), item("trial-end", `"valueDate":"2025-06-20"`), item("trial-nrs", `"valueDecimal":3.25`)),
		response("neuromodulatie-twijfel", item("off-start", `"valueDate":"2025-06-01"`), item("decision-by", coding("team"), coding("patient"))),
	), map[string]string{"trial-start": "2025-06-02", "trial-done": "true", "trial-end": "", "trial-nrs": "3.25",
		"off-start": "2025-06-01", "decision-by": "patient | team"})
	denied := record(t, patient, response("neuromodulatie-proef", item("trial-start", `"valueDate":"2025-06-02"`), item("trial-done", `"valueBoolean":false`)))
	want(t, denied, map[string]string{"trial-done": "false | true"})
}

func TestAftercare(t *testing.T) {
	form := response("neuromodulatie-nazorg",
		group("visit", item("visit-date", `"valueDate":"2025-04-01"`), item("visit-role", coding("nurse"))),
		group("visit", item("visit-date", `"valueDate":"2025-07-01"`), item("visit-role", coding("nurse"))),
		group("contact", item("contact-date", `"valueDate":"2025-05-01"`)),
		item("opioids-now", coding("none")))
	encounter := func(id, status, class, role string) string {
		return resource("Encounter", id, `"status":"`+status+`"`, `"class":{"code":"`+class+`"}`, `"period":{"start":"2025-02-01T09:00:00+01:00"}`,
			`"participant":[{"type":[`+concept(role)+`]}]`)
	}
	appointment := `{"resourceType":"Appointment","id":"a","status":"fulfilled","start":"2025-03-01T09:00:00+01:00","participant":[{"actor":{"reference":"Patient/p"},"status":"accepted"},` +
		`{"type":[` + concept(intake+"neurosurgeon") + `],"status":"accepted"}]}`
	all := []string{patient, form, appointment,
		encounter("e", "finished", "AMB", intake+"physician-assistant"),
		encounter("v", "finished", "VR", intake+"nurse"),
		encounter("x", "planned", "AMB", intake+"nurse"),
		encounter("y", "finished", "AMB", "http://example.org|nurse")}
	list := func(meetings []mapping.Meeting) string {
		var all []string
		for _, m := range meetings {
			all = append(all, m.Date.First.String()+" "+m.Role)
		}
		return strings.Join(all, ", ")
	}
	r := record(t, all...)
	for implanted, expected := range map[string]string{
		"":           "2025-02-01 physician-assistant, 2025-03-01 neurosurgeon, 2025-04-01 nurse",
		"2025-01-15": "2025-02-01 , 2025-02-01 physician-assistant, 2025-03-01 neurosurgeon, 2025-04-01 nurse", // an unknown profession may count
		"2025-02-15": "2025-02-01 physician-assistant, 2025-03-01 neurosurgeon, 2025-04-01 nurse",
	} {
		told := all
		if implanted != "" {
			told = append(told[:len(told):len(told)], response("neuromodulatie-nazorg", item("implant-date", `"valueDate":"`+implanted+`"`)))
		}
		if got := list(record(t, told...).Visits); got != expected {
			t.Errorf("implanted %s: visits %s, want %s", implanted, got, expected)
		}
	}
	if got, expected := list(r.Contacts), "2025-02-01 nurse, 2025-05-01 "; got != expected {
		t.Errorf("contacts %s, want %s", got, expected)
	}
	want(t, r, map[string]string{"opioids-now": "none"})
}

func prom(id, instrument, authored string, elements ...string) string {
	return resource("QuestionnaireResponse", id, append([]string{`"questionnaire":"` + mapping.CanonicalBase + `/Questionnaire/` + instrument + `"`,
		`"status":"completed"`, `"authored":"` + authored + `"`}, elements...)...)
}

func TestProms(t *testing.T) {
	set := func(instruments ...string) (list []string) {
		for _, i := range instruments {
			list = append(list, prom(i, i, "2025-06-0"+string(rune('1'+len(list)))))
		}
		return list
	}
	fbss, fnss := condition("c", sct+"202725007"), condition("d", sct+"202723000")
	for name, c := range map[string]struct {
		resources []string
		want      string
	}{
		"whole set":           {append(set("sf12v2", "nrs", "bpi", "hads", "pcs", "psqi", "odi"), fbss), "completed"},
		"the other version":   {append(set("sf12v1", "nrs", "bpi", "hads", "pcs", "psqi", "odi"), fbss), "completed"},
		"GPE is for later":    {append(set("sf12v1", "nrs", "bpi", "hads", "pcs", "psqi", "odi", "gpe"), fbss), "completed"},
		"without ODI":         {append(set("sf12v2", "nrs", "bpi", "hads", "pcs", "psqi"), fbss), ""},
		"ODI is not for FNSS": {append(set("sf12v2", "nrs", "bpi", "hads", "pcs", "psqi", "odi"), fnss), ""},
		"NDI":                 {append(set("sf12v2", "nrs", "bpi", "hads", "pcs", "psqi", "ndi"), fnss), "completed"},
		"neither for CRPS":    {append(set("sf12v2", "nrs", "bpi", "hads", "pcs", "psqi"), condition("c", sct+"128200000")), "completed"},
		"some":                {append(set("sf12v2", "nrs"), fbss), ""},
		"after implantation":  {append(set("sf12v2", "nrs", "bpi", "hads", "pcs", "psqi", "odi"), fbss, response("neuromodulatie-nazorg", item("implant-date", `"valueDate":"2025-05-01"`))), ""},
		"answered":            {[]string{response("neuromodulatie-intake", item("proms", coding("refused")))}, "refused"},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, append(c.resources, patient)...), map[string]string{"proms": c.want})
		})
	}
	r := record(t, patient, prom("a", "odi|2.1", "2025-06-02"), prom("b", "gpe", "2025-06-01"), prom("c", "nrs", "2025-06-17"),
		prom("d", "bpi", "2025-06-01", `"source":{"reference":"Practitioner/q"}`))
	want(t, r, map[string]string{"proms-completed": "2025-06-01 | 2025-06-02"})
	if len(r.Instruments) != 2 || r.Instruments[0].Code != "gpe" || r.Instruments[1].Code != "odi" {
		t.Errorf("instruments %+v", r.Instruments)
	}
}

func TestIntakeQuestionnaireIsThePatientsOwn(t *testing.T) {
	want(t, record(t, patient, prom("i", "intakevragenlijst", "2025-06-01")), map[string]string{"intake-questionnaire": "completed"})
	want(t, record(t, patient, response("neuromodulatie-intake", item("bmi", `"valueDecimal":30`))), map[string]string{"intake-questionnaire": ""})
	want(t, record(t, patient, prom("i", "intakevragenlijst", "2025-06-01", `"source":{"reference":"RelatedPerson/r"}`)), map[string]string{"intake-questionnaire": ""})
}

func TestCentre(t *testing.T) {
	form := func(subject string) string {
		return `{"resourceType":"QuestionnaireResponse","id":"q","questionnaire":"` + mapping.CanonicalBase + `/Questionnaire/neuromodulatie-centrum","status":"completed",` +
			subject + `"item":[` + item("year", `"valueInteger":2024`) + `,` + item("registered", `"valueBoolean":true`) + `,` + item("accountable-centre", `"valueString":"Pijncentrum"`) + `,` + item("bmi", `"valueDecimal":30`) + `]}`
	}
	r := record(t, `{"resourceType":"Organization","id":"o"}`, form(`"subject":{"reference":"Organization/o"},`))
	if r.Organization != "Organization/o" || r.Report.Used != 2 {
		t.Errorf("organization %q, used %d", r.Organization, r.Report.Used)
	}
	only(t, r, map[string]string{"year": "2024", "registered": "true", "accountable-centre": "Pijncentrum"})
	only(t, record(t, patient, form(`"subject":{"reference":"Patient/p"},`)), map[string]string{})
}
