package epd_test

import (
	"strings"
	"testing"
)

// medication writes a MedicationStatement or MedicationRequest of an ATC code.
func medication(kind, id, status, code string, elements ...string) string {
	return resource(kind, id, append([]string{`"status":"` + status + `"`, `"medicationCodeableConcept":` + concept(atc+code)}, elements...)...)
}

func TestCoanalgesicByStatus(t *testing.T) {
	fbss := condition("c", sct+"202725007")
	for name, c := range map[string]struct{ resource, want string }{
		"active":                 {medication("MedicationStatement", "m", "active", "N06AA09"), "amitriptyline"},
		"completed":              {medication("MedicationStatement", "m", "completed", "N06AA09"), "amitriptyline"},
		"stopped":                {medication("MedicationStatement", "m", "stopped", "N06AA09"), "amitriptyline"},
		"on hold":                {medication("MedicationStatement", "m", "on-hold", "N06AA09"), "amitriptyline"},
		"intended":               {medication("MedicationStatement", "m", "intended", "N06AA09"), ""},
		"entered in error":       {medication("MedicationStatement", "m", "entered-in-error", "N06AA09"), ""},
		"unknown":                {medication("MedicationStatement", "m", "unknown", "N06AA09"), ""},
		"handed over":            {medication("MedicationDispense", "m", "completed", "N06AA09", `"whenHandedOver":"2020-06-01"`), "amitriptyline"},
		"not handed over":        {medication("MedicationDispense", "m", "cancelled", "N06AA09"), ""},
		"not taken":              {medication("MedicationStatement", "m", "not-taken", "N06AA09"), ""},
		"not taken, why":         {medication("MedicationStatement", "m", "not-taken", "N06AA09", `"statusReason":[`+concept(sct+"281647001")+`]`), "amitriptyline:rejected-with-reason"},
		"started later":          {medication("MedicationStatement", "m", "active", "N06AA09", `"effectivePeriod":{"start":"2025-06-17"}`), ""},
		"old ATC code":           {medication("MedicationStatement", "m", "active", "N03AX16"), "pregabalin"},
		"new ATC code":           {medication("MedicationStatement", "m", "active", "N02BF02"), "pregabalin"},
		"no co-analgesic":        {medication("MedicationStatement", "m", "active", "A10BA02"), ""},
		"request":                {medication("MedicationRequest", "m", "active", "N06AX21", `"intent":"order"`), "duloxetine"},
		"request, draft":         {medication("MedicationRequest", "m", "draft", "N06AX21", `"intent":"order"`), ""},
		"request, cancelled":     {medication("MedicationRequest", "m", "cancelled", "N06AX21", `"intent":"order"`), ""},
		"request, proposal":      {medication("MedicationRequest", "m", "active", "N06AX21", `"intent":"proposal"`), ""},
		"request not to give":    {medication("MedicationRequest", "m", "active", "N06AX21", `"intent":"order"`, `"doNotPerform":true`), ""},
		"by name only":           {resource("MedicationStatement", "m", `"status":"active"`, `"medicationCodeableConcept":{"text":"AMITRIPTYLINE TABLET 25MG"}`), "amitriptyline"},
		"by name of a reference": {resource("MedicationStatement", "m", `"status":"active"`, `"medicationReference":{"reference":"Medication/x","display":"AMITRIPTYLINE TABLET 25MG"}`), "amitriptyline"},
		"allergy":                {allergy("active", "confirmed"), "amitriptyline:rejected-with-reason"},
		"allergy, not sure":      {allergy("active", "unconfirmed"), ""},
		"allergy, over":          {allergy("resolved", "confirmed"), ""},
		"allergy, refuted":       {allergy("active", "refuted"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, patient, fbss, c.resource), map[string]string{"fbss.coanalgesic": c.want})
		})
	}
}

