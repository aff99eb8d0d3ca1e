//go:build oracle

package cql

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
	"github.com/pijnpoort/pijnpoort/validation"
)

// TestPreparation compares our judge with the CQL, criterion by criterion.
func TestPreparation(t *testing.T) {
	patients := Patients(*seed, *count)
	theirs := judgedByCQL(t, patients)
	differing := map[string][]string{} // difference -> the patients concerned
	compared, known := 0, 0
	for i, patient := range patients {
		if theirs[i].ID != patient.ID {
			t.Fatalf("judgement %d is of %s, not %s", i, theirs[i].ID, patient.ID)
		}
		differences, outcomes := compare(judgedByUs(t, patient), theirs[i])
		compared += outcomes
		rest := unexplained(differences)
		known += len(differences) - len(rest)
		for _, d := range rest {
			differing[d] = append(differing[d], patient.ID)
		}
	}
	t.Logf("%d patients, %d outcomes compared, %d differences explained", len(patients), compared, known)
	for _, d := range slices.Sorted(maps.Keys(differing)) {
		ids := differing[d]
		t.Errorf("%s (%d patients: %s)", d, len(ids), strings.Join(ids[:min(5, len(ids))], " "))
	}
}

// compare gives the differences between two judgements of a patient, and how many
// outcomes it held against each other.
func compare(us, them judgement) (differences []string, outcomes int) {
	equal := func(where, ours, theirs string) {
		outcomes++
		if ours != theirs {
			differences = append(differences, difference(where, ours, theirs))
		}
	}
	equal("standpunt", us.Standpunt, them.Standpunt)
	equal("verdict", us.Verdict, them.Verdict)
	equal("flags", strings.Join(us.Flags, ","), strings.Join(them.Flags, ","))
	equal("indications", names(us), names(them))
	for _, their := range them.Indications {
		our := of(us, their.Indication)
		equal(their.Indication+" verdict", our.Verdict, their.Verdict)
		for _, id := range slices.Sorted(maps.Keys(their.Criteria)) {
			equal(their.Indication+" "+id, our.Criteria[id], their.Criteria[id])
		}
	}
	return differences, outcomes
}

// judgedByUs decodes, maps and judges a patient, and reads the verdict from its JSON.
func judgedByUs(t *testing.T, patient Patient) judgement {
	t.Helper()
	chart, err := decode.Bundle(patient.ID, patient.Bundle, decode.Limits{})
	if err != nil {
		t.Fatalf("%s: %v", patient.ID, err)
	}
	asOf, err := mapping.ParseDay(patient.AsOf)
	if err != nil {
		t.Fatalf("%s: %v", patient.ID, err)
	}
	record := epd.Map(chart, epd.Options{AsOf: asOf, Terminology: terminology.Embedded()})
	data, err := json.Marshal(validation.Judge(record, validation.Options{Phase: "preparation"}))
	if err != nil {
		t.Fatalf("%s: %v", patient.ID, err)
	}
	type criterion struct{ ID, Outcome string }
	var verdict struct {
		Standpunt, Verdict string
		Flags              []string
		Indications        []struct {
			Indication, Verdict string
			Criteria            []criterion
		}
	}
	if err := json.Unmarshal(data, &verdict); err != nil {
		t.Fatalf("%s: %v", patient.ID, err)
	}
	j := judgement{ID: patient.ID, Standpunt: verdict.Standpunt, Verdict: verdict.Verdict}
	for _, flag := range []string{"explicit-negative", "not-listed"} {
		if slices.Contains(verdict.Flags, flag) {
			j.Flags = append(j.Flags, flag)
		}
	}
	for _, i := range verdict.Indications {
		criteria := map[string]string{}
		for _, c := range i.Criteria {
			criteria[c.ID] = c.Outcome
		}
		j.Indications = append(j.Indications, indication{i.Indication, i.Verdict, criteria})
	}
	return j
}
