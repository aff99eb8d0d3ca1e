package coverage

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

const (
	snomed = "http://snomed.info/sct"
	atc    = "http://www.whocc.no/atc"
	local  = "urn:oid:1.2.3.4"
)

// site is our terminology with a site's file over it.
func site(t *testing.T, content string) *terminology.Terminology {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "site.csv"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	loaded, err := terminology.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return terminology.Embedded().With(loaded)
}

func coded(system, code, display string) *fhir.CodeableConcept {
	return &fhir.CodeableConcept{Coding: []fhir.Coding{{System: system, Code: code, Display: display}}}
}

func TestStatusAndRuleOfACode(t *testing.T) {
	laid := site(t, "system,code,concept\n"+local+",P1,proc-scs-trial\n,lage rugpijn na operatie,dx-fbss\n"+snomed+",3270004,none\n"+snomed+",91251008,tx-tens\n")
	condition := func(c *fhir.CodeableConcept) fhir.Resource { return &fhir.Condition{Code: c} }
	medicine := func(c *fhir.CodeableConcept) fhir.Resource {
		return &fhir.MedicationStatement{MedicationCodeableConcept: c}
	}
	tests := map[string]struct {
		resource fhir.Resource
		status   Status
		rule     string
		concept  terminology.Concept
	}{
		"a code of ours":                      {condition(coded(snomed, "202725007", "")), Mapped, "exact", "dx-fbss"},
		"by another name of the system":       {condition(coded("urn:oid:2.16.840.1.113883.6.96", "202725007", "")), Mapped, "exact", "dx-fbss"},
		"below a tree":                        {medicine(coded(atc, "N02AB99", "")), Mapped, "below N02AB", "med-opioid"},
		"a tree itself":                       {medicine(coded(atc, "N02A", "")), Mapped, "exact", "med-opioid"},
		"of the site":                         {condition(coded(local, "P1", "")), Mapped, "site", "proc-scs-trial"},
		"more meaning by the site":            {condition(coded(snomed, "91251008", "")), Mapped, "site", "tx-tens"},
		"a text of the site":                  {condition(&fhir.CodeableConcept{Text: "Lage  rugpijn na operatie"}), Mapped, "site", "dx-fbss"},
		"silenced by the site":                {condition(coded(snomed, "3270004", "")), Silenced, "", ""},
		"of our own forms":                    {&fhir.ServiceRequest{Code: coded("https://pijnpoort.example/fhir/CodeSystem/intake", "SCS", "")}, Mapped, "form", ""},
		"not of our own forms":                {&fhir.ServiceRequest{Code: coded("https://pijnpoort.example/fhir/CodeSystem/intake", "SCX", "")}, Unmapped, "", ""},
		"unknown":                             {condition(coded(snomed, "1", "")), Unmapped, "", ""},
		"without system":                      {condition(coded("", "202725007", "")), Unmapped, "", ""},
		"unknown system":                      {condition(coded("urn:x", "202725007", "")), Unmapped, "", ""},
		"a text":                              {condition(&fhir.CodeableConcept{Text: "FBSS"}), Unmapped, "", ""},
		"a display without code":              {condition(coded("", "", "FBSS")), Unmapped, "", ""},
		"a medicine by its name":              {medicine(coded("urn:oid:2.16.840.1.113883.2.4.4.10", "999", "OXYCODON TABLET MGA 10MG")), ByName, "name OXYCODON", "ingredient-oxycodone"},
		"a medicine by the text":              {medicine(&fhir.CodeableConcept{Coding: []fhir.Coding{{System: local, Code: "9"}}, Text: "Fentanyl pleister"}), ByName, "name FENTANYL", "ingredient-fentanyl"},
		"a name where no medicine is meant":   {condition(coded(snomed, "2", "Fentanyl dependence")), Unmapped, "", ""},
		"a medicine whose name tells nothing": {medicine(coded(local, "8", "PARACETAMOL 500MG TABLET")), Unmapped, "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tally := NewTally(laid)
			tally.Add(&fhir.Chart{Resources: []fhir.Resource{test.resource}})
			report := tally.Report()
			if len(report.Codes) != 1 {
				t.Fatalf("%d codes", len(report.Codes))
			}
			c := report.Codes[0]
			if c.Status != test.status || c.Rule != test.rule || test.concept != "" && !slices.Contains(c.Concepts, test.concept) {
				t.Errorf("%s by %q means %v", c.Status, c.Rule, c.Concepts)
			}
			if (c.Status == Mapped && c.Rule != "form" || c.Status == ByName) != (len(c.Concepts) > 0) {
				t.Errorf("%s with concepts %v", c.Status, c.Concepts)
			}
		})
	}
}