func TestPeriodOfUseOfARequest(t *testing.T) {
	use := func(code, period string) string {
		return medication("MedicationRequest", "m", "active", code, `"intent":"order"`, `"authoredOn":"2024-01-10"`,
			`"extension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-TimeInterval.Period","valuePeriod":{`+period+`}}]`)
	}
	fbss := condition("c", sct+"202725007")
	for period, c := range map[string]struct{ tried, thinner, date string }{
		`"start":"2024-02-01"`:                    {"amitriptyline", "unknown-if-stop", "2024-02-01"},
		`"start":"2024-02-01","end":"2025-06-16"`: {"amitriptyline", "unknown-if-stop", "2024-02-01"},
		`"start":"2024-02-01","end":"2025-06-15"`: {"amitriptyline", "", "2024-02-01"},
		`"end":"2025-06-15"`:                      {"amitriptyline", "", "2024-01-10"},
		`"start":"2025-06-17"`:                    {"", "", ""},
		`"start":"2025-06","end":"2025-07-01"`:    {"amitriptyline", "unknown-if-stop", "2025-06"},
	} {
		r := record(t, patient, fbss, use("N06AA09", period))
		want(t, r, map[string]string{"fbss.coanalgesic": c.tried})
		if c.date != "" && evidence(t, r, "fbss.coanalgesic")[0].Date != c.date {
			t.Errorf("%s: dated %q", period, evidence(t, r, "fbss.coanalgesic")[0].Date)
		}
		want(t, record(t, patient, use("B01AA07", period)), map[string]string{"anticoagulant": c.thinner})
	}
	if got := reasons(record(t, patient, fbss, use("N06AA09", `"start":"2025-06-17"`)))["MedicationRequest/m"]; got != "dated after the as-of day" {
		t.Errorf("reason %q", got)
	}
}

