package normalise_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// Codes leave when they are codes of a system that is sent; what was typed in the place
// of a code does not.
func TestCodesThatLeave(t *testing.T) {
	tests := []struct {
		coding registration.Coding
		leaves bool
	}{
		{registration.Coding{System: sct, Code: "202725007"}, true},
		{registration.Coding{System: sct, Code: "202725008"}, false},        // check digit
		{registration.Coding{System: sct, Code: "11000146104"}, true},       // Dutch extension
		{registration.Coding{System: sct, Code: "999990019"}, false},        // a BSN
		{registration.Coding{System: sct, Code: "12345"}, false},            // too short
		{registration.Coding{System: sct, Code: "202725007 |FBSS|"}, false}, // an expression
		{registration.Coding{System: icd10, Code: "M96.1"}, true},           //
		{registration.Coding{System: icd10, Code: "M961"}, true},            //
		{registration.Coding{System: icd10, Code: "Jansen"}, false},         //
		{registration.Coding{System: icd10 + "-nl", Code: "G90.5"}, true},   //
		{registration.Coding{System: "http://loinc.org", Code: "72514-3"}, true},
		{registration.Coding{System: "http://loinc.org", Code: "LA6568-5"}, true},
		{registration.Coding{System: "http://loinc.org", Code: "pijn"}, false},
		{registration.Coding{System: own + "revision-reason", Code: "lead-migration"}, true},
		{registration.Coding{System: own + "revision-reason", Code: "door mevrouw Jansen"}, false},
		{registration.Coding{System: own + "revision-reason", Code: "old-age"}, false}, // none of its codes
		{registration.Coding{System: own + "names", Code: "lead-migration"}, false},    // none of ours
		{registration.Coding{System: "https://epd.example/codes", Code: "A1"}, false},
		{registration.Coding{Code: "A1"}, false},
	}
	for _, test := range tests {
		r := rich()
		r.Procedures[1].Reasons = []registration.Coding{test.coding}
		d := deliver(t, normaliser(normalise.Collection), r)
		left := !strings.Contains(string(documents(t, d)[0].Body), `"code":"`+test.coding.Code+`","system":"`+test.coding.System+`"`)
		told := slices.Contains(issues(d), "procedures[1] codings: a code of a system that is not sent, or no code of its system: left out")
		if left == test.leaves || told == test.leaves {
			t.Errorf("%+v: left out %t, told %t", test.coding, left, told)
		}
	}
}

func TestDevicesThatLeave(t *testing.T) {
	tests := []struct {
		udi, maker, model             string
		wantUDI, wantMaker, wantModel any
	}{
		{"05414734509459", "Medtronic", "97715", "05414734509459", "Medtronic", "97715"},
		{"05414734509458", "", "", nil, nil, nil},                      // check digit
		{"(01)05414734509459(21)NKL123456H", "", "", nil, nil, nil},    // has the serial number
		{"+A123BJC5D6E7", "", "", "A123BJC5D6E7", nil, nil},            // HIBCC
		{"", "MEDTRONIC INC.", "sc-1232", nil, "Medtronic", "SC-1232"}, //
		{"", "Abbott Medical", "3660 ", nil, "Abbott", "3660"},         //
		{"", "St. Jude Medical", "MN10600-02", nil, "St. Jude Medical", "MN10600-02"},
		{"", "van mevrouw Jansen", "bij Jansen", nil, nil, nil}, // words
		{"", "Nevro Jansen", "Jansen", nil, "Nevro", nil},       // the name that is known
		{"", "Precisis AG", "999990019", nil, nil, nil},         // unknown maker; a BSN
		{"", "", "NKL123456H", nil, nil, nil},                   // the serial number itself
		{"", "Pijnmaker", "1234 AB", nil, "Pijnmaker", nil},     // known to the site
	}
	for _, test := range tests {
		n, r := normaliser(normalise.Collection), rich()
		n.Centre.Manufacturers = []string{"Pijnmaker"}
		r.Devices = r.Devices[:1]
		r.Devices[0].UDI, r.Devices[0].Manufacturer, r.Devices[0].Model = test.udi, test.maker, test.model
		device := read(t, body(t, n, r)).only(t, "Device")
		var udi any
		if carriers, ok := device["udiCarrier"].([]any); ok {
			udi = carriers[0].(map[string]any)["deviceIdentifier"]
		}
		if udi != test.wantUDI || device["manufacturer"] != test.wantMaker || device["modelNumber"] != test.wantModel {
			t.Errorf("%+v: UDI %v, maker %v, model %v", test, udi, device["manufacturer"], device["modelNumber"])
		}
	}
}

// Where something happened is told by identifiers that everybody can look up.
func TestClinicsThatLeave(t *testing.T) {
	for clinic, leaves := range map[string]bool{
		agb + "|06040404": true, "http://fhir.nl/fhir/NamingSystem/ura|00012345": true, agb + "|0602020": false,
		agb + "|poli Jansen": false, "https://epd.example/afdeling|06030303": false, "Jansen": false,
	} {
		r := rich()
		r.Procedures[1].Clinic = clinic
		d := deliver(t, normaliser(normalise.Collection), r)
		_, value, _ := strings.Cut(clinic, "|")
		left := !slices.ContainsFunc(read(t, documents(t, d)[0].Body).of("Organization"), func(o map[string]any) bool {
			return o["identifier"].([]any)[0].(map[string]any)["value"] == value
		})
		if left == leaves || len(d.Issues) == 0 == !leaves {
			t.Errorf("%s: left out %t, told %v", clinic, left, issues(d))
		}
	}
}

// What is left out of a registration is told by place, and by no value.
func TestWhatIsLeftOutIsTold(t *testing.T) {
	r := rich()
	r.Patient.Gender = "F"
	r.Patient.BirthDate = "12-04-1968"
	r.Measurements[3].Unit = "lb"
	r.Measurements[4].Value = "many"
	r.Scores[0].Scale = "sum"
	r.Responses[0].Answers[0].LinkID = "opmerking"
	r.Responses[0].Answers[1].Coding.Code = "door Jansen"
	r.Costs[0].Currency = "gulden"
	r.Team[0].Role = "dr. Jansen"
	want := []string{
		"costs[0] currency: not a currency of ISO 4217, so the amount means nothing: left out",
		"measurements[3] unit: not the unit in which this kind of measurement is sent (kg/m2): left out",
		"measurements[4] value: not a decimal number: left out",
		"patient birthDate: not a FHIR date or dateTime: left out",
		"patient gender: not one of male, female, other, unknown: left out",
		"responses[0] answers: 1 answers to items that the form has not: left out",
		"responses[0] answers: an answer of another type than its item has: left out",
		"scores[0] scale: a score that no instrument has: left out",
		"team[0] role: not a code of CodeSystem intake: left out",
	}
	if got := issues(deliver(t, normaliser(normalise.Collection), r)); !slices.Equal(got, want) {
		document, _ := json.MarshalIndent(got, "", " ")
		t.Errorf("issues: %s", document)
	}
}
