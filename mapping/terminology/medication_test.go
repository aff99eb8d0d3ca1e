package terminology_test

import (
	"slices"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

func TestMedicationByName(t *testing.T) {
	for _, test := range []struct {
		text string
		want []terminology.Concept
	}{
		{"OXYCODON TABLET MGA 10MG", []terminology.Concept{"ingredient-oxycodone", "med-opioid", "route-oral"}},
		{"oxycodon tabl 5 mg", []terminology.Concept{"ingredient-oxycodone", "med-opioid", "route-oral"}},
		{"FENTANYL PLEISTER 12UG/UUR (SANDOZ)", []terminology.Concept{"ingredient-fentanyl", "med-opioid", "route-transdermal"}},
		{"FENTANYL TABLET SUBLINGUAAL 100UG", []terminology.Concept{"ingredient-fentanyl", "med-opioid", "route-sublingual"}},
		{"FENTANYL TABLET 100UG", []terminology.Concept{"ingredient-fentanyl", "med-opioid"}},
		{"MORFINE INJVLST 10MG/ML AMPUL 1ML", []terminology.Concept{"ingredient-morphine", "med-opioid", "route-parenteral"}},
		{"Morfine (als sulfaat) tablet met verlengde afgifte 30 mg", []terminology.Concept{"ingredient-morphine", "med-opioid", "route-oral"}},
		{"PREGABALINE CAPSULE 75MG", []terminology.Concept{"ingredient-pregabalin", "med-a2d"}},
		{"Capsaïcine crème 0,075%", []terminology.Concept{"ingredient-capsaicin", "med-capsaicin"}},
		{"ACENOCOUMAROL TABLET 1MG", []terminology.Concept{"med-anticoagulant"}},
		{"CLOPIDOGREL TABLET FILMOMHULD 75MG", []terminology.Concept{"med-anticoagulant", "med-antiplatelet"}},

		{"PARACETAMOL/CODEINE TABLET 500/20MG", []terminology.Concept{"med-opioid", "med-opioid-combination"}},
		{"OXYCODON/NALOXON TABLET MGA 10/5MG", []terminology.Concept{"med-opioid", "med-opioid-combination"}},
		{"OXYCONTIN TABLET MVA 20MG", []terminology.Concept{"med-opioid", "route-oral"}}, // an opioid, but a brand is not trusted with which
		{"oxycodon met naloxon", []terminology.Concept{"med-opioid", "med-opioid-combination"}},
		{"TRAMADOL + PARACETAMOL", []terminology.Concept{"med-opioid", "med-opioid-combination"}},
		{"morfine en ketamine", []terminology.Concept{"med-opioid", "med-opioid-combination"}},
		{"DIPYRIDAMOL/ACETYLSALICYLZUUR CAPSULE 200/25MG", nil},
		{"AMITRIPTYLINE/PERFENAZINE DRAGEE", nil},

		{"geen morfine", nil},
		{"Oxycodon gestopt", nil},
		{"allergie voor tramadol", nil},
		{"stop methadon", nil},
		{"MORFINEPOMP", nil},
		{"ACETYLCYSTEINE OOGDRUPPELS 50MG/ML", nil},
		{"PARACETAMOL TABLET 500MG", nil},
		{"PLEISTER 10CM", nil},
		{"", nil},
		{"тест / 10 + \xff", nil},
	} {
		t.Run(test.text, func(t *testing.T) {
			for kind, c := range map[string]*fhir.CodeableConcept{
				"text":    {Text: test.text},
				"display": {Coding: []fhir.Coding{{System: "urn:oid:2.16.840.1.113883.2.4.4.10", Code: "999999", Display: test.text}}},
				"both":    {Coding: []fhir.Coding{{System: "urn:oid:2.16.840.1.113883.2.4.4.10", Code: "999999", Display: test.text}}, Text: test.text},
			} {
				if got := slices.Sorted(slices.Values(terminology.Embedded().Medication(c).Concepts())); !slices.Equal(got, test.want) {
					t.Errorf("as %s: got %v, want %v", kind, got, test.want)
				}
			}
		})
	}
}

func TestMedicationSaysHowTheNameWasRead(t *testing.T) {
	match := terminology.Embedded().Medication(&fhir.CodeableConcept{Text: "OXYCODON TABLET MGA 10MG"})
	for concept, want := range map[terminology.Concept]string{
		"ingredient-oxycodone": "name OXYCODON -> ingredient-oxycodone",
		"route-oral":           "name TABLET -> route-oral",
	} {
		if via, _ := match.Has(concept); via != want {
			t.Errorf("via %q, want %q", via, want)
		}
	}
}

func TestMedicationPrefersCodes(t *testing.T) {
	for _, test := range []struct {
		name string
		c    *fhir.CodeableConcept
		want []terminology.Concept
	}{
		{"the code tells the ingredient, the name only the route",
			&fhir.CodeableConcept{Coding: []fhir.Coding{{System: atc, Code: "N02AB03"}}, Text: "MORFINE PLEISTER"},
			[]terminology.Concept{"ingredient-fentanyl", "med-opioid", "route-transdermal"}},
		{"the code tells the class, the name the ingredient",
			&fhir.CodeableConcept{Coding: []fhir.Coding{{System: atc, Code: "N02A"}}, Text: "TRAMADOL CAPSULE 50MG"},
			[]terminology.Concept{"ingredient-tramadol", "med-opioid", "route-oral"}},
		{"a combination by its code",
			&fhir.CodeableConcept{Coding: []fhir.Coding{{System: atc, Code: "N02AA55"}}, Text: "OXYCODON/NALOXON TABLET MGA 10/5MG"},
			[]terminology.Concept{"ingredient-oxycodone", "med-opioid", "med-opioid-combination", "route-oral"}},
		{"text and display name different medicines",
			&fhir.CodeableConcept{Coding: []fhir.Coding{{System: "urn:oid:1.2.3", Code: "1", Display: "VERAPAMIL"}}, Text: "LITHIUM"}, nil},
		{"nothing", nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := slices.Sorted(slices.Values(terminology.Embedded().Medication(test.c).Concepts())); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
