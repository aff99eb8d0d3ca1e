package profilecheck_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/operations/profilecheck"
	"github.com/pijnpoort/pijnpoort/profiles"
)

func checker(t testing.TB) *profilecheck.Checker {
	t.Helper()
	c, err := profilecheck.New(profiles.FS)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// good is a Bundle with every kind of resource that a registry gets.
func good(t testing.TB, shape string) []byte {
	t.Helper()
	document, err := os.ReadFile("../../registry/normalise/testdata/rich." + shape + ".golden")
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// faults are the issues of severity error, as "path: reason".
func faults(issues []fhir.Issue) []string {
	var list []string
	for _, i := range issues {
		if i.Severity == fhir.SeverityError {
			list = append(list, i.Path+": "+i.Reason)
		}
	}
	return list
}

func TestGoodBundlesPass(t *testing.T) {
	for _, shape := range []string{"collection", "transaction", "batch"} {
		if issues := checker(t).Check(good(t, shape), ""); len(issues) > 0 {
			t.Errorf("%s: %+v", shape, issues)
		}
	}
}

// Every invariant of the profiles has its function here.
func TestEveryInvariantIsChecked(t *testing.T) {
	if left := checker(t).Unchecked(); len(left) > 0 {
		t.Errorf("no function for: %v", left)
	}
}

// Every profile is on a type, and each but those on other things is used.
func TestProfilesAreKnown(t *testing.T) {
	c := checker(t)
	for kind, least := range map[string]int{"Bundle": 1, "Patient": 1, "Observation": 5, "Procedure": 1, "Extension": 8} {
		if found := c.Profiles(kind); len(found) < least {
			t.Errorf("%s: %v", kind, found)
		}
	}
}

// object is a part of a document.
type object = map[string]any

// resourceOf is the first resource of a type with a profile that ends so.
func resourceOf(bundle object, profile string) object {
	for _, e := range bundle["entry"].([]any) {
		resource, _ := e.(object)["resource"].(object)
		if resource != nil && strings.Contains(fmt.Sprint(resource["meta"]), "/"+profile+"|") {
			return resource
		}
	}
	panic("no " + profile)
}

// TestFaults: each way to spoil a good bundle is found, at its place.
func TestFaults(t *testing.T) {
	tests := map[string]struct {
		spoil func(bundle object)
		path  string // ending
		want  string
	}{
		"a name": {func(b object) { resourceOf(b, "registry-patient")["name"] = []any{object{"family": "Geheim"}} }, "Patient.name|.name", "is not sent in this profile"},
		"a narrative": {func(b object) {
			resourceOf(b, "registry-device")["text"] = object{"status": "empty", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">Geheim</div>"}
		}, ".text", "is not sent"},
		"a display":     {func(b object) { codingOf(resourceOf(b, "registry-indication"), "code")["display"] = "Geheim" }, ".code.coding[0].display|", "is not sent|Nothing in a registry resource is meant for reading"},
		"no subject":    {func(b object) { delete(resourceOf(b, "registry-procedure"), "subject") }, ".subject|", "missing required|at least"},
		"no identifier": {func(b object) { delete(resourceOf(b, "registry-procedure"), "identifier") }, ".identifier", "occurs 0 times, at least 1"},
		"three identifiers": {func(b object) {
			r := resourceOf(b, "registry-procedure")
			i := r["identifier"].([]any)[0]
			r["identifier"] = []any{i, i, i}
		}, ".identifier", "occurs 3 times, at most 2"},
		"a number as it is": {func(b object) {
			resourceOf(b, "registry-patient")["identifier"].([]any)[0].(object)["value"] = "999990019"
		}, ".identifier[0].value", "pijnpoort-pseudonym"},
		"a system of others": {func(b object) {
			resourceOf(b, "registry-patient")["identifier"].([]any)[0].(object)["system"] = "http://fhir.nl/fhir/NamingSystem/bsn"
		}, "resource", "pijnpoort-sid-patient"},
		"a code of none": {func(b object) { codingOf(resourceOf(b, "registry-procedure"), "category")["code"] = "operation" }, ".category", "no code of the ValueSet"},
		"a local code": {func(b object) {
			codingOf(resourceOf(b, "registry-procedure"), "category")["system"] = "https://epd.example/codes"
		}, ".category|.category.coding[0]", "no code of the ValueSet|pijnpoort-public"},
		"no R4":            {func(b object) { resourceOf(b, "registry-procedure")["status"] = "finished" }, ".status", "code type mismatch"},
		"another element":  {func(b object) { resourceOf(b, "registry-procedure")["surgeon"] = "Geheim" }, ".*", "unknown field"},
		"a value too high": {func(b object) { resourceOf(b, "registry-pain")["valueQuantity"].(object)["value"] = 101 }, "", "pijnpoort-pain-scale"},
		"a value of its kind": {func(b object) {
			r := resourceOf(b, "registry-pain")
			delete(r, "valueQuantity")
			r["valueString"] = "Geheim"
		}, ".valueString", "of a type that this profile does not have"},
		"an extension": {func(b object) {
			resourceOf(b, "registry-pain")["extension"] = []any{object{"url": "https://epd.example/x", "valueString": "Geheim"}}
		}, ".extension[0]", "is none of those that this profile has"},
		"an extension of none": {func(b object) {
			resourceOf(b, "registry-judgement")["extension"].([]any)[0].(object)["valueCode"] = "perhaps"
		}, ".extension[0].valueCode", "no code of the ValueSet"},
		"an extension twice": {func(b object) {
			r := resourceOf(b, "registry-judgement")
			e := r["extension"].([]any)
			r["extension"] = append(e, e[0])
		}, ".extension", "occurs 2 times, at most 1"},
		"no verdict": {func(b object) { r := resourceOf(b, "registry-judgement"); r["extension"] = r["extension"].([]any)[1:] }, "", "pijnpoort-judged"},
		"words as an answer": {func(b object) {
			resourceOf(b, "registry-response")["item"].([]any)[0].(object)["answer"] = []any{object{"valueString": "Geheim"}}
		}, "", "pijnpoort-no-free-text|of a type"},
		"refers to nobody": {func(b object) {
			resourceOf(b, "registry-device")["patient"].(object)["reference"] = "urn:uuid:00000000-0000-4000-8000-000000000000"
		}, ".patient", "refers to an entry that is not in the Bundle"},
		"refers to another": {func(b object) {
			resourceOf(b, "registry-device-use")["device"] = resourceOf(b, "registry-device-use")["subject"]
		}, ".device", "refers to an entry of another profile"},
		"two patients": {func(b object) {
			b["entry"] = append(b["entry"].([]any), object{"fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000000", "resource": resourceOf(b, "registry-patient")})
		}, "Bundle", "pijnpoort-one-patient"},
		"a request": {func(b object) {
			b["entry"].([]any)[0].(object)["request"] = object{"method": "POST", "url": "Organization"}
		}, "Bundle", "pijnpoort-requests"},
		"another system": {func(b object) { b["identifier"].(object)["system"] = "https://epd.example/id" }, "Bundle.identifier.system", "is not the value that this profile has"},
		"another version": {func(b object) {
			resourceOf(b, "registry-patient")["meta"].(object)["profile"] = []any{"https://pijnpoort.example/fhir/StructureDefinition/registry-patient|0.9.0"}
		}, ".meta.profile", "claims another version"},
		"a profile of another": {func(b object) {
			resourceOf(b, "registry-patient")["meta"].(object)["profile"] = []any{"https://pijnpoort.example/fhir/StructureDefinition/registry-device|1.0.0"}
		}, ".meta.profile", "claims a profile of another type"},
		"no resource": {func(b object) { b["entry"].([]any)[0].(object)["resource"] = "Geheim" }, "Bundle.entry[0].resource", "not a resource"},
	}
	c := checker(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var bundle object
			if err := json.Unmarshal(good(t, "collection"), &bundle); err != nil {
				t.Fatal(err)
			}
			test.spoil(bundle)
			document, err := json.Marshal(bundle)
			if err != nil {
				t.Fatal(err)
			}
			found := faults(c.Check(document, ""))
			if !slices.ContainsFunc(found, func(f string) bool {
				path, reason, _ := strings.Cut(f, ": ")
				return oneOf(test.path, func(p string) bool { return strings.HasSuffix(path, p) }) && oneOf(test.want, func(w string) bool { return strings.Contains(reason, w) })
			}) {
				t.Errorf("found %q", found)
			}
			for _, f := range found {
				if strings.Contains(f, "Geheim") || strings.Contains(f, "999990019") {
					t.Errorf("holds a value: %s", f)
				}
			}
		})
	}
}

