package normalise_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestShapes holds what is made of a registration with everything in it against golden
// files, in every shape.
func TestShapes(t *testing.T) {
	for _, shape := range normalise.Shapes {
		t.Run(string(shape), func(t *testing.T) {
			got := body(t, normaliser(shape), rich())
			for line := range bytes.Lines(got) {
				strictly(t, bytes.TrimSuffix(line, []byte("\n")))
			}
			file := "testdata/rich." + string(shape) + ".golden"
			if shape != normalise.NDJSON {
				var indented bytes.Buffer
				if err := json.Indent(&indented, got, "", "  "); err != nil {
					t.Fatal(err)
				}
				got = append(indented.Bytes(), '\n')
			}
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("differs from %s (-want +got); if it should, run the test with -update:\n%s", file, diff)
			}
		})
	}
}

// TestOnlyListedElementsAreSent: the list of all elements that can leave stands in
// testdata/elements.txt, and everything on it is in use.
func TestOnlyListedElementsAreSent(t *testing.T) {
	found := make(map[string]bool)
	for _, e := range read(t, body(t, normaliser(normalise.Collection), rich())).Entry {
		paths(e.Resource["resourceType"].(string), e.Resource, found)
	}
	var got []string
	for path := range found {
		got = append(got, path)
	}
	slices.Sort(got)
	if *update {
		if err := os.WriteFile("testdata/elements.txt", []byte(strings.Join(got, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	list, err := os.ReadFile("testdata/elements.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Fields(string(list)), got); diff != "" {
		t.Errorf("elements (-listed +sent):\n%s", diff)
	}
}

func TestNothingOfARichRegistrationIsLeftOut(t *testing.T) {
	if d := deliver(t, normaliser(normalise.Collection), rich()); len(d.Issues) > 0 {
		t.Error(issues(d))
	}
}

func TestDatesOfBirthAndDeathAreCut(t *testing.T) {
	tests := []struct {
		precision               normalise.Precision
		birth, deceased         string
		wantBirth, wantDeceased any
	}{
		{"", "1968-04-12", "2025-06-11", "1968", "2025"},
		{normalise.ToYear, "1968-04-12", "2025-06-11", "1968", "2025"},
		{normalise.ToMonth, "1968-04-12", "2025-06-11", "1968-04", "2025-06"},
		{normalise.ToDay, "1968-04-12", "2025-06-11", "1968-04-12", "2025-06-11"},
		{normalise.NoDate, "1968-04-12", "2025-06-11", nil, true},
		{normalise.ToDay, "1968", "true", "1968", true},
		{normalise.ToDay, "", "", nil, nil},
		{normalise.ToDay, "1968-04-12", "2025-12-31T23:30:00Z", "1968-04-12", "2026-01-01"}, // in Amsterdam
		{normalise.ToYear, "1968-04-12", "2025-12-31T23:30:00Z", "1968", "2026"},
	}
	for _, test := range tests {
		n, r := normaliser(normalise.Collection), rich()
		n.Target.BirthDate = test.precision
		r.Patient.BirthDate, r.Patient.Deceased = test.birth, test.deceased
		patient := read(t, body(t, n, r)).only(t, "Patient")
		deceased := patient["deceasedDateTime"]
		if deceased == nil {
			deceased = patient["deceasedBoolean"]
		}
		if patient["birthDate"] != test.wantBirth || deceased != test.wantDeceased {
			t.Errorf("%+v: born %v, died %v", test, patient["birthDate"], deceased)
		}
	}
}

func TestWithdrawals(t *testing.T) {
	withdrawn := func(r *registration.Registration) {
		r.Indications[0].Retracted, r.Procedures[0].Retracted, r.Devices[0].Retracted = true, true, true
		r.Measurements[0].Retracted, r.Scores[0].Retracted, r.Responses[0].Retracted = true, true, true
		r.Medications[0].Retracted, r.Complications[0].Retracted, r.Contacts[0].Retracted = true, true, true
		r.Team[0].Retracted, r.Team[1].Retracted, r.Costs[0].Retracted, r.Judgements[1].Retracted = true, true, true, true
	}
	r := rich()
	withdrawn(r)
	b := read(t, body(t, normaliser(normalise.Transaction), r))
	statuses := make(map[string]int)
	for _, e := range b.Entry {
		kind, _ := e.Resource["resourceType"].(string)
		status, _ := e.Resource["status"].(string)
		if kind == "Condition" {
			status = e.Resource["verificationStatus"].(map[string]any)["coding"].([]any)[0].(map[string]any)["code"].(string)
		}
		if status != "entered-in-error" {
			continue
		}
		statuses[kind]++
		for element := range e.Resource {
			switch element {
			case "resourceType", "meta", "identifier", "status", "verificationStatus", "subject", "patient", "device", "code", "category", "class", "type",
				"medicationCodeableConcept", "questionnaire", "moduleCanonical":
			default:
				t.Errorf("a withdrawn %s still has %s", kind, element)
			}
		}
	}
	want := map[string]int{"Condition": 1, "Procedure": 1, "Device": 1, "DeviceUseStatement": 1, "Observation": 2, "QuestionnaireResponse": 1,
		"MedicationStatement": 1, "Encounter": 1, "CareTeam": 1, "ChargeItem": 1, "GuidanceResponse": 1}
	if diff := cmp.Diff(want, statuses); diff != "" {
		t.Errorf("entered in error (-want +got):\n%s", diff)
	}
	deleted := 0
	for _, e := range b.Entry {
		if e.Request.Method == "DELETE" {
			deleted++
			if !strings.HasPrefix(e.Request.URL, "AdverseEvent?_tag=") || e.Resource != nil {
				t.Errorf("deleted: %+v", e)
			}
		}
	}
	if deleted != 1 {
		t.Errorf("%d deleted: an AdverseEvent has no status that withdraws it", deleted)
	}
	d := deliver(t, normaliser(normalise.Collection), r)
	if got := issues(d); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "registry-adverse-event") }) {
		t.Errorf("what a collection cannot withdraw must be told: %v", got)
	}
	if n := len(read(t, documents(t, d)[0].Body).of("AdverseEvent")); n != 0 {
		t.Errorf("%d AdverseEvents in a collection", n)
	}
}

// Who opts out is withdrawn whole, and nothing is told of the person any more.
func TestOptOut(t *testing.T) {
	r := rich()
	r.Patient.Retracted = true
	b := read(t, body(t, normaliser(normalise.Transaction), r))
	patient := b.only(t, "Patient")
	for _, element := range []string{"gender", "birthDate", "deceasedDateTime", "deceasedBoolean"} {
		if patient[element] != nil {
			t.Errorf("the patient still has %s", element)
		}
	}
	if patient["active"] != false {
		t.Errorf("active: %v", patient["active"])
	}
	for _, procedure := range b.of("Procedure") {
		if procedure["status"] != "entered-in-error" || procedure["performedDateTime"] != nil {
			t.Errorf("procedure: %v", procedure)
		}
	}
}

func TestTwoItemsOfOneKeyAreRefused(t *testing.T) {
	r := rich()
	r.Procedures = append(r.Procedures, r.Procedures[0])
	_, err := normaliser(normalise.Transaction).Normalise(t.Context(), r)
	if err == nil || !strings.Contains(err.Error(), "two items of profile registry-procedure have the same key") {
		t.Errorf("error: %v", err)
	}
	if err != nil && strings.Contains(err.Error(), "epd.example") {
		t.Errorf("the error holds an identifier: %v", err)
	}
}

// Two records of the device with one serial number are one Device, filled in from both.
func TestADeviceIsKnownByItsSerialNumber(t *testing.T) {
	r := rich()
	again := registration.Device{Origin: from("Device/0"), Serial: r.Devices[0].Serial, Manufacturer: "Medtronic"}
	r.Devices = append(r.Devices, again)
	r.Procedures[0].Devices = []string{"Device/0", "Device/d1"}
	b := read(t, body(t, normaliser(normalise.Collection), r))
	if n := len(b.of("Device")); n != 2 {
		t.Fatalf("%d devices", n)
	}
	for _, procedure := range b.of("Procedure") {
		if focal, ok := procedure["focalDevice"].([]any); ok && len(focal) != 1 {
			t.Errorf("%d devices in the procedure", len(focal))
		}
	}
}

func TestWhoCannotBeNamedIsRefused(t *testing.T) {
	r := rich()
	r.Patient.Identifiers = nil
	if _, err := normaliser(normalise.Collection).Normalise(t.Context(), r); err != normalise.ErrNobody {
		t.Errorf("error: %v", err)
	}
}

// Servers take the entries of a batch in one by one: what is referred to comes first.
func TestInABatchTargetsComeFirst(t *testing.T) {
	seen := make(map[string]bool)
	for i, e := range documents(t, deliver(t, normaliser(normalise.Batch), rich()))[0].Entries {
		seen[e.Type+"?"+e.Condition()] = true
		one := read(t, body(t, normaliser(normalise.Batch), rich())).Entry[i]
		resource, err := json.Marshal(one.Resource)
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range references(resource) {
			if !seen[to] {
				t.Errorf("%s comes before what it refers to", e.Profile)
			}
		}
	}
}

// A wrong BSN is not used: it may be somebody else's.
func TestAWrongBSNIsPassedOver(t *testing.T) {
	r, without := rich(), rich()
	r.Patient.Identifiers[0].Value = "999990018"
	without.Patient.Identifiers = without.Patient.Identifiers[1:]
	n := normaliser(normalise.Collection)
	if !bytes.Equal(body(t, n, r), body(t, n, without)) {
		t.Error("another pseudonym than by the next identifier")
	}
	if got := issues(deliver(t, n, r)); len(got) != 1 || got[0] != "patient identifiers[0]: not a BSN: fails the eleven-test: not used" {
		t.Errorf("issues: %v", got)
	}
}

func TestKeysOverlap(t *testing.T) {
	n := normaliser(normalise.Transaction)
	n.Pseudonyms = keys("2026-2", "2026-1")
	b := read(t, body(t, n, rich()))
	for _, e := range b.Entry {
		kind, _ := e.Resource["resourceType"].(string)
		identifiers, _ := e.Resource["identifier"].([]any)
		switch kind {
		case "Organization", "Provenance":
			continue
		case "QuestionnaireResponse", "AdverseEvent": // have room for one
			if one := e.Resource["identifier"].(map[string]any); !strings.HasSuffix(one["system"].(string), "/2026-2") {
				t.Errorf("%s: %v", kind, one)
			}
		default:
			if len(identifiers) != 2 || !strings.HasSuffix(identifiers[0].(map[string]any)["system"].(string), "/2026-2") {
				t.Errorf("%s: identifiers %v", kind, identifiers)
			}
		}
		condition := e.Request.URL
		if strings.Count(condition, "%7C") != 2 || strings.Count(condition, ",") != 1 || !strings.Contains(condition, "2026-1%7C") {
			t.Errorf("%s: condition %s", kind, condition)
		}
	}
}

// Every target has its own pseudonyms and ids: nothing lets two of them be joined.
func TestTargetsCannotBeJoined(t *testing.T) {
	a, b := normaliser(normalise.Collection), normaliser(normalise.Collection)
	b.Target.Recipient = "nkr"
	seen := make(map[string]bool)
	for _, e := range deliver(t, a, rich()).Entries {
		seen[e.ID], seen[e.Identifiers[0].Value] = true, true
	}
	for _, e := range deliver(t, b, rich()).Entries {
		if e.Type != "Organization" && (seen[e.ID] || seen[e.Identifiers[0].Value]) {
			t.Errorf("%s is known to both", e.Profile)
		}
	}
}

func TestATargetTakesSomeProfiles(t *testing.T) {
	n := normaliser(normalise.Collection)
	n.Target.Include = []string{"registry-procedure", "registry-judgement"}
	kinds := make(map[string]int)
	b := read(t, body(t, n, rich()))
	for _, e := range b.Entry {
		kinds[e.Resource["resourceType"].(string)]++
	}
	want := map[string]int{"Organization": 2, "Patient": 1, "Procedure": 3, "GuidanceResponse": 2, "Provenance": 1}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("resources (-want +got):\n%s", diff)
	}
	for _, p := range b.of("Procedure") {
		if p["focalDevice"] != nil || p["reasonReference"] != nil {
			t.Error("refers to what is not sent")
		}
	}
}

func TestFaultyTargets(t *testing.T) {
	good := normalise.Target{Name: "a", Recipient: "b"}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(*normalise.Target){
		"name: must be":      func(t *normalise.Target) { t.Name = "a/b" },
		"recipient: must be": func(t *normalise.Target) { t.Recipient = "" },
		"shape: must be":     func(t *normalise.Target) { t.Shape = "message" },
		"birthDate: must be": func(t *normalise.Target) { t.BirthDate = "decade" },
		"include: there is no profile \"registry-name\"": func(t *normalise.Target) { t.Include = []string{"registry-name"} },
		"must not be negative":                           func(t *normalise.Target) { t.MaxBytes = -1 },
	} {
		target := good
		change(&target)
		if err := target.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