// Every unverified code of our lists is told as such, and every verified one as mapped,
// unless a tree of another concept covers it.
func TestEveryListedCodeIsTold(t *testing.T) {
	tally := NewTally(nil)
	list := listed()
	for k := range list.exact {
		tally.AddListed(k.system, k.code, "", 1)
	}
	for k := range list.unverified {
		tally.AddListed(k.system, k.code, "", 1)
	}
	unverified := 0
	for _, c := range tally.Report().Codes {
		switch k := (key{c.System, c.Code}); {
		case list.exact[k] && c.Status != Mapped:
			t.Errorf("%s|%s: %s", c.System, c.Code, c.Status)
		case c.Status == Unmapped || c.Status == Silenced:
			t.Errorf("%s|%s: %s", c.System, c.Code, c.Status)
		case c.Status == Unverified:
			unverified++
			if len(c.Listed) == 0 || len(c.Concepts) > 0 {
				t.Errorf("%s|%s: listed for %v, means %v", c.System, c.Code, c.Listed, c.Concepts)
			}
		}
	}
	if unverified == 0 {
		t.Error("no unverified code was told")
	}
}

func TestWhatIsCounted(t *testing.T) {
	tally := NewTally(nil)
	story := strings.Repeat("pijn ", 40)
	contained := &fhir.Medication{Code: coded(atc, "N02AA05", "oxycodone")}
	statement := &fhir.MedicationStatement{
		MedicationReference: &fhir.Reference{Display: "Paracetamol"},
		Dosage:              []fhir.Dosage{{Route: coded(snomed, "26643006", "Oral route")}},
		Note:                []fhir.Annotation{{Text: "a note of the patient"}},
	}
	statement.Contained = []fhir.Resource{contained}
	tally.Add(&fhir.Chart{
		Resources: []fhir.Resource{
			&fhir.Condition{Code: &fhir.CodeableConcept{Text: "LBP", Coding: []fhir.Coding{{System: snomed, Code: "1", Display: "one"}, {System: local, Code: "1"}}}},
			&fhir.Condition{Code: &fhir.CodeableConcept{Text: "rugpijn", Coding: []fhir.Coding{{System: "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", Code: "OTH"}}}},
			&fhir.Condition{Code: &fhir.CodeableConcept{Text: " Rugpijn"}},
			&fhir.Condition{Code: &fhir.CodeableConcept{Text: story}},
			&fhir.Condition{Code: coded(snomed, "1", "another name")},
			&fhir.Observation{Code: coded(snomed, "1", ""), Component: []fhir.Component{{Code: coded(snomed, "2", "")}}},
			statement,
		},
		Skipped:  []fhir.Fate{{Resource: "Flag/1"}},
		Rejected: []fhir.Fate{{Resource: "Condition/x"}},
	})
	tally.AddUnreadable()
	r := tally.Report()
	if want := (Totals{Documents: 1, Unreadable: 1, Resources: 9, Skipped: 1, Rejected: 1, Absent: 1, LongTexts: 1}); r.Totals != want {
		t.Errorf("totals %+v", r.Totals)
	}
	got := map[string]int{}
	sum := 0
	for _, c := range r.Codes {
		got[c.System+"|"+c.Code+"|"+c.Display+"|"+c.Text+"|"+strings.Join(c.Elements, " ")] = c.Count
		sum += c.Count
		for _, word := range []string{"note", "pijn pijn"} {
			if strings.Contains(c.Name(), word) {
				t.Errorf("free text is shown: %q", c.Name())
			}
		}
	}
	for want, count := range map[string]int{
		snomed + "|1|one||Condition.code Observation.code":                3,
		snomed + "|2|||Observation.component.code":                        1,
		local + "|1|||Condition.code":                                     1,
		"|||rugpijn|Condition.code":                                       2,
		"|||Paracetamol|MedicationStatement.medicationReference.display":  1,
		snomed + "|26643006|Oral route||MedicationStatement.dosage.route": 1,
		atc + "|N02AA05|oxycodone||Medication.code":                       1,
	} {
		if got[want] != count {
			t.Errorf("%s: %d times, want %d; got %v", want, got[want], count, got)
		}
		sum -= count
	}
	if sum != 0 {
		t.Errorf("%d more than expected: %v", sum, got)
	}
	occurrences := 0
	for _, s := range r.Systems {
		of := 0
		for _, n := range s.Statuses {
			of += n
		}
		if of != s.Occurrences {
			t.Errorf("%s: %d in statuses, %d in all", s.System, of, s.Occurrences)
		}
		occurrences += s.Occurrences
	}
	if occurrences != 10 {
		t.Errorf("%d occurrences in the systems", occurrences)
	}
}

