package terminology_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestSite(t *testing.T) {
	site, err := terminology.Load(folder(t, map[string]string{
		"procedures.csv": "\ufeffsystem,code,display,concept,equivalence\n" +
			"urn:oid:2.16.840.1.113883.2.4.3.27.15.5,999001,Proefplaatsing,proc-scs-trial,\n" +
			"2.16.840.1.113883.2.4.3.27.15.5,999002,Verwijdering,proc-explant,equivalent\n" +
			"http://snomed.info/sct,3270004,,none,\n" +
			"http://snomed.info/sct,25937001,,none,\n" +
			"http://snomed.info/sct,25937001,,device-peripheral-nerve-stimulator,\n" +
			"http://www.whocc.no/atc,N02AB03,,none,\n" +
			"http://snomed.info/sct,408749000,,dx-crps2,disjoint\n" +
			",fbss,,dx-fbss,\n",
		"excel.csv": "system;code;concept\r\nhttp://hl7.org/fhir/sid/icpc-1-nl;W78;excl-pregnancy\r\n",
		"lab.json": `{"resourceType": "ConceptMap", "group": [{"source": "urn:oid:1.2.3.4", "element": [
			{"code": "BMI", "target": [{"code": "rel-bmi", "equivalence": "equivalent"}]},
			{"code": "GEWICHT", "target": [{"equivalence": "unmatched"}]}]}]}`,
		"tens.json": `{"resourceType": "ValueSet", "id": "x", "url": "https://pijnpoort.example/fhir/ValueSet/tx-tens|1", "status": "active",
			"compose": {"include": [{"system": "urn:oid:1.2.3.4", "concept": [{"code": "TENS"}]}]}}`,
		"readme.txt": "not read",
	}))
	if err != nil {
		t.Fatal(err)
	}
	ours := terminology.Embedded()
	laid := ours.With(site)
	for _, test := range []struct {
		system, code string
		want         []terminology.Concept
	}{
		{"urn:oid:2.16.840.1.113883.2.4.3.27.15.5", "999001", []terminology.Concept{"proc-scs-trial"}},
		{"urn:oid:2.16.840.1.113883.2.4.3.27.15.5", "999002", []terminology.Concept{"proc-explant"}},
		{"urn:oid:2.16.840.1.113883.2.4.3.27.15.5", "030427", []terminology.Concept{"proc-ons"}},
		{snomed, "3270004", nil},
		{"urn:oid:2.16.840.1.113883.6.96", "3270004", nil},
		{snomed, "25937001", []terminology.Concept{"device-peripheral-nerve-stimulator"}},
		{snomed, "408749000", []terminology.Concept{"dx-crps-lower-limb"}},
		{atc, "N02AB03", nil},
		{atc, "N02AB99", []terminology.Concept{"med-opioid"}},
		{"http://hl7.org/fhir/sid/icpc-1-nl", "W78", []terminology.Concept{"excl-pregnancy"}},
		{"1.2.3.4", "BMI", []terminology.Concept{"rel-bmi"}},
		{"urn:oid:1.2.3.4", "GEWICHT", nil},
		{"urn:oid:1.2.3.4", "TENS", []terminology.Concept{"tx-tens"}},
	} {
		if got := slices.Sorted(slices.Values(laid.Concepts(test.system, test.code))); !slices.Equal(got, test.want) {
			t.Errorf("%s|%s: got %v, want %v", test.system, test.code, got, test.want)
		}
	}
	if via, _ := laid.Match(&fhir.CodeableConcept{Text: " FBSS "}).Has("dx-fbss"); via != "text -> dx-fbss" {
		t.Errorf("a text of the site: via %q", via)
	}
	if !laid.Medication(&fhir.CodeableConcept{Coding: []fhir.Coding{{System: atc, Code: "N02AB03", Display: "fentanyl"}}}).Empty() {
		t.Error("a medicine that the site silenced is read from its name")
	}
	more, err := terminology.Load(folder(t, map[string]string{"more.csv": "system,code,concept\nurn:oid:1.2.3.4,999003,proc-revision\n"}))
	if err != nil {
		t.Fatal(err)
	}
	if both := laid.With(more); len(both.Concepts("1.2.3.4", "999003")) != 1 || len(both.Concepts("1.2.3.4", "BMI")) != 1 {
		t.Error("a second site's mappings do not stand beside the first's")
	}
	if got := ours.Concepts(snomed, "3270004"); !slices.Equal(got, []terminology.Concept{"proc-scs-implant"}) {
		t.Errorf("the site changed the embedded terminology: %v", got)
	}
}

func TestNoSiteChangesNothing(t *testing.T) {
	site, err := terminology.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if ours := terminology.Embedded(); ours.With(site) != ours || ours.With(nil) != ours {
		t.Error("an empty site makes another terminology")
	}
}