func allergy(clinical, verification string) string {
	return resource("AllergyIntolerance", "m", `"code":`+concept(atc+"N06AA09"),
		`"clinicalStatus":`+concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical|"+clinical),
		`"verificationStatus":`+concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification|"+verification))
}

func TestCodedCoanalgesicBelongsToEveryIndicationThatAsksForIt(t *testing.T) {
	drug := medication("MedicationStatement", "m", "stopped", "N02BF01")
	r := record(t, patient, drug, condition("a", sct+"202725007"), condition("b", sct+"709489006"), condition("c", sct+"230473009"))
	want(t, r, map[string]string{"fbss.coanalgesic": "gabapentin", "sfn.coanalgesic": "gabapentin", "cch.coanalgesic": "", "cch.drug-outcome.gabapentin": ""})
	alone := record(t, patient, drug)
	only(t, alone, map[string]string{})
	if got := reasons(alone)["MedicationStatement/m"]; got != "it matters only to an indication that the record does not hold" {
		t.Errorf("reason %q", got)
	}
}

func TestMedicationResourceCountsAsUsed(t *testing.T) {
	product := `{"resourceType":"Medication","id":"x","code":` + concept(atc+"N06AX16") + `}`
	statement := resource("MedicationStatement", "m", `"status":"active"`, `"medicationReference":{"reference":"Medication/x"}`)
	r := record(t, patient, condition("c", sct+"202725007"), product, statement)
	want(t, r, map[string]string{"fbss.coanalgesic": "venlafaxine"})
	if r.Report.Used != 4 {
		t.Errorf("used %d of 4: %v", r.Report.Used, reasons(r))
	}
	contained := resource("MedicationStatement", "m", `"status":"active"`, `"medicationReference":{"reference":"#x"}`, `"contained":[`+product+`]`)
	want(t, record(t, patient, condition("c", sct+"202725007"), contained), map[string]string{"fbss.coanalgesic": "venlafaxine"})
	ingredient := strings.Replace(product, `"code":`+concept(atc+"N06AX16"), `"ingredient":[{"itemCodeableConcept":`+concept(atc+"N06AX16")+`}]`, 1)
	want(t, record(t, patient, condition("c", sct+"202725007"), ingredient, statement), map[string]string{"fbss.coanalgesic": "venlafaxine"})
}

func TestConsiderations(t *testing.T) {
	crps := condition("c", sct+"128200000")
	procedure := func(code, status string, elements ...string) string {
		return resource("Procedure", "t", append([]string{`"status":"` + status + `"`, `"code":` + concept(sct+code)}, elements...)...)
	}
	because := `"statusReason":` + concept(sct+"183944003")
	for name, c := range map[string]struct{ resource, id, want string }{
		"physiotherapy":          {procedure("91251008", "completed"), "cons-exercise", "tried"},
		"stopped":                {procedure("91251008", "stopped"), "cons-exercise", "tried"},
		"under way":              {procedure("91251008", "in-progress"), "cons-exercise", ""},
		"planned":                {procedure("91251008", "preparation"), "cons-exercise", ""},
		"not done":               {procedure("91251008", "not-done"), "cons-exercise", ""},
		"not done, with reason":  {procedure("91251008", "not-done", because), "cons-exercise", "rejected-with-reason"},
		"later":                  {procedure("91251008", "completed", `"performedDateTime":"2025-06-17"`), "cons-exercise", ""},
		"on the day":             {procedure("91251008", "completed", `"performedDateTime":"2025-06-16"`), "cons-exercise", "tried"},
		"period":                 {procedure("91251008", "completed", `"performedPeriod":{"start":"2025-01-01","end":"2025-03-01"}`), "cons-exercise", "tried"},
		"psychology":             {procedure("75516001", "completed"), "cons-biopsychosocial", "tried"},
		"referral to psychology": {procedure("81294000", "completed"), "cons-biopsychosocial", ""},
		"TENS":                   {procedure("229559001", "completed"), "minv-tens", "tried"},
		"capsaicin":              {medication("MedicationStatement", "m", "completed", "N01BX04"), "cons-capsaicin", "tried"},
		"DMSO, short":            {medication("MedicationStatement", "m", "completed", "M02AX03"), "cons-dmso-lt1y", "tried"},
		"DMSO, long":             {medication("MedicationStatement", "m", "completed", "M02AX03"), "cons-dmso-gt1y", "tried"},
		"acetylcysteine":         {medication("MedicationStatement", "m", "completed", "R05CB01"), "cons-nac", "tried"},
		"vasodilator":            {medication("MedicationStatement", "m", "completed", "C04AD03"), "cons-vasodilator", "tried"},
		"spasmolytic":            {medication("MedicationStatement", "m", "completed", "M03BX01"), "cons-spasmolytic", "tried"},
		"ketamine":               {medication("MedicationStatement", "m", "completed", "N01AX03"), "inv-ketamine", "tried"},
		"ketamine, not taken":    {medication("MedicationStatement", "m", "not-taken", "N01AX03", `"statusReason":[`+concept(sct+"281647001")+`]`), "inv-ketamine", "rejected-with-reason"},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, patient, crps, c.resource), map[string]string{"crps.consideration." + c.id: c.want})
		})
	}
}

func TestSpineSurgeriesAreAtLeastWhatIsRecorded(t *testing.T) {
	fbss := condition("c", sct+"202725007")
	operation := func(id, status, code string, elements ...string) string {
		return resource("Procedure", id, append([]string{`"status":"` + status + `"`, `"code":` + concept(sct+code)}, elements...)...)
	}
	at := func(date string) string { return `"performedDateTime":"` + date + `"` }
	answer := func(n string) string {
		return response("neuromodulatie-intake", group("fbss", item("fbss.spine-surgeries", `"valueInteger":`+n)))
	}
	for name, c := range map[string]struct {
		resources []string
		want      string
	}{
		"none recorded":           {nil, ""},
		"one without date":        {[]string{operation("a", "completed", "50172003")}, "1.."},
		"two days":                {[]string{operation("a", "completed", "50172003", at("2020-01-01")), operation("b", "completed", "50172003", at("2021-01-01"))}, "2.."},
		"one day, two procedures": {[]string{operation("a", "completed", "50172003", at("2020-01-01")), operation("b", "completed", "178618008", at("2020-01-01"))}, "1.."},
		"a year may hold the day": {[]string{operation("a", "completed", "50172003", at("2020-03-01")), operation("b", "completed", "50172003", at("2020"))}, "1.."},
		"not completed":           {[]string{operation("a", "in-progress", "50172003"), operation("b", "not-done", "50172003")}, ""},
		"level unknown":           {[]string{operation("a", "completed", "161619009")}, ""},
		"cervical":                {[]string{operation("a", "completed", "178517008")}, ""},
		"history as a problem":    {[]string{condition("h", sct+"429164009")}, "1.."},
		"answered as well":        {[]string{operation("a", "completed", "50172003"), answer("2")}, "2"},
		"answered none":           {[]string{operation("a", "completed", "50172003"), answer("0")}, "0 | 1.."},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, append(c.resources, patient, fbss)...), map[string]string{"fbss.spine-surgeries": c.want})
		})
	}
	r := record(t, patient, fbss, operation("a", "completed", "161619009"))
	if got := reasons(r)["Procedure/a"]; got != "level of the spine not stated: not counted as surgery" {
		t.Errorf("reason %q", got)
	}
}

