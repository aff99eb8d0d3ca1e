package opioid

import "testing"

func TestStrengthInName(t *testing.T) {
	for _, c := range []struct {
		name, ingredient, amount string // mg; empty: cannot be told
		per                      dimension
	}{
		{"OXYCODON TABLET MGA 10MG", "oxycodone", "10", piece},
		{"Oxycodone Hydrochloride 10 MG Oral Capsule", "oxycodone", "10", piece},
		{"12 HR Oxycodone Hydrochloride 60 MG Extended Release Oral Tablet", "oxycodone", "60", piece},
		{"Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet", "oxycodone", "5", piece},
		{"Acetaminophen 325 MG/Oxycodone Hydrochloride 5 MG Oral Tablet", "oxycodone", "5", piece},
		{"Buprenorphine 8 MG / Naloxone 2 MG Sublingual Film", "buprenorphine", "8", piece},
		{"Suboxone 2 MG / 0.5 MG Sublingual Film", "buprenorphine", "", 0},
		{"OXYCODON/NALOXON TABLET MGA 10/5MG", "oxycodone", "10", piece},
		{"OXYCODON/NALOXON TABLET MGA 10MG/5MG", "oxycodone", "10", piece},
		{"OXYCODON/NALOXON TABLET MGA 10MG", "oxycodone", "", 0},
		{"TRAMADOL/PARACETAMOL TABLET 37,5/325MG", "tramadol", "37.5", piece},
		{"PARACETAMOL/CODEINE TABLET 500/20MG", "codeine", "20", piece},
		{"PARACETAMOL/CODEÏNE ZETPIL 1G/60MG", "codeine", "60", piece},
		{"OxyContin 20 mg", "oxycodone", "20", piece},
		{"OxyContin 20 mg, OxyNorm 5 mg", "oxycodone", "", 0},
		{"OXYCODON CAPSULE", "oxycodone", "", 0},
		{"FENTANYL PLEISTER 12UG/UUR (SANDOZ)", "fentanyl", "0.012", time},
		{"Fentanyl 50 mcg/u", "fentanyl", "0.05", time},
		{"Fentanyl 12,5 microgram/uur", "fentanyl", "0.0125", time},
		{"72 HR Fentanyl 0.075 MG/HR Transdermal System", "fentanyl", "0.075", time},
		{"BUPRENORFINE PLEISTER 5UG/UUR (7 DAGEN)", "buprenorphine", "0.005", time},
		{"MORFINE DRANK 20MG/ML", "morphine", "20", volume},
		{"morfine drank 10mg/5ml", "morphine", "2", volume},
		{"HYDROMORFON CAPSULE 1,3MG", "hydromorphone", "1.3", piece},
		{"FENTANYL NEUSSPRAY 50UG/DOSIS FLACON 1,5ML", "fentanyl", "0.05", piece},
		{"METHADON TABLET 5MG", "methadone", "5", piece},
		{"MORFINE 10MG/0ML", "morphine", "", 0},
	} {
		m, ok := strengthInName(c.name, c.ingredient, false)
		got := ""
		if ok {
			got = m.amount.String()
		}
		if got != c.amount || ok && (m.of != mass || m.per != c.per) {
			t.Errorf("%s: got %q per %d, want %q per %d", c.name, got, m.per, c.amount, c.per)
		}
	}
}

func TestStrengthInTheNameOfACombination(t *testing.T) {
	for _, c := range []struct{ name, ingredient, amount string }{
		{"OXYCODON/NALOXON TABLET MGA 10/5MG", "oxycodone", "10"},
		{"PARACETAMOL/CODEINE TABLET 500/20MG", "codeine", "20"},
		{"Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet", "oxycodone", "5"},
		{"Buprenorphine 8 MG / Naloxone 2 MG Sublingual Film", "buprenorphine", "8"},
		{"codeine met paracetamol 500 mg", "codeine", ""}, // of which of the two?
		{"codeine met paracetamol 500 mg/20 mg", "codeine", ""},
		{"PARACETAMOL MET CODEINE TABLET 500MG", "codeine", ""},
		{"OXYCODON COMP TABLET 10MG", "oxycodone", ""},
		{"OXYCODON/NALOXON TABLET MGA 10MG", "oxycodone", ""},
	} {
		got := ""
		if m, ok := strengthInName(c.name, c.ingredient, true); ok {
			got = m.amount.String()
		}
		if got != c.amount {
			t.Errorf("%s: got %q, want %q", c.name, got, c.amount)
		}
	}
}

func TestUnits(t *testing.T) {
	for _, c := range []struct {
		unit, scale string
		of, per     dimension
	}{
		{"mg", "1", mass, none}, {"MG", "1", mass, none}, {" milligram ", "1", mass, none}, {"g", "1000", mass, none},
		{"µg", "1/1000", mass, none}, {"μg", "1/1000", mass, none}, {"mcg", "1/1000", mass, none}, {"microgram", "1/1000", mass, none},
		{"ug/h", "1/1000", mass, time}, {"ug/uur", "1/1000", mass, time}, {"mcg/u", "1/1000", mass, time}, {"microgram per uur", "1/1000", mass, time},
		{"mg/d", "1/24", mass, time}, {"mg/24h", "1/24", mass, time}, {"mg/(24.h)", "1/24", mass, time},
		{"mg/mL", "1", mass, volume}, {"mg/{tbl}", "1", mass, piece}, {"{tbl}", "1", piece, none}, {"Stuks", "1", piece, none},
		{"mL/h", "1", volume, time}, {"wk", "168", time, none}, {"u", "", 0, 0}, {"mg/kg", "", 0, 0}, {"mg/mg", "", 0, 0}, {"mg/0h", "", 0, 0}, {"", "", 0, 0}, {"%", "", 0, 0},
	} {
		u, ok := unitOf(c.unit)
		got := ""
		if ok {
			got = u.scale.rat().RatString()
		}
		if got != c.scale || ok && (u.of != c.of || u.per != c.per) {
			t.Errorf("%q: got %q (%d per %d), want %q (%d per %d)", c.unit, got, u.of, u.per, c.scale, c.of, c.per)
		}
	}
}