func TestFaultySites(t *testing.T) {
	for _, test := range []struct{ name, file, content, want string }{
		{"unknown concept", "a.csv", "system,code,concept\nurn:oid:1.2,1,rel-bmi\nurn:oid:1.2,2,dx-nothing\n", `a.csv: line 3: there is no concept "dx-nothing"`},
		{"no code", "a.csv", "system,code,concept\nurn:oid:1.2,,rel-bmi\n", "a.csv: line 2: code is missing"},
		{"no concept", "a.csv", "system,code,concept\nurn:oid:1.2,1,\n", "a.csv: line 2: concept is missing"},
		{"no column", "a.csv", "system,code\nurn:oid:1.2,1\n", "a.csv: line 1: the column concept is missing"},
		{"empty file", "a.csv", "", "a.csv: line 1: the header is missing"},
		{"ragged line", "a.csv", "system,code,concept\nurn:oid:1.2,1\n", "a.csv: record on line 2: wrong number of fields"},
		{"open equivalence", "a.csv", "system,code,concept,equivalence\nurn:oid:1.2,1,rel-bmi,narrower\n", `a.csv: line 2: equivalence "narrower" leaves open`},
		{"no code of the system", "a.csv", "system,code,concept\nhttp://www.whocc.no/atc,opioids and others,med-opioid\n", "a.csv: line 2: no code of this system"},
		{"no JSON", "a.json", "{", "a.json: "},
		{"another resource", "a.json", `{"resourceType": "Patient"}`, "a.json: resourceType: neither ValueSet nor ConceptMap"},
		{"unknown target", "a.json", `{"resourceType": "ConceptMap", "group": [{"source": "urn:oid:1.2", "element": [{"code": "1", "target": [{"code": "x", "equivalence": "equal"}]}]}]}`, `a.json: group[0].element[0].target[0]: there is no concept "x"`},
		{"no source", "a.json", `{"resourceType": "ConceptMap", "group": [{}]}`, "a.json: group[0]: source is missing"},
		{"unknown set", "a.json", `{"resourceType": "ValueSet", "id": "x", "compose": {"include": [{"system": "urn:oid:1.2", "concept": [{"code": "1"}]}]}}`, `a.json: there is no concept "x"`},
		{"whole system", "a.json", `{"resourceType": "ValueSet", "id": "rel-bmi", "compose": {"include": [{"system": "urn:oid:1.2"}]}}`, "a.json: compose.include[0]: a whole system is no concept"},
		{"other sets", "a.json", `{"resourceType": "ValueSet", "id": "rel-bmi", "compose": {"include": [{"system": "urn:oid:1.2", "valueSet": ["x"]}]}}`, "a.json: compose.include[0]: valueSet is not supported"},
		{"exclusion", "a.json", `{"resourceType": "ValueSet", "id": "rel-bmi", "compose": {"include": [], "exclude": [{"system": "x"}]}}`, "a.json: compose.exclude is not supported"},
		{"filter", "a.json", `{"resourceType": "ValueSet", "id": "rel-bmi", "compose": {"include": [{"system": "urn:oid:1.2", "filter": [{"property": "concept", "op": "is-a", "value": "1"}]}]}}`, "a.json: compose.include[0].filter: only concept is-a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := terminology.Load(folder(t, map[string]string{test.file: test.content}))
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
	if _, err := terminology.Load(filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("a missing folder is no error")
	}
}

func TestAllFaultsAreTold(t *testing.T) {
	_, err := terminology.Load(folder(t, map[string]string{
		"a.csv": "system,code,concept\nurn:oid:1.2,1,x\nurn:oid:1.2,2,y\n",
		"b.csv": "system\n",
	}))
	if err == nil || strings.Count(err.Error(), "\n") != 3 {
		t.Errorf("got %v, want four faults", err)
	}
}

// A table from the G-Standaard to ATC, as CSV and as ConceptMap, gives a product the
// meaning of its ATC code.
func TestTableToATC(t *testing.T) {
	const prk = "urn:oid:2.16.840.1.113883.2.4.4.10"
	for name, file := range map[string]struct{ name, content string }{
		"csv": {"prk.csv", "system,code,concept\n" + prk + ",99001,http://www.whocc.no/atc|N02AA05\n" + prk + ",99002,http://www.whocc.no/atc|C09AA02\n"},
		"ConceptMap": {"prk.json", `{"resourceType":"ConceptMap","group":[{"source":"` + prk + `","target":"http://www.whocc.no/atc","element":[` +
			`{"code":"99001","target":[{"code":"N02AA05","equivalence":"equivalent"}]},{"code":"99002","target":[{"code":"C09AA02","equivalence":"equivalent"}]}]}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, file.name), []byte(file.content), 0o600); err != nil {
				t.Fatal(err)
			}
			site, err := terminology.Load(dir)
			if err != nil {
				t.Fatal(err)
			}
			with := terminology.Embedded().With(site)
			if got := with.Concepts(prk, "99001"); !slices.Contains(got, "ingredient-oxycodone") {
				t.Errorf("99001 means %v", got)
			}
			if got := with.Concepts(prk, "99002"); len(got) != 0 {
				t.Errorf("99002 means %v", got)
			}
		})
	}
}