func TestWhatNeedsWorkComesFirstByFrequency(t *testing.T) {
	tally := NewTally(nil)
	tally.AddListed(snomed, "202725007", "", 100)
	tally.AddListed(local, "a", "", 2)
	tally.AddListed(local, "b", "", 3)
	tally.AddListed(local, "b", "", 3)
	var order []string
	for _, c := range tally.Report().Codes {
		order = append(order, c.Code)
	}
	if !slices.Equal(order, []string{"b", "a", "202725007"}) {
		t.Errorf("order %v", order)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	tally := NewTally(nil)
	tally.limit = 2
	for _, code := range []string{"a", "b", "c", "a", "d", "c"} {
		tally.AddListed(local, code, "", 1)
	}
	if r := tally.Report(); len(r.Codes) != 2 || r.Codes[0].Count != 2 || r.Beyond != 3 {
		t.Errorf("%d codes, %d beyond", len(r.Codes), r.Beyond)
	}
}

func TestSuggestionsAreByWordsThatTell(t *testing.T) {
	tests := map[string]struct {
		display string
		want    terminology.Concept // empty: none
	}{
		"a word in common":          {"Neuralgia, postherpetic", "excl-postherpetic-neuralgia"},
		"only a form and strength":  {"PANTOPRAZOL 20MG TABLET MSR", ""},
		"only grammar":              {"Other of the and", ""},
		"nothing":                   {"", ""},
		"letters beyond the Latin ": {"ß…é", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tally := NewTally(nil)
			tally.AddListed(local, "x", test.display, 1)
			near := tally.Report().Codes[0].Nearest
			if test.want == "" && len(near) > 0 || test.want != "" && (len(near) == 0 || near[0].Concept != test.want) {
				t.Errorf("%v", near)
			}
		})
	}
}

func TestCodeLists(t *testing.T) {
	tests := map[string]struct {
		content string
		want    map[string]int
		faults  []string
	}{
		"all columns":       {"system,code,display,count\n" + local + ",a,An a,3\n" + local + ",b,,\n", map[string]int{"a": 3, "b": 1}, nil},
		"as Excel saves it": {"\ufeffCode;System\r\na;" + local + "\r\n", map[string]int{"a": 1}, nil},
		"more columns":      {"x,code\n1,a\n2,a\n", map[string]int{"a": 2}, nil},
		"a text":            {"system,code,display\n,,rugpijn\n", map[string]int{"rugpijn": 1}, nil},
		"faulty lines":      {"system,code,count\nx,a,many\nx,,1\n,,1\nx,b,-1\nx,c,2\n", map[string]int{"c": 2}, []string{"line 2: count", "line 3: code is missing", "line 4: code is missing", "line 5: count"}},
		"no code":           {"system,display\nx,y\n", nil, []string{"line 1: the column code is missing"}},
		"empty":             {"", nil, []string{"line 1: the header is missing"}},
		"no CSV":            {"code,x\n\"a\n", nil, []string{"line 2"}},
		"ragged":            {"code,x\na\nb,c\n", nil, []string{"line 2: wrong number of fields"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tally := NewTally(nil)
			err := tally.ReadList(strings.NewReader(test.content))
			if (err == nil) != (len(test.faults) == 0) {
				t.Fatalf("error %v", err)
			}
			for _, fault := range test.faults {
				if !strings.Contains(err.Error(), fault) {
					t.Errorf("error %q lacks %q", err, fault)
				}
			}
			got := map[string]int{}
			for _, c := range tally.Report().Codes {
				got[c.Code+c.Text] = c.Count
			}
			if len(got) != len(test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			for code, count := range test.want {
				if got[code] != count {
					t.Errorf("%s: %d times, want %d", code, got[code], count)
				}
			}
		})
	}
}

// The work list, with its column filled in, is a file for the folder of a site, after
// which nothing is left to map.
func TestTheWorkListIsASitesFile(t *testing.T) {
	count := func(tally *Tally) {
		tally.AddListed(local, "P1", `Proef, "SCS"`, 4)
		tally.AddListed("", "", "lage rugpijn, na operatie", 2)
		tally.AddListed("http://hl7.org/fhir/sid/icpc-1-nl", "L02", "Rugpijn", 1)
		tally.AddListed("", "no system", "", 1)
		tally.AddListed(snomed, "202725007", "", 1)
	}
	before := NewTally(nil)
	count(before)
	var list bytes.Buffer
	if err := before.Report().WriteWorklist(&list); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(list.Bytes())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	toMap := 0
	for _, c := range before.Report().Codes {
		if c.ToMap() && c.Code != "no system" {
			toMap++
		}
	}
	if len(lines) != 1+toMap || toMap < 2 || lines[1][1] != "P1" || lines[1][3] != "4" {
		t.Fatalf("%d lines for %d codes: %v", len(lines), toMap, lines)
	}
	for _, line := range lines[1:] {
		if line[2] != "" {
			t.Errorf("the concept is filled in: %v", line)
		}
		line[2] = "dx-fbss"
	}
	var filled bytes.Buffer
	if err := csv.NewWriter(&filled).WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	after := NewTally(site(t, filled.String()))
	count(after)
	for _, c := range after.Report().Codes {
		if c.ToMap() && c.Code != "no system" {
			t.Errorf("still to map: %s|%s %s", c.System, c.Code, c.Text)
		}
	}
}