func TestAnticoagulant(t *testing.T) {
	use := medication("MedicationStatement", "m", "active", "B01AA07")
	answer := func(code string) string {
		return response("neuromodulatie-intake", item("anticoagulant", coding(code)))
	}
	for name, c := range map[string]struct {
		resources []string
		want      string
	}{
		"used":                 {[]string{use}, "unknown-if-stop"},
		"requested":            {[]string{medication("MedicationRequest", "m", "active", "B01AF02", `"intent":"order"`)}, "unknown-if-stop"},
		"platelet inhibitor":   {[]string{medication("MedicationStatement", "m", "active", "B01AC06")}, "unknown-if-stop"},
		"stopped":              {[]string{medication("MedicationStatement", "m", "stopped", "B01AA07")}, ""},
		"over":                 {[]string{medication("MedicationStatement", "m", "active", "B01AA07", `"effectivePeriod":{"start":"2024-01-01","end":"2025-06-15"}`)}, ""},
		"dosage over":          {[]string{medication("MedicationRequest", "m", "active", "B01AF02", `"intent":"order"`, `"dosageInstruction":[{"timing":{"repeat":{"boundsPeriod":{"start":"2024-01-01","end":"2025-06-15"}}}}]`)}, ""},
		"dosage not over":      {[]string{medication("MedicationRequest", "m", "active", "B01AF02", `"intent":"order"`, `"dosageInstruction":[{"timing":{"repeat":{"boundsPeriod":{"start":"2024-01-01","end":"2025-06-16"}}}}]`)}, "unknown-if-stop"},
		"a dosage not over":    {[]string{medication("MedicationStatement", "m", "active", "B01AF02", `"dosage":[{"timing":{"repeat":{"boundsPeriod":{"start":"2024-01-01","end":"2025-06-15"}}}},{"timing":{"repeat":{"boundsPeriod":{"start":"2024-01-01","end":"2025-06-30"}}}}]`)}, "unknown-if-stop"},
		"dosage without end":   {[]string{medication("MedicationRequest", "m", "active", "B01AF02", `"intent":"order"`, `"dosageInstruction":[{"text":"volgens schema"}]`)}, "unknown-if-stop"},
		"handed over":          {[]string{medication("MedicationDispense", "m", "completed", "B01AF02", `"whenHandedOver":"2025-06-01"`, `"daysSupply":{"value":30,"unit":"d"}`)}, "unknown-if-stop"},
		"handed over, used up": {[]string{medication("MedicationDispense", "m", "completed", "B01AF02", `"whenHandedOver":"2025-05-01"`, `"daysSupply":{"value":30,"unit":"d"}`)}, ""},
		"as a problem":         {[]string{condition("c", sct+"711150003")}, "unknown-if-stop"},
		"may stop":             {[]string{use, answer("may-stop")}, "may-stop"},
		"may not stop":         {[]string{use, answer("may-not-stop")}, "may-not-stop"},
		"answered none":        {[]string{answer("none")}, "none"},
		"used, answered none":  {[]string{use, answer("none")}, "none | unknown-if-stop"},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, append(c.resources, patient)...), map[string]string{"anticoagulant": c.want})
		})
	}
	settled := record(t, patient, use, answer("may-stop"))
	if n := len(evidence(t, settled, "anticoagulant")); n != 2 {
		t.Errorf("%d pieces of evidence, want the answer and the use", n)
	}
	via := evidence(t, record(t, patient, medication("MedicationStatement", "m", "active", "B01AC06")), "anticoagulant")[0].Via
	if !strings.HasSuffix(via, "-> med-antiplatelet") {
		t.Errorf("via %q: the evidence should tell a platelet inhibitor apart", via)
	}
}

