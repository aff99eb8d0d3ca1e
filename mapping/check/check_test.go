package check

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

func at(resource string) mapping.Evidence {
	return mapping.Evidence{Resource: resource, Path: "value", Value: "secret"}
}

func number(low, high *big.Rat) mapping.Value {
	return mapping.NumberValue(mapping.Number{Low: low, High: high}, at("Observation/o"))
}

func TestNumbersOutsideTheirRangeAreTakenOut(t *testing.T) {
	rat := func(s string) *big.Rat { r, _ := new(big.Rat).SetString(s); return r }
	tests := []struct {
		fact      string
		low, high string // empty: open
		kept      bool
	}{
		{"intake-nrs", "0", "0", true},
		{"intake-nrs", "10", "10", true},
		{"intake-nrs", "10.0001", "10.0001", false},
		{"intake-nrs", "-0.5", "-0.5", false},
		{"sfn.limb-nrs", "11", "11", false},
		{"trial-vas", "100", "100", true},
		{"trial-vas", "101", "101", false},
		{"bmi", "34.9", "35.2", true},
		{"bmi", "28", "2800", false},
		{"bmi", "35", "34", false},
		{"opioid-med", "0", "120", true},
		{"opioid-med", "-1", "120", false},
		{"life-expectancy-months", "12", "", true},
		{"life-expectancy-months", "", "-1", false},
		{"fbss.spine-surgeries", "1", "", true},
		{"cch.attacks-per-week", "2000", "2000", false},
		{"or-class", "0", "0", false},
	}
	for _, test := range tests {
		t.Run(test.fact+" "+test.low+".."+test.high, func(t *testing.T) {
			var low, high *big.Rat
			if test.low != "" {
				low = rat(test.low)
			}
			if test.high != "" {
				high = rat(test.high)
			}
			r := &mapping.Record{}
			r.Add(test.fact, number(low, high))
			issues := Record(r)
			if kept := len(r.Fact(test.fact).Values) == 1; kept != test.kept {
				t.Errorf("kept = %v, want %v", kept, test.kept)
			}
			if reported := len(issues) == 1; reported == test.kept {
				t.Errorf("issues = %v", issues)
			}
		})
	}
}

func TestTheOtherValuesOfAFactStay(t *testing.T) {
	r := &mapping.Record{}
	r.Add("bmi", mapping.NumberValue(mapping.Int(300), at("Observation/a")))
	r.Add("bmi", mapping.NumberValue(mapping.Int(30), at("Observation/b")))
	want := []fhir.Issue{{Severity: fhir.SeverityError, Code: "value", Resource: "Observation/a", Path: "value",
		Reason: "outside the range of bmi; not used"}}
	if diff := cmp.Diff(want, Record(r)); diff != "" {
		t.Error(diff)
	}
	if got := r.Fact("bmi").Values; len(got) != 1 || got[0].Evidence[0].Resource != "Observation/b" {
		t.Errorf("values left: %v", got)
	}
}

func TestWeightedScoresOutsideTheirScaleAreTakenOut(t *testing.T) {
	r := &mapping.Record{Pain: []mapping.PainScore{
		{Window: "intake", Scale: mapping.NRS, Mean: big.NewRat(60, 1)},
		{Window: "intake", Scale: mapping.VAS, Mean: big.NewRat(60, 1)},
		{Window: "trial", Scale: mapping.VAS},
	}}
	if issues := Record(r); len(issues) != 1 {
		t.Errorf("issues = %v", issues)
	}
	if len(r.Pain) != 2 || r.Pain[0].Scale != mapping.VAS {
		t.Errorf("scores left: %v", r.Pain)
	}
}

func TestDatesInAnImpossibleOrderAreTakenOut(t *testing.T) {
	tests := []struct {
		name, earlier, first, later, second string
		left                                []string // facts that still hold something
	}{
		{"end of trial after its start", "trial-start", "2024-05-01", "trial-end", "2024-05-08", []string{"trial-start", "trial-end"}},
		{"trial of one day", "trial-start", "2024-05-01", "trial-end", "2024-05-01", []string{"trial-start", "trial-end"}},
		{"end of trial before its start: either may be wrong", "trial-start", "2024-05-08", "trial-end", "2024-05-01", nil},
		{"off-end before off-start", "off-start", "2024-05-08", "off-end", "2024-05-01", nil},
		{"pain before birth: the birth date stands", "birth-date", "1980-01-01", "pain-onset", "1979-12-31", []string{"birth-date"}},
		{"a partial date that may fit stays", "birth-date", "1980-06-01", "pain-onset", "1980", []string{"birth-date", "pain-onset"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := &mapping.Record{}
			for fact, literal := range map[string]string{test.earlier: test.first, test.later: test.second} {
				sent, err := fhir.ParseDateTime(literal)
				if err != nil {
					t.Fatal(err)
				}
				date, _ := mapping.DateOf(sent)
				r.Add(fact, mapping.DateValue(date, at("QuestionnaireResponse/q")))
			}
			issues := Record(r)
			var left []string
			for _, fact := range []string{test.earlier, test.later} {
				if len(r.Fact(fact).Values) > 0 {
					left = append(left, fact)
				}
			}
			if diff := cmp.Diff(test.left, left); diff != "" {
				t.Error(diff)
			}
			if len(issues) != 2-len(left) {
				t.Errorf("%d facts taken out, issues %v", 2-len(left), issues)
			}
		})
	}
}

func TestIsBSN(t *testing.T) {
	for bsn, want := range map[string]bool{
		"999911120": true, "111222333": true, "010000008": true, "010000009": false,
		"999911121": false, "99991112": false, "9999111200": false, "": false, "000000000": false, "99991112O": false,
	} {
		if got := IsBSN(bsn); got != want {
			t.Errorf("IsBSN(%q) = %v", bsn, got)
		}
	}
}

func TestOneWrongDigitIsNeverABSN(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := []byte(rapid.StringMatching(`[0-9]{9}`).Filter(IsBSN).Draw(t, "bsn"))
		i := rapid.IntRange(0, 8).Draw(t, "position")
		digits[i] = '0' + (digits[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "error")))%10
		if IsBSN(string(digits)) {
			t.Errorf("%s passes", digits)
		}
	})
}

func TestPatientWithAFaultyBSN(t *testing.T) {
	p := &fhir.Patient{Header: fhir.Header{ID: "p"}, Identifier: []fhir.Identifier{
		{System: "https://hospital.example/mrn", Value: "123456789"},
		{System: systemBSN, Value: "123456789"},
		{System: systemBSN, Value: "999911120"},
	}}
	want := []fhir.Issue{{Severity: fhir.SeverityWarning, Code: "value", Resource: "Patient/p",
		Path: "identifier[1].value", Reason: "not a BSN: fails the eleven-test"}}
	if diff := cmp.Diff(want, Patient(p)); diff != "" {
		t.Error(diff)
	}
	if issues := Patient(nil); issues != nil {
		t.Errorf("no patient: %v", issues)
	}
}
