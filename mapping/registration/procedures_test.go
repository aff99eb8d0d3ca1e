package registration_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// kinds writes the operations of a registration in order of time: "2024-03-05 trial SCS".
func kinds(r *registration.Registration) string {
	var list []string
	for _, p := range r.Procedures {
		day, _ := registration.DateOf(p.Start)
		when := p.Start
		if day.Text != "" && day.IsExact() {
			when = day.First.String()
		}
		what := string(p.Kind)
		if len(p.Possible) > 0 {
			what = strings.Trim(strings.ReplaceAll(fmt.Sprint(p.Possible), " ", "|"), "[]") + "?"
		}
		line := strings.TrimSpace(when + " " + what + " " + p.Modality)
		if p.Status != "completed" {
			line += " " + p.Status
		}
		if p.Retracted {
			line += " retracted"
		}
		list = append(list, line)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

func TestKindOfProcedure(t *testing.T) {
	const implantation = "3270004" // implantation of neurostimulator in spine: trial or definitive not told
	spine := code(snomed, implantation)
	generator := `{"resourceType":"Device","id":"g","type":` + concept("device-pulse-generator") + `}`
	stimulator := `{"resourceType":"Device","id":"g","type":` + code(snomed, "25937001") + `}`
	focal := func(action string) string {
		return `"focalDevice":[{"action":` + code("http://hl7.org/fhir/device-action", action) + `,"manipulated":{"reference":"Device/g"}}]`
	}
	form := func(name, linkID, day string) string {
		return `{"resourceType":"QuestionnaireResponse","id":"f-` + linkID + `","status":"completed","questionnaire":"https://pijnpoort.example/fhir/Questionnaire/` + name +
			`",` + about + `,"authored":"2025-01-01","item":[{"linkId":"` + linkID + `","answer":[{"valueDate":"` + day + `"}]}]}`
	}
	own := func(kind string) string {
		return `{"resourceType":"Procedure","id":"a","status":"completed",` + about + `,"performedDateTime":"2024-03-05","category":` +
			code(registration.ProcedureKindSystem, kind) + `,"extension":[{"url":"https://pijnpoort.example/fhir/StructureDefinition/modality","valueCode":"ONS"}]}`
	}
	for name, c := range map[string]struct {
		resources []string
		want      string
	}{
		"trial":                            {[]string{procedure("a", concept("proc-scs-trial"), "2024-03-05")}, "2024-03-05 trial SCS"},
		"first generator":                  {[]string{procedure("a", concept("proc-ipg-placement"), "2024-03-05")}, "2024-03-05 generator"},
		"generator exchanged":              {[]string{procedure("a", concept("proc-ipg-replacement"), "2024-03-05")}, "2024-03-05 generator-replaced"},
		"revision":                         {[]string{procedure("a", concept("proc-revision"), "2024-03-05")}, "2024-03-05 revision"},
		"removal":                          {[]string{procedure("a", concept("proc-explant"), "2024-03-05")}, "2024-03-05 explant"},
		"another operation":                {[]string{procedure("a", concept("prior-spine-surgery-lumbar"), "2024-03-05")}, ""},
		"our own code, with its modality":  {[]string{own("implant")}, "2024-03-05 implant ONS"},
		"our own code that tells no kind":  {[]string{own("unspecified")}, "2024-03-05 unspecified ONS"},
		"and what it may be":               {[]string{strings.Replace(own("unspecified"), `"extension":[`, `"extension":[{"url":"https://pijnpoort.example/fhir/StructureDefinition/possible-kind","valueCode":"explant"},{"url":"https://pijnpoort.example/fhir/StructureDefinition/possible-kind","valueCode":"revision"},`, 1)}, "2024-03-05 revision|explant? ONS"},
		"a care activity of occipital":     {[]string{procedure("a", code("urn:oid:2.16.840.1.113883.2.4.3.27.15.5", "030427"), "2024-03-05")}, "2024-03-05 trial|implant? ONS"},
		"electrode taken out or put right": {[]string{procedure("a", concept("proc-ons-revision"), "2024-03-05")}, "2024-03-05 revision|explant? ONS"},

		"in the spine, no more told":           {[]string{procedure("a", spine, "2024-03-05")}, "2024-03-05 trial|implant?"},
		"a second code tells":                  {[]string{procedure("a", `{"coding":[{"system":"`+snomed+`","code":"`+implantation+`"},{"system":"`+local+`","code":"proc-scs-trial"}]}`, "2024-03-05")}, "2024-03-05 trial SCS"},
		"electrode and generator":              {[]string{procedure("a", concept("system"), "2024-03-05")}, "2024-03-05 implant"},
		"all in one: trial and generator":      {[]string{procedure("a", concept("all-in-one"), "2024-03-05")}, "2024-03-05 generator SCS, 2024-03-05 trial SCS"},
		"on a root, category trial":            {[]string{procedure("a", concept("proc-drg"), "2024-03-05", `"category":`+concept("proc-scs-trial"))}, "2024-03-05 trial"},
		"the order tells":                      {[]string{procedure("a", spine, "2024-03-05", `"basedOn":[{"reference":"ServiceRequest/s"}]`), `{"resourceType":"ServiceRequest","id":"s","status":"completed","intent":"order",` + about + `,"code":` + concept("proc-scs-trial") + `}`}, "2024-03-05 trial SCS"},
		"a generator went in":                  {[]string{generator, procedure("a", spine, "2024-03-05", focal("implanted"))}, "2024-03-05 implant"},
		"a generator came out":                 {[]string{generator, procedure("a", spine, "2024-03-05", focal("explanted"))}, "2024-03-05 trial|implant?"},
		"a stimulator may be a trial's":        {[]string{stimulator, procedure("a", spine, "2024-03-05", focal("implanted"))}, "2024-03-05 trial|implant?"},
		"in use since, and still":              {[]string{stimulator, procedure("a", spine, "2024-03-05"), `{"resourceType":"DeviceUseStatement","id":"u","status":"active",` + about + `,"device":{"reference":"Device/g"},"timingPeriod":{"start":"2024-03-05"}}`}, "2024-03-05 implant"},
		"in use since, for a fortnight":        {[]string{stimulator, procedure("a", spine, "2024-03-05"), `{"resourceType":"DeviceUseStatement","id":"u","status":"completed",` + about + `,"device":{"reference":"Device/g"},"timingPeriod":{"start":"2024-03-05","end":"2024-03-19"}}`}, "2024-03-05 trial|implant?"},
		"the form of the trial":                {[]string{procedure("a", spine, "2024-03-05"), form("neuromodulatie-proef", "trial-start", "2024-03-05")}, "2024-03-05 trial"},
		"the form of aftercare":                {[]string{procedure("a", spine, "2024-03-05T23:30:00Z"), form("neuromodulatie-nazorg", "implant-date", "2024-03-06")}, "2024-03-06 implant"},
		"a form with another day":              {[]string{procedure("a", spine, "2024-03-05"), form("neuromodulatie-proef", "trial-start", "2024-03-04")}, "2024-03-05 trial|implant?"},
		"both forms with the day":              {[]string{procedure("a", spine, "2024-03-05"), form("neuromodulatie-proef", "trial-start", "2024-03-05"), form("neuromodulatie-nazorg", "implant-date", "2024-03-05")}, "2024-03-05 trial|implant?"},
		"a generator followed":                 {[]string{procedure("a", spine, "2024-03-05"), procedure("b", concept("proc-ipg-placement"), "2024-03-26")}, "2024-03-05 trial, 2024-03-26 generator"},
		"a generator followed after a year":    {[]string{procedure("a", spine, "2024-03-05"), procedure("b", concept("proc-ipg-placement"), "2025-03-26")}, "2024-03-05 trial|implant?, 2025-03-26 generator"},
		"taken out before a generator":         {[]string{procedure("a", spine, "2024-03-05"), procedure("x", concept("proc-explant"), "2024-03-15"), procedure("b", concept("proc-ipg-placement"), "2024-03-26")}, "2024-03-05 trial|implant?, 2024-03-15 explant, 2024-03-26 generator"},
		"two electrodes, one generator":        {[]string{procedure("a", spine, "2024-03-05"), procedure("c", spine, "2024-03-12"), procedure("b", concept("proc-ipg-placement"), "2024-03-26")}, "2024-03-05 trial|implant?, 2024-03-12 trial, 2024-03-26 generator"},
		"a generator that was not placed":      {[]string{procedure("a", spine, "2024-03-05"), procedure("b", concept("proc-ipg-placement"), "2024-03-26", `"status":"not-done"`)}, "2024-03-05 trial|implant?, 2024-03-26 generator not-done"},
		"occipital: generator after electrode": {[]string{procedure("a", concept("proc-ons"), "2024-03-05"), procedure("b", concept("proc-ons-generator"), "2024-03-26")}, "2024-03-05 trial ONS, 2024-03-26 generator ONS"},
		"occipital: generator by itself":       {[]string{procedure("b", concept("proc-ons-generator"), "2024-03-26")}, "2024-03-26 generator|generator-replaced? ONS"},
		"occipital: generator, and another":    {[]string{procedure("a", concept("proc-ons"), "2020-03-05"), procedure("b", concept("proc-ons-generator"), "2020-03-26"), procedure("c", concept("proc-ons-generator"), "2024-03-26")}, "2020-03-05 trial ONS, 2020-03-26 generator ONS, 2024-03-26 generator-replaced ONS"},
		"generators of other modalities":       {[]string{procedure("a", concept("proc-drg"), "2024-03-05"), procedure("b", concept("proc-ons-generator"), "2024-03-26")}, "2024-03-05 trial|implant? DRG, 2024-03-26 generator|generator-replaced? ONS"},

		"parts of one operation": {[]string{procedure("a", spine, "2024-03-05"), procedure("b", concept("proc-drg"), "2024-03-05", `"partOf":[{"reference":"Procedure/a"}]`), procedure("c", concept("proc-ipg-placement"), "", `"partOf":[{"reference":"Procedure/a"}]`)}, "2024-03-05 implant"},
		"part of a trial":        {[]string{procedure("a", concept("proc-scs-trial"), "2024-03-05"), procedure("c", concept("proc-ipg-placement"), "2024-03-05", `"partOf":[{"reference":"Procedure/a"}]`)}, "2024-03-05 generator SCS, 2024-03-05 trial SCS"},
		"part, of a later day":   {[]string{procedure("a", concept("proc-scs-trial"), "2024-03-05"), procedure("c", concept("proc-revision"), "2024-04-05", `"partOf":[{"reference":"Procedure/a"}]`)}, "2024-03-05 trial SCS, 2024-04-05 revision"},
		"part of itself":         {[]string{procedure("a", concept("proc-scs-trial"), "2024-03-05", `"partOf":[{"reference":"Procedure/a"}]`)}, "2024-03-05 trial SCS"},
		"part that was not done": {[]string{procedure("a", spine, "2024-03-05"), procedure("c", concept("proc-ipg-placement"), "2024-03-05", `"status":"not-done","partOf":[{"reference":"Procedure/a"}]`)}, "2024-03-05 trial|implant?"},

		"planned":                   {[]string{procedure("a", concept("proc-scs-trial"), "2025-03-05", `"status":"preparation"`)}, ""},
		"dated later":               {[]string{procedure("a", concept("proc-scs-trial"), "2025-07-05")}, ""},
		"not done":                  {[]string{procedure("a", concept("proc-scs-trial"), "2025-03-05", `"status":"not-done"`)}, "2025-03-05 trial SCS not-done"},
		"stopped":                   {[]string{procedure("a", concept("proc-scs-trial"), "2025-03-05", `"status":"stopped"`)}, "2025-03-05 trial SCS stopped"},
		"under way":                 {[]string{procedure("a", concept("proc-scs-trial"), "2025-06-16", `"status":"in-progress"`)}, "2025-06-16 trial SCS in-progress"},
		"entered in error":          {[]string{procedure("a", concept("proc-scs-trial"), "2025-03-05", `"status":"entered-in-error"`)}, "trial SCS entered-in-error retracted"},
		"error that has no code":    {[]string{`{"resourceType":"Procedure","id":"a","status":"entered-in-error",` + about + `}`}, "unspecified entered-in-error retracted"},
		"error of another code":     {[]string{procedure("a", concept("tx-tens"), "2025-03-05", `"status":"entered-in-error"`)}, ""},
		"status that is none":       {[]string{procedure("a", concept("proc-scs-trial"), "2025-03-05", `"status":"mevrouw"`)}, "2025-03-05 trial SCS unknown"},
		"undated":                   {[]string{procedure("a", concept("proc-scs-trial"), "")}, "trial SCS"},
		"of a year":                 {[]string{procedure("a", concept("proc-scs-trial"), "2024")}, "2024 trial SCS"},
		"last night of the year":    {[]string{procedure("a", concept("proc-scs-trial"), "2024-12-31T23:30:00+01:00")}, "2024-12-31 trial SCS"},
		"next year in Amsterdam":    {[]string{procedure("a", concept("proc-scs-trial"), "2024-12-31T23:30:00Z")}, "2025-01-01 trial SCS"},
		"over New Year":             {[]string{`{"resourceType":"Procedure","id":"a","status":"completed",` + about + `,"code":` + concept("proc-scs-trial") + `,"performedPeriod":{"start":"2024-12-31T22:00:00+01:00","end":"2025-01-01T01:00:00+01:00"}}`}, "2024-12-31 trial SCS"},
		"STU3: not done":            {[]string{`{"resourceType":"Procedure","id":"a","status":"completed","notDone":true,` + about + `,"code":` + concept("proc-scs-trial") + `,"performedDateTime":"2024-03-05"}`}, "2024-03-05 trial SCS not-done"},
		"STU3: in a context, by":    {[]string{`{"resourceType":"Procedure","id":"a","status":"completed","context":{"reference":"Encounter/e"},"performer":[{"role":` + concept("role-neurosurgeon") + `,"actor":{"reference":"Practitioner/x"}}],` + about + `,"code":` + concept("proc-scs-trial") + `,"performedDateTime":"2024-03-05"}`}, "2024-03-05 trial SCS"},
		"modalities that disagree":  {[]string{procedure("a", concept("proc-drg", "proc-ons"), "2024-03-05")}, "2024-03-05 trial|implant?"},
		"twice, by one identifier":  {[]string{procedure("a", concept("proc-scs-trial"), "2024-03-05", `"identifier":[{"system":"urn:s","value":"1"}]`), procedure("b", concept("proc-scs-trial"), "2024-03-05", `"identifier":[{"system":"urn:z","value":"9"},{"system":"urn:s","value":"1"}]`)}, "2024-03-05 trial SCS"},
		"twice, by identifier, id":  {[]string{procedure("a", concept("proc-scs-trial"), "2024-03-05", `"identifier":[{"system":"urn:s","value":"1"}]`), procedure("a", concept("proc-scs-trial"), "2024-03-05")}, "2024-03-05 trial SCS"},
		"two versions":              {[]string{procedure("a", concept("proc-scs-trial"), "2024-03-06", `"meta":{"versionId":"10"}`), procedure("a", concept("proc-scs-trial"), "2024-03-05", `"meta":{"versionId":"9"}`)}, "2024-03-06 trial SCS"},
		"a version that takes back": {[]string{procedure("a", concept("proc-scs-trial"), "2024-03-05", `"meta":{"lastUpdated":"2024-03-06T10:00:00+01:00"}`), procedure("a", concept("proc-scs-trial"), "2024-03-05", `"status":"entered-in-error","meta":{"lastUpdated":"2024-03-06T09:30:00Z"}`)}, "trial SCS entered-in-error retracted"},
	} {
		t.Run(name, func(t *testing.T) {
			r, fates := of(t, c.resources...)
			if got := kinds(r); got != c.want {
				t.Errorf("got  %s\nwant %s\n%v", got, c.want, fates)
			}
			slices.Reverse(c.resources)
			again, _ := of(t, c.resources...)
			if got := kinds(again); got != c.want {
				t.Errorf("the other way round: %s", got)
			}
		})
	}
}

// What stays open is said, with what it may be.
func TestAnOpenKindIsSaid(t *testing.T) {
	_, fates := of(t, procedure("a", code(snomed, "3270004"), "2024-03-05"))
	if !told(fates, "Procedure/a", "trial or implant") {
		t.Error(fates)
	}
}

func TestDetailsOfAProcedure(t *testing.T) {
	agb := "http://fhir.nl/fhir/NamingSystem/agb-z"
	clinic := func(id, agbCode string) string {
		return `{"resourceType":"Organization","id":"` + id + `","identifier":[{"system":"urn:intern","value":"` + id + `"},{"system":"` + agb + `","value":"` + agbCode + `"}]}`
	}
	resources := []string{
		`{"resourceType":"Condition","id":"c","code":` + code(snomed, "202725007") + `,` + about + `,"verificationStatus":` + code("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed") + `}`,
		`{"resourceType":"Condition","id":"other","code":` + code(snomed, "22298006") + `,` + about + `}`,
		procedure("a", concept("proc-revision"), "2024-03-05",
			`"reasonReference":[{"reference":"Condition/c"},{"reference":"Condition/other"},{"reference":"Condition/sent-before"},{"reference":"#nowhere"}]`,
			`"reasonCode":[`+concept("compl-lead-migration")+`,`+code("http://hl7.org/fhir/sid/icd-10", "T85.1")+`,`+concept("tx-tens")+`]`,
			`"encounter":{"reference":"Encounter/e"}`, `"location":{"reference":"Location/l"}`,
			`"performer":[{"actor":{"reference":"PractitionerRole/r"}}]`,
			`"focalDevice":[{"manipulated":{"reference":"#d"}},{"manipulated":{"identifier":{"system":"urn:gs1","value":"7"}}},{"manipulated":{"display":"?"}}]`,
			`"contained":[{"resourceType":"Device","id":"d","serialNumber":"S1","udiCarrier":[{"deviceIdentifier":"08712345000011","carrierHRF":"(01)08712345000011(21)S1"}]}]`,
			`"complication":[`+concept("compl-infection")+`,`+concept("tx-tens")+`]`),
		`{"resourceType":"PractitionerRole","id":"r","organization":{"reference":"Organization/south"},"specialty":[` + concept("role-neurosurgeon") + `]}`,
		`{"resourceType":"Location","id":"l","managingOrganization":{"reference":"Organization/north"}}`,
		`{"resourceType":"Encounter","id":"e","status":"finished","class":{"code":"AMB"},` + about + `,"period":{"start":"2024-03-05T08:00:00+01:00"},"serviceProvider":{"reference":"Organization/north"}}`,
		clinic("north", "06010101"), clinic("south", "06010202"),
	}
	r, fates := of(t, resources...)
	p := r.Procedures[0]
	for what, pair := range map[string][2]string{
		"clinic":      {p.Clinic, agb + "|06010202"},
		"specialty":   {p.Specialty, "neurosurgeon"},
		"indications": {strings.Join(p.Indications, " "), "Condition/c Condition/sent-before"},
		"devices":     {strings.Join(p.Devices, " "), "Device/urn:gs1|7 Procedure/a#d"},
		"encounter":   {p.Encounter, "Encounter/e"},
		"reasons": {fmt.Sprint(p.Reasons), fmt.Sprintf("[{%s lead-migration} {%s hardware} {http://hl7.org/fhir/sid/icd-10 T85.1}]",
			registration.RevisionReasonSystem, registration.RevisionReasonSystem)},
		"codings": {fmt.Sprint(p.Codings), "[]"}, // a code of the hospital is not passed on
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %s, want %s", what, pair[0], pair[1])
		}
	}
	if len(r.Devices) != 1 || r.Devices[0].Key != "Procedure/a#d" || r.Devices[0].UDI != "08712345000011" {
		t.Errorf("devices %+v", r.Devices)
	}
	if len(r.Complications) != 1 || r.Complications[0].Kind != "infection" || r.Complications[0].Procedure != "Procedure/a" {
		t.Errorf("complications %+v", r.Complications)
	}
	if len(r.Contacts) != 1 || r.Contacts[0].Clinic != agb+"|06010101" {
		t.Errorf("contacts %+v", r.Contacts)
	}
	for _, reason := range []string{"no indication that we know", "did not come along", "not passed on", "no reason that we know", "no complication that we know"} {
		if !told(fates, "Procedure/a", reason) {
			t.Errorf("not told: %s\n%v", reason, fates)
		}
	}
}

// Where several organisations did it together, none is taken.
func TestTheClinicIsNotGuessed(t *testing.T) {
	by := func(value string) string {
		return `{"actor":{"display":"x"},"onBehalfOf":{"identifier":{"system":"http://fhir.nl/fhir/NamingSystem/agb-z","value":"` + value + `"}}}`
	}
	r, fates := of(t, procedure("a", concept("proc-revision"), "2024-03-05", `"performer":[`+by("06010101")+`,`+by("06010202")+`]`))
	if r.Procedures[0].Clinic != "" || !told(fates, "Procedure/a", "several organisations") {
		t.Errorf("%q %v", r.Procedures[0].Clinic, fates)
	}
}