func TestOpioidDose(t *testing.T) {
	dosage := `"dosage":[{"text":"2 dd 20 mg","route":` + concept(sct+"26643006") + `,"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}},` +
		`"doseAndRate":[{"doseQuantity":{"value":20,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}}]}]`
	oxycodone := medication("MedicationStatement", "m", "active", "N02AA05", dosage)
	text := medication("MedicationStatement", "m", "active", "N02AA05", `"dosage":[{"text":"zo nodig"}]`)
	answer := func(v string) string { return response("neuromodulatie-intake", item("opioid-med", v)) }
	pieces := strings.Replace(strings.Replace(dosage, `"value":20,"unit":"mg"`, `"value":1,"unit":"stuk"`, 1), `"code":"mg"`, `"code":"1"`, 1)
	pieces = strings.Replace(pieces, `"route":`+concept(sct+"26643006")+`,`, "", 1)
	named := func(code, name, dosage string) string {
		return resource("MedicationStatement", "m", `"status":"active"`,
			`"medicationCodeableConcept":{"coding":[{"system":"http://www.whocc.no/atc","code":"`+code+`"}],"text":"`+name+`"}`, dosage)
	}
	product := func(element string, ingredients ...string) string {
		var list []string
		for i := 0; i < len(ingredients); i += 2 {
			list = append(list, `{"itemCodeableConcept":{"text":"`+ingredients[i]+`"},"strength":{"numerator":{"value":`+ingredients[i+1]+`,"unit":"mg"},"denominator":{"value":1,"unit":"stuk"}}}`)
		}
		return `{"resourceType":"Medication","id":"x",` + element + `,"form":{"text":"tablet"},"ingredient":[` + strings.Join(list, ",") + `]}`
	}
	byProduct := resource("MedicationStatement", "m", `"status":"active"`, `"medicationReference":{"reference":"Medication/x"}`, pieces)
	for name, c := range map[string]struct {
		resources []string
		fact, med string
	}{
		"nothing recorded":             {nil, "", "unknown"},
		"none, as answered":            {[]string{answer(`"valueDecimal":0`)}, "0", "0"},
		"computed":                     {[]string{oxycodone}, "60", "60"},
		"stopped":                      {[]string{medication("MedicationStatement", "m", "stopped", "N02AA05", dosage)}, "", "unknown"},
		"text only":                    {[]string{text}, "", "unknown"},
		"text only, answered":          {[]string{text, answer(`"valueDecimal":45`)}, "45", "45"},
		"text only, none answered":     {[]string{text, answer(`"valueInteger":0`)}, "0 | 0..", "unknown"},
		"the same answered":            {[]string{oxycodone, answer(`"valueInteger":60`)}, "60", "60"},
		"another answered":             {[]string{oxycodone, answer(`"valueInteger":30`)}, "30 | 60", "unknown"},
		"a wider interval answered":    {[]string{oxycodone, response("neuromodulatie-intake", item("opioid-med.min", `"valueInteger":40`), item("opioid-med.max", `"valueInteger":80`))}, "60", "60"},
		"quantity in mg/d":             {[]string{answer(`"valueQuantity":{"value":45,"system":"http://unitsofmeasure.org","code":"mg/d"}`)}, "45", "45"},
		"quantity in another unit":     {[]string{answer(`"valueQuantity":{"value":45,"system":"http://unitsofmeasure.org","code":"mg/h"}`)}, "", "unknown"},
		"opioid of unknown ingredient": {[]string{medication("MedicationStatement", "m", "active", "N02A", dosage)}, "", "unknown"},
		"ingredient in the name":       {[]string{named("N02A", "OXYCODON TABLET MGA 20MG", pieces)}, "60", "60"},
		"route in the name":            {[]string{named("N02AA05", "OXYCODON TABLET MGA 20MG", pieces)}, "60", "60"},
		"status unknown":               {[]string{medication("MedicationStatement", "m", "unknown", "N02AA05", dosage)}, "0..60", "0..60"},
		"combination by code":          {[]string{named("N02AA55", "OXYCODON/NALOXON TABLET MGA 20/10MG", pieces)}, "60", "60"},
		"combination, share unknown":   {[]string{named("N02AA55", "TABLET", pieces)}, "", "unknown"},
		"combination, a mass of it":    {[]string{medication("MedicationStatement", "m", "active", "N02AA55", dosage)}, "", "unknown"},
		"combination by name":          {[]string{named("Z99", "OXYCODON/NALOXON TABLET MGA 20/10MG", pieces)}, "", "unknown"},
		"combination beside morphine":  {[]string{named("Z99", "PARACETAMOL/CODEINE TABLET 500/20MG", pieces), strings.Replace(medication("MedicationRequest", "n", "active", "N02AA01", `"intent":"order"`, dosage), `"dosage"`, `"dosageInstruction"`, 1)}, "", "unknown"},
		"ingredients of a product":     {[]string{product(`"code":{"text":"onbekend"}`, "oxycodon", "20", "naloxon", "10"), byProduct}, "60", "60"},
		"product, opioid among others": {[]string{product(`"status":"active"`, "paracetamol", "500", "codeine", "20"), byProduct}, "", "unknown"}, // no Dutch factor
		"product of a general code":    {[]string{product(`"code":`+concept(atc+"N02A"), "oxycodon", "20"), byProduct}, "60", "60"},
	} {
		t.Run(name, func(t *testing.T) {
			r := record(t, append(c.resources, patient)...)
			want(t, r, map[string]string{"opioid-med": c.fact})
			med := "unknown"
			if r.Opioid.MED != nil {
				med = r.Opioid.MED.String()
			} else if r.Opioid.Why == "" {
				t.Error("an unknown dose needs a reason")
			}
			if med != c.med {
				t.Errorf("MED %s, want %s (%s)", med, c.med, r.Opioid.Why)
			}
			if r.Opioid.Table != "nl-2019" {
				t.Errorf("table %q", r.Opioid.Table)
			}
		})
	}
}

