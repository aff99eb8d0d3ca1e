//go:build oracle

package fhirserver

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

// standing counts, by type, the resources at the server that were not withdrawn.
func standing(t *testing.T, base string, types map[string]bool) map[string]int {
	t.Helper()
	found := map[string]int{}
	for kind := range types {
		response, err := http.Get(base + "/" + kind + "?_count=1000")
		if err != nil {
			t.Fatal(err)
		}
		document, err := io.ReadAll(response.Body)
		response.Body.Close()
		var searchset struct {
			Entry []struct{ Resource json.RawMessage }
		}
		if err != nil || json.Unmarshal(document, &searchset) != nil {
			t.Fatalf("%s: %v\n%.500s", kind, err, document)
		}
		for _, e := range searchset.Entry {
			if text := string(e.Resource); !strings.Contains(text, `"entered-in-error"`) && !strings.Contains(strings.ReplaceAll(text, " ", ""), `"active":false`) {
				found[kind]++
			}
		}
	}
	return found
}

// What vanished is withdrawn at a server that nobody here wrote, from what was remembered
// alone, and may come back.
func TestWhatVanishedIsWithdrawn(t *testing.T) {
	server, err := Start(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	secret, err := pseudonym.NewSecret([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	names, err := pseudonym.Keys{{ID: "2026-1", Secret: secret}}.At(mapping.NewDay(2026, 2, 1))
	if err != nil {
		t.Fatal(err)
	}
	n := &normalise.Normaliser{Target: normalise.Target{Name: "nva", Recipient: "nva", Shape: normalise.Transaction, AllowClientIDs: true}, Pseudonyms: names, Software: "0.0.0",
		Centre: normalise.Centre{Clinic: registration.Identifier{System: "http://fhir.nl/fhir/NamingSystem/agb-z", Value: "06010101"}}}
	adviser := &advice.Adviser{AsOf: func() mapping.Day { return mapping.NewDay(2025, 6, 16) }}
	files, err := filepath.Glob("../../patients/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	post := func(d *normalise.Delivery) (provenances []string) {
		t.Helper()
		documents, err := d.Documents()
		if err != nil {
			t.Fatal(err)
		}
		for _, document := range documents {
			ask(t, http.MethodPost, server.URL, document.Body)
			if document.Provenance != "" {
				provenances = append(provenances, document.Provenance)
			}
		}
		return provenances
	}
	types := map[string]bool{}
	var deliveries []*normalise.Delivery
	var ledgers []map[string]string
	for _, file := range files {
		document, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		chart, err := decode.Bundle("", document, decode.Limits{})
		if err != nil {
			continue // of several patients, or a centre
		}
		made := normalise.Register(adviser, chart)
		d, err := n.Normalise(t.Context(), made.Registration)
		if err != nil {
			continue
		}
		ledger := map[string]string{}
		for _, e := range d.Entries {
			if e.Type == "Organization" {
				continue
			}
			types[e.Type] = true
			if ledger[e.Key()], err = e.Remnant(); err != nil {
				t.Fatal(err)
			}
		}
		for _, key := range post(d) {
			ledger[key], types["Provenance"] = "", true
		}
		deliveries, ledgers = append(deliveries, d), append(ledgers, ledger)
	}
	before := standing(t, server.URL, types)
	for _, ledger := range ledgers {
		nothing := n.Nothing()
		if _, err := nothing.Withdraw(ledger); err != nil {
			t.Fatal(err)
		}
		post(nothing)
	}
	for kind, left := range standing(t, server.URL, types) {
		t.Errorf("%d of %d of %s stand", left, before[kind], kind)
	}
	for _, d := range deliveries {
		post(d)
	}
	after := standing(t, server.URL, types)
	for kind, n := range before {
		if after[kind] != n {
			t.Errorf("%s: %d came back, of %d", kind, after[kind], n)
		}
	}
	t.Logf("%d patients: %v", len(deliveries), before)
}
