package terminology_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

const (
	snomed = "http://snomed.info/sct"
	icd10  = "http://hl7.org/fhir/sid/icd-10"
	atc    = "http://www.whocc.no/atc"
)

// row is a line of profiles/terminology/source.csv.
type row struct{ concept, system, code, display, rule, status string }

func source(t testing.TB) []row {
	t.Helper()
	file, err := os.Open("../../profiles/terminology/source.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for _, r := range records[1:] {
		rows = append(rows, row{r[0], r[1], r[2], r[3], r[4], r[5]})
	}
	return rows
}

func TestVerifiedRowsMeanTheirConceptAndUnverifiedOnesDoNot(t *testing.T) {
	all := terminology.Embedded()
	for _, r := range source(t) {
		match := all.Match(&fhir.CodeableConcept{Coding: []fhir.Coding{{System: r.system, Code: r.code}}})
		via, ok := match.Has(terminology.Concept(r.concept))
		if want := r.status == "verified"; ok != want {
			t.Errorf("%s|%s -> %s: %t, want %t (%s)", r.system, r.code, r.concept, ok, want, r.status)
		}
		if want := r.system + "|" + r.code + " -> " + r.concept; ok && via != want {
			t.Errorf("via %q, want %q", via, want)
		}
	}
}

func TestConcepts(t *testing.T) {
	for _, test := range []struct {
		name, system, code string
		want               []terminology.Concept
	}{
		{"exact", snomed, "202725007", []terminology.Concept{"dx-fbss"}},
		{"two meanings", snomed, "408749000", []terminology.Concept{"dx-crps-lower-limb", "dx-crps2"}},
		{"leaf of an ATC tree", atc, "N02AA05", []terminology.Concept{"ingredient-oxycodone", "med-opioid"}},
		{"a code of the tree that no table has", atc, "N02AX99", []terminology.Concept{"med-opioid"}},
		{"nested trees", atc, "B01AC99", []terminology.Concept{"med-anticoagulant", "med-antiplatelet"}},
		{"beside the inner tree", atc, "B01AF99", []terminology.Concept{"med-anticoagulant"}},
		{"an ATC group above the tree", atc, "B01", nil},
		{"lower case", atc, "n02aa05", []terminology.Concept{"ingredient-oxycodone", "med-opioid"}},
		{"ICD-10 below a category", icd10, "S84.1", []terminology.Concept{"excl-nerve-injury-mononeuropathy"}},
		{"ICD-10 below a subcategory", icd10, "E11.40", []terminology.Concept{"dx-diabetic-neuropathy-pain-not-stated"}},
		{"ICD-10 beside the subcategory", icd10, "E11.5", nil},
		{"ICD-10 without dot", icd10, "M961", []terminology.Concept{"dx-postlaminectomy-level-unknown"}},
		{"ICD-10 with asterisk", icd10, "G63.2*", []terminology.Concept{"dx-diabetic-neuropathy-pain-not-stated"}},
		{"ICD-10 with dagger", icd10, "E11.4†", []terminology.Concept{"dx-diabetic-neuropathy-pain-not-stated"}},
		{"a fifth character that means abstinence", icd10, "F10.20", nil},
		{"ICD-10-NL", "http://hl7.org/fhir/sid/icd-10-nl", "G90.6", []terminology.Concept{"dx-crps2"}},
		{"ICD-10-CM is another classification", "http://hl7.org/fhir/sid/icd-10-cm", "G90.6", nil},
		{"SNOMED CT by OID", "urn:oid:2.16.840.1.113883.6.96", "202725007", []terminology.Concept{"dx-fbss"}},
		{"SNOMED CT by bare OID", "2.16.840.1.113883.6.96", "202725007", []terminology.Concept{"dx-fbss"}},
		{"an edition of SNOMED CT", "http://snomed.info/sct/11000146104", "202725007", []terminology.Concept{"dx-fbss"}},
		{"LOINC by OID", "2.16.840.1.113883.6.1", "39156-5", []terminology.Concept{"rel-bmi"}},
		{"ATC by OID", "urn:oid:2.16.840.1.113883.6.73", "C08DA01", []terminology.Concept{"ingredient-verapamil", "med-verapamil"}},
		{"a bare OID of a Dutch system", "2.16.840.1.113883.2.4.4.9", "12", []terminology.Concept{"route-rectal"}},
		{"UZI role by its other name", "http://fhir.nl/fhir/NamingSystem/uzi-rolcode", "01.026", []terminology.Concept{"role-neurologist"}},
		{"no system", "", "202725007", nil},
		{"unknown system", "urn:oid:1.2.3", "202725007", nil},
		{"no such code", snomed, "1", nil},
		{"more than a code", icd10, "M96.1 some text", nil},
		{"empty code", icd10, "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := slices.Sorted(slices.Values(terminology.Embedded().Concepts(test.system, test.code)))
			if !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// A code that is broader than a concept, or that asks, denies or remembers, must not
// mean the concept.
func TestCodesThatMustNotMean(t *testing.T) {
	for _, test := range []struct {
		system, code string
		not          terminology.Concept
	}{
		{snomed, "27151001", "dx-fbss"}, {snomed, "27151001", "dx-fnss"}, {icd10, "M96.1", "dx-fbss"}, {icd10, "M96.1", "dx-fnss"},
		{icd10, "M54.1", "dx-fbss-leg-component"}, {icd10, "M54.1", "dx-fnss-arm-component"}, {icd10, "M54.2", "dx-fnss-arm-component"},
		{snomed, "279039007", "dx-fbss-back-pain-predominant"}, {snomed, "10601006", "dx-fbss-leg-component"},
		{snomed, "49455004", "dx-painful-diabetic-polyneuropathy"}, {icd10, "E10.4", "dx-painful-diabetic-polyneuropathy"},
		{snomed, "95662005", "dx-small-fibre-neuropathy"}, {snomed, "42345000", "dx-small-fibre-neuropathy"}, {icd10, "G60.8", "dx-small-fibre-neuropathy"},
		{snomed, "193031009", "dx-cluster-headache-chronic"}, {icd10, "G44.0", "dx-cluster-headache-chronic"},
		{snomed, "16269008", "excl-nerve-injury-mononeuropathy"}, {snomed, "25416002", "excl-nerve-injury-mononeuropathy"},
		{snomed, "194828000", "excl-refractory-angina"}, {snomed, "233819005", "excl-refractory-angina"}, {icd10, "I20.9", "excl-refractory-angina"},
		{snomed, "228366006", "excl-substance-misuse"}, {snomed, "228367002", "excl-substance-misuse"}, {snomed, "228368007", "excl-substance-misuse"},
		{snomed, "44870007", "excl-substance-misuse"}, {snomed, "417284009", "excl-substance-misuse"}, {icd10, "F17.2", "excl-substance-misuse"},
		{snomed, "118185001", "excl-pregnancy"}, {snomed, "60001007", "excl-pregnancy"}, {"http://loinc.org", "82810-3", "excl-pregnancy"},
		{snomed, "103735009", "excl-life-expectancy"}, {icd10, "Z51.5", "excl-life-expectancy"}, {snomed, "300936002", "excl-life-expectancy"},
		{"http://loinc.org", "38221-8", "pain-scale-nrs"}, {"http://loinc.org", "38221-8", "pain-intensity"}, {"http://loinc.org", "75893-8", "pain-intensity"},
		{snomed, "273903006", "pain-intensity"}, {snomed, "161619009", "prior-spine-surgery-lumbar"}, {snomed, "161619009", "prior-spine-surgery-cervical"},
		{snomed, "18946005", "tx-epidural"}, {snomed, "444831000124102", "tx-physiotherapy"}, {snomed, "81294000", "tx-psychology-rehab"},
		{atc, "N05BA01", "med-spasmolytic"}, {atc, "C08CA01", "med-vasodilator"}, {atc, "G04BX13", "med-dmso"}, {atc, "S01XA08", "med-acetylcysteine"},
		{snomed, "72607000", "proc-intrathecal-pump"}, {"urn:oid:2.16.840.1.113883.2.4.3.27.15.5", "030428", "proc-ons"},
		{snomed, "372464004", "route-transdermal"},
	} {
		if slices.Contains(terminology.Embedded().Concepts(test.system, test.code), test.not) {
			t.Errorf("%s|%s means %s", test.system, test.code, test.not)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		name string
		c    *fhir.CodeableConcept
		want []terminology.Concept
	}{
		{"nothing", nil, nil},
		{"text only", &fhir.CodeableConcept{Text: "Failed back surgery syndrome"}, nil},
		{"a code for the absence of a code", &fhir.CodeableConcept{Coding: []fhir.Coding{{System: "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", Code: "OTH"}}, Text: "pijn"}, nil},
		{"the second coding is known", &fhir.CodeableConcept{Coding: []fhir.Coding{{System: "urn:oid:1.2.3", Code: "x"}, {System: snomed, Code: "2177002"}}}, []terminology.Concept{"excl-postherpetic-neuralgia"}},
		{"codings contradict each other", &fhir.CodeableConcept{Coding: []fhir.Coding{{System: snomed, Code: "202725007"}, {System: snomed, Code: "202723000"}}}, []terminology.Concept{"dx-fbss", "dx-fnss"}},
		{"many codings", &fhir.CodeableConcept{Coding: []fhir.Coding{{System: snomed, Code: "202725007"}, {System: icd10, Code: "M96.1"}, {System: snomed, Code: "27151001"}, {System: snomed, Code: "202725007"}, {System: snomed, Code: "23056005"}}},
			[]terminology.Concept{"dx-fbss", "dx-postlaminectomy-level-unknown", "dx-fbss-leg-component"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			match := terminology.Embedded().Match(test.c)
			if got := match.Concepts(); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if match.Empty() != (len(test.want) == 0) {
				t.Errorf("Empty is %t", match.Empty())
			}
			for _, c := range test.want {
				if via, ok := match.Has(c); !ok || !strings.HasSuffix(via, " -> "+string(c)) {
					t.Errorf("Has(%s) = %q, %t", c, via, ok)
				}
			}
			if _, ok := match.Has("no-such-concept"); ok {
				t.Error("a concept that does not exist is meant")
			}
		})
	}
}

// A match holds exactly what a plain reading of the table gives.
func TestMatchNeverInventsConcepts(t *testing.T) {
	rows := source(t)
	rapid.Check(t, func(t *rapid.T) {
		r := rows[rapid.IntRange(0, len(rows)-1).Draw(t, "row")]
		code := r.code[:rapid.IntRange(1, len(r.code)).Draw(t, "kept")] + rapid.StringMatching(`[A-Z0-9.]{0,3}`).Draw(t, "added")
		var want []terminology.Concept
		for _, other := range rows {
			concept := terminology.Concept(other.concept)
			if other.status == "verified" && other.system == r.system && other.covers(code) && !slices.Contains(want, concept) {
				want = append(want, concept)
			}
		}
		slices.Sort(want)
		match := terminology.Embedded().Match(&fhir.CodeableConcept{Coding: []fhir.Coding{{System: r.system, Code: code}}})
		if got := slices.Sorted(slices.Values(match.Concepts())); !slices.Equal(got, want) {
			t.Fatalf("%s|%s: got %v, want %v", r.system, code, got, want)
		}
	})
}

// covers says plainly what the index must find: ICD-10 is written with or without
// its dot, and a tree covers whatever begins with it.
func (r row) covers(code string) bool {
	if r.system != atc && r.system != icd10 {
		return r.code == code
	}
	code, own := withoutDot(code), withoutDot(r.code)
	if strings.Contains(code, ".") || len(code) > 8 {
		return false
	}
	return code == own || r.rule == "tree" && strings.HasPrefix(code, own)
}

func withoutDot(code string) string {
	if len(code) > 3 && code[3] == '.' {
		return code[:3] + code[4:]
	}
	return code
}

func TestNearestSuggestsByWords(t *testing.T) {
	all := terminology.Embedded()
	got := all.Nearest("Lumbar post-laminectomy syndrome", 2)
	if len(got) != 2 || got[0].Concept != "dx-fbss" || got[0].Score != 1 || got[1].Score >= 1 {
		t.Errorf("got %+v", got)
	}
	if got := all.Nearest("qqq", 3); len(got) != 0 {
		t.Errorf("got %+v for a word nobody uses", got)
	}
	if got := all.Nearest("", 3); len(got) != 0 {
		t.Errorf("got %+v for nothing", got)
	}
}

func TestEveryConceptHasATitle(t *testing.T) {
	all := terminology.Embedded()
	for _, c := range all.All() {
		if all.Title(c) == "" || !all.Known(c) {
			t.Errorf("%s: title %q, known %t", c, all.Title(c), all.Known(c))
		}
	}
	if all.Known("no-such-concept") {
		t.Error("a concept that does not exist is known")
	}
}

func TestLookupsDoNotAllocate(t *testing.T) {
	all := terminology.Embedded()
	c := &fhir.CodeableConcept{Coding: []fhir.Coding{{System: "http://hl7.org/fhir/sid/icd-10-nl", Code: "E11.40"}, {System: "urn:oid:2.16.840.1.113883.6.96", Code: "49455004"}}}
	medicine := &fhir.CodeableConcept{Coding: []fhir.Coding{{System: "urn:oid:2.16.840.1.113883.2.4.4.10", Code: "1", Display: "OXYCODON TABLET MGA 10MG"}}}
	for name, look := range map[string]func(){
		"Concepts":   func() { all.Concepts(atc, "N02AX99") },
		"Match":      func() { _ = all.Match(c).Empty() },
		"Medication": func() { _ = all.Medication(medicine).Empty() },
	} {
		if n := testing.AllocsPerRun(100, look); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}

func BenchmarkConcepts(b *testing.B) {
	all := terminology.Embedded()
	for _, bench := range []struct{ name, system, code string }{
		{"exact", snomed, "202725007"}, {"tree", icd10, "S84.1"}, {"unknown", snomed, "46866001"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				all.Concepts(bench.system, bench.code)
			}
		})
	}
}

func BenchmarkMedicationByName(b *testing.B) {
	all := terminology.Embedded()
	c := &fhir.CodeableConcept{Coding: []fhir.Coding{{System: "urn:oid:2.16.840.1.113883.2.4.4.10", Code: "1", Display: "OXYCODON TABLET MGA 10MG"}}}
	for b.Loop() {
		all.Medication(c)
	}
}