func oneOf(choices string, holds func(string) bool) bool {
	return slices.ContainsFunc(strings.Split(choices, "|"), holds)
}

func codingOf(resource object, element string) object {
	return resource[element].(object)["coding"].([]any)[0].(object)
}

func TestTwoEntriesThatAskTheSame(t *testing.T) {
	var bundle object
	if err := json.Unmarshal(good(t, "transaction"), &bundle); err != nil {
		t.Fatal(err)
	}
	entries := bundle["entry"].([]any)
	bundle["entry"] = append(entries, entries[len(entries)-2])
	document, _ := json.Marshal(bundle)
	if found := faults(checker(t).Check(document, "")); !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, "pijnpoort-distinct") }) {
		t.Errorf("found %q", found)
	}
}

// FuzzCheck: whatever is sent gives issues, never a panic, and none holds a value.
func FuzzCheck(f *testing.F) {
	for _, shape := range []string{"collection", "transaction"} {
		f.Add(good(f, shape))
	}
	for _, seed := range []string{``, `[]`, `{"resourceType":"Bundle","entry":[null,{"resource":[]},{"resource":{"resourceType":5}}]}`,
		`{"resourceType":"Observation","meta":{"profile":["https://pijnpoort.example/fhir/StructureDefinition/registry-pain"]},"valueQuantity":{"value":1e999999999},"code":[],"extension":{"url":1},"identifier":"Geheim"}`,
		`{"resourceType":"Procedure","meta":{"profile":["https://pijnpoort.example/fhir/StructureDefinition/registry-procedure"]},"subject":{"reference":"?/Geheim"},"performedPeriod":null,"_status":{"extension":[]},"focalDevice":[[]]}`,
	} {
		f.Add([]byte(seed))
	}
	c := checker(f)
	c.Depth = 20
	f.Fuzz(func(t *testing.T, document []byte) {
		for _, i := range c.Check(document, "") {
			if strings.Contains(i.Reason, "Geheim") {
				t.Errorf("holds a value: %+v", i)
			}
			if i.Reason == "" || i.Code == "" {
				t.Errorf("says nothing: %+v", i)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	c, document := checker(b), good(b, "collection")
	b.SetBytes(int64(len(document)))
	for b.Loop() {
		if found := faults(c.Check(document, "")); len(found) > 0 {
			b.Fatal(found)
		}
	}
}
