package terminologyserver

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/mapping/coverage"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

func TestSubsumeSuggestsByWhatACodeIsAKindOf(t *testing.T) {
	server := knowing(map[string][]string{kind: {root, "66214007"}, another: nil})
	tally := coverage.NewTally(nil)
	for _, code := range []string{kind, another, root, "x"} {
		tally.AddListed(snomed, code, "", 1)
	}
	tally.AddListed("urn:x", kind, "", 1)
	report := tally.Report()
	if err := Subsume(t.Context(), connect(t, server, client.Options{}), report); err != nil {
		t.Fatal(err)
	}
	for _, c := range report.Codes {
		var got []string
		for _, b := range c.Below {
			got = append(got, string(b.Concept)+" "+b.Code)
		}
		var want []string
		if c.System == snomed && c.Code == kind {
			want = []string{"dx-fbss 202725007", "excl-substance-misuse 66214007"}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s|%s is a kind of %v, want %v", c.System, c.Code, got, want)
		}
		if c.Code == kind && c.Status != coverage.Unmapped {
			t.Errorf("a suggestion changed the meaning: %s", c.Status)
		}
	}
}

func TestSubsumeSaysWhenAServerHasNoBatches(t *testing.T) {
	tally := coverage.NewTally(nil)
	tally.AddListed(snomed, kind, "", 1)
	for name, handler := range map[string]http.HandlerFunc{
		"another bundle": answer("application/fhir+json", `{"resourceType": "Bundle", "type": "searchset"}`),
		"too few":        answer("application/fhir+json", `{"resourceType": "Bundle", "type": "batch-response", "entry": [{}]}`),
		"only faults": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/fhir+json")
			_, _ = fmt.Fprintf(w, `{"resourceType": "Bundle", "type": "batch-response", "entry": [{}%s]}`, strings.Repeat(",{}", batchSize-1))
		},
	} {
		if err := Subsume(t.Context(), connect(t, handler, client.Options{}), tally.Report()); !errors.Is(err, ErrNoBatch) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEveryWidenedConceptIsOneOfOurs(t *testing.T) {
	for concept := range widened {
		if !terminology.Embedded().Known(concept) {
			t.Errorf("there is no concept %s", concept)
		}
	}
}
