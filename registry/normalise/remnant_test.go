package normalise_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// remnants are what is remembered of everything in a delivery, by key.
func remnants(t testing.TB, d *normalise.Delivery) map[string]string {
	t.Helper()
	list := make(map[string]string)
	for _, e := range d.Entries {
		if e.Type == "Organization" {
			continue // it is of all patients
		}
		text, err := e.Remnant()
		if err != nil {
			t.Fatal(err)
		}
		list[e.Key()] = text
	}
	return list
}

// byKey are the resources of a delivery by what they are known by, and what is asked of the
// target for them.
func byKey(t testing.TB, d *normalise.Delivery) map[string]any {
	t.Helper()
	list := make(map[string]any)
	for _, document := range documents(t, d) {
		for i, e := range read(t, document.Body).Entry {
			if i < len(document.Entries) && document.Entries[i].Type != "Organization" {
				list[document.Entries[i].Key()] = []any{e.Request, e.Resource}
			}
		}
	}
	return list
}

// What vanished is withdrawn as what is taken back: the same requests, and the same resources.
func TestWhatVanishedIsWithdrawnAsWhatIsTakenBack(t *testing.T) {
	for _, shape := range []normalise.Shape{normalise.Transaction, normalise.Batch, normalise.Collection} {
		t.Run(string(shape), func(t *testing.T) {
			n := normaliser(shape)
			n.Target.AllowClientIDs = false
			sent := remnants(t, deliver(t, n, whole()))
			nothing := n.Nothing()
			if _, err := nothing.Withdraw(sent); err != nil {
				t.Fatal(err)
			}
			whom := takenBack()
			whom.Patient.Retracted, whom.Complications = true, whole().Complications
			for i := range whom.Complications {
				whom.Complications[i].Retracted = true
			}
			for i := range whom.Team {
				whom.Team[i].Retracted = true
			}
			back := deliver(t, n, whom).Only(func(e *normalise.Entry) bool { return e.Type != "Organization" })
			want, got := byKey(t, back), byKey(t, nothing)
			if len(got) < 15 {
				t.Fatalf("%d resources", len(got))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-taken back +vanished\n%s", diff)
			}
		})
	}
}

// As lines of resources they are withdrawn too, beside what stands.
func TestWhatVanishedAsLines(t *testing.T) {
	n := normaliser(normalise.NDJSON)
	sent := remnants(t, deliver(t, n, whole()))
	nothing := n.Nothing()
	if _, err := nothing.Withdraw(sent); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(documents(t, nothing)[0].Body)), "\n") {
		strictly(t, []byte(line))
		if !strings.Contains(line, "entered-in-error") && !strings.Contains(line, `"active":false`) || strings.Contains(line, "urn:uuid") {
			t.Error(line)
		}
	}
}

// Nothing of what was registered stays in what is remembered, but what it is.
func TestARemnantHoldsNoValue(t *testing.T) {
	for key, text := range remnants(t, deliver(t, normaliser(normalise.Transaction), whole())) {
		for _, value := range []string{"2025-", "2024-", "1968", "female", "27.4", "7.1666", "15250", "97715", "05414734509459", "N02AA05", `"met"`, "999990019"} {
			if strings.Contains(text, value) && !strings.Contains(key, value) {
				t.Errorf("%s holds %s", key, value)
			}
		}
	}
}

// Of what was sent before anything was remembered, or by another program, the key is known:
// by that it is deleted. What is no key is refused.
func TestOfWhatNothingIsRememberedIsDeleted(t *testing.T) {
	n := normaliser(normalise.Transaction)
	d := n.Nothing()
	added, err := d.Withdraw(map[string]string{"Observation|urn:x|1": "", "AdverseEvent|urn:x|2": "{}"})
	if err != nil || len(added) != 2 {
		t.Fatalf("%v, %v", added, err)
	}
	var asked []string
	for _, e := range read(t, documents(t, d)[0].Body).Entry {
		asked = append(asked, e.Request.Method+" "+e.Request.URL)
	}
	if diff := cmp.Diff([]string{"DELETE AdverseEvent?_tag=urn%3Ax%7C2", "DELETE Observation?identifier=urn%3Ax%7C1"}, asked); diff != "" {
		t.Error(diff)
	}
	for _, key := range []string{"", "x", "Observation|", "Observation|1"} {
		if _, err := n.Nothing().Withdraw(map[string]string{key: ""}); err == nil {
			t.Errorf("%q is a key", key)
		}
	}
}

// What is remembered may be damaged: it is never a panic, and what comes of it is a request.
func FuzzWithdraw(f *testing.F) {
	for key, text := range remnants(f, deliver(f, normaliser(normalise.Transaction), whole())) {
		f.Add(key, text)
	}
	f.Add("Observation|a|b", `{"profile":"registry-score","type":"Observation","identifiers":[{}],"resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid:x"}},"targets":{"urn:uuid:x":{"type":"","identifiers":[]}}}`)
	f.Fuzz(func(t *testing.T, key, text string) {
		for _, shape := range normalise.Shapes {
			d := normaliser(shape).Nothing()
			if _, err := d.Withdraw(map[string]string{key: text}); err != nil {
				continue
			}
			_, _ = d.Documents()
		}
	})
}
