package bundles

type medication struct {
	id, strength string
	code         coding
}

var medications = []medication{
	{"med-1", "20", coding{atc, "N02AA05", "OXYCODON TABLET MGA 20MG"}},
	{"med-2", "150", coding{atc, "N03AX16", "PREGABALINE CAPSULE 150MG"}},
}

func (m medication) json() string {
	return head("Medication", m.id, "nl-core-PharmaceuticalProduct", m.code.display) + `,"code":` + concept(m.code) +
		`,"form":` + concept(coding{snomed, "385055001", "tablet"}) + `,"ingredient":[{"itemCodeableConcept":` + concept(m.code) +
		`,"isActive":true,"strength":{"numerator":{"value":` + m.strength + `,"unit":"mg","system":"` + ucum +
		`","code":"mg"},"denominator":{"value":1,"unit":"stuk","system":"` + ucum + `","code":"1"}}}]}`
}

// dosage is so many pieces, so many times a day, by mouth.
func dosage(text, pieces, frequency string) string {
	return `{"sequence":1,"text":"` + text + `","timing":{"repeat":{"boundsPeriod":{"start":"2024-11-01"},"frequency":` + frequency +
		`,"period":1,"periodUnit":"d","when":["MORN","EVE"]}},"asNeededBoolean":false,"route":` + concept(coding{snomed, "26643006", "Oraal"}) +
		`,"doseAndRate":[{"doseQuantity":{"value":` + pieces + `,"unit":"stuk","system":"` + ucum + `","code":"1"}}]}`
}

type prescription struct{ id, medication, text, pieces, frequency string }

var prescriptions = []prescription{
	{"req-1", "med-1", "2 maal per dag 1 tablet", "1", "2"},
	{"req-2", "med-2", "2 maal per dag 1 capsule", "1", "2"},
	{"req-3", "med-1", "zo nodig 1 tablet extra", "1", "1"},
}

func (p prescription) json() string {
	return head("MedicationRequest", p.id, "mp-MedicationAgreement", p.text) + `,"status":"active","intent":"order","category":[` +
		concept(coding{snomed, "33633005", "Medicatieafspraak"}) + `],"medicationReference":{"reference":"Medication/` + p.medication +
		`"},` + subject + `,"authoredOn":"2024-11-01T11:00:00+01:00","requester":{"reference":"Practitioner/prac-1"},"reasonCode":[` +
		concept(coding{snomed, "22253000", "Pijn"}) + `],"dosageInstruction":[` + dosage(p.text, p.pieces, p.frequency) +
		`],"dispenseRequest":{"validityPeriod":{"start":"2024-11-01","end":"2025-11-01"},"quantity":{"value":60,"unit":"stuk"}}}`
}

type statement struct {
	id, status, text string
	code             coding
	period           string
}

var statements = []statement{
	{"use-1", "active", "3 maal per dag 1 tablet", coding{atc, "N02BE01", "PARACETAMOL TABLET 500MG"}, `"start":"2021-04-01"`},
	{"use-2", "completed", "1 maal per dag 1 tablet", coding{atc, "N06AA09", "AMITRIPTYLINE TABLET 25MG"}, `"start":"2022-01-10","end":"2022-08-20"`},
	{"use-3", "not-taken", "bij pijn", coding{atc, "M01AB05", "DICLOFENAC TABLET 50MG"}, `"start":"2023-01-01","end":"2023-02-01"`},
}

func (s statement) json() string {
	return head("MedicationStatement", s.id, "mp-MedicationUse2", s.code.display) + `,"status":"` + s.status + `","category":` +
		concept(coding{snomed, "422979000", "Medicatiegebruik"}) + `,"medicationCodeableConcept":` + concept(s.code) + `,` + subject +
		`,"effectivePeriod":{` + s.period + `},"dateAsserted":"2025-05-20T09:10:00+02:00","informationSource":{"reference":"Patient/` + PatientID +
		`"},"reasonCode":[` + concept(coding{snomed, "22253000", "Pijn"}) + `],"dosage":[` + dosage(s.text, "1", "1") + `],"note":[{"text":"Volgens patiënt zelf."}]}`
}