func TestImplantAndTrialDates(t *testing.T) {
	implant := func(elements ...string) string {
		return resource("Procedure", "i", append([]string{`"code":` + concept(sct+"3270004")}, elements...)...)
	}
	done := implant(`"status":"completed"`, `"performedPeriod":{"start":"2025-03-01T08:00:00+01:00","end":"2025-03-01T10:00:00+01:00"}`)
	want(t, record(t, patient, done), map[string]string{"implant-date": "2025-03-01T08:00:00+01:00", "existing-implant": "2025-03-01T08:00:00+01:00"})
	want(t, record(t, patient, implant(`"status":"preparation"`, `"performedDateTime":"2025-03-01"`)), map[string]string{"implant-date": ""})
	want(t, record(t, patient, implant(`"status":"completed"`, `"performedDateTime":"2025-07-01"`)), map[string]string{"implant-date": ""})
	want(t, record(t, patient, implant(`"status":"completed"`)), map[string]string{"implant-date": ""})

	device := `{"resourceType":"Device","id":"d","patient":{"reference":"Patient/p"},"type":` + concept(sct+"25937001") + `}`
	use := func(status, timing string) string {
		return resource("DeviceUseStatement", "u", `"status":"`+status+`"`, `"device":{"reference":"Device/d"}`, timing)
	}
	for name, c := range map[string]struct{ use, want string }{
		"in use":  {use("active", `"timingPeriod":{"start":"2018-05"}`), "2018-05"},
		"date":    {use("active", `"timingDateTime":"2018-05-01"`), "2018-05-01"},
		"no more": {use("completed", `"timingPeriod":{"start":"2018-05"}`), ""},
		"ended":   {use("active", `"timingPeriod":{"start":"2018-05","end":"2020"}`), ""},
		"planned": {use("intended", `"timingPeriod":{"start":"2018-05"}`), ""},
		"later":   {use("active", `"timingPeriod":{"start":"2025-06-17"}`), ""},
		"undated": {use("active", `"bodySite":{"text":"bil"}`), ""},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, patient, device, c.use), map[string]string{"existing-implant": c.want})
		})
	}
}

