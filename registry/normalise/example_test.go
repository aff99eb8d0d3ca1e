package normalise_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

// What a registry gets of a patient of whom one trial is known.
func Example() {
	keys := pseudonym.Keys{{ID: "2026-1", Secret: pseudonym.RandomSecret()}}
	names, err := keys.At(mapping.NewDay(2026, 1, 1))
	if err != nil {
		panic(err)
	}
	n := &normalise.Normaliser{
		Target:     normalise.Target{Name: "nva", Recipient: "nva", Shape: normalise.Transaction},
		Pseudonyms: names,
	}
	delivery, err := n.Normalise(context.Background(), &registration.Registration{
		Patient:    registration.Patient{Identifiers: []registration.Identifier{{System: pseudonym.SystemBSN, Value: "999990019"}}, BirthDate: "1968-04-12"},
		Procedures: []registration.Procedure{{Origin: registration.Origin{Key: "Procedure/1"}, Kind: registration.Trial, Status: "completed", Start: "2025-03-01"}},
	})
	if err != nil {
		panic(err)
	}
	documents, err := delivery.Documents()
	if err != nil {
		panic(err)
	}
	var bundle struct {
		Entry []struct {
			Resource struct{ ResourceType, BirthDate, PerformedDateTime string }
			Request  struct{ Method string }
		}
	}
	if err := json.Unmarshal(documents[0].Body, &bundle); err != nil {
		panic(err)
	}
	for _, e := range bundle.Entry {
		fmt.Println(e.Request.Method, e.Resource.ResourceType, e.Resource.BirthDate+e.Resource.PerformedDateTime)
	}
	// Output:
	// PUT Patient 1968
	// PUT Procedure 2025-03-01
}
