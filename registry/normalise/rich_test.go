package normalise_test

import "github.com/pijnpoort/pijnpoort/mapping/registration"

func from(key string) registration.Origin {
	return registration.Origin{Key: key, Version: "1", Updated: "2025-06-10T08:00:00+02:00"}
}

func yes() *bool { b := true; return &b }

const (
	sct   = "http://snomed.info/sct"
	icd10 = "http://hl7.org/fhir/sid/icd-10"
	atc   = "http://www.whocc.no/atc"
	own   = "https://pijnpoort.example/fhir/CodeSystem/"
	form  = "https://pijnpoort.example/fhir/Questionnaire/"
)

// rich is a registration with something in every field that is sent.
func rich() *registration.Registration {
	latest := from("Procedure/https://epd.example/ok|2")
	latest.Updated = "2025-06-12T16:30:00.5+02:00"
	elsewhere := from("Procedure/p3")
	elsewhere.Clinic = agb + "|06020202"
	return &registration.Registration{
		Patient: registration.Patient{
			Origin:      from("Patient/http://fhir.nl/fhir/NamingSystem/bsn|999990019"),
			Identifiers: []registration.Identifier{{System: "http://fhir.nl/fhir/NamingSystem/bsn", Value: "999990019"}, {System: "https://epd.example/patient", Value: "P-77"}},
			BirthDate:   "1968-04-12", Gender: "female", Deceased: "2025-06-11",
		},
		Indications: []registration.Indication{
			{Origin: from("Condition/c1"), Code: "fbss", Codings: []registration.Coding{{System: sct, Code: "202725007"}, {System: icd10, Code: "M96.1"}},
				Confirmed: true, ClinicalStatus: "active", Onset: "2021-03-14", Recorded: "2025-05-12T09:30:00+02:00"},
			{Origin: from("Condition/c2"), Code: "crps", Onset: "2022"},
		},
		Procedures: []registration.Procedure{
			{Origin: from("Procedure/https://epd.example/ok|1"), Kind: registration.Trial, Modality: "SCS", Status: "completed",
				Start: "2024-12-31T23:30:00Z", End: "2025-01-07T10:00:00+01:00", Codings: []registration.Coding{{System: sct, Code: "3270004"}},
				Indications: []string{"Condition/c1"}, Devices: []string{"Device/d1", "Device/d2"}, Specialty: "neurosurgeon"},
			{Origin: latest, Kind: registration.Revision, Modality: "SCS", Status: "completed", Start: "2025-05",
				Indications: []string{"Condition/c1", "Condition/gone"}, Reasons: []registration.Coding{{System: own + "revision-reason", Code: "lead-migration"}}},
			{Origin: elsewhere, Kind: registration.Unspecified, Possible: []registration.ProcedureKind{registration.Trial, registration.Implant}, Status: "not-done"},
		},
		Devices: []registration.Device{
			{Origin: from("Device/d1"), Codings: []registration.Coding{{System: sct, Code: "72506001"}}, UDI: "05414734509459", Serial: "NKL123456H",
				Manufacturer: "Medtronic", Model: "97715", Status: "active", From: "2025-01-07", Until: "2025-06-01"},
			{Origin: from("Device/d2"), Manufacturer: "boston scientific neuromodulation", Model: "sc-2218", Status: "completed"},
		},
		Measurements: []registration.Measurement{
			{Origin: from("derived/pain/intake/nrs"), Kind: "pain-nrs", Window: "intake", Site: "leg", From: "2024-12-01", To: "2024-12-04", Days: 4, Value: "7.1666666667", Unit: "{score}"},
			{Origin: from("derived/pain/trial/vas"), Kind: "pain-vas", Window: "trial", Date: "2025-01-06", Value: "31", Unit: "mm"},
			{Origin: from("derived/opioid"), Kind: "opioid-dose", Date: "2025-06-01", Value: "60", High: "120", Unit: "mg/d", Method: "nl-2019"},
			{Origin: from("derived/bmi"), Kind: "bmi", Date: "2024-11-01", Value: "27.4", Unit: "kg/m2"},
			{Origin: from("derived/attacks"), Kind: "attacks", Date: "2024-11", Value: "14", Unit: "/wk"},
		},
		Scores: []registration.Score{
			{Origin: from("QuestionnaireResponse/q1#score.odi.total"), Instrument: "odi", Scale: "total", Date: "2025-06-04T10:00:00+02:00", Value: "38",
				Unit: "%", Rule: "odi.total/max1-missing@1", Moment: "6-months", Responses: []string{"QuestionnaireResponse/q1"}},
			{Origin: from("QuestionnaireResponse/q2#score.gpe.value"), Instrument: "gpe", Scale: "value", Date: "2025-06-04", NotScoreable: "no item is answered", Rule: "gpe.value/complete@1"},
		},
		Responses: []registration.Response{
			{Origin: from("QuestionnaireResponse/q1"), Questionnaire: form + "odi", Status: "completed", Date: "2025-06-04T10:00:00+02:00",
				Answers: []registration.Answer{{LinkID: "odi.1", Number: "2"}, {LinkID: "odi.2", Coding: &registration.Coding{System: own + "prom-option", Code: "3"}}}},
			{Origin: from("QuestionnaireResponse/q3"), Questionnaire: form + "psqi", Status: "amended", Date: "2025-06-05",
				Answers: []registration.Answer{{LinkID: "psqi.bedtime", Time: "23:15:00"}, {LinkID: "psqi.latency", Number: "20"}}},
			{Origin: from("QuestionnaireResponse/q4"), Questionnaire: form + "nrs|1.0.0", Status: "completed", Answers: []registration.Answer{{LinkID: "nrs.1", Number: "6.5"}}},
		},
		Medications: []registration.Medication{
			{Origin: from("MedicationStatement/m1"), Codings: []registration.Coding{{System: atc, Code: "N02AA05"}}, Group: "opioid", Status: "active", From: "2024-11-01", DailyMED: "60"},
		},
		Complications: []registration.Complication{
			{Origin: from("AdverseEvent/a1"), Kind: "lead-migration", Codings: []registration.Coding{{System: own + "complication", Code: "lead-migration"}, {System: icd10, Code: "T85.1"}}, Date: "2025-03-01", Serious: yes(),
				Device: "Device/d1", Procedure: "Procedure/https://epd.example/ok|1"},
		},
		Contacts: []registration.Contact{
			{Origin: from("Encounter/e1"), Kind: "visit", Role: "nurse-specialist", Date: "2025-02-01T11:00:00+01:00"},
			{Origin: from("Encounter/e2"), Kind: "contact", Date: "2025-03-01"},
		},
		Team: []registration.Member{{Origin: from("derived/team/1"), Role: "neurosurgeon"}, {Origin: from("derived/team/2"), Role: "anaesthesiologist-pain-specialist"}},
		Costs: []registration.Cost{
			{Origin: from("ChargeItem/x1"), Kind: "material", Date: "2025-01-07", Amount: "15250.00", Currency: "EUR", Device: "Device/d1"},
		},
		Judgements: []registration.Judgement{
			{Origin: from("derived/judgement/nva-2021/trial//"), Standpunt: "nva-2021", AsOf: "2025-06-16", Phase: "trial", Verdict: "needs-data",
				Outcomes: []registration.Outcome{{Criterion: "incl-age-18", Outcome: "met"}, {Criterion: "excl-bmi-35", Outcome: "unknown"}}, Missing: []string{"life-expectancy-months"}},
			{Origin: from("derived/judgement/nva-2021/trial/fbss/SCS"), Standpunt: "nva-2021", AsOf: "2025-06-16", Phase: "trial", Verdict: "trial-continue", Indication: "fbss", Modality: "SCS",
				Outcomes: []registration.Outcome{{Criterion: "incl-pain-6-months", Outcome: "met"}}},
		},
	}
}