func TestMRI(t *testing.T) {
	cch := condition("c", sct+"230473009")
	study := func(id, status, modality, started string) string {
		return resource("ImagingStudy", id, `"status":"`+status+`"`, `"modality":[{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"`+modality+`"}]`, `"started":"`+started+`"`)
	}
	report := resource("DiagnosticReport", "r", `"status":"final"`, `"code":`+concept(sct+"113091000"), `"effectiveDateTime":"2023-04-05"`)
	answer := response("neuromodulatie-intake", group("cch", item("cch.mri-date", `"valueDate":"2023-04-05"`)))
	for name, c := range map[string]struct {
		resources []string
		want      string
	}{
		"study":                  {[]string{study("s", "available", "MR", "2024-02-03")}, "2024-02-03"},
		"CT":                     {[]string{study("s", "available", "CT", "2024-02-03")}, ""},
		"cancelled":              {[]string{study("s", "cancelled", "MR", "2024-02-03")}, ""},
		"later":                  {[]string{study("s", "available", "MR", "2025-06-17")}, ""},
		"report":                 {[]string{report}, "2023-04-05"},
		"preliminary report":     {[]string{strings.Replace(report, "final", "preliminary", 1)}, ""},
		"procedure":              {[]string{resource("Procedure", "q", `"status":"completed"`, `"code":`+concept(sct+"113091000"), `"performedDateTime":"2022-01-01"`)}, "2022-01-01"},
		"procedure, of the head": {[]string{resource("Procedure", "q", `"status":"completed"`, `"code":`+concept(sct+"113091000"), `"performedDateTime":"2022-01-01"`, `"bodySite":[`+concept(sct+"12738006")+`]`)}, "2022-01-01"},
		"procedure, of the knee": {[]string{resource("Procedure", "q", `"status":"completed"`, `"code":`+concept(sct+"113091000"), `"performedDateTime":"2022-01-01"`, `"bodySite":[`+concept(sct+"72696002")+`]`)}, ""},
		"study of the head":      {[]string{strings.Replace(study("s", "available", "MR", "2024-02-03"), `"started"`, `"series":[{"uid":"1.2","modality":{"code":"MR"},"bodySite":{"system":"http://snomed.info/sct","code":"69536005"}}],"started"`, 1)}, "2024-02-03"},
		"modality of a series":   {[]string{resource("ImagingStudy", "s", `"status":"available"`, `"series":[{"uid":"1.2","modality":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"MR"}}]`, `"started":"2024-02-03"`)}, "2024-02-03"},
		"study of the knee":      {[]string{strings.Replace(study("s", "available", "MR", "2024-02-03"), `"started"`, `"series":[{"uid":"1.2","modality":{"code":"MR"},"bodySite":{"system":"http://snomed.info/sct","code":"72696002"}}],"started"`, 1)}, ""},
		"the newest":             {[]string{report, study("s", "available", "MR", "2024-02-03")}, "2024-02-03"},
		"study and its report":   {[]string{report, study("s", "available", "MR", "2023-04-05T10:00:00+02:00")}, "2023-04-05"},
		"the one that is meant":  {[]string{answer, report, study("s", "available", "MR", "2024-02-03")}, "2023-04-05"},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, append(c.resources, patient, cch)...), map[string]string{"cch.mri-date": c.want})
		})
	}
	only(t, record(t, patient, report), map[string]string{})
}
